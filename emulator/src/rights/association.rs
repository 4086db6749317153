//! The rights to associate and disassociate records of many-to-many relationships.

use super::stored::require_holds;
use crate::error::{Refusal, Result};
use crate::schema::Privilege;
use crate::schema::{Navigation, Table};
use crate::session::Session;
use crate::value::Referenced;

/// Refuses unless the caller may associate two records: write the record of the collection, and append both.
pub(crate) fn require_pair(
    session: &Session<'_>,
    table: &Table,
    id: &str,
    navigation: &Navigation,
    target: &Referenced,
) -> Result<()> {
    require(session, table, id, navigation, target, true)
}

/// Refuses unless the caller may disassociate two records.
pub(crate) fn require_disassociate(
    session: &Session<'_>,
    table: &Table,
    id: &str,
    navigation: &Navigation,
    target: &Referenced,
) -> Result<()> {
    require(session, table, id, navigation, target, false)
}

fn require(
    session: &Session<'_>,
    table: &Table,
    id: &str,
    navigation: &Navigation,
    target: &Referenced,
    adds: bool,
) -> Result<()> {
    let Navigation::Association { intersect, .. } = navigation else { return Ok(()) };
    let other = session.table(&target.table)?;
    // Dataverse checks the same rights from either side.
    let side = |name: &str| {
        if table.logical_name == name { (table, id) } else { (other, target.id.as_str()) }
    };
    if adds && intersect == "systemuserroles" {
        let (users, user) = side("systemuser");
        if crate::principals::is_disabled(session.connection, users, user)? {
            return Err(Refusal::user_disabled());
        }
    }
    if adds && session.strict && matches!(intersect.as_str(), "systemuserroles" | "teamroles") {
        let ((_, role), holder) =
            (side("role"), if intersect == "teamroles" { "team" } else { "systemuser" });
        let unit = crate::principals::business_unit(session, holder, side(holder).1)?;
        if crate::principals::business_unit(session, "role", role)? != unit {
            return Err(Refusal::bad(format!(
                "Strict mode: the role {role} is one of another business unit. Whether Dataverse gives it is a setting of the \
                 organization."
            )));
        }
    }
    if session.caller.administrator {
        return Ok(());
    }
    match intersect.as_str() {
        "systemuserroles" | "teamroles" => {
            let (roles, role) = side("role");
            session.require(Privilege::Assign, roles, role)?;
            if adds {
                require_holds(session, role)?;
            }
        }
        "teammembership" => {
            let (teams, team) = side("team");
            session.require(Privilege::Write, teams, team)?;
        }
        "roleprivileges" => {
            let (roles, role) = side("role");
            session.require(Privilege::Write, roles, role)?;
            return Err(Refusal::bad("Privileges are added to a role by AddPrivilegesRole."));
        }
        _ => session.require(Privilege::Write, table, id)?,
    }
    session.require(Privilege::Append, table, id)?;
    session.require(Privilege::Append, other, &target.id)
}
