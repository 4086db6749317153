//! The text of a statement, and its values.

use rusqlite::types::Value;

use crate::session::Session;

/// Builds the text of one statement and collects its values.
pub(crate) struct StatementBuilder<'s> {
    pub(crate) session: &'s Session<'s>,
    pub(crate) values: Vec<Value>,
    aliases: usize,
}

impl<'s> StatementBuilder<'s> {
    pub(crate) fn new(session: &'s Session<'s>) -> Self {
        Self { session, values: Vec::new(), aliases: 0 }
    }

    /// Returns the values that a statement needs. Later values belong to conditions that the statement does
    /// not have.
    pub(crate) fn values_for(&self, statement: &rusqlite::Statement<'_>) -> &[Value] {
        &self.values[..self.values.len().min(statement.parameter_count())]
    }

    /// Returns a placeholder for a value.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    /// Returns placeholders for several values, separated by commas.
    pub(crate) fn bind_all<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> String {
        let all: Vec<String> = values.into_iter().map(|value| self.bind(value)).collect();
        all.join(", ")
    }

    /// Returns a name for a table within the statement.
    pub(crate) fn alias(&mut self) -> String {
        self.aliases += 1;
        format!("t{}", self.aliases)
    }
}

/// Joins conditions in pairs, so that the SQL does not nest as deeply as it has conditions.
pub(crate) fn joined(mut all: Vec<String>, word: &str, none: &str) -> String {
    if all.is_empty() {
        return none.to_owned();
    }
    while all.len() > 1 {
        let mut pairs = all.into_iter();
        let mut next = Vec::new();
        while let Some(one) = pairs.next() {
            next.push(match pairs.next() {
                Some(other) => format!("({one} {word} {other})"),
                None => one,
            });
        }
        all = next;
    }
    all.remove(0)
}
