//! What a lookup may point to.

use std::borrow::Cow;
use std::sync::Arc;

use uuid::Uuid;

use super::any::AnyRecord;
use crate::metadata::TargetTable;

/// What a lookup may point to: one table, or a closed set of tables as an enum of typed ids
/// (`#[derive(LookupTarget)]`).
///
/// It is implemented by the derives and by [`table_ref!`](crate::table_ref) only: it has hidden items, which change with any
/// release.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something a lookup can point to",
    label = "name a table that derives `DataverseEntity` (for a projection, the table it reads), or an enum of typed ids that derives `LookupTarget`"
)]
pub trait LookupTarget: Sized + 'static {
    /// What names a record: an [`Id`](crate::Id) of the table, or the enum.
    type Key;

    /// The tables.
    const TARGETS: &'static [TargetTable];

    /// The enum's variants, one for each table; none for a single table.
    #[doc(hidden)]
    const VARIANTS: &'static [&'static str];

    /// The enum's variant for other tables, if it has one.
    #[doc(hidden)]
    const UNKNOWN: Option<&'static str>;

    /// The key that names a record which a lookup holds, so that it is one of the tables or unknown.
    #[doc(hidden)]
    fn key(record: Reference<'_>) -> Self::Key;

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

    /// The position of the record's table among those that a lookup declares.
    pub fn position(&self, targets: &[TargetTable]) -> Option<usize> {
        let target = self.target?;
        targets.iter().position(|each| each.logical_name == target.logical_name)
    }

    /// The record, for a lookup that does not declare its table.
    pub fn to_unknown(&self) -> UnknownTarget {
        UnknownTarget::new(self.id, self.table)
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
pub(super) fn target_position(targets: &[TargetTable], table: Option<&str>) -> Option<usize> {
    match table {
        Some(table) => targets.iter().position(|each| each.logical_name == table),
        None => (targets.len() == 1).then_some(0),
    }
}

/// What a lookup expects that has no variant for other tables.
pub(super) fn expected_target(targets: &[TargetTable], table: Option<&str>) -> Cow<'static, str> {
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
