//! What a user decides about generated code.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The library whose types datetime columns have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Dates {
    /// jiff's `Timestamp`, `civil::DateTime` and `civil::Date`.
    #[default]
    Jiff,
    /// chrono's `DateTime<Utc>`, `NaiveDateTime` and `NaiveDate`.
    Chrono,
    /// time's `OffsetDateTime`, `PrimitiveDateTime` and `Date`.
    Time,
}

/// The type of image columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Images {
    /// `String`: the base64 text of the wire.
    #[default]
    Text,
    /// `Vec<u8>`, which needs the feature `base64`.
    Bytes,
}

/// The one-to-many relationships that a struct declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Relationships {
    /// Those with the tables of the snapshot. In an org, lookups of hundreds of other tables point to `account` or `systemuser`.
    #[default]
    Selected,
    /// All of them, so that `METADATA` has every relationship of the definition.
    All,
}

/// Settings of the generated code: the table `[generate]` of `dataverse.toml`.
///
/// ```
/// use dataverse_codegen::{Dates, Settings};
///
/// let settings: Settings = toml::from_str(
///     r#"
///     dates = "chrono"
///     derives = ["serde::Serialize"]
///     [tables.account.columns.industrycode]
///     name = "industry"
///     options = { 1 = "Accounting" }
///     "#,
/// )?;
/// assert_eq!(settings.dates, Dates::Chrono);
/// assert_eq!(settings.tables["account"].columns["industrycode"].name.as_deref(), Some("industry"));
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// The library of dates.
    pub dates: Dates,
    /// The type of decimal and money columns, such as a decimal type of one's own; `rust_decimal::Decimal` if there is none,
    /// which needs the feature `rust_decimal`.
    pub decimal: Option<String>,
    /// The type of images.
    pub images: Images,
    /// The one-to-many relationships that structs declare.
    pub relationships: Relationships,
    /// Locale ids of labels and comments, the preferred one first; 1033 (English) if there are none.
    pub languages: Vec<u32>,
    /// Derives of each struct besides `Debug`, `Clone`, `PartialEq` and `DataverseEntity`.
    pub derives: Vec<String>,
    /// Derives of each enum of an option set besides `Debug`, `Clone`, `Copy` and `OptionSet`.
    pub option_set_derives: Vec<String>,
    /// Whether integers that an option set does not list are refused. They are kept as `Unknown` otherwise.
    pub strict_option_sets: bool,
    /// Whether messages write the columns of which the definition does not say it: those that are known from `$metadata` only.
    /// They are read-only otherwise.
    pub assume_writable: bool,
    /// The name of the crate that the generated code is, with a manifest; a module of another crate without it.
    #[serde(rename = "crate")]
    pub krate: Option<String>,
    /// Settings of single tables, by logical name.
    pub tables: BTreeMap<String, TableSettings>,
    /// Settings of global option sets, by name.
    pub option_sets: BTreeMap<String, OptionSetSettings>,
}

impl Settings {
    /// Returns the locale ids, the preferred one first.
    pub(crate) fn languages(&self) -> &[u32] {
        if self.languages.is_empty() { &[ENGLISH] } else { &self.languages }
    }

    /// Returns the settings of a column.
    pub(crate) fn column(&self, table: &str, column: &str) -> Option<&ColumnSettings> {
        self.tables.get(table)?.columns.get(column)
    }
}

const ENGLISH: u32 = 1033;

/// Settings of a table: `[generate.tables.<logical name>]`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct TableSettings {
    /// The name of the struct.
    pub name: Option<String>,
    /// Derives of the struct, besides those of all structs.
    pub derives: Vec<String>,
    /// Columns to leave out, by logical name.
    pub skip: Vec<String>,
    /// As for all tables.
    pub assume_writable: Option<bool>,
    /// Settings of single columns, by logical name.
    pub columns: BTreeMap<String, ColumnSettings>,
}

/// Settings of a column: `[generate.tables.<table>.columns.<column>]`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ColumnSettings {
    /// The name of the field.
    pub name: Option<String>,
    /// The type of the field, in place of the one that the kind suggests: `i32` for a choice, a date type of one's own.
    #[serde(rename = "type")]
    pub ty: Option<String>,
    /// As for all tables.
    pub assume_writable: Option<bool>,
    /// The name of the enum of the column's own option set, or of the tables that the lookup points to.
    #[serde(rename = "enum")]
    pub enum_name: Option<String>,
    /// Names of the variants of the column's own option set, by integer.
    pub options: BTreeMap<String, String>,
}

/// Settings of a global option set: `[generate.option_sets.<name>]`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct OptionSetSettings {
    /// The name of the enum.
    pub name: Option<String>,
    /// Derives of the enum, besides those of all option sets.
    pub derives: Vec<String>,
    /// Names of the variants, by integer.
    pub options: BTreeMap<String, String>,
}
