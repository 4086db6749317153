//! The difference between two states of a record, as an update.

use uuid::Uuid;

use super::field::{Difference, TableField, TableFields};
use super::{Columns, Rule, Violation, Violations};
use crate::metadata::{AttributeType, EntityMetadata};

/// Two states of a record, to be compared column by column.
pub(crate) struct Diff<'a> {
    table: &'static EntityMetadata,
    before: &'a dyn TableFields,
    after: &'a dyn TableFields,
    violations: Vec<Violation>,
}

impl<'a> Diff<'a> {
    pub(crate) fn new(
        table: &'static EntityMetadata,
        before: &'a dyn TableFields,
        after: &'a dyn TableFields,
    ) -> Self {
        Self { table, before, after, violations: Vec::new() }
    }

    /// The record that both are states of.
    pub(crate) fn id(&mut self) -> Uuid {
        let key = self.table.primary_id_attribute;
        let column =
            self.table.attributes.iter().position(|each| each.logical_name == key).unwrap_or_default();
        let guid = |state: &dyn TableFields| state.field(column).and_then(|field| field.guid());
        match (guid(self.before), guid(self.after)) {
            (Some(before), Some(after)) if before == after => before,
            _ => {
                self.violation(column, Rule::DifferentRecords);
                Uuid::nil()
            }
        }
    }

    /// Puts what turns one into the other into an update that holds nothing yet.
    pub(crate) fn fill(mut self, update: &mut dyn Columns) -> Result<(), Violations> {
        let (mut state, mut status) = (None, None);
        for &column in update.plan().columns {
            let (Some(before), Some(after), Some(slot)) =
                (self.before.field(column), self.after.field(column), update.slot(column))
            else {
                continue;
            };
            let difference = after.change(before, slot);
            if difference == Difference::NotClearable {
                self.violation(column, Rule::NotClearable);
            }
            match self.table.attributes[column].attribute_type {
                AttributeType::State { .. } => state = Some((after, difference)),
                AttributeType::Status { options } => status = Some((column, options, after, difference)),
                _ => {}
            }
        }
        if let (Some((state, Difference::Set)), Some((column, options, status, Difference::Same))) =
            (state, status)
        {
            self.check_status(column, options, state, status);
        }
        Violations::check(self.violations)
    }

    /// A state that changes while its status stays: the server would pick another status than the one that is asked for.
    fn check_status(
        &mut self,
        column: usize,
        options: &'static [crate::metadata::OptionMetadata],
        state: &dyn TableField,
        status: &dyn TableField,
    ) {
        let (Some(state), Some(status)) = (state.integer(), status.integer()) else { return };
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
