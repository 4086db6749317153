//! What a diagram shows: tables and relationships, before they have places.

use std::collections::{BTreeMap, BTreeSet};

use dataverse_definitions::{Column, Kind, ManyToMany, Table};

use super::select::{LookupColumn, Role, chosen, lookups, neighbors};
use super::text::clean;
use super::{DiagramColumns, DiagramError, DiagramOptions};
use crate::names::without_prefix;
use crate::snapshot::Snapshot;

/// More tables than this are hard to read in one picture.
const MANY_TABLES: usize = 40;

/// An entity-relationship diagram of tables.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Diagram {
    pub(super) tables: Vec<Entity>,
    pub(super) relationships: Vec<Relationship>,
    notes: Vec<String>,
}

/// A box.
#[derive(Debug, Clone)]
pub(super) struct Entity {
    pub(super) name: String,
    /// What apps call a record.
    pub(super) label: Option<String>,
    pub(super) role: Role,
    pub(super) rows: Vec<Row>,
}

/// A line of text in a box.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) key: Key,
    pub(super) name: String,
    /// The kind of the column, such as `string(100)`.
    pub(super) kind: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Primary,
    /// The column that names a record.
    Name,
    Alternate,
    Lookup,
    None,
    /// No column: a many-to-many relationship.
    ManyToMany,
}

impl Key {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "PK",
            Self::Alternate => "UK",
            Self::Lookup => "FK",
            Self::ManyToMany => "N:N",
            Self::Name | Self::None => "",
        }
    }
}

/// A line between two boxes.
#[derive(Debug, Clone)]
pub(super) struct Relationship {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The row of `from` that it starts at.
    pub(super) row: Option<usize>,
    pub(super) end: End,
    /// The lookup or the many-to-many relationship; several, if they share a line.
    pub(super) names: Vec<String>,
}

/// How many records of the table that a line leads to belong to one record of the other table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    ZeroOrOne,
    One,
    Many,
}

impl Diagram {
    /// Returns the number of tables.
    pub fn table_count(&self) -> usize {
        self.tables.len()
    }

    /// Returns the number of relationships. With [`DiagramColumns::None`], those between the same two tables count as one.
    pub fn relationship_count(&self) -> usize {
        self.relationships.len()
    }

    /// Returns sentences about what the diagram leaves out, and whether it is hard to read.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Returns what a line says, such as `new_loan.new_itemid → new_item`.
    pub(super) fn sentence(&self, line: &Relationship) -> String {
        let (from, to) = (&self.tables[line.from].name, &self.tables[line.to].name);
        let names = line.names.join(", ");
        match line.end {
            End::Many => format!("{from} ↔ {to}: {names}, many-to-many"),
            End::One => format!("{from}.{names} → {to}, required"),
            End::ZeroOrOne => format!("{from}.{names} → {to}"),
        }
    }
}

pub(crate) fn diagram(
    snapshot: &Snapshot,
    names: &[String],
    options: &DiagramOptions,
) -> Result<Diagram, DiagramError> {
    let chosen = chosen(snapshot, names)?;
    let (neighbors, open) = neighbors(snapshot, &chosen, options);
    let mut builder = Builder {
        snapshot,
        options,
        indexes: chosen.iter().chain(&neighbors).cloned().zip(0..).collect(),
        chosen: &chosen,
        hidden: BTreeSet::new(),
        lines: Vec::new(),
    };
    let mut tables: Vec<Entity> = chosen.iter().chain(&neighbors).map(|name| builder.entity(name)).collect();
    builder.many_to_many(&mut tables);
    let mut notes = Vec::new();
    if !builder.hidden.is_empty() {
        let names: Vec<&str> = builder.hidden.iter().map(String::as_str).collect();
        notes.push(format!(
            "lookups of ownership are not drawn ({}); `--all-lookups` draws them",
            names.join(", ")
        ));
    }
    if !open.is_empty() {
        notes.push(format!(
            "tables that are not in the snapshot are left out for lookups with many targets: {}",
            open.join(", ")
        ));
    }
    let count = tables.len();
    if count > MANY_TABLES {
        notes.push(format!(
            "{count} tables in one picture are hard to read; name some, or use `--columns none`"
        ));
    }
    let mut relationships = builder.lines;
    if options.columns == DiagramColumns::None {
        relationships = merged(relationships);
    }
    Ok(Diagram { tables, relationships, notes })
}

struct Builder<'s> {
    snapshot: &'s Snapshot,
    options: &'s DiagramOptions,
    /// The tables of the diagram.
    indexes: BTreeMap<String, usize>,
    chosen: &'s BTreeSet<String>,
    /// Lookups that would be lines, but are not drawn.
    hidden: BTreeSet<String>,
    lines: Vec<Relationship>,
}

impl Builder<'_> {
    fn entity(&mut self, name: &str) -> Entity {
        let Some(table) = self.snapshot.tables.get(name) else {
            return Entity { name: clean(name), label: None, role: Role::Unknown, rows: Vec::new() };
        };
        let is_chosen = self.chosen.contains(name);
        let label = table.display_name.known().and_then(|label| label.in_any(&self.options.languages));
        let lookups = lookups(table);
        let targets: Vec<Vec<usize>> = lookups.iter().map(|lookup| self.targets(lookup, is_chosen)).collect();
        let drawn = || lookups.iter().zip(&targets).filter(|(_, targets)| !targets.is_empty());
        let shown: BTreeSet<&str> = drawn().map(|(lookup, _)| lookup.name).collect();
        let rows = match self.options.columns {
            DiagramColumns::None => Vec::new(),
            columns => rows(table, &lookups, &shown, columns, is_chosen),
        };
        let from = self.indexes.get(name).copied().unwrap_or_default();
        for (lookup, targets) in drawn() {
            let is_required =
                lookup.column.and_then(|column| column.required_level.known()).is_some_and(|level| {
                    matches!(level.value.as_str(), "ApplicationRequired" | "SystemRequired")
                });
            let row =
                rows.iter().position(|row| row.name == clean(lookup.name) && row.key != Key::ManyToMany);
            let end = if is_required { End::One } else { End::ZeroOrOne };
            let names = vec![clean(lookup.name)];
            self.lines.extend(targets.iter().map(|to| Relationship {
                from,
                to: *to,
                row,
                end,
                names: names.clone(),
            }));
        }
        let label = label.map(clean).filter(|label| !label.is_empty());
        Entity { name: clean(name), label, role: if is_chosen { Role::Chosen } else { Role::Neighbor }, rows }
    }

    /// The tables of the diagram that lines of a lookup lead to. Lines between two neighbors are not drawn.
    fn targets(&mut self, lookup: &LookupColumn<'_>, is_chosen: bool) -> Vec<usize> {
        let is_end = |target: &&&str| is_chosen || self.chosen.contains(**target);
        let targets: Vec<usize> = lookup
            .targets
            .iter()
            .filter(is_end)
            .filter_map(|target| self.indexes.get(*target).copied())
            .collect();
        if lookup.is_ownership() && !self.options.all_lookups {
            if !targets.is_empty() {
                self.hidden.insert(clean(lookup.name));
            }
            return Vec::new();
        }
        targets
    }

    fn many_to_many(&mut self, tables: &mut [Entity]) {
        let mut seen: BTreeMap<&str, &ManyToMany> = BTreeMap::new();
        for name in self.chosen {
            let pairs = self
                .snapshot
                .tables
                .get(name)
                .into_iter()
                .flat_map(|table| &table.many_to_many_relationships);
            pairs.for_each(|each| _ = seen.entry(&each.schema_name).or_insert(each));
        }
        for each in seen.into_values() {
            let (first, second) = (&each.entity1_logical_name, &each.entity2_logical_name);
            // Chosen tables have the lower indexes.
            let (Some(a), Some(b)) = (self.indexes.get(first), self.indexes.get(second)) else { continue };
            let (from, to) = (*a.min(b), *a.max(b));
            let name = clean(&each.schema_name);
            let row = (self.options.columns != DiagramColumns::None).then(|| {
                tables[from].rows.push(Row { key: Key::ManyToMany, name: name.clone(), kind: String::new() });
                tables[from].rows.len() - 1
            });
            self.lines.push(Relationship { from, to, row, end: End::Many, names: vec![name] });
        }
    }
}

/// The rows of a table: the primary id and name first, then by name. A neighbor has only the lookups that are drawn.
fn rows(
    table: &Table,
    lookups: &[LookupColumn<'_>],
    drawn: &BTreeSet<&str>,
    columns: DiagramColumns,
    is_chosen: bool,
) -> Vec<Row> {
    let key = |column: &Column| {
        let name = &column.logical_name;
        let is_alternate = table.keys.iter().any(|key| key.key_attributes.contains(name));
        match () {
            () if table.primary_id_attribute.text() == Some(name) => Key::Primary,
            () if table.primary_name_attribute.text() == Some(name) => Key::Name,
            () if is_alternate => Key::Alternate,
            () if column.kind().is_lookup() => Key::Lookup,
            () => Key::None,
        }
    };
    let is_ownership = |name: &str| lookups.iter().any(|lookup| lookup.name == name && lookup.is_ownership());
    let is_shown = |column: &Column, key: Key| {
        let name = column.logical_name.as_str();
        let is_part = column.attribute_of.text().is_some();
        let is_key = key != Key::None && !is_ownership(name);
        let is_custom = without_prefix(column.schema_name.text().unwrap_or(name)) != name
            && column.schema_name.text().unwrap_or(name).starts_with(|c: char| c.is_lowercase())
            && name.contains('_');
        drawn.contains(name)
            || is_chosen
                && !is_part
                && match columns {
                    DiagramColumns::None => false,
                    DiagramColumns::Keys => is_key,
                    DiagramColumns::Custom => is_key || is_custom,
                    DiagramColumns::All => true,
                }
    };
    let mut rows: Vec<Row> = table
        .attributes
        .iter()
        .map(|column| (column, key(column)))
        .filter(|(column, key)| is_shown(column, *key))
        .map(|(column, key)| Row { key, name: clean(&column.logical_name), kind: kind(column) })
        .collect();
    // Lookups that only a relationship names.
    let missing = lookups.iter().filter(|lookup| lookup.column.is_none() && drawn.contains(lookup.name));
    rows.extend(missing.map(|lookup| Row {
        key: Key::Lookup,
        name: clean(lookup.name),
        kind: "lookup".to_owned(),
    }));
    let is_first = |row: &Row| match row.key {
        Key::Primary => 0,
        Key::Name => 1,
        _ => 2,
    };
    rows.sort_by(|a, b| (is_first(a), &a.name).cmp(&(is_first(b), &b.name)));
    rows
}

/// The kind of a column in words, such as `string(100)`.
fn kind(column: &Column) -> String {
    let name = match column.kind() {
        Kind::Uniqueidentifier => "guid".to_owned(),
        kind => format!("{kind:?}").to_lowercase(),
    };
    match (column.kind(), column.max_length.known()) {
        (Kind::String | Kind::Memo, Some(length)) => format!("{name}({length})"),
        _ => name,
    }
}

/// One line for all relationships of two tables that have the same direction.
fn merged(lines: Vec<Relationship>) -> Vec<Relationship> {
    let mut merged: BTreeMap<(usize, usize, bool), Relationship> = BTreeMap::new();
    for line in lines {
        let key = (line.from, line.to, line.end == End::Many);
        match merged.get_mut(&key) {
            None => _ = merged.insert(key, line),
            Some(first) => {
                first.names.extend(line.names);
                // It is required only if all are.
                first.end = first.end.min(line.end);
            }
        }
    }
    merged.into_values().collect()
}
