//! Columns.

use serde::{Deserialize, Deserializer, Serialize};

use crate::fact::null_is_default;
use crate::kind::{most_general, of_edm};
use crate::{Fact, Kind, Label, Named, Number, OptionSet, OtherMembers};

/// The definition of a column, in the shape of an attribute of `EntityDefinitions`.
///
/// The members of all kinds are in one struct, as they are on the wire when the casts are taken together. Source of the
/// members: AttributeMetadata and its derived types in the Web API reference.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[non_exhaustive]
pub struct Column {
    /// The name on the wire. A few have capitals.
    #[serde(deserialize_with = "null_is_default")]
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
    /// The type of the property in `$metadata`, such as `Edm.Int32`; only `$metadata` has it.
    #[serde(rename = "@edm.type", skip_serializing_if = "Fact::is_not_asked")]
    pub edm_type: Fact<String>,
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
    /// The members that the struct does not name.
    #[serde(flatten)]
    pub other: OtherMembers,
}

impl Column {
    /// Returns the kind: that of `AttributeTypeName` if it was asked for, else that of `AttributeType`.
    ///
    /// A column that only `$metadata` describes may have neither, because several kinds share a type there. Its kind is then the
    /// most general one: `Integer` for `Edm.Int32`, which may be options; `Decimal` for `Edm.Decimal`, which may be money;
    /// `String` for `Edm.String`; `Lookup`. [`is_kind_known`](Self::is_kind_known) tells these columns apart.
    ///
    /// ```
    /// use dataverse_definitions::{Kind, read};
    ///
    /// let loan = r#"{"LogicalName": "new_loan", "Attributes": [
    ///     {"LogicalName": "new_tags", "AttributeType": "Virtual", "AttributeTypeName": {"Value": "MultiSelectPicklistType"}}]}"#;
    /// assert_eq!(read(&[loan])?[0].column("new_tags").unwrap().kind(), Kind::MultiSelect);
    /// # Ok::<(), dataverse_definitions::ReadError>(())
    /// ```
    pub fn kind(&self) -> Kind {
        let type_name = self.attribute_type_name.known().map(|name| name.value.as_str());
        let type_name = type_name.filter(|name| !name.is_empty());
        match type_name.or(self.attribute_type.text()) {
            Some(name) => Kind::from_name(name).unwrap_or(Kind::Virtual),
            None => match self.edm_type.text() {
                Some("Edm.Guid") if self.targets.known().is_some() => Kind::Lookup,
                Some(edm) => of_edm(edm),
                None => Kind::Virtual,
            },
        }
    }

    /// Returns whether the definition says the kind, instead of only the type of the property.
    ///
    /// ```
    /// use dataverse_definitions::{Column, Kind};
    ///
    /// let mut column = Column::default();
    /// column.edm_type = "Edm.Decimal".to_owned().into();
    /// assert_eq!((column.kind(), column.is_kind_known()), (Kind::Decimal, false));
    /// column.set_kind(Kind::Money);
    /// assert!(column.is_kind_known());
    /// ```
    pub fn is_kind_known(&self) -> bool {
        self.attribute_type.text().is_some() || self.attribute_type_name.known().is_some()
    }

    /// Returns whether two definitions of a column agree on its kind, as far as they know it.
    ///
    /// ```
    /// use dataverse_definitions::{Column, Kind};
    ///
    /// let (mut choice, mut number) = (Column::default(), Column::default());
    /// choice.set_kind(Kind::Picklist);
    /// number.edm_type = "Edm.Int32".to_owned().into();
    /// assert!(choice.agrees_on_kind(&number));
    /// number.set_kind(Kind::Integer);
    /// assert!(!choice.agrees_on_kind(&number));
    /// ```
    pub fn agrees_on_kind(&self, other: &Self) -> bool {
        let (one, two) = (self.kind(), other.kind());
        one == two
            || !(self.is_kind_known() && other.is_kind_known()) && most_general(one) == most_general(two)
    }

    /// Sets `AttributeType` and `AttributeTypeName`.
    ///
    /// ```
    /// use dataverse_definitions::{Column, Kind};
    ///
    /// let mut column = Column::default();
    /// column.set_kind(Kind::Image);
    /// assert_eq!(column.attribute_type.text(), Some("Virtual"));
    /// assert_eq!(column.attribute_type_name.known().unwrap().value, "ImageType");
    /// ```
    pub fn set_kind(&mut self, kind: Kind) {
        self.attribute_type = Fact::Known(kind.code().to_owned());
        self.attribute_type_name = Fact::Known(format!("{}Type", kind.name()).into());
    }

    /// Returns the options: those of the column, else those of the global option set.
    ///
    /// ```
    /// use dataverse_definitions::read;
    ///
    /// let text = r#"{"LogicalName": "new_loan", "Attributes": [{"LogicalName": "new_size", "AttributeType": "Picklist",
    ///     "OptionSet": null, "GlobalOptionSet": {"Name": "new_sizes", "IsGlobal": true, "Options": [{"Value": 1}]}}]}"#;
    /// let tables = read(&[text])?;
    /// let size = tables[0].column("new_size").unwrap();
    /// assert_eq!(size.options().unwrap().options[0].value, 1);
    /// assert_eq!(size.global_option_set_name(), Some("new_sizes"));
    /// # Ok::<(), dataverse_definitions::ReadError>(())
    /// ```
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
    ///
    /// ```
    /// use dataverse_definitions::read;
    ///
    /// let text = r#"{"LogicalName": "new_loan", "Attributes": [
    ///     {"LogicalName": "new_borrower", "AttributeType": "Customer", "Targets": ["account", "contact"]}]}"#;
    /// assert_eq!(read(&[text])?[0].attributes[0].target_tables(), ["account", "contact"]);
    /// # Ok::<(), dataverse_definitions::ReadError>(())
    /// ```
    pub fn target_tables(&self) -> &[String] {
        self.targets.known().map_or(&[], Vec::as_slice)
    }

    pub(crate) fn normalize(&mut self) {
        if let Fact::Known(targets) = &mut self.targets {
            targets.sort();
        }
        self.other.clear();
        for label in [&mut self.display_name, &mut self.description] {
            label.normalize(Label::normalize);
        }
        let named = [
            &mut self.attribute_type_name,
            &mut self.required_level,
            &mut self.format_name,
            &mut self.date_time_behavior,
        ];
        for named in named {
            named.normalize(|named| named.other.clear());
        }
        for set in [&mut self.option_set, &mut self.global_option_set] {
            set.normalize(OptionSet::normalize);
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
