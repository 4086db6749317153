//! Filters as SQL. Every condition is true or false, never unknown: null differs from every value, is equal
//! to null, and is neither before nor after anything.

use super::paths::Scalar;
use super::statement::{StatementBuilder, joined};
use super::values::literal;
use crate::error::{Refusal, Result};
use crate::schema::{Kind, Table};
use crate::uri::{Comparison, Filter, Literal, Operand};

impl<'s> StatementBuilder<'s> {
    /// Returns the SQL of a filter on the rows of a table, by its alias in the statement.
    pub(crate) fn condition(&mut self, filter: &Filter, table: &'s Table, alias: &str) -> Result<String> {
        match filter {
            Filter::All(all) => Ok(joined(self.conditions(all, table, alias)?, "AND", "1")),
            Filter::Any(all) => Ok(joined(self.conditions(all, table, alias)?, "OR", "0")),
            Filter::Not(inner) => Ok(format!("NOT {}", self.condition(inner, table, alias)?)),
            Filter::Compare { comparison, left, right } => {
                self.compare(*comparison, left, right, table, alias)
            }
            Filter::Like { path, pattern } => {
                let scalar = self.attribute(path, table, alias)?;
                self.like(&scalar, &path.join("/"), pattern)
            }
            Filter::Lambda { path, all, condition } => {
                let exists = self.exists(path, table, alias, &mut |builder, target, inner| {
                    let condition = builder.condition(condition, target, inner)?;
                    Ok(if *all { format!("NOT {condition}") } else { condition })
                })?;
                Ok(if *all { format!("NOT {exists}") } else { exists })
            }
            Filter::Function { name, path, arguments } => self.function(name, path, arguments, table, alias),
        }
    }

    fn conditions(&mut self, all: &[Filter], table: &'s Table, alias: &str) -> Result<Vec<String>> {
        all.iter().map(|each| self.condition(each, table, alias)).collect()
    }

    fn compare(
        &mut self,
        comparison: Comparison,
        left: &[String],
        right: &Operand,
        table: &'s Table,
        alias: &str,
    ) -> Result<String> {
        let left = self.scalar(left, table, alias)?;
        match right {
            Operand::Literal(value) => self.compare_literal(comparison, &left, value),
            Operand::Path(path) => {
                let right = self.scalar(path, table, alias)?;
                self.compare_columns(comparison, &left, &right)
            }
        }
    }

    /// Returns the comparison of a column with a literal.
    pub(crate) fn compare_literal(
        &mut self,
        comparison: Comparison,
        left: &Scalar<'_>,
        right: &Literal,
    ) -> Result<String> {
        if matches!(right, Literal::Null) {
            return Ok(match comparison {
                Comparison::Eq => format!("({} IS NULL)", left.sql),
                Comparison::Ne => format!("({} IS NOT NULL)", left.sql),
                _ => format!("({} IS NULL AND 0)", left.sql),
            });
        }
        let value = literal(left.column, right, comparison.odata_name())?;
        Ok(self.compare_value(comparison, &left.sql, collation(comparison, left), value))
    }

    /// Returns the comparison of a column with another one.
    pub(crate) fn compare_columns(
        &self,
        comparison: Comparison,
        left: &Scalar<'_>,
        right: &Scalar<'_>,
    ) -> Result<String> {
        // The types must be equal: Dataverse does not convert the values of one column to compare them with
        // another.
        if left.column.kind.edm() != right.column.kind.edm() {
            return Err(Refusal::bad(format!(
                "A binary operator with incompatible types was detected. Found operand types '{}' and '{}' for operator kind \
                 '{}'.",
                left.column.kind.edm(),
                right.column.kind.edm(),
                comparison.odata_name()
            )));
        }
        let (one, other) = (format!("{}{}", left.sql, collation(comparison, left)), &right.sql);
        Ok(match comparison {
            Comparison::Eq => format!("({one} IS {other})"),
            Comparison::Ne => format!("({one} IS NOT {other})"),
            _ => format!("coalesce({one} {} {other}, 0)", operator(comparison)),
        })
    }

    /// Returns the match of a text column with a `LIKE` pattern. `named` is the column's name in refusals.
    pub(crate) fn like(&mut self, scalar: &Scalar<'_>, named: &str, pattern: &str) -> Result<String> {
        if !matches!(scalar.column.kind, Kind::Text { .. } | Kind::EntityName) {
            return Err(Refusal::bad(format!(
                "No function signature for a text function matches the argument '{named}' of type '{}'.",
                scalar.column.kind.edm()
            )));
        }
        let pattern = self.bind(pattern.to_owned());
        Ok(format!("dv_like({}, {pattern})", scalar.sql))
    }

    /// Returns a comparison with a value that is not null.
    pub(super) fn compare_value(
        &mut self,
        comparison: Comparison,
        left: &str,
        collation: &str,
        value: rusqlite::types::Value,
    ) -> String {
        let value = self.bind(value);
        match comparison {
            Comparison::Eq => format!("({left}{collation} IS {value})"),
            Comparison::Ne => format!("({left}{collation} IS NOT {value})"),
            _ => format!("coalesce({left}{collation} {} {value}, 0)", operator(comparison)),
        }
    }
}

fn collation(comparison: Comparison, left: &Scalar<'_>) -> &'static str {
    match comparison {
        Comparison::Eq | Comparison::Ne => left.collation(),
        Comparison::Gt | Comparison::Ge | Comparison::Lt | Comparison::Le => left.order(),
    }
}

fn operator(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Eq => "=",
        Comparison::Ne => "<>",
        Comparison::Gt => ">",
        Comparison::Ge => ">=",
        Comparison::Lt => "<",
        Comparison::Le => "<=",
    }
}
