//! The schema that each transaction sees.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use super::changes;
use super::stamp::Stamp;
use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::schema::{self, DefinitionError, Schema};

/// The schema with which the service was built, and the last one with the changes of a database.
#[derive(Debug)]
pub(crate) struct Schemas {
    base: Arc<Schema>,
    last: Mutex<(Stamp, Arc<Schema>)>,
}

impl Schemas {
    pub(crate) fn new(base: Schema) -> Self {
        let base = Arc::new(base);
        Self { last: Mutex::new((Stamp::BASE, Arc::clone(&base))), base }
    }

    /// Returns the schema without changes.
    pub(crate) fn base(&self) -> &Schema {
        &self.base
    }

    /// Returns the schema with this stamp, which the transaction sees.
    pub(crate) fn at(&self, connection: &Connection, stamp: Stamp) -> Result<Arc<Schema>> {
        if stamp == Stamp::BASE {
            return Ok(Arc::clone(&self.base));
        }
        {
            let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            if last.0 == stamp {
                return Ok(Arc::clone(&last.1));
            }
        }
        let schema = self.changed(connection)?.map_err(Refusal::internal)?;
        Ok(self.keep(stamp, schema))
    }

    /// Returns the schema of a database that is opened, or the error of its changes: they may not fit the
    /// definitions with which the service is built this time.
    pub(crate) fn opened(
        &self,
        connection: &Connection,
    ) -> rusqlite::Result<Result<Arc<Schema>, DefinitionError>> {
        let stamp = Stamp::read(connection)?;
        if stamp == Stamp::BASE {
            return Ok(Ok(Arc::clone(&self.base)));
        }
        Ok(self.changed(connection)?.map(|schema| self.keep(stamp, schema)))
    }

    /// Returns the schema with the changes of the database, and gives it a new stamp.
    pub(super) fn renew(&self, connection: &Connection) -> Result<Result<Arc<Schema>, DefinitionError>> {
        Ok(match self.changed(connection)? {
            Ok(schema) => Ok(self.keep(Stamp::renew(connection)?, schema)),
            Err(error) => Err(error),
        })
    }

    fn changed(&self, connection: &Connection) -> rusqlite::Result<Result<Schema, DefinitionError>> {
        let mut definitions: Vec<_> =
            self.base.tables().iter().map(|table| Json::clone(&table.definition)).collect();
        let option_sets = changes::apply_all(connection, &mut definitions)?;
        let schema = schema::load_answers(definitions, &self.base);
        Ok(schema.map(|schema| schema.with_option_sets(option_sets)))
    }

    fn keep(&self, stamp: Stamp, schema: Schema) -> Arc<Schema> {
        let schema = Arc::new(schema);
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = (stamp, Arc::clone(&schema));
        schema
    }
}
