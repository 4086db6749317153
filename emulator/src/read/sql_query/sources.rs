//! The tables of a SQL query: the one after `FROM`, and the joined ones as links.

use sqlparser::ast::{
    BinaryOperator, Expr, JoinConstraint, JoinOperator, ObjectName, TableFactor, TableWithJoins,
};

use super::error::{invalid, not_supported, unknown};
use crate::error::Result;
use crate::schema::{Schema, Table};

/// A table of the query.
pub(super) struct Source<'q> {
    pub(super) table: &'q Table,
    /// The alias of the table, or its name.
    pub(super) name: String,
    pub(super) link: Option<Link>,
}

/// The columns that join a table to one before it.
pub(super) struct Link {
    pub(super) parent: usize,
    /// The column of the joined table.
    pub(super) from: String,
    /// The column of its parent.
    pub(super) to: String,
    pub(super) outer: bool,
}

/// Reads `FROM` and its joins.
pub(super) fn read<'q>(schema: &'q Schema, from: &[TableWithJoins]) -> Result<Vec<Source<'q>>> {
    let [from] = from else { return Err(unknown("More or less than one table after FROM")) };
    let mut sources = vec![source(schema, &from.relation)?];
    for join in &from.joins {
        let (on, outer) = match &join.join_operator {
            JoinOperator::Join(on) | JoinOperator::Inner(on) => (on, false),
            JoinOperator::Left(on) | JoinOperator::LeftOuter(on) => (on, true),
            JoinOperator::Right(_) | JoinOperator::RightOuter(_) => return Err(not_supported("RIGHT JOIN")),
            JoinOperator::FullOuter(_) => return Err(not_supported("FULL OUTER JOIN")),
            JoinOperator::CrossJoin(_) => return Err(not_supported("CROSS JOIN")),
            _ => return Err(unknown("A join of this kind")),
        };
        let JoinConstraint::On(on) = on else { return Err(unknown("A join without ON")) };
        let mut joined = source(schema, &join.relation)?;
        if sources.iter().any(|each| each.name == joined.name) {
            return Err(invalid(&format!("two tables are named '{}'", joined.name)));
        }
        joined.link = Some(link(&sources, &joined, on, outer)?);
        sources.push(joined);
    }
    Ok(sources)
}

fn source<'q>(schema: &'q Schema, factor: &TableFactor) -> Result<Source<'q>> {
    let TableFactor::Table { name, alias, args: None, .. } = factor else {
        return Err(unknown("Anything but a table after FROM or JOIN"));
    };
    let name = single(name)?;
    let table = schema.table(&name).ok_or_else(|| invalid(&format!("there is no table '{name}'")))?;
    let name = alias.as_ref().map_or(name, |alias| alias.name.value.to_lowercase());
    Ok(Source { table, name, link: None })
}

/// Returns a name of one part, in lower case like a logical name.
pub(super) fn single(name: &ObjectName) -> Result<String> {
    match name.0.as_slice() {
        [part] => part
            .as_ident()
            .map(|ident| ident.value.to_lowercase())
            .ok_or_else(|| unknown("A function as a name")),
        _ => Err(unknown("A name with a schema")),
    }
}

fn link(sources: &[Source<'_>], joined: &Source<'_>, on: &Expr, outer: bool) -> Result<Link> {
    let on = match on {
        Expr::Nested(inner) => inner.as_ref(),
        other => other,
    };
    let Expr::BinaryOp { left, op: BinaryOperator::Eq, right } = on else {
        return Err(unknown("A join on anything but one equality of two columns"));
    };
    let (left, right) = (qualified(left)?, qualified(right)?);
    let (own, other) = if left.0 == joined.name { (left, right) } else { (right, left) };
    let parent = sources.iter().position(|each| each.name == other.0);
    let (true, Some(parent)) = (own.0 == joined.name, parent) else {
        return Err(invalid(&format!("the join of '{}' is not with a table before it", joined.name)));
    };
    for (table, column) in [(joined.table, &own.1), (sources[parent].table, &other.1)] {
        known(table, column)?;
    }
    Ok(Link { parent, from: own.1, to: other.1, outer })
}

fn qualified(expression: &Expr) -> Result<(String, String)> {
    match expression {
        Expr::CompoundIdentifier(parts) if parts.len() == 2 => {
            Ok((parts[0].value.to_lowercase(), parts[1].value.to_lowercase()))
        }
        _ => Err(unknown("A join on anything but columns with the names of their tables")),
    }
}

fn known(table: &Table, column: &str) -> Result<()> {
    let found = table.column(column).is_some_and(|column| column.is_stored() && column.readable);
    let message = || invalid(&format!("the table '{}' has no column '{column}'", table.logical_name));
    if found { Ok(()) } else { Err(message()) }
}

/// Returns a column of a query: its table, and its logical name.
pub(super) fn column(sources: &[Source<'_>], expression: &Expr) -> Result<(usize, String)> {
    match expression {
        Expr::Identifier(name) => {
            let name = name.value.to_lowercase();
            let mut having = (0..sources.len()).filter(|index| known(sources[*index].table, &name).is_ok());
            match (having.next(), having.next()) {
                (Some(index), None) => Ok((index, name)),
                (None, _) => Err(invalid(&format!("there is no column '{name}'"))),
                (Some(_), Some(_)) => Err(invalid(&format!("the column '{name}' is ambiguous"))),
            }
        }
        Expr::CompoundIdentifier(_) => {
            let (table, name) = qualified(expression)?;
            let index = sources.iter().position(|each| each.name == table);
            let index = index.ok_or_else(|| invalid(&format!("there is no table '{table}' in the query")))?;
            known(sources[index].table, &name)?;
            Ok((index, name))
        }
        _ => Err(not_supported("Anything but the name of a column")),
    }
}
