//! Creates, updates and deletes relationships: one-to-many with their lookups, and many-to-many.

mod lookups;
mod many_to_many;
mod one_to_many;
pub(super) mod standard;

use http::StatusCode;

pub(super) use lookups::{create_customer, create_polymorphic, drop_column, require_new_column, unrelate};

use super::changes::{MANY_TO_MANY, MANY_TO_ONE, ONE_TO_MANY};
use super::edit::{Edit, undeletable};
use crate::error::{Refusal, Result};
use crate::json::{Json, object};
use crate::schema::Schema;

/// Creates the relationship of a body. Returns its id.
pub(super) fn create(edit: &Edit<'_>, body: &Json) -> Result<String> {
    match type_of(body) {
        Some("OneToManyRelationshipMetadata") => one_to_many::create(edit, body),
        Some("ManyToManyRelationshipMetadata") => many_to_many::create(edit, body),
        _ => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "0x80048d19",
            "The body of a relationship names its type: '@odata.type' is \
             Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata or Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata.",
        )),
    }
}

/// Replaces the definition of a relationship by that of a body.
pub(super) fn update(edit: &Edit<'_>, old: &Json, body: &Json, merge: bool) -> Result<()> {
    const FIXED: [&str; 14] = [
        "MetadataId",
        "SchemaName",
        "RelationshipType",
        "ReferencedEntity",
        "ReferencedAttribute",
        "ReferencingEntity",
        "ReferencingAttribute",
        "Entity1LogicalName",
        "Entity2LogicalName",
        "Entity1IntersectAttribute",
        "Entity2IntersectAttribute",
        "IntersectEntityName",
        "Lookup",
        "IsManaged",
    ];
    let Json::Object(given) = body else { return Err(Refusal::bad("A definition must be an object.")) };
    super::kinds::check_type(body, type_of(old).unwrap_or(declared_type(old)))?;
    let mut new = old.clone();
    for (name, value) in given {
        if name.contains('@') || FIXED.contains(&name.as_str()) {
            continue;
        }
        let mut value = value.clone();
        if let Some(label) = value.get("Label").filter(|label| !matches!(label, Json::Null)) {
            let before = old.get(name).and_then(|menu| menu.get("Label"));
            let label = super::labels::updated(edit.session, before, label, merge);
            value.set("Label", label);
        }
        new.set(name, value);
    }
    for (table, list) in sides(old) {
        edit.put(table, list, &new)?;
    }
    Ok(())
}

/// Deletes a relationship: a one-to-many one with its lookup, a many-to-many one with its associations.
pub(super) fn delete(edit: &Edit<'_>, relationship: &Json) -> Result<()> {
    if relationship.flag("IsCustomRelationship") == Some(false) {
        let name = relationship.text("SchemaName").unwrap_or_default();
        return Err(undeletable(relationship, name));
    }
    if relationship.get("Entity1LogicalName").is_some() {
        return many_to_many::delete(edit, relationship);
    }
    one_to_many::delete(edit, relationship)
}

/// Returns the tables of a relationship, with the lists that hold it.
fn sides(relationship: &Json) -> [(&str, &'static str); 2] {
    let text = |name| relationship.text(name).unwrap_or_default();
    if relationship.get("Entity1LogicalName").is_some() {
        return [(text("Entity1LogicalName"), MANY_TO_MANY), (text("Entity2LogicalName"), MANY_TO_MANY)];
    }
    [(text("ReferencingEntity"), MANY_TO_ONE), (text("ReferencedEntity"), ONE_TO_MANY)]
}

fn type_of(body: &Json) -> Option<&str> {
    let name = body.text("@odata.type")?.rsplit('.').next()?;
    Some(name.strip_prefix("Complex").unwrap_or(name))
}

fn declared_type(relationship: &Json) -> &'static str {
    match relationship.get("Entity1LogicalName") {
        Some(_) => "ManyToManyRelationshipMetadata",
        None => "OneToManyRelationshipMetadata",
    }
}

/// Returns the relationship with this schema name or id.
pub(super) fn find<'s>(schema: &'s Schema, member: &str, key: &str) -> Option<&'s Json> {
    let all = schema.tables().iter().flat_map(|table| {
        [MANY_TO_ONE, ONE_TO_MANY, MANY_TO_MANY].iter().flat_map(|list| table.definition.list(list))
    });
    let is = |text: &str| if member == "MetadataId" { text.eq_ignore_ascii_case(key) } else { text == key };
    all.into_iter().find(|each| each.text(member).is_some_and(is))
}

/// Refuses a schema name that another relationship has.
fn require_new(edit: &Edit<'_>, schema_name: &str) -> Result<()> {
    let all = edit.session.schema.tables().iter().flat_map(|table| {
        [MANY_TO_ONE, ONE_TO_MANY, MANY_TO_MANY].iter().flat_map(|list| table.definition.list(list))
    });
    let mut names = all.filter_map(|each| each.text("SchemaName"));
    if names.any(|name| name.eq_ignore_ascii_case(schema_name)) {
        let message = format!(
            "The schema name {schema_name} for type EntityRelationship is not unique. An EntityRelationship with same name \
             already exists."
        );
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80044363", message));
    }
    Ok(())
}

/// Returns the members that every new relationship has.
fn common(edit: &Edit<'_>, schema_name: &str, type_name: &str) -> Result<Json> {
    let mut relationship = object([
        ("MetadataId", edit.session.new_id().into()),
        ("HasChanged", Json::Null),
        ("SchemaName", schema_name.into()),
        ("RelationshipType", type_name.into()),
    ]);
    if let Json::Object(members) = super::templates::part("Relationship")? {
        for (name, value) in members {
            relationship.set(name, value.clone());
        }
    }
    Ok(relationship)
}

/// Returns the menu of a relationship in an app: that of the body, or Dataverse's default.
fn menu(edit: &Edit<'_>, given: Option<&Json>) -> Json {
    let mut menu = object([
        ("Behavior", "UseCollectionName".into()),
        ("Group", "Details".into()),
        ("Order", 10_000.into()),
        ("IsCustomizable", true.into()),
        ("Icon", Json::Null),
        ("ViewId", "00000000-0000-0000-0000-000000000000".into()),
        ("AvailableOffline", true.into()),
        ("MenuId", Json::Null),
        ("QueryApi", Json::Null),
    ]);
    if let Some(Json::Object(members)) = given {
        for (name, value) in
            members.iter().filter(|(name, value)| !name.contains('@') && *value != Json::Null)
        {
            menu.set(name, value.clone());
        }
    }
    menu.set("Label", super::labels::label(edit.session, given.and_then(|menu| menu.get("Label"))));
    menu
}
