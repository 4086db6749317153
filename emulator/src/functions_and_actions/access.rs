//! Sharing of records.

use http::StatusCode;
use rusqlite::params;

use super::answer::answer;
use super::parameters::Parameters;
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::json::{Json, object};
use crate::principals;
use crate::rights::Privilege;
use crate::schema::Table;
use crate::session::Session;
use crate::value::Referenced;
use crate::write::of_entity;

/// Returns the record and the principal of an action.
fn parties(session: &Session<'_>, body: &Json, principal: Option<&Json>) -> Result<(Referenced, Referenced)> {
    let missing = |name: &str| Refusal::bad(format!("The parameter '{name}' is missing."));
    let target = of_entity(session, body.get("Target").ok_or_else(|| missing("Target"))?)?;
    let principal = of_entity(session, principal.ok_or_else(|| missing("Principal"))?)?;
    if session.table(&target.table)?.owner().is_none() {
        return Err(Refusal::bad(format!(
            "Records of '{}' have no owner: they cannot be shared.",
            target.table
        )));
    }
    if !["systemuser", "team"].contains(&principal.table.as_str()) {
        return Err(Refusal::bad(format!("A record of '{}' is not a principal.", principal.table)));
    }
    Ok((target, principal))
}

fn mask(access: &Json) -> Result<i64> {
    let wrong =
        |text: &str| Refusal::bad(format!("'{text}' is not a value of the enumeration AccessRights."));
    match access.get("AccessMask") {
        Some(Json::Number(text)) => text.parse().map_err(|_| wrong(text)),
        Some(Json::Text(text)) => {
            if let Ok(number) = text.parse() {
                return Ok(number);
            }
            let mut mask = 0;
            for name in text.split(',').map(str::trim) {
                let right = Privilege::ALL.into_iter().find(|right| right.access_right() == name);
                mask |= match right {
                    Some(right) => right.bit(),
                    None if name == "None" => 0,
                    None => return Err(wrong(name)),
                };
            }
            Ok(mask)
        }
        _ => Err(Refusal::bad("The member 'AccessMask' is missing.")),
    }
}

/// Returns the names of rights as they are in answers.
fn names(mask: i64) -> String {
    let all = Privilege::ALL.into_iter().filter(|right| mask & right.bit() != 0);
    let all: Vec<&str> = all.map(Privilege::access_right).collect();
    if all.is_empty() { "None".to_owned() } else { all.join(", ") }
}

pub(super) fn grant(session: &Session<'_>, body: &Json) -> Result<Outgoing> {
    share(session, body, "mask | excluded.mask")
}

pub(super) fn modify(session: &Session<'_>, body: &Json) -> Result<Outgoing> {
    share(session, body, "excluded.mask")
}

fn share(session: &Session<'_>, body: &Json, combined: &str) -> Result<Outgoing> {
    let access = body
        .get("PrincipalAccess")
        .ok_or_else(|| Refusal::bad("The parameter 'PrincipalAccess' is missing."))?;
    let (target, principal) = parties(session, body, access.get("Principal"))?;
    let table = session.table(&target.table)?;
    session.require(Privilege::Share, table, &target.id)?;
    // A caller cannot share a right that they lack.
    let mask = mask(access)?;
    for right in Privilege::ALL.into_iter().filter(|right| mask & right.bit() != 0) {
        if right != Privilege::Create {
            session.require(right, table, &target.id)?;
        }
    }
    let sql = format!(
        r#"INSERT INTO "@shares" (entity, record, principal_type, principal, mask) VALUES (?1, ?2, ?3, ?4, ?5)
           ON CONFLICT DO UPDATE SET mask = {combined}"#
    );
    let values = params![target.table, target.id, principal.table, principal.id, mask];
    session.connection.prepare_cached(&sql)?.execute(values)?;
    Ok(Outgoing::no_content())
}

pub(super) fn revoke(session: &Session<'_>, body: &Json) -> Result<Outgoing> {
    let (target, principal) = parties(session, body, body.get("Revokee"))?;
    session.require(Privilege::Share, session.table(&target.table)?, &target.id)?;
    session
        .connection
        .prepare_cached(r#"DELETE FROM "@shares" WHERE entity = ?1 AND record = ?2 AND principal = ?3"#)?
        .execute(params![target.table, target.id, principal.id])?;
    Ok(Outgoing::no_content())
}

/// Answers `RetrieveSharedPrincipalsAndAccess`.
pub(super) fn shared_principals(session: &Session<'_>, parameters: &Parameters) -> Result<Outgoing> {
    let target = parameters.record(session, "Target")?;
    session.require(Privilege::Read, session.table(&target.table)?, &target.id)?;
    let mut statement = session.connection.prepare_cached(
        r#"SELECT principal_type, principal, mask FROM "@shares" WHERE entity = ?1 AND record = ?2 ORDER BY principal"#,
    )?;
    let mut rows = statement.query(params![target.table, target.id])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let (of, id, mask): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let principal =
            object([("@odata.type", format!("#Microsoft.Dynamics.CRM.{of}").into()), ("ownerid", id.into())]);
        all.push(object([("AccessMask", names(mask).into()), ("Principal", principal)]));
    }
    Ok(answer(
        session,
        "RetrieveSharedPrincipalsAndAccessResponse",
        [("PrincipalAccesses", Json::Array(all))],
    ))
}

/// Answers `RetrievePrincipalAccess`: all that the principal's roles, ownership and shares allow.
pub(super) fn principal_access(
    session: &Session<'_>,
    principal: &Table,
    id: &str,
    parameters: &Parameters,
) -> Result<Outgoing> {
    let target = parameters.record(session, "Target")?;
    let table = session.table(&target.table)?;
    if session.caller.user != id {
        session.require(Privilege::Read, table, &target.id)?;
    }
    let caller = principals::principal(session.connection, session.schema, &principal.logical_name, id)?;
    let other = Session { caller, root: session.root.clone(), ..*session };
    let mask = other.rights(table, &target.id)?;
    let body = object([
        (
            "@odata.context",
            format!("{}/$metadata#Microsoft.Dynamics.CRM.RetrievePrincipalAccessResponse", session.root)
                .into(),
        ),
        ("AccessRights", names(mask).into()),
    ]);
    Ok(Outgoing::json(StatusCode::OK, &body))
}
