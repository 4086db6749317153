//! Which kinds of column a type can hold, for the checks that need it as data.

use crate::metadata::{AttributeType, DateTimeBehavior};

/// A set of column kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindSet(u32);

impl KindSet {
    /// String, memo and entity name.
    pub const TEXT: Self = Self(1);
    /// Integer.
    pub const INTEGER: Self = Self(1 << 1);
    /// Big integer.
    pub const BIG_INT: Self = Self(1 << 2);
    /// Double.
    pub const DOUBLE: Self = Self(1 << 3);
    /// Decimal and money.
    pub const DECIMAL: Self = Self(1 << 4);
    /// Boolean.
    pub const BOOLEAN: Self = Self(1 << 5);
    /// Datetime with behavior user local.
    pub const INSTANT: Self = Self(1 << 6);
    /// Datetime with behavior time zone independent.
    pub const CLOCK: Self = Self(1 << 7);
    /// Datetime with behavior date only.
    pub const DATE: Self = Self(1 << 8);
    /// Picklist, state and status.
    pub const CHOICE: Self = Self(1 << 9);
    /// Multi-select picklist.
    pub const MULTI_SELECT: Self = Self(1 << 10);
    /// Lookup, customer and owner.
    pub const LOOKUP: Self = Self(1 << 11);
    /// Uniqueidentifier.
    pub const GUID: Self = Self(1 << 12);
    /// Image.
    pub const IMAGE: Self = Self(1 << 13);
    /// File.
    pub const FILE: Self = Self(1 << 14);
    /// Managed property.
    pub const MANAGED_PROPERTY: Self = Self(1 << 15);
    /// Party list and virtual: no property on the wire.
    pub const NO_PROPERTY: Self = Self(1 << 16);

    /// Both sets together.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Does a column of this type belong to the set?
    pub const fn holds(self, attribute_type: &AttributeType) -> bool {
        self.0 & Self::of(attribute_type).0 != 0
    }

    const fn of(attribute_type: &AttributeType) -> Self {
        match attribute_type {
            AttributeType::String { .. } | AttributeType::Memo { .. } | AttributeType::EntityName => {
                Self::TEXT
            }
            AttributeType::Integer { .. } => Self::INTEGER,
            AttributeType::BigInt => Self::BIG_INT,
            AttributeType::Double { .. } => Self::DOUBLE,
            AttributeType::Decimal { .. } | AttributeType::Money { .. } => Self::DECIMAL,
            AttributeType::Boolean { .. } => Self::BOOLEAN,
            AttributeType::DateTime { behavior, .. } => match behavior {
                DateTimeBehavior::UserLocal => Self::INSTANT,
                DateTimeBehavior::TimeZoneIndependent => Self::CLOCK,
                DateTimeBehavior::DateOnly => Self::DATE,
            },
            AttributeType::Picklist { .. } | AttributeType::State { .. } | AttributeType::Status { .. } => {
                Self::CHOICE
            }
            AttributeType::MultiSelectPicklist { .. } => Self::MULTI_SELECT,
            AttributeType::Lookup { .. } | AttributeType::Customer { .. } | AttributeType::Owner { .. } => {
                Self::LOOKUP
            }
            AttributeType::Uniqueidentifier => Self::GUID,
            AttributeType::Image => Self::IMAGE,
            AttributeType::File => Self::FILE,
            AttributeType::ManagedProperty => Self::MANAGED_PROPERTY,
            AttributeType::PartyList | AttributeType::Virtual => Self::NO_PROPERTY,
        }
    }
}
