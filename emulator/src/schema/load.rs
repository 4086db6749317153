//! Tables from definitions.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use dataverse_definitions::{Fact, Table as Definition, merge, mirror};

use super::answer::Answer;
use super::assumed::assume;
use super::check;
use super::column::{Column, Kind};
use super::elastic;
use super::problem::DefinitionError;
use super::relationships::{associate, connect_all, connect_the_rest};
use super::source::{self, Source};
use super::table::{Key, Ownership, Table};
use super::table_privileges;
use super::tables::Schema;
use crate::json::Json;

/// Reads the tables that these definitions describe. A later definition of a table adds to an earlier one.
pub(crate) fn load(built_in: &[Definition], added: Vec<Source>) -> Result<Schema, DefinitionError> {
    let mut warnings = Vec::new();
    let mut theirs = HashSet::new();
    let mut definitions = built_in.to_vec();
    for source in added {
        warnings.extend(source.warnings);
        theirs.extend(source.definitions.iter().map(|each| each.logical_name.clone()));
        definitions.extend(source.definitions);
    }
    let mut definitions = merge(definitions);
    for definition in &mut definitions {
        assume(definition);
        elastic::complete(definition);
    }
    mirror(&mut definitions);
    let mut schema = schema_of(definitions)?;
    let theirs = schema.tables.iter().filter(|table| theirs.contains(&table.logical_name));
    warnings.extend(theirs.flat_map(|table| check::warnings(&schema, table)));
    schema.warnings = warnings;
    Ok(schema)
}

/// Reads the tables of the definitions that a service answers, some of which may have changed since.
pub(crate) fn load_answers(answers: Vec<Json>, since: &Schema) -> Result<Schema, DefinitionError> {
    let mut definitions = Vec::with_capacity(answers.len());
    for answer in answers {
        let known = answer.text("LogicalName").and_then(|name| since.table(name));
        match known.filter(|known| *known.definition == answer) {
            Some(known) => definitions.push((*known.model).clone()),
            None => {
                let mut changed = source::read(&answer.to_text())?.definitions;
                changed.iter_mut().for_each(elastic::complete);
                definitions.extend(changed);
            }
        }
    }
    mirror(&mut definitions);
    schema_of(definitions)
}

fn schema_of(definitions: Vec<Definition>) -> Result<Schema, DefinitionError> {
    let tables = definitions.into_iter().enumerate().map(|(index, definition)| table(definition, index));
    let mut tables = tables.collect::<Result<Vec<_>, _>>()?;
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
    Ok(Schema { tables, by_name, by_set, associations, option_sets: Vec::new(), warnings: Vec::new() })
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

fn table(definition: Definition, index: usize) -> Result<Table, DefinitionError> {
    let logical_name = definition.logical_name.clone();
    let problem = |problem: String| DefinitionError::of_table(&logical_name, problem);
    let need = |name: &str, fact: &Fact<String>| {
        fact.known().cloned().ok_or_else(|| problem(format!("no `{name}`; ask for it in `$select`")))
    };
    let entity_set_name = need("EntitySetName", &definition.entity_set_name)?;
    let primary_id = need("PrimaryIdAttribute", &definition.primary_id_attribute)?;
    let attributes = definition.attributes.iter().map(|each| &each.logical_name);
    if let Some(name) =
        [&logical_name, &entity_set_name].into_iter().chain(attributes).find(|name| !is_name(name))
    {
        return Err(problem(format!(
            "`{name}` is not a valid name: it is missing, empty or has a control character"
        )));
    }
    let attributes = definition.attributes.iter().map(Column::load);
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
    let primary_name =
        definition.primary_name_attribute.known().filter(|name| by_name.contains_key(name.as_str()));
    let primary_name = primary_name.cloned();
    let model = Arc::new(definition);
    Ok(Table {
        entity_set_name,
        primary_id,
        primary_name,
        ownership: match model.ownership_type.text() {
            Some("UserOwned" | "TeamOwned") => Ownership::User,
            Some("BusinessOwned" | "BusinessParented") => Ownership::BusinessUnit,
            _ => Ownership::Other,
        },
        privileges: table_privileges::of(&model),
        is_activity: model.is_activity.is_true(),
        change_tracking: !model.change_tracking_enabled.is_false(),
        elastic: elastic::is_elastic(&model),
        logical_name,
        keys,
        columns,
        navigations: Vec::new(),
        dependents: Vec::new(),
        definition: Answer::of(Arc::clone(&model), index),
        model,
    })
}

/// Returns whether a text can be the name of a table or a column.
fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_control)
}

fn keys(definition: &Definition, columns: &HashMap<&str, &Column>) -> Result<Vec<Key>, String> {
    let mut keys: Vec<Key> = Vec::new();
    for key in &definition.keys {
        let (name, names) = (&key.logical_name, &key.key_attributes);
        if name.is_empty() {
            return Err("a key has no `LogicalName`".to_owned());
        }
        if let Some(missing) = names.iter().find(|name| !columns.contains_key(name.as_str())) {
            return Err(format!("a key names `{missing}`, which is not among the attributes"));
        }
        if let Some(column) = names.iter().find(|name| !columns[name.as_str()].is_stored()) {
            return Err(format!("the key `{name}` names `{column}`, which is not a property of the Web API"));
        }
        if names.is_empty() || keys.iter().any(|each| each.name == *name) {
            return Err(format!("the key `{name}` is defined twice, or names no attribute"));
        }
        keys.push(Key { name: name.clone(), columns: names.clone() });
    }
    Ok(keys)
}
