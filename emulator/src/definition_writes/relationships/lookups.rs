//! Lookups that lead to several tables, and what happens to lookups when relationships go.

use dataverse_definitions::Kind;
use http::StatusCode;

use super::one_to_many::relate;
use crate::definition_writes::changes::{ATTRIBUTES, KEYS, MANY_TO_ONE, ONE_TO_MANY};
use crate::definition_writes::edit::Edit;
use crate::definition_writes::{columns, names, tables};
use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::schema::Table;

/// A relationship of a body, and its tables.
pub(super) struct Target<'b> {
    pub(super) schema_name: &'b str,
    pub(super) referencing: &'b str,
    pub(super) referenced: &'b str,
    pub(super) body: &'b Json,
}

impl<'b> Target<'b> {
    pub(super) fn read(edit: &Edit<'_>, body: &'b Json) -> Result<Self> {
        let schema_name = names::schema_name(body, "relationship")?;
        let need = |name| body.text(name).ok_or_else(|| names::missing(name, "relationship"));
        let (referencing, referenced) = (need("ReferencingEntity")?, need("ReferencedEntity")?);
        for table in [referencing, referenced] {
            edit.table(table)?;
        }
        Ok(Self { schema_name, referencing, referenced, body })
    }
}

/// Carries out `CreatePolymorphicLookupAttribute`. Returns the ids of the relationships and of the lookup.
pub(in super::super) fn create_polymorphic(edit: &Edit<'_>, body: &Json) -> Result<(Vec<String>, String)> {
    create_many(edit, body, Kind::Lookup)
}

/// Carries out `CreateCustomerRelationships`. Returns the ids of the relationships and of the lookup.
pub(in super::super) fn create_customer(edit: &Edit<'_>, body: &Json) -> Result<(Vec<String>, String)> {
    let mut tables: Vec<&str> =
        body.list("OneToManyRelationships").iter().filter_map(|each| each.text("ReferencedEntity")).collect();
    tables.sort_unstable();
    if tables != ["account", "contact"] {
        let message = "A customer lookup has two relationships: one to 'account' and one to 'contact'.";
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message));
    }
    create_many(edit, body, Kind::Customer)
}

fn create_many(edit: &Edit<'_>, body: &Json, kind: Kind) -> Result<(Vec<String>, String)> {
    let given = body.list("OneToManyRelationships");
    let targets: Vec<Target<'_>> =
        given.iter().map(|each| Target::read(edit, each)).collect::<Result<_>>()?;
    let first = targets.first().ok_or_else(|| names::missing("OneToManyRelationships", "action"))?;
    let lookup = body.get("Lookup").ok_or_else(|| names::missing("Lookup", "action"))?;
    let name = names::schema_name(lookup, "attribute")?;
    let table = edit.table(first.referencing)?;
    for (index, each) in targets.iter().enumerate() {
        if each.referencing != first.referencing {
            let message = "All relationships of a lookup have the same ReferencingEntity.";
            return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message));
        }
        let earlier = &targets[..index];
        if earlier.iter().any(|other| other.referenced == each.referenced) {
            return Err(referenced_twice(each.referenced, each.referencing, name));
        }
        if earlier.iter().any(|other| other.schema_name == each.schema_name) {
            let message = format!("Two relationships have the schema name {}.", each.schema_name);
            return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80044363", message));
        }
    }
    let mut lookup = lookup.clone();
    lookup.set("Targets", Json::Array(targets.iter().map(|each| each.referenced.into()).collect()));
    let mut all = columns::built(edit, first.referencing, &lookup, kind)?;
    if kind == Kind::Lookup && targets.len() == 1 {
        // The companion says that the lookup may lead to more tables later.
        let mut with_type = lookup.clone();
        with_type.set("Targets", Json::Array(vec![first.referenced.into(), first.referenced.into()]));
        all.extend(columns::built(edit, first.referencing, &with_type, kind)?.pop());
    }
    let id = all[0].text("MetadataId").unwrap_or_default().to_owned();
    for column in &all {
        require_new_column(table, column)?;
        edit.put(first.referencing, ATTRIBUTES, column)?;
    }
    let relate = |each: &Target<'_>| relate(edit, each, name, &format!("{name}_{}", each.referenced));
    Ok((targets.iter().map(relate).collect::<Result<_>>()?, id))
}

/// Adds one more table to a lookup that leads to several. Returns the id of the relationship.
pub(super) fn extend(edit: &Edit<'_>, table: &Table, column: &Json, target: &Target<'_>) -> Result<String> {
    let name = column.text("SchemaName").unwrap_or_default();
    let mut targets = column.texts("Targets");
    if targets.iter().any(|each| each == target.referenced) {
        return Err(referenced_twice(target.referenced, &table.logical_name, name));
    }
    targets.push(target.referenced.to_owned());
    put_targets(edit, table, column, targets)?;
    relate(edit, target, name, &format!("{name}_{}", target.referenced))
}

fn put_targets(edit: &Edit<'_>, table: &Table, column: &Json, targets: Vec<String>) -> Result<()> {
    let mut column = column.clone();
    column.set("Targets", Json::Array(targets.into_iter().map(Json::from).collect()));
    edit.put(&table.logical_name, ATTRIBUTES, &column)
}

/// Returns whether a lookup may lead to several tables: a column for the name of the table comes with it.
pub(super) fn is_polymorphic(table: &Table, column: &Json) -> bool {
    let name = format!("{}type", column.text("LogicalName").unwrap_or_default());
    column.text("AttributeType") == Some("Lookup")
        && tables::element(table, ATTRIBUTES, "LogicalName", &name).is_some()
}

/// Removes a relationship from both of its tables. Its lookup loses the table, and goes with the last one.
pub(in super::super) fn unrelate(edit: &Edit<'_>, relationship: &Json) -> Result<()> {
    let text = |name| relationship.text(name).unwrap_or_default();
    let (referencing, referenced) = (text("ReferencingEntity"), text("ReferencedEntity"));
    edit.remove(referencing, MANY_TO_ONE, text("SchemaName"))?;
    edit.remove(referenced, ONE_TO_MANY, text("SchemaName"))?;
    edit.forget(relationship)?;
    let Some(table) = edit.session.schema.table(referencing) else { return Ok(()) };
    let Some(column) = tables::element(table, ATTRIBUTES, "LogicalName", text("ReferencingAttribute")) else {
        return Ok(());
    };
    let mut targets = column.texts("Targets");
    targets.retain(|each| each != referenced);
    if targets.is_empty() {
        return drop_column(edit, table, text("ReferencingAttribute"));
    }
    put_targets(edit, table, column, targets)
}

/// Removes a column and those that come with it. Refuses one that an alternate key needs.
pub(in super::super) fn drop_column(edit: &Edit<'_>, table: &Table, name: &str) -> Result<()> {
    let definition = &table.definition;
    if let Some(key) =
        definition.list(KEYS).iter().find(|key| key.texts("KeyAttributes").iter().any(|each| each == name))
    {
        let key = key.text("SchemaName").unwrap_or_default();
        return Err(tables::referenced(&format!("Attribute({name})"), &format!("the entity key '{key}'")));
    }
    for each in definition.list(ATTRIBUTES) {
        let own = each.text("LogicalName").unwrap_or_default();
        // The id of an image is its own column, of which the image is a part.
        let is_image_id =
            own.strip_suffix("id") == Some(name) && each.text("AttributeType") == Some("Uniqueidentifier");
        if own == name || each.text("AttributeOf") == Some(name) || is_image_id && own != table.primary_id {
            edit.remove(&table.logical_name, ATTRIBUTES, own)?;
            edit.forget(each)?;
        }
    }
    Ok(())
}

/// Refuses a column whose name the table has already.
pub(in super::super) fn require_new_column(table: &Table, column: &Json) -> Result<()> {
    let name = column.text("LogicalName").unwrap_or_default();
    match tables::element(table, ATTRIBUTES, "LogicalName", name) {
        Some(_) => Err(tables::column_exists(name)),
        None => Ok(()),
    }
}

fn referenced_twice(referenced: &str, referencing: &str, attribute: &str) -> Refusal {
    let message = format!(
        "The entity '{referenced}' cannot be referenced more than once in a polymorphic lookup. Referencing entity \
         '{referencing}', attribute '{attribute}'."
    );
    Refusal::new(StatusCode::BAD_REQUEST, "0x80090424", message)
}
