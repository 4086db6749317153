//! The shape of Dataverse's own answer to `EntityDefinitions(LogicalName='…')?$expand=Attributes,…`.
//!
//! Users compare it with the answer of an org. Labels have the language code 1033 (English), the language of
//! Microsoft's reference. Two facts of that reference have no member in `EntityDefinitions`: "Added by"
//! becomes the annotation `@dataverse_entity.addedBy`, and the part of a column without property the
//! annotation `@dataverse_entity.sourcePart` next to `AttributeOf`.

use serde_core::ser::{Error as _, SerializeMap, SerializeSeq};
use serde_core::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::{
    AlternateKey, AttributeMetadata, AttributeType, DefaultValue, EntityMetadata, Navigation, OptionMetadata,
    RelationshipKind, RelationshipMetadata, RequiredLevel, SourcePart, Translation,
};

const NAMESPACE: &str = "#Microsoft.Dynamics.CRM.";
const ENGLISH: u16 = 1033;

impl Serialize for EntityMetadata {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let of_kind = |kind| {
            let table = self.logical_name;
            let chosen = self.relationships.iter().filter(move |each| each.kind == kind);
            List(chosen.map(move |each| DeclaredRelationship { table, relationship: each }))
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("LogicalName", self.logical_name)?;
        map.serialize_entry("SchemaName", self.schema_name)?;
        map.serialize_entry("EntitySetName", self.entity_set_name)?;
        map.serialize_entry("LogicalCollectionName", self.logical_collection_name)?;
        map.serialize_entry("CollectionSchemaName", self.collection_schema_name)?;
        let translations = self.translations;
        map.serialize_entry(
            "DisplayName",
            &Label(self.display_name, translations, |each| each.display_name),
        )?;
        let collection_name =
            Label(self.display_collection_name, translations, |each| each.display_collection_name);
        map.serialize_entry("DisplayCollectionName", &collection_name)?;
        map.serialize_entry("Description", &Label(self.description, translations, |each| each.description))?;
        map.serialize_entry("TableType", self.table_type.name())?;
        map.serialize_entry("IsIntersect", &self.is_intersect)?;
        if let Some(is_enabled) = self.change_tracking {
            map.serialize_entry("ChangeTrackingEnabled", &is_enabled)?;
        }
        if let Some(is_enabled) = self.optimistic_concurrency {
            map.serialize_entry("IsOptimisticConcurrencyEnabled", &is_enabled)?;
        }
        map.serialize_entry("PrimaryImageAttribute", &self.primary_image_attribute)?;
        map.serialize_entry("OwnershipType", self.ownership.name())?;
        map.serialize_entry("IsActivity", &self.is_activity)?;
        map.serialize_entry("IsBPFEntity", &self.is_bpf_entity)?;
        map.serialize_entry("PrimaryIdAttribute", self.primary_id_attribute)?;
        map.serialize_entry("PrimaryNameAttribute", &self.primary_name_attribute)?;
        if let Some(solution) = self.solution {
            map.serialize_entry("@dataverse_entity.addedBy", solution)?;
        }
        map.serialize_entry("Attributes", self.attributes)?;
        map.serialize_entry("Keys", self.keys)?;
        map.serialize_entry("ManyToOneRelationships", &of_kind(RelationshipKind::ManyToOne))?;
        map.serialize_entry("OneToManyRelationships", &of_kind(RelationshipKind::OneToMany))?;
        map.serialize_entry("ManyToManyRelationships", &of_kind(RelationshipKind::ManyToMany))?;
        map.end()
    }
}

impl Serialize for AttributeMetadata {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        serialize_type(&mut map, self.attribute_type.definition(), "AttributeMetadata")?;
        map.serialize_entry("LogicalName", self.logical_name)?;
        map.serialize_entry("SchemaName", self.schema_name)?;
        map.serialize_entry("AttributeType", self.attribute_type.code())?;
        let type_name = format!("{}Type", self.attribute_type.name());
        map.serialize_entry("AttributeTypeName", &Member("Value", &type_name))?;
        map.serialize_entry("AttributeOf", &self.attribute_of)?;
        if let Some(source) = self.source {
            let part = match source.part {
                SourcePart::Name => "Name",
                SourcePart::YomiName => "YomiName",
                SourcePart::Type => "Type",
            };
            map.serialize_entry("@dataverse_entity.sourcePart", part)?;
        }
        let translations = self.translations;
        map.serialize_entry(
            "DisplayName",
            &Label(self.display_name, translations, |each| each.display_name),
        )?;
        map.serialize_entry("Description", &Label(self.description, translations, |each| each.description))?;
        map.serialize_entry("SourceType", &(self.source_type as u8))?;
        map.serialize_entry("IsSecured", &self.is_secured)?;
        if let Some(format) = self.auto_number_format {
            map.serialize_entry("AutoNumberFormat", format)?;
        }
        map.serialize_entry("IsValidForCreate", &self.is_valid_for_create)?;
        map.serialize_entry("IsValidForRead", &self.is_valid_for_read)?;
        map.serialize_entry("IsValidForUpdate", &self.is_valid_for_update)?;
        map.serialize_entry("IsValidForForm", &self.is_valid_for_form)?;
        map.serialize_entry("IsValidODataAttribute", &self.is_valid_odata_attribute())?;
        map.serialize_entry("RequiredLevel", &Level(self.required_level))?;
        serialize_type_facts(self, &mut map)?;
        if let Some(solution) = self.solution {
            map.serialize_entry("@dataverse_entity.addedBy", solution)?;
        }
        map.end()
    }
}

/// Writes the type of an object of a collection. OData leaves out the type that the collection declares.
fn serialize_type<M: SerializeMap>(map: &mut M, name: &'static str, declared: &str) -> Result<(), M::Error> {
    match name == declared {
        true => Ok(()),
        false => map.serialize_entry("@odata.type", &format_args!("{NAMESPACE}{name}")),
    }
}

/// Writes the members that only some types of column have.
fn serialize_type_facts<M: SerializeMap>(attribute: &AttributeMetadata, map: &mut M) -> Result<(), M::Error> {
    match attribute.attribute_type {
        AttributeType::String { max_length, format } | AttributeType::Memo { max_length, format } => {
            map.serialize_entry("Format", format.legacy_name())?;
            map.serialize_entry("FormatName", &Member("Value", format.name()))?;
            map.serialize_entry("MaxLength", &max_length)?;
            map.serialize_entry("IsLocalizable", &attribute.is_localizable)
        }
        AttributeType::Integer { min, max, format } => {
            map.serialize_entry("Format", format.name())?;
            map.serialize_entry("MinValue", &min)?;
            map.serialize_entry("MaxValue", &max)
        }
        AttributeType::BigInt => {
            map.serialize_entry("MinValue", &i64::MIN)?;
            map.serialize_entry("MaxValue", &i64::MAX)
        }
        AttributeType::Double { min, max, precision } => {
            map.serialize_entry("MinValue", &min)?;
            map.serialize_entry("MaxValue", &max)?;
            map.serialize_entry("Precision", &precision)
        }
        AttributeType::Decimal { min, max, precision } | AttributeType::Money { min, max, precision } => {
            map.serialize_entry("MinValue", &min.map(Number))?;
            map.serialize_entry("MaxValue", &max.map(Number))?;
            map.serialize_entry("Precision", &precision)
        }
        AttributeType::Boolean { true_label, false_label } => {
            let global_name = attribute.global_option_set;
            let translations = attribute.translations;
            map.serialize_entry(
                "OptionSet",
                &TwoOptions { true_label, false_label, translations, global_name },
            )?;
            match attribute.default_value {
                Some(DefaultValue::Boolean(value)) => map.serialize_entry("DefaultValue", &value),
                _ => Ok(()),
            }
        }
        AttributeType::DateTime { behavior, format } => {
            map.serialize_entry("Format", format.name())?;
            map.serialize_entry("DateTimeBehavior", &Member("Value", behavior.name()))
        }
        AttributeType::Picklist { options } | AttributeType::MultiSelectPicklist { options } => {
            serialize_options(attribute, "OptionMetadata", options, map)
        }
        AttributeType::State { options } => serialize_options(attribute, "StateOptionMetadata", options, map),
        AttributeType::Status { options } => {
            serialize_options(attribute, "StatusOptionMetadata", options, map)
        }
        AttributeType::Lookup { targets }
        | AttributeType::Customer { targets }
        | AttributeType::Owner { targets } => {
            map.serialize_entry("Targets", &List(targets.iter().map(|each| each.logical_name)))?;
            let navigation: Vec<&str> = attribute.navigation.properties().collect();
            if !matches!(attribute.navigation, Navigation::None) {
                map.serialize_entry("@dataverse_entity.navigationProperties", &navigation)?;
            }
            Ok(())
        }
        AttributeType::Uniqueidentifier
        | AttributeType::EntityName
        | AttributeType::Image
        | AttributeType::File
        | AttributeType::ManagedProperty
        | AttributeType::PartyList
        | AttributeType::Virtual => Ok(()),
    }
}

/// Writes the options of a column, and the one with which a record starts (-1: none).
fn serialize_options<M: SerializeMap>(
    attribute: &AttributeMetadata,
    definition: &'static str,
    options: &'static [OptionMetadata],
    map: &mut M,
) -> Result<(), M::Error> {
    let global_name = attribute.global_option_set;
    map.serialize_entry("OptionSet", &OptionSetOf { definition, options, global_name })?;
    match attribute.default_value {
        Some(DefaultValue::Integer(value)) => map.serialize_entry("DefaultFormValue", &value),
        _ => Ok(()),
    }
}

impl Serialize for AlternateKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("LogicalName", self.name)?;
        map.serialize_entry("KeyAttributes", self.attributes)?;
        map.end()
    }
}

/// A relationship, seen from the table that declares it.
struct DeclaredRelationship {
    table: &'static str,
    relationship: &'static RelationshipMetadata,
}

impl Serialize for DeclaredRelationship {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let relationship = self.relationship;
        let (referencing, referenced, navigation) = match relationship.kind {
            RelationshipKind::ManyToOne => {
                (self.table, relationship.table, "ReferencingEntityNavigationPropertyName")
            }
            RelationshipKind::OneToMany => {
                (relationship.table, self.table, "ReferencedEntityNavigationPropertyName")
            }
            RelationshipKind::ManyToMany => return self.serialize_pairs(serializer),
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("SchemaName", relationship.schema_name)?;
        map.serialize_entry("ReferencingEntity", referencing)?;
        map.serialize_entry("ReferencingAttribute", relationship.referencing_attribute)?;
        map.serialize_entry("ReferencedEntity", referenced)?;
        map.serialize_entry("ReferencedAttribute", relationship.referenced_attribute)?;
        map.serialize_entry(navigation, &relationship.navigation_property)?;
        if let Some(cascade) = relationship.on_delete {
            map.serialize_entry("CascadeConfiguration", &Member("Delete", cascade.name()))?;
        }
        map.serialize_entry("IsHierarchical", &relationship.is_hierarchical)?;
        map.end()
    }
}

impl DeclaredRelationship {
    /// Writes a many-to-many relationship. The declaration does not say which of its tables the org's
    /// definition calls the first, so this table is the first.
    fn serialize_pairs<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let relationship = self.relationship;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("SchemaName", relationship.schema_name)?;
        map.serialize_entry("IntersectEntityName", &relationship.intersect_table)?;
        map.serialize_entry("Entity1LogicalName", self.table)?;
        map.serialize_entry("Entity1NavigationPropertyName", &relationship.navigation_property)?;
        map.serialize_entry("Entity2LogicalName", relationship.table)?;
        map.end()
    }
}

/// Writes whether the options are those of a global set.
fn serialize_origin<M: SerializeMap>(global_name: Option<&'static str>, map: &mut M) -> Result<(), M::Error> {
    map.serialize_entry("IsGlobal", &global_name.is_some())?;
    match global_name {
        Some(name) => map.serialize_entry("Name", name),
        None => Ok(()),
    }
}

struct OptionSetOf {
    definition: &'static str,
    options: &'static [OptionMetadata],
    global_name: Option<&'static str>,
}

impl Serialize for OptionSetOf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let options = self.options.iter().map(|option| DefinedOption { definition: self.definition, option });
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("Options", &List(options))?;
        serialize_origin(self.global_name, &mut map)?;
        map.end()
    }
}

struct DefinedOption {
    definition: &'static str,
    option: &'static OptionMetadata,
}

impl Serialize for DefinedOption {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        serialize_type(&mut map, self.definition, "OptionMetadata")?;
        map.serialize_entry("Value", &self.option.value)?;
        map.serialize_entry(
            "Label",
            &Label(Some(self.option.label), self.option.translations, |each| each.display_name),
        )?;
        if let Some(state) = self.option.state {
            map.serialize_entry("State", &state)?;
        }
        if let Some(status) = self.option.default_status {
            map.serialize_entry("DefaultStatus", &status)?;
        }
        if let Some(name) = self.option.invariant_name {
            map.serialize_entry("InvariantName", name)?;
        }
        map.end()
    }
}

struct TwoOptions {
    true_label: &'static str,
    false_label: &'static str,
    translations: &'static [Translation],
    global_name: Option<&'static str>,
}

impl Serialize for TwoOptions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(
            "TrueOption",
            &BooleanOption(1, Label(Some(self.true_label), self.translations, |each| each.true_label)),
        )?;
        map.serialize_entry(
            "FalseOption",
            &BooleanOption(0, Label(Some(self.false_label), self.translations, |each| each.false_label)),
        )?;
        serialize_origin(self.global_name, &mut map)?;
        map.end()
    }
}

struct BooleanOption(i32, Label);

impl Serialize for BooleanOption {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("Value", &self.0)?;
        map.serialize_entry("Label", &self.1)?;
        map.end()
    }
}

/// A Dataverse `Label`: the English text and its translations.
struct Label(Option<&'static str>, &'static [Translation], fn(&Translation) -> Option<&'static str>);

impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.map(|text| LocalizedLabel(text, ENGLISH));
        let others = self.1.iter().filter_map(|each| Some(LocalizedLabel((self.2)(each)?, each.language)));
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("LocalizedLabels", &List(text.iter().copied().chain(others)))?;
        map.serialize_entry("UserLocalizedLabel", &text)?;
        map.end()
    }
}

#[derive(Clone, Copy)]
struct LocalizedLabel(&'static str, u16);

impl Serialize for LocalizedLabel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("Label", self.0)?;
        map.serialize_entry("LanguageCode", &self.1)?;
        map.end()
    }
}

struct Level(RequiredLevel);

impl Serialize for Level {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("Value", self.0.name())?;
        map.serialize_entry("CanBeChanged", &!matches!(self.0, RequiredLevel::SystemRequired))?;
        map.serialize_entry("ManagedPropertyLogicalName", "canmodifyrequirementlevelsettings")?;
        map.end()
    }
}

/// An object with one member.
struct Member<'a>(&'static str, &'a str);

impl Serialize for Member<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.0, self.1)?;
        map.end()
    }
}

/// A number, by its declared text.
struct Number(&'static str);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.0.to_owned()).map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// Whatever an iterator yields, as an array.
struct List<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for List<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(None)?;
        for each in self.0.clone() {
            seq.serialize_element(&each)?;
        }
        seq.end()
    }
}
