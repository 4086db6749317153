//! The difference between two states of a record, as an update.

use super::{Rule, Violation, Violations};
use crate::Id;
use crate::change::Change;
use crate::codec::Codec;
use crate::metadata::EntityMetadata;
use crate::record_ref::RecordRef;
use crate::value::{Value, Written};

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
    pub fn id<T, F>(
        &mut self,
        codec: &Codec<F, Id<T>>,
        column: usize,
        before: &F,
        after: &F,
    ) -> RecordRef<T> {
        match ((codec.id)(before), (codec.id)(after)) {
            (Some(before), Some(after)) if before == after => Id::new(before).into(),
            _ => {
                self.violation(column, Rule::DifferentRecords);
                Id::new(uuid::Uuid::nil()).into()
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

    /// A state that changes while its status stays: the server would pick another status than the one that is asked for.
    pub fn check_status<S, SW, R, RW>(
        &mut self,
        (state, before_state, after_state): (&Codec<S, SW>, &S, &S),
        (status, before_status, after_status): (&Codec<R, RW>, &R, &R),
        column: usize,
    ) {
        let state_changes = matches!((state.change)(before_state, after_state), Change::Set(_));
        let status_stays = matches!((status.change)(before_status, after_status), Change::Keep);
        let (Some(state), Some(status_value)) = (integer(state, after_state), integer(status, after_status))
        else {
            return;
        };
        let belongs_to =
            status.options.iter().find(|each| each.value == status_value).and_then(|each| each.state);
        if let Some(belongs_to) = belongs_to
            && state_changes
            && status_stays
            && belongs_to != state
        {
            self.violation(column, Rule::StatusOfOtherState { status: status_value, belongs_to, state });
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

/// The integer of a choice.
fn integer<F, W>(codec: &Codec<F, W>, field: &F) -> Option<i32> {
    let write = (codec.write)(field)?;
    match (codec.written)(&write) {
        Written::Value(Value::Integer(integer)) => i32::try_from(integer).ok(),
        _ => None,
    }
}
