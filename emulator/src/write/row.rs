//! The row that a change writes: the columns of the body, and those that the server sets.

use rusqlite::types::Value;
use rust_decimal::Decimal;

use super::body::{ColumnValue, Draft};
use crate::error::{Refusal, Result};
use crate::row_id::guid_of;
use crate::schema::{Column, Digits, Kind, Table};
use crate::session::Session;
use crate::store::CHANGED;
use crate::value;

/// The columns of a row and their values; a lookup has two columns.
pub(super) struct Cells(pub(super) Vec<(String, Value)>);

impl Cells {
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(each, _)| each == name)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(each, _)| each == name).map(|(_, value)| value)
    }

    /// Returns the value of a column if it is a text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(super) fn set(&mut self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        match self.0.iter_mut().find(|(each, _)| each == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// Sets a lookup, if the table has it.
    pub(super) fn refer(&mut self, table: &Table, column: &str, target: Option<(&str, &str)>) {
        if table.column(column).is_some_and(|column| column.kind.is_lookup()) {
            self.set(
                &format!("{column}@type"),
                target.map(|(table, _)| table.to_owned()).map_or(Value::Null, Value::Text),
            );
            self.set(column, target.map(|(_, id)| id.to_owned()).map_or(Value::Null, Value::Text));
        }
    }

    /// Sets a column, if the table has it.
    pub(super) fn fill(&mut self, table: &Table, column: &str, value: impl Into<Value>) {
        if table.column(column).is_some_and(|column| column.is_stored() && column.joined.is_empty()) {
            self.set(column, value);
        }
    }

    /// Sets the time of the last change of a row of an elastic table.
    pub(super) fn changed(&mut self, session: &Session<'_>, table: &Table) {
        if table.elastic {
            self.set(CHANGED, session.now.div_euclid(1_000_000));
        }
    }

    /// Sets the columns of a draft.
    pub(super) fn take(&mut self, draft: &mut Draft<'_>) {
        for (column, cell) in draft.cells.drain(..) {
            match cell {
                ColumnValue::Value(value) => self.set(&column.logical_name, value),
                ColumnValue::Reference(target) => {
                    // A lookup stores no partition id.
                    let target = target.as_ref().map(|target| (target.table.as_str(), guid_of(&target.id)));
                    self.set(
                        &format!("{}@type", column.logical_name),
                        target.map_or(Value::Null, |(table, _)| Value::Text(table.to_owned())),
                    );
                    self.set(
                        &column.logical_name,
                        target.map_or(Value::Null, |(_, id)| Value::Text(id.to_owned())),
                    );
                }
            }
        }
    }

    /// Sets the owner of the record and the columns that depend on it.
    pub(super) fn own(&mut self, session: &Session<'_>, table: &Table, owner: (&str, &str)) -> Result<()> {
        self.refer(table, "ownerid", Some(owner));
        self.refer(table, "owninguser", (owner.0 == "systemuser").then_some(owner));
        self.refer(table, "owningteam", (owner.0 == "team").then_some(owner));
        let unit = crate::principals::business_unit(session, owner.0, owner.1)?;
        self.refer(table, "owningbusinessunit", unit.as_deref().map(|unit| ("businessunit", unit)));
        Ok(())
    }

    /// Sets the user and the time of the change.
    pub(super) fn stamp(&mut self, session: &Session<'_>, table: &Table, verb: &str) {
        let user = session.caller.user.as_str();
        self.refer(table, &format!("{verb}by"), Some(("systemuser", user)));
        let acting = session.caller.acting.as_deref().map(|user| ("systemuser", user));
        self.refer(table, &format!("{verb}onbehalfby"), acting);
        self.fill(table, &format!("{verb}on"), session.now.div_euclid(1_000_000) * 1_000_000);
    }

    /// Returns the amounts of money with their columns.
    pub(super) fn amounts<'t>(&self, table: &'t Table) -> Vec<(&'t Column, Digits, Decimal)> {
        let amount = |(name, value): &(String, Value)| {
            let column = table.column(name)?;
            match (&column.kind, value) {
                (Kind::Decimal { money: Some(digits), .. }, Value::Text(text)) => {
                    Some((column, *digits, value::decimal(text)?))
                }
                _ => None,
            }
        };
        self.0.iter().filter_map(amount).collect()
    }
}

/// Returns the refusal for a failed write: usually a duplicate alternate key.
pub(super) fn refused(error: rusqlite::Error, table: &Table) -> Refusal {
    let text = error.to_string();
    if let Some(columns) = text.strip_prefix("UNIQUE constraint failed: ") {
        for key in &table.keys {
            let all = key
                .columns
                .iter()
                .all(|column| columns.split(", ").any(|each| each.rsplit('.').next() == Some(column)));
            if all {
                return Refusal::duplicate_key(&key.name);
            }
        }
        return Refusal::duplicate_id();
    }
    error.into()
}
