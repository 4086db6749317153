//! The answer to a FetchXML query.

use roxmltree::{Document, Node};

use super::error::{invalid, invalid_xml, refused};
use super::fetch_attributes::FetchAttributes;
use super::output::Output;
use super::query::Query;
use super::{intersect, sources};
use crate::error::Result;
use crate::http::Preferences;
use crate::json::Json;
use crate::read::page::totals;
use crate::read::selection::Scope;
use crate::schema::Table;
use crate::session::Session;
use crate::sql::StatementBuilder;

/// The FetchXML of a request, and the rows that it may select.
pub(in crate::read) struct Asked<'a> {
    pub(in crate::read) table: &'a Table,
    pub(in crate::read) scope: Scope<'a>,
    /// Whether the URL has `$count=true` next to the query.
    pub(in crate::read) count: bool,
}

/// Answers a FetchXML query for a table.
pub(in crate::read) fn fetch_xml(
    session: &Session<'_>,
    preferences: &Preferences,
    asked: &Asked<'_>,
    text: &str,
) -> Result<Json> {
    let document = Document::parse(text).map_err(|error| invalid_xml(&error.to_string()))?;
    let fetch = document.root_element();
    if fetch.tag_name().name() != "fetch" {
        return Err(invalid("the root element is not `fetch`"));
    }
    let mut entities = fetch.children().filter(Node::is_element);
    let (Some(entity), None) = (entities.next(), entities.next()) else {
        return Err(invalid("`fetch` needs exactly one `entity`"));
    };
    if entity.tag_name().name() != "entity" || entity.attribute("name") != Some(&asked.table.logical_name) {
        let message = format!("The entity of the query is not '{}'.", asked.table.logical_name);
        return Err(refused("0x80041128", message));
    }
    let names = entity.descendants().filter_map(|each| each.attribute("name"));
    let intersects = intersect::tables(session.schema, names);
    let mut query = Query {
        session,
        builder: StatementBuilder::new(session),
        sources: sources::read(session, &intersects, entity, asked.table)?,
        fetch: FetchAttributes::read(&fetch, preferences)?,
        after: Vec::new(),
    };
    answer(&mut query, preferences, asked)
}

fn answer<'q>(query: &mut Query<'q>, preferences: &Preferences, asked: &'q Asked<'_>) -> Result<Json> {
    let rows = query.rows(&asked.scope)?;
    let set = format!("{}/$metadata#{}", query.session.root, asked.table.entity_set_name);
    if query.fetch.aggregate {
        let (groups, more) = query.aggregated(preferences, &rows)?;
        let mut out = vec![("@odata.context".to_owned(), Json::Text(set))];
        more_records(preferences, more && !query.fetch.top, &mut out);
        out.push(("value".to_owned(), Json::Array(groups)));
        return Ok(Json::Object(out));
    }
    let outputs = query.outputs()?;
    let page = query.page(preferences, &rows, &outputs)?;
    let context = format!("{set}{}", context(query, &outputs));
    let mut out = vec![("@odata.context".to_owned(), Json::Text(context))];
    let counted = query.fetch.count_all || asked.count;
    let counted = if counted { Some(query.count(&rows, &outputs)?) } else { None };
    if let Some((count, _)) = counted {
        out.push(("@odata.count".to_owned(), Json::Number(count.to_string())));
    }
    totals(preferences, counted, &mut out);
    if !query.fetch.top {
        const COOKIE: &str = "Microsoft.Dynamics.CRM.fetchxmlpagingcookie";
        if let Some(next) = page.next.filter(|_| preferences.wants(COOKIE)) {
            out.push((format!("@{COOKIE}"), Json::Text(next.text())));
        }
        more_records(preferences, page.more, &mut out);
    }
    out.push(("value".to_owned(), Json::Array(page.rows)));
    Ok(Json::Object(out))
}

/// Adds the annotations that say that more rows follow. The last page has none.
fn more_records(preferences: &Preferences, more: bool, out: &mut Vec<(String, Json)>) {
    const MORE: &str = "Microsoft.Dynamics.CRM.morerecords";
    if more && preferences.wants(MORE) {
        out.push((format!("@{MORE}"), Json::Bool(true)));
    }
}

/// Returns the list of columns in `@odata.context`; `None` for all columns.
fn context(query: &Query<'_>, outputs: &[Output<'_>]) -> String {
    let entity = query.sources[0].node;
    let named = |name: &str| entity.children().any(|child| child.has_tag_name(name));
    if named("all-attributes") || !named("attribute") && !named("no-attrs") {
        return String::new();
    }
    let of_entity = outputs.iter().filter(|each| each.source == 0);
    let (mut names, mut records): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for output in of_entity {
        let Some(column) = output.column else { continue };
        let mut add = |name: String| {
            if !names.contains(&name) {
                names.push(name);
            }
        };
        // The context lists a lookup twice: as its property, and as if its record were expanded.
        let record =
            output.table.navigations_of(&column.logical_name).next().map(|(name, _)| name.to_owned());
        if record.is_none() || !output.aliased {
            add(column.property());
        }
        if let Some(record) = record {
            let expanded = format!("{record}()");
            add(record);
            if !records.contains(&expanded) {
                records.push(expanded);
            }
        }
    }
    names.append(&mut records);
    if names.is_empty() { String::new() } else { format!("({})", names.join(",")) }
}
