//! Rights on a record.

use core::fmt;
use core::ops::{BitAnd, BitOr, BitOrAssign, Sub};
use core::str::FromStr;

use crate::encode::excerpt;
use serde_core::de::Error as _;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

/// Rights on a record, as sharing grants them. The bits are those of Dataverse's `AccessRights`.
///
/// ```
/// use dataverse_entity::message::AccessRights;
///
/// let rights = AccessRights::READ | AccessRights::WRITE;
/// assert!(rights.contains(AccessRights::READ));
/// assert_eq!(rights.to_string(), "ReadAccess,WriteAccess");
/// assert_eq!("ReadAccess, WriteAccess".parse(), Ok(rights));
/// assert_eq!((rights - AccessRights::WRITE).iter().collect::<Vec<_>>(), [AccessRights::READ]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct AccessRights(u32);

impl AccessRights {
    /// The right to read the record.
    pub const READ: Self = Self(1);
    /// The right to update the record.
    pub const WRITE: Self = Self(2);
    /// The right to append the record to another one.
    pub const APPEND: Self = Self(4);
    /// The right to append other records to the record.
    pub const APPEND_TO: Self = Self(16);
    /// The right to create a record.
    pub const CREATE: Self = Self(32);
    /// The right to delete the record.
    pub const DELETE: Self = Self(65_536);
    /// The right to share the record.
    pub const SHARE: Self = Self(262_144);
    /// The right to assign the record to another owner.
    pub const ASSIGN: Self = Self(524_288);

    /// Returns no rights.
    pub const fn empty() -> Self {
        Self(0)
    }

    /// Returns all rights.
    pub const fn all() -> Self {
        Self(
            Self::READ.0
                | Self::WRITE.0
                | Self::APPEND.0
                | Self::APPEND_TO.0
                | Self::CREATE.0
                | Self::DELETE.0
                | Self::SHARE.0
                | Self::ASSIGN.0,
        )
    }

    /// Returns the rights as Dataverse's number.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Returns the rights with this number; `None` if one of its bits is no right.
    ///
    /// ```
    /// use dataverse_entity::message::AccessRights;
    ///
    /// assert_eq!(AccessRights::from_bits(3), Some(AccessRights::READ | AccessRights::WRITE));
    /// assert_eq!(AccessRights::from_bits(8), None);
    /// ```
    pub const fn from_bits(bits: u32) -> Option<Self> {
        if bits & !Self::all().0 == 0 { Some(Self(bits)) } else { None }
    }

    /// Returns whether there are no rights.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns whether all rights of `rights` are set.
    pub const fn contains(self, rights: Self) -> bool {
        self.0 & rights.0 == rights.0
    }

    /// Returns whether at least one right of `rights` is set.
    ///
    /// ```
    /// use dataverse_entity::message::AccessRights;
    ///
    /// let rights = AccessRights::READ | AccessRights::SHARE;
    /// assert!(rights.intersects(AccessRights::SHARE | AccessRights::ASSIGN));
    /// assert!(!rights.contains(AccessRights::SHARE | AccessRights::ASSIGN));
    /// ```
    pub const fn intersects(self, rights: Self) -> bool {
        self.0 & rights.0 != 0
    }

    /// Returns the rights of both. Works in constants, unlike `|`.
    ///
    /// ```
    /// use dataverse_entity::message::AccessRights;
    ///
    /// const EDIT: AccessRights = AccessRights::READ.union(AccessRights::WRITE);
    /// assert_eq!(EDIT, AccessRights::READ | AccessRights::WRITE);
    /// ```
    #[must_use]
    pub const fn union(self, rights: Self) -> Self {
        Self(self.0 | rights.0)
    }

    /// Returns the rights one by one, in the order of their numbers.
    pub fn iter(self) -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(right, _)| *right).filter(move |right| self.contains(*right))
    }
}

impl BitOr for AccessRights {
    type Output = Self;

    fn bitor(self, rights: Self) -> Self {
        self.union(rights)
    }
}

impl BitOrAssign for AccessRights {
    fn bitor_assign(&mut self, rights: Self) {
        self.0 |= rights.0;
    }
}

impl BitAnd for AccessRights {
    type Output = Self;

    fn bitand(self, rights: Self) -> Self {
        Self(self.0 & rights.0)
    }
}

/// Removes the other rights.
impl Sub for AccessRights {
    type Output = Self;

    fn sub(self, rights: Self) -> Self {
        Self(self.0 & !rights.0)
    }
}

impl FromIterator<Self> for AccessRights {
    fn from_iter<I: IntoIterator<Item = Self>>(rights: I) -> Self {
        rights.into_iter().fold(Self::empty(), Self::union)
    }
}

impl Extend<Self> for AccessRights {
    fn extend<I: IntoIterator<Item = Self>>(&mut self, rights: I) {
        rights.into_iter().for_each(|each| *self |= each);
    }
}

impl fmt::Debug for AccessRights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccessRights({self})")
    }
}

impl fmt::Binary for AccessRights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Binary::fmt(&self.0, f)
    }
}

impl fmt::LowerHex for AccessRights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::LowerHex::fmt(&self.0, f)
    }
}

/// Writes the text of `Display`.
impl Serialize for AccessRights {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads the text of `Display`.
impl<'de> Deserialize<'de> for AccessRights {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// The rights with their names on the wire.
const NAMES: [(AccessRights, &str); 8] = [
    (AccessRights::READ, "ReadAccess"),
    (AccessRights::WRITE, "WriteAccess"),
    (AccessRights::APPEND, "AppendAccess"),
    (AccessRights::APPEND_TO, "AppendToAccess"),
    (AccessRights::CREATE, "CreateAccess"),
    (AccessRights::DELETE, "DeleteAccess"),
    (AccessRights::SHARE, "ShareAccess"),
    (AccessRights::ASSIGN, "AssignAccess"),
];

/// Writes the names on the wire, such as `ReadAccess,WriteAccess`. Without rights, writes `None`.
impl fmt::Display for AccessRights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> =
            NAMES.iter().filter(|(right, _)| self.contains(*right)).map(|(_, name)| *name).collect();
        f.write_str(if names.is_empty() { "None" } else { "" })?;
        f.write_str(&names.join(","))
    }
}

/// The error of a text that names no right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRight(String);

impl fmt::Display for UnknownRight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The text may come from a server, and may be of any length.
        write!(f, "{:?} is not an access right", excerpt::line(&self.0, 80))
    }
}

impl core::error::Error for UnknownRight {}

impl FromStr for AccessRights {
    type Err = UnknownRight;

    /// Reads the names on the wire, with or without spaces after the commas, or the number of the rights.
    fn from_str(text: &str) -> Result<Self, UnknownRight> {
        let unknown = |name: &str| UnknownRight(name.to_owned());
        if let Ok(number) = text.trim().parse() {
            return Self::from_bits(number).ok_or_else(|| unknown(text));
        }
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty() && *name != "None");
        names
            .map(|name| {
                NAMES
                    .iter()
                    .find(|(_, each)| *each == name)
                    .map(|(right, _)| *right)
                    .ok_or_else(|| unknown(name))
            })
            .collect()
    }
}
