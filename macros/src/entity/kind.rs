//! The kinds of column: one table with a row for each kind. All other code asks the row.

use proc_macro2::Ident;

use crate::common::meta::Number;

/// What is the same for all columns of a kind.
#[derive(Debug)]
pub(super) struct KindSpec {
    /// The word in `#[attr(…)]`.
    pub(super) word: &'static str,
    /// The variant of the library's `AttributeType`.
    pub(super) attribute_type: &'static str,
    /// The library's trait for the types that can hold such a column.
    pub(super) field_trait: &'static str,
    /// The library's marker for what queries can do with such a column.
    pub(super) query_kind: &'static str,
    /// What the rules and the generated code distinguish.
    pub(super) role: Role,
    /// The arguments that the word takes in parentheses.
    pub(super) takes: Takes,
    /// Whether the server prints a label for the values.
    pub(super) has_label: bool,
    /// Whether an alternate key can hold such a column.
    pub(super) can_be_key: bool,
}

/// What the rules and the generated code distinguish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Text that people write.
    Text,
    /// A value like any other.
    Value,
    /// One or several options of a set.
    Choice,
    State,
    Status,
    /// A reference to a record.
    Lookup,
    /// A reference to the user or team that owns the record.
    Owner,
    Guid,
    /// Content with an endpoint of its own.
    File,
    /// Who takes part in an activity: no property, but members of a collection in the bodies of creates and updates.
    PartyList,
    /// A column without a property in the Web API.
    NoProperty,
}

/// The arguments that a kind takes, with the server's limits and the default of each.
#[derive(Debug, Clone, Copy)]
pub(super) enum Takes {
    Nothing,
    /// `max_length`, up to this one, and `format`.
    Text {
        max_length: u32,
        format: &'static str,
    },
    /// `min`, `max` and `format`.
    Integer,
    /// `min`, `max` and `precision`, of binary floating point.
    Float {
        max_precision: u8,
    },
    /// `min`, `max` and `precision`, of exact decimal digits.
    Exact {
        max_precision: u8,
    },
    /// `true_label` and `false_label`.
    Labels,
    /// `behavior`, of which this row is one, and `format`.
    DateTime {
        behavior: &'static str,
        format: &'static str,
    },
}

/// The longest text that a column of the platform declares (`annotation.documentbody`): 2^30 - 1 characters, which is what
/// SQL Server stores. Columns of one's own have at most 4,000 characters, or 1,048,576 in several lines.
const MAX_TEXT: u32 = 1_073_741_823;

/// Every kind. A datetime has a row for each behavior; the first is used for an unknown behavior.
#[rustfmt::skip]
const KINDS: &[KindSpec] = {
    use Role::*;
    &[
        row("string", "String", "TextColumn", "Text", Text).takes(text(MAX_TEXT, "Text")).key(),
        row("memo", "Memo", "TextColumn", "Text", Text).takes(text(MAX_TEXT, "TextArea")),
        row("integer", "Integer", "IntegerColumn", "Integer", Value).takes(Takes::Integer).key(),
        row("bigint", "BigInt", "BigIntColumn", "BigInt", Value),
        row("double", "Double", "DoubleColumn", "Double", Value).takes(Takes::Float { max_precision: 5 }),
        row("decimal", "Decimal", "DecimalColumn", "Decimal", Value).takes(Takes::Exact { max_precision: 12 }).key(),
        row("money", "Money", "DecimalColumn", "Decimal", Value).takes(Takes::Exact { max_precision: 4 }),
        row("boolean", "Boolean", "BooleanColumn", "Boolean", Value).takes(Takes::Labels).label(),
        datetime("InstantColumn", "Instant", "UserLocal", "DateAndTime"),
        datetime("ClockColumn", "Clock", "TimeZoneIndependent", "DateAndTime"),
        datetime("DateColumn", "Date", "DateOnly", "DateOnly"),
        row("picklist", "Picklist", "ChoiceColumn", "Choice", Choice).label().key(),
        row("state", "State", "ChoiceColumn", "Choice", State).label(),
        row("status", "Status", "ChoiceColumn", "Choice", Status).label(),
        row("multiselect", "MultiSelectPicklist", "MultiSelectColumn", "MultiSelect", Choice).label(),
        row("lookup", "Lookup", "LookupColumn", "Lookup", Lookup).label().key(),
        row("customer", "Customer", "LookupColumn", "Lookup", Lookup).label().key(),
        row("owner", "Owner", "LookupColumn", "Owner", Owner).label().key(),
        row("uniqueidentifier", "Uniqueidentifier", "GuidColumn", "Guid", Guid),
        row("entity_name", "EntityName", "TextColumn", "EntityName", Value),
        row("image", "Image", "ImageColumn", "Binary", Value),
        row("file", "File", "FileColumn", "Binary", File),
        row("managed_property", "ManagedProperty", "ManagedPropertyColumn", "ManagedProperty", Value),
        row("party_list", "PartyList", "PartyListColumn", "Unavailable", PartyList),
        VIRTUAL,
    ]
};

/// The last row, which is also used for an unknown kind.
const VIRTUAL: KindSpec = row("virtual", "Virtual", "NoPropertyColumn", "Unavailable", Role::NoProperty);

/// The kind that a type of this name implies. The types of date libraries are in `DATE_TYPES`.
const TYPES: &[(&str, &str)] = &[
    ("String", "string"),
    ("Box<str>", "string"),
    ("Arc<str>", "string"),
    ("bool", "boolean"),
    ("i32", "integer"),
    ("i64", "bigint"),
    ("f64", "double"),
    ("Lookup", "lookup"),
    ("Id", "uniqueidentifier"),
    ("Uuid", "uniqueidentifier"),
    ("MultiSelect", "multiselect"),
    ("ManagedProperty", "managed_property"),
    ("NoProperty", "virtual"),
];

/// The behavior that a date library's type of this name implies. Any other type needs
/// `datetime(behavior = "…")`, and nothing else.
const DATE_TYPES: &[(&str, &str)] = &[
    ("Timestamp", "UserLocal"),
    ("OffsetDateTime", "UserLocal"),
    ("UtcDateTime", "UserLocal"),
    // chrono's `DateTime<Utc>` is an instant, jiff's `DateTime` a clock reading.
    ("DateTime<_>", "UserLocal"),
    ("DateTime", "TimeZoneIndependent"),
    ("NaiveDateTime", "TimeZoneIndependent"),
    ("PrimitiveDateTime", "TimeZoneIndependent"),
    ("Date", "DateOnly"),
    ("NaiveDate", "DateOnly"),
];

/// Returns the row of a word, and for a datetime the first of its rows.
pub(super) fn with_word(word: &str) -> Option<&'static KindSpec> {
    KINDS.iter().find(|spec| spec.word == word)
}

/// Returns the row of a datetime with this behavior.
pub(super) fn with_behavior(wanted: &str) -> Option<&'static KindSpec> {
    KINDS.iter().find(|spec| matches!(spec.takes, Takes::DateTime { behavior, .. } if behavior == wanted))
}

/// Returns the words of all kinds.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|spec| spec.word)
}

/// Returns the kind that a type of this name implies, if it is no date.
pub(super) fn of_type_name(name: &str) -> Option<&'static KindSpec> {
    TYPES.iter().find(|(type_name, _)| *type_name == name).and_then(|(_, word)| with_word(word))
}

/// Returns the behavior that a date type of this name implies.
pub(super) fn of_date_type_name(name: &str) -> Option<&'static KindSpec> {
    DATE_TYPES
        .iter()
        .find(|(type_name, _)| *type_name == name)
        .and_then(|(_, behavior)| with_behavior(behavior))
}

/// Makes a row without what only some kinds have.
const fn row(
    word: &'static str,
    attribute_type: &'static str,
    field_trait: &'static str,
    query_kind: &'static str,
    role: Role,
) -> KindSpec {
    let (takes, has_label, can_be_key) = (Takes::Nothing, false, false);
    KindSpec { word, attribute_type, field_trait, query_kind, role, takes, has_label, can_be_key }
}

const fn text(max_length: u32, format: &'static str) -> Takes {
    Takes::Text { max_length, format }
}

const fn datetime(
    field_trait: &'static str,
    query_kind: &'static str,
    behavior: &'static str,
    format: &'static str,
) -> KindSpec {
    row("datetime", "DateTime", field_trait, query_kind, Role::Value)
        .takes(Takes::DateTime { behavior, format })
        .key()
}

impl KindSpec {
    const fn takes(mut self, takes: Takes) -> Self {
        self.takes = takes;
        self
    }

    const fn label(mut self) -> Self {
        self.has_label = true;
        self
    }

    const fn key(mut self) -> Self {
        self.can_be_key = true;
        self
    }

    /// Returns the name of the library's function that makes such an `AttributeType`.
    pub(super) fn constructor(&self) -> &'static str {
        match self.word {
            "multiselect" => "multi_select_picklist",
            word => word,
        }
    }

    pub(super) fn is_text(&self) -> bool {
        self.role == Role::Text
    }

    pub(super) fn is_lookup(&self) -> bool {
        matches!(self.role, Role::Lookup | Role::Owner)
    }

    /// Whether the metadata of such a column holds options.
    pub(super) fn has_options(&self) -> bool {
        matches!(self.role, Role::Choice | Role::State | Role::Status)
    }

    /// Whether a body of a create or update can hold such a column.
    pub(super) fn is_writable_property(&self) -> bool {
        !matches!(self.role, Role::NoProperty | Role::File)
    }

    /// Whether the value can be cleared: a state and its status always have one.
    pub(super) fn is_clearable(&self) -> bool {
        !matches!(self.role, Role::State | Role::Status)
    }
}

/// The kind of one column. Words such as formats are already replaced by variants of the library's enums.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) spec: &'static KindSpec,
    pub(super) arguments: Arguments,
}

impl Kind {
    /// An unknown kind. There is an error already, and this kind has no requirements.
    pub(super) const UNKNOWN: &Self = &Self { spec: &VIRTUAL, arguments: Arguments::None };
}

/// The arguments in parentheses, or their defaults.
#[derive(Debug)]
pub(super) enum Arguments {
    None,
    Text { max_length: Option<Number>, format: Ident },
    Integer { min: Option<Number>, max: Option<Number>, format: Ident },
    Float(Limits),
    Exact(Limits),
    Labels { true_label: String, false_label: String },
    DateTime { behavior: &'static str, format: Ident },
}

#[derive(Debug, Clone, Default)]
pub(super) struct Limits {
    pub(super) min: Option<Number>,
    pub(super) max: Option<Number>,
    pub(super) precision: Option<Number>,
}
