//! Rights on a record.

use core::fmt;
use core::str::FromStr;

bitflags::bitflags! {
    /// Rights on a record, as sharing grants them. The numbers are those of Dataverse's `AccessRights`.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
    pub struct AccessRights: u32 {
        /// Read it.
        const READ = 1;
        /// Change it.
        const WRITE = 2;
        /// Attach it to another record.
        const APPEND = 4;
        /// Attach other records to it.
        const APPEND_TO = 16;
        /// Create one.
        const CREATE = 32;
        /// Delete it.
        const DELETE = 65_536;
        /// Share it with others.
        const SHARE = 262_144;
        /// Give it to another owner.
        const ASSIGN = 524_288;
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

/// The names on the wire, `ReadAccess,WriteAccess`; `None` for no rights.
impl fmt::Display for AccessRights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> =
            NAMES.iter().filter(|(right, _)| self.contains(*right)).map(|(_, name)| *name).collect();
        f.write_str(if names.is_empty() { "None" } else { "" })?;
        f.write_str(&names.join(","))
    }
}

/// A name that is no right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRight(String);

impl fmt::Display for UnknownRight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not an access right", self.0)
    }
}

impl core::error::Error for UnknownRight {}

impl FromStr for AccessRights {
    type Err = UnknownRight;

    /// Reads the names on the wire, with or without spaces behind the commas, or their number.
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
