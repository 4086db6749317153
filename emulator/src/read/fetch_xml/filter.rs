//! `filter` and `condition` elements, as the tree that `$filter` makes, too.

use roxmltree::Node;

use super::error::{invalid, no_attribute};
use crate::error::{Refusal, Result};
use crate::schema::{Column, Kind, Table};
use crate::uri::{Argument, Comparison, Filter, Literal, Operand};

/// The tree of a `filter` element.
pub(super) fn filter(node: &Node<'_, '_>, table: &Table, depth_left: usize) -> Result<Filter> {
    let depth_left = depth_left.checked_sub(1).ok_or_else(|| invalid("filters are nested too deeply"))?;
    let mut all = Vec::new();
    for child in node.children().filter(Node::is_element) {
        all.push(match child.tag_name().name() {
            "filter" => filter(&child, table, depth_left)?,
            "condition" => condition(&child, table)?,
            other => {
                return Err(Refusal::not_implemented(&format!(
                    "The element `{other}` in a filter of FetchXML"
                )));
            }
        });
    }
    match node.attribute("type") {
        None | Some("and") => Ok(Filter::All(all)),
        Some("or") => Ok(Filter::Any(all)),
        Some(other) => Err(invalid(&format!("`{other}` is no type of filter"))),
    }
}

fn condition(node: &Node<'_, '_>, table: &Table) -> Result<Filter> {
    if node.attribute("entityname").is_some_and(|name| name != table.logical_name) {
        return Err(Refusal::not_implemented("A condition on another entity in FetchXML"));
    }
    let name = node.attribute("attribute").ok_or_else(|| invalid("a condition has no `attribute`"))?;
    let operator = node.attribute("operator").ok_or_else(|| invalid("a condition has no `operator`"))?;
    let column =
        table.column(name).filter(|column| column.is_property).ok_or_else(|| no_attribute(name, table))?;
    let condition = ConditionElement { node, table, operator, column };
    if let Some(comparison) = comparison(operator) {
        return condition.compare(comparison);
    }
    if let Some(filter) = condition.text()? {
        return Ok(filter);
    }
    let (function, arguments) = condition.function()?;
    Ok(Filter::Function { name: function, path: condition.path(), arguments })
}

/// The comparison that an operator stands for. On texts, equality takes wildcards no more than OData does.
fn comparison(operator: &str) -> Option<Comparison> {
    Some(match operator {
        "eq" => Comparison::Eq,
        "ne" | "neq" => Comparison::Ne,
        "gt" => Comparison::Gt,
        "ge" => Comparison::Ge,
        "lt" => Comparison::Lt,
        "le" => Comparison::Le,
        _ => return None,
    })
}

/// A `condition` element, and the column that it is about.
struct ConditionElement<'a> {
    node: &'a Node<'a, 'a>,
    table: &'a Table,
    operator: &'a str,
    column: &'a Column,
}

impl ConditionElement<'_> {
    fn path(&self) -> Vec<String> {
        vec![self.column.property()]
    }

    fn values(&self) -> Vec<String> {
        match self.node.attribute("value") {
            Some(value) => vec![value.to_owned()],
            None => {
                let children = self
                    .node
                    .children()
                    .filter(|child| child.is_element() && child.tag_name().name() == "value");
                children.map(|child| child.text().unwrap_or_default().to_owned()).collect()
            }
        }
    }

    fn value(&self) -> Result<String> {
        let first = self.values().into_iter().next();
        first.ok_or_else(|| invalid(&format!("the operator `{}` needs a value", self.operator)))
    }

    fn compare(&self, comparison: Comparison) -> Result<Filter> {
        let right = match self.node.attribute("valueof") {
            Some(other) => {
                let column = self.table.column(other).filter(|column| column.is_property);
                let column = column.ok_or_else(|| no_attribute(other, self.table))?;
                Operand::Path(vec![column.property()])
            }
            None => Operand::Literal(Literal::Untyped(self.value()?)),
        };
        Ok(Filter::Compare { comparison, left: self.path(), right })
    }

    /// The operators on texts, and on what is missing.
    fn text(&self) -> Result<Option<Filter>> {
        let null = |comparison| Filter::Compare {
            comparison,
            left: self.path(),
            right: Operand::Literal(Literal::Null),
        };
        let like = |pattern: String| Filter::Like { path: self.path(), pattern };
        let negated = |filter: Filter| Filter::Not(Box::new(filter));
        Ok(Some(match self.operator {
            "null" => null(Comparison::Eq),
            "not-null" => null(Comparison::Ne),
            "like" => like(self.value()?),
            "not-like" => negated(like(self.value()?)),
            "begins-with" => like(format!("{}%", self.value()?)),
            "not-begin-with" => negated(like(format!("{}%", self.value()?))),
            "ends-with" => like(format!("%{}", self.value()?)),
            "not-end-with" => negated(like(format!("%{}", self.value()?))),
            _ => return Ok(None),
        }))
    }

    /// The query function that an operator stands for, and its arguments.
    fn function(&self) -> Result<(String, Vec<Argument>)> {
        let list = || vec![Argument::Many(self.values())];
        let one = || -> Result<Vec<Argument>> { Ok(vec![Argument::One(Literal::Text(self.value()?))]) };
        let (name, arguments) = match self.operator {
            "in" => ("In", list()),
            "not-in" => ("NotIn", list()),
            "between" => ("Between", list()),
            "not-between" => ("NotBetween", list()),
            "contain-values" if matches!(self.column.kind, Kind::MultiSelect(_)) => ("ContainValues", list()),
            "not-contain-values" => ("DoesNotContainValues", list()),
            "eq-userid" => ("EqualUserId", Vec::new()),
            "ne-userid" => ("NotEqualUserId", Vec::new()),
            "eq-businessid" => ("EqualBusinessId", Vec::new()),
            "ne-businessid" => ("NotEqualBusinessId", Vec::new()),
            "eq-userteams" => ("EqualUserTeams", Vec::new()),
            "eq-useroruserteams" => ("EqualUserOrUserTeams", Vec::new()),
            "eq-useroruserhierarchy" => ("EqualUserOrUserHierarchy", Vec::new()),
            "eq-useroruserhierarchyandteams" => ("EqualUserOrUserHierarchyAndTeams", Vec::new()),
            "on" => ("On", one()?),
            "on-or-before" => ("OnOrBefore", one()?),
            "on-or-after" => ("OnOrAfter", one()?),
            "yesterday" | "today" | "tomorrow" | "last-seven-days" | "next-seven-days" | "last-week"
            | "this-week" | "next-week" | "last-month" | "this-month" | "next-month" | "last-year"
            | "this-year" | "next-year" | "last-fiscal-year" | "this-fiscal-year" | "next-fiscal-year"
            | "last-fiscal-period" | "this-fiscal-period" | "next-fiscal-period" => {
                return Ok((camel(&self.operator.replace("seven", "7")), Vec::new()));
            }
            other
                if other.starts_with("last-x-")
                    || other.starts_with("next-x-")
                    || other.starts_with("olderthan-x-") =>
            {
                return Ok((camel(&other.replace("olderthan", "older-than")), one()?));
            }
            other => return Err(Refusal::not_implemented(&format!("The operator `{other}` of FetchXML"))),
        };
        Ok((name.to_owned(), arguments))
    }
}

/// `last-x-days` as `LastXDays`.
fn camel(operator: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    operator.split('-').map(word).collect()
}
