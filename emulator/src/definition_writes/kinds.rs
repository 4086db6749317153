//! The kinds of columns: their types, and the defaults and limits of their properties.

use http::StatusCode;

use crate::definitions::property_of;
use crate::error::{Refusal, Result, excerpt};
use crate::json::Json;

/// A kind of column, as bodies name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    String,
    Memo,
    Integer,
    BigInt,
    Decimal,
    Double,
    Money,
    Boolean,
    DateTime,
    Picklist,
    MultiSelect,
    Image,
    File,
    Lookup,
    Customer,
    Owner,
    State,
    Status,
    UniqueIdentifier,
    EntityName,
    Virtual,
}

/// The name of each kind's type without `AttributeMetadata`, its `AttributeType`, and its `AttributeTypeName`.
const KINDS: [(Kind, &str, &str, &str); 21] = [
    (Kind::String, "String", "String", "StringType"),
    (Kind::Memo, "Memo", "Memo", "MemoType"),
    (Kind::Integer, "Integer", "Integer", "IntegerType"),
    (Kind::BigInt, "BigInt", "BigInt", "BigIntType"),
    (Kind::Decimal, "Decimal", "Decimal", "DecimalType"),
    (Kind::Double, "Double", "Double", "DoubleType"),
    (Kind::Money, "Money", "Money", "MoneyType"),
    (Kind::Boolean, "Boolean", "Boolean", "BooleanType"),
    (Kind::DateTime, "DateTime", "DateTime", "DateTimeType"),
    (Kind::Picklist, "Picklist", "Picklist", "PicklistType"),
    (Kind::MultiSelect, "MultiSelectPicklist", "Virtual", "MultiSelectPicklistType"),
    (Kind::Image, "Image", "Virtual", "ImageType"),
    (Kind::File, "File", "Virtual", "FileType"),
    (Kind::Lookup, "Lookup", "Lookup", "LookupType"),
    (Kind::Customer, "Customer", "Customer", "CustomerType"),
    (Kind::Owner, "Owner", "Owner", "OwnerType"),
    (Kind::State, "State", "State", "StateType"),
    (Kind::Status, "Status", "Status", "StatusType"),
    (Kind::UniqueIdentifier, "UniqueIdentifier", "Uniqueidentifier", "UniqueidentifierType"),
    (Kind::EntityName, "EntityName", "EntityName", "EntityNameType"),
    (Kind::Virtual, "", "Virtual", "VirtualType"),
];

/// Returns the kind that a body names by `@odata.type`, `AttributeTypeName` or `AttributeType`.
pub(super) fn kind_of(body: &Json) -> Result<Kind> {
    let type_name = body.text("@odata.type").and_then(|name| name.rsplit('.').next());
    let bare = type_name.map(|name| name.strip_prefix("Complex").unwrap_or(name));
    let bare = bare.and_then(|name| name.strip_suffix("AttributeMetadata"));
    let code_name = body.get("AttributeTypeName").and_then(|name| name.text("Value"));
    let code = body.text("AttributeType");
    let found = KINDS.iter().find(|(_, name, in_code, in_code_name)| match (bare, code_name, code) {
        (Some(bare), _, _) if !bare.is_empty() => bare == *name,
        (_, Some(code_name), _) => code_name == *in_code_name,
        (_, None, Some(code)) => code == *in_code,
        _ => false,
    });
    found.map(|(kind, ..)| *kind).ok_or_else(|| {
        let given = type_name.or(code_name).or(code).unwrap_or("");
        let message = format!(
            "'{}' is not a type of column: name one in '@odata.type', such as \
             Microsoft.Dynamics.CRM.StringAttributeMetadata.",
            excerpt(given)
        );
        Refusal::new(StatusCode::BAD_REQUEST, "0x80048d19", message)
    })
}

/// Refuses a member that the type of the column does not have, such as a misspelled one.
pub(super) fn check_members(body: &Json, kind: Kind) -> Result<()> {
    check_type(body, &kind.type_name())
}

/// Refuses a member that a type of definitions does not have.
pub(super) fn check_type(body: &Json, type_name: &str) -> Result<()> {
    let Json::Object(members) = body else { return Err(Refusal::bad("A definition must be an object.")) };
    let mut names = members.iter().map(|(name, _)| name.as_str()).filter(|name| !name.starts_with('@'));
    match names.find(|name| !property_of(type_name, name.split('@').next().unwrap_or(name))) {
        Some(name) => {
            let name = excerpt(name);
            let message = format!(
                "An error occurred while validating input parameters: Microsoft.OData.ODataException: The property '{name}' \
                 does not exist on type 'Microsoft.Dynamics.CRM.{type_name}'. Make sure to only use property names that are \
                 defined by the type."
            );
            Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80048d19", message))
        }
        None => Ok(()),
    }
}

impl Kind {
    fn row(self) -> &'static (Kind, &'static str, &'static str, &'static str) {
        // Each kind has a row.
        KINDS.iter().find(|(kind, ..)| *kind == self).unwrap_or(&KINDS[0])
    }

    /// Returns the name of the kind's type: `StringAttributeMetadata`.
    pub(super) fn type_name(self) -> String {
        let name = if matches!(self, Self::Customer | Self::Owner) { "Lookup" } else { self.row().1 };
        format!("{name}AttributeMetadata")
    }

    pub(super) fn code(self) -> &'static str {
        self.row().2
    }

    pub(super) fn code_name(self) -> &'static str {
        self.row().3
    }

    /// Returns whether a body may create a column of this kind on its own. Relationships create lookups.
    pub(super) fn is_creatable(self) -> bool {
        !matches!(
            self,
            Self::Lookup
                | Self::Customer
                | Self::Owner
                | Self::State
                | Self::Status
                | Self::UniqueIdentifier
                | Self::EntityName
                | Self::Virtual
        )
    }

    /// Adds the values of properties that a body need not set.
    pub(super) fn add_defaults(self, column: &mut Json) {
        let mut set = |name: &str, value: Json| column.set(name, value);
        let number = |text: &str| Json::Number(text.to_owned());
        let named = |value: &str| crate::json::object([("Value", value.into())]);
        match self {
            Self::String => {
                set("MaxLength", 100.into());
                set("Format", "Text".into());
                set("FormatName", named("Text"));
                set("ImeMode", "Auto".into());
                set("IsLocalizable", false.into());
            }
            Self::Memo => {
                set("MaxLength", 2000.into());
                set("Format", "TextArea".into());
                set("FormatName", named("TextArea"));
                set("ImeMode", "Auto".into());
                set("IsLocalizable", false.into());
            }
            Self::Integer => {
                set("MinValue", i64::from(i32::MIN).into());
                set("MaxValue", i64::from(i32::MAX).into());
                set("Format", "None".into());
            }
            Self::BigInt => {
                set("MinValue", i64::MIN.into());
                set("MaxValue", i64::MAX.into());
            }
            Self::Decimal | Self::Double => {
                set("MinValue", number("-100000000000"));
                set("MaxValue", number("100000000000"));
                set("Precision", 2.into());
                set("ImeMode", "Auto".into());
            }
            Self::Money => {
                set("MinValue", number("-922337203685477"));
                set("MaxValue", number("922337203685477"));
                set("Precision", 2.into());
                set("PrecisionSource", 2.into());
                set("ImeMode", "Auto".into());
            }
            Self::Boolean => set("DefaultValue", false.into()),
            Self::DateTime => {
                set("Format", "DateAndTime".into());
                set("DateTimeBehavior", named("UserLocal"));
                set("ImeMode", "Auto".into());
            }
            Self::Picklist | Self::MultiSelect | Self::State | Self::Status => {
                set("DefaultFormValue", (-1).into());
            }
            Self::Image => {
                set("MaxSizeInKB", 10240.into());
                set("MaxHeight", 144.into());
                set("MaxWidth", 144.into());
                set("CanStoreFullImage", false.into());
                set("IsPrimaryImage", false.into());
            }
            Self::File => set("MaxSizeInKB", 32768.into()),
            Self::Lookup | Self::Customer | Self::Owner => set("Format", "None".into()),
            Self::UniqueIdentifier | Self::EntityName | Self::Virtual => {}
        }
    }

    /// Refuses lengths, precisions and ranges that the kind cannot have.
    pub(super) fn check(self, column: &Json) -> Result<()> {
        let limit = |name: &str, range: core::ops::RangeInclusive<i64>| match column.integer(name) {
            Some(value) if !range.contains(&value) => Err(out_of_range(
                column.text("SchemaName").unwrap_or_default(),
                name,
                value,
                (*range.start(), *range.end()),
            )),
            _ => Ok(()),
        };
        match self {
            Self::String => limit("MaxLength", 1..=4000),
            Self::Memo => limit("MaxLength", 1..=1_048_576),
            Self::Decimal => limit("Precision", 0..=10),
            Self::Double => limit("Precision", 0..=5),
            Self::Money => limit("Precision", 0..=4),
            Self::Integer => {
                let all = i64::from(i32::MIN)..=i64::from(i32::MAX);
                limit("MinValue", all.clone())?;
                limit("MaxValue", all)
            }
            Self::File => limit("MaxSizeInKB", 1..=10_485_760),
            Self::Image => limit("MaxSizeInKB", 1..=30_720),
            _ => Ok(()),
        }?;
        let bound = |name: &str| match column.get(name) {
            Some(Json::Number(text)) => text.parse::<f64>().ok(),
            _ => None,
        };
        match (bound("MinValue"), bound("MaxValue")) {
            (Some(min), Some(max)) if min > max => {
                let name = column.text("SchemaName").unwrap_or_default();
                let message =
                    format!("The minimum value of the attribute '{name}' is greater than its maximum value.");
                Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message))
            }
            _ => Ok(()),
        }
    }
}

fn out_of_range(name: &str, property: &str, value: i64, (min, max): (i64, i64)) -> Refusal {
    let message = format!(
        "The value {value} of '{property}' of the attribute '{name}' is outside the valid range: it may be from {min} to {max}."
    );
    Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message)
}
