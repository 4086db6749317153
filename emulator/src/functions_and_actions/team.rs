//! `AddMembersTeam`, `RemoveMembersTeam`.

use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::json::Json;
use crate::schema::{Navigation, Table};
use crate::session::Session;
use crate::sql::WRITE;
use crate::value::Referenced;
use crate::write::{disassociate, of_entity, pair};

/// Adds users to a team. A user who is a member already stays one.
pub(super) fn add_members(session: &Session<'_>, team: &Table, id: &str, body: &Json) -> Result<Outgoing> {
    change(session, team, id, body, |navigation, user| pair(session, team, id, navigation, user))
}

/// Removes users from a team.
pub(super) fn remove_members(session: &Session<'_>, team: &Table, id: &str, body: &Json) -> Result<Outgoing> {
    change(session, team, id, body, |navigation, user| {
        disassociate(session, team, id, navigation, Some(user))
    })
}

fn change(
    session: &Session<'_>,
    team: &Table,
    id: &str,
    body: &Json,
    change: impl Fn(&Navigation, &Referenced) -> Result<()>,
) -> Result<Outgoing> {
    session.require(WRITE, team, id)?;
    let Some(Json::Array(members)) = body.get("Members") else {
        return Err(Refusal::bad("The parameter 'Members' is missing."));
    };
    let is_membership = |each: &&Navigation| matches!(each, Navigation::Association { intersect, .. } if intersect == "teammembership");
    let navigation = team.navigations.iter().find(is_membership);
    let navigation = navigation.ok_or_else(|| Refusal::unknown_segment("teammembership_association"))?;
    for member in members {
        let user = of_entity(session, member)?;
        if user.table != "systemuser" {
            return Err(Refusal::bad(format!(
                "A record of '{}' is not a possible member of a team.",
                user.table
            )));
        }
        change(navigation, &user)?;
    }
    Ok(Outgoing::no_content())
}
