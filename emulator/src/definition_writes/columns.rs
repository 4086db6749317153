//! Columns of bodies: each kind with its defaults, and the columns that come with it.

use dataverse_definitions::Kind;
use http::StatusCode;

use super::changes::{ATTRIBUTES, MANY_TO_ONE, ONE_TO_MANY};
use super::edit::{Edit, undeletable};
use super::kinds;
use super::labels::{label, updated};
use super::relationships::{drop_column, require_new_column, standard};
use super::solutions::Component;
use super::templates::{self, Names};
use super::{names, options};
use crate::error::{Refusal, Result};
use crate::json::{Json, object};
use crate::schema::Table;

/// Members of a body that only Dataverse sets.
const SERVER_SET: [&str; 12] = [
    "MetadataId",
    "HasChanged",
    "LogicalName",
    "EntityLogicalName",
    "AttributeOf",
    "ColumnNumber",
    "CreatedOn",
    "ModifiedOn",
    "IsCustomAttribute",
    "IsPrimaryId",
    "IsManaged",
    "IsValidODataAttribute",
];

/// The tables whose primary name has a phonetic spelling next to it.
const WITH_YOMI: [&str; 4] = ["account", "contact", "systemuser", "team"];

/// Adds a column to a table. Returns its id.
pub(super) fn add(edit: &Edit<'_>, table: &Table, body: &Json) -> Result<String> {
    let mut all = created(edit, &table.logical_name, body)?;
    if kinds::kind_of(body)? == Kind::Money {
        all.extend(currency(edit, table)?);
    }
    let id = all[0].text("MetadataId").unwrap_or_default().to_owned();
    let mut number =
        table.definition.list(ATTRIBUTES).iter().filter_map(|each| each.integer("ColumnNumber")).max();
    for column in &mut all {
        require_new_column(table, column)?;
        number = Some(number.unwrap_or_default() + 1);
        column.set("ColumnNumber", number.unwrap_or_default().into());
        edit.put(&table.logical_name, ATTRIBUTES, column)?;
    }
    edit.component(Component::Column, &id);
    Ok(id)
}

/// Returns the columns for the currency of amounts that a table lacks, and adds their relationship.
fn currency(edit: &Edit<'_>, table: &Table) -> Result<Vec<Json>> {
    let schema_name = table.definition.text("SchemaName").unwrap_or(&table.logical_name);
    let named = Names { schema: schema_name, logical: &table.logical_name, label: "", plural: "" };
    let Json::Array(bodies) = templates::part_for("Money", &named)? else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for body in bodies {
        let name = body.text("SchemaName").unwrap_or_default().to_ascii_lowercase();
        if table.column(&name).is_some() {
            continue;
        }
        let mut built = built(edit, &table.logical_name, &body, kinds::kind_of(&body)?)?;
        standard::adjust(&mut built[0], &body);
        all.extend(built);
        standard::relate(edit, &named, &body)?;
    }
    Ok(all)
}

/// Replaces the definition of a column by that of a body. Options have messages of their own.
pub(super) fn update(edit: &Edit<'_>, table: &Table, column: &Json, body: &Json, merge: bool) -> Result<()> {
    const FIXED: [&str; 8] = [
        "SchemaName",
        "AttributeType",
        "AttributeTypeName",
        "Targets",
        "OptionSet",
        "GlobalOptionSet",
        "IsPrimaryName",
        "RequiredLevel",
    ];
    let session = edit.session;
    let kind = kinds::kind_of(column)?;
    let given_kind = body.text("@odata.type").or(body.text("AttributeType")).map(|_| kinds::kind_of(body));
    if given_kind.transpose()?.is_some_and(|given| given.definition() != kind.definition()) {
        let name = column.text("LogicalName").unwrap_or_default();
        let message = format!("The type of the attribute '{name}' cannot be changed.");
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message));
    }
    kinds::check_members(body, kind)?;
    let Json::Object(given) = body else { return Err(Refusal::bad("A definition must be an object.")) };
    let mut new = column.clone();
    for (name, value) in given {
        let stays =
            name.contains('@') || SERVER_SET.contains(&name.as_str()) || FIXED.contains(&name.as_str());
        match name.as_str() {
            "DisplayName" | "Description" => {
                new.set(name, updated(session, column.get(name), value, merge));
            }
            _ if !stays => new.set(name, value.clone()),
            _ => {}
        }
    }
    if body.get("RequiredLevel").is_some() {
        set_required_level(&mut new, body);
    }
    new.set("ModifiedOn", crate::value::instant_text(session.now).into());
    kinds::check(kind, &new)?;
    edit.put(&table.logical_name, ATTRIBUTES, &new)
}

/// Deletes a column with its values. A lookup goes with its relationships.
pub(super) fn delete(edit: &Edit<'_>, table: &Table, column: &Json) -> Result<()> {
    let name = column.text("LogicalName").unwrap_or_default();
    let is_custom = column.flag("IsCustomAttribute").unwrap_or_else(|| name.contains('_'));
    let is_part = column.get("AttributeOf").is_some_and(|of| matches!(of, Json::Text(_)))
        && kinds::kind_of(column)? != Kind::Image;
    if table.primary_name.as_deref() == Some(name) {
        let message = "The Primary UI Attribute is not valid for deletion";
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80047002", message));
    }
    if !is_custom || is_part || table.primary_id == name {
        return Err(undeletable(column, name));
    }
    for relationship in table.definition.list(MANY_TO_ONE) {
        if relationship.text("ReferencingAttribute") == Some(name) {
            let text = |member| relationship.text(member).unwrap_or_default();
            edit.remove(&table.logical_name, MANY_TO_ONE, text("SchemaName"))?;
            edit.remove(text("ReferencedEntity"), ONE_TO_MANY, text("SchemaName"))?;
            edit.forget(relationship)?;
        }
    }
    drop_column(edit, table, name)
}

/// Returns the column of a body and those that come with it, such as the name of a lookup's record.
pub(super) fn created(edit: &Edit<'_>, table: &str, body: &Json) -> Result<Vec<Json>> {
    let kind = kinds::kind_of(body)?;
    if !kinds::is_creatable(kind) {
        return Err(not_creatable(kind.definition()));
    }
    names::schema_name(body, "attribute")?;
    let all = built(edit, table, body, kind)?;
    kinds::check(kind, &all[0])?;
    Ok(all)
}

/// Returns a column and those that come with it, without a check of its kind and name.
pub(super) fn built(edit: &Edit<'_>, table: &str, body: &Json, kind: Kind) -> Result<Vec<Json>> {
    let session = edit.session;
    let schema_name = body.text("SchemaName").unwrap_or_default();
    let logical_name = schema_name.to_ascii_lowercase();
    kinds::check_members(body, kind)?;
    let mut column = object([
        ("@odata.type", format!("#Microsoft.Dynamics.CRM.{}", kind.definition()).into()),
        ("MetadataId", session.new_id().into()),
        ("HasChanged", Json::Null),
        ("AttributeType", kind.code().into()),
        ("AttributeTypeName", object([("Value", format!("{}Type", kind.name()).into())])),
        ("LogicalName", logical_name.as_str().into()),
        ("SchemaName", schema_name.into()),
        ("EntityLogicalName", table.into()),
    ]);
    copy(&mut column, templates::part("Attribute")?);
    let now = crate::value::instant_text(session.now);
    column.set("CreatedOn", now.as_str().into());
    column.set("ModifiedOn", now.into());
    kinds::add_defaults(kind, &mut column);
    let Json::Object(given) = body else { return Err(Refusal::bad("A definition must be an object.")) };
    for (name, value) in given {
        let is_own = name.contains('@') || SERVER_SET.contains(&name.as_str()) || name == "SchemaName";
        if is_own || name == "AttributeType" || name == "AttributeTypeName" || matches!(value, Json::Null) {
            continue;
        }
        column.set(name, value.clone());
    }
    for name in ["DisplayName", "Description"] {
        let text = label(session, body.get(name));
        column.set(name, text);
    }
    set_required_level(&mut column, body);
    if kind == Kind::Image {
        column.set("AttributeOf", format!("{logical_name}id").into());
    }
    options::settle(edit, table, &logical_name, kind, body, &mut column)?;
    let mut all = vec![column];
    for companion in companions(kind, schema_name, body) {
        all.push(read_only(edit, table, &logical_name, companion)?);
    }
    Ok(all)
}

/// Sets the requirement level, of which a body gives only the value, or only its name.
fn set_required_level(column: &mut Json, body: &Json) {
    let given = body.get("RequiredLevel");
    let value = given.and_then(|level| level.text("Value").or(level.as_str())).unwrap_or("None");
    let changeable = given.and_then(|level| level.flag("CanBeChanged")).unwrap_or(value != "SystemRequired");
    column.set(
        "RequiredLevel",
        object([
            ("Value", value.into()),
            ("CanBeChanged", changeable.into()),
            ("ManagedPropertyLogicalName", "canmodifyrequirementlevelsettings".into()),
        ]),
    );
}

fn copy(to: &mut Json, from: &Json) {
    let Json::Object(members) = from else { return };
    for (name, value) in members {
        to.set(name, value.clone());
    }
}

/// A column that comes with another one.
struct Companion {
    schema_name: String,
    kind: Kind,
    is_property: bool,
    max_length: i64,
}

fn companions(kind: Kind, schema_name: &str, body: &Json) -> Vec<Companion> {
    let one = |end: &str, kind: Kind, is_property: bool| Companion {
        schema_name: format!("{schema_name}{end}"),
        kind,
        is_property,
        max_length: 100,
    };
    match kind {
        Kind::Lookup | Kind::Customer | Kind::Owner => {
            let targets = body.texts("Targets");
            let has_yomi = targets.iter().any(|each| WITH_YOMI.contains(&each.as_str()));
            let mut all = vec![one("Name", Kind::String, false)];
            all.extend(has_yomi.then(|| one("YomiName", Kind::String, false)));
            all.extend((targets.len() > 1).then(|| one("Type", Kind::EntityName, false)));
            all
        }
        Kind::Picklist | Kind::MultiSelect | Kind::Boolean | Kind::State | Kind::Status => {
            vec![one("Name", Kind::Virtual, false)]
        }
        Kind::Image => vec![
            one("Id", Kind::Uniqueidentifier, true),
            one("_Timestamp", Kind::BigInt, true),
            Companion { max_length: 200, ..one("_URL", Kind::String, true) },
        ],
        Kind::File => vec![Companion { max_length: 400, ..one("_Name", Kind::String, true) }],
        _ => Vec::new(),
    }
}

/// Returns a column that Dataverse keeps itself, next to the column `of`.
fn read_only(edit: &Edit<'_>, table: &str, of: &str, companion: Companion) -> Result<Json> {
    let body = object([("SchemaName", companion.schema_name.into())]);
    let mut all = built(edit, table, &body, companion.kind)?;
    let mut column = all.swap_remove(0);
    let is_id = companion.kind == Kind::Uniqueidentifier;
    column.set("AttributeOf", if is_id { Json::Null } else { of.into() });
    column.set("IsValidODataAttribute", companion.is_property.into());
    column.set("IsLogical", (!is_id).into());
    if companion.kind == Kind::String {
        column.set("MaxLength", companion.max_length.into());
    }
    for name in
        ["IsValidForCreate", "IsValidForUpdate", "IsValidForForm", "IsValidForGrid", "IsCustomAttribute"]
    {
        column.set(name, false.into());
    }
    Ok(column)
}

fn not_creatable(type_name: &str) -> Refusal {
    let message = format!("Attribute of type {type_name} cannot be created through the SDK.");
    Refusal::new(StatusCode::BAD_REQUEST, "0x80040203", message)
}
