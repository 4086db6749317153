//! What a lookup is set to.

use core::fmt;
use core::marker::PhantomData;
use std::sync::Arc;

use super::lookup::Lookup;
use super::target::{LookupTarget, Reference};
use crate::Id;
use crate::metadata::TargetTable;
use crate::reference::{Address, IntoRecord, RecordRef};

/// The record that a create or update sets a lookup to.
pub struct Bind<T> {
    bound: AnyBind,
    lookup: PhantomData<fn() -> T>,
}

/// The record of a [`Bind`], whatever the lookup.
#[derive(Clone)]
struct AnyBind {
    address: Address,
    table: Option<Arc<str>>,
    target: Option<&'static TargetTable>,
}

impl AnyBind {
    fn to(Reference { id, table, target }: Reference<'_>, targets: &'static [TargetTable]) -> Self {
        // A declared table that was only named is declared all the same.
        let named = |table| targets.iter().find(|target| target.logical_name == table);
        let target = target.or_else(|| table.and_then(named));
        // The name of a declared table is in its description already.
        let table = if target.is_some() { None } else { table.map(Arc::from) };
        Self { address: Address::Id(id), table, target }
    }

    fn record(&self) -> BoundRecord<'_> {
        let table = self.target.map(|target| target.logical_name).or(self.table.as_deref());
        BoundRecord { address: &self.address, table, target: self.target }
    }
}

impl<T: LookupTarget> Bind<T> {
    /// The record with this key: an [`Id`], or a value of a polymorphic lookup's enum.
    pub fn to(key: impl Into<T::Key>) -> Self {
        let key = key.into();
        Self { bound: AnyBind::to(T::reference(&key), T::TARGETS), lookup: PhantomData }
    }

    /// The record of the table `R`, however it is named. That the lookup may point to that table is the business of
    /// whoever calls this: the impls of [`BindTo`].
    #[doc(hidden)]
    pub fn to_record<R>(record: &RecordRef<R>, target: &'static TargetTable) -> Self {
        let bound = AnyBind { address: record.address().clone(), table: None, target: Some(target) };
        Self { bound, lookup: PhantomData }
    }
}

impl<T> Bind<T> {
    pub(crate) fn record(&self) -> BoundRecord<'_> {
        self.bound.record()
    }
}

/// The record that a lookup is set to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoundRecord<'a> {
    pub(crate) address: &'a Address,
    /// Logical name of the table, where it is known.
    pub(crate) table: Option<&'a str>,
    /// The table, where it is one that was declared.
    pub(crate) target: Option<&'static TargetTable>,
}

impl fmt::Display for BoundRecord<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.table.unwrap_or("unknown table"), self.address)
    }
}

impl<T> Clone for Bind<T> {
    fn clone(&self) -> Self {
        Self { bound: self.bound.clone(), lookup: PhantomData }
    }
}

impl<T> PartialEq for Bind<T> {
    fn eq(&self, other: &Self) -> bool {
        self.record() == other.record()
    }
}

impl<T> fmt::Debug for Bind<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bind({})", self.record())
    }
}

impl<T: LookupTarget> From<Lookup<T>> for Bind<T> {
    fn from(lookup: Lookup<T>) -> Self {
        Self::to(lookup.key().clone())
    }
}

impl<T: LookupTarget<Key = Id<T>>> From<Id<T>> for Bind<T> {
    fn from(id: Id<T>) -> Self {
        Self::to(id)
    }
}

/// What a lookup of `T` can be set to: an id of one of its tables, a [`RecordRef`], a lookup that was read, or a
/// [`Bind`].
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
        Bind::to(self.key().clone())
    }
}

impl<T: LookupTarget<Key = Self>> BindTo<T> for Id<T> {
    fn bind(self) -> Bind<T> {
        Bind::to(self)
    }
}

impl<T: LookupTarget<Key = Id<T>>> BindTo<T> for RecordRef<T> {
    fn bind(self) -> Bind<T> {
        Bind::to_record(&self, &T::TARGETS[0])
    }
}

impl<T, R> BindTo<T> for &RecordRef<R>
where
    RecordRef<R>: BindTo<T>,
{
    fn bind(self) -> Bind<T> {
        self.clone().bind()
    }
}

impl<T: LookupTarget<Key = Id<T>>> IntoRecord<T> for Lookup<T> {
    fn into_record(self) -> RecordRef<T> {
        self.id().into()
    }
}

impl<T: LookupTarget<Key = Id<T>>> IntoRecord<T> for &Lookup<T> {
    fn into_record(self) -> RecordRef<T> {
        self.id().into()
    }
}
