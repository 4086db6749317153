//! The parts that messages of sharing have in common: the record and the principal.

use core::str::FromStr;

use serde_json::{Value, json};

use super::access_rights::AccessRights;
use super::principal::PrincipalRef;
use crate::message::http::{Error, NAMESPACE, Reply};
use crate::metadata::EntityMetadata;
use crate::{Entity, Id};

/// Writes the record for a body.
pub(in crate::message) fn target<T: Entity>(record: Id<T>) -> Value {
    let table: &EntityMetadata = T::METADATA;
    json!({ table.primary_id_attribute: record.to_string(), "@odata.type": type_name(table.logical_name) })
}

/// Writes the user or team for a body, with its id as this key.
pub(in crate::message) fn principal(principal: &PrincipalRef, key: &str) -> Value {
    json!({ key: principal.id().to_string(), "@odata.type": type_name(principal.table().logical_name) })
}

/// Returns the user or team, or the error if the caller's value names neither.
pub(in crate::message) fn named(principal: &Result<PrincipalRef, String>) -> Result<&PrincipalRef, Error> {
    principal.as_ref().map_err(|problem| Error::invalid_request(problem.clone()))
}

/// Writes the body of `GrantAccess` and `ModifyAccess`.
pub(in crate::message) fn grant<T: Entity>(
    record: Id<T>,
    principal: &Result<PrincipalRef, String>,
    rights: AccessRights,
) -> Result<Value, Error> {
    let principal = named(principal)?;
    Ok(json!({
        "Target": target(record),
        "PrincipalAccess": {
            "Principal": self::principal(principal, principal.table().primary_id_attribute),
            "AccessMask": rights.to_string(),
        },
    }))
}

fn type_name(logical_name: &str) -> String {
    format!("{NAMESPACE}.{logical_name}")
}

/// Writes the record as the value of a parameter in a URL.
pub(in crate::message) fn target_parameter<T: Entity>(record: Id<T>) -> String {
    format!("{{'@odata.id':'{}({record})'}}", T::METADATA.entity_set_name)
}

/// Reads the rights in an answer.
pub(in crate::message) fn rights(reply: &Reply, value: Option<&Value>) -> Result<AccessRights, Error> {
    let read = match value {
        Some(Value::String(text)) => AccessRights::from_str(text),
        Some(Value::Number(number)) => AccessRights::from_str(&number.to_string()),
        _ => return Err(reply.unreadable("it holds no access rights")),
    };
    read.map_err(|error| reply.unreadable(error.to_string()))
}
