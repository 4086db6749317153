//! The targets of lookups.

use std::borrow::Cow;
use std::sync::Arc;

use uuid::Uuid;

use super::any::AnyRecord;
use crate::Id;
use crate::metadata::TargetTable;

/// The target of a lookup: one table, or a closed set of tables as an enum of typed ids
/// (`#[derive(LookupTarget)]`).
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::table_ref;
///
/// table_ref!(pub Account, logical = "account", set = "accounts", id = "accountid");
/// table_ref!(pub Contact, logical = "contact", set = "contacts", id = "contactid");
///
/// #[derive(Debug, Clone, Copy, PartialEq, LookupTarget)]
/// enum Customer {
///     Account(Id<Account>),
///     Contact(Id<Contact>),
/// }
///
/// let tables: Vec<_> = Customer::TARGETS.iter().map(|table| table.logical_name).collect();
/// assert_eq!(tables, ["account", "contact"]);
/// ```
///
/// Only the derives and [`table_ref!`](crate::table_ref) implement this trait, because its hidden items may
/// change with any release.
#[diagnostic::on_unimplemented(
    message = "a lookup cannot point to `{Self}`",
    label = "name a table that derives `DataverseEntity` (for a projection, the table it reads), or an enum of typed ids that derives `LookupTarget`"
)]
pub trait LookupTarget: Sized + 'static {
    /// The type that names a record: an [`Id`](crate::Id) of the table, or the enum.
    type Key: TargetKey;

    /// The tables.
    const TARGETS: &'static [TargetTable];

    /// The enum's variants, one for each table; none for a single table.
    #[doc(hidden)]
    const VARIANTS: &'static [&'static str] = &[];

    /// The enum's variant for other tables, if it has one.
    #[doc(hidden)]
    const UNKNOWN: Option<&'static str> = None;
}

/// What names a record of a [`LookupTarget`]. The id of a single table is one for all tables, so a table needs no code of
/// its own.
#[doc(hidden)]
pub trait TargetKey: Sized {
    /// Returns the key of a record that a lookup holds, whose table is one of the targets or unknown.
    fn of(record: Reference<'_>) -> Self;

    /// Returns the record that the key names.
    fn reference(&self) -> Reference<'_>;

    /// Returns a key that names no record, for a field that is not yet read.
    fn blank() -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Self>> TargetKey for Id<T> {
    fn of(record: Reference<'_>) -> Self {
        Self::new(record.id)
    }

    fn reference(&self) -> Reference<'_> {
        Reference::known(&T::TARGETS[0], self.uuid())
    }

    fn blank() -> Self {
        Self::new(Uuid::nil())
    }
}

/// The target of a lookup that may point to the table `R`: the table itself, or a polymorphic lookup's enum.
///
/// An enum of 600 tables has 600 of these impls. They are empty; the conversions are written once, for all tables. The
/// enum implements the trait, not the table: if a lookup has one table, the compiler infers it in `Id::new(uuid)`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a lookup of `{Self}` does not point to `{R}`",
    label = "add a variant for the table to the enum that derives `LookupTarget`"
)]
// `LookupTarget` is not required of `R`: of a variant that names no table, the compiler would report that twice.
pub trait PointsTo<R>: LookupTarget {
    /// Returns the table as the lookup declares it.
    fn declared() -> &'static TargetTable
    where
        R: LookupTarget<Key = Id<R>>,
    {
        let own = &R::TARGETS[0];
        Self::TARGETS.iter().find(|each| each.logical_name == own.logical_name).unwrap_or(own)
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Id<T>>> PointsTo<T> for T {
    fn declared() -> &'static TargetTable {
        &T::TARGETS[0]
    }
}

/// Returns the key of a lookup for a record of one of its tables.
#[doc(hidden)]
pub fn key_of<T: PointsTo<R>, R: LookupTarget<Key = Id<R>>>(id: Id<R>) -> T::Key {
    T::Key::of(Reference::known(T::declared(), id.uuid()))
}

/// A record of a table without a variant in a polymorphic lookup's enum, or of a table that the response did
/// not name.
///
/// ```
/// use dataverse_entity::UnknownTarget;
///
/// let lead = UnknownTarget::new(uuid::Uuid::nil(), Some("lead"));
/// assert_eq!(lead.table.as_deref(), Some("lead"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct UnknownTarget {
    /// The record.
    pub id: Uuid,
    /// Logical name of its table, if the response had it.
    pub table: Option<Arc<str>>,
}

impl UnknownTarget {
    /// Returns a record of the table with this logical name.
    pub fn new(id: Uuid, table: Option<&str>) -> Self {
        Self { id, table: table.map(Arc::from) }
    }
}

/// The record that a key names.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reference<'a> {
    pub id: Uuid,
    /// Logical name of the table, if known.
    pub table: Option<&'a str>,
    /// The table, if the lookup declares it.
    pub target: Option<&'static TargetTable>,
    /// The record of a lookup to any table.
    pub any: Option<&'a AnyRecord>,
}

impl<'a> Reference<'a> {
    pub fn known(target: &'static TargetTable, id: Uuid) -> Self {
        Self { id, table: Some(target.logical_name), target: Some(target), any: None }
    }

    /// Returns the index of the record's table among those that a lookup declares.
    pub fn position(&self, targets: &[TargetTable]) -> Option<usize> {
        let target = self.target?;
        targets.iter().position(|each| each.logical_name == target.logical_name)
    }

    /// Returns the record for a lookup that does not declare its table.
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

/// Returns the index of the table that a response names; `None` if it is not among them. A response need not
/// name the table of a lookup with one target.
pub(super) fn target_position(targets: &[TargetTable], table: Option<&str>) -> Option<usize> {
    match table {
        Some(table) => targets.iter().position(|each| each.logical_name == table),
        None => (targets.len() == 1).then_some(0),
    }
}

/// Returns what a lookup without a variant for other tables expects.
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
