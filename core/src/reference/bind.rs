//! The records to which lookups are set.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use std::borrow::Cow;
use std::sync::Arc;

use super::any::AnyRecord;
use super::lookup::Lookup;
use super::target::{LookupTarget, PointsTo, Reference, TargetKey, key_of};
use crate::draft::NewRecord;
use crate::metadata::{Navigation, TargetTable};
use crate::query::AlternateKeyValues;
use crate::reference::{Address, IntoRecord, RecordRef};
use crate::{Entity, Id, Record};

/// The record to which a create or update sets a lookup.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{OcSession, SessionEvent};
///
/// let id: Id<OcSession> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
/// let mut event = SessionEvent::create();
/// event.session = Some(Bind::to(id));
/// assert_eq!(
///     event.to_json()?,
///     r#"{"msdyn_omnichannelsession@odata.bind":"/msdyn_ocsessions(6f9619ff-8b86-d011-b42d-00cf4fc964ff)"}"#
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Two values are equal if they set the lookup to the same record, named in the same way:
///
/// ```
/// use std::collections::HashSet;
///
/// use dataverse_entity::tables::{Principal, Team};
/// use dataverse_entity::{Bind, Id};
///
/// let team: Id<Team> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
/// let owners = HashSet::from([Bind::<Principal>::to(team), Bind::to(Principal::Team(team))]);
/// assert_eq!(owners.len(), 1);
/// # Ok::<(), dataverse_entity::ParseIdError>(())
/// ```
pub struct Bind<T> {
    bound: AnyBind,
    lookup: PhantomData<fn() -> T>,
}

/// The record of a [`Bind`], whatever the lookup's type.
#[derive(Clone)]
struct AnyBind {
    address: Address,
    table: Option<Arc<str>>,
    target: Option<&'static TargetTable>,
    any: Option<AnyRecord>,
}

impl AnyBind {
    fn to(Reference { id, table, target, any }: Reference<'_>, targets: &'static [TargetTable]) -> Self {
        // A declared table may be known by its name only.
        let named = |table| targets.iter().find(|target| target.logical_name == table);
        let target = target.or_else(|| table.and_then(named));
        // `target` has the name of a declared table.
        let table = if target.is_some() { None } else { table.map(Arc::from) };
        Self { address: Address::Id(id), table, target, any: any.cloned() }
    }

    fn record(&self) -> BoundRecord<'_> {
        let table = self.target.map(|target| target.logical_name).or(self.table.as_deref());
        BoundRecord { address: &self.address, table, target: self.target, any: self.any.as_ref() }
    }
}

impl<T: LookupTarget> Bind<T> {
    /// Returns the record with this key: an [`Id`], or a value of a polymorphic lookup's enum.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::{Principal, Team};
    ///
    /// let team: Id<Team> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
    /// let owner = Bind::<Principal>::to(Principal::Team(team));
    /// assert_eq!(owner, team.bind());
    /// # Ok::<(), dataverse_entity::ParseIdError>(())
    /// ```
    pub fn to(key: impl Into<T::Key>) -> Self {
        let key = key.into();
        Self::to_reference(key.reference())
    }

    /// Returns the record to which a lookup points.
    pub(crate) fn to_lookup(lookup: &Lookup<T>) -> Self {
        Self::to_reference(lookup.reference())
    }

    fn to_reference(reference: Reference<'_>) -> Self {
        Self { bound: AnyBind::to(reference, T::TARGETS), lookup: PhantomData }
    }

    /// Returns a record of the table `R`, however it is named. The caller, an impl of [`BindTo`], knows that
    /// the lookup may point to that table.
    fn to_record<R>(record: &RecordRef<R>, target: &'static TargetTable) -> Self {
        let bound =
            AnyBind { address: record.address().clone(), table: None, target: Some(target), any: None };
        Self { bound, lookup: PhantomData }
    }
}

impl<T> Bind<T> {
    pub(crate) fn record(&self) -> BoundRecord<'_> {
        self.bound.record()
    }
}

/// The record to which a lookup is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BoundRecord<'a> {
    pub(crate) address: &'a Address,
    /// Logical name of the table, if known.
    pub(crate) table: Option<&'a str>,
    /// The table, if the lookup declares it.
    pub(crate) target: Option<&'static TargetTable>,
    /// The record of a lookup to any table.
    pub(crate) any: Option<&'a AnyRecord>,
}

impl<'a> BoundRecord<'a> {
    /// Returns the logical name of the primary key, if the lookup declares the table.
    pub(crate) fn primary_id(&self) -> Option<&'static str> {
        self.target.map(|target| target.primary_id_attribute)
    }

    /// Returns the navigation property through which a lookup is set to the record, and the entity set of the
    /// record's table.
    pub(crate) fn destination(&self, navigation: &Navigation) -> Result<(Cow<'a, str>, &'a str), String> {
        let named = || self.any.and_then(AnyRecord::navigation).map(Cow::Borrowed);
        let property = named().or_else(|| navigation.property_to(self.table?));
        let entity_set = self.target.map(|target| target.entity_set_name);
        let entity_set = entity_set.or_else(|| self.any.and_then(AnyRecord::entity_set));
        let table = NamedTable(self.table);
        // The names of a record of any table may come from outside the program.
        if self.any.is_some()
            && let Some(bad) = property.as_deref().into_iter().chain(entity_set).find(|name| !is_name(name))
        {
            return Err(format!(
                "cannot be set to a record of {table}: {bad:?} is not a name of letters, digits and `_`"
            ));
        }
        match (property, entity_set, self.any) {
            (Some(property), Some(entity_set), _) => Ok((property, entity_set)),
            (_, None, Some(_)) => Err(format!(
                "cannot be set to the record {} of {table}: its entity set is not known; name it with \
                 `AnyRecord::with_entity_set`",
                self.address
            )),
            (None, _, Some(_)) => Err(format!(
                "cannot be set to the record {} of {table}: the lookup has no navigation property for that table; name \
                 it with `AnyRecord::with_navigation`",
                self.address
            )),
            _ => Err(format!(
                "cannot point to the record {} of {table}: it is not one of the declared targets",
                self.address
            )),
        }
    }
}

/// The table of a record, for errors.
struct NamedTable<'a>(Option<&'a str>);

impl fmt::Display for NamedTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(table) => write!(f, "the table {table}"),
            None => f.write_str("an unknown table"),
        }
    }
}

/// Returns whether the text can be the name of a property or an entity set.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|each| each.is_alphanumeric() || each == '_')
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

impl<T> Eq for Bind<T> {}

impl<T> Hash for Bind<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.record().hash(state);
    }
}

impl<T> fmt::Debug for Bind<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bind({})", self.record())
    }
}

impl<T: LookupTarget> From<Lookup<T>> for Bind<T> {
    fn from(lookup: Lookup<T>) -> Self {
        Self::to_lookup(&lookup)
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Id<T>>> From<Id<T>> for Bind<T> {
    fn from(id: Id<T>) -> Self {
        Self::to(id)
    }
}

/// A value to which a lookup of `T` can be set: an id of one of its tables, a [`RecordRef`], a lookup that
/// was read, or a [`Bind`].
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{OcSession, SessionEvent};
///
/// let session = Lookup::<OcSession>::new(Id::default()).with_name("Chat");
/// let by_lookup = SessionEvent::create().session(&session);
/// assert_eq!(by_lookup, SessionEvent::create().session(session.id()));
/// ```
///
/// The library and the derive implement it. Methods added later have default bodies.
#[diagnostic::on_unimplemented(
    message = "a lookup of `{T}` cannot be set to `{Self}`",
    label = "set it to an `Id` of a table that the lookup points to (`Id::<Table>::new(uuid)`, or `text.parse()?`), to a `Lookup` that was read, or in a create to `New(draft)`"
)]
pub trait BindTo<T> {
    /// Returns the record to which the lookup is set.
    fn bind(self) -> Bind<T>;
}

#[diagnostic::do_not_recommend]
impl<T> BindTo<T> for Bind<T> {
    fn bind(self) -> Bind<T> {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget> BindTo<T> for Lookup<T> {
    fn bind(self) -> Bind<T> {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget> BindTo<T> for &Lookup<T> {
    fn bind(self) -> Bind<T> {
        Bind::to_lookup(self)
    }
}

/// An id of a table to which the lookup may point.
#[diagnostic::do_not_recommend]
impl<T: PointsTo<R>, R: LookupTarget<Key = Self>> BindTo<T> for Id<R> {
    fn bind(self) -> Bind<T> {
        Bind::to_reference(key_of::<T, R>(self).reference())
    }
}

#[diagnostic::do_not_recommend]
impl<T, R> BindTo<T> for &Id<R>
where
    Id<R>: BindTo<T>,
{
    fn bind(self) -> Bind<T> {
        (*self).bind()
    }
}

/// A record that was read, of a table to which the lookup may point.
#[diagnostic::do_not_recommend]
impl<T, R: Entity> BindTo<T> for &Record<R>
where
    RecordRef<R>: BindTo<T>,
{
    fn bind(self) -> Bind<T> {
        self.into_record().bind()
    }
}

#[diagnostic::do_not_recommend]
impl<T, R: Entity> BindTo<T> for Record<R>
where
    RecordRef<R>: BindTo<T>,
{
    fn bind(self) -> Bind<T> {
        self.into_record().bind()
    }
}

/// An alternate key of a table to which the lookup may point.
#[diagnostic::do_not_recommend]
impl<T, R: Entity> BindTo<T> for AlternateKeyValues<R>
where
    RecordRef<R>: BindTo<T>,
{
    fn bind(self) -> Bind<T> {
        self.into_record().bind()
    }
}

#[diagnostic::do_not_recommend]
impl<T: PointsTo<R>, R: LookupTarget<Key = Id<R>>> BindTo<T> for RecordRef<R> {
    fn bind(self) -> Bind<T> {
        Bind::to_record(&self, T::declared())
    }
}

impl<T> Bind<T> {
    /// Sets the lookup to a new record.
    pub(crate) fn with_new(mut self, record: NewRecord) -> Self {
        self.bound.address = Address::New(record);
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T, R> BindTo<T> for &RecordRef<R>
where
    RecordRef<R>: BindTo<T>,
{
    fn bind(self) -> Bind<T> {
        self.clone().bind()
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Id<T>>> IntoRecord<T> for Lookup<T> {
    fn into_record(self) -> RecordRef<T> {
        self.id().into()
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Id<T>>> IntoRecord<T> for &Lookup<T> {
    fn into_record(self) -> RecordRef<T> {
        self.id().into()
    }
}
