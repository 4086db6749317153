//! Change tracking: what has changed since a token was given out.

use rusqlite::params;

use super::cookie::Cookie;
use super::page::next_link;
use super::row::{RecordRow, columns};
use super::selection::{MAX_ROWS, Scope, Selection, members};
use super::shape::Shape;
use crate::error::{Refusal, Result};
use crate::http::Preferences;
use crate::json::{Json, object};
use crate::session::Session;
use crate::sql::StatementBuilder;
use crate::store::{VERSION, current_version, quoted, table_name};
use crate::uri::Options;
use crate::value::instant_text;

/// Answers a request that tracks changes, or one with a delta token.
pub(super) fn changes(
    session: &Session<'_>,
    preferences: &Preferences,
    shape: &Shape<'_>,
    options: &Options,
    path: &str,
) -> Result<Json> {
    let table = shape.table;
    if !table.change_tracking {
        return Err(Refusal::bad(format!(
            "Entity {} is not enabled for change tracking.",
            table.logical_name
        )));
    }
    for option in ["$filter", "$orderby", "$top", "$expand"] {
        if options.get(option).is_some() {
            return Err(Refusal::query_not_supported(format!(
                "The query option {option} cannot be used with change tracking."
            )));
        }
    }
    let now = current_version(session.connection)?;
    if let Some(token) = options.get("$deltatoken") {
        return since(session, preferences, shape, options, path, token, now);
    }
    let after = options.get("$skiptoken").map(Cookie::parse).transpose()?;
    // The link on the last page is for what has changed since the first one was read.
    let started = after.as_ref().and_then(|cookie| cookie.since).unwrap_or(now);
    let page_size = preferences.page_size.unwrap_or(MAX_ROWS);
    let selection = Selection { scope: Scope::Set, shape, filter: None, order: &[] };
    let page = selection.page(session, preferences, page_size, after.as_ref(), 0, false)?;
    let context = format!("{}/$metadata#{}{}", session.root, table.entity_set_name, shape.context());
    let mut out = vec![("@odata.context".to_owned(), Json::Text(context))];
    out.push(("value".to_owned(), Json::Array(page.rows)));
    out.push(match page.next {
        Some(mut next) => {
            next.since = Some(started);
            ("@odata.nextLink".to_owned(), Json::Text(next_link(session, path, options, &next)))
        }
        None => ("@odata.deltaLink".to_owned(), Json::Text(delta_link(session, path, options, started))),
    });
    Ok(Json::Object(out))
}

fn delta_link(session: &Session<'_>, path: &str, options: &Options, version: i64) -> String {
    let query = options.without(&["$skiptoken", "$deltatoken"]);
    let separator = if query.is_empty() { "" } else { "&" };
    let time = instant_text(session.now).replace(':', "%3a");
    format!("{}/{path}?{query}{separator}$deltatoken={version}%21{time}", session.root)
}

/// Everything that has changed since a token, and everything that is gone.
fn since(
    session: &Session<'_>,
    preferences: &Preferences,
    shape: &Shape<'_>,
    options: &Options,
    path: &str,
    token: &str,
    now: i64,
) -> Result<Json> {
    let version = token.split('!').next().and_then(|version| version.parse::<i64>().ok());
    let version = version.filter(|version| *version <= now);
    let version =
        version.ok_or_else(|| Refusal::bad("The delta token is not one that this service gave out."))?;
    let table = shape.table;
    let mut builder = StatementBuilder::new(session);
    let access = builder.may_read(table, "r");
    let since = builder.bind(version);
    let sql = format!(
        "SELECT {} FROM {} r WHERE r.{stamp} > {since} AND {access} ORDER BY r.{stamp}",
        columns(shape, "r"),
        table_name(&table.logical_name),
        stamp = quoted(VERSION),
    );
    let mut statement = session.connection.prepare_cached(&sql)?;
    let values = builder.values_for(&statement);
    let mut rows = statement.query(rusqlite::params_from_iter(values))?;
    let mut value = Vec::new();
    while let Some(row) = rows.next()? {
        value.push(members(session, preferences, shape, &RecordRow(row), false)?);
    }
    let mut statement = session.connection.prepare_cached(
        r#"SELECT id FROM "@deleted" WHERE entity = ?1 AND version > ?2 AND since <= ?2 ORDER BY version"#,
    )?;
    let mut rows = statement.query(params![table.logical_name, version])?;
    while let Some(row) = rows.next()? {
        let context = format!("{}/$metadata#{}/$deletedEntity", session.root, table.entity_set_name);
        let id: String = row.get(0)?;
        value.push(object([
            ("@odata.context", context.into()),
            ("id", id.into()),
            ("reason", "deleted".into()),
        ]));
    }
    let context = format!("{}/$metadata#{}{}/$delta", session.root, table.entity_set_name, shape.context());
    Ok(object([
        ("@odata.context", context.into()),
        ("value", Json::Array(value)),
        ("@odata.deltaLink", delta_link(session, path, options, now).into()),
    ]))
}
