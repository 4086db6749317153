//! One record of a response, taken apart into cells.

use std::borrow::Cow;
use std::sync::Arc;

use uuid::Uuid;

use super::error::DecodeError;
use super::route::Routes;
use crate::Projection;
use crate::codec::Codec;
use crate::metadata::SourcePart;
use crate::plan::RowPlan;
use crate::value::{Cell, SharedStrings, Value, ValueError};

/// A struct that can be taken out of a row.
#[diagnostic::on_unimplemented(
    message = "`{Self}` reads no table",
    label = "neither a table nor a projection of one",
    note = "derive `DataverseEntity` for it, with `#[entity(of = Table)]` for a projection"
)]
pub trait FromRow<'de>: Projection {
    /// Takes the fields out of the cells.
    ///
    /// # Errors
    ///
    /// The first column whose value the field's type cannot hold.
    #[doc(hidden)]
    fn from_row(row: &mut Row<'de>, context: &mut ReadContext) -> Result<Self, DecodeError>;
}

/// What lives as long as a response is read.
#[derive(Debug, Default)]
pub struct ReadContext {
    pub(super) strings: SharedStrings,
    pub(super) formatted_values: bool,
}

/// One record of a response: a cell for each column of the struct, a nest for each expanded navigation property.
#[derive(Debug)]
pub struct Row<'de> {
    plan: &'static RowPlan,
    columns: Vec<Parts<'de>>,
    /// The number of the record in the row, from 1.
    record: usize,
    nests: Vec<Nest<'de>>,
    pub(super) routes: Routes,
    pub(super) etag: Option<Cow<'de, str>>,
    /// The primary id as the response has it, whether the struct asks for it or not.
    pub(super) id: Option<Cow<'de, str>>,
    /// The place in the page.
    pub(super) index: Option<usize>,
    /// Is the row the whole answer?
    pub(super) is_whole: bool,
    /// What is wrong with the record as a whole.
    pub(super) problem: Option<String>,
    /// The first field that could not be taken.
    error: Option<DecodeError>,
    /// Is this change tracking's note that the record was deleted?
    pub(super) is_deleted: bool,
    /// What such a note holds; members of these names may belong to anything.
    pub(super) note: DeletedNote<'de>,
}

/// What is behind an expanded navigation property.
#[derive(Debug, Default)]
pub(super) struct Nest<'de> {
    pub(super) content: Option<Content<'de>>,
    pub(super) next_link: Option<Cow<'de, str>>,
}

#[derive(Debug)]
pub(super) enum Content<'de> {
    Null,
    One(Box<Row<'de>>),
    Many(Vec<Row<'de>>),
    /// Neither an object nor an array, by its text.
    Other(Cow<'de, str>),
}

/// The members of a deleted record in a page of changes.
#[derive(Debug, Default)]
pub(super) struct DeletedNote<'de> {
    pub(super) id: Option<Cow<'de, str>>,
    pub(super) reason: Option<Cow<'de, str>>,
}

/// What the response said of one column, each part in the last record that had it.
#[derive(Debug)]
struct Parts<'de> {
    value: Part<Value<'de>>,
    display: Part<Cow<'de, str>>,
    table: Part<Cow<'de, str>>,
}

#[derive(Debug)]
struct Part<T> {
    content: T,
    /// The number of the record; 0 if no record had it.
    record: usize,
}

impl<T> Part<T> {
    /// The content, if it is that of the record with this number.
    fn of(&self, record: usize) -> Option<&T> {
        (self.record == record).then_some(&self.content)
    }
}

impl Default for Parts<'_> {
    fn default() -> Self {
        let nothing = || Part { content: Cow::Borrowed(""), record: 0 };
        Self { value: Part { content: Value::Null, record: 0 }, display: nothing(), table: nothing() }
    }
}

impl<'de> Parts<'de> {
    fn cell(&self, record: usize) -> Cell<'_, 'de> {
        Cell::new(self.value.of(record), self.display.of(record), self.table.of(record))
    }

    fn annotation(&mut self, part: SourcePart) -> Option<&mut Part<Cow<'de, str>>> {
        match part {
            SourcePart::Name => Some(&mut self.display),
            SourcePart::Type => Some(&mut self.table),
            SourcePart::YomiName => None,
        }
    }
}

impl<'de> Row<'de> {
    pub(super) fn new(plan: &'static RowPlan) -> Self {
        Self {
            plan,
            columns: plan.columns.iter().map(|_| Parts::default()).collect(),
            record: 1,
            nests: plan.expands.iter().map(|_| Nest::default()).collect(),
            routes: Routes::default(),
            etag: None,
            id: None,
            index: None,
            is_whole: false,
            problem: None,
            error: None,
            is_deleted: false,
            note: DeletedNote::default(),
        }
    }

    /// A row for an answer that is one record.
    pub(super) fn whole(plan: &'static RowPlan) -> Self {
        Self { is_whole: true, ..Self::new(plan) }
    }

    /// Empties the row for the next record. What stands in its cells stays there, as that of another record.
    pub(super) fn reset(&mut self, index: usize) {
        self.record += 1;
        self.nests.iter_mut().for_each(|nest| *nest = Nest::default());
        self.etag = None;
        self.id = None;
        self.index = Some(index);
        self.problem = None;
        self.error = None;
        self.is_deleted = false;
        self.note = DeletedNote::default();
    }

    pub(super) fn plan(&self) -> &'static RowPlan {
        self.plan
    }

    pub(super) fn put_content(&mut self, place: usize, content: Content<'de>) {
        if self.nests[place].content.replace(content).is_some() {
            self.stands_twice(self.plan.expands[place].navigation);
        }
    }

    /// Takes what is behind the expanded navigation property at this place.
    pub(super) fn take_nest(&mut self, place: usize) -> (Nest<'de>, &'static str) {
        (core::mem::take(&mut self.nests[place]), self.plan.expands[place].navigation)
    }

    pub(super) fn put_next_link(&mut self, place: usize, link: Option<Cow<'de, str>>) {
        self.nests[place].next_link = link;
    }

    fn stands_twice(&mut self, name: &str) {
        self.problem.get_or_insert_with(|| format!("the member `{name}` stands there twice"));
    }

    /// Puts a value into the cell of a column.
    pub(super) fn put_value(&mut self, place: usize, value: Value<'de>) {
        let part = &mut self.columns[place].value;
        part.content = value;
        self.mark_value(place);
    }

    /// Says that the value of a column is that of the record before; `false` if no record had one.
    pub(super) fn repeat_value(&mut self, place: usize) -> bool {
        let is_known = self.columns[place].value.record > 0;
        if is_known {
            self.mark_value(place);
        }
        is_known
    }

    fn mark_value(&mut self, place: usize) {
        let before = core::mem::replace(&mut self.columns[place].value.record, self.record);
        if before == self.record {
            let name = self.plan.columns[place].read_name().unwrap_or_default();
            self.stands_twice(&name);
        }
    }

    /// Puts an annotation to its own column and to the columns that are taken from it.
    #[expect(clippy::ptr_arg, reason = "a borrowed text is cloned as one")]
    pub(super) fn put_annotation(
        &mut self,
        part: SourcePart,
        own: Option<usize>,
        taken: &[usize],
        text: &Cow<'de, str>,
    ) {
        let record = self.record;
        for &place in taken {
            self.columns[place].value = Part { content: Value::Text(text.clone()), record };
        }
        if let Some(part) = own.and_then(|place| self.columns[place].annotation(part)) {
            *part = Part { content: text.clone(), record };
        }
    }

    /// Says that an annotation is that of the record before; `false` if no record had it.
    pub(super) fn repeat_annotation(
        &mut self,
        part: SourcePart,
        own: Option<usize>,
        taken: &[usize],
    ) -> bool {
        let record = self.record;
        match own.and_then(|place| self.columns[place].annotation(part)) {
            Some(part) if taken.is_empty() && part.record > 0 => {
                part.record = record;
                true
            }
            _ => false,
        }
    }

    /// The formatted values of the row's own columns, by logical name.
    pub(super) fn formatted_values(&self, strings: &mut SharedStrings) -> Vec<(&'static str, Arc<str>)> {
        self.columns
            .iter()
            .zip(self.plan.columns)
            .filter_map(|(parts, column)| {
                Some((column.logical_name, strings.share_of(parts.display.of(self.record)?)))
            })
            .collect()
    }

    /// Takes a struct out of the row, and says where if that fails.
    pub(super) fn take<T: FromRow<'de>>(&mut self, context: &mut ReadContext) -> Result<T, DecodeError> {
        self.take_inner(context).map_err(|error| error.at(self.index, self.id.as_deref()))
    }

    /// Takes a struct out of a row that is expanded inside another one.
    pub(super) fn take_inner<T: FromRow<'de>>(
        &mut self,
        context: &mut ReadContext,
    ) -> Result<T, DecodeError> {
        match self.problem.take() {
            Some(problem) => Err(DecodeError::malformed(self.plan.table, problem)),
            None => T::from_row(self, context),
        }
    }

    /// The id in the note that the record was deleted: a GUID, or the URL of the record, which ends with it.
    pub(super) fn deleted_id(&self) -> Result<Uuid, DecodeError> {
        let id = self.note.id.as_deref().unwrap_or_default();
        let inner = id.rsplit_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(id);
        Uuid::parse_str(inner).map_err(|_| {
            let problem = format!("expected the GUID of a deleted record, found {id:?}");
            DecodeError::malformed(self.plan.table, problem).at(self.index, None)
        })
    }

    /// Takes the field of the column at this place, for a projection; `None` where its type cannot hold the value.
    #[doc(hidden)]
    pub fn column<F>(
        &mut self,
        read: fn(Cell<'_, 'de>, &mut SharedStrings) -> Result<F, ValueError>,
        place: usize,
        context: &mut ReadContext,
    ) -> Option<F> {
        match read(self.columns[place].cell(self.record), &mut context.strings) {
            Ok(field) => Some(field),
            Err(error) => {
                let column = self.plan.columns[place].logical_name;
                self.fail(DecodeError::value(self.plan.table, column, error));
                None
            }
        }
    }

    /// Takes the field of the column at this place, for a table; `None` where its type cannot hold the value.
    #[doc(hidden)]
    pub fn decode<F, W>(
        &mut self,
        codec: &Codec<F, W>,
        place: usize,
        context: &mut ReadContext,
    ) -> Option<F> {
        self.column(codec.read, place, context)
    }

    /// Notes an error. The first is the one that is told.
    pub(super) fn fail(&mut self, error: DecodeError) {
        self.error.get_or_insert(error);
    }

    /// Why a field could not be taken.
    #[doc(hidden)]
    pub fn failure(&mut self) -> DecodeError {
        let unnoted = || DecodeError::malformed(self.plan.table, "a field could not be read");
        self.error.take().unwrap_or_else(unnoted)
    }
}
