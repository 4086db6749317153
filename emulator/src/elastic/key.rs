//! The keys of rows: their primary key and their partition.

use core::fmt::Write;

use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::row_id::{guid_of, partition_of, row_id};
use crate::schema::{PARTITION, Table};
use crate::session::Session;
use crate::uri::{Aliases, Literal, Parser, below_service_root, segments};
use crate::value;

/// Maximum length of a partition id in bytes.
const MAX_PARTITION_LENGTH: usize = 1024;

impl Table {
    /// Returns the key of a record in its URL, between the parentheses.
    pub(crate) fn key_text(&self, id: &str) -> String {
        let Some(partition) = partition_of(id) else { return id.to_owned() };
        let quoted = partition.replace('\'', "''");
        let mut text = format!("{}={},{PARTITION}='", self.primary_id, guid_of(id));
        for byte in quoted.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'\'' => {
                    text.push(char::from(byte));
                }
                // Writing to a `String` does not fail.
                _ => drop(write!(text, "%{byte:02X}")),
            }
        }
        text.push('\'');
        text
    }
}

/// Returns the row id that the keys of a URL name in an elastic table; `None` if they are not its alternate
/// key.
pub(crate) fn find(table: &Table, named: &[(String, String)], aliases: &Aliases) -> Result<Option<String>> {
    let get = |name: &str| named.iter().find(|(each, _)| each == name).map(|(_, text)| text);
    // Microsoft's examples spell the second name both ways.
    let (Some(guid), Some(partition), 2) =
        (get(&table.primary_id), get(PARTITION).or_else(|| get("partitionId")), named.len())
    else {
        return Ok(None);
    };
    let Literal::Guid(guid) = Parser::literal(guid, aliases)? else {
        return Err(Refusal::literal(guid, "Edm.Guid"));
    };
    match Parser::literal(partition, aliases)? {
        Literal::Text(partition) => Ok(Some(row_id(&guid, Some(checked(&partition)?)))),
        Literal::Null => Ok(Some(guid)),
        _ => Err(Refusal::literal(partition, "Edm.String")),
    }
}

/// Returns a partition id that a row can have.
fn checked(partition: &str) -> Result<&str> {
    if partition.contains(['/', '<', '>', '*', '%', '&', ':', '\\', '?', '+']) {
        return Err(Refusal::bad(format!(
            "The value '{partition}' of the key '{PARTITION}' has a character that keys in URLs cannot have."
        )));
    }
    if partition.len() > MAX_PARTITION_LENGTH {
        let message = format!("A partition id has no more than {MAX_PARTITION_LENGTH} bytes.");
        return Err(Refusal::bad(message));
    }
    Ok(partition)
}

/// Returns the id of the row that a target of a bulk message names: by its URL or by its own members.
pub(crate) fn of_target(session: &Session<'_>, table: &Table, target: &Json) -> Result<Option<String>> {
    let Some(url) = target.text("@odata.id") else { return of_object(table, target) };
    let segments = segments(below_service_root(url))?;
    let keys = match segments.as_slice() {
        [segment] if segment.name == table.entity_set_name => segment.arguments.as_ref(),
        _ => None,
    };
    let wrong =
        || Refusal::bad(format!("The URL '{url}' does not name a record of '{}'.", table.logical_name));
    Ok(crate::write::find(session, table, keys.ok_or_else(wrong)?, &Aliases::default())?.1)
}

/// Returns the id of the row that an object names by its own members.
pub(crate) fn of_object(table: &Table, object: &Json) -> Result<Option<String>> {
    let Some(text) = object.text(&table.primary_id) else { return Ok(None) };
    let guid = value::guid(text).ok_or_else(|| Refusal::literal(text, "Edm.Guid"))?;
    Ok(Some(row_id(&guid, object.text(PARTITION).map(checked).transpose()?)))
}
