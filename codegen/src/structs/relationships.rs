//! The table that a struct declares, with a relationship for each lookup.

use dataverse_definitions::{OneToMany, Table, read};

use super::problem::StructsError;
use super::run::Printed;

/// Returns the table. A lookup whose relationship the struct does not declare gets one for each of its tables, with the
/// navigation property and without a name.
pub(super) fn table(printed: Printed) -> Result<Table, StructsError> {
    let problem = |error: &dyn std::fmt::Display| StructsError::new(format!("`{}`: {error}", printed.name));
    let text = printed.definition.to_string();
    let mut tables = read(&[&text]).map_err(|error| problem(&error))?;
    let mut table = tables.pop().ok_or_else(|| problem(&"has no definition"))?;
    for navigation in printed.navigation {
        let is_declared = table
            .relationships_of(&navigation.lookup)
            .any(|each| each.referenced_entity == navigation.target);
        if !is_declared {
            let mut relationship = OneToMany::default();
            relationship.referencing_entity = table.logical_name.clone();
            relationship.referencing_attribute = navigation.lookup;
            relationship.referenced_entity = navigation.target;
            relationship.referenced_attribute = navigation.key;
            relationship.referencing_entity_navigation_property_name = navigation.property.into();
            table.many_to_one_relationships.push(relationship);
        }
    }
    table.normalize();
    Ok(table)
}

/// Gives relationships without a name those of the org, so that both can be compared; leaves out those that the org lacks.
pub(crate) fn named_as_in(mut table: Table, org: &Table) -> Table {
    table.many_to_one_relationships.retain_mut(|relationship| {
        if relationship.schema_name.is_empty() {
            let same = org
                .relationships_of(&relationship.referencing_attribute)
                .find(|each| each.referenced_entity == relationship.referenced_entity);
            relationship.schema_name = same.map(|each| each.schema_name.clone()).unwrap_or_default();
        }
        !relationship.schema_name.is_empty()
    });
    table
}
