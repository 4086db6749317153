//! The names of structs, modules and shared enums, which must differ in the whole code.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use dataverse_definitions::{OptionSet, Table};

use super::GenerateError;
use super::option_set;
use crate::names;
use crate::settings::Settings;
use crate::snapshot::{LockedOptionSet, Snapshot};

/// The names of tables, by logical name.
pub(super) struct TableNames {
    pub(super) structs: BTreeMap<String, String>,
    pub(super) modules: BTreeMap<String, String>,
}

/// Names the tables, and locks these names.
pub(super) fn tables(snapshot: &mut Snapshot, settings: &Settings) -> Result<TableNames, GenerateError> {
    let wanted = |table: &Table, with_prefix: bool| {
        let schema = table.schema_name.text().unwrap_or(&table.logical_name);
        names::type_name(if with_prefix { schema } else { names::without_prefix(schema) })
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for table in snapshot.tables.values() {
        *counts.entry(wanted(table, false)).or_default() += 1;
    }
    let chosen = |table: &str| settings.tables.get(table).and_then(|settings| settings.name.clone());
    // Those of tables that are gone, too: they get their names again when they return.
    let mut taken: HashSet<String> =
        snapshot.names.values().filter_map(|locked| locked.table.clone()).collect();
    taken.extend(snapshot.tables.keys().filter_map(|table| chosen(table)));
    let (mut structs, mut modules) = (BTreeMap::new(), BTreeMap::new());
    let mut by_struct: BTreeMap<String, &str> = BTreeMap::new();
    // A table with a locked struct has its module already.
    let locked_module = |table: &str| {
        let names = snapshot.names.get(table).filter(|names| names.table.is_some())?;
        Some(names.module.clone().unwrap_or_else(|| names::module(table)))
    };
    let mut taken_modules: HashSet<String> =
        snapshot.names.keys().filter_map(|table| locked_module(table)).collect();
    taken_modules.insert("option_sets".to_owned());
    let mut by_module: HashSet<String> = HashSet::from(["option_sets".to_owned()]);
    for (logical_name, table) in &snapshot.tables {
        let locked = snapshot.names.get(logical_name).and_then(|names| names.table.clone());
        let name = chosen(logical_name).or(locked).unwrap_or_else(|| {
            let short = Some(wanted(table, false)).filter(|short| counts.get(short) == Some(&1));
            // The logical name tells two schema names apart whose words are the same.
            let names = short.into_iter().chain([wanted(table, true), names::type_name(logical_name)]);
            let last = names::type_name(logical_name);
            let free = names.into_iter().find(|name| !taken.contains(name));
            free.unwrap_or_else(|| names::free(last, &taken))
        });
        taken.insert(name.clone());
        if let Some(other) = by_struct.insert(name.clone(), logical_name) {
            let problem = format!(
                "its struct would be `{name}`, as that of `{other}`; set `name` in `[generate.tables.{logical_name}]`"
            );
            return Err(GenerateError::of_table(logical_name, problem));
        }
        let locked = locked_module(logical_name).filter(|module| !by_module.contains(module));
        let module = locked.unwrap_or_else(|| names::free(names::module(logical_name), &taken_modules));
        taken_modules.insert(module.clone());
        by_module.insert(module.clone());
        modules.insert(logical_name.clone(), module);
        structs.insert(logical_name.clone(), name);
    }
    for (table, name) in &structs {
        let locked = snapshot.names.entry(table.clone()).or_default();
        locked.table = Some(name.clone());
        locked.module = modules.get(table).filter(|module| **module != names::module(table)).cloned();
    }
    Ok(TableNames { structs, modules })
}

/// Names the enums of global option sets and their variants, and locks these names: once, however many columns share a set.
pub(super) fn global_option_sets(
    sets: &BTreeMap<String, OptionSet>,
    locked: &mut BTreeMap<String, LockedOptionSet>,
    settings: &Settings,
) -> Result<(), GenerateError> {
    let short = |name: &str| names::type_name(names::without_prefix(name));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in sets.keys() {
        *counts.entry(short(name)).or_default() += 1;
    }
    let mut taken: HashSet<String> = locked.values().map(|names| names.name.clone()).collect();
    let mut used = BTreeSet::new();
    for (name, set) in sets {
        let chosen = settings.option_sets.get(name);
        let names = locked.entry(name.clone()).or_default();
        if let Some(chosen) = chosen.and_then(|chosen| chosen.name.clone()) {
            names.name = chosen;
        } else if names.name.is_empty() {
            let short = short(name);
            let is_free = counts.get(&short) == Some(&1) && !taken.contains(&short);
            names.name = names::free(if is_free { short } else { names::type_name(name) }, &taken);
        }
        taken.insert(names.name.clone());
        if !used.insert(names.name.clone()) {
            let problem = format!(
                "two global option sets would be `{}`; set another `name` in `[generate.option_sets.{name}]`",
                names.name
            );
            return Err(GenerateError::of_option_set(name, problem));
        }
        let chosen = chosen.map(|chosen| &chosen.options);
        option_set::lock(set, settings.languages(), chosen, &mut names.options)
            .map_err(|problem| GenerateError::of_option_set(name, problem))?;
    }
    Ok(())
}
