//! Saved queries: system views, and the views of users.

use crate::error::{Refusal, Result};
use crate::session::Session;
use crate::sql::READ;
use crate::store::{quoted, table_name};
use crate::uri::Options;

/// The options that name a query, and the tables of their records.
const OPTIONS: [(&str, &str); 2] = [("savedQuery", "savedquery"), ("userQuery", "userquery")];

/// Returns the FetchXML of the saved query that a URL names, if it names one.
pub(in crate::read) fn asked_for(session: &Session<'_>, options: &Options) -> Result<Option<String>> {
    if let Some(text) = options.get("fetchXml") {
        options.alone("fetchXml", &["$count"])?;
        return Ok(Some(text.to_owned()));
    }
    for (option, table) in OPTIONS {
        if let Some(id) = options.get(option) {
            options.alone(option, &["$count"])?;
            return saved(session, table, option, id).map(Some);
        }
    }
    Ok(None)
}

/// Returns the FetchXML of a record that the caller may read.
fn saved(session: &Session<'_>, table: &str, option: &str, id: &str) -> Result<String> {
    let table = session.table(table)?;
    let wrong = || Refusal::bad(format!("Invalid value '{id}' for {option} query option found."));
    let id = crate::value::guid(id.trim()).ok_or_else(wrong)?;
    let (rows, key) = (table_name(&table.logical_name), quoted(&table.primary_id));
    let sql = format!("SELECT {} FROM {rows} WHERE {key} = ?1", quoted("fetchxml"));
    let mut statement = session.connection.prepare_cached(&sql)?;
    let mut found = statement.query([&id])?;
    let Some(row) = found.next()? else { return Err(Refusal::record_not_found(&table.logical_name, &id)) };
    let text: Option<String> = row.get(0)?;
    session.require(READ, table, &id)?;
    text.ok_or_else(|| Refusal::bad(format!("The {} with Id = {id} has no fetchxml.", table.logical_name)))
}
