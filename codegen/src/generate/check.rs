//! Whether settings fit the snapshot. A mistake in them is told here, and not by the compiler of generated code.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use dataverse_definitions::{Column, OptionSet, Table};

use super::{GenerateError, package};
use crate::names;
use crate::settings::{ColumnSettings, Settings};
use crate::snapshot::Snapshot;

const NOT_THERE: &str = "the settings name it, but the snapshot does not have it";

/// Checks all settings. `global` has the global option sets of the snapshot.
pub(super) fn settings(
    snapshot: &Snapshot,
    settings: &Settings,
    global: &BTreeMap<String, OptionSet>,
) -> Result<(), GenerateError> {
    paths("derive", &settings.derives).map_err(GenerateError::new)?;
    paths("derive", &settings.option_set_derives).map_err(GenerateError::new)?;
    settings.krate.as_deref().map_or(Ok(()), package::check_name).map_err(GenerateError::new)?;
    settings.decimal.as_deref().map_or(Ok(()), ty).map_err(GenerateError::new)?;
    for (name, chosen) in &settings.tables {
        let of_table = |problem: String| GenerateError::of_table(name, problem);
        let Some(table) = snapshot.tables.get(name) else {
            return Err(of_table(NOT_THERE.to_owned()));
        };
        chosen.name.as_deref().map_or(Ok(()), type_name).map_err(of_table)?;
        paths("derive", &chosen.derives).map_err(of_table)?;
        for skipped in &chosen.skip {
            if table.column(skipped).is_none() {
                return Err(GenerateError::of_column(name, skipped, NOT_THERE));
            }
        }
        for (column_name, chosen) in &chosen.columns {
            let problem = |problem: String| GenerateError::of_column(name, column_name, problem);
            let column = table.column(column_name).ok_or_else(|| problem(NOT_THERE.to_owned()))?;
            column_settings(table, column, chosen, global).map_err(problem)?;
        }
    }
    for (name, chosen) in &settings.option_sets {
        let problem = |problem: String| GenerateError::of_option_set(name, problem);
        let set = global.get(name).ok_or_else(|| problem(NOT_THERE.to_owned()))?;
        chosen.name.as_deref().map_or(Ok(()), type_name).map_err(problem)?;
        paths("derive", &chosen.derives).map_err(problem)?;
        options(set, &chosen.options).map_err(problem)?;
    }
    Ok(())
}

/// Checks the names that the snapshot locks, which somebody may have edited.
pub(super) fn locked_names(snapshot: &Snapshot) -> Result<(), GenerateError> {
    const ADVICE: &str =
        "the snapshot locks it under `names`; correct it there, or remove it to have a new one";
    let tables = snapshot.names.iter().filter(|(table, _)| snapshot.tables.contains_key(*table));
    for (table, names) in tables {
        let types = names.table.iter().chain(names.option_sets.values()).chain(names.targets.values());
        let variants = names.options.values().flat_map(BTreeMap::values);
        let others = names.fields.values().chain(names.related.values()).chain(variants).chain(&names.module);
        let problem = types.map(|name| type_name(name)).chain(others.map(|name| identifier(name)));
        problem
            .collect::<Result<(), String>>()
            .map_err(|problem| GenerateError::of_table(table, format!("{problem}; {ADVICE}")))?;
    }
    for (set, names) in &snapshot.option_sets {
        type_name(&names.name)
            .and_then(|()| names.options.values().try_for_each(|name| identifier(name)))
            .map_err(|problem| GenerateError::of_option_set(set, format!("{problem}; {ADVICE}")))?;
    }
    Ok(())
}

fn column_settings(
    table: &Table,
    column: &Column,
    chosen: &ColumnSettings,
    global: &BTreeMap<String, OptionSet>,
) -> Result<(), String> {
    chosen.name.as_deref().map_or(Ok(()), identifier)?;
    chosen.ty.as_deref().map_or(Ok(()), ty)?;
    chosen.enum_name.as_deref().map_or(Ok(()), type_name)?;
    let has_enum = column.kind().has_options() || column.kind().is_lookup();
    if chosen.enum_name.is_some() && !has_enum {
        return Err("it has neither options nor targets, so there is no `enum` to name".to_owned());
    }
    let names_options = !chosen.options.is_empty() || chosen.enum_name.is_some();
    if let Some(name) = column.global_option_set_name().filter(|name| global.contains_key(*name))
        && names_options
        && column.kind().has_options()
    {
        return Err(format!(
            "its options are those of a global option set; write these settings in `[generate.option_sets.{name}]`"
        ));
    }
    if chosen.options.is_empty() {
        return Ok(());
    }
    match column.options().filter(|_| column.kind().has_options()) {
        Some(set) => options(set, &chosen.options),
        None => Err(format!("it has no options in the definition of `{}`", table.logical_name)),
    }
}

/// Checks the names of variants by integer.
fn options(set: &OptionSet, names: &BTreeMap<String, String>) -> Result<(), String> {
    let mut taken = BTreeSet::new();
    for (text, name) in names {
        let known =
            text.parse::<i32>().ok().filter(|value| set.options.iter().any(|option| option.value == *value));
        if known.is_none() {
            let values: Vec<String> = set.options.iter().map(|option| option.value.to_string()).collect();
            return Err(format!("there is no option `{text}`; the options are {}", values.join(", ")));
        }
        identifier(name)?;
        if !taken.insert(name) {
            return Err(format!("two options are named `{name}`"));
        }
    }
    Ok(())
}

fn identifier(name: &str) -> Result<(), String> {
    let is_identifier = syn::parse_str::<syn::Ident>(name).is_ok()
        || syn::parse_str::<syn::Ident>(&format!("r#{name}")).is_ok();
    check(is_identifier, name, "is no identifier of Rust")
}

/// Checks the name of a struct or an enum.
fn type_name(name: &str) -> Result<(), String> {
    identifier(name)?;
    check(!names::hides_a_type(name), name, "would hide a type that generated code uses; choose another name")
}

fn ty(text: &str) -> Result<(), String> {
    check(syn::parse_str::<syn::Type>(text).is_ok(), text, "is no type of Rust")
}

fn paths(what: &str, paths: &[String]) -> Result<(), String> {
    let mut paths = paths.iter();
    paths.try_for_each(|path| {
        check(syn::parse_str::<syn::Path>(path).is_ok(), path, format!("is no path of a {what}"))
    })
}

fn check(is_right: bool, text: &str, problem: impl Display) -> Result<(), String> {
    if is_right { Ok(()) } else { Err(format!("`{text}` {problem}")) }
}
