//! The context of one request: the database, the schema, the caller and the time.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::Connection;
use uuid::Uuid;

use crate::definition_writes::Schemas;
use crate::error::{Refusal, Result};
use crate::http::{Incoming, Preferences};
use crate::rights::Roles;
use crate::schema::{Schema, Table};
use crate::uri::Options;
use crate::value::Notation;

/// The caller of a request.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The user whose rights count.
    pub(crate) user: String,
    /// The user who acts for `user`, if one does.
    pub(crate) acting: Option<String>,
    pub(crate) administrator: bool,
    pub(crate) business_unit: String,
    pub(crate) organization: String,
    pub(crate) teams: Vec<String>,
    /// Empty for an administrator, who needs none.
    pub(crate) roles: Roles,
}

impl Caller {
    /// Returns the user and the teams of the caller.
    pub(crate) fn principals(&self) -> impl Iterator<Item = &str> {
        core::iter::once(self.user.as_str()).chain(self.teams.iter().map(String::as_str))
    }
}

/// The source of new ids.
#[derive(Debug)]
pub(crate) enum Ids {
    Random,
    /// Counts up from this number.
    Counting(AtomicU64),
}

/// Returns a new random id.
pub(crate) fn random_id() -> Uuid {
    uuid::Builder::from_random_bytes(fastrand::u128(..).to_ne_bytes()).into_uuid()
}

/// The context of one request.
#[derive(Debug)]
pub(crate) struct Session<'a> {
    pub(crate) schema: &'a Schema,
    /// The schemas to which a change of definitions adds one; `None` in the emulator's own work.
    pub(crate) schemas: Option<&'a Schemas>,
    pub(crate) connection: &'a Connection,
    pub(crate) caller: Caller,
    /// The service root, without a slash at its end.
    pub(crate) root: String,
    /// Microseconds since 1970.
    pub(crate) now: i64,
    pub(crate) strict: bool,
    /// Whether the body writes decimals and 64-bit integers as texts.
    pub(crate) numbers_as_text: bool,
    pub(crate) ids: &'a Ids,
    /// The path of the record that each content-id of the change set refers to.
    pub(crate) contents: &'a RefCell<HashMap<String, String>>,
}

impl<'a> Session<'a> {
    /// Returns a session for the emulator's own work, which belongs to no request.
    pub(crate) fn of_emulator(
        connection: &'a Connection,
        schema: &'a Schema,
        caller: Caller,
        ids: &'a Ids,
        now: i64,
        contents: &'a RefCell<HashMap<String, String>>,
    ) -> Self {
        Self {
            schema,
            schemas: None,
            connection,
            caller,
            root: String::new(),
            now,
            strict: false,
            numbers_as_text: false,
            ids,
            contents,
        }
    }
}

impl Session<'_> {
    /// Returns the notation of values in the request's body.
    pub(crate) fn notation(&self) -> Notation {
        Notation { numbers_as_text: self.numbers_as_text, strict: self.strict }
    }

    /// Returns a new id.
    pub(crate) fn new_id(&self) -> String {
        match self.ids {
            Ids::Random => random_id().to_string(),
            Ids::Counting(next) => {
                let number = next.fetch_add(1, Ordering::Relaxed);
                Uuid::from_u128(0x0000_0000_0000_4000_8000_0000_0000_0000 | u128::from(number)).to_string()
            }
        }
    }

    /// Returns the table with this logical name.
    pub(crate) fn table(&self, logical_name: &str) -> Result<&Table> {
        self.schema.table(logical_name).ok_or_else(|| Refusal::unknown_segment(logical_name))
    }
}

/// A request, its parsed parts, and its session.
pub(crate) struct Call<'s> {
    pub(crate) session: &'s Session<'s>,
    pub(crate) incoming: &'s Incoming,
    pub(crate) options: &'s Options,
    pub(crate) preferences: Preferences,
}
