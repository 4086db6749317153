//! The layout of a record: its members in the expected order.
//!
//! A layout that returned `None` may be inconsistent and must not be used again.

use super::super::cells::CellParts;
use super::super::route::{AnnotationRoute, Effect, Route, ValueRoute};
use super::budget::Budget;
use super::scanner::Scanner;
use super::shape::Shape;
use crate::column::{Held, Value};
use crate::table::RowPlan;

/// The maximum number of members, larger than any table's columns with all their annotations.
const MAX_MEMBERS: usize = 4096;

/// The members found so far.
pub(super) struct Layout<'de> {
    plan: &'static RowPlan,
    pub(super) slots: Vec<Slot<'de>>,
    /// The last record that had the member of each slot; 0 for none.
    pub(super) last_records: Vec<u32>,
    pub(super) columns: Vec<ColumnSlots>,
}

/// One member.
pub(super) struct Slot<'de> {
    /// The name in the text, with its quotes and the colon.
    name: &'de [u8],
    pub(super) route: Route,
    pub(super) shape: Shape,
    /// The text of the value in the last record that had the member.
    pub(super) text: &'de [u8],
    /// The value.
    pub(super) held: Held<'de>,
    /// Whether the value was that of the previous record.
    pub(super) repeats: bool,
    /// Whether the value has no effect on the fields.
    pub(super) is_idle: bool,
}

/// The members of a column.
#[derive(Clone)]
pub(super) struct ColumnSlots {
    /// The slots of its value and its annotations. The full reader reads records in which a value precedes
    /// its annotations.
    pub(super) parts: CellParts<usize>,
    /// The last record that had a value for it.
    pub(super) last_record: u32,
}

/// The slot of a member.
pub(super) enum Found {
    Known(usize),
    New(usize),
}

impl<'de> Layout<'de> {
    pub(super) fn new(plan: &'static RowPlan) -> Self {
        let column = ColumnSlots { parts: CellParts::EMPTY, last_record: 0 };
        Self {
            plan,
            slots: Vec::with_capacity(plan.columns.len()),
            last_records: Vec::with_capacity(plan.columns.len()),
            columns: vec![column; plan.columns.len()],
        }
    }

    /// Takes the name of the next member and finds its slot. A slot before the expected one means that the
    /// member is a duplicate, or that its record has another order.
    #[inline]
    pub(super) fn find(
        &mut self,
        scanner: &mut Scanner<'de>,
        expected: usize,
        is_first_record: bool,
        budget: &mut Budget,
    ) -> Option<Found> {
        if self.slots.get(expected).is_some_and(|slot| scanner.take_text(slot.name)) {
            return Some(Found::Known(expected));
        }
        let start = scanner.position();
        let name = scanner.name()?;
        let text = scanner.since(start);
        // In the first record, every member is new or a duplicate, and `insert` finds duplicates.
        if !is_first_record && let Some(index) = self.slots.iter().position(|slot| slot.name == text) {
            return (index > expected).then_some(Found::Known(index));
        }
        if self.slots.len() == MAX_MEMBERS {
            return None;
        }
        let route = Route::of(name, self.plan, false);
        self.insert(expected, text, route, budget)?;
        Some(Found::New(expected))
    }

    /// Adds a slot. Refuses duplicates that matter, and annotations that come after their value.
    fn insert(&mut self, index: usize, name: &'de [u8], route: Route, budget: &mut Budget) -> Option<()> {
        if index < self.slots.len() {
            budget.insert()?;
            for column in &mut self.columns {
                let CellParts { value, display, table } = &mut column.parts;
                for slot in [value, display, table].into_iter().flatten() {
                    *slot += usize::from(*slot >= index);
                }
            }
        }
        let mut shape = Shape::Any;
        match &route {
            Route::Value(ValueRoute { column: Some(column), .. }) => {
                shape = Shape::of(&self.plan.columns[*column].attribute_type);
                let parts = &mut self.columns[*column].parts;
                let is_later = |slot: Option<usize>| slot.is_some_and(|slot| slot > index);
                if parts.value.replace(index).is_some() || is_later(parts.display) || is_later(parts.table) {
                    return None;
                }
            }
            Route::Annotation(AnnotationRoute { part, own: Some(own), .. }) => {
                let parts = &mut self.columns[*own].parts;
                if parts.value.is_some_and(|value| value < index) {
                    return None;
                }
                if parts.annotation_mut(*part).is_some_and(|slot| slot.replace(index).is_some()) {
                    return None;
                }
            }
            Route::Expand(_) | Route::NextLink(_) if self.slots.iter().any(|slot| slot.name == name) => {
                return None;
            }
            Route::OtherResponse => return None,
            _ => {}
        }
        let held = Held::new(Value::Null);
        self.last_records.insert(index, 0);
        self.slots
            .insert(index, Slot { name, route, shape, text: &[], held, repeats: false, is_idle: false });
        Some(())
    }
}

impl Slot<'_> {
    /// Returns whether the value has no effect on the fields. Fields start blank, and annotations are read
    /// together with their value.
    #[inline]
    pub(super) fn has_no_effect(&self) -> bool {
        if let Route::Value(ValueRoute { column: Some(_), .. }) = self.route {
            return matches!(self.held.value, Value::Null);
        }
        match self.route.effect(&self.held.value) {
            Effect::Value(_) => true,
            Effect::Annotation(route) => route.values.is_empty(),
            Effect::NextLink(_) | Effect::Tombstone(true) => false,
            Effect::Tombstone(false) | Effect::Nothing => true,
        }
    }
}
