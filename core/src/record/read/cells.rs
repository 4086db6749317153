//! The rules that both readers share: which annotation belongs to which part of a cell, which columns must
//! have a value, and what the formatted values of a record are.

use std::sync::Arc;

use super::context::ReadContext;
use crate::column::{Cell, Held};
use crate::metadata::SourcePart;
use crate::table::RowPlan;

/// The value and the annotations of a column. The full reader has the contents here (`T` is [`Held`]); the
/// fast reader has the indexes of the members that hold them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CellParts<T> {
    pub(super) value: Option<T>,
    pub(super) display: Option<T>,
    pub(super) table: Option<T>,
}

impl<T> CellParts<T> {
    pub(super) const EMPTY: Self = Self { value: None, display: None, table: None };

    /// Returns the slot of an annotation; `None` if no field reads it.
    pub(super) fn annotation_mut(&mut self, part: SourcePart) -> Option<&mut Option<T>> {
        match part {
            SourcePart::Name => Some(&mut self.display),
            SourcePart::Type => Some(&mut self.table),
            SourcePart::YomiName => None,
        }
    }

    /// Returns the cell of this value, with the annotations that `content` finds.
    #[inline]
    pub(super) fn cell<'c, 'de>(
        &'c self,
        value: &'c Held<'de>,
        content: impl Fn(&'c T) -> Option<&'c Held<'de>>,
    ) -> Cell<'c, 'de> {
        let content = &content;
        Cell::new(value, self.display.as_ref().and_then(content), self.table.as_ref().and_then(content))
    }
}

/// Returns whether a column that must have a value has none. The full reader then reports the error, because
/// the field refuses `null`.
#[inline]
pub(super) fn lacks_required(plan: &RowPlan, has_value: impl Fn(usize) -> bool) -> bool {
    plan.required.iter().any(|&(column, is_required)| is_required && !has_value(column))
}

/// Returns the formatted values of a record, by logical name. `displays` has one item for each column.
pub(super) fn formatted_values<'c, 'de: 'c>(
    plan: &RowPlan,
    displays: impl Iterator<Item = Option<&'c Held<'de>>>,
    context: &mut ReadContext,
) -> Vec<(&'static str, Arc<str>)> {
    let shown = displays.zip(plan.columns);
    shown
        .filter_map(|(display, column)| Some((column.logical_name, display?.share(&mut context.strings)?)))
        .collect()
}
