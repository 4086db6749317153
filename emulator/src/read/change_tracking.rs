//! Change tracking: the changes since a delta token.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{params, params_from_iter};

use super::cookie::Cookie;
use super::page::next_link;
use super::record::members;
use super::row::{RecordRow, columns};
use super::selection::{MAX_ROWS, Page, Scope, Selection, to_i64};
use super::shape::Shape;
use crate::error::{Refusal, Result};
use crate::http::Preferences;
use crate::json::{Json, object};
use crate::schema::Table;
use crate::session::Session;
use crate::sql::{READ, StatementBuilder};
use crate::store::{VERSION, current_version, quoted, table_name};
use crate::uri::Options;

/// The time for which Dataverse keeps changes: the default of `ExpireChangeTrackingInDays`.
const EXPIRES_AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The format of the time in a token.
const TIME: &str = "%m/%d/%Y %H:%M:%S";

/// Answers a request that tracks changes, or one with a delta token.
pub(super) fn changes(
    session: &Session<'_>,
    preferences: &Preferences,
    shape: &Shape<'_>,
    options: &Options,
    path: &str,
) -> Result<Json> {
    let table = shape.table;
    allowed(session, table)?;
    for option in ["$filter", "$orderby", "$top", "$expand"] {
        if options.get(option).is_some() {
            return Err(Refusal::query_not_supported(format!(
                "The \"{option}\" query parameter isn't supported when Change Tracking is enabled."
            )));
        }
    }
    let after = options.get("$skiptoken").map(Cookie::parse).transpose()?;
    // The link on the last page asks for the changes since the first page was read.
    let now = current_version(session.connection)?;
    let started = after.as_ref().and_then(|cookie| cookie.since).unwrap_or(now);
    let page_size = preferences.page_size.unwrap_or(MAX_ROWS);
    let mut context = format!("{}/$metadata#{}{}", session.root, table.entity_set_name, shape.context());
    let page = if let Some(token) = options.get("$deltatoken") {
        context.push_str("/$delta");
        since(session, preferences, shape, version(session, token)?, page_size, after.as_ref())?
    } else {
        let selection = Selection { scope: Scope::Set, shape, filter: None, order: &[] };
        selection.page(session, preferences, page_size, after.as_ref(), 0, true)?
    };
    let link = match page.next {
        Some(mut next) => {
            next.since = Some(started);
            ("@odata.nextLink", Json::Text(next_link(session, path, options, &next)))
        }
        None => ("@odata.deltaLink", Json::Text(delta_link(session, path, options, started))),
    };
    Ok(object([("@odata.context", Json::Text(context)), link, ("value", Json::Array(page.rows))]))
}

/// Returns the number of changes since a token was issued, including deletions.
pub(crate) fn count_changes(session: &Session<'_>, table: &Table, token: &str) -> Result<usize> {
    allowed(session, table)?;
    let version = version(session, token)?;
    let sql = format!(
        r#"SELECT (SELECT count(*) FROM {} r WHERE r.{} > ?1) + (SELECT count(*) FROM "@deleted" WHERE entity = ?2 AND version > ?1)"#,
        table_name(&table.logical_name),
        quoted(VERSION),
    );
    let mut statement = session.connection.prepare_cached(&sql)?;
    let count: i64 = statement.query_row(params![version, table.logical_name], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// Refuses tables whose changes are not tracked, and callers who do not see all records.
fn allowed(session: &Session<'_>, table: &Table) -> Result<()> {
    if !table.change_tracking {
        return Err(Refusal::bad(format!(
            "Entity {} is not enabled for change tracking.",
            table.logical_name
        )));
    }
    session.require_all(READ, table)
}

fn delta_link(session: &Session<'_>, path: &str, options: &Options, version: i64) -> String {
    let query = options.without(&["$skiptoken", "$deltatoken"]);
    let separator = if query.is_empty() { "" } else { "&" };
    let now = Timestamp::from_microsecond(session.now).unwrap_or(Timestamp::UNIX_EPOCH);
    let time = now.strftime(TIME).to_string();
    let time = time.replace('/', "%2f").replace(' ', "%20").replace(':', "%3a");
    format!("{}/{path}?{query}{separator}$deltatoken={version}%21{time}", session.root)
}

/// Returns the version that a token is for, if the token has not expired.
fn version(session: &Session<'_>, token: &str) -> Result<i64> {
    let read = || {
        let (version, time) = token.split_once('!')?;
        let time = Offset::UTC.to_timestamp(DateTime::strptime(TIME, time).ok()?).ok()?;
        Some((version.parse::<i64>().ok()?, time))
    };
    let invalid = || Refusal::bad("The delta token is not one that this service gave out.");
    let (version, time) = read().ok_or_else(invalid)?;
    if version > current_version(session.connection)? {
        return Err(invalid());
    }
    let now = Timestamp::from_microsecond(session.now).unwrap_or(Timestamp::UNIX_EPOCH);
    if now.duration_since(time) > EXPIRES_AFTER {
        let message = "Version stamp associated with the client has expired. Please perform a full sync.";
        return Err(Refusal::new(http::StatusCode::BAD_REQUEST, "0x80044352", message));
    }
    Ok(version)
}

/// Returns the changes since a version in the order in which they happened, followed by the deletions.
fn since(
    session: &Session<'_>,
    preferences: &Preferences,
    shape: &Shape<'_>,
    version: i64,
    page_size: usize,
    after: Option<&Cookie>,
) -> Result<Page> {
    let table = shape.table;
    let mut builder = StatementBuilder::new(session);
    let access = builder.may_read(table, "r")?;
    // The cookie's row is the version of the last record.
    let from = builder.bind(after.map_or(version, |cookie| cookie.row));
    let limit = builder.bind(to_i64(page_size).saturating_add(1));
    let sql = format!(
        "SELECT {} FROM {} r WHERE r.{stamp} > {from} AND {access} ORDER BY r.{stamp} LIMIT {limit}",
        columns(shape, "r"),
        table_name(&table.logical_name),
        stamp = quoted(VERSION),
    );
    let mut statement = session.connection.prepare_cached(&sql)?;
    let values = builder.values_for(&statement);
    let mut rows = statement.query(params_from_iter(values))?;
    let mut page = Page::default();
    while let Some(row) = rows.next()? {
        if page.rows.len() == page_size {
            page.next = page.end.take();
            return Ok(page);
        }
        let row = RecordRow(row);
        page.rows.push(members(session, preferences, shape, &row, false)?);
        page.end = Some(Cookie {
            page: after.map_or(1, |cookie| cookie.page).saturating_add(1),
            since: None,
            values: Vec::new(),
            row: row.version()?,
        });
    }
    let mut statement = session
        .connection
        .prepare_cached(r#"SELECT id FROM "@deleted" WHERE entity = ?1 AND version > ?2 ORDER BY version"#)?;
    let mut rows = statement.query(params![table.logical_name, version])?;
    let context = format!("{}/$metadata#{}/$deletedEntity", session.root, table.entity_set_name);
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        page.rows.push(object([
            ("@odata.context", context.as_str().into()),
            ("id", id.into()),
            ("reason", "deleted".into()),
        ]));
    }
    Ok(page)
}
