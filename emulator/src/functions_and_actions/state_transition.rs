//! The function `IsValidStateTransition`.

use super::answer::answer;
use super::parameters::Parameters;
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::session::Session;
use crate::sql::READ;

/// Answers whether the record may change to this state, named by its invariant name or its label, with this
/// status.
pub(super) fn is_valid(session: &Session<'_>, parameters: &Parameters) -> Result<Outgoing> {
    let target = parameters.record(session, "Entity")?;
    let (state, status) = (parameters.text("NewState")?, parameters.integer("NewStatus")?);
    let table = session.table(&target.table)?;
    session.require(READ, table, &target.id)?;
    let (Some(states), Some(statuses)) = (table.state(), table.status()) else {
        return Err(Refusal::bad(format!("The table '{}' has no states.", table.logical_name)));
    };
    let state = states.kind.choices().iter().find(|choice| {
        choice.invariant_name.as_ref() == Some(&state)
            || choice.label == state
            || choice.value.to_string() == state
    });
    let status = statuses.kind.choices().iter().find(|choice| choice.value == status);
    let valid = matches!((state, status), (Some(state), Some(status)) if status.state.is_none_or(|of| of == state.value));
    Ok(answer(session, "IsValidStateTransitionResponse", [("IsValid", valid.into())]))
}
