//! The definition of a column in a request.

use dataverse_definitions::{Column, Kind, Label};
use serde_json::{Value, json};

use super::label::{known, label, or_words};
use super::option_set::{booleans, local};

/// The type of the definition of a kind, in `@odata.type` and in casts. `None` for kinds that nobody but Dataverse makes.
pub(super) fn definition_type(kind: Kind) -> Option<&'static str> {
    let has_one = matches!(
        kind,
        Kind::String
            | Kind::Memo
            | Kind::Integer
            | Kind::BigInt
            | Kind::Double
            | Kind::Decimal
            | Kind::Money
            | Kind::Boolean
            | Kind::DateTime
            | Kind::Picklist
            | Kind::MultiSelect
            | Kind::Image
            | Kind::File
            | Kind::Lookup
            | Kind::Customer
    );
    has_one.then(|| kind.definition())
}

pub(super) fn schema_name(column: &Column) -> &str {
    column.schema_name.text().unwrap_or(&column.logical_name)
}

pub(super) fn required_level(level: &str) -> Value {
    json!({
        "Value": level,
        "CanBeChanged": true,
        "ManagedPropertyLogicalName": "canmodifyrequirementlevelsettings",
    })
}

/// Whether the definition of a new table may hold the column. The others are created one by one, in the form that
/// Dataverse documents for them.
pub(super) fn comes_with_table(column: &Column) -> bool {
    !matches!(column.kind(), Kind::Image | Kind::File | Kind::Lookup | Kind::Customer)
        && column.global_option_set_name().is_none()
}

/// What all columns have: names, texts, the required level.
pub(super) fn common(column: &Column, definition: &str, language: u32) -> Value {
    // The two relationships of a customer column make it one.
    let kind = if column.kind().is_lookup() { Kind::Lookup } else { column.kind() };
    let mut body = json!({
        "@odata.type": format!("Microsoft.Dynamics.CRM.{definition}"),
        "AttributeType": kind.code(),
        "AttributeTypeName": { "Value": format!("{}Type", kind.name()) },
        "SchemaName": schema_name(column),
        "DisplayName": label(&or_words(&column.display_name, schema_name(column), language)),
    });
    if let Some(text) = known(&column.description) {
        body["Description"] = label(text);
    }
    let level =
        column.required_level.known().map(|level| level.value.as_str()).filter(|level| !level.is_empty());
    // Only Dataverse makes columns that it requires itself.
    let level = match level.unwrap_or("None") {
        "SystemRequired" => "ApplicationRequired",
        level => level,
    };
    body["RequiredLevel"] = required_level(level);
    if column.is_secured.is_true() {
        body["IsSecured"] = json!(true);
    }
    body
}

/// The definition of a new column. `None` for a kind that the Web API cannot create in this way.
pub(super) fn column(column: &Column, language: u32) -> Option<Value> {
    let kind = column.kind();
    let definition = definition_type(kind).filter(|_| !kind.is_lookup())?;
    let mut body = common(column, definition, language);
    let number = |body: &mut Value, name: &str, value: Option<Value>| {
        if let Some(value) = value {
            body[name] = value;
        }
    };
    let limits = |body: &mut Value| {
        number(body, "MinValue", column.min_value.known().map(|value| json!(value)));
        number(body, "MaxValue", column.max_value.known().map(|value| json!(value)));
    };
    let precision = column.precision.known();
    match kind {
        Kind::String => {
            let format = column.format_name.known().map(|format| format.value.as_str());
            body["FormatName"] = json!({ "Value": format.or(column.format.text()).unwrap_or("Text") });
            body["MaxLength"] = json!(column.max_length.known().copied().unwrap_or(MAX_TEXT));
            number(&mut body, "AutoNumberFormat", column.auto_number_format.text().map(|text| json!(text)));
        }
        Kind::Memo => {
            let format = column.format_name.known().map(|format| format.value.as_str());
            match format.or(column.format.text()).unwrap_or("TextArea") {
                "Text" | "TextArea" => body["Format"] = json!("TextArea"),
                format => body["FormatName"] = json!({ "Value": format }),
            }
            body["MaxLength"] = json!(column.max_length.known().copied().unwrap_or(MAX_MEMO));
        }
        Kind::Integer => {
            limits(&mut body);
            body["Format"] = json!(column.format.text().unwrap_or("None"));
        }
        Kind::Double | Kind::Decimal => {
            limits(&mut body);
            number(&mut body, "Precision", precision.map(|value| json!(value)));
        }
        Kind::Money => {
            limits(&mut body);
            // 0: the precision of the column; 2: that of the currency.
            // https://learn.microsoft.com/power-apps/developer/data-platform/entity-attribute-metadata
            body["PrecisionSource"] = json!(if precision.is_some() { 0 } else { 2 });
            number(&mut body, "Precision", precision.map(|value| json!(value)));
        }
        Kind::Boolean => {
            match column.global_option_set_name() {
                Some(name) => body["GlobalOptionSet@odata.bind"] = json!(global_option_set(name)),
                None => body["OptionSet"] = booleans(column.option_set.known(), language),
            }
            body["DefaultValue"] = json!(column.default_value.is_true());
        }
        Kind::DateTime => {
            let behavior = column.date_time_behavior.known().map(|behavior| behavior.value.as_str());
            let behavior = behavior.filter(|behavior| !behavior.is_empty()).unwrap_or("UserLocal");
            let format = if behavior == "DateOnly" { "DateOnly" } else { "DateAndTime" };
            body["Format"] = json!(column.format.text().unwrap_or(format));
            body["DateTimeBehavior"] = json!({ "Value": behavior });
        }
        Kind::Picklist | Kind::MultiSelect => {
            match column.global_option_set_name() {
                Some(name) => body["GlobalOptionSet@odata.bind"] = json!(global_option_set(name)),
                None => body["OptionSet"] = local(column.option_set.known().unwrap_or(&Default::default())),
            }
            let default = column.default_form_value.known().filter(|value| **value != -1);
            number(&mut body, "DefaultFormValue", default.map(|value| json!(value)));
        }
        // The defaults of Dataverse.
        // https://learn.microsoft.com/power-apps/developer/data-platform/image-attributes
        // https://learn.microsoft.com/power-apps/developer/data-platform/file-attributes
        Kind::Image => {
            body["MaxSizeInKB"] = json!(10_240);
            body["CanStoreFullImage"] = json!(true);
        }
        Kind::File => body["MaxSizeInKB"] = json!(32_768),
        _ => {}
    }
    Some(body)
}

/// The length of a text that does not say its own: what Dataverse gives a text, and a memo.
const MAX_TEXT: i64 = 100;
const MAX_MEMO: i64 = 2_000;

fn global_option_set(name: &str) -> String {
    format!("/GlobalOptionSetDefinitions(Name='{name}')")
}

/// The definition of the lookup that comes with a relationship.
pub(super) fn lookup(column: &Column, definition: &str, language: u32) -> Value {
    let mut body = common(column, definition, language);
    body["AttributeType"] = json!("Lookup");
    body["AttributeTypeName"] = json!({ "Value": "LookupType" });
    body
}

/// The definition of a primary name.
pub(super) fn primary_name(name: &Column, language: u32) -> Option<Value> {
    let mut body = column(name, language)?;
    body["IsPrimaryName"] = json!(true);
    Some(body)
}

/// The label of an alternate key: its own, or the words of its name.
pub(super) fn key_label(key: &dataverse_definitions::Key, language: u32) -> Label {
    or_words(&key.display_name, key.schema_name.text().unwrap_or(&key.logical_name), language)
}
