//! The kinds of columns, and Dataverse's names of them.

use super::AttributeType;

/// Declares the kinds, with Dataverse's names: in `AttributeTypeName` (followed by `Type`), in the enum `AttributeTypeCode`, and in
/// the type of the column's definition (followed by `AttributeMetadata`).
macro_rules! attribute_kinds {
    ($($(#[$docs:meta])* $kind:ident of $variant:ident: $name:literal, $code:literal, $definition:literal;)+) => {
        /// The kind of a column, without the facts of an [`AttributeType`].
        ///
        /// ```
        /// use dataverse_entity::metadata::AttributeKind;
        ///
        /// let kind = AttributeKind::from_name("MultiSelectPicklistType").unwrap();
        /// assert_eq!(kind, AttributeKind::MultiSelect);
        /// assert_eq!((kind.name(), kind.code()), ("MultiSelectPicklist", "Virtual"));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the names are those of Dataverse")]
        #[non_exhaustive]
        pub enum AttributeKind {
            $($(#[$docs])* $kind,)+
        }

        impl AttributeKind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// Returns the kind's own name. With `Type` appended, it is the value of `AttributeTypeName`.
            ///
            /// ```
            /// use dataverse_entity::metadata::AttributeKind;
            ///
            /// assert_eq!(AttributeKind::BigInt.name(), "BigInt");
            /// ```
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }

            /// Returns the value of `AttributeType`: a member of the Web API's `AttributeTypeCode` enum.
            /// Multi-select sets, images and files have no member of their own, and are `Virtual`.
            ///
            /// ```
            /// use dataverse_entity::metadata::AttributeKind;
            ///
            /// assert_eq!(AttributeKind::Image.code(), "Virtual");
            /// ```
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code,)+
                }
            }

            /// Returns the type of the column's definition, in the namespace `Microsoft.Dynamics.CRM`. Owner and
            /// customer columns and parties are lookups there.
            ///
            /// ```
            /// use dataverse_entity::metadata::AttributeKind;
            ///
            /// assert_eq!(AttributeKind::Owner.definition(), "LookupAttributeMetadata");
            /// assert_eq!(AttributeKind::Virtual.definition(), "AttributeMetadata");
            /// ```
            pub const fn definition(self) -> &'static str {
                match self {
                    $(Self::$kind => concat!($definition, "AttributeMetadata"),)+
                }
            }

            /// Returns the kind with this value of `AttributeTypeName` or of `AttributeType`; `None` for any other
            /// text.
            ///
            /// ```
            /// use dataverse_entity::metadata::AttributeKind;
            ///
            /// assert_eq!(AttributeKind::from_name("BigInt"), Some(AttributeKind::BigInt));
            /// assert_eq!(AttributeKind::from_name("BigIntType"), Some(AttributeKind::BigInt));
            /// assert_eq!(AttributeKind::from_name("Color"), None);
            /// ```
            pub fn from_name(name: &str) -> Option<Self> {
                match name.strip_suffix("Type").unwrap_or(name) {
                    $($name => Some(Self::$kind),)+
                    // The rules of calendars, for which the Web API has no property.
                    "CalendarRules" => Some(Self::Virtual),
                    _ => None,
                }
            }
        }

        impl AttributeType {
            /// Returns the kind of the column.
            ///
            /// ```
            /// use dataverse_entity::metadata::{AttributeKind, AttributeType};
            ///
            /// assert_eq!(AttributeType::picklist(&[]).kind(), AttributeKind::Picklist);
            /// ```
            pub const fn kind(&self) -> AttributeKind {
                match self {
                    $(Self::$variant { .. } => AttributeKind::$kind,)+
                }
            }
        }
    };
}

attribute_kinds! {
    String of String: "String", "String", "String";
    Memo of Memo: "Memo", "Memo", "Memo";
    Integer of Integer: "Integer", "Integer", "Integer";
    BigInt of BigInt: "BigInt", "BigInt", "BigInt";
    Double of Double: "Double", "Double", "Double";
    Decimal of Decimal: "Decimal", "Decimal", "Decimal";
    Money of Money: "Money", "Money", "Money";
    Boolean of Boolean: "Boolean", "Boolean", "Boolean";
    DateTime of DateTime: "DateTime", "DateTime", "DateTime";
    Picklist of Picklist: "Picklist", "Picklist", "Picklist";
    State of State: "State", "State", "State";
    Status of Status: "Status", "Status", "Status";
    MultiSelect of MultiSelectPicklist: "MultiSelectPicklist", "Virtual", "MultiSelectPicklist";
    Lookup of Lookup: "Lookup", "Lookup", "Lookup";
    Customer of Customer: "Customer", "Customer", "Lookup";
    Owner of Owner: "Owner", "Owner", "Lookup";
    Uniqueidentifier of Uniqueidentifier: "Uniqueidentifier", "Uniqueidentifier", "UniqueIdentifier";
    EntityName of EntityName: "EntityName", "EntityName", "EntityName";
    Image of Image: "Image", "Virtual", "Image";
    File of File: "File", "Virtual", "File";
    ManagedProperty of ManagedProperty: "ManagedProperty", "ManagedProperty", "ManagedProperty";
    PartyList of PartyList: "PartyList", "PartyList", "Lookup";
    /// A column that the Web API has no property for, or of a kind that is not known.
    Virtual of Virtual: "Virtual", "Virtual", "";
}

impl AttributeKind {
    /// Returns whether values of the kind are options.
    ///
    /// ```
    /// use dataverse_entity::metadata::AttributeKind;
    ///
    /// assert!(AttributeKind::Status.has_options());
    /// assert!(!AttributeKind::Boolean.has_options());
    /// ```
    pub const fn has_options(self) -> bool {
        matches!(self, Self::Picklist | Self::State | Self::Status | Self::MultiSelect)
    }

    /// Returns whether values of the kind name records. An answer has them as `_name_value`.
    ///
    /// ```
    /// use dataverse_entity::metadata::AttributeKind;
    ///
    /// assert!(AttributeKind::Customer.is_lookup());
    /// ```
    pub const fn is_lookup(self) -> bool {
        matches!(self, Self::Lookup | Self::Customer | Self::Owner)
    }
}
