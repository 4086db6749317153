//! The annotation and the type of a column.

use dataverse_definitions::{Column, Fact, Kind, Label, Named, OptionDefinition, Table};

use super::Context;
use super::text::{literal, main_labels, number, translations, word};
use super::validity::{self, Validity};
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

fn value(named: &Fact<Named>) -> Option<&str> {
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
    /// Whether the table says that no message writes its columns.
    pub(super) in_read_only_table: bool,
}

/// Writes a column.
pub(super) fn write(context: &Context<'_>, table: &Table, column: &Column, parts: Parts) -> Written {
    let languages = context.settings.languages();
    let kind = column.kind();
    let name = column.logical_name.as_str();
    let is_primary_id = table.primary_id_attribute.text() == Some(name);
    let mut arguments = vec![format!("logical = {}", literal(name))];
    if let Some(schema) = column.schema_name.text().filter(|schema| *schema != name) {
        arguments.push(format!("schema = {}", literal(schema)));
    }
    let labels = Labels::of(column);
    arguments.extend(main_labels(&labels.of_column(), languages));
    arguments.push(kind_argument(column, kind, main_labels(&labels.of_values(), languages)));
    arguments.extend(translations(&labels.all(), languages));
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
    let validity =
        if can_be_written { validity::of_column(context, table, column) } else { Validity::READ_ONLY };
    if !parts.in_read_only_table {
        arguments.extend(written_by(validity).map(str::to_owned));
    }
    arguments.extend(rules(column));
    let source = source(context, table, column, kind);
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
    let chosen = context.column_settings(&table.logical_name, name).and_then(|chosen| chosen.ty.clone());
    let ty = if has_no_property {
        arguments.push("no_property".to_owned());
        "NoProperty".to_owned()
    } else if let Some(ty) = chosen {
        format!("Option<{ty}>")
    } else if is_primary_id {
        format!("Id<{}>", context.names.structs[&table.logical_name])
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
        Kind::Decimal | Kind::Money => context
            .settings
            .decimal
            .as_deref()
            .unwrap_or("dataverse_entity::rust_decimal::Decimal")
            .to_owned(),
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

/// The labels of a column, and those of its two values if it is a boolean.
struct Labels<'c> {
    column: &'c Column,
    on: &'c Fact<Label>,
    off: &'c Fact<Label>,
}

impl<'c> Labels<'c> {
    fn of(column: &'c Column) -> Self {
        const NONE: &Fact<Label> = &Fact::NotAsked;
        let set = column.options().filter(|_| column.kind() == Kind::Boolean);
        let label = |option: &'c Fact<OptionDefinition>| option.known().map_or(NONE, |option| &option.label);
        let (on, off) = set.map_or((NONE, NONE), |set| (label(&set.true_option), label(&set.false_option)));
        Self { column, on, off }
    }

    fn of_column(&self) -> [(&'static str, &'c Fact<Label>); 2] {
        [("display", &self.column.display_name), ("description", &self.column.description)]
    }

    fn of_values(&self) -> [(&'static str, &'c Fact<Label>); 2] {
        [("true_label", self.on), ("false_label", self.off)]
    }

    fn all(&self) -> Vec<(&'static str, &'c Fact<Label>)> {
        self.of_column().into_iter().chain(self.of_values()).collect()
    }
}

/// The formats that annotations know. An org may have newer ones, which are left out.
const TEXT_FORMATS: [&str; 10] = [
    "text",
    "text_area",
    "email",
    "url",
    "phone",
    "ticker_symbol",
    "version_number",
    "phonetic_guide",
    "json",
    "rich_text",
];
const INTEGER_FORMATS: [&str; 5] = ["none", "duration", "time_zone", "language", "locale"];
const DATE_FORMATS: [&str; 2] = ["date_only", "date_and_time"];

/// The kind, with its arguments. `labels` are those of a boolean's values.
fn kind_argument(column: &Column, kind: Kind, labels: Vec<String>) -> String {
    let word_of_kind = kind_word(kind);
    let mut arguments = labels;
    let mut limit =
        |key: &str, text: Option<String>| arguments.extend(text.map(|text| format!("{key} = {text}")));
    let format = |name: Option<&str>, known: &[&str]| {
        name.map(word).filter(|word| known.contains(&word.as_str())).map(|word| literal(&word))
    };
    match kind {
        Kind::String | Kind::Memo => {
            limit("max_length", column.max_length.known().map(i64::to_string));
            limit("format", format(value(&column.format_name).or(column.format.text()), &TEXT_FORMATS));
        }
        Kind::Integer => {
            limit("min", column.min_value.known().map(number));
            limit("max", column.max_value.known().map(number));
            limit("format", format(column.format.text(), &INTEGER_FORMATS));
        }
        Kind::Double | Kind::Decimal | Kind::Money => {
            limit("min", column.min_value.known().map(number));
            limit("max", column.max_value.known().map(number));
            limit("precision", column.precision.known().map(i64::to_string));
        }
        Kind::DateTime => {
            limit("behavior", Some(literal(&word(value(&column.date_time_behavior).unwrap_or("UserLocal")))));
            limit("format", format(column.format.text(), &DATE_FORMATS));
        }
        _ => {}
    }
    match arguments.is_empty() {
        true => word_of_kind.to_owned(),
        false => format!("{word_of_kind}({})", arguments.join(", ")),
    }
}

/// The messages that take the column, if not both do.
fn written_by(validity: Validity) -> Option<&'static str> {
    match (validity.create, validity.update) {
        (false, false) => Some("read_only"),
        (true, false) => Some("create_only"),
        (false, true) => Some("update_only"),
        (true, true) => None,
    }
}

/// Who sees the column, and what it must hold.
fn rules(column: &Column) -> Vec<String> {
    let mut arguments = Vec::new();
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
    let can_share = kind.has_options() || kind == Kind::Boolean;
    if let Some(name) = column.global_option_set_name().filter(|_| can_share) {
        arguments.push(format!("global_option_set = {}", literal(name)));
    }
    arguments
}

/// The key that names the column which this one is read from the annotations of.
fn source(context: &Context<'_>, table: &Table, column: &Column, kind: Kind) -> Option<&'static str> {
    let of = table.column(column.attribute_of.text()?)?;
    let skips = |name: &String| {
        context.settings.tables.get(&table.logical_name).is_some_and(|table| table.skip.contains(name))
    };
    let has_annotations = match kind {
        Kind::EntityName => of.kind().is_lookup(),
        _ => {
            of.kind().is_lookup()
                || of.kind().has_options()
                || matches!(of.kind(), Kind::Boolean | Kind::EntityName)
        }
    };
    if column.is_valid_odata_attribute.is_true() || !has_annotations || skips(&of.logical_name) {
        return None;
    }
    Some(match kind {
        Kind::EntityName => "type_of",
        _ if column.yomi_of.text().is_some() => "yomi_name_of",
        _ => "name_of",
    })
}
