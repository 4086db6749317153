//! The difference between two states of a record, as an update.

use uuid::Uuid;

use super::violation::{Rule, Violation, Violations};
use crate::column::Difference;
use crate::metadata::{AttributeType, EntityMetadata, OptionMetadata};

/// The comparison of two states of a record, column by column.
pub(crate) struct Diff {
    table: &'static EntityMetadata,
    violations: Vec<Violation>,
}

impl Diff {
    pub(crate) fn new(table: &'static EntityMetadata) -> Self {
        Self { table, violations: Vec::new() }
    }

    /// Returns the id of the record, which both states must have.
    pub(crate) fn id(&mut self, before: Option<Uuid>, after: Option<Uuid>) -> Uuid {
        match (before, after) {
            (Some(before), Some(after)) if before == after => before,
            _ => {
                let key = self.table.primary_id_attribute;
                let column = self.table.attributes.iter().position(|each| each.logical_name == key);
                self.violation(column.unwrap_or_default(), Rule::DifferentRecords);
                Uuid::nil()
            }
        }
    }

    /// Compares the columns. `differ` compares one column and writes the change into the update; `choice`
    /// returns the integer that a choice has in the second state.
    pub(crate) fn columns(
        mut self,
        columns: &[usize],
        differ: &mut dyn FnMut(usize) -> Difference,
        choice: &dyn Fn(usize) -> Option<i32>,
    ) -> Result<(), Violations> {
        let (mut state, mut status) = (None, None);
        for &column in columns {
            let difference = differ(column);
            if difference == Difference::NotClearable {
                self.violation(column, Rule::NotClearable);
            }
            match self.table.attributes[column].attribute_type {
                AttributeType::State { .. } if difference == Difference::Set => state = choice(column),
                AttributeType::Status { options } if difference == Difference::Same => {
                    status = choice(column).map(|status| (column, options, status));
                }
                _ => {}
            }
        }
        if let (Some(state), Some((column, options, status))) = (state, status) {
            self.check_status(column, options, state, status);
        }
        Violations::check(self.violations)
    }

    /// Adds a violation if the state changes and the status does not fit it: Dataverse would pick another
    /// status.
    fn check_status(&mut self, column: usize, options: &[OptionMetadata], state: i32, status: i32) {
        let belongs_to = options.iter().find(|each| each.value == status).and_then(|each| each.state);
        if let Some(belongs_to) = belongs_to
            && belongs_to != state
        {
            self.violation(column, Rule::StatusOfOtherState { status, belongs_to, state });
        }
    }

    fn violation(&mut self, column: usize, rule: Rule) {
        self.violations.push(Violation::new(self.table, &self.table.attributes[column], rule));
    }
}
