//! Queries with `aggregate='true'`.

use roxmltree::Node;
use rusqlite::params_from_iter;
use rusqlite::types::ValueRef;

use super::date_groups::DatePart;
use super::error::{duplicate_alias, invalid, refused};
use super::fetch_attributes::flag;
use super::orders::sort;
use super::output::Output;
use super::query::{Query, Rows};
use super::sources::check_alias;
use crate::error::Result;
use crate::http::Preferences;
use crate::json::Json;
use crate::read::row::FORMATTED;
use crate::read::selection::to_i64;
use crate::schema::{Kind, Table};
use crate::sql::Scalar;

/// Maximum number of rows that Dataverse aggregates.
const MAX_RECORDS: i64 = 50_000;
/// Maximum number of columns that one query groups by or aggregates.
const MAX_TERMS: usize = 100;

/// A column of an aggregate query.
struct Term<'q> {
    output: Output<'q>,
    /// The SQL to group and sort by, for a column that groups.
    group: Option<(String, String)>,
    date: Option<DatePart>,
}

impl<'q> Query<'q> {
    /// Returns the rows of an aggregate query, and whether more follow.
    pub(super) fn aggregated(&mut self, preferences: &Preferences, rows: &Rows) -> Result<(Vec<Json>, bool)> {
        self.limit(rows)?;
        let terms = self.terms()?;
        let sorted = self.sorted(&terms)?;
        let groups: Vec<&str> =
            terms.iter().filter_map(|term| term.group.as_ref()).map(|(group, _)| group.as_str()).collect();
        let selected: Vec<String> = terms.iter().map(|term| term.output.selected()).collect();
        let Rows { from, condition } = rows;
        let mut sql = format!("SELECT {} FROM {from} WHERE {condition}", selected.join(", "));
        if !groups.is_empty() {
            sql.push_str(&format!(" GROUP BY {}", groups.join(", ")));
        }
        let limit = self.builder.bind(to_i64(self.fetch.page_size) + 1);
        let offset = self.builder.bind(to_i64(self.fetch.offset()));
        if !sorted.is_empty() {
            sql.push_str(&format!(" ORDER BY {}", sorted.join(", ")));
        }
        sql.push_str(&format!(" LIMIT {limit} OFFSET {offset}"));
        let mut statement = self.session.connection.prepare_cached(&sql)?;
        let values = self.builder.values_for(&statement);
        let mut found = statement.query(params_from_iter(values))?;
        let mut out = Vec::new();
        while let Some(row) = found.next()? {
            if out.len() == self.fetch.page_size {
                return Ok((out, true));
            }
            let (mut members, mut index) = (Vec::new(), 0);
            for term in &terms {
                index = term.write(self, preferences, row, index, &mut members)?;
            }
            out.push(Json::Object(members));
        }
        Ok((out, false))
    }

    /// Refuses an aggregation of more rows than Dataverse or the query allows.
    fn limit(&self, rows: &Rows) -> Result<()> {
        let limit = self.fetch.aggregate_limit.unwrap_or(MAX_RECORDS).min(MAX_RECORDS);
        let Rows { from, condition } = rows;
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM {from} WHERE {condition} LIMIT {})",
            limit.saturating_add(1)
        );
        let mut statement = self.session.connection.prepare_cached(&sql)?;
        let values = self.builder.values_for(&statement);
        let count: i64 = statement.query_row(params_from_iter(values), |row| row.get(0))?;
        if count <= limit {
            return Ok(());
        }
        let message = "The maximum record limit is exceeded. Reduce the number of records.";
        Err(refused("0x8004e023", message))
    }

    fn terms(&mut self) -> Result<Vec<Term<'q>>> {
        let mut all: Vec<Term<'q>> = Vec::new();
        for source in 0..self.sources.len() {
            let node = self.sources[source].node;
            if node.children().any(|child| child.has_tag_name("all-attributes")) {
                return Err(plain_attribute());
            }
            for attribute in node.children().filter(|child| child.has_tag_name("attribute")) {
                if !self.is_of_query(source) {
                    return Err(invalid("a link entity whose rows are not returned has no columns"));
                }
                let term = self.term(source, &attribute)?;
                if all.iter().any(|each| each.output.name == term.output.name) {
                    return Err(duplicate_alias(&term.output.name));
                }
                all.push(term);
            }
        }
        if all.is_empty() || all.len() > MAX_TERMS {
            return Err(invalid(&format!("an aggregate query needs 1 to {MAX_TERMS} attributes")));
        }
        Ok(all)
    }

    fn term(&mut self, source: usize, node: &Node<'_, '_>) -> Result<Term<'q>> {
        let name = node.attribute("name").ok_or_else(|| invalid("an `attribute` has no `name`"))?;
        let alias = node.attribute("alias").filter(|alias| !alias.is_empty());
        if let Some(alias) = alias {
            check_alias(alias)?;
        }
        let table = self.sources[source].table;
        let scalar = self.column(source, name)?;
        match node.attribute("aggregate") {
            Some(function) => {
                let alias = alias.ok_or_else(|| {
                    refused("0x8004110b", format!("An alias is required for the aggregate of '{name}'."))
                })?;
                let distinct = flag(node, "distinct")?;
                let (sql, column) = aggregate(function, distinct, &scalar)?;
                let column = column.then_some(scalar.column);
                Ok(Term { output: output(alias, table, name, sql, column), group: None, date: None })
            }
            None if flag(node, "groupby")? => {
                self.group(table, alias.unwrap_or(name), name, scalar, node.attribute("dategrouping"))
            }
            None => Err(plain_attribute()),
        }
    }

    fn group(
        &mut self,
        table: &'q Table,
        alias: &str,
        name: &str,
        scalar: Scalar<'q>,
        date: Option<&str>,
    ) -> Result<Term<'q>> {
        if let Some(date) = date {
            let (part, sql) = DatePart::read(date, &scalar)?;
            let group = Some((sql.clone(), sql.clone()));
            return Ok(Term { output: output(alias, table, name, sql, None), group, date: Some(part) });
        }
        if self.session.strict && matches!(scalar.column.kind, Kind::DateTime { .. }) {
            return Err(invalid(&format!("strict mode: grouping by the date `{name}` needs `dategrouping`")));
        }
        let group = format!("{}{}", scalar.sql, scalar.collation());
        // Lookups sort by the names of their records.
        let sorted = self.builder.name_of(&scalar).map(|name| format!("{name} COLLATE DATAVERSE"));
        let sorted = sorted.unwrap_or_else(|| group.clone());
        let mut output = output(alias, table, name, scalar.sql, Some(scalar.column));
        output.target = scalar.target;
        Ok(Term { output, group: Some((group, sorted)), date: None })
    }

    /// Returns the SQL to sort by: aliases, then all groups.
    fn sorted(&self, terms: &[Term<'q>]) -> Result<Vec<String>> {
        let mut all = Vec::new();
        for source in &self.sources {
            for order in source.node.children().filter(|child| child.has_tag_name("order")) {
                let Some(alias) = order.attribute("alias") else {
                    return Err(refused(
                        "0x80040203",
                        "An attribute cannot be specified for an order clause for an aggregate Query. Use an alias.",
                    ));
                };
                let term = terms.iter().find(|term| term.output.name == alias).ok_or_else(|| {
                    refused(
                        "0x8004110a",
                        format!("The alias '{alias}' of an order does not exist in the query."),
                    )
                })?;
                let sql = term.group.as_ref().map_or(&term.output.sql, |(_, sorted)| sorted);
                all.push(format!("{sql} {}", sort(&order)?.sql()));
            }
        }
        all.extend(terms.iter().filter_map(|term| term.group.as_ref()).map(|(_, sorted)| sorted.clone()));
        Ok(all)
    }
}

impl Term<'_> {
    fn write(
        &self,
        query: &Query<'_>,
        preferences: &Preferences,
        row: &rusqlite::Row<'_>,
        index: usize,
        out: &mut Vec<(String, Json)>,
    ) -> Result<usize> {
        if let (Some(date), ValueRef::Integer(number)) = (self.date, row.get_ref(index)?)
            && let Some((value, text)) = date.shown(number)
        {
            let name = &self.output.name;
            if preferences.wants(FORMATTED) {
                out.push((format!("{name}@{FORMATTED}"), Json::Text(text)));
            }
            out.push((name.clone(), Json::from(value)));
            return Ok(index + 1);
        }
        self.output.write(query.session, preferences, row, index, out)
    }
}

fn plain_attribute() -> crate::error::Refusal {
    refused("0x80041107", "Attribute can not be specified if an aggregate operation is requested.")
}

fn output<'q>(
    alias: &str,
    table: &'q Table,
    attribute: &str,
    sql: String,
    column: Option<&'q crate::schema::Column>,
) -> Output<'q> {
    let attribute = attribute.to_owned();
    Output { name: alias.to_owned(), column, table, source: 0, sql, target: None, aliased: true, attribute }
}

/// Returns the SQL of an aggregate, and whether its values are of the column's kind. The sum without any
/// value is 0.
fn aggregate(function: &str, distinct: bool, scalar: &Scalar<'_>) -> Result<(String, bool)> {
    let (sql, collation, kind) = (&scalar.sql, scalar.collation(), &scalar.column.kind);
    let is_decimal = matches!(kind, Kind::Decimal { .. });
    let is_integer = matches!(kind, Kind::Integer { .. } | Kind::BigInt);
    let is_number = is_decimal || is_integer || matches!(kind, Kind::Double { .. });
    let sorts = is_number || matches!(kind, Kind::DateTime { .. });
    let refuse = || {
        Err(invalid(&format!(
            "the column `{}` cannot be aggregated by `{function}`",
            scalar.column.logical_name
        )))
    };
    Ok(match function {
        "count" => ("count(*)".to_owned(), false),
        "countcolumn" if distinct && matches!(kind, Kind::Text { .. }) => {
            (format!("count(DISTINCT dv_fold({sql}))"), false)
        }
        "countcolumn" if distinct => (format!("count(DISTINCT {sql}{collation})"), false),
        "countcolumn" => (format!("count({sql})"), false),
        "sum" if is_decimal => (format!("coalesce(dv_sum({sql}), '0')"), true),
        "sum" if is_integer => (format!("coalesce(sum({sql}), 0)"), true),
        "sum" if is_number => (format!("coalesce(sum({sql}), 0.0)"), true),
        "avg" if is_decimal => (format!("dv_average({sql})"), true),
        // SQL Server divides integers to an integer.
        "avg" if is_integer => (format!("sum({sql}) / count({sql})"), true),
        "avg" if is_number => (format!("avg({sql})"), true),
        "min" | "max" if sorts => (format!("{function}({sql}{collation})"), true),
        "sum" | "avg" | "min" | "max" => return refuse(),
        other => {
            return Err(refused("0x8004111a", format!("Invalid aggregate operation specified: {other}")));
        }
    })
}
