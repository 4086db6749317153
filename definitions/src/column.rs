//! Columns.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Number;

use crate::{Fact, Label, OptionSet};

/// The definition of a column, in the shape of an attribute of `EntityDefinitions`.
///
/// The members of all kinds are in one struct, as they are on the wire when the casts are taken together. Source of the
/// members: AttributeMetadata and its derived types in the Web API reference.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[non_exhaustive]
pub struct Column {
    /// The name on the wire. A few have capitals.
    pub logical_name: String,
    /// The name as its maker wrote it.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub schema_name: Fact<String>,
    /// The id of the definition.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub metadata_id: Fact<String>,
    /// The kind; `Virtual` for multi-select, image and file columns, too.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub attribute_type: Fact<String>,
    /// The kind, each with a name of its own.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub attribute_type_name: Fact<Named>,
    /// The column that this one is a part of, or is computed from.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub attribute_of: Fact<String>,
    /// The column whose pronunciation this one holds.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub yomi_of: Fact<String>,
    /// What apps call the column.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub display_name: Fact<Label>,
    /// What the column is for.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub description: Fact<Label>,
    /// Whether a create may hold the column.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub is_valid_for_create: Fact<bool>,
    /// Whether the column can be read.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub is_valid_for_read: Fact<bool>,
    /// Whether an update may hold the column.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub is_valid_for_update: Fact<bool>,
    /// Whether forms may show the column.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub is_valid_for_form: Fact<bool>,
    /// Whether the Web API has a property for the column.
    #[serde(rename = "IsValidODataAttribute", skip_serializing_if = "Fact::is_not_asked")]
    pub is_valid_odata_attribute: Fact<bool>,
    /// Whether values can be translated.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub is_localizable: Fact<bool>,
    /// Whether only some callers see the value.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub is_secured: Fact<bool>,
    /// Whether a record must have a value: `None`, `Recommended`, `ApplicationRequired`, `SystemRequired`.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub required_level: Fact<Named>,
    /// How the value comes about: 0 written, 1 calculated, 2 rollup, 3 formula.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub source_type: Fact<i32>,
    /// The pattern of numbers that Dataverse gives.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub auto_number_format: Fact<String>,
    /// The maximum length of a text, in UTF-16 code units.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub max_length: Fact<i64>,
    /// The format of a text, an integer or a date.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub format: Fact<String>,
    /// The format of a text, newer than `format`.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub format_name: Fact<Named>,
    /// The least number.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub min_value: Fact<Number>,
    /// The greatest number.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub max_value: Fact<Number>,
    /// The number of digits after the point.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub precision: Fact<i64>,
    /// What a date means: `UserLocal`, `DateOnly`, `TimeZoneIndependent`.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub date_time_behavior: Fact<Named>,
    /// The tables that a lookup points to.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub targets: Fact<Vec<String>>,
    /// The options.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub option_set: Fact<OptionSet>,
    /// The option set that several columns share.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub global_option_set: Fact<OptionSet>,
    /// The option of a new record; -1 or `null` is none.
    #[serde(skip_serializing_if = "Fact::is_not_asked", deserialize_with = "integer")]
    pub default_form_value: Fact<i32>,
    /// The boolean of a new record.
    #[serde(skip_serializing_if = "Fact::is_not_asked")]
    pub default_value: Fact<bool>,
}

/// A text that definitions wrap: `{"Value": "…"}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[non_exhaustive]
pub struct Named {
    /// The text.
    pub value: String,
}

impl From<&str> for Named {
    fn from(value: &str) -> Self {
        Self { value: value.to_owned() }
    }
}

/// The kind of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of Dataverse")]
#[non_exhaustive]
pub enum Kind {
    String,
    Memo,
    Integer,
    BigInt,
    Double,
    Decimal,
    Money,
    Boolean,
    DateTime,
    Picklist,
    State,
    Status,
    MultiSelect,
    Lookup,
    Customer,
    Owner,
    Uniqueidentifier,
    EntityName,
    Image,
    File,
    ManagedProperty,
    PartyList,
    /// A column that the Web API has no property for, or of a kind that is not known.
    Virtual,
}

impl Kind {
    /// Returns whether values of the kind are options.
    pub fn has_options(self) -> bool {
        matches!(self, Self::Picklist | Self::State | Self::Status | Self::MultiSelect)
    }

    /// Returns whether values of the kind name records.
    pub fn is_lookup(self) -> bool {
        matches!(self, Self::Lookup | Self::Customer | Self::Owner)
    }
}

impl Column {
    /// Returns the kind: `AttributeTypeName` if it was asked for, else `AttributeType`.
    pub fn kind(&self) -> Kind {
        let name = self
            .attribute_type_name
            .known()
            .map(|name| name.value.strip_suffix("Type").unwrap_or(&name.value));
        match name.filter(|name| !name.is_empty()).or(self.attribute_type.text()).unwrap_or_default() {
            "String" => Kind::String,
            "Memo" => Kind::Memo,
            "Integer" => Kind::Integer,
            "BigInt" => Kind::BigInt,
            "Double" => Kind::Double,
            "Decimal" => Kind::Decimal,
            "Money" => Kind::Money,
            "Boolean" => Kind::Boolean,
            "DateTime" => Kind::DateTime,
            "Picklist" => Kind::Picklist,
            "State" => Kind::State,
            "Status" => Kind::Status,
            "MultiSelectPicklist" => Kind::MultiSelect,
            "Lookup" => Kind::Lookup,
            "Customer" => Kind::Customer,
            "Owner" => Kind::Owner,
            "Uniqueidentifier" => Kind::Uniqueidentifier,
            "EntityName" => Kind::EntityName,
            "Image" => Kind::Image,
            "File" => Kind::File,
            "ManagedProperty" => Kind::ManagedProperty,
            "PartyList" => Kind::PartyList,
            _ => Kind::Virtual,
        }
    }

    /// Returns the options: those of the column, else those of the global option set.
    pub fn options(&self) -> Option<&OptionSet> {
        let own = self.option_set.known();
        own.filter(|set| !set.options.is_empty() || set.true_option.known().is_some())
            .or(self.global_option_set.known())
            .or(own)
    }

    /// Returns the name of the global option set, if the column shares one.
    pub fn global_option_set_name(&self) -> Option<&str> {
        let global = self
            .global_option_set
            .known()
            .filter(|set| !set.is_global.is_false())
            .and_then(|set| set.name.text());
        let own = self.option_set.known().filter(|set| set.is_global.is_true());
        global.or_else(|| own.and_then(|set| set.name.text()))
    }

    /// Returns the tables that a lookup points to.
    pub fn target_tables(&self) -> &[String] {
        self.targets.known().map_or(&[], Vec::as_slice)
    }

    pub(crate) fn normalize(&mut self) {
        if let Fact::Known(targets) = &mut self.targets {
            targets.sort();
        }
    }
}

/// Reads an integer that some converters write as a text.
fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Fact<i32>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Integer(i32),
        Text(String),
    }
    Ok(match Option::<Written>::deserialize(deserializer)? {
        None => Fact::Null,
        Some(Written::Integer(integer)) => Fact::Known(integer),
        Some(Written::Text(text)) => Fact::Known(text.parse().map_err(serde::de::Error::custom)?),
    })
}
