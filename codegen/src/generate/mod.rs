//! Code from a snapshot.

mod check;
mod column;
mod derive;
mod entity;
mod error;
mod features;
mod lookup;
mod module;
mod naming;
mod option_set;
mod option_sets;
mod package;
mod relationships;
mod table;
mod text;
mod validity;

use std::collections::BTreeMap;

use dataverse_definitions::{Kind, OptionSet};

pub use error::GenerateError;
pub use features::features;
pub(crate) use package::MANIFEST;

use crate::names;
use crate::settings::{ColumnSettings, Settings};
use crate::snapshot::{LockedOptionSet, Snapshot};
use naming::TableNames;

/// Generates the files of a module: `mod.rs`, one for each table, and `option_sets.rs` for the global option sets. With
/// [`crate`](Settings::krate) in the settings, the files are those of a crate: `Cargo.toml`, `src/lib.rs`, and the others in `src`.
/// Locks the names of new tables, columns and options in the snapshot.
///
/// The same snapshot and settings give the same bytes.
///
/// # Errors
///
/// Returns an error if a table lacks its entity set name or its primary id, if two things would have one name, or if a setting
/// names something that the snapshot does not have, or is no name or type of Rust.
///
/// ```
/// use dataverse_codegen::{Settings, Snapshot, generate};
///
/// let definition = r#"{
///     "LogicalName": "new_loan", "EntitySetName": "new_loans", "PrimaryIdAttribute": "new_loanid",
///     "Attributes": [
///         {"LogicalName": "new_loanid", "AttributeType": "Uniqueidentifier"},
///         {"LogicalName": "new_name", "SchemaName": "new_Name", "AttributeType": "String", "MaxLength": 100}
///     ]
/// }"#;
/// let mut snapshot = Snapshot::new(dataverse_definitions::read(&[definition])?);
/// let files = generate(&mut snapshot, &Settings::default())?;
/// assert!(files["new_loan.rs"].contains("pub name: Option<String>"));
/// assert_eq!(snapshot.names["new_loan"].fields["new_name"], "name");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn generate(
    snapshot: &mut Snapshot,
    settings: &Settings,
) -> Result<BTreeMap<String, String>, GenerateError> {
    let global = global_option_sets(snapshot);
    check::settings(snapshot, settings, &global)?;
    check::locked_names(snapshot)?;
    let tables = naming::tables(snapshot, settings)?;
    naming::global_option_sets(&global, &mut snapshot.option_sets, settings)?;
    let needed = features(snapshot, settings);
    let Snapshot { tables: definitions, names: locked, option_sets } = snapshot;
    let context = Context { names: tables, global: &global, global_names: option_sets, settings };
    let mut files = BTreeMap::new();
    if !global.is_empty() {
        files.insert("option_sets.rs".to_owned(), option_sets::global_file(&context)?);
    }
    for table in definitions.values() {
        let locked = locked.entry(table.logical_name.clone()).or_default();
        let file = table::file(&context, table, locked)?;
        files.insert(format!("{}.rs", context.names.modules[&table.logical_name]), file);
    }
    files.insert("mod.rs".to_owned(), module::root(&context, &needed)?);
    Ok(match &settings.krate {
        Some(name) => package::of_module(name, files, &needed),
        None => files,
    })
}

/// What the parts of the code know of each other.
struct Context<'s> {
    names: TableNames,
    /// The global option sets, by name.
    global: &'s BTreeMap<String, OptionSet>,
    /// Their enums and variants, by the name of the set.
    global_names: &'s BTreeMap<String, LockedOptionSet>,
    settings: &'s Settings,
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
        self.settings.column(table, column)
    }
}

/// The global option sets that columns of these tables share.
fn global_option_sets(snapshot: &Snapshot) -> BTreeMap<String, OptionSet> {
    let mut sets = BTreeMap::new();
    for column in snapshot.tables.values().flat_map(|table| &table.attributes) {
        if !matches!(column.kind(), Kind::Picklist | Kind::MultiSelect) {
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
