//! The kinds of columns in bodies, and the defaults and limits of their properties.

use dataverse_definitions::Kind;
use http::StatusCode;

use crate::definitions::property_of;
use crate::error::{Refusal, Result, excerpt};
use crate::json::Json;

/// Returns the kind that a body names by `@odata.type`, `AttributeTypeName` or `AttributeType`.
pub(super) fn kind_of(body: &Json) -> Result<Kind> {
    let type_name = body.text("@odata.type").and_then(|name| name.rsplit('.').next());
    let definition = type_name.map(|name| name.strip_prefix("Complex").unwrap_or(name));
    let code_name = body.get("AttributeTypeName").and_then(|name| name.text("Value"));
    let code = body.text("AttributeType");
    let found = match (definition, code_name, code) {
        (Some(name), _, _) if name != Kind::Virtual.definition() => {
            Kind::ALL.iter().find(|kind| kind.definition() == name).copied()
        }
        (_, Some(name), _) | (_, None, Some(name)) => Kind::from_name(name),
        _ => None,
    };
    found.ok_or_else(|| {
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
    check_type(body, kind.definition())
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

/// Returns whether a body may create a column of this kind on its own. Relationships create lookups.
pub(super) fn is_creatable(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::String
            | Kind::Memo
            | Kind::Integer
            | Kind::BigInt
            | Kind::Decimal
            | Kind::Double
            | Kind::Money
            | Kind::Boolean
            | Kind::DateTime
            | Kind::Picklist
            | Kind::MultiSelect
            | Kind::Image
            | Kind::File
    )
}

/// Adds the values of properties that a body need not set.
pub(super) fn add_defaults(kind: Kind, column: &mut Json) {
    let mut set = |name: &str, value: Json| column.set(name, value);
    let number = |text: &str| Json::Number(text.to_owned());
    let named = |value: &str| crate::json::object([("Value", value.into())]);
    match kind {
        Kind::String => {
            set("MaxLength", 100.into());
            set("Format", "Text".into());
            set("FormatName", named("Text"));
            set("ImeMode", "Auto".into());
            set("IsLocalizable", false.into());
        }
        Kind::Memo => {
            set("MaxLength", 2000.into());
            set("Format", "TextArea".into());
            set("FormatName", named("TextArea"));
            set("ImeMode", "Auto".into());
            set("IsLocalizable", false.into());
        }
        Kind::Integer => {
            set("MinValue", i64::from(i32::MIN).into());
            set("MaxValue", i64::from(i32::MAX).into());
            set("Format", "None".into());
        }
        Kind::BigInt => {
            set("MinValue", i64::MIN.into());
            set("MaxValue", i64::MAX.into());
        }
        Kind::Decimal | Kind::Double => {
            set("MinValue", number("-100000000000"));
            set("MaxValue", number("100000000000"));
            set("Precision", 2.into());
            set("ImeMode", "Auto".into());
        }
        Kind::Money => {
            set("MinValue", number("-922337203685477"));
            set("MaxValue", number("922337203685477"));
            set("Precision", 2.into());
            set("PrecisionSource", 2.into());
            set("ImeMode", "Auto".into());
        }
        Kind::Boolean => set("DefaultValue", false.into()),
        Kind::DateTime => {
            set("Format", "DateAndTime".into());
            set("DateTimeBehavior", named("UserLocal"));
            set("ImeMode", "Auto".into());
        }
        Kind::Picklist | Kind::MultiSelect | Kind::State | Kind::Status => {
            set("DefaultFormValue", (-1).into());
        }
        Kind::Image => {
            set("MaxSizeInKB", 10240.into());
            set("MaxHeight", 144.into());
            set("MaxWidth", 144.into());
            set("CanStoreFullImage", false.into());
            set("IsPrimaryImage", false.into());
        }
        Kind::File => set("MaxSizeInKB", 32768.into()),
        Kind::Lookup | Kind::Customer | Kind::Owner => set("Format", "None".into()),
        _ => {}
    }
}

/// Refuses lengths, precisions and ranges that the kind cannot have.
pub(super) fn check(kind: Kind, column: &Json) -> Result<()> {
    let limit = |name: &str, range: core::ops::RangeInclusive<i64>| match column.integer(name) {
        Some(value) if !range.contains(&value) => Err(out_of_range(
            column.text("SchemaName").unwrap_or_default(),
            name,
            value,
            (*range.start(), *range.end()),
        )),
        _ => Ok(()),
    };
    match kind {
        Kind::String => limit("MaxLength", 1..=4000),
        Kind::Memo => limit("MaxLength", 1..=1_048_576),
        Kind::Decimal => limit("Precision", 0..=10),
        Kind::Double => limit("Precision", 0..=5),
        Kind::Money => limit("Precision", 0..=4),
        Kind::Integer => {
            let all = i64::from(i32::MIN)..=i64::from(i32::MAX);
            limit("MinValue", all.clone())?;
            limit("MaxValue", all)
        }
        Kind::File => limit("MaxSizeInKB", 1..=10_485_760),
        Kind::Image => limit("MaxSizeInKB", 1..=30_720),
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

fn out_of_range(name: &str, property: &str, value: i64, (min, max): (i64, i64)) -> Refusal {
    let message = format!(
        "The value {value} of '{property}' of the attribute '{name}' is outside the valid range: it may be from {min} to {max}."
    );
    Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message)
}
