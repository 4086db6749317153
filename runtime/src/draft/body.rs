//! The JSON of a create or an update.

use serde_core::ser::{Error as _, SerializeMap};
use serde_core::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::{Columns, DraftKind, EncodeError, entries};
use crate::codec::Pending;
use crate::lookup::BoundRecord;
use crate::metadata::{AttributeMetadata, AttributeType, OptionMetadata};
use crate::record_ref::{Address, EntityNames, Scope};
use crate::value::{Value, Written};

fn error(draft: &dyn Columns, column: &'static str, problem: impl Into<String>) -> EncodeError {
    EncodeError::new(draft.plan().table.logical_name, Some(column), problem)
}

pub(super) fn to_json(draft: &dyn Columns) -> Result<String, EncodeError> {
    in_scope(draft, None, Vec::new())
}

/// The body as it stands in a change set, with `extra` members before those of the columns.
pub(crate) fn in_scope(
    draft: &dyn Columns,
    scope: Option<Scope>,
    extra: Vec<Member<'_>>,
) -> Result<String, EncodeError> {
    let mut all = extra;
    all.extend(members(draft, scope)?);
    // Names and values are texts, numbers and JSON that is valid already; there is nothing left that could fail.
    serde_json::to_string(&Body(&all))
        .map_err(|error| EncodeError::new(draft.plan().table.logical_name, None, error.to_string()))
}

/// `{"value":…}` with the value of one column.
#[cfg(feature = "messages")]
pub(crate) fn of_column(
    draft: &dyn Columns,
    column: &str,
    scope: Option<Scope>,
) -> Result<String, EncodeError> {
    let mut members = members(draft, scope)?;
    members.retain(|(name, _)| name == column);
    for (name, _) in &mut members {
        "value".clone_into(name);
    }
    serde_json::to_string(&Body(&members))
        .map_err(|error| EncodeError::new(draft.plan().table.logical_name, None, error.to_string()))
}

pub(super) fn serialize<S: Serializer>(draft: &dyn Columns, serializer: S) -> Result<S::Ok, S::Error> {
    Body(&members(draft, None).map_err(S::Error::custom)?).serialize(serializer)
}

/// One member of a body: its name and its value.
pub(crate) type Member<'a> = (String, Value<'a>);

/// The members of the body, in the order of the columns.
fn members(draft: &dyn Columns, scope: Option<Scope>) -> Result<Vec<Member<'_>>, EncodeError> {
    let mut members = Vec::new();
    for (attribute, pending) in entries(draft) {
        match pending {
            Pending::Keep => {}
            Pending::Clear if attribute.attribute_type.is_lookup() => {
                // Whichever of its targets a polymorphic lookup points to now, every one of its properties clears it.
                let properties = attribute.navigation.properties();
                members.extend(properties.map(|property| (bind(property), Value::Null)));
            }
            Pending::Clear => members.push((attribute.logical_name.to_owned(), Value::Null)),
            Pending::Set(Written::Value(value)) => {
                check_value(draft, attribute, &value)?;
                if let Some(state) = implied_state(draft, attribute, &value) {
                    members.push(state);
                }
                members.push((attribute.logical_name.to_owned(), value));
            }
            Pending::Set(Written::Reference(record)) => {
                members.push(reference_member(draft, attribute, &record, scope)?);
            }
        }
    }
    Ok(members)
}

fn bind(property: &str) -> String {
    format!("{property}@odata.bind")
}

fn reference_member(
    draft: &dyn Columns,
    attribute: &'static AttributeMetadata,
    record: &BoundRecord<'_>,
    scope: Option<Scope>,
) -> Result<Member<'static>, EncodeError> {
    let unknown = || {
        let table = record.table.map_or("an unknown table".to_owned(), |table| format!("the table {table}"));
        let address = record.address;
        let problem =
            format!("cannot point to the record {address} of {table}: it is none of the declared targets");
        error(draft, attribute.logical_name, problem)
    };
    let target = record.target.ok_or_else(unknown)?;
    let property = attribute.navigation.to(target.logical_name).ok_or_else(unknown)?;
    let names = EntityNames { entity_set: target.entity_set_name, keys: &[] };
    let url = record.address.url(&names, scope);
    let url = url.map_err(|problem| error(draft, attribute.logical_name, problem))?;
    let slash = if matches!(record.address, Address::Content(_)) { "" } else { "/" };
    Ok((bind(property), Value::Text(format!("{slash}{url}").into())))
}

fn check_value(
    draft: &dyn Columns,
    attribute: &'static AttributeMetadata,
    value: &Value<'_>,
) -> Result<(), EncodeError> {
    match value {
        Value::Double(number) if !number.is_finite() => {
            Err(error(draft, attribute.logical_name, format!("{number} has no form in JSON")))
        }
        _ => Ok(()),
    }
}

/// A status implies its state: an update that sets only the status sends both, because the server refuses a status of
/// another state. A create takes no state.
fn implied_state(
    draft: &dyn Columns,
    attribute: &AttributeMetadata,
    value: &Value<'_>,
) -> Option<Member<'static>> {
    let AttributeType::Status { options } = attribute.attribute_type else { return None };
    if draft.plan().operation != DraftKind::Update {
        return None;
    }
    let state = option(options, value)?.state?;
    let (column, pending) =
        entries(draft).find(|(each, _)| matches!(each.attribute_type, AttributeType::State { .. }))?;
    matches!(pending, Pending::Keep)
        .then(|| (column.logical_name.to_owned(), Value::Integer(i64::from(state))))
}

/// The declared option that a value stands for.
pub(super) fn option<'o>(options: &'o [OptionMetadata], value: &Value<'_>) -> Option<&'o OptionMetadata> {
    match value {
        Value::Integer(number) => options.iter().find(|each| i64::from(each.value) == *number),
        _ => None,
    }
}

struct Body<'a>(&'a [Member<'a>]);

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0 {
            map.serialize_entry(name, &JsonValue(value))?;
        }
        map.end()
    }
}

struct JsonValue<'a>(&'a Value<'a>);

impl Serialize for JsonValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Boolean(value) => serializer.serialize_bool(*value),
            Value::Integer(value) => serializer.serialize_i64(*value),
            Value::Double(value) => serializer.serialize_f64(*value),
            Value::Text(text) => serializer.serialize_str(text),
            // The text goes out as it is: no digit passes through a float.
            Value::Number(text) | Value::Json(text) => {
                let raw = RawValue::from_string(text.clone().into_owned()).map_err(S::Error::custom)?;
                raw.serialize(serializer)
            }
        }
    }
}
