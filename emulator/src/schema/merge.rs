//! Merges several definitions of one table into one.

use std::collections::HashMap;

use super::marks::ADDS_ONLY;
use super::problem::DefinitionError;
use crate::json::Json;

/// The lists to which a second definition of a table adds elements, and the member that identifies an
/// element.
pub(super) const LISTS: [(&str, &str); 5] = [
    ("Attributes", "LogicalName"),
    ("Keys", "LogicalName"),
    ("ManyToOneRelationships", "SchemaName"),
    ("OneToManyRelationships", "SchemaName"),
    ("ManyToManyRelationships", "SchemaName"),
];

/// Merges the definitions of each table into one, in order. A later definition adds to an earlier one; a less
/// detailed one (`ADDS_ONLY`) overrides nothing.
pub(super) fn merge(definitions: Vec<Json>) -> Result<Vec<Json>, DefinitionError> {
    let mut merged: Vec<Json> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for definition in definitions {
        let name = definition.text("LogicalName").map(str::to_owned);
        let name = name.ok_or_else(|| DefinitionError::new(
            "a definition has no `LogicalName`; expected an answer of `EntityDefinitions`, `RetrieveMetadataChanges` or `$metadata`",
        ))?;
        match by_name.get(&name) {
            Some(index) => {
                let adds_only = definition.flag(ADDS_ONLY) == Some(true);
                let known_less = merged[*index].flag(ADDS_ONLY) == Some(true);
                add_to(&mut merged[*index], definition, adds_only && !known_less);
            }
            None => {
                by_name.insert(name, merged.len());
                merged.push(definition);
            }
        }
    }
    Ok(merged)
}

/// Adds the members of the later definition to the earlier one.
fn add_to(earlier: &mut Json, later: Json, adds_only: bool) {
    let (Json::Object(members), Json::Object(news)) = (earlier, later) else { return };
    for (name, value) in news {
        if name == ADDS_ONLY && adds_only {
            continue;
        }
        let Some((_, old)) = members.iter_mut().find(|(each, _)| *each == name) else {
            members.push((name, value));
            continue;
        };
        match (LISTS.iter().find(|(list, _)| *list == name), old, value) {
            (Some((_, key)), Json::Array(old), Json::Array(new)) => add_elements(old, new, key, adds_only),
            (_, _, Json::Null) => {}
            (_, old, value) if !adds_only || matches!(old, Json::Null) => *old = value,
            _ => {}
        }
    }
}

fn add_elements(old: &mut Vec<Json>, new: Vec<Json>, key: &str, adds_only: bool) {
    let named = |element: &Json| element.text(key).map(str::to_owned);
    let mut indices: HashMap<String, usize> =
        old.iter().enumerate().filter_map(|(index, element)| Some((named(element)?, index))).collect();
    for element in new {
        match named(&element).and_then(|name| indices.get(&name).copied()) {
            Some(_) if adds_only => {}
            Some(index) => add_to(&mut old[index], element, false),
            None => {
                if let Some(name) = named(&element) {
                    indices.insert(name, old.len());
                }
                old.push(element);
            }
        }
    }
}
