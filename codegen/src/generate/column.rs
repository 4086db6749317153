//! The annotation and the type of a column.

use dataverse_definitions::{Column, Kind, Named, Table};

use super::Context;
use super::text::{labels, literal, number, word};
use crate::settings::{Dates, Images};

/// A column as it is written.
pub(super) struct Written {
    pub(super) arguments: Vec<String>,
    pub(super) ty: String,
}

/// The word of each kind.
fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::String => "string",
        Kind::Memo => "memo",
        Kind::Integer => "integer",
        Kind::BigInt => "bigint",
        Kind::Double => "double",
        Kind::Decimal => "decimal",
        Kind::Money => "money",
        Kind::Boolean => "boolean",
        Kind::DateTime => "datetime",
        Kind::Picklist => "picklist",
        Kind::State => "state",
        Kind::Status => "status",
        Kind::MultiSelect => "multiselect",
        Kind::Lookup => "lookup",
        Kind::Customer => "customer",
        Kind::Owner => "owner",
        Kind::Uniqueidentifier => "uniqueidentifier",
        Kind::EntityName => "entity_name",
        Kind::Image => "image",
        Kind::File => "file",
        Kind::ManagedProperty => "managed_property",
        Kind::PartyList => "party_list",
        _ => "virtual",
    }
}

fn value(named: &dataverse_definitions::Fact<Named>) -> Option<&str> {
    named.known().map(|named| named.value.as_str()).filter(|value| !value.is_empty())
}

/// What belongs to a column but is decided elsewhere.
#[derive(Default)]
pub(super) struct Parts {
    /// The enum of its option set.
    pub(super) option_set: Option<String>,
    /// The target of its lookup.
    pub(super) target: Option<String>,
    /// Arguments of its lookup.
    pub(super) lookup: Vec<String>,
}

/// Writes a column. `struct_name` is the table's own struct.
pub(super) fn write(
    context: &Context<'_>,
    table: &Table,
    column: &Column,
    struct_name: &str,
    parts: Parts,
) -> Written {
    let languages = context.settings.languages();
    let kind = column.kind();
    let name = column.logical_name.as_str();
    let is_primary_id = table.primary_id_attribute.text() == Some(name);
    let mut arguments = vec![format!("logical = {}", literal(name))];
    if let Some(schema) = column.schema_name.text().filter(|schema| *schema != name) {
        arguments.push(format!("schema = {}", literal(schema)));
    }
    arguments.extend(labels(
        &[("display", &column.display_name), ("description", &column.description)],
        languages,
    ));
    arguments.push(kind_argument(column, kind, languages));
    if is_primary_id {
        arguments.push("primary_id".to_owned());
    }
    if table.primary_name_attribute.text() == Some(name) {
        arguments.push("primary_name".to_owned());
    }
    if table.primary_image_attribute.text() == Some(name) {
        arguments.push("primary_image".to_owned());
    }
    // A lookup is written through its navigation property.
    let can_be_written = !kind.is_lookup() || parts.lookup.iter().any(|argument| argument.starts_with("nav"));
    arguments.extend(rules(column, can_be_written));
    let source = source(column, kind);
    let has_no_property = column.is_valid_odata_attribute.is_false()
        && source.is_none()
        && !matches!(kind, Kind::Virtual | Kind::PartyList);
    match (source, column.attribute_of.text()) {
        (Some(key), Some(of)) => arguments.push(format!("{key} = {}", literal(of))),
        (None, Some(of)) => arguments.push(format!("attribute_of = {}", literal(of))),
        _ => {}
    }
    arguments.extend(values(column, kind));
    arguments.extend(parts.lookup);
    let chosen = context
        .settings
        .tables
        .get(&table.logical_name)
        .and_then(|table| table.columns.get(name)?.ty.clone());
    let ty = if has_no_property {
        arguments.push("no_property".to_owned());
        "NoProperty".to_owned()
    } else if let Some(ty) = chosen {
        format!("Option<{ty}>")
    } else if is_primary_id {
        format!("Id<{struct_name}>")
    } else {
        optional(context, column, kind, source.is_some(), parts.option_set, parts.target)
    };
    Written { arguments, ty }
}

fn optional(
    context: &Context<'_>,
    column: &Column,
    kind: Kind,
    is_annotation: bool,
    option_set: Option<String>,
    target: Option<String>,
) -> String {
    let ty = match kind {
        Kind::Virtual if is_annotation => "String".to_owned(),
        Kind::Virtual | Kind::PartyList => return "NoProperty".to_owned(),
        Kind::String | Kind::Memo | Kind::EntityName => "String".to_owned(),
        Kind::Integer => "i32".to_owned(),
        Kind::BigInt => "i64".to_owned(),
        Kind::Double => "f64".to_owned(),
        Kind::Decimal | Kind::Money => "dataverse_entity::rust_decimal::Decimal".to_owned(),
        Kind::Boolean => "bool".to_owned(),
        Kind::DateTime => date(context.settings.dates, value(&column.date_time_behavior)).to_owned(),
        Kind::Picklist | Kind::State | Kind::Status => option_set.unwrap_or_else(|| "i32".to_owned()),
        Kind::MultiSelect => match option_set {
            Some(set) => format!("MultiSelect<{set}>"),
            None => return "NoProperty".to_owned(),
        },
        Kind::Lookup | Kind::Customer | Kind::Owner => {
            format!("Lookup<{}>", target.unwrap_or_else(|| "AnyTable".to_owned()))
        }
        Kind::Uniqueidentifier | Kind::File => "dataverse_entity::Uuid".to_owned(),
        Kind::Image => match context.settings.images {
            Images::Text => "String".to_owned(),
            Images::Bytes => "Vec<u8>".to_owned(),
        },
        _ => "ManagedProperty".to_owned(),
    };
    format!("Option<{ty}>")
}

fn date(dates: Dates, behavior: Option<&str>) -> &'static str {
    match (dates, behavior) {
        (Dates::Jiff, Some("DateOnly")) => "dataverse_entity::jiff::civil::Date",
        (Dates::Jiff, Some("TimeZoneIndependent")) => "dataverse_entity::jiff::civil::DateTime",
        (Dates::Jiff, _) => "Timestamp",
        (Dates::Chrono, Some("DateOnly")) => "dataverse_entity::chrono::NaiveDate",
        (Dates::Chrono, Some("TimeZoneIndependent")) => "dataverse_entity::chrono::NaiveDateTime",
        (Dates::Chrono, _) => "dataverse_entity::chrono::DateTime<dataverse_entity::chrono::Utc>",
        (Dates::Time, Some("DateOnly")) => "dataverse_entity::time::Date",
        (Dates::Time, Some("TimeZoneIndependent")) => "dataverse_entity::time::PrimitiveDateTime",
        (Dates::Time, _) => "dataverse_entity::time::OffsetDateTime",
    }
}

/// The kind, with its arguments.
fn kind_argument(column: &Column, kind: Kind, languages: &[u32]) -> String {
    let word_of_kind = kind_word(kind);
    let mut arguments = Vec::new();
    let mut limit =
        |key: &str, text: Option<String>| arguments.extend(text.map(|text| format!("{key} = {text}")));
    match kind {
        Kind::String | Kind::Memo => {
            limit("max_length", column.max_length.known().map(i64::to_string));
            let format = value(&column.format_name).or(column.format.text());
            limit("format", format.map(|format| literal(&word(format))));
        }
        Kind::Integer => {
            limit("min", column.min_value.known().map(number));
            limit("max", column.max_value.known().map(number));
            limit("format", column.format.text().map(|format| literal(&word(format))));
        }
        Kind::Double | Kind::Decimal | Kind::Money => {
            limit("min", column.min_value.known().map(number));
            limit("max", column.max_value.known().map(number));
            limit("precision", column.precision.known().map(i64::to_string));
        }
        Kind::Boolean => {
            if let Some(set) = column.options() {
                let nothing = dataverse_definitions::Fact::NotAsked;
                let label =
                    |option: &dataverse_definitions::Fact<dataverse_definitions::OptionDefinition>| {
                        option.known().map_or(nothing.clone(), |option| option.label.clone())
                    };
                let (on, off) = (label(&set.true_option), label(&set.false_option));
                arguments = labels(&[("true_label", &on), ("false_label", &off)], languages);
                // Translations of a boolean's labels are arguments of the column, not of the kind.
                arguments.retain(|argument| !argument.starts_with("translation"));
            }
        }
        Kind::DateTime => {
            limit("behavior", Some(literal(&word(value(&column.date_time_behavior).unwrap_or("UserLocal")))));
            limit("format", column.format.text().map(|format| literal(&word(format))));
        }
        _ => {}
    }
    match arguments.is_empty() {
        true => word_of_kind.to_owned(),
        false => format!("{word_of_kind}({})", arguments.join(", ")),
    }
}

/// What messages take the column, and what it must hold.
fn rules(column: &Column, can_be_written: bool) -> Vec<String> {
    let mut arguments = Vec::new();
    let is_refused = |validity: &dataverse_definitions::Fact<bool>| !can_be_written || validity.is_false();
    match (is_refused(&column.is_valid_for_create), is_refused(&column.is_valid_for_update)) {
        (true, true) => arguments.push("read_only"),
        (false, true) => arguments.push("create_only"),
        (true, false) => arguments.push("update_only"),
        (false, false) => {}
    }
    for (is_set, flag) in [
        (column.is_valid_for_read.is_false(), "not_readable"),
        (column.is_valid_for_form.is_false(), "form = false"),
        (column.is_localizable.is_true(), "localizable"),
        (column.is_secured.is_true(), "secured"),
    ] {
        arguments.extend(is_set.then_some(flag));
    }
    arguments.extend(match value(&column.required_level) {
        Some("Recommended") => Some("required = \"recommended\""),
        Some("ApplicationRequired") => Some("required = \"application\""),
        Some("SystemRequired") => Some("required = \"system\""),
        _ => None,
    });
    arguments.extend(match column.source_type.known() {
        Some(1) => Some("computed = \"calculated\""),
        Some(2) => Some("computed = \"rollup\""),
        Some(3) => Some("computed = \"formula\""),
        _ => None,
    });
    arguments.into_iter().map(str::to_owned).collect()
}

/// Where the values of new records come from.
fn values(column: &Column, kind: Kind) -> Vec<String> {
    let mut arguments = Vec::new();
    if let Some(format) = column.auto_number_format.text() {
        arguments.push(format!("auto_number = {}", literal(format)));
    }
    if let (Kind::Boolean, Some(default)) = (kind, column.default_value.known()) {
        arguments.push(format!("default = {default}"));
    }
    let has_options = column.options().is_some_and(|set| !set.options.is_empty());
    if kind.has_options() && has_options {
        let default = column.default_form_value.known().filter(|default| **default != -1);
        arguments.extend(default.map(|default| format!("default = {default}")));
    }
    if let Some(name) = column.global_option_set_name().filter(|_| kind.has_options()) {
        arguments.push(format!("global_option_set = {}", literal(name)));
    }
    arguments
}

/// The key that names the column which this one is read from the annotations of.
fn source(column: &Column, kind: Kind) -> Option<&'static str> {
    column.attribute_of.text()?;
    if column.is_valid_odata_attribute.is_true() {
        return None;
    }
    Some(match kind {
        Kind::EntityName => "type_of",
        _ if column.yomi_of.text().is_some() => "yomi_name_of",
        _ => "name_of",
    })
}
