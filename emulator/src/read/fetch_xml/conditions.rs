//! `filter` and `condition` elements as SQL.

use roxmltree::Node;

use super::error::{invalid, refused};
use super::operators::{Arguments, comparison, function, is_known, pattern};
use super::query::Query;
use crate::error::Result;
use crate::schema::{Kind, Table};
use crate::sql::{Scalar, joined};
use crate::uri::{Argument, Comparison, Literal};

impl<'q> Query<'q> {
    /// Returns the condition of a `filter` element.
    pub(super) fn filter(&mut self, node: &Node<'q, 'q>, source: usize, depth_left: usize) -> Result<String> {
        let depth_left = depth_left.checked_sub(1).ok_or_else(|| invalid("filters are nested too deeply"))?;
        let mut all = Vec::new();
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "filter" => all.push(self.filter(&child, source, depth_left)?),
                "condition" => all.push(self.condition(&child, source)?),
                _ => {
                    if let Some(link) = self.source_of(&child) {
                        all.push(self.exists(link)?);
                    }
                }
            }
        }
        match node.attribute("type") {
            None | Some("and") => Ok(joined(all, "AND", "1")),
            Some("or") => Ok(joined(all, "OR", "1")),
            Some(other) => Err(refused("0x80041122", format!("Invalid filter type specified: {other}"))),
        }
    }

    fn condition(&mut self, node: &Node<'_, '_>, source: usize) -> Result<String> {
        let source = match node.attribute("entityname") {
            Some(name) => self.visible(name, source)?,
            None => source,
        };
        let name = node.attribute("attribute").ok_or_else(|| invalid("a condition has no `attribute`"))?;
        let operator = node.attribute("operator").ok_or_else(|| invalid("a condition has no `operator`"))?;
        if !is_known(operator) {
            return Err(refused("0x80041120", format!("Invalid condition operator specified: {operator}")));
        }
        let table = self.sources[source].table;
        let scalar = self.column(source, name)?;
        let condition = Condition { node, operator, name, table, scalar };
        if let Some(comparison) = comparison(operator) {
            return self.compare(comparison, &condition, source);
        }
        if node.attribute("valueof").is_some() {
            return Err(invalid(&format!("`valueof` cannot be used with the operator `{operator}`")));
        }
        match operator {
            "null" => return self.builder.compare_literal(Comparison::Eq, &condition.scalar, &Literal::Null),
            "not-null" => {
                return self.builder.compare_literal(Comparison::Ne, &condition.scalar, &Literal::Null);
            }
            _ => {}
        }
        if let Some((negated, pattern)) = pattern(operator, || condition.value())? {
            let like = self.builder.like(&condition.scalar, name, &pattern)?;
            return Ok(if negated { format!("NOT {like}") } else { like });
        }
        let (function, arguments) = function(operator);
        let arguments = condition.arguments(arguments)?;
        self.builder.function_on(&function, &condition.scalar, Some(table), &arguments)
    }

    fn compare(
        &mut self,
        comparison: Comparison,
        condition: &Condition<'_, 'q>,
        source: usize,
    ) -> Result<String> {
        let Some(other) = condition.node.attribute("valueof") else {
            let literal = Literal::Untyped(condition.value()?);
            let sql = self.builder.compare_literal(comparison, &condition.scalar, &literal);
            return sql.map_err(|_| condition.wrong_type());
        };
        let other = match other.split_once('.') {
            Some((alias, column)) => {
                let source = self.visible(alias, source)?;
                self.column(source, column)?
            }
            None => self.column(source, other)?,
        };
        self.builder.compare_columns(comparison, &condition.scalar, &other)
    }
}

/// A `condition` element, and the column that it is about.
struct Condition<'a, 'q> {
    node: &'a Node<'a, 'a>,
    operator: &'a str,
    name: &'a str,
    table: &'q Table,
    scalar: Scalar<'q>,
}

impl Condition<'_, '_> {
    fn values(&self) -> Vec<String> {
        match self.node.attribute("value") {
            Some(value) => vec![value.to_owned()],
            None => {
                let children = self.node.children().filter(|child| child.has_tag_name("value"));
                children.map(|child| child.text().unwrap_or_default().to_owned()).collect()
            }
        }
    }

    fn value(&self) -> Result<String> {
        let first = self.values().into_iter().next().map(|value| self.number_of_state(value));
        first.ok_or_else(|| invalid(&format!("the operator `{}` needs a value", self.operator)))
    }

    /// Returns the number of a state that is given by its name, as in `Won`.
    fn number_of_state(&self, value: String) -> String {
        let Kind::State(states) = &self.scalar.column.kind else { return value };
        let named = states.iter().find(|state| {
            let names = [state.invariant_name.as_deref(), Some(state.label.as_str())];
            names.into_iter().flatten().any(|name| name.eq_ignore_ascii_case(value.trim()))
        });
        named.map_or(value, |state| state.value.to_string())
    }

    fn arguments(&self, arguments: Arguments) -> Result<Vec<Argument>> {
        let text = |text: String| Argument::One(Literal::Text(text));
        Ok(match arguments {
            Arguments::None => Vec::new(),
            Arguments::One => vec![text(self.value()?)],
            Arguments::Each => self.values().into_iter().map(text).collect(),
            Arguments::List => {
                let values = self.values().into_iter().map(|value| self.number_of_state(value));
                vec![Argument::Many(values.collect())]
            }
        })
    }

    /// Returns the refusal of a value that does not fit the column's type.
    fn wrong_type(&self) -> crate::error::Refusal {
        let expected = match self.scalar.column.kind.edm() {
            "Edm.DateTimeOffset" | "Edm.Date" => "System.DateTime".to_owned(),
            other => other.replace("Edm.", "System."),
        };
        refused(
            "0x80040203",
            format!(
                "Condition for attribute '{}.{}': expected argument(s) of type '{expected}' but received 'System.String'.",
                self.table.logical_name, self.name
            ),
        )
    }
}
