//! Session tokens: a write answers one, and a read that sends it sees the write.

use crate::error::Result;
use crate::http::Outgoing;
use crate::schema::Table;
use crate::session::Session;
use crate::store::current_version;

/// The answer to a create, an update or an upsert, with the session's token if the table is elastic. The
/// emulator's reads see every write, so it ignores the token that a client sends.
pub(crate) fn with_token(session: &Session<'_>, table: &Table, answer: Outgoing) -> Result<Outgoing> {
    if !table.elastic {
        return Ok(answer);
    }
    let version = current_version(session.connection)?;
    Ok(answer.with("x-ms-session-token", &format!("0:1#{version}#7=-1")))
}
