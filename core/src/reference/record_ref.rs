//! The names of a record in URLs: its id, an alternate key, or its number in a change set.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use std::sync::Arc;

use uuid::Uuid;

use crate::draft::NewRecord;
use crate::encode::{Literal, path_part};
use crate::metadata::AlternateKey;
#[cfg(feature = "messages")]
use crate::metadata::EntityMetadata;
#[cfg(feature = "messages")]
use crate::metadata::TargetTable;
use crate::{Entity, Id, Record};

/// A record of the table `T`, named by an [`Id`], by an alternate key, or as the record that an earlier
/// request of the same change set creates.
///
/// Messages take `impl IntoRecord<T>`, so they accept an [`Id`] and a `RecordRef` alike.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::Team;
///
/// let by_id: RecordRef<Team> = Id::default().into();
/// assert_eq!(by_id.id(), Some(Id::default()));
/// assert_eq!(Team::NAME.key("Collections").into_record().id(), None);
/// ```
///
/// Two references are equal if they name the record in the same way:
///
/// ```
/// use dataverse_entity::tables::Team;
/// use dataverse_entity::{Id, RecordRef};
///
/// let id: Id<Team> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
/// let waiting = std::collections::HashSet::from([RecordRef::from(id), RecordRef::from(&id)]);
/// assert_eq!(waiting.len(), 1);
/// # Ok::<(), dataverse_entity::ParseIdError>(())
/// ```
pub struct RecordRef<T> {
    address: Address,
    table: PhantomData<fn() -> T>,
}

/// The name of a record.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub enum Address {
    Id(Uuid),
    /// A record that was read without its primary id.
    NotRead,
    /// The key of a record of an elastic table: its id and its partition.
    Partitioned {
        id: Uuid,
        partition: Arc<str>,
    },
    /// A new record of the same create.
    New(NewRecord),
    /// An alternate key.
    Key {
        /// Properties with their values, in the caller's order.
        parts: Vec<(String, Literal)>,
        /// The alternate keys that the table declares.
        declared: &'static [AlternateKey],
    },
    Content(ContentId),
}

/// A request of a change set, as the name of the record that it creates.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentId {
    /// The batch. The number never leaves the process.
    pub(crate) batch: u64,
    pub(crate) change_set: u32,
    /// The value of the `Content-ID` header.
    pub(crate) number: u32,
}

/// The request of a change set that is being written. Its batch, change set and number decide which
/// content-ids it can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) here: ContentId,
}

/// Characters that Dataverse does not accept in the value of an alternate key, percent-encoded or not.
const UNSERVABLE: [char; 10] = ['/', '<', '>', '*', '%', '&', ':', '\\', '?', '+'];

/// The column of every elastic table that holds the partition of a row.
pub(crate) const PARTITION_ID: &str = "partitionid";

/// Maximum number of columns of an alternate key.
const MAX_KEY_COLUMNS: usize = 16;

impl Address {
    /// Returns the URL relative to the service's root, without a leading slash: `set(guid)`, `set(a='b')`,
    /// `$1`.
    pub(crate) fn url(&self, table: &EntityNames<'_>, scope: Option<Scope>) -> Result<String, String> {
        match self {
            Self::Id(id) => {
                let id = id.hyphenated();
                Ok([table.entity_set, "(", id.encode_lower(&mut Uuid::encode_buffer()), ")"].concat())
            }
            Self::NotRead => {
                Err("the record was read without its primary id and so names no record".to_owned())
            }
            Self::Partitioned { id, partition } => {
                let Some(key) = table.primary_id else {
                    return Err(
                        "a record in a partition is named by its primary key, whose name is not known"
                            .to_owned(),
                    );
                };
                let partition = servable(&Literal::text(&**partition))?;
                Ok(format!("{}({key}={id},{PARTITION_ID}={partition})", table.entity_set))
            }
            Self::New(_) => Err("a new record has no URL yet".to_owned()),
            Self::Key { parts, declared } => {
                Ok(format!("{}({})", table.entity_set, key_predicate(parts, declared)?))
            }
            Self::Content(content) => content.url(scope),
        }
    }
}

impl Eq for Address {}

impl Hash for Address {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Id(id) => id.hash(state),
            Self::Partitioned { id, partition } => (id, partition).hash(state),
            Self::Key { parts, .. } => parts.hash(state),
            Self::Content(content) => content.hash(state),
            // Values of drafts have no hash.
            Self::NotRead | Self::New(_) => {}
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "{id}"),
            Self::NotRead => f.write_str("a record without its id"),
            Self::Partitioned { id, partition } => write!(f, "{id} in the partition {partition:?}"),
            Self::New(record) => record.fmt(f),
            Self::Key { parts, .. } => {
                for (index, (name, value)) in parts.iter().enumerate() {
                    let comma = if index > 0 { "," } else { "" };
                    write!(f, "{comma}{name}={}", value.odata())?;
                }
                Ok(())
            }
            Self::Content(content) => write!(f, "${}", content.number),
        }
    }
}

impl ContentId {
    fn url(self, scope: Option<Scope>) -> Result<String, String> {
        let Some(Scope { here }) = scope else {
            return Err(format!(
                "`${}` is a record of a change set, which only a later request of that change set can name",
                self.number
            ));
        };
        if (self.batch, self.change_set) != (here.batch, here.change_set) {
            return Err(format!("`${}` is a record of another change set", self.number));
        }
        if self.number >= here.number {
            return Err(format!("`${}` is a record that only a later request creates", self.number));
        }
        Ok(format!("${}", self.number))
    }
}

/// The names of a table that a URL and its errors need.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EntityNames<'a> {
    pub(crate) entity_set: &'a str,
    pub(crate) primary_id: Option<&'a str>,
}

#[cfg(feature = "messages")]
impl<'a> EntityNames<'a> {
    pub(crate) fn of_target(table: &'a TargetTable) -> Self {
        Self { entity_set: table.entity_set_name, primary_id: Some(table.primary_id_attribute) }
    }

    pub(crate) fn of(table: &'a EntityMetadata) -> Self {
        Self { entity_set: table.entity_set_name, primary_id: Some(table.primary_id_attribute) }
    }
}

/// Returns the text between the parentheses.
fn key_predicate(parts: &[(String, Literal)], declared: &[AlternateKey]) -> Result<String, String> {
    if parts.is_empty() || parts.len() > MAX_KEY_COLUMNS {
        return Err(format!("an alternate key has 1 to {MAX_KEY_COLUMNS} columns, not {}", parts.len()));
    }
    for (index, (name, value)) in parts.iter().enumerate() {
        if name.contains('/') {
            return Err(format!(
                "`{name}` is a column of a related record; a key has columns of the table itself"
            ));
        }
        if parts[..index].iter().any(|(other, _)| other == name) {
            return Err(format!("the alternate key names `{name}` twice"));
        }
        servable(value)?;
    }
    check_declared(parts, declared)?;
    let parts = parts.iter().map(|(name, value)| format!("{name}={}", path_part(&value.odata())));
    Ok(parts.collect::<Vec<_>>().join(","))
}

/// Returns the value as part of a URL, or an error if Dataverse does not accept one of its characters.
fn servable(value: &Literal) -> Result<String, String> {
    if let Some(bad) = value.value().chars().find(|each| value.is_quoted() && is_unservable(*each)) {
        return Err(format!(
            "{:?} cannot be a key value in a URL: Dataverse finds no record by a key with {bad:?} in it, percent-encoded \
             or not; query for the record with a filter instead",
            value.value()
        ));
    }
    Ok(path_part(&value.odata()))
}

fn is_unservable(character: char) -> bool {
    UNSERVABLE.contains(&character) || character.is_control()
}

/// Checks that the columns are those of an alternate key that the table declares, if it declares any.
fn check_declared(parts: &[(String, Literal)], declared: &[AlternateKey]) -> Result<(), String> {
    let column = |property: &str| {
        let lookup = property.strip_prefix('_').and_then(|name| name.strip_suffix("_value"));
        lookup.unwrap_or(property).to_owned()
    };
    let named: Vec<String> = parts.iter().map(|(name, _)| column(name)).collect();
    let is_it = |key: &AlternateKey| {
        key.attributes.len() == named.len()
            && key.attributes.iter().all(|each| named.iter().any(|name| name == each))
    };
    if declared.is_empty() || declared.iter().any(is_it) {
        return Ok(());
    }
    let keys = declared.iter().map(|key| format!("{} ({})", key.name, key.attributes.join(", ")));
    Err(format!(
        "no alternate key has the columns {}; the declared keys are {}",
        named.join(", "),
        keys.collect::<Vec<_>>().join("; ")
    ))
}

impl<T> RecordRef<T> {
    pub(crate) const fn new(address: Address) -> Self {
        Self { address, table: PhantomData }
    }

    /// Returns the id, if the record is named by its id, with or without a partition.
    pub fn id(&self) -> Option<Id<T>> {
        match self.address {
            Address::Id(id) | Address::Partitioned { id, .. } => Some(Id::new(id)),
            _ => None,
        }
    }

    #[doc(hidden)]
    pub fn address(&self) -> &Address {
        &self.address
    }
}

impl<T> Id<T> {
    /// Returns the name of the record of an elastic table with this id and partition id.
    ///
    /// A row that was created with a `partitionid` needs both. A row that was created without a `partitionid`
    /// needs only its id.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::Organization;
    ///
    /// #[derive(Debug, DataverseEntity)]
    /// #[entity(logical = "contoso_sensordata", set = "contoso_sensordatas")]
    /// pub struct SensorData {
    ///     #[attr(logical = "contoso_sensordataid", primary_id, create_only)]
    ///     pub id: Id<SensorData>,
    ///     #[attr(logical = "contoso_value", integer)]
    ///     pub value: Option<i32>,
    ///     #[attr(logical = "partitionid", string(max_length = 100), create_only)]
    ///     pub partition_id: Option<String>,
    /// }
    ///
    /// let id: Id<SensorData> = "e61a662e-68d8-487e-94e7-ae3a22fd4bbd".parse()?;
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let request = SensorData::update(id.in_partition("device-001")).value(60).request(&org)?;
    /// assert!(request.uri().path().ends_with(
    ///     "/contoso_sensordatas(contoso_sensordataid=e61a662e-68d8-487e-94e7-ae3a22fd4bbd,partitionid='device-001')"
    /// ));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn in_partition(self, partition_id: impl Into<Arc<str>>) -> RecordRef<T> {
        RecordRef::new(Address::Partitioned { id: self.uuid(), partition: partition_id.into() })
    }
}

impl<T> From<Id<T>> for RecordRef<T> {
    fn from(id: Id<T>) -> Self {
        Self::new(Address::Id(id.uuid()))
    }
}

/// A value that names a record of the table `T`: an [`Id`], an alternate key, a [`RecordRef`], or a
/// [`Record`] or lookup that was read; by value or by reference.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::Team;
///
/// fn rename(team: impl IntoRecord<Team>) -> <Team as Entity>::Update {
///     Team::update(team).name("Collections")
/// }
///
/// let id: Id<Team> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
/// assert_eq!(rename(id), rename(&id));
/// # Ok::<(), dataverse_entity::ParseIdError>(())
/// ```
///
/// Only the library implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not name a record of `{T}`",
    label = "name it by an `Id<{T}>`, by an alternate key (`{T}::COLUMN.key(value)`), or by the `record()` of an earlier request of the same change set"
)]
pub trait IntoRecord<T> {
    /// Returns the name of the record.
    fn into_record(self) -> RecordRef<T>;
}

#[diagnostic::do_not_recommend]
impl<T> IntoRecord<T> for RecordRef<T> {
    fn into_record(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T> IntoRecord<T> for &RecordRef<T> {
    fn into_record(self) -> RecordRef<T> {
        self.clone()
    }
}

#[diagnostic::do_not_recommend]
impl<T> IntoRecord<T> for Id<T> {
    fn into_record(self) -> RecordRef<T> {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<T> IntoRecord<T> for &Id<T> {
    fn into_record(self) -> RecordRef<T> {
        (*self).into()
    }
}

/// A record that was read names itself. If its primary id was not read, building a request with it is an
/// error.
#[diagnostic::do_not_recommend]
impl<T: Entity> IntoRecord<T> for &Record<T> {
    fn into_record(self) -> RecordRef<T> {
        RecordRef::new(self.id().map_or(Address::NotRead, |id| Address::Id(id.uuid())))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity> IntoRecord<T> for Record<T> {
    fn into_record(self) -> RecordRef<T> {
        (&self).into_record()
    }
}

impl<T> From<&Id<T>> for RecordRef<T> {
    fn from(id: &Id<T>) -> Self {
        (*id).into()
    }
}

impl<T> Clone for RecordRef<T> {
    fn clone(&self) -> Self {
        Self::new(self.address.clone())
    }
}

impl<T> PartialEq for RecordRef<T> {
    fn eq(&self, other: &Self) -> bool {
        self.address == other.address
    }
}

impl<T> Eq for RecordRef<T> {}

impl<T> Hash for RecordRef<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.address.hash(state);
    }
}

impl<T> fmt::Debug for RecordRef<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecordRef({})", self.address)
    }
}

impl<T> fmt::Display for RecordRef<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.address.fmt(f)
    }
}
