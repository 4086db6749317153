//! Rows of a collection: filtered, sorted and paged.

use super::cookie::Cookie;
use super::page::{next_link, totals};
use super::row::reference;
use super::selection::{MAX_ROWS, Page, Scope, Selection, count};
use super::shape::{Form, Shape};
use super::{aggregate, change_tracking, fetch_xml, sql_query};
use crate::error::{Refusal, Result};
use crate::http::Preferences;
use crate::json::Json;
use crate::schema::Table;
use crate::session::Session;
use crate::uri::{Expand, Filter, Options, limit_conditions};

/// Answers a request for a collection. `path` is the path of the request, for next links.
pub(crate) fn collection(
    session: &Session<'_>,
    preferences: &Preferences,
    table: &Table,
    scope: Scope<'_>,
    options: &Options,
    path: &str,
    references: bool,
) -> Result<Json> {
    crate::elastic::refuse_joins(session, table, options)?;
    refuse_partition(preferences, table, &scope, options)?;
    if options.get("sql").is_some() {
        return sql_query::answer(
            session,
            preferences,
            (table, &scope),
            options,
            path,
            |preferences, text| {
                let asked = fetch_xml::Asked { table, scope: Scope::Set, count: false };
                fetch_xml::fetch_xml(session, preferences, &asked, text)
            },
        );
    }
    if let Some(text) = fetch_xml::asked_for(session, options)? {
        let asked = fetch_xml::Asked { table, scope, count: options.count()? };
        return fetch_xml::fetch_xml(session, preferences, &asked, &text);
    }
    let filter = options.filter()?;
    let conditions = filter.as_ref().map_or(0, Filter::conditions);
    if let Some(apply) = options.apply()? {
        limit_conditions(conditions + apply.filter.as_ref().map_or(0, Filter::conditions))?;
        options.alone("$apply", &["$filter", "$orderby"])?;
        return aggregate::apply(session, preferences, table, &scope, filter, apply, &options.order()?);
    }
    let expand = options.expand()?;
    limit_conditions(conditions + expand.iter().map(Expand::conditions).sum::<usize>())?;
    let form = if matches!(scope, Scope::Set | Scope::Partition(_)) { Form::Set } else { Form::Related };
    let is_nested = expand.iter().any(|each| !each.expand.is_empty());
    let shape = Shape::for_answer(session, table, options.select(), expand, form)?;
    if preferences.track_changes || options.get("$deltatoken").is_some() {
        return change_tracking::changes(session, preferences, &shape, options, path);
    }
    let order = options.order()?;
    let selection = Selection { scope, shape: &shape, filter: filter.as_ref(), order: &order };
    let top = options.top()?;
    let page = page(session, preferences, &selection, options, top)?;
    let counted =
        if options.count()? { Some(count(session, table, &selection.scope, filter.as_ref())?) } else { None };
    // If expanded collections are paged, too, Dataverse does not know whether more rows follow.
    let is_open = is_nested && shape.has_collections() && preferences.page_size.is_some();
    let next = if is_open { page.end } else { page.next };
    let next = next.filter(|_| top.is_none() || preferences.page_size.is_some());
    let link = next.map(|next| next_link(session, path, options, &next));
    Ok(answer(session, preferences, &shape, references, counted, page.rows, link))
}

/// Refuses the option `partitionId` in queries that do not take it.
fn refuse_partition(
    preferences: &Preferences,
    table: &Table,
    scope: &Scope<'_>,
    options: &Options,
) -> Result<()> {
    if crate::elastic::partition_option(table, options).is_some()
        && (preferences.track_changes || !matches!(scope, Scope::Partition(_)))
    {
        return Err(Refusal::not_implemented(
            "The query option partitionId with change tracking or a navigation property",
        ));
    }
    Ok(())
}

fn page(
    session: &Session<'_>,
    preferences: &Preferences,
    selection: &Selection<'_, '_>,
    options: &Options,
    top: Option<usize>,
) -> Result<Page> {
    let after = options.get("$skiptoken").map(Cookie::parse).transpose()?;
    // With a page size, `$top` is ignored.
    let page_size = preferences.page_size.or(top).unwrap_or(MAX_ROWS).min(MAX_ROWS);
    if page_size == 0 {
        return Ok(Page::default());
    }
    selection.page(session, preferences, page_size, after.as_ref(), 0, true)
}

/// Returns the members of an answer: its context, its counts, its rows and the link to the next page.
fn answer(
    session: &Session<'_>,
    preferences: &Preferences,
    shape: &Shape<'_>,
    references: bool,
    counted: Option<(usize, bool)>,
    rows: Vec<Json>,
    link: Option<String>,
) -> Json {
    let table = shape.table;
    let context = if references {
        format!("{}/$metadata#Collection($ref)", session.root)
    } else {
        format!("{}/$metadata#{}{}", session.root, table.entity_set_name, shape.context())
    };
    let mut out = vec![("@odata.context".to_owned(), Json::Text(context))];
    if let Some((count, _)) = counted {
        let count = Json::Number(count.to_string());
        let count = if preferences.numbers_as_text { count.into_text() } else { count };
        out.push(("@odata.count".to_owned(), count));
    }
    totals(preferences, counted, &mut out);
    let rows =
        if references { rows.iter().map(|row| to_reference(session, table, row)).collect() } else { rows };
    out.push(("value".to_owned(), Json::Array(rows)));
    if let Some(link) = link {
        out.push(("@odata.nextLink".to_owned(), Json::Text(link)));
    }
    Json::Object(out)
}

fn to_reference(session: &Session<'_>, table: &Table, row: &Json) -> Json {
    let id = row.text(&table.primary_id).unwrap_or_default();
    let id = crate::row_id::row_id(id, row.text(crate::schema::PARTITION).filter(|_| table.elastic));
    reference(session, table, &id)
}
