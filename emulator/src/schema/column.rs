//! Columns: their types, limits and options.

use dataverse_definitions::{Column as Definition, Fact, Kind as Known, Number, OptionDefinition};
use serde_json::Value;

use super::marks::{JOINED, MORE_OPTIONS};

/// A column of a table.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) logical_name: String,
    pub(crate) kind: Kind,
    pub(crate) creatable: bool,
    pub(crate) updatable: bool,
    pub(crate) readable: bool,
    /// Whether the column is a property in the Web API.
    pub(crate) is_property: bool,
    /// Whether the platform requires a value, so that the column cannot be cleared.
    pub(crate) required: bool,
    /// The value of a record that is created without one.
    pub(crate) default: Option<i64>,
    /// The columns whose texts, joined by spaces, make the value.
    pub(crate) joined: Vec<String>,
    /// Whether any integer is valid, because the definition does not list all options.
    pub(crate) any_option: bool,
}

/// One option of an option set.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) value: i64,
    pub(crate) label: String,
    /// The state that a status belongs to.
    pub(crate) state: Option<i64>,
    /// The status that a record gets with a state.
    pub(crate) default_status: Option<i64>,
    /// The language-independent name of a state.
    pub(crate) invariant_name: Option<String>,
    /// The statuses that may follow a status; `None` if any may.
    pub(crate) transitions: Option<Vec<i64>>,
}

/// The behavior of a datetime column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behavior {
    UserLocal,
    TimeZoneIndependent,
    DateOnly,
}

/// The source of an amount's number of decimal places: `PrecisionSource`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Digits {
    Column,
    Organization,
    Currency,
}

/// The type of a column, with its limits.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Text {
        max_length: Option<usize>,
    },
    Integer {
        min: i64,
        max: i64,
    },
    BigInt,
    Double {
        min: Option<f64>,
        max: Option<f64>,
        precision: u8,
    },
    Decimal {
        min: Option<String>,
        max: Option<String>,
        precision: u8,
        /// The source of an amount's number of digits.
        money: Option<Digits>,
    },
    Boolean {
        true_label: String,
        false_label: String,
    },
    DateTime {
        behavior: Behavior,
        date_format: bool,
    },
    Picklist(Vec<Choice>),
    State(Vec<Choice>),
    Status(Vec<Choice>),
    MultiSelect(Vec<Choice>),
    Lookup {
        targets: Vec<String>,
    },
    Guid,
    EntityName,
    Image,
    File,
    Managed,
    /// A column that is not a property: parties, virtual columns, calendars.
    Virtual,
}

/// The form of a column's values in the database, which decides how they compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Storage {
    /// Text, compared by Dataverse's rules.
    Text,
    /// An integer.
    Integer,
    /// A floating-point number.
    Real,
    /// The exact text of a number.
    Decimal,
    /// 0 or 1.
    Flag,
    /// Seconds since 1970.
    Instant,
    /// The text of a date.
    Date,
    /// The integers of options, as one text.
    Options,
    /// A GUID.
    Guid,
    /// A GUID, and the logical name of its table in a column of its own.
    Reference,
    /// Bytes, as base64 text.
    Base64,
    /// No value.
    None,
}

impl Kind {
    /// Returns the type in `$metadata`, and in messages about values.
    pub(crate) fn edm(&self) -> &'static str {
        match self {
            Self::Text { .. } | Self::MultiSelect(_) | Self::EntityName => "Edm.String",
            Self::Integer { .. } | Self::Picklist(_) | Self::State(_) | Self::Status(_) => "Edm.Int32",
            Self::BigInt => "Edm.Int64",
            Self::Double { .. } => "Edm.Double",
            Self::Decimal { .. } => "Edm.Decimal",
            Self::Boolean { .. } => "Edm.Boolean",
            Self::DateTime { behavior: Behavior::DateOnly, .. } => "Edm.Date",
            Self::DateTime { .. } => "Edm.DateTimeOffset",
            Self::Lookup { .. } | Self::Guid | Self::File => "Edm.Guid",
            Self::Image => "Edm.Binary",
            Self::Managed => "mscrm.BooleanManagedProperty",
            Self::Virtual => "Edm.String",
        }
    }

    /// Returns the form of the column's values in the database.
    pub(crate) fn storage(&self) -> Storage {
        match self {
            Self::Text { .. } | Self::EntityName => Storage::Text,
            Self::Integer { .. } | Self::BigInt | Self::Picklist(_) | Self::State(_) | Self::Status(_) => {
                Storage::Integer
            }
            Self::Double { .. } => Storage::Real,
            Self::Decimal { .. } => Storage::Decimal,
            Self::Boolean { .. } | Self::Managed => Storage::Flag,
            Self::DateTime { behavior: Behavior::DateOnly, .. } => Storage::Date,
            Self::DateTime { .. } => Storage::Instant,
            Self::MultiSelect(_) => Storage::Options,
            Self::Lookup { .. } => Storage::Reference,
            Self::Guid | Self::File => Storage::Guid,
            Self::Image => Storage::Base64,
            Self::Virtual => Storage::None,
        }
    }

    /// Returns the options of a choice, a state or a status; none of other kinds.
    pub(crate) fn choices(&self) -> &[Choice] {
        match self {
            Self::Picklist(choices)
            | Self::State(choices)
            | Self::Status(choices)
            | Self::MultiSelect(choices) => choices,
            _ => &[],
        }
    }

    pub(crate) fn is_lookup(&self) -> bool {
        matches!(self, Self::Lookup { .. })
    }
}

impl Column {
    /// Returns the name of the property that a read answers.
    pub(crate) fn property(&self) -> String {
        if !self.kind.is_lookup() {
            return self.logical_name.clone();
        }
        ["_", self.logical_name.as_str(), "_value"].concat()
    }

    /// Returns whether the database stores the column.
    pub(crate) fn is_stored(&self) -> bool {
        self.is_property && !matches!(self.kind, Kind::Virtual)
    }

    /// Reads a definition.
    pub(crate) fn load(definition: &Definition) -> Result<Self, String> {
        let logical_name = definition.logical_name.clone();
        let kind = kind(definition).map_err(|problem| format!("attribute `{logical_name}`: {problem}"))?;
        let is_image_part = definition
            .other
            .get("@odata.type")
            .and_then(Value::as_str)
            .is_some_and(|name| name.ends_with("ImageAttributeMetadata"));
        let is_property = definition
            .is_valid_odata_attribute
            .known()
            .copied()
            .unwrap_or_else(|| definition.attribute_of.known().is_none() || is_image_part)
            && !matches!(kind, Kind::Virtual);
        let joined = definition.other.get(JOINED).and_then(Value::as_array);
        let joined = joined.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        let has_more_options = definition.other.get(MORE_OPTIONS).and_then(Value::as_bool) == Some(true);
        let has_setters = !matches!(kind, Kind::File);
        let option = definition.default_form_value.known().copied().filter(|value| *value != -1);
        Ok(Self {
            joined,
            any_option: kind.choices().is_empty() || has_more_options,
            creatable: has_setters && !definition.is_valid_for_create.is_false(),
            updatable: has_setters && !definition.is_valid_for_update.is_false(),
            readable: !definition.is_valid_for_read.is_false(),
            required: definition.required_level.known().is_some_and(|level| level.value == "SystemRequired"),
            default: definition.default_value.known().map(|flag| i64::from(*flag)).or(option.map(i64::from)),
            is_property,
            logical_name,
            kind,
        })
    }
}

fn kind(definition: &Definition) -> Result<Kind, String> {
    let named =
        |name: &str| Known::from_name(name).ok_or_else(|| format!("`{name}` is not an attribute type"));
    match (definition.attribute_type.text(), definition.attribute_type_name.known()) {
        (None, None) => return Err("no `AttributeType`".to_owned()),
        (Some(code), _) => named(code)?,
        (None, Some(name)) => named(&name.value)?,
    };
    let precision = definition.precision.known().and_then(|digits| u8::try_from(*digits).ok()).unwrap_or(2);
    let text = |limit: &Fact<Number>| limit.known().map(Number::to_string);
    let integer = |limit: &Fact<Number>| limit.known().and_then(Number::as_i64);
    let float = |limit: &Fact<Number>| limit.known().and_then(Number::as_f64);
    Ok(match definition.kind() {
        Known::MultiSelect => Kind::MultiSelect(choices(definition)?),
        Known::Image => Kind::Image,
        Known::File => Kind::File,
        Known::String | Known::Memo => Kind::Text {
            max_length: definition.max_length.known().and_then(|length| usize::try_from(*length).ok()),
        },
        Known::Integer => Kind::Integer {
            min: integer(&definition.min_value).unwrap_or(i64::from(i32::MIN)),
            max: integer(&definition.max_value).unwrap_or(i64::from(i32::MAX)),
        },
        Known::BigInt => Kind::BigInt,
        Known::Double => {
            Kind::Double { min: float(&definition.min_value), max: float(&definition.max_value), precision }
        }
        kind @ (Known::Decimal | Known::Money) => Kind::Decimal {
            min: text(&definition.min_value),
            max: text(&definition.max_value),
            precision,
            money: (kind == Known::Money).then(|| {
                match definition.other.get("PrecisionSource").and_then(Value::as_i64) {
                    Some(1) => Digits::Organization,
                    Some(2) => Digits::Currency,
                    // A derived struct declares only `Precision`.
                    _ => Digits::Column,
                }
            }),
        },
        Known::Boolean => boolean(definition),
        Known::DateTime => date_time(definition)?,
        Known::Picklist => Kind::Picklist(choices(definition)?),
        Known::State => Kind::State(choices(definition)?),
        Known::Status => Kind::Status(choices(definition)?),
        Known::Lookup | Known::Customer | Known::Owner => {
            Kind::Lookup { targets: definition.target_tables().to_vec() }
        }
        Known::Uniqueidentifier => Kind::Guid,
        Known::EntityName => Kind::EntityName,
        Known::ManagedProperty => Kind::Managed,
        _ => Kind::Virtual,
    })
}

fn boolean(definition: &Definition) -> Kind {
    let set = definition.option_set.known();
    let label_of = |option: Option<&Fact<OptionDefinition>>, otherwise: &str| {
        let label = option.and_then(Fact::known).and_then(label);
        label.unwrap_or(otherwise).to_owned()
    };
    Kind::Boolean {
        true_label: label_of(set.map(|set| &set.true_option), "Yes"),
        false_label: label_of(set.map(|set| &set.false_option), "No"),
    }
}

fn date_time(definition: &Definition) -> Result<Kind, String> {
    let behavior = match definition.date_time_behavior.known().map(|behavior| behavior.value.as_str()) {
        Some("DateOnly") => Behavior::DateOnly,
        Some("TimeZoneIndependent") => Behavior::TimeZoneIndependent,
        Some("UserLocal" | "") | None => Behavior::UserLocal,
        Some(other) => return Err(format!("`{other}` is not a datetime behavior")),
    };
    Ok(Kind::DateTime { behavior, date_format: definition.format.text() == Some("DateOnly") })
}

/// The error of a choice without options, which would accept any integer.
const NO_OPTION_SET: &str = "no `OptionSet`; the answer of `RetrieveMetadataChanges` has it, and so has that of \
    `EntityDefinitions(LogicalName='…')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$expand=OptionSet` (and of the \
    other types of choices), which `EmulatorBuilder::definitions` and `--definitions` take, too";

fn choices(definition: &Definition) -> Result<Vec<Choice>, String> {
    let set = definition.option_set.known().or(definition.global_option_set.known()).ok_or(NO_OPTION_SET)?;
    let choice = |option: &OptionDefinition| Choice {
        value: option.value.into(),
        label: label(option).map_or_else(|| option.value.to_string(), str::to_owned),
        state: option.state.known().copied().map(i64::from),
        default_status: option.default_status.known().copied().map(i64::from),
        invariant_name: option.invariant_name.known().cloned(),
        transitions: option.transition_data.known().map(|xml| transitions(xml)),
    };
    Ok(set.options.iter().map(choice).collect())
}

/// Returns the statuses that the XML of `TransitionData` allows.
fn transitions(xml: &str) -> Vec<i64> {
    let values = xml.split("tostatusid=").skip(1).filter_map(|rest| {
        let quote = rest.chars().next().filter(|each| ['"', '\''].contains(each))?;
        rest[1..].split(quote).next()?.trim().parse().ok()
    });
    values.collect()
}

fn label(option: &OptionDefinition) -> Option<&str> {
    option.label.known()?.of_caller()
}
