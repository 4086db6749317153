//! Selects and counts the rows of a page.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::cookie::Cookie;
use super::record::members;
use super::row::{RecordRow, columns};
use super::shape::Shape;
use crate::error::{Refusal, Result};
use crate::http::Preferences;
use crate::json::Json;
use crate::schema::{Navigation, Table};
use crate::session::Session;
use crate::sql::StatementBuilder;
use crate::store::table_name;
use crate::uri::{Filter, Order, Sort};

/// Maximum number of rows in one page.
pub(super) const MAX_ROWS: usize = 5000;

/// The records of a table before any filter.
#[derive(Debug, Clone)]
pub(crate) enum Scope<'s> {
    /// All of an entity set.
    Set,
    /// The records of a navigation property of a record.
    Related { table: &'s Table, navigation: &'s Navigation, id: String },
    /// The records of one partition of an elastic table.
    Partition(String),
}

/// The columns, the filter and the order of a query.
pub(crate) struct Selection<'a, 's> {
    pub(crate) scope: Scope<'s>,
    pub(crate) shape: &'a Shape<'s>,
    pub(crate) filter: Option<&'a Filter>,
    pub(crate) order: &'a [Order],
}

/// A page of rows, and where the next one starts.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) rows: Vec<Json>,
    /// The start of the next page, if more rows follow.
    pub(crate) next: Option<Cookie>,
    /// The end of the page, whether or not more rows follow.
    pub(crate) end: Option<Cookie>,
}

impl<'s> Scope<'s> {
    /// Returns the SQL of the scope, the filter and the caller's rights.
    pub(super) fn condition(
        &self,
        builder: &mut StatementBuilder<'s>,
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
            Self::Partition(partition) => {
                let partition = builder.bind(partition.clone());
                format!("{alias}.partitionid = {partition} COLLATE BINARY")
            }
        };
        let access = builder.may_read(table, alias)?;
        let filter = filter.map_or(Ok("1".to_owned()), |filter| builder.condition(filter, table, alias))?;
        Ok(format!("{scope} AND {access} AND {filter}"))
    }
}

impl<'s> Selection<'_, 's> {
    /// Returns the rows after the end of another page, or after a number of rows. `nulls` says whether empty
    /// columns are included.
    pub(super) fn page(
        &self,
        session: &'s Session<'_>,
        preferences: &Preferences,
        page_size: usize,
        after: Option<&Cookie>,
        offset: usize,
        nulls: bool,
    ) -> Result<Page> {
        let table = self.shape.table;
        let mut builder = StatementBuilder::new(session);
        let condition = self.scope.condition(&mut builder, table, self.filter, "r")?;
        let mut keys = Vec::new();
        for order in self.order {
            keys.push((builder.order(order, table, "r")?, order.sort));
        }
        let is_after = match after {
            None => "1".to_owned(),
            Some(cookie) => after_cookie(&mut builder, &keys, cookie)?,
        };
        let mut selected = columns(self.shape, "r");
        let mut sorted = String::new();
        for (key, sort) in &keys {
            selected.push_str(&format!(", {key}"));
            sorted.push_str(&format!("{key} {}, ", sort.sql()));
        }
        let (limit, offset) = (builder.bind(to_i64(page_size) + 1), builder.bind(to_i64(offset)));
        let sql = format!(
            "SELECT {selected} FROM {} r WHERE {condition} AND {is_after} ORDER BY {sorted}r.\"@row\" LIMIT {limit} OFFSET {offset}",
            table_name(&table.logical_name),
        );
        let mut statement = session.connection.prepare_cached(&sql)?;
        let count = statement.column_count();
        let values = builder.values_for(&statement);
        let mut rows = statement.query(params_from_iter(values))?;
        let mut page = Page::default();
        while let Some(row) = rows.next()? {
            if page.rows.len() == page_size {
                page.next.clone_from(&page.end);
                break;
            }
            page.rows.push(members(session, preferences, self.shape, &RecordRow(row), nulls)?);
            page.end = Some(Cookie {
                page: after.map_or(1, |cookie| cookie.page).saturating_add(1),
                since: after.and_then(|cookie| cookie.since),
                values: (count - keys.len()..count).map(|index| row.get(index)).collect::<Result<_, _>>()?,
                row: RecordRow(row).number()?,
            });
        }
        Ok(page)
    }
}

pub(super) fn to_i64(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX - 1)
}

/// Returns the condition that a row comes after the end of a page. Null sorts before every value.
pub(super) fn after_cookie(
    builder: &mut StatementBuilder<'_>,
    keys: &[(String, Sort)],
    cookie: &Cookie,
) -> Result<String> {
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

/// Returns the number of records, up to 5,000, and whether there are more.
pub(crate) fn count<'s>(
    session: &'s Session<'_>,
    table: &'s Table,
    scope: &Scope<'s>,
    filter: Option<&Filter>,
) -> Result<(usize, bool)> {
    let mut builder = StatementBuilder::new(session);
    let condition = scope.condition(&mut builder, table, filter, "r")?;
    let name = table_name(&table.logical_name);
    let limit = to_i64(MAX_ROWS) + 1;
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {name} r WHERE {condition} LIMIT {limit})");
    let mut statement = session.connection.prepare_cached(&sql)?;
    let values = builder.values_for(&statement);
    let count: i64 = statement.query_row(params_from_iter(values), |row| row.get(0))?;
    let count = usize::try_from(count).unwrap_or(0);
    Ok((count.min(MAX_ROWS), count > MAX_ROWS))
}
