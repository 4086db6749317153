//! Which tables a diagram shows.

use std::collections::BTreeSet;

use dataverse_definitions::{Column, Table};

use super::{DiagramError, DiagramOptions};
use crate::pull::matches;
use crate::snapshot::Snapshot;

/// Lookups that say who owns, created and changed a record. Almost every table has them; their lines would hide the others.
/// Source: the columns that Dataverse adds to a new table ("Create and edit tables using Power Apps", Microsoft Learn).
const OWNERSHIP: [&str; 9] = [
    "createdby",
    "createdonbehalfby",
    "modifiedby",
    "modifiedonbehalfby",
    "organizationid",
    "ownerid",
    "owningbusinessunit",
    "owningteam",
    "owninguser",
];

/// A lookup to more tables than this adds only those that the snapshot has: `regardingobjectid` points to hundreds.
const MAX_TARGETS: usize = 12;

/// How a table came into a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Chosen,
    Neighbor,
    /// A neighbor that the snapshot does not have.
    Unknown,
}

/// A lookup of a table, and the tables that it points to.
pub(super) struct LookupColumn<'t> {
    pub(super) name: &'t str,
    /// `None` if only a relationship names the column.
    pub(super) column: Option<&'t Column>,
    pub(super) targets: BTreeSet<&'t str>,
}

impl LookupColumn<'_> {
    pub(super) fn is_ownership(&self) -> bool {
        OWNERSHIP.contains(&self.name)
    }
}

/// Returns the lookups of a table, by name.
pub(super) fn lookups(table: &Table) -> Vec<LookupColumn<'_>> {
    let of_columns = table
        .attributes
        .iter()
        .filter(|column| column.kind().is_lookup())
        .map(|column| column.logical_name.as_str());
    let of_relationships =
        table.many_to_one_relationships.iter().map(|each| each.referencing_attribute.as_str());
    let names: BTreeSet<&str> = of_columns.chain(of_relationships).filter(|name| !name.is_empty()).collect();
    let lookup = |name| {
        let column = table.column(name);
        let mut targets: BTreeSet<&str> =
            column.map(Column::target_tables).unwrap_or_default().iter().map(String::as_str).collect();
        targets.extend(table.relationships_of(name).map(|each| each.referenced_entity.as_str()));
        targets.remove("");
        LookupColumn { name, column, targets }
    };
    names.into_iter().map(lookup).collect()
}

/// Returns the tables that were named, in the order of their names.
pub(super) fn chosen(snapshot: &Snapshot, names: &[String]) -> Result<BTreeSet<String>, DiagramError> {
    if snapshot.tables.is_empty() {
        let problem = "the snapshot has no tables".to_owned();
        return Err(DiagramError { problem, advice: "run `cargo dataverse pull`".to_owned() });
    }
    if names.is_empty() {
        // The relationships show what tables of pairs hold.
        let shown = snapshot.tables.values().filter(|table| !table.is_intersect.is_true());
        return Ok(shown.map(|table| table.logical_name.clone()).collect());
    }
    let mut chosen = BTreeSet::new();
    for name in names {
        let found: Vec<&String> = snapshot.tables.keys().filter(|table| matches(name, table)).collect();
        if found.is_empty() {
            return Err(unknown(snapshot, name));
        }
        chosen.extend(found.into_iter().cloned());
    }
    Ok(chosen)
}

fn unknown(snapshot: &Snapshot, name: &str) -> DiagramError {
    if name.contains('*') {
        let problem = format!("no table of the snapshot matches `{name}`");
        return DiagramError { problem, advice: known(snapshot) };
    }
    let distance = |table: &&String| strsim::damerau_levenshtein(name, table);
    let nearest = snapshot.tables.keys().min_by_key(distance);
    let advice = match nearest.filter(|table| distance(table) <= 2.max(name.len() / 3)) {
        Some(table) => format!("did you mean `{table}`?"),
        None => format!("{}; `cargo dataverse pull` adds tables that dataverse.toml names", known(snapshot)),
    };
    DiagramError { problem: format!("the snapshot has no table `{name}`"), advice }
}

/// The first tables of a snapshot, as advice.
fn known(snapshot: &Snapshot) -> String {
    let names: Vec<String> = snapshot.tables.keys().take(8).map(|name| format!("`{name}`")).collect();
    let more = if snapshot.tables.len() > 8 { ", …" } else { "" };
    format!("it has {}{more}", names.join(", "))
}

/// Returns the neighbors of the chosen tables, and the lookups that have too many targets to add those that the snapshot does not
/// have.
pub(super) fn neighbors(
    snapshot: &Snapshot,
    chosen: &BTreeSet<String>,
    options: &DiagramOptions,
) -> (BTreeSet<String>, Vec<String>) {
    let (mut found, mut open) = (BTreeSet::new(), Vec::new());
    if !options.neighbors {
        return (found, open);
    }
    let is_drawn = |lookup: &LookupColumn<'_>| options.all_lookups || !lookup.is_ownership();
    for table in snapshot.tables.values() {
        let is_chosen = chosen.contains(&table.logical_name);
        for lookup in lookups(table).iter().filter(|lookup| is_drawn(lookup)) {
            if !is_chosen {
                if lookup.targets.iter().any(|target| chosen.contains(*target)) {
                    found.insert(table.logical_name.clone());
                }
                continue;
            }
            let is_open = lookup.targets.len() > MAX_TARGETS;
            if is_open {
                open.push(format!("{}.{}", table.logical_name, lookup.name));
            }
            let added =
                lookup.targets.iter().filter(|target| !is_open || snapshot.tables.contains_key(**target));
            found.extend(added.map(|target| (*target).to_owned()));
        }
        if is_chosen {
            let pairs = table.many_to_many_relationships.iter();
            found.extend(
                pairs.flat_map(|each| [each.entity1_logical_name.clone(), each.entity2_logical_name.clone()]),
            );
        }
    }
    found.retain(|name| !chosen.contains(name) && !name.is_empty());
    (found, open)
}
