//! One change of definitions: its items, and how it takes effect.

use std::cell::RefCell;
use std::sync::Arc;

use http::StatusCode;

use super::changes::{self, TABLE, key_of};
use super::schemas::Schemas;
use super::solutions::{self, Component, Solution};
use crate::definitions;
use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::rights::{forget_privileges, make_ready};
use crate::schema::{Schema, Table};
use crate::session::Session;
use crate::store;

/// A change of definitions within the transaction of a request.
pub(super) struct Edit<'s> {
    pub(super) session: &'s Session<'s>,
    schemas: &'s Schemas,
    solution: Solution,
    components: RefCell<Vec<(Component, String)>>,
}

impl<'s> Edit<'s> {
    /// Begins a change for a solution, or for the default one. Only administrators customize this service.
    pub(super) fn begin(session: &'s Session<'s>, solution: Option<&str>) -> Result<Self> {
        if !session.caller.administrator {
            return Err(Refusal::missing_privilege(&format!(
                "Principal user (Id={}, type=8) is missing prvCreateEntity privilege; in this emulator, only System \
                 Administrators change definitions",
                session.caller.user
            )));
        }
        let schemas = session.schemas.ok_or_else(|| Refusal::internal("no schema to change"))?;
        let solution = solutions::find(session, solution)?;
        Ok(Self { session, schemas, solution, components: RefCell::default() })
    }

    /// Adds or replaces a table without its lists.
    pub(super) fn put_table(&self, table: &str, own: &Json) -> Result<()> {
        changes::put(self.session.connection, table, TABLE, "", own)
    }

    pub(super) fn remove_table(&self, table: &str) -> Result<()> {
        changes::remove_table(self.session.connection, table)
    }

    /// Adds or replaces an element of a table's list, or a global option set if `owner` is empty.
    pub(super) fn put(&self, owner: &str, list: &str, definition: &Json) -> Result<()> {
        let name = definition.text(key_of(list)).unwrap_or_default();
        changes::put(self.session.connection, owner, list, name, definition)
    }

    pub(super) fn remove(&self, owner: &str, list: &str, name: &str) -> Result<()> {
        changes::remove(self.session.connection, owner, list, name)
    }

    /// Returns the table with this logical name.
    pub(super) fn table(&self, logical_name: &str) -> Result<&'s Table> {
        self.session.schema.table(logical_name).ok_or_else(|| unknown_table(logical_name))
    }

    /// Adds what was created to the solution, once the changes take effect.
    pub(super) fn component(&self, component: Component, id: &str) {
        self.components.borrow_mut().push((component, id.to_owned()));
    }

    /// Removes a definition from all solutions.
    pub(super) fn forget(&self, definition: &Json) -> Result<()> {
        definition.text("MetadataId").map_or(Ok(()), |id| solutions::forget(self.session, id))
    }

    /// Returns the first value of options that are given none.
    pub(super) fn first_value(&self) -> i64 {
        self.solution.first_value
    }

    /// Returns the id of the solution.
    pub(super) fn solution(&self) -> &str {
        self.solution.id()
    }

    /// Makes the changes take effect: the schema, the database, the journal of definitions, and the privileges
    /// of roles. The caller's transaction undoes all of it if anything fails.
    pub(super) fn finish(self) -> Result<Arc<Schema>> {
        let connection = self.session.connection;
        let (old, new) = (self.session.schema, self.schemas.renew(connection)?);
        let new = new.map_err(|error| {
            Refusal::new(
                StatusCode::BAD_REQUEST,
                "0x80040203",
                format!("The definitions are not valid: {error}"),
            )
        })?;
        store::adapt(connection, old, &new)?;
        definitions::record_change(connection, old, &new)?;
        let role = |name| Ok::<_, Refusal>(store::setting(connection, name)?.unwrap_or_default());
        forget_privileges(connection, old, &new)?;
        make_ready(connection, &new, &role("role")?, &role("user_role")?)?;
        for (component, id) in self.components.take() {
            solutions::add(self.session, &self.solution, component, &id)?;
        }
        Ok(new)
    }
}

/// Refuses to delete a definition of Dataverse itself.
pub(super) fn undeletable(definition: &Json, name: &str) -> Refusal {
    let id = definition.text("MetadataId").unwrap_or_default();
    let message = format!(
        "The 'Delete' operation on the current component(name='{name}', id='{id}') failed during managed property evaluation \
         of condition: 'only custom components can be deleted'"
    );
    Refusal::new(StatusCode::BAD_REQUEST, "0x8004f032", message)
}

/// Refuses a table that does not exist, in Dataverse's words.
pub(super) fn unknown_table(name: &str) -> Refusal {
    let name = crate::error::excerpt(name);
    let message = format!("Could not find an entity with specified name: {name} in the metadata cache.");
    Refusal::new(StatusCode::NOT_FOUND, "0x80060888", message)
}
