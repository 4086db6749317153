//! The rules: one function each, with the reason above it. None of them stops the others.
//!
//! A rule about one value is where the value is read (`meta`, `words`). Here are the rules about several values.

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

/// Checks every rule.
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
