//! A GUID with its table in its type.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use core::str::FromStr;

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// The primary key of a record of the table `T`.
///
/// ```
/// use dataverse_entity::{Id, tables::SystemUser};
///
/// let user: Id<SystemUser> = "{6F9619FF-8B86-D011-B42D-00CF4FC964FF}".parse()?;
/// assert_eq!(user.to_string(), "6f9619ff-8b86-d011-b42d-00cf4fc964ff");
/// # Ok::<(), dataverse_entity::ParseIdError>(())
/// ```
///
/// The ids of different tables are different types, so an id cannot name a record of a wrong table:
///
/// ```compile_fail
/// # use dataverse_entity::{Id, tables::{SystemUser, Team}};
/// let user: Id<SystemUser> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap();
/// let team: Id<Team> = user;
/// ```
pub struct Id<T: ?Sized> {
    uuid: Uuid,
    table: PhantomData<fn() -> T>,
}

impl<T: ?Sized> Id<T> {
    /// Returns the id with this GUID. The caller vouches for the table.
    ///
    /// ```
    /// use dataverse_entity::{Id, tables::SystemUser};
    ///
    /// const ADMIN: Id<SystemUser> = Id::new(uuid::Uuid::from_u128(1));
    /// assert_eq!(ADMIN.to_string(), "00000000-0000-0000-0000-000000000001");
    /// ```
    pub const fn new(uuid: Uuid) -> Self {
        Self { uuid, table: PhantomData }
    }

    /// Returns the GUID.
    ///
    /// ```
    /// use dataverse_entity::{Id, tables::Team};
    ///
    /// assert_eq!(Id::<Team>::default().uuid(), uuid::Uuid::nil());
    /// ```
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }
}

impl<T: ?Sized> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Id<T> {}

impl<T: ?Sized> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl<T: ?Sized> Eq for Id<T> {}

impl<T: ?Sized> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: ?Sized> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}

impl<T: ?Sized> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl<T: ?Sized> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.uuid)
    }
}

impl<T: ?Sized> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.uuid, f)
    }
}

impl<T: ?Sized> FromStr for Id<T> {
    type Err = ParseIdError;

    /// Parses a GUID, with or without hyphens or braces, in either case.
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        parse(text).map(Self::new)
    }
}

impl<T: ?Sized> TryFrom<&str> for Id<T> {
    type Error = ParseIdError;

    fn try_from(text: &str) -> Result<Self, ParseIdError> {
        parse(text).map(Self::new)
    }
}

impl<T: ?Sized> TryFrom<String> for Id<T> {
    type Error = ParseIdError;

    fn try_from(text: String) -> Result<Self, ParseIdError> {
        parse(&text).map(Self::new)
    }
}

fn parse(text: &str) -> Result<Uuid, ParseIdError> {
    Uuid::parse_str(text).map_err(|_| ParseIdError { found: text.chars().take(EXCERPT).collect() })
}

/// Maximum length of the excerpt of a text in the error, in characters.
const EXCERPT: usize = 80;

/// The error for a text that is not a GUID.
///
/// ```
/// use dataverse_entity::{Id, tables::Team};
///
/// let error = "42".parse::<Id<Team>>().unwrap_err();
/// assert!(error.to_string().ends_with("found \"42\""));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseIdError {
    found: Box<str>,
}

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a GUID such as 6f9619ff-8b86-d011-b42d-00cf4fc964ff, found {:?}", self.found)
    }
}

impl core::error::Error for ParseIdError {}

/// Returns the nil GUID, which no record has: a placeholder, for example in a struct that derives `Default`.
impl<T: ?Sized> Default for Id<T> {
    fn default() -> Self {
        Self::new(Uuid::nil())
    }
}

impl<T: ?Sized> AsRef<Uuid> for Id<T> {
    fn as_ref(&self) -> &Uuid {
        &self.uuid
    }
}

impl<T: ?Sized> From<&Id<T>> for Uuid {
    fn from(id: &Id<T>) -> Self {
        id.uuid
    }
}

impl<T: ?Sized> From<&Self> for Id<T> {
    fn from(id: &Self) -> Self {
        *id
    }
}

impl<T: ?Sized> From<Uuid> for Id<T> {
    fn from(uuid: Uuid) -> Self {
        Self::new(uuid)
    }
}

impl<T: ?Sized> From<Id<T>> for Uuid {
    fn from(id: Id<T>) -> Self {
        id.uuid
    }
}

impl<T: ?Sized> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.uuid)
    }
}

impl<'de, T: ?Sized> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct GuidVisitor;

        impl serde_core::de::Visitor<'_> for GuidVisitor {
            type Value = Uuid;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a GUID")
            }

            fn visit_str<E: serde_core::de::Error>(self, text: &str) -> Result<Uuid, E> {
                Uuid::parse_str(text)
                    .map_err(|_| E::invalid_value(serde_core::de::Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_str(GuidVisitor).map(Self::new)
    }
}
