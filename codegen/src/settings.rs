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

/// Settings of the generated code: the table `[generate]` of `dataverse.toml`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// The library of dates.
    pub dates: Dates,
    /// The type of images.
    pub images: Images,
    /// Locale ids of labels and comments, the preferred one first; 1033 (English) if there are none.
    pub languages: Vec<u32>,
    /// Derives of each struct besides `Debug`, `Clone`, `PartialEq` and `DataverseEntity`.
    pub derives: Vec<String>,
    /// Whether integers that an option set does not list are refused. They are kept as `Unknown` otherwise.
    pub strict_option_sets: bool,
    /// Settings of single tables, by logical name.
    pub tables: BTreeMap<String, TableSettings>,
}

impl Settings {
    /// Returns the locale ids, the preferred one first.
    pub(crate) fn languages(&self) -> &[u32] {
        if self.languages.is_empty() { &[ENGLISH] } else { &self.languages }
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
    /// Names of the variants of the column's option set, by integer.
    pub options: BTreeMap<String, String>,
}
