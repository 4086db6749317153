//! The callers that a connection has seen, for as long as the data stays the same.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::error::Result;
use crate::session::Caller;

/// Callers by the id of their user.
#[derive(Debug, Default)]
pub(super) struct Callers(RefCell<Known>);

#[derive(Debug, Default)]
struct Known {
    /// SQLite's number of the data that the callers were read from.
    data_version: i64,
    by_user: HashMap<String, Caller>,
}

impl Callers {
    /// The caller, read anew where another connection has changed the data since.
    pub(super) fn get(
        &self,
        connection: &rusqlite::Connection,
        user: &str,
        read: impl FnOnce() -> Result<Caller>,
    ) -> Result<Caller> {
        let data_version =
            connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        {
            let mut known = self.0.borrow_mut();
            if known.data_version != data_version {
                *known = Known { data_version, by_user: HashMap::new() };
            }
            if let Some(caller) = known.by_user.get(user) {
                return Ok(caller.clone());
            }
        }
        let caller = read()?;
        self.0.borrow_mut().by_user.insert(user.to_owned(), caller.clone());
        Ok(caller)
    }
}
