//! References to records of other tables.

use core::fmt;
use core::marker::PhantomData;
use std::borrow::Cow;
use std::sync::Arc;

use uuid::Uuid;

use crate::Id;
use crate::metadata::TargetTable;
use crate::option_set::same;

/// What a lookup may point to: one table, or a closed set of tables as an enum of typed ids
/// ([`derive@crate::LookupTarget`]).
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
}

/// A lookup that was read: the record it points to, and that record's name if the response had it.
pub struct Lookup<T: LookupTarget> {
    key: T::Key,
    name: Option<Arc<str>>,
}

impl<T: LookupTarget> Lookup<T> {
    /// A lookup that points to this record.
    pub fn new(key: impl Into<T::Key>) -> Self {
        Self { key: key.into(), name: None }
    }

    pub(crate) fn named(key: T::Key, name: Option<Arc<str>>) -> Self {
        Self { key, name }
    }

    /// The record: an [`Id`], or the enum of a polymorphic lookup.
    pub fn key(&self) -> &T::Key {
        &self.key
    }

    /// The GUID of the record.
    pub fn uuid(&self) -> Uuid {
        T::reference(&self.key).id
    }

    /// Logical name of the record's table; `None` where a polymorphic lookup was read without annotations.
    pub fn table(&self) -> Option<&str> {
        T::reference(&self.key).table
    }

    /// The display name of the record, where the response had it (`Prefer: odata.include-annotations`).
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

impl<T: LookupTarget<Key = Id<T>>> Lookup<T> {
    /// The id of the record.
    pub fn id(&self) -> Id<T> {
        self.key
    }
}

impl<T: LookupTarget> Clone for Lookup<T> {
    fn clone(&self) -> Self {
        Self { key: self.key.clone(), name: self.name.clone() }
    }
}

impl<T: LookupTarget> PartialEq for Lookup<T> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.name == other.name
    }
}

impl<T: LookupTarget<Key: Eq>> Eq for Lookup<T> {}

impl<T: LookupTarget<Key: core::hash::Hash>> core::hash::Hash for Lookup<T> {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.key.hash(state);
        self.name.hash(state);
    }
}

impl<T: LookupTarget> fmt::Debug for Lookup<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lookup").field("key", &self.key).field("name", &self.name).finish()
    }
}

/// A record of a table that a polymorphic lookup's enum has no variant for, or of a table the response did not name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
}

impl<'a> Reference<'a> {
    pub fn known(target: &'static TargetTable, id: Uuid) -> Self {
        Self { id, table: Some(target.logical_name), target: Some(target) }
    }

    pub fn unknown(target: &'a UnknownTarget) -> Self {
        Self { id: target.id, table: target.table.as_deref(), target: None }
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

/// What a lookup without a place for other tables expects.
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
    match (table, T::TARGETS) {
        (Some(table), [target]) if table != target.logical_name => {
            Err(Cow::Owned(format!("a record of the table {}", target.logical_name)))
        }
        _ => Ok(Id::new(id)),
    }
}

/// Logical name of the table behind a variant, for navigation properties that are tied to targets at compile time.
/// That there is such a variant is checked apart.
#[doc(hidden)]
pub const fn variant_table(variants: &[&str], targets: &[TargetTable], name: &str) -> &'static str {
    match place_of(variants, name) {
        Some(place) => targets[place].logical_name,
        None => "",
    }
}

const fn place_of(names: &[&str], name: &str) -> Option<usize> {
    let mut place = 0;
    while place < names.len() {
        if same(names[place], name) {
            return Some(place);
        }
        place += 1;
    }
    None
}

/// Fails to compile where one navigation property is named for a lookup with several targets. (An owner, whose one
/// property serves users and teams, is the exception.)
#[doc(hidden)]
#[track_caller]
pub const fn assert_one_target(targets: &[TargetTable]) {
    assert!(
        targets.len() < 2,
        "this lookup has several targets, and each has a navigation property of its own; name them all, as in \
         `nav(Account = \"…_account\", Contact = \"…_contact\")`"
    );
}

/// Fails to compile where a target of a polymorphic lookup has no navigation property, or where there are several
/// properties for a lookup with one table.
#[doc(hidden)]
#[track_caller]
pub const fn assert_navigation_complete(variants: &[&str], unknown: Option<&str>, named: &[&str]) {
    assert!(
        !variants.is_empty(),
        "this lookup points to one table and has one navigation property; write `nav = \"…\"`"
    );
    let mut place = 0;
    let mut misspelt = false;
    while place < named.len() {
        if let Some(unknown) = unknown {
            assert!(
                !same(named[place], unknown),
                "`nav` names the variant for unknown tables; only a known table has a navigation property"
            );
        }
        misspelt |= place_of(variants, named[place]).is_none();
        place += 1;
    }
    let mut place = 0;
    // The compiler has words of its own for a variant that does not exist; one error is enough.
    while place < variants.len() && !misspelt {
        assert!(
            place_of(named, variants[place]).is_some(),
            "`nav` leaves out a target of this lookup; name the navigation property of every variant, as in \
             `nav(Account = \"…_account\", Contact = \"…_contact\")`"
        );
        place += 1;
    }
}

/// Does a projection's lookup point to the tables that the column points to? All of them, unless its enum has a place
/// for others.
pub(crate) const fn same_targets(field: &[TargetTable], open: bool, column: &[TargetTable]) -> bool {
    subset(field, column) && (open || subset(column, field))
}

const fn subset(some: &[TargetTable], all: &[TargetTable]) -> bool {
    let mut place = 0;
    while place < some.len() {
        let mut at = 0;
        while at < all.len() && !same(some[place].logical_name, all[at].logical_name) {
            at += 1;
        }
        // Of a table without a name the derive has said already what is wrong.
        if at == all.len() && !some[place].logical_name.is_empty() {
            return false;
        }
        place += 1;
    }
    true
}

/// The record that a create or update sets a lookup to.
pub struct Bind<T> {
    id: Uuid,
    table: Option<Arc<str>>,
    target: Option<&'static TargetTable>,
    lookup: PhantomData<fn() -> T>,
}

impl<T: LookupTarget> Bind<T> {
    /// The record with this key: an [`Id`], or a value of a polymorphic lookup's enum.
    pub fn to(key: impl Into<T::Key>) -> Self {
        let key = key.into();
        let Reference { id, table, target } = T::reference(&key);
        // A declared table that was only named is declared all the same.
        let named = |table| T::TARGETS.iter().find(|target| target.logical_name == table);
        let target = target.or_else(|| table.and_then(named));
        // The name of a declared table is in its description already.
        let table = if target.is_some() { None } else { table.map(Arc::from) };
        Self { id, table, target, lookup: PhantomData }
    }
}

impl<T> Bind<T> {
    pub(crate) fn reference(&self) -> Reference<'_> {
        let table = self.target.map(|target| target.logical_name).or(self.table.as_deref());
        Reference { id: self.id, table, target: self.target }
    }
}

impl<T> Clone for Bind<T> {
    fn clone(&self) -> Self {
        Self { id: self.id, table: self.table.clone(), target: self.target, lookup: PhantomData }
    }
}

impl<T> PartialEq for Bind<T> {
    fn eq(&self, other: &Self) -> bool {
        self.reference() == other.reference()
    }
}

impl<T> fmt::Debug for Bind<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bind({}({}))", self.reference().table.unwrap_or("unknown table"), self.id)
    }
}

impl<T: LookupTarget> From<Lookup<T>> for Bind<T> {
    fn from(lookup: Lookup<T>) -> Self {
        Self::to(lookup.key)
    }
}

impl<T: LookupTarget<Key = Id<T>>> From<Id<T>> for Bind<T> {
    fn from(id: Id<T>) -> Self {
        Self::to(id)
    }
}

/// What a lookup of `T` can be set to: an id of one of its tables, a lookup that was read, or a [`Bind`].
#[diagnostic::on_unimplemented(
    message = "a lookup of `{T}` cannot be set to `{Self}`",
    label = "not a record that this lookup can point to",
    note = "set it to an `Id` of a table that the lookup points to, or to a `Lookup` that was read"
)]
pub trait BindTo<T> {
    /// The record to set the lookup to.
    fn bind(self) -> Bind<T>;
}

impl<T> BindTo<T> for Bind<T> {
    fn bind(self) -> Bind<T> {
        self
    }
}

impl<T: LookupTarget> BindTo<T> for Lookup<T> {
    fn bind(self) -> Bind<T> {
        self.into()
    }
}

impl<T: LookupTarget> BindTo<T> for &Lookup<T> {
    fn bind(self) -> Bind<T> {
        Bind::to(self.key.clone())
    }
}

impl<T: LookupTarget<Key = Self>> BindTo<T> for Id<T> {
    fn bind(self) -> Bind<T> {
        Bind::to(self)
    }
}
