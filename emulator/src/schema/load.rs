//! Tables from `EntityDefinitions`.

use std::collections::{HashMap, HashSet};

use super::check;
use super::column::{Column, Kind};
use super::complete::complete;
use super::elastic;
use super::merge::merge;
use super::problem::DefinitionError;
use super::relationships::{associate, connect_all, connect_the_rest};
use super::source::Source;
use super::table::{Key, Ownership, Table};
use super::tables::Schema;
use crate::json::Json;

/// Reads the tables that these definitions describe. A later definition of a table adds to an earlier one.
pub(crate) fn load(built_in: Vec<Json>, added: Vec<Source>) -> Result<Schema, DefinitionError> {
    let mut warnings = Vec::new();
    let mut theirs = HashSet::new();
    let mut definitions = built_in;
    for source in added {
        warnings.extend(source.warnings);
        let names = source.definitions.iter().filter_map(|each| each.text("LogicalName"));
        theirs.extend(names.map(str::to_owned));
        definitions.extend(source.definitions);
    }
    let mut definitions = merge(definitions)?;
    complete(&mut definitions);
    let mut tables = definitions.into_iter().map(table).collect::<Result<Vec<_>, _>>()?;
    let by_name: HashMap<String, usize> =
        tables.iter().enumerate().map(|(index, table)| (table.logical_name.clone(), index)).collect();
    let mut by_set = HashMap::new();
    for (index, table) in tables.iter().enumerate() {
        if by_set.insert(table.entity_set_name.clone(), index).is_some() {
            return Err(DefinitionError::new(format!(
                "two tables have the entity set `{}`; leave one of them out",
                table.entity_set_name
            )));
        }
    }
    require_distinct(&tables)?;
    connect_all(&mut tables, &by_name)?;
    let associations = associate(&mut tables, &by_name);
    for table in &mut tables {
        connect_the_rest(table);
    }
    elastic::settle(&mut tables)?;
    let mut schema =
        Schema { tables, by_name, by_set, associations, option_sets: Vec::new(), warnings: Vec::new() };
    let theirs = schema.tables.iter().filter(|table| theirs.contains(&table.logical_name));
    warnings.extend(theirs.flat_map(|table| check::warnings(&schema, table)));
    schema.warnings = warnings;
    Ok(schema)
}

/// Refuses tables whose names differ only in case: the database would mix their records.
fn require_distinct(tables: &[Table]) -> Result<(), DefinitionError> {
    let mut known = HashSet::new();
    match tables.iter().find(|table| !known.insert(table.logical_name.to_ascii_lowercase())) {
        Some(table) => {
            let problem = "another table has this name with other capitals; leave one of them out";
            Err(DefinitionError::of_table(&table.logical_name, problem))
        }
        None => Ok(()),
    }
}

fn table(definition: Json) -> Result<Table, DefinitionError> {
    let logical_name = definition.text("LogicalName").unwrap_or_default().to_owned();
    let problem = |problem: String| DefinitionError::of_table(&logical_name, problem);
    let need = |name: &str| {
        definition
            .text(name)
            .map(str::to_owned)
            .ok_or_else(|| problem(format!("no `{name}`; ask for it in `$select`")))
    };
    let (entity_set_name, primary_id) = (need("EntitySetName")?, need("PrimaryIdAttribute")?);
    let attributes = definition.list("Attributes").iter().filter_map(|each| each.text("LogicalName"));
    if let Some(name) = [&logical_name, &entity_set_name]
        .into_iter()
        .map(String::as_str)
        .chain(attributes)
        .find(|name| !is_name(name))
    {
        return Err(problem(format!("`{name}` is not a valid name: it is empty or has a control character")));
    }
    let attributes = definition.list("Attributes").iter().map(Column::load);
    let columns = attributes.collect::<Result<Vec<_>, _>>().map_err(problem)?;
    let mut by_name: HashMap<&str, &Column> = HashMap::new();
    for column in &columns {
        if by_name.insert(&column.logical_name, column).is_some() {
            return Err(problem(format!("two attributes are named `{}`", column.logical_name)));
        }
    }
    let primary = by_name.get(primary_id.as_str());
    let primary = primary.ok_or_else(|| {
        let advice =
            if columns.is_empty() { "; there are none: ask for them with `$expand=Attributes`" } else { "" };
        problem(format!("the primary id `{primary_id}` is not among the attributes{advice}"))
    })?;
    if !primary.is_stored() || !matches!(primary.kind, Kind::Guid) {
        return Err(problem(format!(
            "the primary id `{primary_id}` is not a property that holds a GUID: `AttributeType` must be `Uniqueidentifier` and \
             `IsValidODataAttribute` true; leave out a table that the Web API does not have"
        )));
    }
    let keys = keys(&definition, &by_name).map_err(problem)?;
    let primary_name = definition.text("PrimaryNameAttribute").filter(|name| by_name.contains_key(name));
    Ok(Table {
        entity_set_name,
        primary_id,
        primary_name: primary_name.map(str::to_owned),
        ownership: match definition.text("OwnershipType") {
            Some("UserOwned" | "TeamOwned") => Ownership::User,
            Some("BusinessOwned" | "BusinessParented") => Ownership::BusinessUnit,
            _ => Ownership::Other,
        },
        privileges: super::table_privileges::read(&definition),
        is_activity: definition.flag("IsActivity").unwrap_or(false),
        change_tracking: definition.flag("ChangeTrackingEnabled").unwrap_or(true),
        elastic: elastic::is_elastic(&definition),
        logical_name,
        keys,
        columns,
        navigations: Vec::new(),
        dependents: Vec::new(),
        definition,
    })
}

/// Returns whether a text can be the name of a table or a column.
fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_control)
}

fn keys(definition: &Json, columns: &HashMap<&str, &Column>) -> Result<Vec<Key>, String> {
    let mut keys: Vec<Key> = Vec::new();
    for key in definition.list("Keys") {
        let names = key.texts("KeyAttributes");
        let name = key.text("LogicalName").ok_or("a key has no `LogicalName`")?;
        if let Some(missing) = names.iter().find(|name| !columns.contains_key(name.as_str())) {
            return Err(format!("a key names `{missing}`, which is not among the attributes"));
        }
        if let Some(column) = names.iter().find(|name| !columns[name.as_str()].is_stored()) {
            return Err(format!("the key `{name}` names `{column}`, which is not a property of the Web API"));
        }
        if names.is_empty() || keys.iter().any(|each| each.name == name) {
            return Err(format!("the key `{name}` is defined twice, or names no attribute"));
        }
        keys.push(Key { name: name.to_owned(), columns: names });
    }
    Ok(keys)
}
