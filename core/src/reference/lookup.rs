//! Lookups that were read.

use core::cmp::Ordering;
use core::fmt;
use core::marker::PhantomData;
use std::borrow::Cow;
use std::sync::Arc;

use serde_core::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_core::ser::{Serialize, SerializeMap, Serializer};
use uuid::Uuid;

use super::any::AnyRecord;
use super::bind::BindTo;
use super::target::{LookupTarget, Reference, TargetKey, expected_target, target_position};
use crate::Id;
use crate::metadata::TargetTable;

/// A lookup that was read: the record to which it points, and that record's name if the response had it.
///
/// Two lookups are equal if they point to the same record; its name is a label and does not count.
///
/// serde writes an object, `{"id":"6f96…","table":"systemuser","name":"Ann"}`, without `table` or `name` if
/// they are not known. For a lookup to any table, it also writes the `entity_set` and the `navigation` of the
/// record, if it has them, so that a draft can set the lookup after it was read back. Reading accepts a GUID
/// alone, too.
///
/// ```
/// use dataverse_entity::{Id, Lookup, tables::SystemUser};
///
/// let id: Id<SystemUser> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
/// let named = Lookup::<SystemUser>::new(id).with_name("Ann");
/// assert_eq!(named, Lookup::new(id));
/// # Ok::<(), dataverse_entity::ParseIdError>(())
/// ```
// No bound: with one, the compiler would repeat its error about `T` wherever the type appears.
pub struct Lookup<T> {
    id: Uuid,
    table: Table,
    name: Option<Arc<str>>,
    targets: PhantomData<fn() -> T>,
}

/// The table of the record to which a lookup points.
#[derive(Clone)]
enum Table {
    Declared(&'static TargetTable),
    /// A table that the lookup does not declare.
    Other(Arc<AnyRecord>),
    Unknown,
}

impl Table {
    fn of(reference: Reference<'_>) -> Self {
        match reference {
            Reference { target: Some(target), .. } => Self::Declared(target),
            Reference { any: Some(record), .. } => Self::Other(Arc::new(record.clone())),
            Reference { id, table: Some(table), .. } => Self::Other(Arc::new(AnyRecord::new(table, id))),
            _ => Self::Unknown,
        }
    }

    /// Compares the table that a response names with those that the lookup declares. The error says what was
    /// expected.
    fn read(
        targets: &'static [TargetTable],
        is_open: bool,
        id: Uuid,
        table: Option<&str>,
    ) -> Result<Self, Cow<'static, str>> {
        match (target_position(targets, table), table, targets) {
            (Some(index), ..) => Ok(Self::Declared(&targets[index])),
            (None, Some(table), _) if is_open => Ok(Self::Other(Arc::new(AnyRecord::new(table, id)))),
            (None, None, _) if is_open => Ok(Self::Unknown),
            (None, _, [target]) => Err(Cow::Owned(format!("a record of the table {}", target.logical_name))),
            _ => Err(expected_target(targets, table)),
        }
    }

    /// Returns the record, if its table is one that the lookup does not declare.
    fn any(&self) -> Option<&AnyRecord> {
        match self {
            Self::Other(record) => Some(record),
            Self::Declared(_) | Self::Unknown => None,
        }
    }

    fn name(&self) -> Option<&str> {
        match self {
            Self::Declared(target) => Some(target.logical_name),
            Self::Other(record) => record.table(),
            Self::Unknown => None,
        }
    }
}

impl<T: LookupTarget> Lookup<T> {
    /// Returns a lookup that points to a record: an [`Id`], or a value of a polymorphic lookup's enum.
    ///
    /// ```
    /// use dataverse_entity::tables::{Principal, SystemUser};
    /// use dataverse_entity::{Id, Lookup};
    ///
    /// let user: Id<SystemUser> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
    /// let owner = Lookup::<Principal>::new(Principal::SystemUser(user));
    /// assert_eq!(owner.table(), Some("systemuser"));
    /// # Ok::<(), dataverse_entity::ParseIdError>(())
    /// ```
    pub fn new(key: impl Into<T::Key>) -> Self {
        let key = key.into();
        let reference = key.reference();
        Self { id: reference.id, table: Table::of(reference), name: None, targets: PhantomData }
    }

    /// Sets the entity set and the navigation property of a record whose table the lookup does not declare.
    fn with_names(mut self, entity_set: Option<String>, navigation: Option<String>) -> Self {
        if let Table::Other(record) = &mut self.table {
            Arc::make_mut(record).put_names(entity_set, navigation);
        }
        self
    }

    /// Reads the lookup of a response.
    pub(crate) fn read(
        id: Uuid,
        table: Option<&str>,
        name: Option<Arc<str>>,
    ) -> Result<Self, Cow<'static, str>> {
        match Table::read(T::TARGETS, T::UNKNOWN.is_some(), id, table) {
            Ok(table) => Ok(Self { id, table, name, targets: PhantomData }),
            Err(expected) => Err(expected),
        }
    }

    /// Returns the record: an [`Id`], or a value of a polymorphic lookup's enum.
    ///
    /// ```
    /// use dataverse_entity::tables::{Principal, Team};
    /// use dataverse_entity::{Id, Lookup};
    ///
    /// let team: Id<Team> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
    /// let owner = Lookup::<Principal>::new(Principal::Team(team));
    /// assert!(matches!(owner.key(), Principal::Team(id) if id == team));
    /// # Ok::<(), dataverse_entity::ParseIdError>(())
    /// ```
    pub fn key(&self) -> T::Key {
        T::Key::of(self.reference())
    }
}

impl<T> Lookup<T> {
    /// Sets the display name of the record.
    ///
    /// ```
    /// use dataverse_entity::{Id, Lookup, tables::Team};
    ///
    /// let team = Lookup::<Team>::new(Id::default()).with_name("Collections");
    /// assert_eq!(team.name(), Some("Collections"));
    /// ```
    #[must_use]
    pub fn with_name(mut self, name: impl Into<Arc<str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Returns what identifies the record.
    fn identity(&self) -> (Uuid, Option<&str>) {
        (self.id, self.table())
    }

    pub(crate) fn reference(&self) -> Reference<'_> {
        let (target, any) = match &self.table {
            Table::Declared(target) => (Some(*target), None),
            Table::Other(record) => (None, Some(&**record)),
            Table::Unknown => (None, None),
        };
        Reference { id: self.id, table: self.table(), target, any }
    }

    /// Returns the id of the record if its table is `R`. Returns `None` if it is of another table, or if the
    /// response did not name the table.
    ///
    /// `R` is one of the tables to which the lookup may point:
    ///
    /// ```
    /// use dataverse_entity::tables::{Principal, SystemUser, Team};
    /// use dataverse_entity::{Id, Lookup};
    ///
    /// let team: Id<Team> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
    /// let owner = Lookup::<Principal>::new(team);
    /// assert_eq!(owner.id_of::<Team>(), Some(team));
    /// assert_eq!(owner.id_of::<SystemUser>(), None);
    /// # Ok::<(), dataverse_entity::ParseIdError>(())
    /// ```
    ///
    /// Another table does not compile:
    ///
    /// ```compile_fail
    /// use dataverse_entity::Lookup;
    /// use dataverse_entity::tables::{OcSession, Principal};
    ///
    /// fn session(owner: &Lookup<Principal>) -> bool {
    ///     owner.id_of::<OcSession>().is_some()
    /// }
    /// ```
    pub fn id_of<R: LookupTarget<Key = Id<R>>>(&self) -> Option<Id<R>>
    where
        Id<R>: BindTo<T>,
    {
        let is_table = |target: &TargetTable| self.table() == Some(target.logical_name);
        R::TARGETS.iter().any(is_table).then(|| Id::new(self.id))
    }

    /// Returns the GUID of the record.
    pub fn uuid(&self) -> Uuid {
        self.id
    }

    /// Returns the logical name of the record's table; `None` if a polymorphic lookup was read without
    /// annotations.
    pub fn table(&self) -> Option<&str> {
        self.table.name()
    }

    /// Returns the display name of the record, if the response had it (`Prefer: odata.include-annotations`).
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

impl<T: LookupTarget<Key = Id<T>>> Lookup<T> {
    /// Returns the id of the record.
    ///
    /// ```
    /// use dataverse_entity::{Id, Lookup, tables::Team};
    ///
    /// let id: Id<Team> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
    /// assert_eq!(Lookup::<Team>::from(id).id(), id);
    /// # Ok::<(), dataverse_entity::ParseIdError>(())
    /// ```
    pub fn id(&self) -> Id<T> {
        Id::new(self.id)
    }
}

impl<T> Clone for Lookup<T> {
    fn clone(&self) -> Self {
        Self { id: self.id, table: self.table.clone(), name: self.name.clone(), targets: PhantomData }
    }
}

/// Compares the records, not their names.
impl<T> PartialEq for Lookup<T> {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

impl<T> Eq for Lookup<T> {}

impl<T> core::hash::Hash for Lookup<T> {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.identity().hash(state);
    }
}

impl<T> PartialOrd for Lookup<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Lookup<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.identity().cmp(&other.identity())
    }
}

/// Returns a lookup with the nil GUID, which points to no record: a placeholder, for example in a struct that
/// derives `Default`.
impl<T: LookupTarget> Default for Lookup<T> {
    fn default() -> Self {
        Self::new(T::Key::blank())
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Id<T>>> From<Id<T>> for Lookup<T> {
    fn from(id: Id<T>) -> Self {
        Self::new(id)
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Id<T>>> From<&Id<T>> for Lookup<T> {
    fn from(id: &Id<T>) -> Self {
        Self::new(*id)
    }
}

/// Writes an object, `{"id":"…","table":"systemuser","name":"Ann"}`, without the members that are not known.
/// For a record of any table, it also has `entity_set` and `navigation`.
impl<T> Serialize for Lookup<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.id, &self.table, self.name(), serializer)
    }
}

/// Reads the object that serializing writes, or a GUID alone.
impl<'de, T: LookupTarget> Deserialize<'de> for Lookup<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Members { id, table, name, entity_set, navigation } =
            deserializer.deserialize_any(MembersVisitor)?;
        match Self::read(id, table.as_deref(), name.map(Arc::from)) {
            Ok(lookup) => Ok(lookup.with_names(entity_set, navigation)),
            Err(expected) => Err(D::Error::custom(format!(
                "expected {expected}, found {id} of {}",
                table.as_deref().unwrap_or("an unknown table")
            ))),
        }
    }
}

fn serialize<S: Serializer>(
    id: Uuid,
    table: &Table,
    name: Option<&str>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("id", &Id::<()>::new(id))?;
    let any = table.any();
    let entity_set = any.and_then(AnyRecord::entity_set);
    let navigation = any.and_then(AnyRecord::navigation);
    let members =
        [("table", table.name()), ("name", name), ("entity_set", entity_set), ("navigation", navigation)];
    for (member, text) in members {
        if let Some(text) = text {
            map.serialize_entry(member, text)?;
        }
    }
    map.end()
}

/// The members of a serialized lookup, whatever its targets.
struct Members {
    id: Uuid,
    table: Option<String>,
    name: Option<String>,
    entity_set: Option<String>,
    navigation: Option<String>,
}

impl Members {
    fn of(id: Uuid) -> Self {
        Self { id, table: None, name: None, entity_set: None, navigation: None }
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a lookup such as {\"id\":\"…\",\"table\":\"systemuser\",\"name\":\"Ann\"}, or a GUID")
    }

    fn visit_str<E: serde_core::de::Error>(self, text: &str) -> Result<Members, E> {
        match Uuid::parse_str(text) {
            Ok(id) => Ok(Members::of(id)),
            Err(_) => Err(E::invalid_value(serde_core::de::Unexpected::Str(text), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let (mut id, mut members) = (None, Members::of(Uuid::nil()));
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "id" => id = Some(map.next_value::<Id<()>>()?.uuid()),
                "table" => members.table = map.next_value()?,
                "name" => members.name = map.next_value()?,
                "entity_set" => members.entity_set = map.next_value()?,
                "navigation" => members.navigation = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let id = id.ok_or_else(|| A::Error::missing_field("id"))?;
        Ok(Members { id, ..members })
    }
}

impl<T> fmt::Debug for Lookup<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let table = self.table().unwrap_or("unknown table");
        f.debug_struct("Lookup")
            .field("record", &format_args!("{table}({})", self.id))
            .field("name", &self.name)
            .finish()
    }
}
