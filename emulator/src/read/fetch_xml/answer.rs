//! The `fetch` element, and the answer to a FetchXML query.

use roxmltree::{Document, Node};

use super::error::invalid;
use super::query::FetchQuery;
use crate::error::{Refusal, Result};
use crate::http::Preferences;
use crate::json::Json;
use crate::read::cookie::Cookie;
use crate::read::page::totals;
use crate::read::selection::{self, MAX_ROWS, Scope, Selection};
use crate::read::shape::Shape;
use crate::schema::Table;
use crate::session::Session;

/// Answers a FetchXML query for a table.
pub(in crate::read) fn fetch_xml(
    session: &Session<'_>,
    preferences: &Preferences,
    table: &Table,
    text: &str,
) -> Result<Json> {
    let document = Document::parse(text).map_err(|error| invalid(&error.to_string()))?;
    let fetch = document.root_element();
    if fetch.tag_name().name() != "fetch" {
        return Err(invalid("the root element is not `fetch`"));
    }
    let mut entities = fetch.children().filter(Node::is_element);
    let (Some(entity), None) = (entities.next(), entities.next()) else {
        return Err(invalid("`fetch` needs exactly one `entity`"));
    };
    if entity.attribute("name") != Some(&table.logical_name) {
        return Err(invalid(&format!("the entity is not `{}`", table.logical_name)));
    }
    known_attributes(&fetch)?;
    let query = FetchQuery::read(&entity, table)?;
    if fetch.attribute("aggregate") == Some("true") {
        return query.aggregate(session, preferences, table);
    }
    let paging = Paging::read(&fetch, preferences)?;
    let shape = Shape::new(session, table, query.select(table)?, Vec::new())?;
    let selection =
        Selection { scope: Scope::Set, shape: &shape, filter: Some(&query.filter), order: &query.orders };
    let Paging { page, page_size, top, after, offset } = paging;
    let mut rows = selection.page(session, preferences, page_size, after.as_ref(), offset, false)?;
    if let Some(next) = &mut rows.next {
        next.page = page.saturating_add(1);
    }
    let context = format!("{}/$metadata#{}{}", session.root, table.entity_set_name, shape.context());
    let mut out = vec![("@odata.context".to_owned(), Json::Text(context))];
    let counted = if fetch.attribute("returntotalrecordcount") == Some("true") {
        Some(selection::count(session, table, &Scope::Set, Some(&query.filter))?)
    } else {
        None
    };
    totals(preferences, counted, &mut out);
    if !top {
        let mut add = |name: &str, value: Json| {
            if preferences.wants(name) {
                out.push((format!("@{name}"), value));
            }
        };
        add("Microsoft.Dynamics.CRM.morerecords", Json::Bool(rows.next.is_some()));
        if let Some(next) = &rows.next {
            add("Microsoft.Dynamics.CRM.fetchxmlpagingcookie", Json::Text(next.text()));
        }
    }
    out.push(("value".to_owned(), Json::Array(rows.rows)));
    Ok(Json::Object(out))
}

/// Refuses attributes of `fetch` that the service does not know, or that it would have to ignore.
fn known_attributes(fetch: &Node<'_, '_>) -> Result<()> {
    for attribute in fetch.attributes() {
        match attribute.name() {
            "distinct" if attribute.value() == "true" => {
                return Err(Refusal::not_implemented("`distinct` in FetchXML"));
            }
            "version"
            | "output-format"
            | "mapping"
            | "no-lock"
            | "distinct"
            | "page"
            | "count"
            | "paging-cookie"
            | "top"
            | "aggregate"
            | "returntotalrecordcount"
            | "options"
            | "latematerialize"
            | "utc-offset"
            | "min-active-row-version" => {}
            "useraworderby" if attribute.value() != "true" && attribute.value() != "1" => {}
            other => return Err(Refusal::not_implemented(&format!("The attribute `{other}` of `fetch`"))),
        }
    }
    Ok(())
}

/// Which page is asked for.
struct Paging {
    page: usize,
    page_size: usize,
    /// Whether the query has a `top`, after which no page follows.
    top: bool,
    after: Option<Cookie>,
    /// Number of rows to skip, where no cookie says which row was the last.
    offset: usize,
}

impl Paging {
    fn read(fetch: &Node<'_, '_>, preferences: &Preferences) -> Result<Self> {
        let number = |name: &str| match fetch.attribute(name) {
            None => Ok(None),
            Some(text) => {
                text.parse::<usize>().map(Some).map_err(|_| invalid(&format!("`{name}` is no number")))
            }
        };
        let (page, count, top) = (number("page")?.unwrap_or(1).max(1), number("count")?, number("top")?);
        if top.is_some() && (count.is_some() || number("page")?.is_some()) {
            return Err(invalid("`top` cannot be used with `page` or `count`"));
        }
        let page_size = top.or(count).or(preferences.page_size).unwrap_or(MAX_ROWS).clamp(1, MAX_ROWS);
        let cookie = fetch.attribute("paging-cookie").filter(|cookie| !cookie.is_empty() && page > 1);
        let after = cookie.map(|cookie| Cookie::parse_inner(cookie, page)).transpose()?;
        let offset = if after.is_some() { 0 } else { (page - 1).saturating_mul(page_size) };
        Ok(Self { page, page_size, top: top.is_some(), after, offset })
    }
}
