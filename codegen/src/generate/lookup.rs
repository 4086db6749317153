//! Types of lookups, and the enums of polymorphic ones.

use std::collections::{BTreeMap, HashSet};

use dataverse_definitions::{Column, OneToMany, Table};

use super::Context;
use super::text::{literal, word};
use crate::names;

/// What is written for a lookup.
#[derive(Default)]
pub(super) struct Lookup {
    /// The type that the field's `Lookup` has.
    pub(super) target: String,
    /// Arguments of the annotation.
    pub(super) arguments: Vec<String>,
    /// The enum, if the lookup is polymorphic.
    pub(super) item: Option<String>,
}

/// Decides the type of a lookup: the struct of the table that it points to, an enum of those of its tables that the snapshot has, or
/// any table.
pub(super) fn lookup(
    context: &Context<'_>,
    table: &Table,
    column: &Column,
    types: &mut HashSet<String>,
) -> Lookup {
    let relationships: Vec<&OneToMany> = table.relationships_of(&column.logical_name).collect();
    let targets = column.target_tables();
    let known: Vec<(&str, String)> = targets
        .iter()
        .filter_map(|target| Some((target.as_str(), context.path(&table.logical_name, target)?)))
        .collect();
    let property = |target: &str| {
        let of_target = relationships.iter().find(|each| each.referenced_entity == target);
        of_target.and_then(|each| each.referencing_entity_navigation_property_name.text())
    };
    let is_hierarchical =
        |each: &&OneToMany| each.is_hierarchical.is_true() && each.referenced_entity == table.logical_name;
    let mut arguments = Vec::new();
    if relationships.iter().any(is_hierarchical)
        && known.iter().any(|(target, _)| *target == table.logical_name)
        && targets.len() == 1
    {
        arguments.push("hierarchical".to_owned());
    }
    match (targets, known.as_slice()) {
        ([target], [(_, path)]) => {
            arguments.extend(of_one(&relationships, target));
            Lookup { target: path.clone(), arguments, item: None }
        }
        (_, []) => {
            let properties: BTreeMap<&str, &str> =
                targets.iter().filter_map(|each| Some((each.as_str(), property(each)?))).collect();
            arguments.extend(
                open_property(&relationships, targets, &properties)
                    .map(|name| format!("nav = {}", literal(&name))),
            );
            Lookup { target: "AnyTable".to_owned(), arguments, item: None }
        }
        _ => {
            let name = names::free(
                format!("{}Target", names::type_name(names::without_prefix(&column.logical_name))),
                types,
            );
            types.insert(name.clone());
            let mut taken = HashSet::from(["Other".to_owned()]);
            let mut variants = Vec::new();
            for (target, path) in &known {
                let variant = names::free(context.names.structs[*target].clone(), &taken);
                taken.insert(variant.clone());
                variants.push((*target, path.clone(), variant));
            }
            let properties: Vec<Option<&str>> =
                variants.iter().map(|(target, ..)| property(target)).collect();
            if properties.iter().all(Option::is_some) {
                let pairs = variants.iter().zip(&properties);
                let pairs: Vec<String> = pairs
                    .filter_map(|((.., variant), name)| Some(format!("{variant} = {}", literal((*name)?))))
                    .collect();
                arguments.push(format!("nav({})", pairs.join(", ")));
                let deletes: HashSet<&str> = relationships.iter().filter_map(|each| deletion(each)).collect();
                let schemas: Vec<String> = variants
                    .iter()
                    .filter_map(|(target, _, variant)| {
                        let each = relationships.iter().find(|each| each.referenced_entity == *target)?;
                        Some(format!("{variant} = {}", literal(&each.schema_name)))
                    })
                    .collect();
                arguments.push(format!("relationship({})", schemas.join(", ")));
                if let (1, Some(delete)) = (deletes.len(), deletes.iter().next()) {
                    arguments.push(format!("on_delete = {}", literal(&word(delete))));
                }
            } else if let [one] = relationships.as_slice()
                && let Some(name) = one.referencing_entity_navigation_property_name.text()
            {
                // An owner: one navigation property leads to users and teams.
                arguments.push(format!("nav = {}", literal(name)));
            }
            let mut body = String::new();
            for (target, path, variant) in &variants {
                body.push_str(&format!("/// A record of `{target}`.\n{variant}(Id<{path}>),\n"));
            }
            body.push_str("/// A record of another table.\n#[target(unknown)]\nOther(UnknownTarget),\n");
            let item = format!(
                "/// What `{}` points to.\n#[derive(Debug, Clone, PartialEq, LookupTarget)]\npub enum {name} {{\n{body}}}\n",
                column.logical_name
            );
            Lookup { target: name, arguments, item: Some(item) }
        }
    }
}

fn deletion(relationship: &OneToMany) -> Option<&str> {
    relationship.cascade_configuration.known().and_then(|cascade| cascade.delete.text())
}

fn of_one(relationships: &[&OneToMany], target: &str) -> Vec<String> {
    let Some(one) = relationships.iter().find(|each| each.referenced_entity == target) else {
        return Vec::new();
    };
    let mut arguments = Vec::new();
    if let Some(name) = one.referencing_entity_navigation_property_name.text() {
        arguments.push(format!("nav = {}", literal(name)));
        arguments.push(format!("relationship = {}", literal(&one.schema_name)));
        arguments.extend(deletion(one).map(|delete| format!("on_delete = {}", literal(&word(delete)))));
    }
    arguments
}

/// The navigation property of a lookup to tables that the code does not have: a name, or a pattern with `{table}`.
fn open_property(
    relationships: &[&OneToMany],
    targets: &[String],
    properties: &BTreeMap<&str, &str>,
) -> Option<String> {
    if let [one] = relationships {
        return one.referencing_entity_navigation_property_name.text().map(str::to_owned);
    }
    let (target, property) = properties.iter().next()?;
    let pattern = property.replacen(target, "{table}", 1);
    let fits = |target: &String| {
        properties.get(target.as_str()).is_some_and(|name| pattern.replace("{table}", target) == **name)
    };
    (pattern.contains("{table}") && targets.iter().all(fits)).then_some(pattern)
}
