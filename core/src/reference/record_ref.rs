//! How a record is named in a URL: by its id, by an alternate key, or by its number in a change set.

use core::fmt;
use core::marker::PhantomData;

use uuid::Uuid;

use crate::Id;
use crate::encode::{Literal, path_part};
use crate::metadata::AlternateKey;
#[cfg(feature = "messages")]
use crate::metadata::EntityMetadata;

/// A record of the table `T`, however it is named: by an [`Id`], by an alternate key, or as one that an earlier request
/// of the same change set creates.
///
/// Messages take `impl IntoRecord<T>`, so an [`Id`] goes where a `RecordRef` does.
pub struct RecordRef<T> {
    address: Address,
    table: PhantomData<fn() -> T>,
}

/// How a record is named.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub enum Address {
    Id(Uuid),
    /// Properties with their values, in the order they were given.
    Key(Vec<(String, Literal)>),
    Content(ContentId),
}

/// A request of a change set, and through it the record it creates.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentId {
    /// The batch. The number never leaves the process.
    pub(crate) batch: u64,
    pub(crate) change_set: u32,
    /// The value of the `Content-ID` header.
    pub(crate) number: u32,
}

/// From where content-ids are looked at: the change set that is being written, and the request in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) here: ContentId,
}

/// Characters that Dataverse cannot serve in the value of an alternate key, whether percent-encoded or not.
const UNSERVABLE: [char; 10] = ['/', '<', '>', '*', '%', '&', ':', '\\', '?', '+'];

/// Most columns of an alternate key.
const MAX_KEY_COLUMNS: usize = 16;

impl Address {
    /// The record as a URL relative to the service's root, without a slash before it: `set(guid)`, `set(a='b')`, `$1`.
    pub(crate) fn url(&self, table: &EntityNames<'_>, scope: Option<Scope>) -> Result<String, String> {
        match self {
            Self::Id(id) => Ok(format!("{}({id})", table.entity_set)),
            Self::Key(parts) => Ok(format!("{}({})", table.entity_set, key_predicate(parts, table)?)),
            Self::Content(content) => content.url(scope),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "{id}"),
            Self::Key(parts) => {
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
                "`${}` stands for a record of a change set and can be named only by a later request of that change set",
                self.number
            ));
        };
        if (self.batch, self.change_set) != (here.batch, here.change_set) {
            return Err(format!("`${}` stands for a record of another change set", self.number));
        }
        if self.number >= here.number {
            return Err(format!("`${}` stands for a record that only a later request creates", self.number));
        }
        Ok(format!("${}", self.number))
    }
}

/// What a URL and its errors need to know of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EntityNames<'a> {
    pub(crate) entity_set: &'a str,
    pub(crate) keys: &'a [AlternateKey],
}

#[cfg(feature = "messages")]
impl<'a> EntityNames<'a> {
    pub(crate) fn of(table: &'a EntityMetadata) -> Self {
        Self { entity_set: table.entity_set_name, keys: table.keys }
    }
}

/// The text between the parentheses.
fn key_predicate(parts: &[(String, Literal)], table: &EntityNames<'_>) -> Result<String, String> {
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
        if let Some(bad) = value.value().chars().find(|each| value.is_quoted() && is_unservable(*each)) {
            return Err(format!(
                "{:?} cannot be a key value in a URL: Dataverse finds no record by a key with {bad:?} in it, percent-encoded \
                 or not; query for the record with a filter instead",
                value.value()
            ));
        }
    }
    check_declared(parts, table)?;
    let parts = parts.iter().map(|(name, value)| format!("{name}={}", path_part(&value.odata())));
    Ok(parts.collect::<Vec<_>>().join(","))
}

fn is_unservable(character: char) -> bool {
    UNSERVABLE.contains(&character) || character.is_control()
}

/// Where a table declares alternate keys, the columns have to be those of one of them.
fn check_declared(parts: &[(String, Literal)], table: &EntityNames<'_>) -> Result<(), String> {
    let column = |property: &str| {
        let lookup = property.strip_prefix('_').and_then(|name| name.strip_suffix("_value"));
        lookup.unwrap_or(property).to_owned()
    };
    let named: Vec<String> = parts.iter().map(|(name, _)| column(name)).collect();
    let is_it = |key: &AlternateKey| {
        key.attributes.len() == named.len()
            && key.attributes.iter().all(|each| named.iter().any(|name| name == each))
    };
    if table.keys.is_empty() || table.keys.iter().any(is_it) {
        return Ok(());
    }
    let keys = table.keys.iter().map(|key| format!("{} ({})", key.name, key.attributes.join(", ")));
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

    /// The id, where the record is named by it.
    pub fn id(&self) -> Option<Id<T>> {
        match self.address {
            Address::Id(id) => Some(Id::new(id)),
            _ => None,
        }
    }

    #[doc(hidden)]
    pub fn address(&self) -> &Address {
        &self.address
    }
}

impl<T> From<Id<T>> for RecordRef<T> {
    fn from(id: Id<T>) -> Self {
        Self::new(Address::Id(id.uuid()))
    }
}

/// What names a record of the table `T`: an [`Id`], an alternate key, a [`RecordRef`], or a lookup that was read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not name a record of `{T}`",
    label = "not a record of this table",
    note = "name it by an `Id<{T}>`, by an alternate key (`{T}::COLUMN.key(value)`), or by the `record()` of an earlier request of the same change set"
)]
pub trait IntoRecord<T> {
    /// The record.
    fn into_record(self) -> RecordRef<T>;
}

impl<T> IntoRecord<T> for RecordRef<T> {
    fn into_record(self) -> Self {
        self
    }
}

impl<T> IntoRecord<T> for &RecordRef<T> {
    fn into_record(self) -> RecordRef<T> {
        self.clone()
    }
}

impl<T> IntoRecord<T> for Id<T> {
    fn into_record(self) -> RecordRef<T> {
        self.into()
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
