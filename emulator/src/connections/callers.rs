//! What a connection that reads keeps until the data changes: callers, and the schema.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::definition_writes::{Schemas, Stamp};
use crate::error::Result;
use crate::schema::Schema;
use crate::session::Caller;

/// Callers by the id of their user, and the schema.
#[derive(Debug, Default)]
pub(super) struct Cache(RefCell<Known>);

#[derive(Debug, Default)]
struct Known {
    /// SQLite's `data_version` when the callers and the stamp were read.
    data_version: i64,
    by_user: HashMap<String, Caller>,
    stamp_is_current: bool,
    schema: Option<(Stamp, Arc<Schema>)>,
}

impl Cache {
    /// Forgets the callers, and that the schema is current, if another connection has changed the data. The
    /// caller holds a transaction.
    pub(super) fn refresh(&self, connection: &rusqlite::Connection) -> rusqlite::Result<()> {
        let data_version =
            connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        let mut known = self.0.borrow_mut();
        if known.data_version != data_version {
            known.data_version = data_version;
            known.by_user.clear();
            known.stamp_is_current = false;
        }
        Ok(())
    }

    /// Returns the caller, which `read` reads unless the cache has it.
    pub(super) fn caller(&self, user: &str, read: impl FnOnce() -> Result<Caller>) -> Result<Caller> {
        if let Some(caller) = self.0.borrow().by_user.get(user) {
            return Ok(caller.clone());
        }
        let caller = read()?;
        self.0.borrow_mut().by_user.insert(user.to_owned(), caller.clone());
        Ok(caller)
    }

    /// Returns the schema that the transaction sees.
    pub(super) fn schema(&self, connection: &rusqlite::Connection, schemas: &Schemas) -> Result<Arc<Schema>> {
        let mut known = self.0.borrow_mut();
        if let (true, Some((_, schema))) = (known.stamp_is_current, &known.schema) {
            return Ok(Arc::clone(schema));
        }
        let stamp = Stamp::read(connection)?;
        let schema = match &known.schema {
            Some((same, schema)) if *same == stamp => Arc::clone(schema),
            _ => schemas.at(connection, stamp)?,
        };
        known.schema = Some((stamp, Arc::clone(&schema)));
        known.stamp_is_current = true;
        Ok(schema)
    }
}
