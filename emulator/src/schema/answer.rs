//! The definition of a table in the form of answers.

use core::ops::Deref;
use std::sync::{Arc, OnceLock};

use dataverse_definitions::Table as Definition;

use super::complete::complete;
use super::table_privileges;
use crate::json::Json;

/// A definition as `EntityDefinitions` returns it, with the members that every definition has. It is made when
/// the first request asks for it: most services are built for their rows.
#[derive(Debug)]
pub(crate) struct Answer {
    model: Arc<Definition>,
    index: usize,
    json: OnceLock<Json>,
}

impl Answer {
    /// Returns the answer for the table at this index.
    pub(super) fn of(model: Arc<Definition>, index: usize) -> Self {
        Self { model, index, json: OnceLock::new() }
    }

    /// Returns the answer for a table that definitions do not show.
    pub(super) fn none() -> Self {
        Self { model: Arc::default(), index: 0, json: OnceLock::from(Json::Null) }
    }

    fn json(&self) -> Json {
        // A definition that was read can be written, and read again.
        let text = serde_json::to_string(&*self.model).unwrap_or_default();
        let mut json = Json::parse(&text).unwrap_or(Json::Null);
        complete(&mut json, self.index, &table_privileges::of(&self.model));
        json
    }
}

impl Deref for Answer {
    type Target = Json;

    fn deref(&self) -> &Json {
        self.json.get_or_init(|| self.json())
    }
}
