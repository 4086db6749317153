//! One record of a response as cells, which fill the fields of a record.

use std::borrow::Cow;

use super::super::cells::{CellParts, formatted_values};
use super::super::context::ReadContext;
use super::super::route::{AnnotationRoute, TombstoneMember, ValueRoute};
use super::super::sink::Tombstone;
use super::routes::Routes;
use crate::column::{Held, Value, ValueError};
use crate::metadata::EntityMetadata;
use crate::record::error::DecodeError;
use crate::record::etag::Etag;
use crate::record::fields::{Fields, FillExpand};
use crate::table::RowPlan;
use uuid::Uuid;

/// One record of a response: a cell for each column of the struct, a nest for each expanded navigation
/// property.
#[derive(Debug)]
pub(crate) struct Row<'de> {
    plan: &'static RowPlan,
    cells: Vec<CellParts<Held<'de>>>,
    nests: Vec<Nest<'de>>,
    pub(super) routes: Routes,
    pub(super) etag: Option<Cow<'de, str>>,
    /// The primary id in the response, whether the struct reads it or not.
    id: Option<Cow<'de, str>>,
    /// The index in the page.
    index: Option<usize>,
    /// Whether the row is the whole response.
    pub(super) is_whole: bool,
    /// The problem of the record as a whole.
    pub(super) problem: Option<String>,
    /// Whether the row is a tombstone.
    pub(super) is_tombstone: bool,
    /// The members of a tombstone. In a record, members of these names may be columns.
    tombstone: TombstoneTexts<'de>,
}

/// The content of an expanded navigation property.
#[derive(Debug, Default)]
struct Nest<'de> {
    rows: Option<NestedRows<'de>>,
    next_link: Option<Cow<'de, str>>,
}

#[derive(Debug)]
pub(super) enum NestedRows<'de> {
    Null,
    One(Box<Row<'de>>),
    Many(Vec<Row<'de>>),
    /// The text of another value than an object or an array.
    Other(Cow<'de, str>),
}

/// The members of a tombstone.
#[derive(Debug, Default)]
struct TombstoneTexts<'de> {
    id: Option<Cow<'de, str>>,
    reason: Option<Cow<'de, str>>,
}

impl<'de> Row<'de> {
    pub(super) fn new(plan: &'static RowPlan) -> Self {
        Self {
            plan,
            cells: plan.columns.iter().map(|_| CellParts::EMPTY).collect(),
            nests: plan.expands.iter().map(|_| Nest::default()).collect(),
            routes: Routes::default(),
            etag: None,
            id: None,
            index: None,
            is_whole: false,
            problem: None,
            is_tombstone: false,
            tombstone: TombstoneTexts::default(),
        }
    }

    /// Returns a row to reuse for all rows of a page.
    pub(crate) fn of_page(plan: &'static RowPlan) -> Self {
        Self { routes: Routes::of_page(), ..Self::new(plan) }
    }

    /// Returns a row for a response that is a single record.
    pub(super) fn whole(plan: &'static RowPlan) -> Self {
        Self { is_whole: true, ..Self::new(plan) }
    }

    /// Empties the row for the next record.
    pub(crate) fn reset(&mut self, index: usize) {
        self.cells.fill_with(|| CellParts::EMPTY);
        self.nests.fill_with(Nest::default);
        self.etag = None;
        self.id = None;
        self.index = Some(index);
        self.problem = None;
        self.is_tombstone = false;
        self.tombstone = TombstoneTexts::default();
    }

    pub(super) fn plan(&self) -> &'static RowPlan {
        self.plan
    }

    pub(super) fn put_expanded(&mut self, expand: usize, rows: NestedRows<'de>) {
        if self.nests[expand].rows.replace(rows).is_some() {
            self.refuse_duplicate(self.plan.expands[expand].navigation);
        }
    }

    pub(super) fn put_next_link(&mut self, expand: usize, link: Option<Cow<'de, str>>) {
        self.nests[expand].next_link = link;
    }

    /// Puts a value into the cell of its column, and into all other destinations of its route.
    pub(super) fn put_value(&mut self, route: &ValueRoute, value: Value<'de>) {
        if route.is_id || route.tombstone.is_some() {
            let text = if let Value::Text(text) = &value { Some(text.clone()) } else { None };
            match route.tombstone {
                Some(TombstoneMember::Id) => self.tombstone.id.clone_from(&text),
                Some(TombstoneMember::Reason) => self.tombstone.reason.clone_from(&text),
                None => {}
            }
            if route.is_id {
                self.id = text;
            }
        }
        if let Some(column) = route.column
            && self.cells[column].value.replace(Held::new(value)).is_some()
        {
            let name = self.plan.columns[column].read_name().unwrap_or_default();
            self.refuse_duplicate(&name);
        }
    }

    /// Puts an annotation into the cell of its own column, and into the cells of the columns that are read
    /// from it.
    pub(super) fn put_annotation(&mut self, route: &AnnotationRoute, annotation: Value<'de>) {
        for &column in &route.values {
            self.cells[column].value = Some(Held::new(annotation.clone()));
        }
        if let Some(part) = route.own.and_then(|column| self.cells[column].annotation_mut(route.part)) {
            *part = Some(Held::new(annotation));
        }
    }

    fn refuse_duplicate(&mut self, name: &str) {
        self.problem.get_or_insert_with(|| format!("the member `{name}` appears twice"));
    }

    /// Fills a record with the cells. An error names the row and the record.
    pub(super) fn fill(
        &mut self,
        fields: &mut dyn Fields<'de>,
        context: &mut ReadContext,
    ) -> Result<(), DecodeError> {
        self.fill_fields(fields, context).map_err(|error| error.at(self.index, self.id.as_deref()))
    }

    /// Fills a record that may be expanded inside another.
    fn fill_fields(
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
                let displays = self.cells.iter().map(|parts| parts.display.as_ref());
                head.formatted = formatted_values(plan, displays, context);
            }
        }
        // A missing value is the same as `null`.
        let missing = Held::new(Value::Null);
        for (index, (parts, column)) in self.cells.iter().zip(plan.columns).enumerate() {
            let cell = parts.cell(parts.value.as_ref().unwrap_or(&missing), Some);
            fields
                .read_column(index, cell, &mut context.strings)
                .map_err(|error| DecodeError::value(plan.table, column.logical_name, error))?;
        }
        for (index, (nest, expand)) in self.nests.iter_mut().zip(plan.expands).enumerate() {
            if let Some(field) = fields.expand_mut(index) {
                core::mem::take(nest).fill(field, plan.table, expand.navigation, context)?;
            }
        }
        Ok(())
    }

    /// Returns the depth of nested records, including this one.
    pub(crate) fn depth(&self) -> usize {
        let within = |nest: &Nest<'de>| match &nest.rows {
            Some(NestedRows::One(row)) => row.depth(),
            Some(NestedRows::Many(rows)) => rows.iter().map(Self::depth).max().unwrap_or_default(),
            _ => 0,
        };
        1 + self.nests.iter().map(within).max().unwrap_or_default()
    }

    /// Returns the row as a tombstone. The id is a GUID, or the URL of the record, which ends with the GUID.
    pub(super) fn take_tombstone(&mut self) -> Result<Tombstone, DecodeError> {
        let id = self.tombstone.id.as_deref().unwrap_or_default();
        let inner = id.rsplit_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(id);
        let Ok(id) = Uuid::parse_str(inner) else {
            let problem = format!("expected the GUID of a deleted record, found {id:?}");
            return Err(DecodeError::malformed(self.plan.table, problem).at(self.index, None));
        };
        Ok(Tombstone { id, reason: self.tombstone.reason.take().map(Cow::into_owned) })
    }
}

impl<'de> Nest<'de> {
    /// Fills the field of the navigation property.
    fn fill(
        self,
        field: &mut dyn FillExpand<'de>,
        table: &'static EntityMetadata,
        navigation: &'static str,
        context: &mut ReadContext,
    ) -> Result<(), DecodeError> {
        if let Some(link) = self.next_link {
            field.put_next_link(link.into_owned());
        }
        let collection = field.is_collection();
        match self.rows {
            None | Some(NestedRows::Null) => Ok(()),
            Some(NestedRows::One(mut row)) if !collection => {
                row.fill_fields(field.begin(), context).map_err(|error| error.within(navigation, None))
            }
            Some(NestedRows::Many(rows)) if collection => {
                rows.into_iter().enumerate().try_for_each(|(index, mut row)| {
                    row.fill_fields(field.begin(), context)
                        .map_err(|error| error.within(navigation, Some(index)))
                })
            }
            Some(NestedRows::One(_)) => Err(unexpected(
                table,
                navigation,
                "an array of expanded records, because the field is a collection",
                "an object",
            )),
            Some(NestedRows::Many(rows)) => Err(unexpected(
                table,
                navigation,
                "one expanded record, because the field is not a collection",
                &format!("an array of {}", rows.len()),
            )),
            Some(NestedRows::Other(text)) => {
                let expected =
                    if collection { "an array of expanded records" } else { "one expanded record" };
                Err(unexpected(table, navigation, expected, &text))
            }
        }
    }
}

fn unexpected(
    table: &'static EntityMetadata,
    navigation: &'static str,
    expected: &'static str,
    found: &str,
) -> DecodeError {
    let found = Value::Json(found.to_owned().into());
    DecodeError::value(table, navigation, ValueError::new(expected, &found))
}
