//! Many-to-many relationships.

use http::StatusCode;

use super::{common, menu, require_new, sides};
use crate::definition_writes::edit::Edit;
use crate::definition_writes::solutions::Component;
use crate::definition_writes::{kinds, names, tables};
use crate::error::{Refusal, Result};
use crate::json::Json;

/// Creates a relationship. Returns its id.
pub(super) fn create(edit: &Edit<'_>, body: &Json) -> Result<String> {
    kinds::check_type(body, "ManyToManyRelationshipMetadata")?;
    let schema_name = names::schema_name(body, "relationship")?;
    require_new(edit, schema_name)?;
    let need = |name| body.text(name).ok_or_else(|| names::missing(name, "relationship"));
    let (first, second) = (need("Entity1LogicalName")?, need("Entity2LogicalName")?);
    let intersect = body.text("IntersectEntityName").unwrap_or(schema_name).to_ascii_lowercase();
    names::check(&intersect, "entity")?;
    let schema = edit.session.schema;
    let is_taken = schema.table(&intersect).is_some()
        || schema.associations().iter().any(|each| each.intersect.eq_ignore_ascii_case(&intersect));
    if is_taken {
        return Err(tables::exists());
    }
    let mut relationship = common(edit, schema_name, "ManyToManyRelationship")?;
    relationship.set("IntersectEntityName", intersect.into());
    for (number, table) in [(1, first), (2, second)] {
        let member = |rest: &str| format!("Entity{number}{rest}");
        let primary_id = &edit.table(table)?.primary_id;
        let end = match (first == second, number) {
            (false, _) => "",
            (true, 1) => "one",
            (true, _) => "two",
        };
        let navigation = body.text(&member("NavigationPropertyName")).unwrap_or(schema_name);
        relationship.set(&member("LogicalName"), table.into());
        relationship.set(&member("IntersectAttribute"), format!("{primary_id}{end}").into());
        relationship.set(&member("NavigationPropertyName"), navigation.into());
        let shown = menu(edit, body.get(&member("AssociatedMenuConfiguration")));
        relationship.set(&member("AssociatedMenuConfiguration"), shown);
    }
    let navigation = |number: u8| relationship.text(&format!("Entity{number}NavigationPropertyName"));
    if first == second && navigation(1) == navigation(2) {
        let message = format!(
            "The navigation property name cannot be the same on both sides of the relationship {schema_name}, which is between \
             records of one entity: set Entity1NavigationPropertyName and Entity2NavigationPropertyName."
        );
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message));
    }
    for (table, list) in sides(&relationship) {
        edit.put(table, list, &relationship)?;
    }
    let id = relationship.text("MetadataId").unwrap_or_default().to_owned();
    edit.component(Component::Relationship, &id);
    Ok(id)
}

/// Deletes a relationship with its associations.
pub(super) fn delete(edit: &Edit<'_>, relationship: &Json) -> Result<()> {
    let name = relationship.text("SchemaName").unwrap_or_default();
    for (table, list) in sides(relationship) {
        edit.remove(table, list, name)?;
    }
    edit.forget(relationship)
}
