//! The changes of definitions that a database stores, item by item.
//!
//! A change replaces one item of the definitions with which the service was built, adds one, or removes it.
//! The items are the tables without their lists, the elements of these lists, and the global option sets.

use rusqlite::{Connection, params};

use crate::error::{Refusal, Result};
use crate::json::Json;

/// The list of an item that is a table: the members of its definition that are not lists of items.
pub(super) const TABLE: &str = "";
/// Marks a table of the service's own definitions as deleted. A table that is created with its name later has
/// nothing of it.
const WITHOUT_BASE: &str = "without base";
/// The list of global option sets, which belong to no table.
pub(super) const OPTION_SETS: &str = "GlobalOptionSets";
pub(super) const ATTRIBUTES: &str = "Attributes";
pub(super) const KEYS: &str = "Keys";
pub(super) const MANY_TO_ONE: &str = "ManyToOneRelationships";
pub(super) const ONE_TO_MANY: &str = "OneToManyRelationships";
pub(super) const MANY_TO_MANY: &str = "ManyToManyRelationships";
/// The lists of a table's definition that hold items.
pub(super) const LISTS: [&str; 5] = [ATTRIBUTES, KEYS, MANY_TO_ONE, ONE_TO_MANY, MANY_TO_MANY];

/// Returns the member that names an element of a list.
pub(super) fn key_of(list: &str) -> &'static str {
    match list {
        ATTRIBUTES | KEYS => "LogicalName",
        OPTION_SETS => "Name",
        _ => "SchemaName",
    }
}

/// Stores an item. `owner` is the table, and empty for a global option set.
pub(super) fn put(
    connection: &Connection,
    owner: &str,
    list: &str,
    name: &str,
    definition: &Json,
) -> Result<()> {
    store(connection, owner, list, name, Some(definition))
}

/// Stores that an item is gone.
pub(super) fn remove(connection: &Connection, owner: &str, list: &str, name: &str) -> Result<()> {
    store(connection, owner, list, name, None)
}

/// Stores that a table is gone, with everything in it.
pub(super) fn remove_table(connection: &Connection, name: &str) -> Result<()> {
    connection.execute(r#"DELETE FROM "@definition_writes" WHERE owner = ?1"#, [name])?;
    store(connection, name, WITHOUT_BASE, "", None)
}

fn store(
    connection: &Connection,
    owner: &str,
    list: &str,
    name: &str,
    definition: Option<&Json>,
) -> Result<()> {
    let text = definition.map(|definition| String::from_utf8(definition.to_bytes())).transpose();
    connection
        .prepare_cached(
            r#"INSERT INTO "@definition_writes" (owner, list, name, definition) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (owner, list, name) DO UPDATE SET definition = excluded.definition"#,
        )?
        .execute(params![owner, list, name, text.map_err(Refusal::internal)?])?;
    Ok(())
}

/// Applies the changes of the database to the definitions, and returns the global option sets that were
/// created.
pub(super) fn apply_all(connection: &Connection, definitions: &mut Vec<Json>) -> rusqlite::Result<Vec<Json>> {
    let mut option_sets = Vec::new();
    let mut statement = connection
        .prepare(r#"SELECT owner, list, name, definition FROM "@definition_writes" ORDER BY id"#)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (owner, list): (String, String) = (row.get(0)?, row.get(1)?);
        let (name, text): (String, Option<String>) = (row.get(2)?, row.get(3)?);
        // The service wrote the text.
        let definition = text.and_then(|text| Json::parse(&text).ok());
        let index = definitions.iter().position(|each| each.text("LogicalName") == Some(&owner));
        match (list.as_str(), index, definition) {
            (OPTION_SETS, _, definition) => replace(&mut option_sets, key_of(OPTION_SETS), &name, definition),
            (WITHOUT_BASE, Some(index), _) => drop(definitions.remove(index)),
            (TABLE, Some(index), Some(definition)) => replace_own(&mut definitions[index], definition),
            (TABLE, None, Some(definition)) => definitions.push(definition),
            (list, Some(index), definition) => {
                let mut elements = match definitions[index].take(list) {
                    Some(Json::Array(elements)) => elements,
                    _ => Vec::new(),
                };
                replace(&mut elements, key_of(list), &name, definition);
                definitions[index].set(list, Json::Array(elements));
            }
            // The service was built without the table this time.
            _ => {}
        }
    }
    Ok(option_sets)
}

/// Replaces an element of a list, adds it, or removes it if there is no definition.
fn replace(elements: &mut Vec<Json>, key: &str, name: &str, definition: Option<Json>) {
    let index = elements.iter().position(|each| each.text(key) == Some(name));
    match (index, definition) {
        (Some(index), Some(definition)) => elements[index] = definition,
        (Some(index), None) => drop(elements.remove(index)),
        (None, Some(definition)) => elements.push(definition),
        (None, None) => {}
    }
}

/// Replaces the members of a table that are not lists of items.
fn replace_own(table: &mut Json, own: Json) {
    let (Json::Object(members), Json::Object(own)) = (table, own) else { return };
    members.retain(|(name, _)| LISTS.contains(&name.as_str()));
    members.splice(0..0, own);
}
