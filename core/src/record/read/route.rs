//! Where the members of a record go.
//!
//! A page repeats the same members in the same order, row after row. So each is looked up once, and the next row's
//! member is expected where the last row had it.

use crate::metadata::SourcePart;
use crate::table::RowPlan;

const FORMATTED_VALUE: &str = "OData.Community.Display.V1.FormattedValue";
const LOOKUP_LOGICAL_NAME: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";

/// How many members are remembered: more than a table has columns with all their annotations.
pub(super) const MOST_MEMBERS: usize = 4096;

/// Where a member goes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Route {
    /// Nobody asked for it.
    Skip,
    Etag,
    Context,
    /// The value of a column, of the primary id, of a note that the record was deleted, or of several of them.
    Value {
        column: Option<usize>,
        is_id: bool,
        note: Option<Note>,
    },
    /// An annotation of a column that is read, and of the columns that are taken from it.
    Annotation {
        part: SourcePart,
        own: Option<usize>,
        taken: Box<[usize]>,
    },
    /// Expanded records.
    Expand(usize),
    /// The link to more expanded records.
    NextLink(usize),
    /// What stands there if the answer is no record.
    OtherAnswer,
}

/// A member of a note that the record was deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    Id,
    Reason,
}

/// The members met so far, in their order.
#[derive(Debug, Default)]
pub(super) struct Routes {
    known: Vec<(Box<str>, Route)>,
    next: usize,
    /// The route of a member that is not remembered.
    other: Option<Route>,
    router: Router,
}

impl Routes {
    /// Says that a new record begins.
    pub(super) fn restart(&mut self) {
        self.next = 0;
    }

    /// Where the member with this name goes.
    pub(super) fn find(&mut self, name: &str, plan: &RowPlan, is_whole: bool) -> &Route {
        let expected = self.known.get(self.next).is_some_and(|(known, _)| **known == *name);
        let place = if expected {
            self.next
        } else if let Some(place) = self.known.iter().position(|(known, _)| **known == *name) {
            place
        } else if self.known.len() < MOST_MEMBERS {
            self.known.push((name.into(), self.router.route(name, plan, is_whole)));
            self.known.len() - 1
        } else {
            return self.other.insert(self.router.route(name, plan, is_whole));
        };
        self.next = place + 1;
        &self.known[place].1
    }
}

/// Looks members up.
#[derive(Debug, Default)]
pub(super) struct Router {
    /// The column that was found last. The columns of a response have an order, mostly that of the struct, so the next one is
    /// looked for behind it first.
    last: usize,
    /// The columns that are taken from annotations of others, once that was asked.
    taken: Option<Box<[usize]>>,
}

impl Router {
    /// Where the member with this name goes.
    pub(super) fn route(&mut self, name: &str, plan: &RowPlan, is_whole: bool) -> Route {
        let expand = |name: &str| plan.expands.iter().position(|each| each.navigation == name);
        match name.split_once('@') {
            None => match expand(name) {
                Some(place) => Route::Expand(place),
                None => self.value(name, plan, is_whole),
            },
            Some(("", "odata.etag")) => Route::Etag,
            Some(("", "odata.context")) => Route::Context,
            Some((name, FORMATTED_VALUE)) => self.annotation(name, SourcePart::Name, plan),
            Some((name, LOOKUP_LOGICAL_NAME)) => self.annotation(name, SourcePart::Type, plan),
            Some((name, "odata.nextLink")) => expand(name).map_or(Route::Skip, Route::NextLink),
            Some(_) => Route::Skip,
        }
    }

    fn value(&mut self, name: &str, plan: &RowPlan, is_whole: bool) -> Route {
        let column = self.column_of(name, plan);
        let is_id = name == plan.table.primary_id_attribute;
        let note = match name {
            "id" => Some(Note::Id),
            "reason" => Some(Note::Reason),
            _ => None,
        };
        if column.is_some() || is_id || note.is_some() {
            Route::Value { column, is_id, note }
        } else if is_whole && matches!(name, "error" | "value") {
            Route::OtherAnswer
        } else {
            Route::Skip
        }
    }

    fn annotation(&mut self, name: &str, part: SourcePart, plan: &RowPlan) -> Route {
        let of = lookup_stem(name).unwrap_or(name);
        let own = self.column_of(name, plan);
        let is_taken = |place: &usize| plan.columns[*place].source.is_some();
        let taken = self.taken.get_or_insert_with(|| (0..plan.columns.len()).filter(is_taken).collect());
        let is_it = |place: &usize| {
            let source = plan.columns[*place].source;
            source.is_some_and(|source| source.part == part && source.attribute_of == of)
        };
        let taken: Box<[usize]> = taken.iter().copied().filter(is_it).collect();
        if own.is_none() && taken.is_empty() { Route::Skip } else { Route::Annotation { part, own, taken } }
    }

    /// The column that is read under this name.
    fn column_of(&mut self, name: &str, plan: &RowPlan) -> Option<usize> {
        let stem = lookup_stem(name);
        let is_it = |place: &usize| {
            let column = &plan.columns[*place];
            let wanted = if column.attribute_type.is_lookup() { stem } else { Some(name) };
            wanted == Some(column.logical_name) && column.is_valid_odata_attribute()
        };
        let place = (self.last..plan.columns.len()).chain(0..self.last).find(is_it)?;
        self.last = place;
        Some(place)
    }
}

/// The logical name of the lookup that is read as `_name_value`.
fn lookup_stem(name: &str) -> Option<&str> {
    name.strip_prefix('_')?.strip_suffix("_value")
}
