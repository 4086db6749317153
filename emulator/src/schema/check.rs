//! Warnings about gaps in definitions.

use std::collections::BTreeSet;

use dataverse_definitions::Column as Definition;

use super::column::{Column, Kind};
use super::elastic::PARTITION;
use super::marks::MORE_OPTIONS;
use super::problem::DefinitionWarning;
use super::table::{Ownership, Table};
use super::tables::Schema;

/// Maximum number of names that a warning lists.
const MAX_NAMES: usize = 8;

/// Returns the warnings about a table.
pub(super) fn warnings(schema: &Schema, table: &Table) -> Vec<DefinitionWarning> {
    let mut all = Vec::new();
    let name = table.logical_name.as_str();
    all.extend(primary_name(table));
    all.extend(owner(table));
    all.extend(
        table
            .columns
            .iter()
            .zip(&table.model.attributes)
            .filter_map(|(column, definition)| attribute(table, column, definition)),
    );
    let strangers = strangers(schema, table);
    if !strangers.is_empty() {
        all.push(DefinitionWarning::of_table(
            name,
            format!(
                "relationships and lookups lead to {} without a definition: {}; add the definitions, or do without the navigation \
                 properties to these tables",
                counted(strangers.len(), "table", "tables"),
                listed(&strangers)
            ),
        ));
    }
    let unknown = without_lookup(table);
    if !unknown.is_empty() {
        all.push(DefinitionWarning::of_table(
            name,
            format!(
                "left out {} without a lookup column: {}",
                counted(unknown.len(), "relationship", "relationships"),
                listed(&unknown)
            ),
        ));
    }
    if !table.model.is_of_metadata {
        let unlimited: BTreeSet<&str> = table
            .stored()
            .filter(|column| matches!(column.kind, Kind::Text { max_length: None }))
            // The service itself adds this one to tables that do not describe it.
            .filter(|column| !(table.elastic && column.logical_name == PARTITION))
            .map(|column| column.logical_name.as_str())
            .collect();
        if !unlimited.is_empty() {
            all.push(DefinitionWarning::of_table(
                name,
                format!("texts without `MaxLength` may have any length: {}", listed(&unlimited)),
            ));
        }
    }
    all
}

fn primary_name(table: &Table) -> Option<DefinitionWarning> {
    let named = table.model.primary_name_attribute.known()?;
    if table.column(named).is_some() {
        return None;
    }
    let problem = "the primary name is not among the attributes: lookups of the table have no formatted value; add the attribute";
    Some(DefinitionWarning::of_attribute(&table.logical_name, named, problem))
}

/// Warns of a user-owned table without the column `ownerid`, which every one has.
fn owner(table: &Table) -> Option<DefinitionWarning> {
    if table.ownership != Ownership::User || table.column("ownerid").is_some() {
        return None;
    }
    let problem = "users own its records (`OwnershipType`), but it has no attribute `ownerid`: roles give access to nobody but \
                   administrators; add the attribute, with the `AttributeType` `Owner` and the `Targets` `systemuser` and \
                   `team`, or let the organization own the records";
    Some(DefinitionWarning::of_table(&table.logical_name, problem))
}

fn attribute(table: &Table, column: &Column, definition: &Definition) -> Option<DefinitionWarning> {
    if !column.is_property {
        return None;
    }
    let warn =
        |problem| Some(DefinitionWarning::of_attribute(&table.logical_name, &column.logical_name, problem));
    match &column.kind {
        Kind::Lookup { targets } if targets.is_empty() && !table.model.is_of_metadata => warn(
            "the lookup has no targets: nothing can be bound to it; name its tables in `Targets`, or leave the attribute out",
        ),
        Kind::Picklist(choices)
        | Kind::State(choices)
        | Kind::Status(choices)
        | Kind::MultiSelect(choices)
            if choices.is_empty() && definition.other.get(MORE_OPTIONS).is_none() =>
        {
            warn("the option set is empty: any integer is accepted; list its options")
        }
        _ => None,
    }
}

/// Returns the tables that relationships and lookups of this one name and that the schema lacks. `owner` is
/// not a table.
fn strangers<'t>(schema: &Schema, table: &'t Table) -> BTreeSet<&'t str> {
    let model = &table.model;
    let ends = model.many_to_one_relationships.iter().map(|each| &each.referenced_entity);
    let ends = ends.chain(model.one_to_many_relationships.iter().map(|each| &each.referencing_entity));
    let pairs = model.many_to_many_relationships.iter();
    let ends = ends.chain(pairs.flat_map(|each| [&each.entity1_logical_name, &each.entity2_logical_name]));
    let targets =
        table.columns.iter().filter(|column| column.is_property).flat_map(|column| match &column.kind {
            Kind::Lookup { targets } => targets.as_slice(),
            _ => &[],
        });
    ends.chain(targets)
        .map(String::as_str)
        .filter(|name| !name.is_empty() && *name != "owner" && schema.table(name).is_none())
        .collect()
}

/// Returns the many-to-one relationships whose column is not a lookup of the table.
fn without_lookup(table: &Table) -> BTreeSet<&str> {
    let relationships = table.model.many_to_one_relationships.iter();
    relationships
        .filter(|each| {
            let column = table.column(&each.referencing_attribute);
            each.referencing_entity == table.logical_name
                && column.is_none_or(|column| !column.kind.is_lookup())
        })
        .map(|each| each.schema_name.as_str())
        .filter(|name| !name.is_empty())
        .collect()
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn listed(names: &BTreeSet<&str>) -> String {
    let shown: Vec<String> = names.iter().take(MAX_NAMES).map(|name| format!("`{name}`")).collect();
    let rest = names.len().saturating_sub(MAX_NAMES);
    if rest == 0 { shown.join(", ") } else { format!("{}, and {rest} more", shown.join(", ")) }
}
