//! Creates, updates and deletes tables.

use dataverse_definitions::Kind;
use http::StatusCode;

use super::changes::{ATTRIBUTES, LISTS, MANY_TO_MANY, MANY_TO_ONE, ONE_TO_MANY};
use super::columns;
use super::edit::{Edit, undeletable};
use super::kinds;
use super::labels::{label, updated};
use super::names;
use super::relationships::standard;
use super::solutions::Component;
use super::templates::{self, Names};
use crate::error::{Refusal, Result, excerpt};
use crate::json::Json;
use crate::schema::Table;

/// The first object type code of custom tables.
const FIRST_OBJECT_TYPE_CODE: i64 = 10_000;

/// Members that an update cannot change.
const FIXED: [&str; 10] = [
    "LogicalName",
    "SchemaName",
    "MetadataId",
    "EntitySetName",
    "PrimaryIdAttribute",
    "PrimaryNameAttribute",
    "ObjectTypeCode",
    "OwnershipType",
    "Privileges",
    "TableType",
];

/// Creates the table of a body, with the columns that every table has. Returns its id.
pub(super) fn create(edit: &Edit<'_>, body: &Json) -> Result<String> {
    let session = edit.session;
    kinds::check_type(body, "EntityMetadata")?;
    let schema_name = names::schema_name(body, "entity")?;
    let logical = schema_name.to_ascii_lowercase();
    if session.schema.table(&logical).is_some() {
        return Err(exists());
    }
    if body.flag("IsActivity") == Some(true) {
        return Err(Refusal::not_implemented("The creation of an activity table"));
    }
    if let Some(list) = LISTS.into_iter().find(|list| *list != ATTRIBUTES && !body.list(list).is_empty()) {
        let message = format!("'{list}' cannot be created with their entity: each has a request of its own.");
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message));
    }
    for required in ["DisplayName", "DisplayCollectionName"] {
        if body.get(required).is_none_or(|each| matches!(each, Json::Null)) {
            return Err(names::missing(required, "entity"));
        }
    }
    let primary = primary_name(body)?.to_ascii_lowercase();
    let display = label(session, body.get("DisplayName"));
    let shown = display.get("UserLocalizedLabel").and_then(|each| each.text("Label")).unwrap_or(schema_name);
    let plural = names::plural(schema_name);
    let named = Names { schema: schema_name, logical: &logical, label: shown, plural: &plural };
    let mut own = templates::part_for("Table", &named)?;
    let id = session.new_id();
    own.set("MetadataId", id.as_str().into());
    let Json::Object(given) = body else { return Err(Refusal::bad("A definition must be an object.")) };
    let server_set = ["MetadataId", "LogicalName", "ObjectTypeCode", "PrimaryIdAttribute", "Privileges"];
    for (name, value) in given {
        let is_own =
            name.contains('@') || LISTS.contains(&name.as_str()) || server_set.contains(&name.as_str());
        if !is_own && !matches!(value, Json::Null) {
            own.set(name, value.clone());
        }
    }
    for name in ["DisplayName", "DisplayCollectionName", "Description"] {
        own.set(name, label(session, body.get(name)));
    }
    own.set("PrimaryNameAttribute", primary.into());
    own.set("ObjectTypeCode", next_object_type_code(edit).into());
    let now = crate::value::instant_text(session.now);
    own.set("CreatedOn", now.as_str().into());
    own.set("ModifiedOn", now.into());
    check_ownership(&own)?;
    edit.put_table(&logical, &own)?;
    add_columns(edit, &named, &own, body)?;
    edit.component(Component::Table, &id);
    Ok(id)
}

/// Adds the standard columns, then those of the body, and their relationships.
fn add_columns(edit: &Edit<'_>, named: &Names<'_>, own: &Json, body: &Json) -> Result<()> {
    let mut bodies: Vec<(Json, bool)> = Vec::new();
    let mut parts = vec!["Attributes"];
    if own.text("OwnershipType") == Some("UserOwned") {
        parts.push("UserOwned");
    }
    for part in parts {
        if let Json::Array(all) = templates::part_for(part, named)? {
            bodies.extend(all.into_iter().map(|each| (each, false)));
        }
    }
    bodies.extend(body.list(ATTRIBUTES).iter().map(|each| (each.clone(), true)));
    let is_money = |each: &Json| kinds::kind_of(each).is_ok_and(|kind| kind == Kind::Money);
    if body.list(ATTRIBUTES).iter().any(is_money)
        && let Json::Array(all) = templates::part_for("Money", named)?
    {
        bodies.extend(all.into_iter().map(|each| (each, false)));
    }
    let mut known: Vec<String> = Vec::new();
    for (column, is_custom) in bodies {
        let all = if is_custom {
            let mut all = columns::created(edit, named.logical, &column)?;
            all[0].set("IsPrimaryName", (column.flag("IsPrimaryName") == Some(true)).into());
            all
        } else {
            let mut all = columns::built(edit, named.logical, &column, kinds::kind_of(&column)?)?;
            standard::adjust(&mut all[0], &column);
            all
        };
        for mut each in all {
            let name = each.text("LogicalName").unwrap_or_default().to_owned();
            if known.contains(&name) {
                return Err(column_exists(&name));
            }
            known.push(name);
            each.set("ColumnNumber", (known.len() as i64).into());
            edit.put(named.logical, ATTRIBUTES, &each)?;
        }
        if !is_custom {
            standard::relate(edit, named, &column)?;
        }
    }
    Ok(())
}

/// Returns the schema name of the primary name column, which a body has to define.
fn primary_name(body: &Json) -> Result<&str> {
    let is_primary = |each: &&Json| each.flag("IsPrimaryName") == Some(true);
    let mut marked = body.list(ATTRIBUTES).iter().filter(is_primary);
    let primary = match (marked.next(), marked.next(), body.text("PrimaryNameAttribute")) {
        (Some(one), None, _) => Some(one),
        (None, _, Some(named)) => body
            .list(ATTRIBUTES)
            .iter()
            .find(|each| each.text("SchemaName").is_some_and(|name| name.eq_ignore_ascii_case(named))),
        _ => None,
    };
    let refused = |why: &str| {
        Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", format!("The entity {why} as its primary name."))
    };
    let primary = primary.ok_or_else(|| {
        refused("needs exactly one StringAttributeMetadata in 'Attributes' whose 'IsPrimaryName' is true")
    })?;
    if kinds::kind_of(primary)? != Kind::String {
        return Err(refused("needs a StringAttributeMetadata"));
    }
    names::schema_name(primary, "attribute")
}

fn check_ownership(own: &Json) -> Result<()> {
    match own.text("OwnershipType") {
        Some("UserOwned" | "OrganizationOwned") => Ok(()),
        other => {
            let message = format!(
                "The OwnershipType '{}' is not valid: a custom entity is UserOwned or OrganizationOwned.",
                excerpt(other.unwrap_or_default())
            );
            Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message))
        }
    }
}

fn next_object_type_code(edit: &Edit<'_>) -> i64 {
    let codes =
        edit.session.schema.tables().iter().filter_map(|each| each.definition.integer("ObjectTypeCode"));
    codes.filter(|code| *code >= FIRST_OBJECT_TYPE_CODE).max().map_or(FIRST_OBJECT_TYPE_CODE, |code| code + 1)
}

/// Replaces the definition of a table by that of a body. What the body leaves out goes back to its default.
pub(super) fn update(edit: &Edit<'_>, table: &Table, body: &Json, merge: bool) -> Result<()> {
    let session = edit.session;
    kinds::check_type(body, "EntityMetadata")?;
    let old: &Json = &table.definition;
    let Json::Object(given) = body else { return Err(Refusal::bad("A definition must be an object.")) };
    let Json::Object(members) = old else { return Ok(()) };
    let mut own =
        Json::Object(members.iter().filter(|(name, _)| !LISTS.contains(&name.as_str())).cloned().collect());
    for (name, value) in given {
        let stays = name.contains('@') || LISTS.contains(&name.as_str()) || FIXED.contains(&name.as_str());
        match name.as_str() {
            "DisplayName" | "DisplayCollectionName" | "Description" => {
                own.set(name, updated(session, old.get(name), value, merge));
            }
            _ if !stays => own.set(name, value.clone()),
            _ => {}
        }
    }
    own.set("ModifiedOn", crate::value::instant_text(session.now).into());
    edit.put_table(&table.logical_name, &own)
}

/// Deletes a table, its rows, and its relationships with other tables.
pub(super) fn delete(edit: &Edit<'_>, table: &Table) -> Result<()> {
    let name = table.logical_name.as_str();
    if table.definition.flag("IsCustomEntity") != Some(true) {
        return Err(undeletable(&table.definition, name));
    }
    for relationship in table.definition.list(ONE_TO_MANY) {
        let other = relationship.text("ReferencingEntity").unwrap_or_default();
        if other != name {
            super::relationships::unrelate(edit, relationship)?;
        }
    }
    for relationship in table.definition.list(MANY_TO_ONE) {
        let other = relationship.text("ReferencedEntity").unwrap_or_default();
        if other != name {
            edit.remove(other, ONE_TO_MANY, relationship.text("SchemaName").unwrap_or_default())?;
        }
    }
    for relationship in table.definition.list(MANY_TO_MANY) {
        for side in ["Entity1LogicalName", "Entity2LogicalName"] {
            if let Some(other) = relationship.text(side).filter(|other| *other != name) {
                edit.remove(other, MANY_TO_MANY, relationship.text("SchemaName").unwrap_or_default())?;
            }
        }
    }
    for list in LISTS {
        for each in table.definition.list(list) {
            edit.forget(each)?;
        }
    }
    edit.forget(&table.definition)?;
    edit.remove_table(name)
}

/// Refuses a table whose name another one has.
pub(super) fn exists() -> Refusal {
    let message = "An entity with the specified name already exists. Please specify a unique name.";
    Refusal::new(StatusCode::BAD_REQUEST, "0x8004700b", message)
}

/// Refuses a column whose name its table has already.
pub(super) fn column_exists(name: &str) -> Refusal {
    let message = format!("An attribute with the specified name {name} already exists");
    Refusal::new(StatusCode::BAD_REQUEST, "0x80047013", message)
}

/// Refuses to delete what something else needs.
pub(super) fn referenced(what: &str, by: &str) -> Refusal {
    let message = format!(
        "The {what} component cannot be deleted because it is referenced by 1 other components: {by}. For a list of referenced \
         components, use the RetrieveDependenciesForDeleteRequest."
    );
    Refusal::new(StatusCode::BAD_REQUEST, "0x8004f01f", message)
}

/// Returns the element of a table's list whose member has this value.
pub(super) fn element<'t>(table: &'t Table, list: &str, member: &str, key: &str) -> Option<&'t Json> {
    table.definition.list(list).iter().find(|each| each.text(member).is_some_and(|text| text == key))
}
