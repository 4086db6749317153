//! The JSON of a create or an update.

use serde_core::ser::{Error as _, SerializeMap};
use serde_core::{Serialize, Serializer};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::columns::{Columns, DraftKind};
use super::json::JsonObject;
use crate::column::{Pending, Value, Written};
use crate::encode::{EncodeError, instant};
use crate::metadata::{AttributeMetadata, AttributeType, OptionMetadata};
use crate::reference::{Address, BoundRecord, EntityNames, Scope};

fn error(draft: &dyn Columns, column: &'static str, problem: impl Into<String>) -> EncodeError {
    EncodeError::new(draft.plan().table.logical_name, Some(column), problem)
}

pub(super) fn to_json(draft: &dyn Columns) -> Result<String, EncodeError> {
    in_scope(draft, None, &[])
}

/// About how long a member is.
const MEMBER: usize = 40;

/// The body as it stands in a change set, with `extra` members before those of the columns.
pub(crate) fn in_scope(
    draft: &dyn Columns,
    scope: Option<Scope>,
    extra: &[(String, Value<'_>)],
) -> Result<String, EncodeError> {
    let mut body = JsonObject::new(MEMBER * (extra.len() + draft.plan().columns.len()));
    for (name, value) in extra {
        body.name(name).value(value);
    }
    members(draft, scope, &mut |name, content| write(&mut body, name, content))?;
    Ok(body.finish())
}

/// `{"value":…}` with the value of one column.
#[cfg(feature = "messages")]
pub(crate) fn of_column(
    draft: &dyn Columns,
    column: &str,
    scope: Option<Scope>,
) -> Result<String, EncodeError> {
    let mut body = JsonObject::new(MEMBER);
    members(draft, scope, &mut |name, content| {
        if matches!(name, Name::Column(name) if name == column) {
            write(&mut body, Name::Column("value"), content);
        }
    })?;
    Ok(body.finish())
}

fn write(body: &mut JsonObject, name: Name, content: MemberValue<'_>) {
    let body = match name {
        Name::Column(name) => body.name(name),
        Name::Bind(property) => body.bind(property),
    };
    match content {
        MemberValue::Value(value) => body.value(value),
        MemberValue::Record { entity_set, id } => body.reference(entity_set, id),
    }
}

/// Serializes a draft: the body of the derived `Serialize`.
#[doc(hidden)]
pub fn serialize<S: Serializer>(draft: &dyn Columns, serializer: S) -> Result<S::Ok, S::Error> {
    // What cannot be written is said before anything is.
    let mut count = 0;
    members(draft, None, &mut |_, _| count += 1).map_err(S::Error::custom)?;
    let mut map = serializer.serialize_map(Some(count))?;
    let mut written = Ok(());
    let members = members(draft, None, &mut |name, content| {
        if written.is_ok() {
            written = map.serialize_entry(&name, &content);
        }
    });
    members.map_err(S::Error::custom)?;
    written?;
    map.end()
}

/// The name of a member.
#[derive(Clone, Copy)]
enum Name {
    Column(&'static str),
    /// `property@odata.bind`
    Bind(&'static str),
}

/// What stands behind the name. A value is lent: to move it costs more than to write it.
#[derive(Clone, Copy)]
enum MemberValue<'v> {
    Value(&'v Value<'v>),
    /// `"/set(guid)"`
    Record {
        entity_set: &'static str,
        id: Uuid,
    },
}

/// The members of the body, in the order of the columns.
fn members(
    draft: &dyn Columns,
    scope: Option<Scope>,
    put: &mut dyn FnMut(Name, MemberValue<'_>),
) -> Result<(), EncodeError> {
    let plan = draft.plan();
    for &column in plan.columns {
        let pending = draft.pending(column);
        if matches!(pending, Pending::Keep) {
            continue;
        }
        let attribute = &plan.table.attributes[column];
        let name = Name::Column(attribute.logical_name);
        match &pending {
            Pending::Keep => {}
            Pending::Clear if attribute.attribute_type.is_lookup() => {
                // Whichever of its targets a polymorphic lookup points to now, every one of its properties clears it.
                for property in attribute.navigation.properties() {
                    put(Name::Bind(property), MemberValue::Value(&Value::Null));
                }
            }
            Pending::Clear => put(name, MemberValue::Value(&Value::Null)),
            Pending::Set(Written::Value(value)) => {
                check_value(draft, attribute, value)?;
                if let Some((state, value)) = implied_state(draft, attribute, value) {
                    put(Name::Column(state), MemberValue::Value(&value));
                }
                put(name, MemberValue::Value(value));
            }
            Pending::Set(Written::Reference(record)) => {
                let (property, entity_set) = reference(draft, attribute, record)?;
                if let Address::Id(id) = record.address {
                    put(Name::Bind(property), MemberValue::Record { entity_set, id: *id });
                } else {
                    let url = reference_url(draft, attribute, record, entity_set, scope)?;
                    put(Name::Bind(property), MemberValue::Value(&Value::Text(url.into())));
                }
            }
        }
    }
    Ok(())
}

/// The navigation property and the entity set of the table that a lookup is set to.
fn reference(
    draft: &dyn Columns,
    attribute: &'static AttributeMetadata,
    record: &BoundRecord<'_>,
) -> Result<(&'static str, &'static str), EncodeError> {
    let target = record.target;
    let property = target.and_then(|target| attribute.navigation.to(target.logical_name));
    target.zip(property).map(|(target, property)| (property, target.entity_set_name)).ok_or_else(|| {
        let table = record.table.map_or("an unknown table".to_owned(), |table| format!("the table {table}"));
        let address = record.address;
        let problem =
            format!("cannot point to the record {address} of {table}: it is none of the declared targets");
        error(draft, attribute.logical_name, problem)
    })
}

/// How a record is named that has no id yet, or is named by an alternate key.
fn reference_url(
    draft: &dyn Columns,
    attribute: &'static AttributeMetadata,
    record: &BoundRecord<'_>,
    entity_set: &str,
    scope: Option<Scope>,
) -> Result<String, EncodeError> {
    let url = record.address.url(&EntityNames { entity_set, keys: &[] }, scope);
    let url = url.map_err(|problem| error(draft, attribute.logical_name, problem))?;
    let slash = if matches!(record.address, Address::Content(_)) { "" } else { "/" };
    Ok(format!("{slash}{url}"))
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
) -> Option<(&'static str, Value<'static>)> {
    let AttributeType::Status { options } = attribute.attribute_type else { return None };
    let plan = draft.plan();
    if plan.kind != DraftKind::Update {
        return None;
    }
    let state = option(options, value)?.state?;
    let is_state =
        |attribute: &AttributeMetadata| matches!(attribute.attribute_type, AttributeType::State { .. });
    let column = plan.columns.iter().find(|column| is_state(&plan.table.attributes[**column]))?;
    let is_kept = matches!(draft.pending(*column), Pending::Keep);
    is_kept.then(|| (plan.table.attributes[*column].logical_name, Value::Integer(i64::from(state))))
}

/// The declared option that a value stands for.
pub(super) fn option<'o>(options: &'o [OptionMetadata], value: &Value<'_>) -> Option<&'o OptionMetadata> {
    match value {
        Value::Integer(number) => options.iter().find(|each| i64::from(each.value) == *number),
        _ => None,
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Column(name) => serializer.serialize_str(name),
            Self::Bind(property) => serializer.serialize_str(&format!("{property}@odata.bind")),
        }
    }
}

impl Serialize for MemberValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Record { entity_set, id } => serializer.serialize_str(&format!("/{entity_set}({id})")),
            Self::Value(Value::Null) => serializer.serialize_unit(),
            Self::Value(Value::Boolean(value)) => serializer.serialize_bool(*value),
            Self::Value(Value::Integer(value)) => serializer.serialize_i64(*value),
            Self::Value(Value::Double(value)) => serializer.serialize_f64(*value),
            Self::Value(Value::Text(text)) => serializer.serialize_str(text),
            Self::Value(Value::Guid(guid)) => serializer.serialize_str(&guid.uuid().to_string()),
            Self::Value(Value::Instant(seconds)) => serializer.serialize_str(&instant::text(*seconds)),
            // The text goes out as it is: no digit passes through a float.
            Self::Value(Value::Number(text) | Value::Json(text)) => {
                let raw = RawValue::from_string(text.clone().into_owned()).map_err(S::Error::custom)?;
                raw.serialize(serializer)
            }
        }
    }
}
