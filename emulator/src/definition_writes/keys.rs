//! Alternate keys.

use http::StatusCode;

use super::changes::KEYS;
use super::edit::Edit;
use super::labels::label;
use super::solutions::Component;
use super::{kinds, names};
use crate::error::{Refusal, Result, excerpt};
use crate::json::{Json, object};
use crate::schema::{Kind, Table};
use crate::store::{quoted, table_name};

/// Maximum number of alternate keys of a table.
const MAX_KEYS: usize = 10;
/// Maximum number of columns of an alternate key.
const MAX_COLUMNS: usize = 16;

/// Creates the alternate key of a body. Returns its id. Its index is active at once.
pub(super) fn create(edit: &Edit<'_>, table: &Table, body: &Json) -> Result<String> {
    kinds::check_type(body, "EntityKeyMetadata")?;
    let refused = |code, message: String| Err(Refusal::new(StatusCode::BAD_REQUEST, code, message));
    let schema_name = names::schema_name(body, "entity key")?;
    let logical_name = schema_name.to_ascii_lowercase();
    let columns = body.texts("KeyAttributes");
    if columns.is_empty() {
        return Err(names::missing("KeyAttributes", "entity key"));
    }
    if table.elastic {
        let message = format!("Entity keys are not supported for the elastic entity {}.", table.logical_name);
        return refused("0x80040203", message);
    }
    for name in &columns {
        let column = table.column(name).filter(|column| column.is_stored());
        let column = column.ok_or_else(|| no_attribute(name, &table.logical_name))?;
        let fits = matches!(
            column.kind,
            Kind::Text { .. }
                | Kind::Integer { .. }
                | Kind::Decimal { money: None, .. }
                | Kind::DateTime { .. }
                | Kind::Lookup { .. }
                | Kind::Picklist(_)
        );
        if !fits {
            let message = format!("The attribute '{name}' has a type that an entity key cannot have.");
            return refused("0x80040203", message);
        }
    }
    let has = |key: &[String]| key.len() == columns.len() && key.iter().all(|each| columns.contains(each));
    if table.keys.iter().any(|key| key.name == logical_name) {
        let message = format!(
            "An entity key with the name {logical_name} already exists on entity {}.",
            table.logical_name
        );
        return refused("0x80060893", message);
    }
    if table.keys.iter().any(|key| has(&key.columns)) {
        return refused(
            "0x80060894",
            "An entity key with the selected attributes already exists on entity.".to_owned(),
        );
    }
    if table.keys.len() >= MAX_KEYS || columns.len() > MAX_COLUMNS {
        let message = format!("An entity may have {MAX_KEYS} keys, and a key {MAX_COLUMNS} attributes.");
        return refused("0x80040203", message);
    }
    require_distinct(edit, table, &columns)?;
    let id = edit.session.new_id();
    let key = object([
        ("MetadataId", id.as_str().into()),
        ("HasChanged", Json::Null),
        ("LogicalName", logical_name.into()),
        ("SchemaName", schema_name.into()),
        ("EntityLogicalName", table.logical_name.as_str().into()),
        ("DisplayName", label(edit.session, body.get("DisplayName"))),
        ("KeyAttributes", Json::Array(columns.into_iter().map(Json::from).collect())),
        ("IsManaged", false.into()),
        ("IntroducedVersion", "1.0.0.0".into()),
        ("EntityKeyIndexStatus", "Active".into()),
        ("IsSynchronous", false.into()),
        ("IsExportKey", false.into()),
        ("IsSecondaryKey", false.into()),
        ("AsyncJob", Json::Null),
    ]);
    edit.put(&table.logical_name, KEYS, &key)?;
    edit.component(Component::Key, &id);
    Ok(id)
}

/// Refuses a key that two rows would share. Dataverse reports the failed index later, as the key's status.
fn require_distinct(edit: &Edit<'_>, table: &Table, columns: &[String]) -> Result<()> {
    let names: Vec<String> = columns.iter().map(|name| quoted(name)).collect();
    let known: Vec<String> = names.iter().map(|name| format!("{name} IS NOT NULL")).collect();
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM {} WHERE {} GROUP BY {} HAVING count(*) > 1)",
        table_name(&table.logical_name),
        known.join(" AND "),
        names.join(", ")
    );
    if edit.session.connection.query_row(&sql, [], |row| row.get(0))? {
        let message = format!(
            "The index of the entity key cannot be created: records of {} have the same values in {}.",
            table.logical_name,
            columns.join(", ")
        );
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80040237", message));
    }
    Ok(())
}

/// Deletes an alternate key.
pub(super) fn delete(edit: &Edit<'_>, table: &Table, key: &Json) -> Result<()> {
    edit.remove(&table.logical_name, KEYS, key.text("LogicalName").unwrap_or_default())?;
    edit.forget(key)
}

/// Refuses a column that the table does not have.
pub(super) fn no_attribute(name: &str, table: &str) -> Refusal {
    let message =
        format!("Could not find an attribute with specified name: {} in the entity {table}.", excerpt(name));
    Refusal::new(StatusCode::BAD_REQUEST, "0x80041103", message)
}
