//! What a lookup may point to.

use core::fmt;
use std::borrow::Cow;
use std::sync::Arc;

use uuid::Uuid;

use super::any::AnyRecord;
use crate::Id;
use crate::metadata::TargetTable;

/// What a lookup may point to: one table, or a closed set of tables as an enum of typed ids
/// (`#[derive(LookupTarget)]`).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something a lookup can point to",
    label = "neither a table nor a set of tables",
    note = "name a table that derives `DataverseEntity` (for a projection, the table it reads), or an enum of typed ids that derives `LookupTarget`"
)]
pub trait LookupTarget: Sized + 'static {
    /// What names a record: an [`Id`] of the table, or the enum.
    type Key: Clone + fmt::Debug + PartialEq;

    /// The tables.
    const TARGETS: &'static [TargetTable];

    /// The enum's variants, one for each table; none for a single table.
    #[doc(hidden)]
    const VARIANTS: &'static [&'static str];

    /// The enum's variant for other tables, if it has one.
    #[doc(hidden)]
    const UNKNOWN: Option<&'static str>;

    /// The key for a GUID and the table name that the response gave, if it gave one. The error says what would have
    /// been right.
    #[doc(hidden)]
    fn key_from(id: Uuid, table: Option<&str>) -> Result<Self::Key, Cow<'static, str>>;

    /// The record that a key names.
    #[doc(hidden)]
    fn reference(key: &Self::Key) -> Reference<'_>;

    /// A key that names no record, for a field that is still to be read.
    #[doc(hidden)]
    fn blank() -> Self::Key;
}

/// A record of a table that a polymorphic lookup's enum has no variant for, or of a table the response did not name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct UnknownTarget {
    /// The record.
    pub id: Uuid,
    /// Logical name of its table, where the response gave it.
    pub table: Option<Arc<str>>,
}

impl UnknownTarget {
    /// A record of a table with this logical name.
    pub fn new(id: Uuid, table: Option<&str>) -> Self {
        Self { id, table: table.map(Arc::from) }
    }
}

/// The record that a key names.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reference<'a> {
    pub id: Uuid,
    /// Logical name of the table, where it is known.
    pub table: Option<&'a str>,
    /// The table, where it is one that was declared.
    pub target: Option<&'static TargetTable>,
    /// What a lookup to any table holds.
    pub any: Option<&'a AnyRecord>,
}

impl<'a> Reference<'a> {
    pub fn known(target: &'static TargetTable, id: Uuid) -> Self {
        Self { id, table: Some(target.logical_name), target: Some(target), any: None }
    }

    pub fn unknown(target: &'a UnknownTarget) -> Self {
        Self { id: target.id, table: target.table.as_deref(), target: None, any: None }
    }

    pub(crate) fn any(record: &'a AnyRecord) -> Self {
        Self { id: record.uuid(), table: record.table(), target: None, any: Some(record) }
    }
}

/// Which of the tables a response points to; `None` where it is none of them. A response need not name the table of
/// a lookup that has only one.
#[doc(hidden)]
pub fn target_position(targets: &[TargetTable], table: Option<&str>) -> Option<usize> {
    match table {
        Some(table) => targets.iter().position(|each| each.logical_name == table),
        None => (targets.len() == 1).then_some(0),
    }
}

/// What a lookup expects that has no variant for other tables.
#[doc(hidden)]
pub fn expected_target(targets: &[TargetTable], table: Option<&str>) -> Cow<'static, str> {
    let names: Vec<_> = targets.iter().map(|each| each.logical_name).collect();
    let names = names.join(", ");
    Cow::Owned(match table {
        Some(_) => format!("a record of one of the tables {names}"),
        None => format!(
            "an annotation `lookuplogicalname` that says which of the tables {names} it is (ask for it with \
             `Prefer: odata.include-annotations`, or give the enum a `#[target(unknown)]` variant)"
        ),
    })
}

/// The target of a lookup to one table.
#[doc(hidden)]
pub fn single_key<T: LookupTarget>(id: Uuid, table: Option<&str>) -> Result<Id<T>, Cow<'static, str>> {
    match other_table(T::TARGETS, table) {
        Some(expected) => Err(expected),
        None => Ok(Id::new(id)),
    }
}

/// What would have been right, where the table is not the only one.
fn other_table(targets: &[TargetTable], table: Option<&str>) -> Option<Cow<'static, str>> {
    match (table, targets) {
        (Some(table), [target]) if table != target.logical_name => {
            Some(Cow::Owned(format!("a record of the table {}", target.logical_name)))
        }
        _ => None,
    }
}
