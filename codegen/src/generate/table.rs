//! The file of a table.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use dataverse_definitions::{Column, Table};

use super::column::{self, Parts};
use super::lookup;
use super::option_sets::{self, OptionSets};
use super::text::{self, HEADER, comment};
use super::validity::{self, Validity};
use super::{Context, GenerateError, derive, entity, relationships};
use crate::names;
use crate::settings::TableSettings;
use crate::snapshot::LockedNames;

/// Writes the file of a table, and locks the names of its fields, enums, options and relationships.
pub(super) fn file(
    context: &Context<'_>,
    table: &Table,
    locked: &mut LockedNames,
) -> Result<String, GenerateError> {
    let logical_name = &table.logical_name;
    let none = TableSettings::default();
    let settings = context.settings.tables.get(logical_name).unwrap_or(&none);
    let entity_set = checked(table, settings)?;
    let columns: Vec<&Column> =
        table.attributes.iter().filter(|column| !settings.skip.contains(&column.logical_name)).collect();
    name_fields(table, &columns, settings, locked)?;

    let struct_name = context.names.structs[logical_name].as_str();
    let mut types = HashSet::from(["", "Create", "Update"].map(|suffix| format!("{struct_name}{suffix}")));
    types.extend(names::TYPES.map(str::to_owned));
    let sets = option_sets::of_table(context, table, &columns, locked, &mut types)?;
    let is_read_only =
        columns.iter().all(|column| validity::of_column(context, table, column) == Validity::READ_ONLY);
    let mut file = File { is_read_only, ..File::default() };
    file.add_option_sets(&sets);
    for column in &columns {
        file.add_column(context, table, column, &sets, locked, &mut types)?;
    }
    let names: HashSet<&str> = columns.iter().map(|column| column.logical_name.as_str()).collect();
    let mut arguments = entity::arguments(context, table, &entity_set, &names);
    arguments.extend(is_read_only.then(|| "read_only".to_owned()));
    arguments.extend(relationships::arguments(context, table, &names, &file.declared, locked));
    arguments.extend(against_duplicates(&arguments, struct_name).filter(|_| !is_read_only));

    let doc = comment(&table.description, &table.display_name, context.settings.languages(), || {
        format!("A record of `{logical_name}`.")
    });
    let derives = derive::attribute(
        &["Debug", "Clone", "PartialEq", "DataverseEntity"],
        context.settings.derives.iter().chain(&settings.derives),
    );
    let source = format!(
        "//! The table `{logical_name}`.\n{}{}{doc}{derives}#[entity({})]\npub struct {struct_name} {{\n{}}}\n{}",
        gaps(&columns),
        file.imports(),
        arguments.join(", "),
        file.fields,
        file.items.concat(),
    );
    Ok(format!("{HEADER}{}", text::format(&format!("{}.rs", context.names.modules[logical_name]), &source)?))
}

/// Says what nobody knows of a table that comes from `$metadata`.
fn gaps(columns: &[&Column]) -> &'static str {
    if !columns.iter().any(|column| validity::is_open(column)) {
        return "";
    }
    "//!\n//! Some of its columns are known from `$metadata` only. It does not say which messages take a column, what is required, the\n\
     //! lengths, ranges and options, and whether a decimal is money. Such columns are read-only, unless `assume_writable` is set.\n"
}

/// Returns the entity set name, if the definition has what every struct needs.
fn checked(table: &Table, settings: &TableSettings) -> Result<String, GenerateError> {
    let logical_name = &table.logical_name;
    let need = |member: &str, text: Option<&str>| {
        let problem = format!("its definition has no `{member}`; pull it again");
        text.map(str::to_owned).ok_or_else(|| GenerateError::of_table(logical_name, problem))
    };
    let entity_set = need("EntitySetName", table.entity_set_name.text())?;
    let primary_id = need("PrimaryIdAttribute", table.primary_id_attribute.text())?;
    let mut columns = HashSet::new();
    if let Some(twice) = table.attributes.iter().find(|column| !columns.insert(&column.logical_name)) {
        let problem = "its definition has the column twice; pull the table again";
        return Err(GenerateError::of_column(logical_name, &twice.logical_name, problem));
    }
    let problem = if table.column(&primary_id).is_none() {
        "it is the primary id, but not among the columns; pull the table again"
    } else if settings.skip.contains(&primary_id) {
        "the primary id cannot be skipped"
    } else {
        return Ok(entity_set);
    };
    Err(GenerateError::of_column(logical_name, &primary_id, problem))
}

/// Names the field of each column, and locks these names. Names of columns that are gone or skipped stay, for their return.
fn name_fields(
    table: &Table,
    columns: &[&Column],
    settings: &TableSettings,
    locked: &mut LockedNames,
) -> Result<(), GenerateError> {
    for (column, chosen) in &settings.columns {
        if let Some(name) = &chosen.name {
            locked.fields.insert(column.clone(), name.clone());
        }
    }
    let schema_names = columns.iter().map(|column| (column.logical_name.as_str(), column.schema_name.text()));
    let names = names::fields(schema_names, &locked.fields);
    let mut by_field: BTreeMap<&str, &str> = BTreeMap::new();
    for (column, field) in &names {
        if let Some(other) = by_field.insert(field, column) {
            let problem = format!("its field would be `{field}`, as that of `{other}`; set another `name`");
            return Err(GenerateError::of_column(&table.logical_name, column, problem));
        }
    }
    locked.fields.extend(names);
    Ok(())
}

/// The name of the create draft, which it has anyway, if two keys or relationships may have an argument in common. Clippy would call
/// that a duplicated attribute, but reads no attribute that has a path for a value, such as `related = Loan`. A read-only table has no draft to name.
fn against_duplicates(arguments: &[String], struct_name: &str) -> Option<String> {
    let is_list = |argument: &&String| argument.starts_with("relationship(") || argument.starts_with("key(");
    let has_path = arguments.iter().any(|argument| argument.contains("related = "));
    (!has_path && arguments.iter().filter(is_list).count() > 1)
        .then(|| format!("create = {struct_name}Create"))
}

/// The parts of a table's file, as they are collected column by column.
#[derive(Default)]
struct File {
    /// The source of the fields.
    fields: String,
    /// The source of the enums.
    items: Vec<String>,
    /// The types of the fields.
    types: Vec<String>,
    /// The navigation properties of lookups.
    navigation: HashSet<String>,
    has_targets: bool,
    has_option_set: bool,
    /// Whether no message writes a column of the table.
    is_read_only: bool,
    /// The schema names of relationships that a lookup declares.
    declared: HashSet<String>,
}

impl File {
    fn add_option_sets(&mut self, sets: &OptionSets) {
        self.has_option_set = !sets.items.is_empty();
        self.items.extend(sets.items.iter().cloned());
    }

    fn add_column(
        &mut self,
        context: &Context<'_>,
        table: &Table,
        column: &Column,
        sets: &OptionSets,
        locked: &mut LockedNames,
        types: &mut HashSet<String>,
    ) -> Result<(), GenerateError> {
        let name = &column.logical_name;
        let mut parts = Parts {
            option_set: sets.types.get(name).cloned(),
            in_read_only_table: self.is_read_only,
            ..Parts::default()
        };
        if column.kind().is_lookup() {
            let mut lookup = lookup::lookup(context, table, column, locked, types)?;
            // Two lookups may follow one pattern; a draft could not tell them apart.
            lookup.arguments.retain(|argument| {
                !argument.starts_with("nav = ") || self.navigation.insert(argument.clone())
            });
            parts.target = Some(lookup.target);
            parts.lookup = lookup.arguments;
            self.has_targets |= lookup.item.is_some();
            self.items.extend(lookup.item);
            self.declared.extend(lookup.declared);
        }
        let written = column::write(context, table, column, parts);
        let languages = context.settings.languages();
        self.fields.push_str(&comment(&column.description, &column.display_name, languages, || {
            format!("The column `{name}`.")
        }));
        self.fields.push_str(&format!(
            "#[attr({})]\npub {}: {},\n",
            written.arguments.join(", "),
            names::raw(&locked.fields[name]),
            written.ty
        ));
        self.types.push(written.ty);
        Ok(())
    }

    /// The imports that the types and items need.
    fn imports(&self) -> String {
        let mut names = BTreeSet::from(["DataverseEntity"]);
        if self.has_targets {
            names.extend(["Id", "LookupTarget", "UnknownTarget"]);
        }
        if self.has_option_set {
            names.insert("OptionSet");
        }
        let mentions = |name: &str| {
            let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
            self.types.iter().any(|ty| ty.split(|c| !is_part(c)).any(|word| word == name))
        };
        names.extend(
            ["AnyTable", "Id", "Lookup", "ManagedProperty", "MultiSelect", "NoProperty", "Timestamp"]
                .into_iter()
                .filter(|name| mentions(name)),
        );
        let names: Vec<&str> = names.into_iter().collect();
        format!("use dataverse_entity::{{{}}};\n", names.join(", "))
    }
}
