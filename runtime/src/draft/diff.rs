//! The difference between two states of a record, as an update.

use super::{Rule, Violation, Violations};
use crate::Id;
use crate::change::Change;
use crate::codec::Codec;
use crate::metadata::EntityMetadata;

/// Compares two states of a record, column by column.
#[doc(hidden)]
#[derive(Debug)]
pub struct Diff {
    table: &'static EntityMetadata,
    violations: Vec<Violation>,
}

impl Diff {
    pub fn new(table: &'static EntityMetadata) -> Self {
        Self { table, violations: Vec::new() }
    }

    /// The record that both are states of.
    pub fn id<T, F>(&mut self, codec: &Codec<F, Id<T>>, column: usize, before: &F, after: &F) -> Id<T> {
        match ((codec.id)(before), (codec.id)(after)) {
            (Some(before), Some(after)) if before == after => Id::new(before),
            _ => {
                self.violation(column, Rule::DifferentRecords);
                Id::new(uuid::Uuid::nil())
            }
        }
    }

    /// What turns one into the other, for a column that can be cleared.
    pub fn change<F, W>(&self, codec: &Codec<F, W>, before: &F, after: &F) -> Change<W> {
        (codec.change)(before, after)
    }

    /// What turns one into the other, for a column that cannot be cleared.
    pub fn replace<F, W>(&mut self, codec: &Codec<F, W>, column: usize, before: &F, after: &F) -> Option<W> {
        match (codec.change)(before, after) {
            Change::Keep => None,
            Change::Clear => {
                self.violation(column, Rule::NotClearable);
                None
            }
            Change::Set(value) => Some(value),
        }
    }

    /// The update, if nothing spoke against it.
    pub fn finish<U>(self, update: U) -> Result<U, Violations> {
        Violations::check(self.violations).map(|()| update)
    }

    fn violation(&mut self, column: usize, rule: Rule) {
        self.violations.push(Violation::new(self.table, &self.table.attributes[column], rule));
    }
}
