//! Types of lookups, and the enums of polymorphic ones.

use std::collections::HashSet;

use dataverse_definitions::{Column, OneToMany, Table};

use super::relationships::{deletion, on_delete};
use super::text::literal;
use super::{Context, GenerateError};
use crate::names;
use crate::snapshot::LockedNames;

/// What is written for a lookup.
#[derive(Default)]
pub(super) struct Lookup {
    /// The type that the field's `Lookup` has.
    pub(super) target: String,
    /// Arguments of the annotation.
    pub(super) arguments: Vec<String>,
    /// The enum, if the lookup is polymorphic.
    pub(super) item: Option<String>,
    /// The schema names of the relationships that the arguments declare.
    pub(super) declared: Vec<String>,
}

/// Decides the type of a lookup: the struct of the table that it points to, an enum of those of its tables that the snapshot has, or
/// any table.
pub(super) fn lookup(
    context: &Context<'_>,
    table: &Table,
    column: &Column,
    locked: &mut LockedNames,
    types: &mut HashSet<String>,
) -> Result<Lookup, GenerateError> {
    let relationships = relationships_of(table, column);
    let targets = column.target_tables();
    let mut seen = HashSet::new();
    let known: Vec<(&str, String)> = targets
        .iter()
        .filter(|target| seen.insert(target.as_str()))
        .filter_map(|target| Some((target.as_str(), context.path(&table.logical_name, target)?)))
        .collect();
    let mut lookup = match (targets, known.as_slice()) {
        ([target], [(_, path)]) => of_one(&relationships, target, path),
        (_, []) => of_any(&relationships, targets),
        _ => of_some(context, table, column, &relationships, &known, locked, types)?,
    };
    let leads_up =
        |each: &&OneToMany| each.is_hierarchical.is_true() && each.referenced_entity == table.logical_name;
    if targets == [table.logical_name.as_str()] && relationships.iter().any(leads_up) {
        lookup.arguments.push("hierarchical".to_owned());
    }
    Ok(lookup)
}

/// The relationships of a lookup, one for each table that it points to. `$metadata` can have two: activities inherit navigation
/// properties without a partner from `activitypointer`, and have others of their own.
fn relationships_of<'t>(table: &'t Table, column: &'t Column) -> Vec<&'t OneToMany> {
    let mut chosen: Vec<&OneToMany> = Vec::new();
    let has_partner = |each: &OneToMany| each.referenced_entity_navigation_property_name.text().is_some();
    for each in table.relationships_of(&column.logical_name) {
        match chosen.iter_mut().find(|other| other.referenced_entity == each.referenced_entity) {
            Some(other) if has_partner(each) && !has_partner(other) => *other = each,
            Some(_) => {}
            None => chosen.push(each),
        }
    }
    chosen
}

/// The navigation property that leads to a table.
fn property_to<'r>(relationships: &[&'r OneToMany], target: &str) -> Option<&'r str> {
    let of_target = relationships.iter().find(|each| each.referenced_entity == target)?;
    of_target.referencing_entity_navigation_property_name.text()
}

/// A lookup that points to one table.
fn of_one(relationships: &[&OneToMany], target: &str, path: &str) -> Lookup {
    let mut lookup = Lookup { target: path.to_owned(), ..Lookup::default() };
    if let Some(one) = relationships.iter().find(|each| each.referenced_entity == target)
        && let Some(name) = one.referencing_entity_navigation_property_name.text()
    {
        lookup.arguments.push(format!("nav = {}", literal(name)));
        lookup.arguments.push(format!("relationship = {}", literal(&one.schema_name)));
        lookup.arguments.extend(on_delete(one));
        lookup.declared.push(one.schema_name.clone());
    }
    lookup
}

/// A lookup that points to tables that the snapshot does not have.
fn of_any(relationships: &[&OneToMany], targets: &[String]) -> Lookup {
    let property = open_property(relationships, targets).map(|name| format!("nav = {}", literal(&name)));
    Lookup { target: "AnyTable".to_owned(), arguments: property.into_iter().collect(), ..Lookup::default() }
}

/// A lookup that points to several tables, of which the snapshot has these.
fn of_some(
    context: &Context<'_>,
    table: &Table,
    column: &Column,
    relationships: &[&OneToMany],
    known: &[(&str, String)],
    locked: &mut LockedNames,
    types: &mut HashSet<String>,
) -> Result<Lookup, GenerateError> {
    let name = enum_name(context, table, column, locked, types)?;
    let mut taken = HashSet::from(["Other".to_owned()]);
    let mut variants = Vec::new();
    for (target, path) in known {
        let variant = names::free(context.names.structs[*target].clone(), &taken);
        taken.insert(variant.clone());
        variants.push((*target, path.as_str(), variant));
    }
    let mut lookup = navigation(relationships, &variants);
    let mut body = String::new();
    for (target, path, variant) in &variants {
        body.push_str(&format!("/// A record of `{target}`.\n{variant}(Id<{path}>),\n"));
    }
    body.push_str("/// A record of another table.\n#[target(unknown)]\nOther(UnknownTarget),\n");
    lookup.item = Some(format!(
        "/// What `{}` points to.\n#[derive(Debug, Clone, PartialEq, LookupTarget)]\npub enum {name} {{\n{body}}}\n",
        column.logical_name
    ));
    lookup.target = name;
    Ok(lookup)
}

/// The name of the enum of a lookup's tables: chosen, locked, or new.
fn enum_name(
    context: &Context<'_>,
    table: &Table,
    column: &Column,
    locked: &mut LockedNames,
    types: &mut HashSet<String>,
) -> Result<String, GenerateError> {
    let logical_name = &column.logical_name;
    let chosen = context
        .column_settings(&table.logical_name, logical_name)
        .and_then(|chosen| chosen.enum_name.clone());
    let name = match chosen.or_else(|| locked.targets.get(logical_name).cloned()) {
        Some(name) if types.contains(&name) => {
            let problem = format!("there is another `{name}` in its table; set another `enum`");
            return Err(GenerateError::of_column(&table.logical_name, logical_name, problem));
        }
        Some(name) => name,
        None => {
            let name = format!("{}Target", names::type_name(names::without_prefix(logical_name)));
            names::free(name, &types.iter().chain(locked.targets.values()).cloned().collect())
        }
    };
    types.insert(name.clone());
    locked.targets.insert(logical_name.clone(), name.clone());
    Ok(name)
}

/// How a draft sets a polymorphic lookup: a navigation property for each variant, or one for all.
fn navigation(relationships: &[&OneToMany], variants: &[(&str, &str, String)]) -> Lookup {
    let mut lookup = Lookup::default();
    let of_variant = |target: &str| {
        let of_target = relationships.iter().find(|each| each.referenced_entity == target)?;
        Some((*of_target, of_target.referencing_entity_navigation_property_name.text()?))
    };
    let pairs: Option<Vec<(&String, &OneToMany, &str)>> = variants
        .iter()
        .map(|(target, _, variant)| of_variant(target).map(|(each, property)| (variant, each, property)))
        .collect();
    let Some(pairs) = pairs else {
        if let [one] = relationships
            && let Some(name) = one.referencing_entity_navigation_property_name.text()
        {
            // An owner: one navigation property leads to users and teams.
            lookup.arguments.push(format!("nav = {}", literal(name)));
        }
        return lookup;
    };
    let navs: Vec<String> =
        pairs.iter().map(|(variant, _, name)| format!("{variant} = {}", literal(name))).collect();
    lookup.arguments.push(format!("nav({})", navs.join(", ")));
    // The annotation has one `on_delete` for all; where they differ, the table declares the relationships.
    let deletes: HashSet<Option<&str>> = pairs.iter().map(|(_, each, _)| deletion(each)).collect();
    if deletes.len() == 1 {
        let schemas: Vec<String> = pairs
            .iter()
            .map(|(variant, each, _)| format!("{variant} = {}", literal(&each.schema_name)))
            .collect();
        lookup.arguments.push(format!("relationship({})", schemas.join(", ")));
        lookup.arguments.extend(pairs.first().and_then(|(_, each, _)| on_delete(each)));
        lookup.declared = pairs.iter().map(|(_, each, _)| each.schema_name.clone()).collect();
    }
    lookup
}

/// The navigation property of a lookup to tables that the code does not have: a name, or a pattern with `{table}`.
fn open_property(relationships: &[&OneToMany], targets: &[String]) -> Option<String> {
    if let [one] = relationships {
        return one.referencing_entity_navigation_property_name.text().map(str::to_owned);
    }
    if let [target] = targets {
        return property_to(relationships, target).map(str::to_owned);
    }
    let target = targets.first()?;
    let pattern = property_to(relationships, target)?.replacen(target.as_str(), "{table}", 1);
    let fits = |target: &String| {
        property_to(relationships, target).is_some_and(|name| pattern.replace("{table}", target) == name)
    };
    (pattern.contains("{table}") && targets.iter().all(fits)).then_some(pattern)
}
