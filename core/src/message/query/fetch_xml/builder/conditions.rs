//! Writes filters as `filter` and `condition` elements.

use std::borrow::Cow;

use super::xml::Xml;
use crate::encode::Literal;
use crate::metadata::{AttributeMetadata, EntityMetadata, Navigation, RelationshipKind};
use crate::query::{Argument, Expression, Join, NO_CONDITIONS, Operand, Path, no_values};

/// The help for columns that FetchXML does not reach.
const LINK: &str = "filter on a link: `.link(Link::to_one(…).filter(…))`";

/// Writes a condition on the records of a table.
pub(super) fn write(
    xml: &mut Xml,
    expression: &Expression,
    table: &'static EntityMetadata,
) -> Result<(), String> {
    Writer { xml, table: Some(table), link: None }.expression(expression, false)
}

struct Writer<'x> {
    xml: &'x mut Xml,
    /// The table; `None` if its metadata is not available.
    table: Option<&'static EntityMetadata>,
    /// The alias of the link to which the condition applies.
    link: Option<&'x str>,
}

impl Writer<'_> {
    /// Writes an expression or its opposite. FetchXML has no `not`, so negation moves inwards to the
    /// conditions.
    fn expression(&mut self, expression: &Expression, negated: bool) -> Result<(), String> {
        match expression {
            Expression::Not(inner) => self.expression(inner, !negated),
            Expression::Joined { parts, .. } if parts.is_empty() => Err(NO_CONDITIONS.to_owned()),
            Expression::Joined { operator, parts, .. } => {
                let is_and = matches!(operator, Join::And) != negated;
                self.xml.open("filter", &[("type", if is_and { "and" } else { "or" })])?;
                for part in parts {
                    self.expression(part, negated)?;
                }
                self.xml.close("filter")
            }
            Expression::Compare { left, operator, right } => self.compare(left, operator, right, negated),
            Expression::Text { function, path, pattern } => {
                let pattern = match *function {
                    "startswith" => format!("{pattern}%"),
                    "endswith" => format!("%{pattern}"),
                    _ => format!("%{pattern}%"),
                };
                let operator = if negated { "not-like" } else { "like" };
                self.condition(path, operator, Given::One(&pattern))
            }
            Expression::Function { name, path, arguments } => self.function(name, path, arguments, negated),
            Expression::Lambda { navigation, quantifier, predicate } => {
                self.lambda(navigation, quantifier, predicate.as_deref(), negated)
            }
            Expression::OnLink { alias, condition } => {
                Writer { xml: &mut *self.xml, table: None, link: Some(alias) }.expression(condition, negated)
            }
            Expression::Raw(text) => Err(format!(
                "FetchXML cannot take the OData text {text:?}; write the condition with typed columns"
            )),
            Expression::TooDeep => expression.text().map(drop),
        }
    }

    fn compare(&mut self, left: &Path, operator: &str, right: &Operand, negated: bool) -> Result<(), String> {
        let operator = if negated { opposite_comparison(operator)? } else { operator };
        match (right, operator) {
            (Operand::Null, "eq") => self.condition(left, "null", Given::None),
            (Operand::Null, _) => self.condition(left, "not-null", Given::None),
            (Operand::Literal(literal), _) => self.condition(left, operator, Given::One(&value(literal))),
            (Operand::Column(other), _) => {
                if !other.steps.is_empty() {
                    return Err(out_of_reach(other));
                }
                let name = other.attribute.logical_name;
                let name = self.link.map_or(Cow::Borrowed(name), |link| Cow::Owned(format!("{link}.{name}")));
                self.condition(left, operator, Given::Column(&name))
            }
        }
    }

    fn function(
        &mut self,
        name: &str,
        path: &Path,
        arguments: &[Argument],
        negated: bool,
    ) -> Result<(), String> {
        let column = path.attribute.logical_name;
        let operator = operator(name).ok_or_else(|| {
            format!("{column}: FetchXML has no operator for {name}; use `contains`, which needs no full-text index")
        })?;
        let operator = match negated {
            false => operator,
            true => Cow::Borrowed(opposite_operator(&operator).ok_or_else(|| {
                format!("{column}: FetchXML has no opposite of the operator `{operator}`; write it with other conditions")
            })?),
        };
        let is_list = arguments.iter().any(|argument| matches!(argument, Argument::Values(_)));
        let mut values: Vec<&str> = Vec::new();
        for argument in arguments {
            match argument {
                Argument::One(_, literal) => values.push(literal.value()),
                Argument::Values(all) if all.is_empty() => {
                    return Err(format!("{column}: {}", no_values(name)));
                }
                Argument::Values(all) => values.extend(all.iter().map(Literal::value)),
            }
        }
        match values.as_slice() {
            [] => self.condition(path, &operator, Given::None),
            [one] if !is_list => self.condition(path, &operator, Given::One(one)),
            all => self.condition(path, &operator, Given::Many(all)),
        }
    }

    /// Writes `any` and `all` as links in a filter. The relationship must be declared, because a link names
    /// columns, not a navigation property.
    fn lambda(
        &mut self,
        navigation: &[&'static str],
        quantifier: &str,
        predicate: Option<&Expression>,
        negated: bool,
    ) -> Result<(), String> {
        let missing = || {
            format!(
                "FetchXML needs the columns of the relationship of `{}`: declare it on the struct as a one-to-many \
                 relationship, or write `.link(Link::to_many(…).link_type(LinkType::Any))`",
                navigation.join("/")
            )
        };
        let [property] = navigation else { return Err(missing()) };
        let relationships =
            self.table.filter(|_| self.link.is_none()).map_or(&[][..], |table| table.relationships);
        let relationship = relationships.iter().find(|each| {
            each.kind == RelationshipKind::OneToMany && each.navigation_property == Some(*property)
        });
        let relationship = relationship.ok_or_else(missing)?;
        // `all` means that no record meets the opposite, so it holds without any record.
        let is_all = quantifier == "all";
        let link_type = if is_all == negated { "any" } else { "not any" };
        let (from, to) = (relationship.referencing_attribute, relationship.referenced_attribute);
        let attributes = [("name", relationship.table), ("from", from), ("to", to), ("link-type", link_type)];
        self.link_with(&attributes, predicate.map(|predicate| (predicate, is_all)))
    }

    /// Writes a `link-entity` into a filter, with a condition on its records.
    fn link_with(
        &mut self,
        attributes: &[(&str, &str)],
        condition: Option<(&Expression, bool)>,
    ) -> Result<(), String> {
        self.xml.open("link-entity", attributes)?;
        if let Some((condition, negated)) = condition {
            self.xml.open("filter", &[("type", "and")])?;
            Writer { xml: &mut *self.xml, table: None, link: None }.expression(condition, negated)?;
            self.xml.close("filter")?;
        }
        self.xml.close("link-entity")
    }

    /// Writes a condition on a column of the table itself, or of a record that one of its lookups points to.
    fn condition(&mut self, path: &Path, operator: &str, given: Given<'_>) -> Result<(), String> {
        if let Some(problem) = path.problem() {
            return Err(problem);
        }
        if path.steps.is_empty() {
            return self.element(path.attribute.logical_name, operator, given);
        }
        // A record without a related record meets `null` and the negative operators, but a link leaves it
        // out.
        if operator.starts_with("n") && operator != "not-null" && !operator.starts_with("next") {
            return Err(format!(
                "{}: FetchXML cannot apply `{operator}` to a related record that may be absent; {LINK}",
                path.attribute.logical_name
            ));
        }
        let mut steps = path.steps.names();
        let lookup = match (steps.next(), steps.next(), self.table) {
            (Some(step), None, Some(table)) if self.link.is_none() => {
                table.attributes.iter().find_map(|each| target(each, step))
            }
            _ => None,
        };
        let Some((lookup, table, key)) = lookup else { return Err(out_of_reach(path)) };
        let attributes = [("name", table), ("from", key), ("to", lookup), ("link-type", "any")];
        self.xml.open("link-entity", &attributes)?;
        self.xml.open("filter", &[("type", "and")])?;
        self.element(path.attribute.logical_name, operator, given)?;
        self.xml.close("filter")?;
        self.xml.close("link-entity")
    }

    fn element(&mut self, column: &str, operator: &str, given: Given<'_>) -> Result<(), String> {
        let mut attributes: Vec<(&str, &str)> =
            self.link.map(|link| ("entityname", link)).into_iter().collect();
        attributes.extend([("attribute", column), ("operator", operator)]);
        match given {
            Given::None => self.xml.empty("condition", &attributes),
            Given::One(value) => {
                attributes.push(("value", value));
                self.xml.empty("condition", &attributes)
            }
            Given::Column(name) => {
                attributes.push(("valueof", name));
                self.xml.empty("condition", &attributes)
            }
            Given::Many(values) => {
                self.xml.open("condition", &attributes)?;
                for value in values {
                    self.xml.value(value)?;
                }
                self.xml.close("condition")
            }
        }
    }
}

/// The value of a condition.
enum Given<'v> {
    None,
    One(&'v str),
    Column(&'v str),
    Many(&'v [&'v str]),
}

fn out_of_reach(path: &Path) -> String {
    let name = path.attribute.logical_name;
    format!("{name}: FetchXML reaches this column of a related record through a link only; {LINK}")
}

/// Returns the lookup of a navigation property, the table that the property leads to, and the key of that
/// table.
fn target(
    column: &'static AttributeMetadata,
    property: &str,
) -> Option<(&'static str, &'static str, &'static str)> {
    let targets = column.attribute_type.targets();
    let target = match column.navigation {
        Navigation::One(name) if name == property => match targets {
            [only] => only,
            _ => return None,
        },
        Navigation::PerTarget(all) => {
            let table = all.iter().find(|each| each.property == property)?.table;
            targets.iter().find(|target| target.logical_name == table)?
        }
        _ => return None,
    };
    Some((column.logical_name, target.logical_name, target.primary_id_attribute))
}

/// Returns the value of a literal; FetchXML writes booleans as 1 and 0.
fn value(literal: &Literal) -> Cow<'_, str> {
    match literal.value() {
        "true" if !literal.is_quoted() => Cow::Borrowed("1"),
        "false" if !literal.is_quoted() => Cow::Borrowed("0"),
        text => Cow::Borrowed(text),
    }
}

fn opposite_comparison(operator: &str) -> Result<&'static str, String> {
    Ok(match operator {
        "eq" => "ne",
        "ne" => "eq",
        "gt" => "le",
        "ge" => "lt",
        "lt" => "ge",
        "le" => "gt",
        other => return Err(format!("FetchXML has no opposite of `{other}`")),
    })
}

/// Returns the FetchXML operator of a query function of the Web API.
///
/// <https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/reference/operators>
fn operator(function: &str) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(match function {
        "Contains" => return None,
        "DoesNotContainValues" => "not-contain-values",
        "EqualUserId" => "eq-userid",
        "NotEqualUserId" => "ne-userid",
        "EqualBusinessId" => "eq-businessid",
        "NotEqualBusinessId" => "ne-businessid",
        "EqualUserTeams" => "eq-userteams",
        "EqualUserOrUserTeams" => "eq-useroruserteams",
        "EqualUserOrUserHierarchy" => "eq-useroruserhierarchy",
        "EqualUserOrUserHierarchyAndTeams" => "eq-useroruserhierarchyandteams",
        "EqualUserLanguage" => "eq-userlanguage",
        "AboveOrEqual" => "eq-or-above",
        "UnderOrEqual" => "eq-or-under",
        "Last7Days" => "last-seven-days",
        "Next7Days" => "next-seven-days",
        other => {
            // `LastXDays` is `last-x-days`, `OlderThanXDays` is `olderthan-x-days`.
            let mut name = String::new();
            for letter in other.replace("OlderThan", "Olderthan").chars() {
                if letter.is_ascii_uppercase() && !name.is_empty() {
                    name.push('-');
                }
                name.push(letter.to_ascii_lowercase());
            }
            return Some(Cow::Owned(name));
        }
    }))
}

fn opposite_operator(operator: &str) -> Option<&'static str> {
    let pairs = [
        ("in", "not-in"),
        ("between", "not-between"),
        ("contain-values", "not-contain-values"),
        ("eq-userid", "ne-userid"),
        ("eq-businessid", "ne-businessid"),
        ("under", "not-under"),
    ];
    pairs.into_iter().find_map(|(one, other)| match operator {
        _ if operator == one => Some(other),
        _ if operator == other => Some(one),
        _ => None,
    })
}
