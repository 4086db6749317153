//! Sharing: who may do what with a record that is not theirs.

use http::StatusCode;
use rusqlite::params;

use super::answer::answer;
use super::parameters::Parameters;
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::json::{Json, object};
use crate::principals;
use crate::schema::Table;
use crate::session::Session;
use crate::sql::{ALL_RIGHTS, READ, SHARE};
use crate::store::{quoted, table_name};
use crate::write::{Referenced, of_entity};

/// `AccessRights` that an owner has: all but the right to create, which is no right to a record.
const OWNERS: i64 = 1 | 2 | 4 | 16 | 65_536 | 262_144 | 524_288;

/// The record and the principal of an action.
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
        return Err(Refusal::bad(format!("A record of '{}' is no principal.", principal.table)));
    }
    Ok((target, principal))
}

fn mask(access: &Json) -> Result<i64> {
    let wrong = |text: &str| Refusal::bad(format!("'{text}' is no value of the enumeration AccessRights."));
    match access.get("AccessMask") {
        Some(Json::Number(text)) => text.parse().map_err(|_| wrong(text)),
        Some(Json::Text(text)) => {
            if let Ok(number) = text.parse() {
                return Ok(number);
            }
            let mut mask = 0;
            for name in text.split(',').map(str::trim) {
                let right = ALL_RIGHTS.iter().find(|right| right.name == name);
                mask |= match right {
                    Some(right) => right.bit,
                    None if name == "None" => 0,
                    None => return Err(wrong(name)),
                };
            }
            Ok(mask)
        }
        _ => Err(Refusal::bad("The member 'AccessMask' is missing.")),
    }
}

/// The names of rights, as answers have them.
fn names(mask: i64) -> String {
    let all: Vec<&str> =
        ALL_RIGHTS.iter().filter(|right| mask & right.bit != 0).map(|right| right.name).collect();
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
    session.require(SHARE, session.table(&target.table)?, &target.id)?;
    let sql = format!(
        r#"INSERT INTO "@shares" (entity, record, principal_type, principal, mask) VALUES (?1, ?2, ?3, ?4, ?5)
           ON CONFLICT DO UPDATE SET mask = {combined}"#
    );
    let values = params![target.table, target.id, principal.table, principal.id, mask(access)?];
    session.connection.prepare_cached(&sql)?.execute(values)?;
    Ok(Outgoing::no_content())
}

pub(super) fn revoke(session: &Session<'_>, body: &Json) -> Result<Outgoing> {
    let (target, principal) = parties(session, body, body.get("Revokee"))?;
    session.require(SHARE, session.table(&target.table)?, &target.id)?;
    session
        .connection
        .prepare_cached(r#"DELETE FROM "@shares" WHERE entity = ?1 AND record = ?2 AND principal = ?3"#)?
        .execute(params![target.table, target.id, principal.id])?;
    Ok(Outgoing::no_content())
}

/// `RetrieveSharedPrincipalsAndAccess`.
pub(super) fn shared_principals(session: &Session<'_>, parameters: &Parameters) -> Result<Outgoing> {
    let target = parameters.record(session, "Target")?;
    session.require(READ, session.table(&target.table)?, &target.id)?;
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

/// `RetrievePrincipalAccess`.
pub(super) fn principal_access(
    session: &Session<'_>,
    principal: &Table,
    id: &str,
    parameters: &Parameters,
) -> Result<Outgoing> {
    let target = parameters.record(session, "Target")?;
    let table = session.table(&target.table)?;
    let mut principals = vec![id.to_owned()];
    if principal.logical_name == "systemuser" {
        principals.extend(principals::teams(session, id)?);
    }
    let administrator = principal.logical_name == "systemuser"
        && principals::is_administrator(session.connection, session.schema, id)?;
    let mask = if administrator { OWNERS } else { rights(session, table, &target.id, &principals)? };
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

fn rights(session: &Session<'_>, table: &Table, record: &str, principals: &[String]) -> Result<i64> {
    if table.owner().is_none() {
        return Ok(READ.bit);
    }
    let sql = format!(
        "SELECT ownerid FROM {} WHERE {} = ?1",
        table_name(&table.logical_name),
        quoted(&table.primary_id)
    );
    let owner: Option<String> =
        session.connection.prepare_cached(&sql)?.query_row([record], |row| row.get(0))?;
    if owner.is_some_and(|owner| principals.contains(&owner)) {
        return Ok(OWNERS);
    }
    let mut mask = 0;
    let mut statement = session.connection.prepare_cached(
        r#"SELECT mask FROM "@shares" WHERE entity = ?1 AND record = ?2 AND principal = ?3"#,
    )?;
    for principal in principals {
        let mut rows = statement.query(params![table.logical_name, record, principal])?;
        if let Some(row) = rows.next()? {
            mask |= row.get::<_, i64>(0)?;
        }
    }
    Ok(mask)
}
