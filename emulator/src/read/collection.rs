//! Rows of a collection: filtered, sorted, a page at a time.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::cookie::Cookie;
use super::row::{Row, columns, members, reference};
use super::shape::Shape;
use super::{MOST_ROWS, aggregate, changes, fetch_xml};
use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::schema::{Navigation, Table};
use crate::session::{Preferences, Session};
use crate::sql::Builder;
use crate::store::table_name;
use crate::uri::{Filter, Options, Order, Sort};

/// Which records of a table are meant before any filter.
#[derive(Debug, Clone)]
pub(crate) enum Scope<'s> {
    /// All of an entity set.
    Set,
    /// Those behind a navigation property of a record.
    Related { table: &'s Table, navigation: &'s Navigation, id: String },
}

/// What is selected, and how it is sorted.
pub(crate) struct Selection<'a, 's> {
    pub(crate) scope: Scope<'s>,
    pub(crate) shape: &'a Shape<'s>,
    pub(crate) filter: Option<&'a Filter>,
    pub(crate) order: &'a [Order],
}

/// A page of rows, and where the next one starts.
pub(crate) struct Page {
    pub(crate) rows: Vec<Json>,
    pub(crate) next: Option<Cookie>,
}

impl<'s> Scope<'s> {
    /// The SQL of the scope, the filter and the caller's rights.
    pub(super) fn condition(
        &self,
        builder: &mut Builder<'s>,
        table: &'s Table,
        filter: Option<&Filter>,
        alias: &str,
    ) -> Result<String> {
        let scope = match self {
            Self::Set => "1".to_owned(),
            Self::Related { table: from, navigation, id } => {
                let id = builder.bind(id.clone());
                builder.members(navigation, from, &id, table, alias)
            }
        };
        let access = builder.may_read(table, alias);
        let filter = filter.map_or(Ok("1".to_owned()), |filter| builder.condition(filter, table, alias))?;
        Ok(format!("{scope} AND {access} AND {filter}"))
    }
}

impl<'s> Selection<'_, 's> {
    /// The rows behind the end of another page, or behind a number of rows.
    pub(crate) fn page(
        &self,
        session: &'s Session<'_>,
        preferences: &Preferences,
        most: usize,
        after: Option<&Cookie>,
        offset: usize,
    ) -> Result<Page> {
        self.page_with(session, preferences, most, after, offset, true)
    }

    pub(super) fn page_with(
        &self,
        session: &'s Session<'_>,
        preferences: &Preferences,
        most: usize,
        after: Option<&Cookie>,
        offset: usize,
        nulls: bool,
    ) -> Result<Page> {
        let table = self.shape.table;
        let mut builder = Builder::new(session);
        let condition = self.scope.condition(&mut builder, table, self.filter, "r")?;
        let mut keys = Vec::new();
        for order in self.order {
            keys.push((builder.order(order, table, "r")?, order.sort));
        }
        let behind = match after {
            None => "1".to_owned(),
            Some(cookie) => behind(&mut builder, &keys, cookie)?,
        };
        let mut selected = columns(self.shape, "r");
        let mut sorted = String::new();
        for (key, sort) in &keys {
            selected.push_str(&format!(", {key}"));
            sorted.push_str(&format!("{key} {}, ", sort.sql()));
        }
        let (limit, offset) = (builder.bind(to_i64(most) + 1), builder.bind(to_i64(offset)));
        let sql = format!(
            "SELECT {selected} FROM {} r WHERE {condition} AND {behind} ORDER BY {sorted}r.\"@row\" LIMIT {limit} OFFSET {offset}",
            table_name(&table.logical_name),
        );
        let mut statement = session.connection.prepare_cached(&sql)?;
        let count = statement.column_count();
        let mut rows = statement.query(params_from_iter(&builder.values))?;
        let mut page = Page { rows: Vec::new(), next: None };
        let mut last = None;
        while let Some(row) = rows.next()? {
            if page.rows.len() == most {
                page.next = last.map(|(row, values)| Cookie {
                    page: after.map_or(1, |cookie| cookie.page) + 1,
                    since: after.and_then(|cookie| cookie.since),
                    values,
                    row,
                });
                break;
            }
            page.rows.push(members(session, preferences, self.shape, &Row(row), nulls)?);
            if page.rows.len() == most {
                let values: Vec<Value> =
                    (count - keys.len()..count).map(|place| row.get(place)).collect::<Result<_, _>>()?;
                last = Some((Row(row).number()?, values));
            }
        }
        Ok(page)
    }
}

fn to_i64(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX - 1)
}

/// The condition that a row comes after the end of a page. What is null comes before everything else.
fn behind(builder: &mut Builder<'_>, keys: &[(String, Sort)], cookie: &Cookie) -> Result<String> {
    if keys.len() != cookie.values.len() {
        return Err(Refusal::bad("The skip token does not belong to this query."));
    }
    let row = builder.bind(cookie.row);
    let mut condition = format!("r.\"@row\" > {row}");
    for ((key, sort), value) in keys.iter().zip(&cookie.values).rev() {
        let is_null = matches!(value, Value::Null);
        let value = builder.bind(value.clone());
        let further = match (sort, is_null) {
            (Sort::Ascending, true) => format!("({key}) IS NOT NULL"),
            (Sort::Ascending, false) => format!("coalesce({key} > {value}, 0)"),
            (Sort::Descending, true) => "0".to_owned(),
            (Sort::Descending, false) => format!("(coalesce({key} < {value}, 0) OR ({key}) IS NULL)"),
        };
        condition = format!("({further} OR ({key} IS {value} AND {condition}))");
    }
    Ok(condition)
}

/// How many records there are, no more than 5,000.
pub(crate) fn count<'s>(
    session: &'s Session<'_>,
    table: &'s Table,
    scope: &Scope<'s>,
    filter: Option<&Filter>,
) -> Result<(usize, bool)> {
    let mut builder = Builder::new(session);
    let condition = scope.condition(&mut builder, table, filter, "r")?;
    let name = table_name(&table.logical_name);
    let most = to_i64(MOST_ROWS) + 1;
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {name} r WHERE {condition} LIMIT {most})");
    let mut statement = session.connection.prepare_cached(&sql)?;
    let count: i64 = statement.query_row(params_from_iter(&builder.values), |row| row.get(0))?;
    let count = usize::try_from(count).unwrap_or(0);
    Ok((count.min(MOST_ROWS), count > MOST_ROWS))
}

/// Answers a request for a collection. `path` is that of the request, for next links.
pub(crate) fn collection(
    session: &Session<'_>,
    preferences: &Preferences,
    table: &Table,
    scope: Scope<'_>,
    options: &Options,
    path: &str,
    references: bool,
) -> Result<Json> {
    if let Some(fetch) = options.get("fetchXml") {
        return fetch_xml(session, preferences, table, fetch);
    }
    let filter = options.filter()?;
    if let Some(apply) = options.apply()? {
        return aggregate::apply(session, preferences, table, &scope, filter, apply, &options.order()?);
    }
    let shape = Shape::new(session, table, options.select(), options.expand()?)?;
    if preferences.track_changes || options.get("$deltatoken").is_some() {
        return changes::changes(session, preferences, &shape, options, path);
    }
    let order = options.order()?;
    let top = options.top()?;
    let after = options.get("$skiptoken").map(Cookie::parse).transpose()?;
    // With a page size, `$top` is ignored.
    let most = preferences.page_size.or(top).unwrap_or(MOST_ROWS).min(MOST_ROWS);
    let selection = Selection { scope, shape: &shape, filter: filter.as_ref(), order: &order };
    let page = if most == 0 {
        Page { rows: Vec::new(), next: None }
    } else {
        selection.page(session, preferences, most, after.as_ref(), 0)?
    };
    let mut out = Vec::new();
    let context = if references {
        format!("{}/$metadata#Collection($ref)", session.root)
    } else {
        format!("{}/$metadata#{}{}", session.root, table.entity_set_name, shape.context())
    };
    out.push(("@odata.context".to_owned(), Json::Text(context)));
    let counted =
        if options.count()? { Some(count(session, table, &selection.scope, filter.as_ref())?) } else { None };
    if let Some((count, _)) = counted {
        out.push(("@odata.count".to_owned(), Json::from(to_i64(count))));
    }
    totals(preferences, counted, &mut out);
    let rows = if references {
        page.rows.iter().map(|row| to_reference(session, table, row)).collect()
    } else {
        page.rows
    };
    out.push(("value".to_owned(), Json::Array(rows)));
    if let Some(next) = page.next.filter(|_| top.is_none() || preferences.page_size.is_some()) {
        out.push(("@odata.nextLink".to_owned(), Json::Text(next_link(session, path, options, &next))));
    }
    Ok(Json::Object(out))
}

/// The annotations of a collection that tell how many records there are in all.
pub(super) fn totals(
    preferences: &Preferences,
    counted: Option<(usize, bool)>,
    out: &mut Vec<(String, Json)>,
) {
    let mut add = |name: &str, value: Json| {
        let name = format!("Microsoft.Dynamics.CRM.{name}");
        if preferences.wants(&name) {
            out.push((format!("@{name}"), value));
        }
    };
    add("totalrecordcount", Json::from(counted.map_or(-1, |(count, _)| to_i64(count))));
    add("totalrecordcountlimitexceeded", Json::Bool(counted.is_some_and(|(_, exceeded)| exceeded)));
    add("globalmetadataversion", Json::from("1000000"));
}

pub(super) fn next_link(session: &Session<'_>, path: &str, options: &Options, next: &Cookie) -> String {
    let query = options.without(&["$skiptoken"]);
    let separator = if query.is_empty() { "" } else { "&" };
    format!("{}/{path}?{query}{separator}$skiptoken={}", session.root, next.token())
}

fn to_reference(session: &Session<'_>, table: &Table, row: &Json) -> Json {
    let id = row.text(&table.primary_id).unwrap_or_default();
    reference(session, table, id)
}
