//! The enums of a table's columns, and the file of those that several columns share.

use std::collections::{BTreeMap, HashSet};

use dataverse_definitions::{Column, Kind, OptionSet, Table};

use super::option_set::{self, Enum, Other};
use super::text::{self, HEADER, comment};
use super::{Context, GenerateError};
use crate::names;
use crate::snapshot::LockedNames;

/// The enums of a table's columns.
#[derive(Default)]
pub(super) struct OptionSets {
    /// The type of each column with options, by logical name.
    pub(super) types: BTreeMap<String, String>,
    /// The source of the enums that belong to the table.
    pub(super) items: Vec<String>,
}

/// A column that has options of its own.
struct Own<'t> {
    column: &'t Column,
    set: &'t OptionSet,
    ty: String,
}

/// Names the enums of a table's columns and writes those that are its own. `types` are the names that are taken.
pub(super) fn of_table(
    context: &Context<'_>,
    table: &Table,
    columns: &[&Column],
    locked: &mut LockedNames,
    types: &mut HashSet<String>,
) -> Result<OptionSets, GenerateError> {
    let mut sets = OptionSets::default();
    let mut own = Vec::new();
    for column in columns.iter().filter(|column| column.kind().has_options()) {
        let name = &column.logical_name;
        let Some(set) = column.options().filter(|set| !set.options.is_empty()) else { continue };
        let global = column.global_option_set_name().filter(|global| context.global.contains_key(*global));
        if let Some(global) = global.filter(|_| !matches!(column.kind(), Kind::State | Kind::Status)) {
            let ty = &context.global_names[global].name;
            sets.types.insert(name.clone(), format!("super::option_sets::{ty}"));
            continue;
        }
        let ty = enum_name(context, table, column, locked, types)?;
        let chosen = context.column_settings(&table.logical_name, name).map(|chosen| &chosen.options);
        let variants = locked.options.entry(name.clone()).or_default();
        option_set::lock(set, context.settings.languages(), chosen, variants)
            .map_err(|problem| GenerateError::of_column(&table.logical_name, name, problem))?;
        locked.option_sets.insert(name.clone(), ty.clone());
        sets.types.insert(name.clone(), ty.clone());
        own.push(Own { column, set, ty });
    }
    sets.items = own.iter().map(|each| source(context, each, &own, locked)).collect();
    Ok(sets)
}

/// The name of the enum of a column's own options: chosen, locked, or new.
fn enum_name(
    context: &Context<'_>,
    table: &Table,
    column: &Column,
    locked: &LockedNames,
    types: &mut HashSet<String>,
) -> Result<String, GenerateError> {
    let name = &column.logical_name;
    let chosen =
        context.column_settings(&table.logical_name, name).and_then(|chosen| chosen.enum_name.clone());
    let fixed = chosen.or_else(|| locked.option_sets.get(name).cloned());
    let ty = match fixed {
        Some(ty) if types.contains(&ty) => {
            let problem = format!("there is another `{ty}` in its table; set another `enum`");
            return Err(GenerateError::of_column(&table.logical_name, name, problem));
        }
        Some(ty) => ty,
        None => {
            let schema = column.schema_name.text().unwrap_or(name);
            let ty = match column.kind() {
                Kind::State => format!("{}State", context.names.structs[&table.logical_name]),
                Kind::Status => format!("{}Status", context.names.structs[&table.logical_name]),
                _ => names::type_name(names::without_prefix(schema)),
            };
            let locked = locked.option_sets.values().chain(locked.targets.values());
            let taken: HashSet<String> = types.iter().chain(locked).cloned().collect();
            names::free(ty, &taken)
        }
    };
    types.insert(ty.clone());
    Ok(ty)
}

/// The source of a column's enum.
fn source(context: &Context<'_>, of: &Own<'_>, own: &[Own<'_>], locked: &LockedNames) -> String {
    let of_kind = |kind: Kind| own.iter().find(|each| each.column.kind() == kind);
    let other = match of.column.kind() {
        Kind::State => of_kind(Kind::Status),
        Kind::Status => of_kind(Kind::State),
        _ => None,
    };
    let variants = |own: &Own<'_>| &locked.options[&own.column.logical_name];
    let languages = context.settings.languages();
    let doc = comment(&of.column.description, &of.column.display_name, languages, || {
        format!("The options of `{}`.", of.column.logical_name)
    });
    let source = Enum {
        name: &of.ty,
        doc,
        derives: &[],
        set: of.set,
        variants: variants(of),
        other: other.map(|other| Other { name: &other.ty, set: other.set, variants: variants(other) }),
        kind: of.column.kind(),
    };
    option_set::source(context, &source)
}

/// The file of the global option sets.
pub(super) fn global_file(context: &Context<'_>) -> Result<String, GenerateError> {
    let languages = context.settings.languages();
    let mut source =
        "//! Option sets that several columns share.\nuse dataverse_entity::OptionSet;\n".to_owned();
    for (name, set) in context.global {
        let names = &context.global_names[name];
        let chosen = context.settings.option_sets.get(name);
        let of = Enum {
            name: &names.name,
            doc: comment(&set.description, &set.display_name, languages, || {
                format!("The global option set `{name}`.")
            }),
            derives: chosen.map_or(&[], |chosen| &chosen.derives),
            set,
            variants: &names.options,
            other: None,
            kind: Kind::Picklist,
        };
        source.push_str(&option_set::source(context, &of));
    }
    Ok(format!("{HEADER}{}", text::format("option_sets.rs", &source)?))
}
