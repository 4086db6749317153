//! One-to-many relationships, each with its lookup.

use dataverse_definitions::Kind;
use http::StatusCode;

use super::lookups::{self, Target};
use super::{common, menu, require_new};
use crate::definition_writes::changes::{ATTRIBUTES, MANY_TO_ONE, ONE_TO_MANY};
use crate::definition_writes::edit::Edit;
use crate::definition_writes::solutions::Component;
use crate::definition_writes::{columns, kinds, names, tables};
use crate::error::{Refusal, Result};
use crate::json::{Json, object};

/// Creates a relationship and its lookup. Returns the id of the relationship.
pub(super) fn create(edit: &Edit<'_>, body: &Json) -> Result<String> {
    kinds::check_type(body, "OneToManyRelationshipMetadata")?;
    let target = Target::read(edit, body)?;
    let lookup = body.get("Lookup").filter(|lookup| !matches!(lookup, Json::Null));
    let lookup = lookup.ok_or_else(|| names::missing("Lookup", "relationship"))?;
    let name = names::schema_name(lookup, "attribute")?;
    let table = edit.table(target.referencing)?;
    if let Some(column) = tables::element(table, ATTRIBUTES, "LogicalName", &name.to_ascii_lowercase()) {
        // A relationship to one more table extends a lookup that has several.
        if !lookups::is_polymorphic(table, column) {
            return Err(tables::column_exists(&name.to_ascii_lowercase()));
        }
        return lookups::extend(edit, table, column, &target);
    }
    let mut lookup = lookup.clone();
    lookup.set("Targets", Json::Array(vec![target.referenced.into()]));
    for column in columns::built(edit, target.referencing, &lookup, Kind::Lookup)? {
        lookups::require_new_column(table, &column)?;
        edit.put(target.referencing, ATTRIBUTES, &column)?;
    }
    relate(edit, &target, name, name)
}

/// Adds the relationship of a lookup to a table. Returns its id.
pub(super) fn relate(edit: &Edit<'_>, target: &Target<'_>, lookup: &str, navigation: &str) -> Result<String> {
    let (schema_name, body) = (target.schema_name, target.body);
    require_new(edit, schema_name)?;
    let referenced = edit.table(target.referenced)?;
    let primary_id = referenced.primary_id.as_str();
    if let Some(given) = body.text("ReferencedAttribute").filter(|given| *given != primary_id) {
        let message = format!(
            "The ReferencedAttribute '{given}' is not valid: a relationship refers to the primary key '{primary_id}' of \
             '{}'.",
            target.referenced
        );
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message));
    }
    let mut relationship = common(edit, schema_name, "OneToManyRelationship")?;
    let text = |name: &str, otherwise: &str| Json::from(body.text(name).unwrap_or(otherwise));
    let set = [
        ("ReferencedEntity", target.referenced.into()),
        ("ReferencedAttribute", primary_id.into()),
        (
            "ReferencedEntityNavigationPropertyName",
            text("ReferencedEntityNavigationPropertyName", schema_name),
        ),
        ("ReferencingEntity", target.referencing.into()),
        ("ReferencingAttribute", lookup.to_ascii_lowercase().into()),
        (
            "ReferencingEntityNavigationPropertyName",
            text("ReferencingEntityNavigationPropertyName", navigation),
        ),
        ("IsHierarchical", body.flag("IsHierarchical").unwrap_or(false).into()),
        ("RelationshipBehavior", 1.into()),
        ("EntityKey", Json::Null),
        ("RelationshipAttributes", Json::Array(Vec::new())),
        ("CascadeConfiguration", cascade(body.get("CascadeConfiguration"))?),
        ("AssociatedMenuConfiguration", menu(edit, body.get("AssociatedMenuConfiguration"))),
    ];
    for (name, value) in set {
        relationship.set(name, value);
    }
    edit.put(target.referencing, MANY_TO_ONE, &relationship)?;
    edit.put(target.referenced, ONE_TO_MANY, &relationship)?;
    let id = relationship.text("MetadataId").unwrap_or_default().to_owned();
    edit.component(Component::Relationship, &id);
    Ok(id)
}

/// Returns the cascades of a relationship: those of the body, and Dataverse's defaults.
fn cascade(given: Option<&Json>) -> Result<Json> {
    const DEFAULTS: [(&str, &str); 8] = [
        ("Assign", "NoCascade"),
        ("Delete", "RemoveLink"),
        ("Merge", "NoCascade"),
        ("Reparent", "NoCascade"),
        ("Share", "NoCascade"),
        ("Unshare", "NoCascade"),
        ("RollupView", "NoCascade"),
        ("Archive", "NoCascade"),
    ];
    const VALUES: [&str; 6] = ["NoCascade", "Cascade", "Active", "UserOwned", "RemoveLink", "Restrict"];
    let mut all = object([]);
    for (name, otherwise) in DEFAULTS {
        let value = given.and_then(|given| given.text(name)).unwrap_or(otherwise);
        if !VALUES.contains(&value) {
            let value = crate::error::excerpt(value);
            let message =
                format!("The value '{value}' of '{name}' in 'CascadeConfiguration' is not a CascadeType.");
            return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80048d19", message));
        }
        all.set(name, value.into());
    }
    Ok(all)
}

/// Deletes a relationship. Its lookup goes with the last one.
pub(super) fn delete(edit: &Edit<'_>, relationship: &Json) -> Result<()> {
    let text = |name| relationship.text(name).unwrap_or_default();
    let table = edit.table(text("ReferencingEntity"))?;
    let column = tables::element(table, ATTRIBUTES, "LogicalName", text("ReferencingAttribute"));
    if let Some(column) = column
        && lookups::is_polymorphic(table, column)
        && column.texts("Targets").len() < 2
    {
        let message = format!(
            "The relationship '{}' is required by the '{}' polymorphic lookup attribute and can't be deleted. The relationship \
             will be removed when the polymorphic lookup attribute is deleted.",
            text("SchemaName"),
            text("ReferencingAttribute")
        );
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80090420", message));
    }
    lookups::unrelate(edit, relationship)
}
