//! What cannot be. One rule, one function, with the reason above it; none of them stops the others.
//!
//! What needs only one value is said where the value is read (`meta`, `words`); here are the rules between values.

mod arguments;
mod columns;
mod facts;
mod fields;
mod sources;
mod table;

#[cfg(test)]
pub(crate) use columns::{DRAFT_METHODS, TABLE_CONSTS};

use super::model::Entity;
use crate::common::diagnostics::Diagnostics;

/// Holds the struct against every rule.
pub(super) fn check(entity: &Entity, diagnostics: &mut Diagnostics) {
    table::check(entity, diagnostics);
    for column in &entity.columns {
        fields::check(column, entity, diagnostics);
        arguments::check(column, diagnostics);
        facts::check(column, entity, diagnostics);
    }
    sources::check(entity, diagnostics);
    columns::check(entity, diagnostics);
    facts::check_table(entity, diagnostics);
}
