//! One record after the other: members that repeat are taken as runs, the others one by one, and their values
//! go into the fields.

use super::super::cells::{formatted_values, lacks_required};
use super::super::context::ReadContext;
use super::super::route::{Effect, Route, ValueRoute};
use super::budget::Budget;
use super::layout::{Found, Layout};
use super::members::{put_etag, records};
use super::runs::Runs;
use super::scanner::Scanner;
use super::shape::LastValues;
use crate::record::fields::Fields;
use crate::table::RowPlan;

/// The interval, in records, at which a value that did not repeat is compared again.
const RETRY: u32 = 4;

/// Reads one record after the other. A reader that returned `None` must not be used again.
pub(super) struct RecordReader<'de> {
    plan: &'static RowPlan,
    layout: Layout<'de>,
    runs: Runs<'de>,
    last: LastValues<'de>,
    /// The readers of expanded records, by the index of their navigation property.
    nested: Vec<RecordReader<'de>>,
    /// The number of the current record, from 1.
    record: u32,
}

impl<'de> RecordReader<'de> {
    pub(super) fn new(plan: &'static RowPlan) -> Self {
        Self {
            plan,
            layout: Layout::new(plan),
            runs: Runs::new(),
            last: LastValues::NONE,
            nested: Vec::new(),
            record: 0,
        }
    }

    /// Reads a record into blank fields.
    pub(super) fn read(
        &mut self,
        scanner: &mut Scanner<'de>,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
        budget: &mut Budget,
    ) -> Option<()> {
        self.record += 1;
        self.runs.start_record(self.record);
        scanner.take(b'{')?;
        if scanner.take(b'}').is_none() {
            let mut next = 0;
            loop {
                if let Some(length) = self.runs.take(scanner, next) {
                    let run = next..next + length;
                    next = run.end;
                    self.layout.last_records[run.clone()].fill(self.record);
                    for index in run {
                        if !self.layout.slots[index].is_idle {
                            self.deliver(index, fields, context)?;
                        }
                    }
                } else {
                    let start = scanner.position();
                    let index = self.member(scanner, next, fields, context, budget)?;
                    self.runs.learn(scanner, index, start, self.layout.slots[index].repeats);
                    next = index + 1;
                }
                if scanner.take(b',').is_none() {
                    break;
                }
            }
            scanner.take(b'}')?;
        }
        self.runs.end_record();
        self.finish(fields, context)
    }

    /// Reads the next member, and returns the index of its slot.
    fn member(
        &mut self,
        scanner: &mut Scanner<'de>,
        expected: usize,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
        budget: &mut Budget,
    ) -> Option<usize> {
        let index = match self.layout.find(scanner, expected, self.record == 1, budget)? {
            Found::Known(index) => index,
            Found::New(index) => {
                self.runs.insert(index);
                index
            }
        };
        let (slot, last_record) = (&mut self.layout.slots[index], &mut self.layout.last_records[index]);
        let is_known = core::mem::replace(last_record, self.record) > 0;
        match slot.route {
            Route::Expand(expand) => self.expand(scanner, expand, fields, context, budget)?,
            Route::Etag => put_etag(scanner, fields)?,
            _ => {
                // A value that did not repeat rarely repeats later, so it is compared again only every
                // `RETRY` records.
                let may_repeat = is_known && (slot.repeats || self.record.is_multiple_of(RETRY));
                let repeated =
                    core::mem::replace(&mut slot.repeats, may_repeat && scanner.take_value(slot.text));
                if !slot.repeats {
                    if repeated {
                        self.runs.changed();
                    }
                    let start = scanner.position();
                    slot.shape.read(scanner, &mut self.last, &mut slot.held)?;
                    slot.text = scanner.since(start);
                    slot.is_idle = slot.has_no_effect();
                }
                if !slot.is_idle {
                    self.deliver(index, fields, context)?;
                }
            }
        }
        Some(index)
    }

    /// Puts the value of a slot into its destination. Always inline: a call would cost a tenth of the time of a
    /// page that repeats little.
    #[inline(always)]
    fn deliver(
        &mut self,
        index: usize,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
    ) -> Option<()> {
        let Layout { slots, last_records, columns, .. } = &mut self.layout;
        let slot = &slots[index];
        // Nearly all members that have an effect are values.
        if let Route::Value(ValueRoute { column: Some(index), .. }) = slot.route {
            let column = &mut columns[index];
            column.last_record = self.record;
            let cell = column.parts.cell(&slot.held, |&annotation| {
                (last_records[annotation] == self.record).then(|| &slots[annotation].held)
            });
            return fields.read_column(index, cell, &mut context.strings).ok();
        }
        self.deliver_other(index, fields, context)
    }

    /// Puts an annotation into its destination, or takes note of what else a member says.
    fn deliver_other(
        &mut self,
        index: usize,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
    ) -> Option<()> {
        let Layout { slots, columns, .. } = &mut self.layout;
        let slot = &slots[index];
        match slot.route.effect(&slot.held.value) {
            Effect::Annotation(route) => {
                for &index in &route.values {
                    let column = &mut columns[index];
                    column.last_record = self.record;
                    let cell = column.parts.cell(&slot.held, |_| None);
                    fields.read_column(index, cell, &mut context.strings).ok()?;
                }
            }
            Effect::NextLink(expand) => {
                if let (Some(link), Some(field)) = (slot.held.text(), fields.expand_mut(expand)) {
                    field.put_next_link(link.clone().into_owned());
                }
            }
            Effect::Tombstone(true) => return None,
            Effect::Value(_) | Effect::Tombstone(false) | Effect::Nothing => {}
        }
        Some(())
    }

    /// Reads the content of an expanded navigation property.
    fn expand(
        &mut self,
        scanner: &mut Scanner<'de>,
        index: usize,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
        budget: &mut Budget,
    ) -> Option<()> {
        let field = fields.expand_mut(index)?;
        while self.nested.len() <= index {
            self.nested.push(Self::new((self.plan.expands[self.nested.len()].plan)()));
        }
        let record = &mut self.nested[index];
        records(scanner, field, budget, |scanner, fields, budget| {
            record.read(scanner, fields, context, budget)
        })
    }

    /// Ends a record: checks that nothing is missing, and keeps the formatted values.
    fn finish(&mut self, fields: &mut dyn Fields<'de>, context: &mut ReadContext) -> Option<()> {
        let Layout { slots, last_records, columns, .. } = &self.layout;
        if lacks_required(self.plan, |column| columns[column].last_record == self.record) {
            return None;
        }
        if context.formatted_values
            && let Some(head) = fields.head_mut()
        {
            let displays = columns.iter().map(|column| {
                let slot = column.parts.display.filter(|slot| last_records[*slot] == self.record)?;
                Some(&slots[slot].held)
            });
            head.formatted = formatted_values(self.plan, displays, context);
        }
        Some(())
    }
}
