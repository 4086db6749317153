//! Filters as SQL. Every condition is true or false, never unknown: what is null differs from every value, is equal to
//! null, and is neither before nor after anything.

use super::statement::{StatementBuilder, joined};
use super::values::literal;
use crate::error::{Refusal, Result};
use crate::schema::{Kind, Table};
use crate::uri::{Comparison, Filter, Literal, Operand};

impl<'s> StatementBuilder<'s> {
    /// The SQL of a filter on the rows of a table that goes by an alias.
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
                if !matches!(scalar.column.kind, Kind::Text { .. } | Kind::EntityName) {
                    return Err(Refusal::bad(format!(
                        "No function signature for a text function matches the argument '{}' of type '{}'.",
                        path.join("/"),
                        scalar.column.kind.edm()
                    )));
                }
                let pattern = self.bind(pattern.clone());
                Ok(format!("dv_like({}, {pattern})", scalar.sql))
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
        let collation = left.collation();
        let right = match right {
            Operand::Literal(Literal::Null) => {
                return Ok(match comparison {
                    Comparison::Eq => format!("({} IS NULL)", left.sql),
                    Comparison::Ne => format!("({} IS NOT NULL)", left.sql),
                    _ => format!("({} IS NULL AND 0)", left.sql),
                });
            }
            Operand::Literal(value) => {
                let value = literal(left.column, value, comparison.odata_name())?;
                return Ok(self.compare_value(comparison, &left.sql, collation, value));
            }
            Operand::Path(path) => self.scalar(path, table, alias)?,
        };
        // The types have to match: Dataverse does not convert one column's values for a comparison with another's.
        if left.column.kind.edm() != right.column.kind.edm() {
            return Err(Refusal::bad(format!(
                "A binary operator with incompatible types was detected. Found operand types '{}' and '{}' for operator kind \
                 '{}'.",
                left.column.kind.edm(),
                right.column.kind.edm(),
                comparison.odata_name()
            )));
        }
        let (one, other) = (format!("{}{collation}", left.sql), right.sql);
        Ok(match comparison {
            Comparison::Eq => format!("({one} IS {other})"),
            Comparison::Ne => format!("({one} IS NOT {other})"),
            _ => format!("coalesce({one} {} {other}, 0)", operator(comparison)),
        })
    }

    /// A comparison with a value that is not null.
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
