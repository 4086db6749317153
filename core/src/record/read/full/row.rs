//! One record of a response, taken apart into cells.

use std::borrow::Cow;
use std::sync::Arc;

use uuid::Uuid;

use super::error::DecodeError;
use super::etag::Etag;
use super::fields::{Fields, ReadContext};
use super::route::Routes;
use crate::column::{Cell, Held, Value};
use crate::metadata::SourcePart;
use crate::table::RowPlan;

/// One record of a response: a cell for each column of the struct, a nest for each expanded navigation property.
#[derive(Debug)]
pub(super) struct Row<'de> {
    plan: &'static RowPlan,
    columns: Vec<Parts<'de>>,
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

/// What the response said of one column.
#[derive(Debug, Default)]
struct Parts<'de> {
    value: Option<Held<'de>>,
    display: Option<Held<'de>>,
    table: Option<Held<'de>>,
}

impl<'de> Parts<'de> {
    fn annotation(&mut self, part: SourcePart) -> Option<&mut Option<Held<'de>>> {
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
            nests: plan.expands.iter().map(|_| Nest::default()).collect(),
            routes: Routes::default(),
            etag: None,
            id: None,
            index: None,
            is_whole: false,
            problem: None,
            is_deleted: false,
            note: DeletedNote::default(),
        }
    }

    /// A row for an answer that is one record.
    pub(super) fn whole(plan: &'static RowPlan) -> Self {
        Self { is_whole: true, ..Self::new(plan) }
    }

    /// Empties the row for the next record.
    pub(super) fn reset(&mut self, index: usize) {
        self.columns.iter_mut().for_each(|parts| *parts = Parts::default());
        self.nests.iter_mut().for_each(|nest| *nest = Nest::default());
        self.etag = None;
        self.id = None;
        self.index = Some(index);
        self.problem = None;
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

    pub(super) fn put_next_link(&mut self, place: usize, link: Option<Cow<'de, str>>) {
        self.nests[place].next_link = link;
    }

    fn stands_twice(&mut self, name: &str) {
        self.problem.get_or_insert_with(|| format!("the member `{name}` stands there twice"));
    }

    /// Puts a value into the cell of a column.
    pub(super) fn put_value(&mut self, place: usize, value: Value<'de>) {
        if self.columns[place].value.replace(Held::new(value)).is_some() {
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
        let held = || Some(Held::new(Value::Text(text.clone())));
        for &place in taken {
            self.columns[place].value = held();
        }
        if let Some(part) = own.and_then(|place| self.columns[place].annotation(part)) {
            *part = held();
        }
    }

    /// Fills a record with what was collected, and says where if that fails.
    pub(super) fn fill(
        &mut self,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
    ) -> Result<(), DecodeError> {
        self.fill_inner(fields, context).map_err(|error| error.at(self.index, self.id.as_deref()))
    }

    /// Fills a record that may be one that is expanded inside another.
    pub(super) fn fill_inner(
        &mut self,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
    ) -> Result<(), DecodeError> {
        let plan = self.plan;
        if let Some(problem) = self.problem.take() {
            return Err(DecodeError::malformed(plan.table, problem));
        }
        if let Some(head) = fields.head_mut() {
            head.etag = self.etag.as_deref().map(Etag::new);
            if context.formatted_values {
                head.formatted = self.formatted_values(context);
            }
        }
        // A missing value is the same as `null`.
        let missing = Held::new(Value::Null);
        for (place, (parts, column)) in self.columns.iter().zip(plan.columns).enumerate() {
            let held = parts.value.as_ref().unwrap_or(&missing);
            let cell = Cell::new(held, parts.display.as_ref(), parts.table.as_ref());
            fields
                .read_column(place, cell, &mut context.strings)
                .map_err(|error| DecodeError::value(plan.table, column.logical_name, error))?;
        }
        for (place, (nest, expand)) in self.nests.iter_mut().zip(plan.expands).enumerate() {
            if let Some(field) = fields.expand_mut(place) {
                super::expand::fill(field, core::mem::take(nest), plan.table, expand.navigation, context)?;
            }
        }
        Ok(())
    }

    /// How many records are within each other.
    pub(super) fn levels(&self) -> usize {
        let within = |nest: &Nest<'de>| match &nest.content {
            Some(Content::One(row)) => row.levels(),
            Some(Content::Many(rows)) => rows.iter().map(Self::levels).max().unwrap_or_default(),
            _ => 0,
        };
        1 + self.nests.iter().map(within).max().unwrap_or_default()
    }

    /// The formatted values of the row's own columns, by logical name.
    fn formatted_values(&self, context: &mut ReadContext) -> Vec<(&'static str, Arc<str>)> {
        let shown = self.columns.iter().zip(self.plan.columns);
        shown
            .filter_map(|(parts, column)| {
                Some((column.logical_name, parts.display.as_ref()?.share(&mut context.strings)?))
            })
            .collect()
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
}
