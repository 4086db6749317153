//! One record as JSON, with the records that it is expanded with.

use http::StatusCode;

use super::cookie::Cookie;
use super::row::{RecordRow, cells, columns, reference, target};
use super::selection::{MAX_ROWS, Scope, Selection};
use super::shape::{Expanded, Rows, Shape};
use crate::error::{Refusal, Result};
use crate::http::Preferences;
use crate::json::Json;
use crate::schema::{Navigation, Table};
use crate::session::Session;
use crate::sql::READ;
use crate::store::{quoted, table_name};

/// Returns the members of a record, including its expanded records. `nulls` says whether empty columns are
/// included.
pub(super) fn members(
    session: &Session<'_>,
    preferences: &Preferences,
    shape: &Shape<'_>,
    row: &RecordRow<'_>,
    nulls: bool,
) -> Result<Json> {
    let mut out = cells(session, preferences, shape, row, nulls)?;
    for expanded in &shape.expanded {
        let (table, id) = (shape.table, row.id()?);
        if let Navigation::One { name, column, .. } = expanded.navigation {
            out.push((name.clone(), expand_one(session, preferences, table, &id, expanded, column)?));
        } else {
            expand_many(session, preferences, table, &id, expanded, &mut out)?;
        }
    }
    Ok(Json::Object(out))
}

/// Adds the rows of a collection, and their next link.
fn expand_many(
    session: &Session<'_>,
    preferences: &Preferences,
    table: &Table,
    id: &str,
    expanded: &Expanded<'_>,
    out: &mut Vec<(String, Json)>,
) -> Result<()> {
    let Some(shape) = expanded.shapes.first() else { return Ok(()) };
    let name = expanded.navigation.name().to_owned();
    if expanded.rows == Rows::Missing {
        out.push((name, Json::Array(Vec::new())));
        return Ok(());
    }
    let selection = Selection {
        scope: Scope::Related { table, navigation: expanded.navigation, id: id.to_owned() },
        shape,
        filter: expanded.filter.as_ref(),
        order: &expanded.order,
    };
    // Without a nested expand, expanded rows have no pages.
    let preferred = preferences.page_size.filter(|_| matches!(expanded.rows, Rows::Page | Rows::PageIfMore));
    let page_size = expanded.top.or(preferred).unwrap_or(MAX_ROWS).min(MAX_ROWS);
    let page = selection.page(session, preferences, page_size, None, 0, true)?;
    out.push((name.clone(), Json::Array(page.rows)));
    let token = match expanded.rows {
        Rows::Page => Some(page.end.unwrap_or(BEFORE_ALL).token()),
        Rows::PageIfMore => page.next.map(|next| next.token()),
        Rows::Linked | Rows::All | Rows::Missing => None,
    };
    if token.is_some() || expanded.rows == Rows::Linked {
        let options =
            [expanded.query.clone(), token.map_or(String::new(), |token| format!("$skiptoken={token}"))];
        let options = options.into_iter().filter(|each| !each.is_empty()).collect::<Vec<_>>().join("&");
        let separator = if options.is_empty() { "" } else { "?" };
        let (set, key) = (&table.entity_set_name, table.key_text(id));
        let link = format!("{}/{set}({key})/{name}{separator}{options}", session.root);
        out.push((format!("{name}@odata.nextLink"), Json::Text(link)));
    }
    Ok(())
}

/// The end of a page without rows: rows that are added later come after it.
const BEFORE_ALL: Cookie = Cookie { page: 2, since: None, values: Vec::new(), row: 0 };

/// Returns the record that a lookup names, or null if it does not exist or the caller may not read it.
fn expand_one(
    session: &Session<'_>,
    preferences: &Preferences,
    table: &Table,
    id: &str,
    expanded: &Expanded<'_>,
    column: &str,
) -> Result<Json> {
    let Some((of, target)) = target(session, table, id, column)? else { return Ok(Json::Null) };
    // A polymorphic lookup has one property for each table, and only that of the record's table has a value.
    let Some(shape) = expanded.shapes.iter().find(|shape| shape.table.logical_name == of) else {
        return Ok(Json::Null);
    };
    if expanded.references {
        return Ok(reference(session, shape.table, &target));
    }
    // Dataverse hides a record that the caller may not read, and a deleted one.
    let record = match record_json(session, preferences, shape, &target) {
        Err(refusal) if matches!(refusal.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND) => Json::Null,
        record => record?,
    };
    Ok(match (record, expanded.shapes.len()) {
        (Json::Object(mut members), 2..) => {
            // An expanded owner has only the key of the abstract type.
            if shape.table.column("ownerid").is_some_and(|column| !column.kind.is_lookup()) {
                members.retain(|(name, _)| *name != shape.table.primary_id);
            }
            members
                .insert(0, ("@odata.type".to_owned(), Json::Text(format!("#{}", shape.table.type_name()))));
            Json::Object(members)
        }
        (record, _) => record,
    })
}

/// Returns the record with this id, without `@odata.context`.
pub(crate) fn record_json(
    session: &Session<'_>,
    preferences: &Preferences,
    shape: &Shape<'_>,
    id: &str,
) -> Result<Json> {
    let table = shape.table;
    let sql = format!(
        "SELECT {} FROM {} r WHERE r.{} = ?1",
        columns(shape, "r"),
        table_name(&table.logical_name),
        quoted(&table.primary_id),
    );
    let mut statement = session.connection.prepare_cached(&sql)?;
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else { return Err(Refusal::record_not_found(&table.logical_name, id)) };
    if !session.caller.administrator {
        session.require(READ, table, id)?;
    }
    members(session, preferences, shape, &RecordRow(row), true)
}

/// Returns the record with this id as the answer to a request for it.
pub(crate) fn record(
    session: &Session<'_>,
    preferences: &Preferences,
    shape: &Shape<'_>,
    id: &str,
) -> Result<Json> {
    let record = record_json(session, preferences, shape, id)?;
    let Json::Object(mut members) = record else { return Ok(record) };
    let context =
        format!("{}/$metadata#{}{}/$entity", session.root, shape.table.entity_set_name, shape.context());
    members.insert(0, ("@odata.context".to_owned(), Json::Text(context)));
    Ok(Json::Object(members))
}
