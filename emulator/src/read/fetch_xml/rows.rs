//! A page of rows without aggregates.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::orders::SortKey;
use super::output::Output;
use super::query::{Query, Rows};
use crate::error::Result;
use crate::http::Preferences;
use crate::json::Json;
use crate::read::cookie::Cookie;
use crate::read::selection::{MAX_ROWS, after_cookie, to_i64};
use crate::store::{VERSION, quoted};
use crate::uri::Sort;

/// A page, and whether rows follow it.
pub(super) struct FetchedPage {
    pub(super) rows: Vec<Json>,
    pub(super) more: bool,
    /// The start of the next page; `None` if only the number of the page gives it.
    pub(super) next: Option<Cookie>,
}

impl<'q> Query<'q> {
    /// Returns the page that the query asks for.
    pub(super) fn page(
        &mut self,
        preferences: &Preferences,
        rows: &Rows,
        outputs: &[Output<'q>],
    ) -> Result<FetchedPage> {
        let mut keys = self.orders()?;
        // A page that ends within the rows of one record, or is sorted by columns of a link, has no cookie.
        let has_cookie = !self.fetch.distinct && keys.iter().all(|key| key.source == 0);
        if !self.fetch.distinct {
            self.tie_breakers(&mut keys);
        }
        let keys: Vec<(String, Sort)> = keys.into_iter().map(|key| (key.sql, key.sort)).collect();
        let is_after = match &self.fetch.cookie {
            Some(cookie) if has_cookie => after_cookie(&mut self.builder, &keys, cookie)?,
            _ => "1".to_owned(),
        };
        let skips = self.fetch.cookie.is_none() || !has_cookie;
        let offset = if skips { self.fetch.offset() } else { 0 };
        let sql = self.statement(rows, outputs, &keys, &is_after, offset);
        let mut statement = self.session.connection.prepare_cached(&sql)?;
        let count = statement.column_count();
        let values = self.builder.values_for(&statement);
        let mut found = statement.query(params_from_iter(values))?;
        let mut records = Vec::new();
        let (mut more, mut last) = (false, None);
        while let Some(row) = found.next()? {
            if records.len() == self.fetch.page_size {
                more = true;
                break;
            }
            records.push(self.record(preferences, outputs, row)?);
            if has_cookie && records.len() == self.fetch.page_size {
                let keys = count - keys.len()..count;
                let values: Vec<Value> = keys.map(|index| row.get(index)).collect::<Result<_, _>>()?;
                last = Some((row.get(0)?, values));
            }
        }
        let next = last.filter(|_| more).map(|(row, values)| Cookie {
            page: self.fetch.page.saturating_add(1),
            since: None,
            values,
            row,
        });
        Ok(FetchedPage { rows: records, more, next })
    }

    /// Adds the keys that order otherwise equal rows: the record, then the rows of the links.
    fn tie_breakers(&self, keys: &mut Vec<SortKey>) {
        for (source, each) in self.sources.iter().enumerate() {
            if self.is_of_query(source) && self.sources.len() > 1 {
                let sql = format!("coalesce({}.\"@row\", 0)", each.alias);
                keys.push(SortKey { sql, sort: Sort::Ascending, source });
            }
        }
    }

    fn statement(
        &mut self,
        rows: &Rows,
        outputs: &[Output<'q>],
        keys: &[(String, Sort)],
        is_after: &str,
        offset: usize,
    ) -> String {
        let Rows { from, condition } = rows;
        let mut selected: Vec<String> = outputs.iter().map(Output::selected).collect();
        selected.extend(keys.iter().map(|(key, _)| key.clone()));
        let sorted: String = keys.iter().map(|(key, sort)| format!("{key} {}, ", sort.sql())).collect();
        let limit = self.builder.bind(to_i64(self.fetch.page_size) + 1);
        let offset = self.builder.bind(to_i64(offset));
        if self.fetch.distinct {
            let groups = selected.join(", ");
            return format!(
                "SELECT {groups} FROM {from} WHERE {condition} GROUP BY {groups} ORDER BY {sorted}min(r.\"@row\") \
                 LIMIT {limit} OFFSET {offset}"
            );
        }
        let version = quoted(VERSION);
        let selected: String = selected.iter().map(|each| format!(", {each}")).collect();
        format!(
            "SELECT r.\"@row\", r.{version}{selected} FROM {from} WHERE {condition} AND {is_after} \
             ORDER BY {sorted}r.\"@row\" LIMIT {limit} OFFSET {offset}"
        )
    }

    fn record(
        &self,
        preferences: &Preferences,
        outputs: &[Output<'q>],
        row: &rusqlite::Row<'_>,
    ) -> Result<Json> {
        let (mut members, mut index) = (Vec::new(), 0);
        // A distinct row is not a record: it has neither a version nor a key.
        if !self.fetch.distinct {
            let version: i64 = row.get(1)?;
            members.push(("@odata.etag".to_owned(), Json::Text(format!("W/\"{version}\""))));
            index = 2;
        }
        for output in outputs {
            index = output.write(self.session, preferences, row, index, &mut members)?;
        }
        Ok(Json::Object(members))
    }

    /// Returns the number of rows, up to 5,000, and whether there are more.
    pub(super) fn count(&self, rows: &Rows, outputs: &[Output<'q>]) -> Result<(usize, bool)> {
        let Rows { from, condition } = rows;
        let groups: Vec<String> = outputs.iter().map(Output::selected).collect();
        let distinct =
            if self.fetch.distinct { format!(" GROUP BY {}", groups.join(", ")) } else { String::new() };
        let limit = MAX_ROWS + 1;
        let sql =
            format!("SELECT count(*) FROM (SELECT 1 FROM {from} WHERE {condition}{distinct} LIMIT {limit})");
        let mut statement = self.session.connection.prepare_cached(&sql)?;
        let values = self.builder.values_for(&statement);
        let count: i64 = statement.query_row(params_from_iter(values), |row| row.get(0))?;
        let count = usize::try_from(count).unwrap_or(0);
        Ok((count.min(MAX_ROWS), count > MAX_ROWS))
    }
}
