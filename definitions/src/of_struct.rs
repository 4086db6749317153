//! Definitions from structs.

use std::collections::HashSet;

use dataverse_entity_core::metadata::EntityMetadata;

use crate::{OneToMany, ReadError, Table, parse};

/// Returns the definition that a struct declares (`Loan::METADATA`), as [`parse`] reads it.
///
/// A lookup whose annotation names no relationship has one for each of its tables, because the navigation property in the
/// annotation is enough to use it. Its schema name is then `table_column_target`, which Dataverse does not know.
///
/// ```
/// use dataverse_definitions::{Kind, of_struct};
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::Team;
///
/// #[derive(Debug, DataverseEntity)]
/// #[entity(logical = "new_loan", set = "new_loans")]
/// struct Loan {
///     #[attr(logical = "new_loanid", primary_id)]
///     id: Id<Loan>,
///     #[attr(logical = "new_desk", nav = "new_Desk")]
///     desk: Option<Lookup<Team>>,
/// }
///
/// let table = of_struct(Loan::METADATA)?;
/// assert_eq!(table.column("new_desk").unwrap().kind(), Kind::Lookup);
/// let desk = table.relationships_of("new_desk").next().unwrap();
/// assert_eq!((desk.schema_name.as_str(), desk.referenced_entity.as_str()), ("new_loan_new_desk_team", "team"));
/// assert_eq!(desk.referencing_entity_navigation_property_name.text(), Some("new_Desk"));
/// # Ok::<(), dataverse_definitions::ReadError>(())
/// ```
///
/// # Errors
///
/// Returns an error if the metadata cannot be written as JSON.
pub fn of_struct(metadata: &EntityMetadata) -> Result<Table, ReadError> {
    let name = metadata.logical_name;
    let text = serde_json::to_string(metadata)
        .map_err(|error| ReadError::new(format!("table `{name}`: {error}")))?;
    let mut table =
        parse(&text)?.pop().ok_or_else(|| ReadError::new(format!("table `{name}` has no definition")))?;
    let relationships = &table.many_to_one_relationships;
    let declared: HashSet<String> =
        relationships.iter().map(|each| each.referencing_attribute.clone()).collect();
    for attribute in metadata.attributes.iter().filter(|each| !declared.contains(each.logical_name)) {
        let column = attribute.logical_name;
        for target in attribute.attribute_type.targets() {
            let Some(property) = attribute.navigation.property_to(target.logical_name) else { continue };
            let mut relationship = OneToMany {
                referencing_entity: name.to_owned(),
                referencing_attribute: column.to_owned(),
                referenced_entity: target.logical_name.to_owned(),
                referenced_attribute: target.primary_id_attribute.to_owned(),
                referencing_entity_navigation_property_name: property.into_owned().into(),
                ..OneToMany::default()
            };
            relationship.schema_name = relationship.made_up_name();
            table.many_to_one_relationships.push(relationship);
        }
    }
    Ok(table)
}
