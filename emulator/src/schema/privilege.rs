//! Privileges and their depths.

/// A privilege of a security role on the records of a table.
///
/// ```
/// use dataverse_emulator::Privilege;
///
/// assert_eq!(Privilege::AppendTo.name(), "AppendTo");
/// assert_eq!(Privilege::ALL.len(), 8);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Privilege {
    /// Create records.
    Create,
    /// Read records.
    Read,
    /// Update records.
    Write,
    /// Delete records.
    Delete,
    /// Make the records refer to others.
    Append,
    /// Make others refer to the records.
    AppendTo,
    /// Assign the records to another owner.
    Assign,
    /// Share the records with others.
    Share,
}

/// The depth of a privilege: the records that it reaches. Each depth includes those before it.
///
/// ```
/// use dataverse_emulator::Depth;
///
/// assert!(Depth::User < Depth::Organization);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// The records of the user and of the user's teams, and records shared with them. Also called Basic.
    User,
    /// All records of the business unit. Also called Local.
    BusinessUnit,
    /// All records of the business unit and of those below it. Also called Deep.
    ParentChildBusinessUnits,
    /// All records. Also called Global. The only depth for tables that the organization owns.
    Organization,
}

impl Privilege {
    /// All privileges, in the order in which Dataverse lists access rights.
    pub const ALL: [Self; 8] = [
        Self::Read,
        Self::Write,
        Self::Append,
        Self::AppendTo,
        Self::Create,
        Self::Delete,
        Self::Share,
        Self::Assign,
    ];

    /// Returns the name in Dataverse's enumeration `PrivilegeType`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Create => "Create",
            Self::Read => "Read",
            Self::Write => "Write",
            Self::Delete => "Delete",
            Self::Append => "Append",
            Self::AppendTo => "AppendTo",
            Self::Assign => "Assign",
            Self::Share => "Share",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.name() == name)
    }

    /// Returns the name in `AccessRights`.
    pub(crate) const fn access_right(self) -> &'static str {
        match self {
            Self::Create => "CreateAccess",
            Self::Read => "ReadAccess",
            Self::Write => "WriteAccess",
            Self::Delete => "DeleteAccess",
            Self::Append => "AppendAccess",
            Self::AppendTo => "AppendToAccess",
            Self::Assign => "AssignAccess",
            Self::Share => "ShareAccess",
        }
    }

    /// Returns the bit in `AccessRights`.
    pub(crate) const fn bit(self) -> i64 {
        match self {
            Self::Read => 1,
            Self::Write => 2,
            Self::Append => 4,
            Self::AppendTo => 16,
            Self::Create => 32,
            Self::Delete => 65_536,
            Self::Share => 262_144,
            Self::Assign => 524_288,
        }
    }
}

impl Depth {
    /// All depths, the smallest first.
    pub const ALL: [Self; 4] =
        [Self::User, Self::BusinessUnit, Self::ParentChildBusinessUnits, Self::Organization];

    /// Returns the value of `privilegedepthmask`.
    pub(crate) const fn mask(self) -> i64 {
        match self {
            Self::User => 1,
            Self::BusinessUnit => 2,
            Self::ParentChildBusinessUnits => 4,
            Self::Organization => 8,
        }
    }

    pub(crate) fn from_mask(mask: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.mask() == mask)
    }

    /// Returns the name in `PrivilegeDepth`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::User => "Basic",
            Self::BusinessUnit => "Local",
            Self::ParentChildBusinessUnits => "Deep",
            Self::Organization => "Global",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.name() == name)
    }
}
