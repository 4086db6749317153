//! `EntityDefinitions` of a table that a derived struct describes.

use dataverse_entity::metadata::EntityMetadata;

use super::problem::DefinitionError;
use crate::json::{Json, object};

/// Returns the definition of a table. Adds a relationship for each lookup that declares none, because the
/// navigation property in its annotation is enough.
pub(crate) fn definition_of(metadata: &EntityMetadata) -> Result<Json, DefinitionError> {
    let text = serde_json::to_string(metadata)
        .map_err(|error| DefinitionError::new(format!("table `{}`: {error}", metadata.logical_name)))?;
    let mut definition = Json::parse(&text).map_err(DefinitionError::new)?;
    let mut missing = Vec::new();
    for attribute in metadata.attributes {
        let declared = definition.list("ManyToOneRelationships").iter();
        if declared.clone().any(|each| each.text("ReferencingAttribute") == Some(attribute.logical_name)) {
            continue;
        }
        for target in attribute.attribute_type.targets() {
            let property = attribute.navigation.property_to(target.logical_name);
            let Some(property) = property else { continue };
            let schema_name =
                format!("{}_{}_{}", metadata.logical_name, attribute.logical_name, target.logical_name);
            missing.push(object([
                ("SchemaName", schema_name.into()),
                ("ReferencingEntity", metadata.logical_name.into()),
                ("ReferencingAttribute", attribute.logical_name.into()),
                ("ReferencedEntity", target.logical_name.into()),
                ("ReferencedAttribute", target.primary_id_attribute.into()),
                ("ReferencingEntityNavigationPropertyName", property.as_ref().into()),
            ]));
        }
    }
    if let Json::Object(members) = &mut definition
        && let Some((_, Json::Array(list))) =
            members.iter_mut().find(|(name, _)| name == "ManyToOneRelationships")
    {
        list.extend(missing);
    }
    Ok(definition)
}
