//! The type of a column, with the limits that belong to it.

use super::{OptionMetadata, TargetTable};

/// The type of a column, and the facts that only this type has.
///
/// The limits of decimals and money are text, because a float could not hold them exactly.
///
/// ```
/// use dataverse_entity::metadata::AttributeType;
/// use dataverse_entity::{Entity, tables::Team};
///
/// let longest = Team::METADATA.attributes.iter().filter_map(|column| match column.attribute_type {
///     AttributeType::String { max_length, .. } | AttributeType::Memo { max_length, .. } => max_length,
///     _ => None,
/// });
/// assert_eq!(longest.max(), Some(2_000));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum AttributeType {
    /// A single line of text.
    #[non_exhaustive]
    String {
        /// Maximum length in UTF-16 units, which is how Dataverse counts.
        max_length: Option<u32>,
        /// The content of the text.
        format: StringFormat,
    },
    /// Several lines of text.
    #[non_exhaustive]
    Memo {
        /// Maximum length in UTF-16 units, which is how Dataverse counts.
        max_length: Option<u32>,
        /// The content of the text.
        format: StringFormat,
    },
    /// A 32-bit integer.
    #[non_exhaustive]
    Integer {
        /// Lowest value.
        min: i32,
        /// Highest value.
        max: i32,
        /// The meaning of the number.
        format: IntegerFormat,
    },
    /// A 64-bit integer.
    BigInt,
    /// A floating-point number.
    #[non_exhaustive]
    Double {
        /// Lowest value.
        min: Option<f64>,
        /// Highest value.
        max: Option<f64>,
        /// Digits after the decimal point, 0 to 5.
        precision: Option<u8>,
    },
    /// A decimal number.
    #[non_exhaustive]
    Decimal {
        /// Lowest value, as written in the declaration.
        min: Option<&'static str>,
        /// Highest value, as written in the declaration.
        max: Option<&'static str>,
        /// Digits after the decimal point: 0 to 10 in custom columns, 12 in exchange rates.
        precision: Option<u8>,
    },
    /// An amount of money.
    #[non_exhaustive]
    Money {
        /// Lowest value, as written in the declaration.
        min: Option<&'static str>,
        /// Highest value, as written in the declaration.
        max: Option<&'static str>,
        /// Digits after the decimal point, 0 to 4.
        precision: Option<u8>,
    },
    /// Yes or no.
    #[non_exhaustive]
    Boolean {
        /// The label of `true`.
        true_label: &'static str,
        /// The label of `false`.
        false_label: &'static str,
    },
    /// A date, or a date and a time. The behavior, not the format, decides what is on the wire.
    #[non_exhaustive]
    DateTime {
        /// How Dataverse treats the value.
        behavior: DateTimeBehavior,
        /// Which part of it apps show.
        format: DateTimeFormat,
    },
    /// One option of a set.
    #[non_exhaustive]
    Picklist {
        /// The declared options.
        options: &'static [OptionMetadata],
    },
    /// The state of a record, such as active or inactive.
    #[non_exhaustive]
    State {
        /// The declared options.
        options: &'static [OptionMetadata],
    },
    /// The reason for the state of a record.
    #[non_exhaustive]
    Status {
        /// The declared options.
        options: &'static [OptionMetadata],
    },
    /// Several options of a set.
    #[non_exhaustive]
    MultiSelectPicklist {
        /// The declared options.
        options: &'static [OptionMetadata],
    },
    /// A reference to a record.
    #[non_exhaustive]
    Lookup {
        /// The tables to which it may point.
        targets: &'static [TargetTable],
    },
    /// A reference to an account or a contact.
    #[non_exhaustive]
    Customer {
        /// The tables to which it may point.
        targets: &'static [TargetTable],
    },
    /// The user or team that owns the record.
    #[non_exhaustive]
    Owner {
        /// The tables to which it may point.
        targets: &'static [TargetTable],
    },
    /// A GUID.
    Uniqueidentifier,
    /// The logical name of a table.
    EntityName,
    /// An image: on the wire the base64 text of a thumbnail.
    Image,
    /// A file: on the wire the GUID of the stored file, which no body can set.
    File,
    /// A boolean, and whether it may be changed.
    ManagedProperty,
    /// The parties of an activity. The Web API has no property for them.
    PartyList,
    /// A value that Dataverse derives from another column. The Web API has no property for it.
    Virtual,
}

impl AttributeType {
    /// Returns the type's own name. With `Type` appended, it is the value of `AttributeTypeName`.
    ///
    /// ```
    /// use dataverse_entity::metadata::AttributeType;
    ///
    /// assert_eq!(AttributeType::BigInt.name(), "BigInt");
    /// ```
    pub const fn name(&self) -> &'static str {
        self.kind().name()
    }

    /// Returns the value of `AttributeType`: a member of the Web API's `AttributeTypeCode` enum. Multi-select
    /// sets, images and files have no member of their own, and are `Virtual`.
    ///
    /// ```
    /// use dataverse_entity::metadata::AttributeType;
    ///
    /// assert_eq!(AttributeType::Image.code(), "Virtual");
    /// ```
    pub const fn code(&self) -> &'static str {
        self.kind().code()
    }

    /// Returns the type of the column's definition. Answers give GUIDs none of their own.
    pub(super) const fn definition(&self) -> &'static str {
        match self {
            Self::Uniqueidentifier => "AttributeMetadata",
            _ => self.kind().definition(),
        }
    }
}

impl AttributeType {
    /// Returns the type of a single line of text, with its maximum length in UTF-16 units.
    ///
    /// ```
    /// use dataverse_entity::metadata::{AttributeType, StringFormat};
    ///
    /// const EMAIL: AttributeType = AttributeType::string(Some(100), StringFormat::Email);
    /// assert!(matches!(EMAIL, AttributeType::String { max_length: Some(100), .. }));
    /// ```
    pub const fn string(max_length: Option<u32>, format: StringFormat) -> Self {
        Self::String { max_length, format }
    }

    /// Returns the type of several lines of text, with their maximum length in UTF-16 units.
    pub const fn memo(max_length: Option<u32>, format: StringFormat) -> Self {
        Self::Memo { max_length, format }
    }

    /// Returns the type of a 32-bit integer in a range.
    ///
    /// ```
    /// use dataverse_entity::metadata::{AttributeType, IntegerFormat};
    ///
    /// const EMPLOYEES: AttributeType = AttributeType::integer(0, 1_000_000_000, IntegerFormat::None);
    /// assert!(matches!(EMPLOYEES, AttributeType::Integer { min: 0, .. }));
    /// ```
    pub const fn integer(min: i32, max: i32, format: IntegerFormat) -> Self {
        Self::Integer { min, max, format }
    }

    /// Returns the type of a floating-point number, with its limits.
    pub const fn double(min: Option<f64>, max: Option<f64>, precision: Option<u8>) -> Self {
        Self::Double { min, max, precision }
    }

    /// Returns the type of a decimal number, with its limits in plain notation.
    ///
    /// ```
    /// use dataverse_entity::metadata::AttributeType;
    ///
    /// // The rate of a currency, as Dataverse declares it.
    /// const RATE: AttributeType = AttributeType::decimal(Some("0.000000000001"), Some("100000000000"), Some(12));
    /// assert_eq!(RATE.name(), "Decimal");
    /// ```
    pub const fn decimal(
        min: Option<&'static str>,
        max: Option<&'static str>,
        precision: Option<u8>,
    ) -> Self {
        Self::Decimal { min, max, precision }
    }

    /// Returns the type of an amount of money, with its limits in plain notation.
    pub const fn money(min: Option<&'static str>, max: Option<&'static str>, precision: Option<u8>) -> Self {
        Self::Money { min, max, precision }
    }

    /// Returns the type of a yes or no with these labels.
    ///
    /// ```
    /// use dataverse_entity::metadata::AttributeType;
    ///
    /// const DO_NOT_EMAIL: AttributeType = AttributeType::boolean("Do Not Allow", "Allow");
    /// assert_eq!(DO_NOT_EMAIL.code(), "Boolean");
    /// ```
    pub const fn boolean(true_label: &'static str, false_label: &'static str) -> Self {
        Self::Boolean { true_label, false_label }
    }

    /// Returns the type of a date, or a date and a time.
    ///
    /// ```
    /// use dataverse_entity::metadata::{AttributeType, DateTimeBehavior, DateTimeFormat};
    ///
    /// const BIRTHDAY: AttributeType =
    ///     AttributeType::datetime(DateTimeBehavior::DateOnly, DateTimeFormat::DateOnly);
    /// assert_eq!(BIRTHDAY.name(), "DateTime");
    /// ```
    pub const fn datetime(behavior: DateTimeBehavior, format: DateTimeFormat) -> Self {
        Self::DateTime { behavior, format }
    }

    /// Returns the type of one option of a set.
    ///
    /// ```
    /// use dataverse_entity::metadata::{AttributeType, OptionMetadata};
    ///
    /// const RATING: AttributeType = AttributeType::picklist(&[
    ///     OptionMetadata::new("Hot", 1, "Hot"),
    ///     OptionMetadata::new("Cold", 3, "Cold"),
    /// ]);
    /// assert_eq!(RATING.options().len(), 2);
    /// ```
    pub const fn picklist(options: &'static [OptionMetadata]) -> Self {
        Self::Picklist { options }
    }

    /// Returns the type of the state of a record.
    pub const fn state(options: &'static [OptionMetadata]) -> Self {
        Self::State { options }
    }

    /// Returns the type of the reason for the state of a record.
    pub const fn status(options: &'static [OptionMetadata]) -> Self {
        Self::Status { options }
    }

    /// Returns the type of several options of a set.
    pub const fn multi_select_picklist(options: &'static [OptionMetadata]) -> Self {
        Self::MultiSelectPicklist { options }
    }

    /// Returns the type of a reference to a record of one of these tables.
    ///
    /// ```
    /// use dataverse_entity::metadata::{AttributeType, TargetTable};
    ///
    /// const PARENT: AttributeType =
    ///     AttributeType::lookup(&[TargetTable::new("account", "accounts", "accountid")]);
    /// assert!(PARENT.is_lookup());
    /// ```
    pub const fn lookup(targets: &'static [TargetTable]) -> Self {
        Self::Lookup { targets }
    }

    /// Returns the type of a reference to an account or a contact.
    pub const fn customer(targets: &'static [TargetTable]) -> Self {
        Self::Customer { targets }
    }

    /// Returns the type of a reference to the user or team that owns the record.
    pub const fn owner(targets: &'static [TargetTable]) -> Self {
        Self::Owner { targets }
    }

    /// Returns the options of a picklist, state, status or multi-select column; none for other types.
    ///
    /// ```
    /// use dataverse_entity::{Entity, tables::SessionEvent};
    ///
    /// let state = SessionEvent::METADATA.attribute("statecode").unwrap();
    /// assert_eq!(state.attribute_type.options()[1].label, "Inactive");
    /// ```
    pub const fn options(&self) -> &'static [OptionMetadata] {
        match self {
            Self::Picklist { options }
            | Self::State { options }
            | Self::Status { options }
            | Self::MultiSelectPicklist { options } => options,
            _ => &[],
        }
    }

    /// Returns the tables to which a lookup, customer or owner column may point; none for other types.
    ///
    /// ```
    /// use dataverse_entity::{Entity, tables::SessionEvent};
    ///
    /// let owner = SessionEvent::METADATA.attribute("ownerid").unwrap();
    /// let tables: Vec<_> = owner.attribute_type.targets().iter().map(|table| table.logical_name).collect();
    /// assert_eq!(tables, ["systemuser", "team"]);
    /// ```
    pub const fn targets(&self) -> &'static [TargetTable] {
        match self {
            Self::Lookup { targets } | Self::Customer { targets } | Self::Owner { targets } => targets,
            _ => &[],
        }
    }

    /// Returns whether the column is a reference to a record. An answer has it as `_name_value`; a body sets
    /// it through a navigation property.
    pub const fn is_lookup(&self) -> bool {
        matches!(self, Self::Lookup { .. } | Self::Customer { .. } | Self::Owner { .. })
    }
}

/// The content of a string or memo column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum StringFormat {
    /// Plain text.
    #[default]
    Text,
    /// Several lines of plain text.
    TextArea,
    /// A mail address.
    Email,
    /// A web address.
    Url,
    /// A telephone number.
    Phone,
    /// A stock exchange symbol.
    TickerSymbol,
    /// A version number.
    VersionNumber,
    /// The phonetic spelling of a Japanese name.
    PhoneticGuide,
    /// A JSON document.
    Json,
    /// HTML.
    RichText,
}

impl StringFormat {
    /// Returns the name in `Format`, an older enum that has no members for telephone numbers, JSON and HTML.
    pub(super) const fn legacy_name(self) -> &'static str {
        match self {
            Self::Phone | Self::Json | Self::RichText => "Text",
            _ => self.name(),
        }
    }

    /// Returns the name in `FormatName`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::TextArea => "TextArea",
            Self::Email => "Email",
            Self::Url => "Url",
            Self::Phone => "Phone",
            Self::TickerSymbol => "TickerSymbol",
            Self::VersionNumber => "VersionNumber",
            Self::PhoneticGuide => "PhoneticGuide",
            Self::Json => "Json",
            Self::RichText => "RichText",
        }
    }
}

/// The meaning of the number in an integer column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum IntegerFormat {
    /// A number.
    #[default]
    None,
    /// A length of time, in minutes.
    Duration,
    /// A time zone code.
    TimeZone,
    /// A language code.
    Language,
    /// A locale.
    Locale,
}

impl IntegerFormat {
    /// Returns the name in `Format`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Duration => "Duration",
            Self::TimeZone => "TimeZone",
            Self::Language => "Language",
            Self::Locale => "Locale",
        }
    }
}

/// How Dataverse treats the value of a datetime column. It decides the type on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DateTimeBehavior {
    /// An instant: `Edm.DateTimeOffset`, in UTC on the wire. Apps show it in the user's time zone.
    UserLocal,
    /// A date: `Edm.Date`.
    DateOnly,
    /// A clock reading that is the same everywhere: `Edm.DateTimeOffset` whose `Z` means nothing.
    TimeZoneIndependent,
}

impl DateTimeBehavior {
    /// Returns the name in `DateTimeBehavior`.
    ///
    /// ```
    /// use dataverse_entity::metadata::DateTimeBehavior;
    ///
    /// assert_eq!(DateTimeBehavior::DateOnly.name(), "DateOnly");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::UserLocal => "UserLocal",
            Self::DateOnly => "DateOnly",
            Self::TimeZoneIndependent => "TimeZoneIndependent",
        }
    }
}

/// Which part of a datetime column apps show. It changes nothing on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum DateTimeFormat {
    /// The date.
    DateOnly,
    /// The date and the time.
    #[default]
    DateAndTime,
}

impl DateTimeFormat {
    /// Returns the name in `Format`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DateOnly => "DateOnly",
            Self::DateAndTime => "DateAndTime",
        }
    }
}
