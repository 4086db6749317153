//! The bodies of creates and updates.

use uuid::Uuid;

use crate::column::Value;
use crate::draft::{Columns, JsonObject, body_in_scope, body_of_column, violations_of};
use crate::message::http::{Error, NAMESPACE, Organization};
use crate::metadata::EntityMetadata;
use crate::reference::{Address, EntityNames, PARTITION_ID};

/// A member of a body in addition to the columns.
pub(in crate::message) type BodyMember = (String, Value<'static>);

/// Writes the columns of the draft.
pub(in crate::message) fn of(draft: &dyn Columns, org: &Organization) -> Result<Vec<u8>, Error> {
    with(Vec::new(), draft, org).map(String::into_bytes)
}

/// Writes other members and then the columns of the draft.
pub(in crate::message) fn with(
    members: Vec<BodyMember>,
    draft: &dyn Columns,
    org: &Organization,
) -> Result<String, Error> {
    check(draft, org)?;
    Ok(body_in_scope(draft, org.scope(), &members)?)
}

/// Validates the draft if the organization says so.
pub(in crate::message) fn check(draft: &dyn Columns, org: &Organization) -> Result<(), Error> {
    if org.validates_drafts() {
        violations_of(draft)?;
    }
    Ok(())
}

/// Returns the member `@odata.type`, which names the table of a record in a body.
pub(in crate::message) fn type_member(table: &EntityMetadata) -> BodyMember {
    text("@odata.type", format!("{NAMESPACE}.{}", table.logical_name))
}

/// Returns the members that name a record in the body of a message about several records: its primary key,
/// with the partition in an elastic table, or the URL of an alternate key.
///
/// It never writes both. Dataverse refuses an upsert with both as 0x80040216 if it would create the record,
/// though not if it would update it (PowerPlatform-DataverseClient-Python#127).
pub(in crate::message) fn record_members(
    table: &'static EntityMetadata,
    address: &Address,
    org: &Organization,
) -> Result<Vec<BodyMember>, Error> {
    let key = |id: &Uuid| text(table.primary_id_attribute, id.to_string());
    match address {
        Address::Id(id) => return Ok(vec![key(id)]),
        Address::Partitioned { id, partition } => {
            return Ok(vec![key(id), text(PARTITION_ID, partition.to_string())]);
        }
        _ => {}
    }
    let url = address.url(&EntityNames::of(table), org.scope());
    let url = url.map_err(|problem| crate::EncodeError::new(table.logical_name, None, problem))?;
    Ok(vec![text("@odata.id", url)])
}

/// Writes an object with these members.
pub(in crate::message) fn object(members: &[BodyMember]) -> String {
    let mut object = JsonObject::new(96 * members.len());
    for (name, value) in members {
        object.name(name).value(value);
    }
    object.finish()
}

pub(in crate::message) fn text(name: &str, value: String) -> BodyMember {
    (name.to_owned(), Value::Text(value.into()))
}

/// Writes `{"Targets":[…]}`.
pub(in crate::message) fn targets(
    records: impl Iterator<Item = Result<String, Error>>,
) -> Result<Vec<u8>, Error> {
    let records = records.collect::<Result<Vec<_>, _>>()?;
    if records.is_empty() {
        return Err(Error::invalid_request("the message holds no record"));
    }
    Ok(format!("{{\"Targets\":[{}]}}", records.join(",")).into_bytes())
}

/// Writes `{"value":…}`.
pub(in crate::message) fn single_value(
    draft: &dyn Columns,
    column: &str,
    org: &Organization,
) -> Result<Vec<u8>, Error> {
    check(draft, org)?;
    Ok(body_of_column(draft, column, org.scope())?.into_bytes())
}
