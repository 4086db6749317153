//! A cache of callers, which a connection keeps until the data changes.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::error::Result;
use crate::session::Caller;

/// Callers by the id of their user.
#[derive(Debug, Default)]
pub(super) struct Callers(RefCell<Known>);

#[derive(Debug, Default)]
struct Known {
    /// SQLite's `data_version` when the callers were read.
    data_version: i64,
    by_user: HashMap<String, Caller>,
}

impl Callers {
    /// Returns the caller, and reads it again if another connection has changed the data.
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
