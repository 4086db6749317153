//! Aggregates of `$apply`.

use rusqlite::params_from_iter;
use rusqlite::types::ValueRef;

use super::row::{FORMATTED, display_name};
use super::selection::Scope;
use crate::error::{Refusal, Result};
use crate::http::Preferences;
use crate::json::Json;
use crate::schema::{Column, Kind, Navigation, Table};
use crate::session::Session;
use crate::sql::StatementBuilder;
use crate::store::table_name;
use crate::uri::{Aggregate, AggregateMethod, Apply, Filter, Order};
use crate::value;

/// Maximum number of records that Dataverse aggregates.
const MAX_RECORDS: i64 = 50_000;

/// The annotation that names the column of an aggregate.
const ATTRIBUTE_NAME: &str = "OData.Community.Display.V1.AttributeName";

/// The kind of a member of a result.
enum Output<'s> {
    /// A grouping property; a lookup takes two columns.
    Group(&'s Column),
    /// A value of a column's kind.
    Value(&'s Column),
    /// A number that is of no column's kind.
    Number,
}

/// Answers `$apply`.
pub(super) fn apply(
    session: &Session<'_>,
    preferences: &Preferences,
    table: &Table,
    scope: &Scope<'_>,
    filter: Option<Filter>,
    mut apply: Apply,
    order: &[Order],
) -> Result<Json> {
    let filters: Vec<Filter> = filter.into_iter().chain(apply.filter.take()).collect();
    apply.filter = Some(Filter::All(filters));
    for (path, alias) in &mut apply.groups {
        if let Some(name) = name_of_related(session, table, path)? {
            *alias = name;
        }
    }
    let names = apply.groups.iter().map(|(_, name)| name);
    let names: Vec<_> = names.chain(apply.aggregates.iter().map(|each| &each.alias)).collect();
    if let Some(name) =
        names.iter().enumerate().find_map(|(at, name)| names[..at].contains(name).then_some(name))
    {
        return Err(Refusal::query_not_supported(format!("Two results of $apply have the name '{name}'.")));
    }
    let is_distinct = |each: &Aggregate| each.method == AggregateMethod::CountDistinct;
    if session.strict && apply.aggregates.iter().any(is_distinct) {
        return Err(Refusal::query_not_supported(
            "Strict mode: Dataverse gets no distinct number of values with OData; use FetchXML instead of 'countdistinct'.",
        ));
    }
    let mut rows = rows(session, preferences, table, scope, &apply, order)?;
    if matches!(scope, Scope::Related { .. }) {
        rows.iter_mut().for_each(|row| add_empty(table, row));
    }
    let context = format!("{}/$metadata#{}", session.root, table.entity_set_name);
    let mut out = vec![("@odata.context".to_owned(), Json::Text(context))];
    for (name, value) in
        [("totalrecordcount", Json::from(-1)), ("totalrecordcountlimitexceeded", Json::Bool(false))]
    {
        let name = format!("Microsoft.Dynamics.CRM.{name}");
        if preferences.wants(&name) {
            out.push((format!("@{name}"), value));
        }
    }
    out.push(("value".to_owned(), Json::Array(rows)));
    Ok(Json::Object(out))
}

/// Adds the table's properties as null, as Dataverse does in aggregates of a collection of a record.
fn add_empty(table: &Table, row: &mut Json) {
    let Json::Object(members) = row else { return };
    let names = table.stored().filter(|column| column.readable && column.is_property).map(Column::property);
    let mut all: Vec<(String, Json)> = names.map(|name| (name, Json::Null)).collect();
    all.retain(|(name, _)| !members.iter().any(|(each, _)| each == name));
    all.append(members);
    *members = all;
}

/// Returns the member's name of a group by a column of related records: Dataverse names it after the table,
/// not the path.
fn name_of_related(session: &Session<'_>, table: &Table, path: &[String]) -> Result<Option<String>> {
    let [steps @ .., property] = path else { return Ok(None) };
    let mut table = table;
    for step in steps {
        match table.navigation(step) {
            Some(Navigation::One { targets, .. }) if targets.len() == 1 => {
                table = session.table(&targets[0])?
            }
            // Another check refuses a path that does not exist.
            _ => return Ok(None),
        }
    }
    Ok((!steps.is_empty()).then(|| format!("{}_{property}", table.logical_name)))
}

/// Returns the rows of an aggregation, without empty members. Rows can be sorted by the columns that group
/// them.
pub(super) fn rows<'s>(
    session: &'s Session<'_>,
    preferences: &Preferences,
    table: &'s Table,
    scope: &Scope<'s>,
    apply: &Apply,
    order: &[Order],
) -> Result<Vec<Json>> {
    limit(session, table, scope, apply)?;
    let mut builder = StatementBuilder::new(session);
    let condition = scope.condition(&mut builder, table, apply.filter.as_ref(), "r")?;
    let (mut selected, mut grouped, mut outputs) = (Vec::new(), Vec::new(), Vec::new());
    for (path, alias) in &apply.groups {
        let scalar = builder.attribute(path, table, "r")?;
        if matches!(scalar.column.kind, Kind::DateTime { .. }) {
            let message = format!("Grouping by the date '{}' is not supported.", path.join("/"));
            return Err(Refusal::query_not_supported(message));
        }
        grouped.push(format!("{}{}", scalar.sql, scalar.collation()));
        selected.push(scalar.sql);
        // The name of a lookup depends on the table that it points to.
        selected.extend(scalar.target);
        outputs.push((alias.as_str(), Output::Group(scalar.column)));
    }
    for aggregate in &apply.aggregates {
        let (sql, output) = aggregated(&mut builder, table, aggregate)?;
        selected.push(sql);
        outputs.push((aggregate.alias.as_str(), output));
    }
    let mut sorted = sorted(apply, order, &grouped)?;
    sorted.extend_from_slice(&grouped);
    let name = table_name(&table.logical_name);
    let mut sql = format!("SELECT {} FROM {name} r WHERE {condition}", selected.join(", "));
    if !grouped.is_empty() {
        sql.push_str(&format!(" GROUP BY {} ORDER BY {}", grouped.join(", "), sorted.join(", ")));
    }
    let mut statement = session.connection.prepare_cached(&sql)?;
    let values = builder.values_for(&statement);
    let mut rows = statement.query(params_from_iter(values))?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let (mut members, mut index) = (Vec::new(), 0);
        for (alias, output) in &outputs {
            index = member(session, preferences, alias, output, row, index, &mut members)?;
        }
        out.push(Json::Object(members));
    }
    Ok(out)
}

/// Refuses an aggregation of more records than Dataverse allows.
fn limit<'s>(session: &'s Session<'_>, table: &'s Table, scope: &Scope<'s>, apply: &Apply) -> Result<()> {
    let mut builder = StatementBuilder::new(session);
    let condition = scope.condition(&mut builder, table, apply.filter.as_ref(), "r")?;
    let sql = format!("SELECT count(*) FROM {} r WHERE {condition}", table_name(&table.logical_name));
    let mut statement = session.connection.prepare_cached(&sql)?;
    let values = builder.values_for(&statement);
    let count: i64 = statement.query_row(params_from_iter(values), |row| row.get(0))?;
    if count <= MAX_RECORDS {
        return Ok(());
    }
    let message = "The maximum record limit is exceeded. Reduce the number of records.";
    Err(Refusal::new(http::StatusCode::BAD_REQUEST, "0x8004e023", message))
}

/// Returns the SQL of an order, which may only name columns that group the rows.
fn sorted(apply: &Apply, order: &[Order], grouped: &[String]) -> Result<Vec<String>> {
    let one = |each: &Order| {
        let named = each.path.join("/");
        let index = apply.groups.iter().position(|(path, alias)| *path == each.path || *alias == named);
        let index = index.ok_or_else(|| {
            Refusal::query_not_supported(format!(
                "The query node SingleValueOpenPropertyAccess is not supported: '{named}' is not grouped by."
            ))
        })?;
        Ok(format!("{} {}", grouped[index], each.sort.sql()))
    };
    order.iter().map(one).collect()
}

/// Adds a member of a result, unless it is empty. Returns the index of the next one in the row.
fn member(
    session: &Session<'_>,
    preferences: &Preferences,
    alias: &str,
    output: &Output<'_>,
    row: &rusqlite::Row<'_>,
    index: usize,
    out: &mut Vec<(String, Json)>,
) -> Result<usize> {
    let cell = row.get_ref(index)?;
    let mut next = index + 1;
    let (kind, mut text) = match output {
        Output::Group(column) | Output::Value(column) => {
            (Some(&column.kind), value::formatted(&column.kind, cell))
        }
        Output::Number => (None, value::formatted(&Kind::BigInt, cell)),
    };
    if let Output::Group(column) = output
        && column.kind.is_lookup()
    {
        let of: Option<String> = row.get(next)?;
        next += 1;
        if let (ValueRef::Text(id), Some(of)) = (cell, of) {
            text = display_name(session, &of, &String::from_utf8_lossy(id))?;
        }
    }
    if matches!(cell, ValueRef::Null) {
        return Ok(next);
    }
    if let (Output::Value(column), true) = (output, preferences.wants(ATTRIBUTE_NAME)) {
        out.push((format!("{alias}@{ATTRIBUTE_NAME}"), Json::Text(column.logical_name.clone())));
    }
    if let Some(text) = text.filter(|_| preferences.wants(FORMATTED)) {
        out.push((format!("{alias}@{FORMATTED}"), Json::Text(text)));
    }
    out.push((alias.to_owned(), value::to_json(kind.unwrap_or(&Kind::BigInt), cell)));
    Ok(next)
}

fn aggregated<'s>(
    builder: &mut StatementBuilder<'s>,
    table: &'s Table,
    aggregate: &Aggregate,
) -> Result<(String, Output<'s>)> {
    let Some(path) = &aggregate.path else { return Ok(("count(*)".to_owned(), Output::Number)) };
    let scalar = builder.attribute(path, table, "r")?;
    let is_decimal = matches!(scalar.column.kind, Kind::Decimal { .. });
    let is_number =
        is_decimal || matches!(scalar.column.kind, Kind::Integer { .. } | Kind::BigInt | Kind::Double { .. });
    let sorts = is_number || matches!(scalar.column.kind, Kind::DateTime { .. });
    let refused = |what: &str| {
        Err(Refusal::query_not_supported(format!("The column '{}' has no {what}.", path.join("/"))))
    };
    let (sql, collation) = (&scalar.sql, scalar.collation());
    Ok(match aggregate.method {
        AggregateMethod::Count => (format!("count({sql})"), Output::Number),
        AggregateMethod::CountDistinct if matches!(scalar.column.kind, Kind::Text { .. }) => {
            (format!("count(DISTINCT dv_fold({sql}))"), Output::Number)
        }
        AggregateMethod::CountDistinct => (format!("count(DISTINCT {sql}{collation})"), Output::Number),
        AggregateMethod::Sum if is_decimal => (format!("dv_sum({sql})"), Output::Value(scalar.column)),
        AggregateMethod::Sum if is_number => (format!("sum({sql})"), Output::Value(scalar.column)),
        AggregateMethod::Average if is_decimal => {
            (format!("dv_average({sql})"), Output::Value(scalar.column))
        }
        AggregateMethod::Average if matches!(scalar.column.kind, Kind::Double { .. }) => {
            (format!("avg({sql})"), Output::Value(scalar.column))
        }
        // The average of an integer column is an integer.
        AggregateMethod::Average if is_number => {
            (format!("CAST(avg({sql}) AS INTEGER)"), Output::Value(scalar.column))
        }
        AggregateMethod::Sum => return refused("sum"),
        AggregateMethod::Average => return refused("average"),
        AggregateMethod::Min if sorts => (format!("min({sql}{collation})"), Output::Value(scalar.column)),
        AggregateMethod::Max if sorts => (format!("max({sql}{collation})"), Output::Value(scalar.column)),
        AggregateMethod::Min | AggregateMethod::Max => return refused("least or greatest value"),
    })
}
