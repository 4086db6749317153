//! State and status, which must match.

use rusqlite::types::Value;

use crate::error::{Refusal, Result};
use crate::schema::{Choice, Table};

/// Returns the option with this value.
fn choice(choices: &[Choice], value: i64) -> Option<&Choice> {
    choices.iter().find(|choice| choice.value == value)
}

/// Returns the name of a state in messages, as in `AccountState.Active`.
fn state_name(table: &Table, choices: &[Choice], value: i64) -> String {
    let name = choice(choices, value).map_or_else(
        || value.to_string(),
        |choice| choice.invariant_name.clone().unwrap_or_else(|| choice.label.clone()),
    );
    format!("{}State.{name}", table.model.schema_name.text().unwrap_or(&table.logical_name))
}

/// Checks that a status belongs to a state.
pub(super) fn agree(table: &Table, id: &str, state: i64, status: i64) -> Result<()> {
    let (Some(states), Some(statuses)) = (table.state(), table.status()) else { return Ok(()) };
    let belongs = choice(statuses.kind.choices(), status).and_then(|choice| choice.state);
    if belongs.is_some_and(|belongs| belongs != state) {
        let state = state_name(table, states.kind.choices(), state);
        return Err(Refusal::state_and_status(status, &state, &table.logical_name, id));
    }
    Ok(())
}

/// Checks a change of status against the transitions that the table enforces.
pub(super) fn may_follow(table: &Table, id: &str, from: i64, to: i64) -> Result<()> {
    let enforced = table.model.enforce_state_transitions.is_true();
    let Some(statuses) = table.status().filter(|_| enforced && from != to) else { return Ok(()) };
    let allowed = choice(statuses.kind.choices(), from).and_then(|choice| choice.transitions.as_ref());
    if allowed.is_some_and(|allowed| !allowed.contains(&to)) {
        return Err(Refusal::status_transition(from, to, &table.logical_name, id));
    }
    Ok(())
}

/// Returns the status that a record gets with a state.
pub(super) fn default_status(table: &Table, state: i64) -> Option<i64> {
    let declared = table
        .state()
        .and_then(|column| choice(column.kind.choices(), state))
        .and_then(|choice| choice.default_status);
    declared.or_else(|| {
        let statuses = table.status()?.kind.choices();
        statuses.iter().find(|choice| choice.state == Some(state)).map(|choice| choice.value)
    })
}

pub(super) fn integer(value: Option<&Value>) -> Option<i64> {
    match value {
        Some(Value::Integer(number)) => Some(*number),
        _ => None,
    }
}
