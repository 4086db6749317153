//! The meaning of a record's members. The name of a member decides its route, and the value decides its
//! effect. Both readers follow these rules.

use crate::column::Value;
use crate::metadata::SourcePart;
use crate::table::{RowPlan, lookup_stem};

pub(in crate::record) const FORMATTED_VALUE: &str = "OData.Community.Display.V1.FormattedValue";
pub(in crate::record) const LOOKUP_LOGICAL_NAME: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";

/// The end of a tombstone's `@odata.context`.
const DELETED_ENTITY: &str = "/$deletedEntity";

/// The meaning of a member, by its name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Route {
    /// Nothing reads it.
    Skip,
    Etag,
    Context,
    Value(ValueRoute),
    Annotation(AnnotationRoute),
    /// Expanded records.
    Expand(usize),
    /// The link to more expanded records.
    NextLink(usize),
    /// A member of an error or of a page, which are not records.
    OtherResponse,
}

/// The value of a column, the primary id, a member of a tombstone, or several of these at once.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ValueRoute {
    pub(super) column: Option<usize>,
    pub(super) is_id: bool,
    pub(super) tombstone: Option<TombstoneMember>,
}

/// A member with a meaning in a tombstone. In a record, it may be any column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TombstoneMember {
    Id,
    Reason,
}

/// An annotation. It is part of the cell of its own column, and the value of the columns that are read from
/// it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AnnotationRoute {
    pub(super) part: SourcePart,
    pub(super) own: Option<usize>,
    pub(super) values: Box<[usize]>,
}

/// The effect of a member on its record.
pub(crate) enum Effect<'r> {
    Nothing,
    Value(&'r ValueRoute),
    Annotation(&'r AnnotationRoute),
    /// Links to more of the expanded records at this index, if the value is a string.
    NextLink(usize),
    /// Says whether the record is a tombstone.
    Tombstone(bool),
}

impl Route {
    /// Returns the route of the member with this name. If the record is the whole response, the members of an
    /// error or a page have a route, too.
    pub(super) fn of(name: &str, plan: &RowPlan, is_whole: bool) -> Self {
        let expand = |name: &str| plan.expands.iter().position(|each| each.navigation == name);
        // Names are short, so a loop over their bytes costs less than `split_once`.
        let at = name.bytes().position(|byte| byte == b'@');
        match at.map(|at| (&name[..at], &name[at + 1..])) {
            None => match expand(name) {
                Some(index) => Self::Expand(index),
                None => value(name, plan, is_whole),
            },
            Some(("", "odata.etag")) => Self::Etag,
            Some(("", "odata.context")) => Self::Context,
            Some((name, FORMATTED_VALUE)) => annotation(name, SourcePart::Name, plan),
            Some((name, LOOKUP_LOGICAL_NAME)) => annotation(name, SourcePart::Type, plan),
            Some((name, "odata.nextLink")) => expand(name).map_or(Self::Skip, Self::NextLink),
            Some(_) => Self::Skip,
        }
    }

    /// Returns the effect of a member with this route and this value. An annotation that is not a string has
    /// no effect. Each reader has its own code for etags, expanded records and other responses.
    #[inline]
    pub(super) fn effect(&self, value: &Value<'_>) -> Effect<'_> {
        match (self, value) {
            (Self::Value(route), _) => Effect::Value(route),
            (Self::Annotation(route), Value::Text(_)) => Effect::Annotation(route),
            (Self::NextLink(expand), _) => Effect::NextLink(*expand),
            (Self::Context, Value::Text(text)) => Effect::Tombstone(text.ends_with(DELETED_ENTITY)),
            (Self::Context, _) => Effect::Tombstone(false),
            _ => Effect::Nothing,
        }
    }
}

fn value(name: &str, plan: &RowPlan, is_whole: bool) -> Route {
    let column = plan.column_of(name);
    let is_id = name == plan.table.primary_id_attribute;
    let tombstone = match name {
        "id" => Some(TombstoneMember::Id),
        "reason" => Some(TombstoneMember::Reason),
        _ => None,
    };
    if column.is_some() || is_id || tombstone.is_some() {
        Route::Value(ValueRoute { column, is_id, tombstone })
    } else if is_whole && matches!(name, "error" | "value") {
        Route::OtherResponse
    } else {
        Route::Skip
    }
}

fn annotation(name: &str, part: SourcePart, plan: &RowPlan) -> Route {
    let own = plan.column_of(name);
    let values: Box<[usize]> = plan.read_from(lookup_stem(name).unwrap_or(name), part).collect();
    if own.is_none() && values.is_empty() {
        Route::Skip
    } else {
        Route::Annotation(AnnotationRoute { part, own, values })
    }
}
