//! The JSON of a create or an update.

use serde_core::ser::{Error as _, SerializeMap};
use serde_core::{Serialize, Serializer};
use uuid::Uuid;

use super::columns::{Columns, DraftKind};
use super::json::JsonObject;
use super::nested::{Collection, MAX_DEPTH, NewRecord};
use super::parties;
use crate::column::{Pending, Value, Written};
use crate::encode::{EncodeError, json_string};
use crate::metadata::{AttributeMetadata, AttributeType, Navigation, OptionMetadata};
use crate::reference::{Address, BoundRecord, EntityNames, Scope};

fn error(draft: &dyn Columns, column: &'static str, problem: impl Into<String>) -> EncodeError {
    EncodeError::new(draft.plan().table.logical_name, Some(column), problem)
}

/// Returns the body of a draft as JSON text. `Draft::to_json` calls it.
#[doc(hidden)]
pub fn to_json(draft: &dyn Columns) -> Result<String, EncodeError> {
    in_scope(draft, None, &[])
}

/// Estimated length of a member, in bytes.
const MEMBER: usize = 40;

/// Returns the body, with `extra` members before those of the columns. `scope` is the request of the change
/// set, if the body belongs to one.
pub(crate) fn in_scope(
    draft: &dyn Columns,
    scope: Option<Scope>,
    extra: &[(String, Value<'_>)],
) -> Result<String, EncodeError> {
    let mut body = JsonObject::new(MEMBER * (extra.len() + draft.plan().columns.len()));
    for (name, value) in extra {
        body.name(name).value(value);
    }
    members(draft, scope, 0, &mut |name, content| write(&mut body, name, content))?;
    Ok(body.finish())
}

/// Returns the body of a record that is created inside another.
fn inside(
    draft: &dyn Columns,
    scope: Option<Scope>,
    table: Option<&str>,
    depth: usize,
) -> Result<String, EncodeError> {
    let mut body = JsonObject::new(MEMBER * draft.plan().columns.len());
    if let Some(table) = table {
        body.name("@odata.type").value(&Value::Text(format!("Microsoft.Dynamics.CRM.{table}").into()));
    }
    members(draft, scope, depth, &mut |name, content| write(&mut body, name, content))?;
    Ok(body.finish())
}

/// Returns `{"value":…}` with the value of one column.
#[cfg(feature = "messages")]
pub(crate) fn of_column(
    draft: &dyn Columns,
    column: &str,
    scope: Option<Scope>,
) -> Result<String, EncodeError> {
    let mut body = JsonObject::new(MEMBER);
    members(draft, scope, 0, &mut |name, content| {
        if matches!(name, Name::Column(name) if name == column) {
            write(&mut body, Name::Column("value"), content);
        }
    })?;
    Ok(body.finish())
}

fn write(body: &mut JsonObject, name: Name<'_>, content: MemberValue<'_>) {
    let body = match name {
        Name::Column(name) => body.name(name),
        Name::Bind(property) => body.bind(property),
        Name::Navigation(property) => body.property(property),
    };
    match content {
        MemberValue::Value(value) => body.value(value),
        MemberValue::Record { entity_set, id } => body.reference(entity_set, id),
    }
}

/// Serializes a draft. The derived `Serialize` calls it.
#[doc(hidden)]
pub fn serialize<S: Serializer>(draft: &dyn Columns, serializer: S) -> Result<S::Ok, S::Error> {
    // Report what cannot be written before writing anything.
    let mut count = 0;
    members(draft, None, 0, &mut |_, _| count += 1).map_err(S::Error::custom)?;
    let mut map = serializer.serialize_map(Some(count))?;
    let mut written = Ok(());
    let members = members(draft, None, 0, &mut |name, content| {
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
enum Name<'n> {
    Column(&'n str),
    /// `property@odata.bind`
    Bind(&'n str),
    /// A navigation property with its value inside.
    Navigation(&'n str),
}

/// The content of a member. It borrows the value, because moving it would cost more than writing it.
#[derive(Clone, Copy)]
enum MemberValue<'v> {
    Value(&'v Value<'v>),
    /// `"/set(guid)"`
    Record {
        entity_set: &'v str,
        id: Uuid,
    },
}

/// Why an update cannot hold a column of the alternate key that names its record.
pub(super) const KEY_COLUMN: &str = "it is part of the alternate key that names the record, and Dataverse drops it without an error; name the record by \
     its id to change it";

/// Returns whether the column is part of the alternate key that names the record of the draft.
pub(super) fn names_record(draft: &dyn Columns, attribute: &AttributeMetadata) -> bool {
    let Some(Address::Key { parts, .. }) = draft.record() else { return false };
    attribute.read_name().is_some_and(|name| parts.iter().any(|(part, _)| *part == name))
}

/// Passes the members of the body to `put`, in the order of the columns.
fn members(
    draft: &dyn Columns,
    scope: Option<Scope>,
    depth: usize,
    put: &mut dyn FnMut(Name<'_>, MemberValue<'_>),
) -> Result<(), EncodeError> {
    let plan = draft.plan();
    let mut parties = Vec::new();
    let mut has_parties = false;
    for &column in plan.columns {
        let pending = draft.pending(column);
        if matches!(pending, Pending::Keep) {
            continue;
        }
        let attribute = &plan.table.attributes[column];
        if names_record(draft, attribute) {
            return Err(error(draft, attribute.logical_name, KEY_COLUMN));
        }
        let name = Name::Column(attribute.logical_name);
        match &pending {
            Pending::Keep => {}
            Pending::Clear if attribute.attribute_type.is_lookup() => clear_lookup(draft, attribute, put)?,
            Pending::Clear if attribute.attribute_type == AttributeType::PartyList => has_parties = true,
            Pending::Clear => put(name, MemberValue::Value(&Value::Null)),
            Pending::Set(Written::Value(value)) => {
                check_value(draft, attribute, value)?;
                if let Some((state, value)) = implied_state(draft, attribute, value) {
                    put(Name::Column(state), MemberValue::Value(&value));
                }
                put(name, MemberValue::Value(value));
            }
            Pending::Set(Written::Reference(record)) => {
                let (property, entity_set) = record
                    .destination(&attribute.navigation)
                    .map_err(|problem| error(draft, attribute.logical_name, problem))?;
                match record.address {
                    Address::Id(id) => {
                        put(Name::Bind(&property), MemberValue::Record { entity_set, id: *id });
                    }
                    Address::New(new) => {
                        // The record needs an `@odata.type` if the property leads to several tables.
                        // Microsoft's example of a deep insert, with one table, has none.
                        let several = attribute.attribute_type.targets().len() > 1
                            && matches!(attribute.navigation, Navigation::One(_));
                        let table = record.table.filter(|_| several);
                        let inner = new_record(draft, attribute.logical_name, new, scope, table, depth)?;
                        put(Name::Navigation(&property), MemberValue::Value(&Value::Json(inner.into())));
                    }
                    _ => {
                        let url = reference_url(draft, attribute, record, entity_set, scope)?;
                        put(Name::Bind(&property), MemberValue::Value(&Value::Text(url.into())));
                    }
                }
            }
            Pending::Set(Written::Parties(list)) => {
                has_parties = true;
                let problem = |problem: String| error(draft, attribute.logical_name, problem);
                let participation = parties::participation(attribute.logical_name).ok_or_else(|| {
                    problem(
                        "Dataverse's page on activity parties has no participation for a column of this name; create its \
                         parties with `insert`"
                            .to_owned(),
                    )
                })?;
                for party in *list {
                    parties.push(parties::party(party, participation, scope).map_err(problem)?);
                }
            }
        }
    }
    if has_parties {
        let name = parties::collection(plan.table);
        if draft.collections().iter().any(|each| each.navigation == name) {
            let problem = format!(
                "the collection `{name}` holds the parties of all party lists; set the lists or the collection"
            );
            return Err(EncodeError::new(plan.table.logical_name, None, problem));
        }
        let text = format!("[{}]", parties.join(","));
        put(Name::Navigation(&name), MemberValue::Value(&Value::Json(text.into())));
    }
    collections(draft, scope, depth, put)
}

/// Clears a lookup: `"navigation": null`.
///
/// Microsoft's page associate-disassociate-entities-using-web-api shows this form and
/// `"navigation@odata.bind": null`. Public reports say that Dataverse refused the second form
/// (powerapps-docs#2720), answered 500 (#4028), or ignored it (#4268). In each of them, the first form worked.
/// The first form failed only in reports that used another name than the navigation property's.
fn clear_lookup(
    draft: &dyn Columns,
    attribute: &'static AttributeMetadata,
    put: &mut dyn FnMut(Name<'_>, MemberValue<'_>),
) -> Result<(), EncodeError> {
    if let Navigation::Pattern(pattern) = attribute.navigation
        && attribute.attribute_type.targets().is_empty()
    {
        let problem = format!(
            "cannot be cleared: a lookup is cleared through a navigation property, and `{pattern}` names none until the table is \
             known; delete the reference through the property of its table"
        );
        return Err(error(draft, attribute.logical_name, problem));
    }
    // A polymorphic lookup has a property for each target. Clear all of them, because the draft does not know
    // to which target the lookup points.
    for property in attribute.navigation.properties() {
        put(Name::Navigation(property), MemberValue::Value(&Value::Null));
    }
    for target in attribute.attribute_type.targets() {
        if let (Navigation::Pattern(_), Some(property)) =
            (attribute.navigation, attribute.navigation.property_to(target.logical_name))
        {
            put(Name::Navigation(&property), MemberValue::Value(&Value::Null));
        }
    }
    Ok(())
}

/// Writes a record that is created inside another.
fn new_record(
    draft: &dyn Columns,
    column: &'static str,
    record: &NewRecord,
    scope: Option<Scope>,
    table: Option<&str>,
    depth: usize,
) -> Result<String, EncodeError> {
    check_deep(draft, column, depth)?;
    inside(record.draft(), scope, table, depth + 1)
}

/// Returns an error if a new record is not allowed here.
fn check_deep(draft: &dyn Columns, property: &'static str, depth: usize) -> Result<(), EncodeError> {
    let problem = match draft.plan().kind {
        DraftKind::Update => {
            "is set to a new record; only a create can make related records: create the record first, and set the lookup to \
             its id"
                .to_owned()
        }
        DraftKind::Create if depth == MAX_DEPTH => {
            format!("holds new records more than {MAX_DEPTH} levels deep; create the inner ones first")
        }
        DraftKind::Create => return Ok(()),
    };
    Err(error(draft, property, problem))
}

/// Writes the collections of related records: `"navigation": [{…}]` with the new ones, and
/// `"navigation@odata.bind": ["/set(guid)"]` with the existing ones.
fn collections(
    draft: &dyn Columns,
    scope: Option<Scope>,
    depth: usize,
    put: &mut dyn FnMut(Name<'_>, MemberValue<'_>),
) -> Result<(), EncodeError> {
    for Collection { navigation, target, records } in draft.collections() {
        let (mut new, mut bound) = (Vec::new(), Vec::new());
        for address in records {
            if let Address::New(record) = address {
                new.push(new_record(draft, navigation, record, scope, None, depth)?);
                continue;
            }
            let names = EntityNames {
                entity_set: target.entity_set_name,
                primary_id: Some(target.primary_id_attribute),
            };
            let url = address.url(&names, scope).map_err(|problem| error(draft, navigation, problem))?;
            let slash = if matches!(address, Address::Content(_)) { "" } else { "/" };
            bound.push(json_string(&format!("{slash}{url}")));
        }
        for (name, items) in [(Name::Navigation(navigation), new), (Name::Bind(navigation), bound)] {
            if !items.is_empty() {
                let text = format!("[{}]", items.join(","));
                put(name, MemberValue::Value(&Value::Json(text.into())));
            }
        }
    }
    Ok(())
}

/// Returns the URL of a record that is named by an alternate key, or by the request of the change set that
/// creates it.
fn reference_url(
    draft: &dyn Columns,
    attribute: &'static AttributeMetadata,
    record: &BoundRecord<'_>,
    entity_set: &str,
    scope: Option<Scope>,
) -> Result<String, EncodeError> {
    let names = EntityNames { entity_set, primary_id: record.primary_id() };
    let url = record.address.url(&names, scope);
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

/// Returns the state that a status implies. An update that sets only the status sends both, because Dataverse
/// refuses a status of another state. A create accepts no state.
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

/// Returns the declared option with this value.
pub(super) fn option<'o>(options: &'o [OptionMetadata], value: &Value<'_>) -> Option<&'o OptionMetadata> {
    match value {
        Value::Integer(number) => options.iter().find(|each| i64::from(each.value) == *number),
        _ => None,
    }
}

impl Serialize for Name<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Column(name) | Self::Navigation(name) => serializer.serialize_str(name),
            Self::Bind(property) => serializer.serialize_str(&format!("{property}@odata.bind")),
        }
    }
}

impl Serialize for MemberValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Record { entity_set, id } => serializer.serialize_str(&format!("/{entity_set}({id})")),
            Self::Value(value) => value.serialize(serializer),
        }
    }
}
