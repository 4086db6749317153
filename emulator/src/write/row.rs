//! Changes of records, by the server's rules.

mod body;
mod create;
mod delete;
mod reference;
mod update;

pub(crate) use body::{Cell, Draft, Operation};
pub(crate) use create::create;
pub(crate) use delete::delete;
pub(crate) use reference::{Referenced, find, key_values, no_content, of_entity, resolve, table_of_type};
pub(crate) use update::update;

use rusqlite::types::Value;

use crate::error::{Refusal, Result};
use crate::schema::{Choice, Kind, Table};
use crate::session::Session;

/// The columns of a row and their values, lookups as their two columns.
struct Cells(Vec<(String, Value)>);

impl Cells {
    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(each, _)| each == name)
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(each, _)| each == name).map(|(_, value)| value)
    }

    fn set(&mut self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        match self.0.iter_mut().find(|(each, _)| each == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// Sets a lookup, if the table has it.
    fn refer(&mut self, table: &Table, column: &str, target: Option<(&str, &str)>) {
        if table.column(column).is_some_and(|column| column.kind.is_lookup()) {
            self.set(
                &format!("{column}@type"),
                target.map(|(table, _)| table.to_owned()).map_or(Value::Null, Value::Text),
            );
            self.set(column, target.map(|(_, id)| id.to_owned()).map_or(Value::Null, Value::Text));
        }
    }

    /// Sets a column, if the table has it.
    fn fill(&mut self, table: &Table, column: &str, value: impl Into<Value>) {
        if table.column(column).is_some_and(|column| column.is_stored() && column.joined.is_empty()) {
            self.set(column, value);
        }
    }

    /// Takes over what a draft sets.
    fn take(&mut self, draft: &mut Draft<'_>) {
        for (column, cell) in draft.cells.drain(..) {
            match cell {
                Cell::Value(value) => self.set(&column.logical_name, value),
                Cell::Reference(target) => {
                    let target = target.as_ref().map(|target| (target.table.as_str(), target.id.as_str()));
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

    /// Sets who owns the record, and what follows from it.
    fn own(&mut self, session: &Session<'_>, table: &Table, owner: (&str, &str)) -> Result<()> {
        self.refer(table, "ownerid", Some(owner));
        self.refer(table, "owninguser", (owner.0 == "systemuser").then_some(owner));
        self.refer(table, "owningteam", (owner.0 == "team").then_some(owner));
        let unit = crate::principals::business_unit(session, owner.0, owner.1)?;
        self.refer(table, "owningbusinessunit", unit.as_deref().map(|unit| ("businessunit", unit)));
        Ok(())
    }

    /// Says who changed the record, and when.
    fn stamp(&mut self, session: &Session<'_>, table: &Table, verb: &str) {
        let user = session.caller.user.as_str();
        self.refer(table, &format!("{verb}by"), Some(("systemuser", user)));
        let acting = session.caller.acting.as_deref().map(|user| ("systemuser", user));
        self.refer(table, &format!("{verb}onbehalfby"), acting);
        self.fill(table, &format!("{verb}on"), session.now.div_euclid(1_000_000) * 1_000_000);
    }

    /// An amount has a currency: the organization's, if no other is given.
    fn currency(&mut self, session: &Session<'_>, table: &Table) -> Result<()> {
        let is_money = |name: &str| {
            table.column(name).is_some_and(|column| matches!(column.kind, Kind::Decimal { money: true, .. }))
        };
        let has_money = self.0.iter().any(|(name, value)| is_money(name) && !matches!(value, Value::Null));
        if has_money
            && !self.has("transactioncurrencyid")
            && let Some(currency) = crate::store::setting(session.connection, "currency")?
        {
            self.refer(table, "transactioncurrencyid", Some(("transactioncurrency", &currency)));
        }
        Ok(())
    }
}

/// What is wrong when writing a row failed: most of all, an alternate key that another record has.
fn refused(error: rusqlite::Error, table: &Table) -> Refusal {
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

/// The options of a state or status column.
fn choice(choices: &[Choice], value: i64) -> Option<&Choice> {
    choices.iter().find(|choice| choice.value == value)
}

/// The name of a state in messages.
fn state_name(choices: &[Choice], value: i64) -> String {
    choice(choices, value).map_or_else(
        || value.to_string(),
        |choice| choice.invariant_name.clone().unwrap_or_else(|| choice.label.clone()),
    )
}

/// Holds a status against a state.
fn agree(table: &Table, id: &str, state: i64, status: i64) -> Result<()> {
    let (Some(states), Some(statuses)) = (table.state(), table.status()) else { return Ok(()) };
    let belongs = choice(statuses.kind.choices(), status).and_then(|choice| choice.state);
    if belongs.is_some_and(|belongs| belongs != state) {
        let state = state_name(states.kind.choices(), state);
        return Err(Refusal::state_and_status(status, &state, &table.logical_name, id));
    }
    Ok(())
}

/// The status that a record gets with a state.
fn default_status(table: &Table, state: i64) -> Option<i64> {
    let declared = table
        .state()
        .and_then(|column| choice(column.kind.choices(), state))
        .and_then(|choice| choice.default_status);
    declared.or_else(|| {
        let statuses = table.status()?.kind.choices();
        statuses.iter().find(|choice| choice.state == Some(state)).map(|choice| choice.value)
    })
}

fn integer(value: Option<&Value>) -> Option<i64> {
    match value {
        Some(Value::Integer(number)) => Some(*number),
        _ => None,
    }
}
