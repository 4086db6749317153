//! The kinds of columns.

/// Declares the kinds, with Dataverse's names: in `AttributeTypeName` (followed by `Type`), and in `AttributeType`.
macro_rules! kinds {
    ($($(#[$docs:meta])* $kind:ident: $name:literal, $code:literal;)+) => {
        /// The kind of a column.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the names are those of Dataverse")]
        #[non_exhaustive]
        pub enum Kind {
            $($(#[$docs])* $kind,)+
        }

        impl Kind {
            /// Returns the kind's own name. With `Type` appended, it is the value of `AttributeTypeName`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }

            /// Returns the value of `AttributeType`: multi-select, image and file columns are `Virtual` there.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code,)+
                }
            }

            /// Returns the kind with this value of `AttributeTypeName` or of `AttributeType`; `None` for any other text.
            ///
            /// ```
            /// use dataverse_definitions::Kind;
            ///
            /// assert_eq!(Kind::from_name("MultiSelectPicklistType"), Some(Kind::MultiSelect));
            /// assert_eq!(Kind::from_name("BigInt"), Some(Kind::BigInt));
            /// assert_eq!(Kind::from_name("Color"), None);
            /// ```
            pub fn from_name(name: &str) -> Option<Self> {
                match name.strip_suffix("Type").unwrap_or(name) {
                    $($name => Some(Self::$kind),)+
                    // The rules of calendars, which are no property of the Web API.
                    "CalendarRules" => Some(Self::Virtual),
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    String: "String", "String";
    Memo: "Memo", "Memo";
    Integer: "Integer", "Integer";
    BigInt: "BigInt", "BigInt";
    Double: "Double", "Double";
    Decimal: "Decimal", "Decimal";
    Money: "Money", "Money";
    Boolean: "Boolean", "Boolean";
    DateTime: "DateTime", "DateTime";
    Picklist: "Picklist", "Picklist";
    State: "State", "State";
    Status: "Status", "Status";
    MultiSelect: "MultiSelectPicklist", "Virtual";
    Lookup: "Lookup", "Lookup";
    Customer: "Customer", "Customer";
    Owner: "Owner", "Owner";
    Uniqueidentifier: "Uniqueidentifier", "Uniqueidentifier";
    EntityName: "EntityName", "EntityName";
    Image: "Image", "Virtual";
    File: "File", "Virtual";
    ManagedProperty: "ManagedProperty", "ManagedProperty";
    PartyList: "PartyList", "PartyList";
    /// A column that the Web API has no property for, or of a kind that is not known.
    Virtual: "Virtual", "Virtual";
}

impl Kind {
    /// Returns whether values of the kind are options.
    pub fn has_options(self) -> bool {
        matches!(self, Self::Picklist | Self::State | Self::Status | Self::MultiSelect)
    }

    /// Returns whether values of the kind name records.
    pub fn is_lookup(self) -> bool {
        matches!(self, Self::Lookup | Self::Customer | Self::Owner)
    }

    /// Returns the most general kind whose properties have a type of `$metadata`.
    pub(crate) fn from_edm(edm: &str) -> Self {
        match edm {
            "Edm.String" => Self::String,
            "Edm.Int16" | "Edm.Int32" => Self::Integer,
            "Edm.Int64" => Self::BigInt,
            "Edm.Double" => Self::Double,
            "Edm.Decimal" => Self::Decimal,
            "Edm.Boolean" => Self::Boolean,
            "Edm.Date" | "Edm.DateTimeOffset" => Self::DateTime,
            "Edm.Guid" => Self::Uniqueidentifier,
            "Edm.Binary" => Self::File,
            _ => Self::Virtual,
        }
    }

    /// Returns the most general kind whose properties have the type of this one's.
    pub(crate) fn most_general(self) -> Self {
        match self {
            Self::Memo | Self::EntityName | Self::MultiSelect => Self::String,
            Self::Picklist | Self::State | Self::Status => Self::Integer,
            Self::Money => Self::Decimal,
            Self::Customer | Self::Owner => Self::Lookup,
            other => other,
        }
    }
}
