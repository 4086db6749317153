//! Session tokens: a write returns one, and a read that sends it sees the write.

use crate::error::Result;
use crate::http::Outgoing;
use crate::schema::Table;
use crate::session::Session;
use crate::store::current_version;

/// Adds a session token to the answer of a create, an update or an upsert, if the table is elastic. Reads of
/// the emulator see every write, so it ignores the token that a client sends.
pub(crate) fn with_token(session: &Session<'_>, table: &Table, answer: Outgoing) -> Result<Outgoing> {
    if !table.elastic {
        return Ok(answer);
    }
    let version = current_version(session.connection)?;
    Ok(answer.with("x-ms-session-token", &format!("0:1#{version}#7=-1")))
}
