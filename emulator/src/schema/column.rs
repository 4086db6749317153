//! Columns: their types, limits and options.

use super::marks::{JOINED, MORE_OPTIONS};
use crate::json::Json;

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
    pub(crate) fn load(definition: &Json) -> Result<Self, String> {
        let logical_name =
            definition.text("LogicalName").ok_or("an attribute has no `LogicalName`")?.to_owned();
        let kind = kind(definition).map_err(|problem| format!("attribute `{logical_name}`: {problem}"))?;
        let is_image_part =
            definition.text("@odata.type").is_some_and(|name| name.ends_with("ImageAttributeMetadata"));
        let is_property = definition.flag("IsValidODataAttribute").unwrap_or_else(|| {
            matches!(definition.get("AttributeOf"), None | Some(Json::Null)) || is_image_part
        }) && !matches!(kind, Kind::Virtual);
        let flag = |name| definition.flag(name).unwrap_or(true);
        let level = definition.get("RequiredLevel").and_then(|level| level.text("Value").or(level.as_str()));
        let default = match definition.get("DefaultValue") {
            Some(Json::Bool(flag)) => Some(i64::from(*flag)),
            _ => definition.integer("DefaultFormValue").filter(|value| *value != -1),
        };
        Ok(Self {
            joined: definition.texts(JOINED),
            any_option: kind.choices().is_empty() || definition.flag(MORE_OPTIONS) == Some(true),
            creatable: flag("IsValidForCreate") && !matches!(kind, Kind::File),
            updatable: flag("IsValidForUpdate") && !matches!(kind, Kind::File),
            readable: flag("IsValidForRead"),
            required: level == Some("SystemRequired"),
            default,
            is_property,
            logical_name,
            kind,
        })
    }
}

fn kind(definition: &Json) -> Result<Kind, String> {
    let code = definition.text("AttributeType").ok_or("no `AttributeType`")?;
    let type_name = definition.get("AttributeTypeName").and_then(|name| name.text("Value"));
    let max_length = || definition.integer("MaxLength").and_then(|length| usize::try_from(length).ok());
    let precision = |otherwise| {
        definition.integer("Precision").and_then(|each| u8::try_from(each).ok()).unwrap_or(otherwise)
    };
    let number = |name: &str| match definition.get(name) {
        Some(Json::Number(text)) => Some(text.clone()),
        _ => None,
    };
    Ok(match (code, type_name) {
        ("Virtual", Some("MultiSelectPicklistType")) => Kind::MultiSelect(choices(definition)?),
        ("Virtual", Some("ImageType")) => Kind::Image,
        ("Virtual", Some("FileType")) => Kind::File,
        ("Virtual" | "CalendarRules" | "PartyList", _) => Kind::Virtual,
        ("String" | "Memo", _) => Kind::Text { max_length: max_length() },
        ("Integer", _) => Kind::Integer {
            min: definition.integer("MinValue").unwrap_or(i64::from(i32::MIN)),
            max: definition.integer("MaxValue").unwrap_or(i64::from(i32::MAX)),
        },
        ("BigInt", _) => Kind::BigInt,
        ("Double", _) => {
            let limit = |name| number(name).and_then(|text| text.parse().ok());
            Kind::Double { min: limit("MinValue"), max: limit("MaxValue"), precision: precision(2) }
        }
        ("Decimal" | "Money", _) => Kind::Decimal {
            min: number("MinValue"),
            max: number("MaxValue"),
            precision: precision(2),
            money: (code == "Money").then(|| match definition.integer("PrecisionSource") {
                Some(1) => Digits::Organization,
                Some(2) => Digits::Currency,
                // A derived struct declares only `Precision`.
                _ => Digits::Column,
            }),
        },
        ("Boolean", _) => boolean(definition),
        ("DateTime", _) => date_time(definition)?,
        ("Picklist", _) => Kind::Picklist(choices(definition)?),
        ("State", _) => Kind::State(choices(definition)?),
        ("Status", _) => Kind::Status(choices(definition)?),
        ("Lookup" | "Customer" | "Owner", _) => Kind::Lookup { targets: definition.texts("Targets") },
        ("Uniqueidentifier", _) => Kind::Guid,
        ("EntityName", _) => Kind::EntityName,
        ("ManagedProperty", _) => Kind::Managed,
        (other, _) => return Err(format!("`{other}` is not an attribute type")),
    })
}

fn boolean(definition: &Json) -> Kind {
    let set = definition.get("OptionSet");
    let label_of = |name, otherwise: &str| {
        set.and_then(|set| set.get(name)).and_then(label).unwrap_or_else(|| otherwise.to_owned())
    };
    Kind::Boolean { true_label: label_of("TrueOption", "Yes"), false_label: label_of("FalseOption", "No") }
}

fn date_time(definition: &Json) -> Result<Kind, String> {
    let behavior = match definition.get("DateTimeBehavior").and_then(|behavior| behavior.text("Value")) {
        Some("DateOnly") => Behavior::DateOnly,
        Some("TimeZoneIndependent") => Behavior::TimeZoneIndependent,
        Some("UserLocal") | None => Behavior::UserLocal,
        Some(other) => return Err(format!("`{other}` is not a datetime behavior")),
    };
    Ok(Kind::DateTime { behavior, date_format: definition.text("Format") == Some("DateOnly") })
}

/// The error of a choice without options, which would accept any integer.
const NO_OPTION_SET: &str = "no `OptionSet`; the answer of `RetrieveMetadataChanges` has it, and so has that of \
    `EntityDefinitions(LogicalName='…')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$expand=OptionSet` (and of the \
    other types of choices), which `EmulatorBuilder::definitions` and `--definitions` take, too";

fn choices(definition: &Json) -> Result<Vec<Choice>, String> {
    let of = |name| definition.get(name).filter(|set| !matches!(set, Json::Null));
    let set = of("OptionSet").or_else(|| of("GlobalOptionSet")).ok_or(NO_OPTION_SET)?;
    let choice = |option: &Json| {
        let value = option.integer("Value").ok_or("an option has no `Value`")?;
        Ok(Choice {
            value,
            label: label(option).unwrap_or_else(|| value.to_string()),
            state: option.integer("State"),
            default_status: option.integer("DefaultStatus"),
            invariant_name: option.text("InvariantName").map(str::to_owned),
            transitions: option.text("TransitionData").map(transitions),
        })
    };
    set.list("Options").iter().map(choice).collect()
}

/// Returns the statuses that the XML of `TransitionData` allows.
fn transitions(xml: &str) -> Vec<i64> {
    let values = xml.split("tostatusid=").skip(1).filter_map(|rest| {
        let quote = rest.chars().next().filter(|each| ['"', '\''].contains(each))?;
        rest[1..].split(quote).next()?.trim().parse().ok()
    });
    values.collect()
}

/// Returns the text of the member `Label`.
fn label(option: &Json) -> Option<String> {
    let label = option.get("Label")?;
    let localized = label.get("UserLocalizedLabel").and_then(|text| text.text("Label"));
    localized.or_else(|| label.list("LocalizedLabels").first()?.text("Label")).map(str::to_owned)
}
