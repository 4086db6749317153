//! The conditions of `RetrieveMetadataChanges`: a `MetadataFilterExpression`.

use core::cmp::Ordering;

use super::filter::order;
use super::query::value_of;
use super::types::{Type, known_type, members};
use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::uri::Literal;

/// Maximum depth of nested filters.
const MAX_DEPTH: usize = 20;

/// A `MetadataFilterExpression`.
#[derive(Debug, Default)]
pub(super) struct Criteria {
    any: bool,
    conditions: Vec<Condition>,
    filters: Vec<Criteria>,
}

#[derive(Debug)]
struct Condition {
    property: String,
    operator: Operator,
    values: Vec<Literal>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equals,
    NotEquals,
    In,
    NotIn,
    GreaterThan,
    LessThan,
}

impl Criteria {
    /// Reads the criteria of a query for definitions of these types.
    pub(super) fn read(json: Option<&Json>, types: &[&'static Type]) -> Result<Self> {
        json.map_or(Ok(Self::default()), |json| Self::read_at(json, types, 0))
    }

    fn read_at(json: &Json, types: &[&'static Type], depth: usize) -> Result<Self> {
        if depth > MAX_DEPTH {
            return Err(Refusal::bad("The filters of the query are nested too deeply."));
        }
        let any = match name_or_number(json.get("FilterOperator")).as_deref() {
            None | Some("And" | "0") => false,
            Some("Or" | "1") => true,
            Some(other) => return Err(wrong("FilterOperator", other)),
        };
        let conditions = json.list("Conditions").iter().map(|each| Condition::read(each, types));
        let filters = json.list("Filters").iter().map(|each| Self::read_at(each, types, depth + 1));
        Ok(Self {
            any,
            conditions: conditions.collect::<Result<_>>()?,
            filters: filters.collect::<Result<_>>()?,
        })
    }

    pub(super) fn meets(&self, one: &Json, of: &Type) -> bool {
        let conditions = self.conditions.iter().map(|each| each.meets(one, of));
        let mut all = conditions.chain(self.filters.iter().map(|each| each.meets(one, of)));
        let none = self.conditions.is_empty() && self.filters.is_empty();
        none || if self.any { all.any(|each| each) } else { all.all(|each| each) }
    }
}

impl Condition {
    fn read(json: &Json, types: &[&'static Type]) -> Result<Self> {
        let property = json.text("PropertyName").unwrap_or_default().to_owned();
        let of = types.iter().find_map(|each| each.property(&property));
        let unsupported =
            || Refusal::bad(format!("Conditions based on property {property} is not supported"));
        let of = of.filter(|of| !of.starts_with("Collection(") && *of != "Label").ok_or_else(unsupported)?;
        // Neither is stored: both are computed on reading.
        if property == "SourceType" || property == "HasChanged" {
            return Err(unsupported());
        }
        let operator = match name_or_number(json.get("ConditionOperator")).as_deref() {
            Some("Equals" | "0") => Operator::Equals,
            Some("NotEquals" | "1") => Operator::NotEquals,
            Some("In" | "2") => Operator::In,
            Some("NotIn" | "3") => Operator::NotIn,
            Some("GreaterThan" | "4") => Operator::GreaterThan,
            Some("LessThan" | "5") => Operator::LessThan,
            other => return Err(wrong("ConditionOperator", other.unwrap_or_default())),
        };
        let value = json.get("Value").filter(|value| !matches!(value, Json::Null));
        let values = match value {
            None => vec![Literal::Null],
            Some(value) => {
                let (type_name, text) = (value.text("Type").unwrap_or_default(), value.text("Value"));
                let text = text.ok_or_else(|| wrong("Value", "null"))?;
                values(of, type_name, text)?
            }
        };
        Ok(Self { property, operator, values })
    }

    fn meets(&self, one: &Json, of: &Type) -> bool {
        let Some(type_of_property) = of.property(&self.property) else { return false };
        let value = value_of(one, &self.property, type_of_property);
        // A managed property and the name of a type compare by their value.
        let value = value.get("Value").unwrap_or(&value);
        let equal = self.values.iter().any(|each| order(Some(value), each) == Some(Ordering::Equal));
        let is = |ordering| self.values.first().and_then(|each| order(Some(value), each)) == Some(ordering);
        match self.operator {
            Operator::Equals | Operator::In => equal,
            Operator::NotEquals | Operator::NotIn => !equal,
            Operator::GreaterThan => is(Ordering::Greater),
            Operator::LessThan => is(Ordering::Less),
        }
    }
}

/// Returns the values of an `Object`, whose .NET type must be that of the property.
fn values(of: &str, type_name: &str, text: &str) -> Result<Vec<Literal>> {
    let (element, many) = type_name.strip_suffix("[]").map_or((type_name, false), |element| (element, true));
    let expected = match of {
        "Edm.Boolean" | "BooleanManagedProperty" => "System.Boolean",
        "Edm.String" => "System.String",
        "Edm.Int16" | "Edm.Int32" => "System.Int32",
        "Edm.Guid" => "System.Guid",
        "Edm.DateTimeOffset" => "System.DateTime",
        "AttributeRequiredLevelManagedProperty" => "Microsoft.Xrm.Sdk.Metadata.AttributeRequiredLevel",
        of if members(of).is_some() || of.ends_with("DisplayName") => {
            return if element.strip_prefix("Microsoft.Xrm.Sdk.Metadata.") == Some(of) {
                Ok(texts(text, many).into_iter().map(Literal::Text).collect())
            } else {
                Err(wrong("Type", type_name))
            };
        }
        of => return Err(Refusal::not_implemented(&format!("A condition on a property of type {of}"))),
    };
    if element != expected {
        return Err(wrong("Type", type_name));
    }
    let literal = |text: String| {
        Ok(match expected {
            "System.Boolean" => match text.to_lowercase().as_str() {
                "true" => Literal::Bool(true),
                "false" => Literal::Bool(false),
                _ => return Err(wrong("Value", &text)),
            },
            "System.Int32" => Literal::Number(text),
            "System.Guid" => Literal::Guid(crate::value::guid(&text).ok_or_else(|| wrong("Value", &text))?),
            "System.DateTime" => {
                Literal::Instant(crate::value::instant(&text).ok_or_else(|| wrong("Value", &text))?)
            }
            _ => Literal::Text(text),
        })
    };
    texts(text, many).into_iter().map(literal).collect()
}

/// Returns one text, or the texts of a list such as `['account','contact']`.
fn texts(text: &str, many: bool) -> Vec<String> {
    if !many {
        return vec![text.to_owned()];
    }
    let inside = text.trim().trim_start_matches('[').trim_end_matches(']');
    let parts = inside.split(',').map(|part| part.trim().trim_matches(['\'', '"']).to_owned());
    parts.filter(|part| !part.is_empty()).collect()
}

fn name_or_number(value: Option<&Json>) -> Option<String> {
    match value? {
        Json::Text(text) | Json::Number(text) => Some(text.clone()),
        _ => None,
    }
}

fn wrong(member: &str, value: &str) -> Refusal {
    Refusal::bad(format!("The value '{value}' of '{member}' does not fit the query of definitions."))
}

/// Returns the types that attributes can have.
pub(super) fn attribute_types() -> Vec<&'static Type> {
    [
        "AttributeMetadata",
        "BigIntAttributeMetadata",
        "BooleanAttributeMetadata",
        "DateTimeAttributeMetadata",
        "DecimalAttributeMetadata",
        "DoubleAttributeMetadata",
        "EntityNameAttributeMetadata",
        "FileAttributeMetadata",
        "ImageAttributeMetadata",
        "IntegerAttributeMetadata",
        "LookupAttributeMetadata",
        "ManagedPropertyAttributeMetadata",
        "MemoAttributeMetadata",
        "MoneyAttributeMetadata",
        "MultiSelectPicklistAttributeMetadata",
        "PicklistAttributeMetadata",
        "StringAttributeMetadata",
    ]
    .map(known_type)
    .into()
}
