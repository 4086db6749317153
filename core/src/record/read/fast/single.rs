//! A record that is read without others like it: nothing is remembered, and each member is looked up.
//!
//! The [reader of records in a row](super::record) remembers each member, which pays off only if the next
//! record repeats it. This reader is for a response that is one record, for an expanded record within one,
//! and for the first row of a page, which is often the only one.
//!
//! A record mostly has the order of the struct, which is the order of `$select`. So the next column predicts
//! the next members. With the columns `name` and `ownerid`:
//!
//! ```text
//! {"name":"A",                                    predicted: `name`
//!  "_ownerid_value@…FormattedValue":"Ann",        predicted: a member of `ownerid`, held until its value
//!  "_ownerid_value@…lookuplogicalname":"team",    predicted again: a value has not come yet
//!  "_ownerid_value":"6f9619ff-…"}                 predicted: with both annotations, it is the cell
//! ```
//!
//! If a member is not predicted, its column is looked up, and predicts it. What belongs to no column has a
//! [`Route`]. The prediction is only a shorter way to the route of the same name.
//!
//! The invariant: **a value is read with all annotations of its column.** Only the annotations of one column
//! are held. A value that comes after annotations of another column, an annotation that comes after its
//! value, and a member that comes twice are left to the full reader.

use std::sync::Arc;

use super::super::cells::{CellParts, lacks_required};
use super::super::context::ReadContext;
use super::super::route::{AnnotationRoute, Effect, Route, ValueRoute};
use super::budget::Budget;
use super::member_name::Member;
use super::members::{put_etag, records};
use super::record::RecordReader;
use super::scanner::Scanner;
use super::shape::{LastValues, Shape};
use crate::column::{Cell, Held, Value};
use crate::metadata::{AttributeMetadata, SourcePart};
use crate::record::fields::Fields;
use crate::table::RowPlan;

/// The maximum number of columns, which is that of a table of Dataverse.
const MAX_COLUMNS: usize = 1024;

/// Reads a response that is one record.
pub(crate) fn record<'de>(
    text: &'de str,
    plan: &'static RowPlan,
    fields: &mut dyn Fields<'de>,
    context: &mut ReadContext,
) -> Option<()> {
    let mut scanner = Scanner::new(text);
    let mut reader = SingleReader { is_whole: true, ..SingleReader::new(plan) };
    reader.read(&mut scanner, fields, context, &mut Budget::new())?;
    scanner.is_at_end().then_some(())
}

/// Reads one record. A reader that returned `None`, or has read a record, must not be used again.
pub(super) struct SingleReader<'de> {
    plan: &'static RowPlan,
    /// Whether the record is the whole response.
    is_whole: bool,
    /// The index of the column whose members are expected next.
    next: usize,
    /// The column whose annotations are held.
    annotated: Option<usize>,
    annotations: CellParts<Held<'de>>,
    /// The columns that had an annotation, those that had a value, and those whose value is not `null`.
    with_annotation: ColumnSet,
    with_value: ColumnSet,
    filled: ColumnSet,
    /// The navigation properties that had records, and those that had a link.
    expanded: ColumnSet,
    linked: ColumnSet,
    formatted: Vec<(usize, Arc<str>)>,
    last: LastValues<'de>,
}

impl<'de> SingleReader<'de> {
    pub(super) fn new(plan: &'static RowPlan) -> Self {
        Self {
            plan,
            is_whole: false,
            next: 0,
            annotated: None,
            annotations: CellParts::EMPTY,
            with_annotation: ColumnSet::NONE,
            with_value: ColumnSet::NONE,
            filled: ColumnSet::NONE,
            expanded: ColumnSet::NONE,
            linked: ColumnSet::NONE,
            formatted: Vec::new(),
            last: LastValues::NONE,
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
        scanner.take(b'{')?;
        if scanner.take(b'}').is_none() {
            loop {
                self.member(scanner, fields, context, budget)?;
                if scanner.take(b',').is_none() {
                    break;
                }
            }
            scanner.take(b'}')?;
        }
        self.finish(fields)
    }

    fn member(
        &mut self,
        scanner: &mut Scanner<'de>,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
        budget: &mut Budget,
    ) -> Option<()> {
        let plan = self.plan;
        if let Some((column, member)) = self.predicted(scanner).or_else(|| self.looked_up(scanner)) {
            self.next = column;
            return match member {
                Member::Value => self.value(column, scanner, fields, context),
                Member::Annotation(part) => {
                    let value = Held::new(scanner.text()?);
                    for reader in plan.read_from(plan.columns[column].logical_name, part) {
                        self.read_from(&value, reader, fields, context)?;
                    }
                    self.hold(column, part, value, context)
                }
                Member::Skip => scanner.skip(),
            };
        }
        match Route::of(scanner.name()?, plan, self.is_whole) {
            Route::Value(ValueRoute { column: Some(column), .. }) => {
                self.value(column, scanner, fields, context)
            }
            Route::Annotation(AnnotationRoute { part, own, values }) => {
                let value = Held::new(scanner.text()?);
                for reader in values {
                    self.read_from(&value, reader, fields, context)?;
                }
                own.map_or(Some(()), |own| self.hold(own, part, value, context))
            }
            Route::Expand(expand) => {
                self.expanded.insert(expand)?;
                let (nested, field) = ((plan.expands[expand].plan)(), fields.expand_mut(expand)?);
                let mut many = field.is_collection().then(|| RecordReader::new(nested));
                records(scanner, field, budget, |scanner, fields, budget| match &mut many {
                    Some(reader) => reader.read(scanner, fields, context, budget),
                    None => Self::new(nested).read(scanner, fields, context, budget),
                })
            }
            Route::Etag => put_etag(scanner, fields),
            route @ (Route::NextLink(_) | Route::Context) => {
                let value = scanner.value()?;
                match (route.effect(&value), value) {
                    (Effect::NextLink(expand), Value::Text(link)) => {
                        self.linked.insert(expand)?;
                        fields.expand_mut(expand)?.put_next_link(link.into_owned());
                        Some(())
                    }
                    (Effect::Tombstone(false), _) => Some(()),
                    _ => None,
                }
            }
            Route::Value(_) | Route::Skip => scanner.skip(),
            Route::OtherResponse => None,
        }
    }

    /// Takes the name of a member of the expected column, if it is next.
    #[inline]
    fn predicted(&mut self, scanner: &mut Scanner<'de>) -> Option<(usize, Member)> {
        let column = loop {
            let column = self.plan.columns.get(self.next)?;
            if column.is_valid_odata_attribute() {
                break column;
            }
            self.next += 1;
        };
        let start = scanner.position();
        let member = scanner
            .take_column(column.logical_name, column.attribute_type.is_lookup())
            .and_then(|()| scanner.rest_of_name())
            .filter(|_| self.says_what_it_is(column));
        if member.is_none() {
            scanner.go_to(start);
        }
        Some((self.next, member?))
    }

    /// Takes the name of a member of any column, if it is next.
    fn looked_up(&self, scanner: &mut Scanner<'de>) -> Option<(usize, Member)> {
        let start = scanner.position();
        let column = scanner.column_name().and_then(|name| self.plan.column_of(name));
        let member = column
            .and_then(|_| scanner.rest_of_name())
            .filter(|_| column.is_some_and(|column| self.says_what_it_is(self.plan.columns[column])));
        if member.is_none() {
            scanner.go_to(start);
        }
        Some((column?, member?))
    }

    /// Returns whether a member with the name of this column is its value. Expanded records may have that name,
    /// too.
    #[inline]
    fn says_what_it_is(&self, column: &AttributeMetadata) -> bool {
        let name = column.logical_name;
        column.attribute_type.is_lookup()
            || (!name.starts_with('_') && self.plan.expands.iter().all(|expand| expand.navigation != name))
    }

    /// Reads the value of a column.
    fn value(
        &mut self,
        column: usize,
        scanner: &mut Scanner<'de>,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
    ) -> Option<()> {
        let holds_annotations = self.annotated == Some(column);
        if !holds_annotations && self.with_annotation.contains(column) {
            return None;
        }
        self.with_value.insert(column)?;
        self.next = column + 1;
        if scanner.take_value(b"null") {
            return Some(());
        }
        let mut held = Held::new(Value::Null);
        Shape::of(&self.plan.columns[column].attribute_type).read(scanner, &mut self.last, &mut held)?;
        self.filled.insert(column)?;
        let cell = match holds_annotations {
            true => self.annotations.cell(&held, Some),
            false => Cell::new(&held, None, None),
        };
        fields.read_column(column, cell, &mut context.strings).ok()
    }

    /// Reads a column from the annotation of another one.
    fn read_from(
        &mut self,
        annotation: &Held<'de>,
        column: usize,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
    ) -> Option<()> {
        if annotation.text().is_some() {
            // A second annotation replaces the first.
            let _ = self.filled.insert(column);
            fields.read_column(column, Cell::new(annotation, None, None), &mut context.strings).ok()?;
        }
        Some(())
    }

    /// Holds an annotation until the value of its column comes.
    fn hold(
        &mut self,
        column: usize,
        part: SourcePart,
        annotation: Held<'de>,
        context: &mut ReadContext,
    ) -> Option<()> {
        if self.with_value.contains(column) {
            return None;
        }
        if self.annotated != Some(column) {
            self.with_annotation.insert(column)?;
            self.annotated = Some(column);
            self.annotations = CellParts::EMPTY;
        }
        if annotation.text().is_none() {
            return Some(());
        }
        if context.formatted_values && part == SourcePart::Name {
            self.formatted.push((column, annotation.share(&mut context.strings)?));
        }
        match self.annotations.annotation_mut(part) {
            Some(part) => part.replace(annotation).is_none().then_some(()),
            None => Some(()),
        }
    }

    /// Ends the record: checks that nothing is missing, and keeps the formatted values in the order of the
    /// columns.
    fn finish(&mut self, fields: &mut dyn Fields<'de>) -> Option<()> {
        if lacks_required(self.plan, |column| self.filled.contains(column)) {
            return None;
        }
        if !self.formatted.is_empty()
            && let Some(head) = fields.head_mut()
        {
            self.formatted.sort_unstable_by_key(|(column, _)| *column);
            let columns = self.plan.columns;
            let formatted = self.formatted.drain(..);
            head.formatted = formatted.map(|(column, text)| (columns[column].logical_name, text)).collect();
        }
        Some(())
    }
}

/// A set of columns, by their indexes.
struct ColumnSet([u64; MAX_COLUMNS / 64]);

impl ColumnSet {
    const NONE: Self = Self([0; MAX_COLUMNS / 64]);

    fn contains(&self, column: usize) -> bool {
        self.0.get(column / 64).is_some_and(|word| word & Self::bit(column) != 0)
    }

    /// Adds a column; `None` if the set has it, or cannot hold it.
    fn insert(&mut self, column: usize) -> Option<()> {
        let word = self.0.get_mut(column / 64)?;
        let before = core::mem::replace(word, *word | Self::bit(column));
        (before & Self::bit(column) == 0).then_some(())
    }

    fn bit(column: usize) -> u64 {
        1 << (column % 64)
    }
}
