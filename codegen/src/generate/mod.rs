//! Code from a snapshot.

mod column;
mod lookup;
mod module;
mod option_set;
mod table;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use dataverse_definitions::{OptionSet, Table};

use crate::names;
use crate::settings::{ColumnSettings, Settings};
use crate::snapshot::{LockedNames, Snapshot};

/// A snapshot or settings that no code can be generated from. It names the table, and the column if there is one.
#[derive(Debug)]
pub struct GenerateError(String);

impl fmt::Display for GenerateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for GenerateError {}

impl GenerateError {
    fn of_table(table: &str, problem: impl fmt::Display) -> Self {
        Self(format!("table `{table}`: {problem}"))
    }

    fn of_column(table: &str, column: &str, problem: impl fmt::Display) -> Self {
        Self(format!("table `{table}`, column `{column}`: {problem}"))
    }
}

/// Generates the files of a module: `mod.rs`, one for each table, and `option_sets.rs` for the global option sets. Locks the
/// names of new tables, columns and options in the snapshot.
///
/// The same snapshot and settings give the same bytes.
///
/// # Errors
///
/// Returns an error if a table lacks its entity set name or its primary id, if two tables would have one name, or if a setting
/// names a table or column that the snapshot does not have.
pub fn generate(
    snapshot: &mut Snapshot,
    settings: &Settings,
) -> Result<BTreeMap<String, String>, GenerateError> {
    check_settings(snapshot, settings)?;
    let names = table_names(snapshot, settings)?;
    for (table, name) in &names.structs {
        snapshot.names.entry(table.clone()).or_default().table = Some(name.clone());
    }
    let global = global_option_sets(snapshot);
    let mut context =
        Context { names, global_names: BTreeMap::new(), global_variants: BTreeMap::new(), settings };
    let mut taken = BTreeSet::new();
    for name in global.keys() {
        let ty = names::type_name(name);
        let ty = if taken.insert(ty.clone()) { ty } else { format!("{ty}Options") };
        context.global_names.insert(name.clone(), ty);
    }
    let mut files = BTreeMap::new();
    if !global.is_empty() {
        files.insert("option_sets.rs".to_owned(), option_set::global_file(&mut context, &global, snapshot)?);
    }
    for table in snapshot.tables.values() {
        let locked = snapshot.names.entry(table.logical_name.clone()).or_default();
        let file = table::file(&context, table, locked)?;
        files.insert(format!("{}.rs", context.names.modules[&table.logical_name]), file);
    }
    files.insert("mod.rs".to_owned(), module::root(&context, !global.is_empty())?);
    Ok(files)
}

/// What the parts of the code know of each other.
struct Context<'s> {
    names: TableNames,
    /// The enums of global option sets, by the name of the set.
    global_names: BTreeMap<String, String>,
    /// Their variants, by the name of the set and integer.
    global_variants: BTreeMap<String, BTreeMap<i32, String>>,
    settings: &'s Settings,
}

/// The names of tables, by logical name.
struct TableNames {
    structs: BTreeMap<String, String>,
    modules: BTreeMap<String, String>,
}

impl Context<'_> {
    /// The path of a table's struct from the module of the table `from`; `None` if the table is not in the snapshot.
    fn path(&self, from: &str, table: &str) -> Option<String> {
        let module = names::raw(self.names.modules.get(table)?);
        let name = &self.names.structs[table];
        Some(if from == table { name.clone() } else { format!("super::{module}::{name}") })
    }

    /// What the settings say of a column.
    fn column_settings(&self, table: &str, column: &str) -> Option<&ColumnSettings> {
        self.settings.tables.get(table)?.columns.get(column)
    }
}

fn table_names(snapshot: &Snapshot, settings: &Settings) -> Result<TableNames, GenerateError> {
    let mut structs = BTreeMap::new();
    let mut modules = BTreeMap::new();
    let mut by_struct: BTreeMap<String, &str> = BTreeMap::new();
    let locked = |table: &str| snapshot.names.get(table).and_then(|names: &LockedNames| names.table.clone());
    let wanted = |table: &Table, with_prefix: bool| {
        let schema = table.schema_name.text().unwrap_or(&table.logical_name);
        names::type_name(if with_prefix { schema } else { names::without_prefix(schema) })
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for table in snapshot.tables.values() {
        *counts.entry(wanted(table, false)).or_default() += 1;
    }
    for (logical_name, table) in &snapshot.tables {
        let chosen = settings.tables.get(logical_name).and_then(|settings| settings.name.clone());
        let short = wanted(table, false);
        let unique = counts.get(&short) == Some(&1);
        let name = chosen
            .or_else(|| locked(logical_name))
            .unwrap_or_else(|| if unique { short } else { wanted(table, true) });
        if let Some(other) = by_struct.insert(name.clone(), logical_name) {
            let problem = format!(
                "its struct would be `{name}`, as that of `{other}`; set `name` in `[generate.tables.{logical_name}]`"
            );
            return Err(GenerateError::of_table(logical_name, problem));
        }
        modules.insert(logical_name.clone(), names::snake(logical_name));
        structs.insert(logical_name.clone(), name);
    }
    Ok(TableNames { structs, modules })
}

/// The global option sets that columns of these tables share.
fn global_option_sets(snapshot: &Snapshot) -> BTreeMap<String, OptionSet> {
    let mut sets = BTreeMap::new();
    for column in snapshot.tables.values().flat_map(|table| &table.attributes) {
        if !matches!(
            column.kind(),
            dataverse_definitions::Kind::Picklist | dataverse_definitions::Kind::MultiSelect
        ) {
            continue;
        }
        if let (Some(name), Some(set)) = (column.global_option_set_name(), column.options())
            && !set.options.is_empty()
        {
            sets.entry(name.to_owned()).or_insert_with(|| set.clone());
        }
    }
    sets
}

fn check_settings(snapshot: &Snapshot, settings: &Settings) -> Result<(), GenerateError> {
    for (name, table_settings) in &settings.tables {
        let Some(table) = snapshot.tables.get(name) else {
            return Err(GenerateError::of_table(
                name,
                "the settings name it, but the snapshot does not have it",
            ));
        };
        let columns = table_settings.columns.keys().chain(&table_settings.skip);
        if let Some(column) = columns.into_iter().find(|column| table.column(column).is_none()) {
            return Err(GenerateError::of_column(
                name,
                column,
                "the settings name it, but the snapshot does not have it",
            ));
        }
    }
    Ok(())
}
