//! A lookup that was read.

use core::cmp::Ordering;
use core::fmt;
use std::sync::Arc;

use serde_core::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_core::ser::{Serialize, SerializeMap, Serializer};
use uuid::Uuid;

use super::target::LookupTarget;
use crate::Id;

/// A lookup that was read: the record it points to, and that record's name if the response had it.
///
/// Two lookups are equal if they point to the same record; its name is a label and does not count.
///
/// With serde it is an object, `{"id":"6f96…","table":"systemuser","name":"Ann"}`: the table where it is known, the name
/// where there is one. Reading also takes a GUID alone.
///
/// ```
/// use dataverse_entity::{Id, Lookup, tables::SystemUser};
///
/// let id: Id<SystemUser> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
/// let named = Lookup::<SystemUser>::new(id).with_name("Ann");
/// assert_eq!(named, Lookup::new(id));
/// # Ok::<(), dataverse_entity::ParseIdError>(())
/// ```
pub struct Lookup<T: LookupTarget> {
    key: T::Key,
    name: Option<Arc<str>>,
}

impl<T: LookupTarget> Lookup<T> {
    /// A lookup that points to this record.
    pub fn new(key: impl Into<T::Key>) -> Self {
        Self { key: key.into(), name: None }
    }

    /// Sets the display name of the record.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<Arc<str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What is the same for the same record.
    fn identity(&self) -> (Uuid, Option<&str>) {
        let reference = T::reference(&self.key);
        (reference.id, reference.table)
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

/// The record is what counts; its name is a label.
impl<T: LookupTarget> PartialEq for Lookup<T> {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

impl<T: LookupTarget> Eq for Lookup<T> {}

impl<T: LookupTarget> core::hash::Hash for Lookup<T> {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.identity().hash(state);
    }
}

impl<T: LookupTarget> PartialOrd for Lookup<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: LookupTarget> Ord for Lookup<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.identity().cmp(&other.identity())
    }
}

/// The default points to no record: its GUID is nil. It stands for a lookup that is still to be filled, such as in a
/// struct that derives `Default`.
impl<T: LookupTarget> Default for Lookup<T> {
    fn default() -> Self {
        Self::named(T::blank(), None)
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

/// An object: `{"id":"…","table":"systemuser","name":"Ann"}`, without the members that are not known.
impl<T: LookupTarget> Serialize for Lookup<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(&self.uuid(), self.table(), self.name(), serializer)
    }
}

/// Reads what is written, or a GUID alone.
impl<'de, T: LookupTarget> Deserialize<'de> for Lookup<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Members { id, table, name } = deserializer.deserialize_any(MembersVisitor)?;
        match T::key_from(id, table.as_deref()) {
            Ok(key) => Ok(Self::named(key, name.map(Arc::from))),
            Err(expected) => Err(D::Error::custom(format!(
                "expected {expected}, found {id} of {}",
                table.as_deref().unwrap_or("an unknown table")
            ))),
        }
    }
}

fn serialize<S: Serializer>(
    id: &Uuid,
    table: Option<&str>,
    name: Option<&str>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("id", &Id::<()>::new(*id))?;
    if let Some(table) = table {
        map.serialize_entry("table", table)?;
    }
    if let Some(name) = name {
        map.serialize_entry("name", name)?;
    }
    map.end()
}

/// A lookup as it was written, whatever its targets.
struct Members {
    id: Uuid,
    table: Option<String>,
    name: Option<String>,
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a lookup such as {\"id\":\"…\",\"table\":\"systemuser\",\"name\":\"Ann\"}, or a GUID")
    }

    fn visit_str<E: serde_core::de::Error>(self, text: &str) -> Result<Members, E> {
        match Uuid::parse_str(text) {
            Ok(id) => Ok(Members { id, table: None, name: None }),
            Err(_) => Err(E::invalid_value(serde_core::de::Unexpected::Str(text), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let (mut id, mut table, mut name) = (None, None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "id" => id = Some(map.next_value::<Id<()>>()?.uuid()),
                "table" => table = map.next_value()?,
                "name" => name = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let id = id.ok_or_else(|| A::Error::missing_field("id"))?;
        Ok(Members { id, table, name })
    }
}

impl<T: LookupTarget> fmt::Debug for Lookup<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lookup").field("key", &self.key).field("name", &self.name).finish()
    }
}
