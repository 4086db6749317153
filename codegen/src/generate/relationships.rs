//! The relationships of a table, as arguments of `#[entity(…)]`.

use std::collections::HashSet;

use dataverse_definitions::{ManyToMany, OneToMany, Table};

use super::Context;
use super::text::{literal, word};
use crate::names;
use crate::settings::Relationships;
use crate::snapshot::LockedNames;

/// Returns a `relationship(…)` for each relationship that no lookup declares. One whose records are of a table of the snapshot
/// has a const for its collection, whose name is locked.
///
/// `columns` are the table's columns that have a field, and `declared` the relationships that their lookups declare.
pub(super) fn arguments(
    context: &Context<'_>,
    table: &Table,
    columns: &HashSet<&str>,
    declared: &HashSet<String>,
    locked: &mut LockedNames,
) -> Vec<String> {
    let mut consts = Consts::new(context, table, locked);
    let mut arguments = Vec::new();
    for each in &table.many_to_one_relationships {
        // `$metadata` does not say the key of a table that is not an entity type of its own.
        let is_known =
            columns.contains(each.referencing_attribute.as_str()) && !each.referenced_attribute.is_empty();
        if is_known && !declared.contains(&each.schema_name) {
            arguments.push(many_to_one(each));
        }
    }
    for each in &table.many_to_many_relationships {
        arguments.push(many_to_many(each, &mut consts));
    }
    let is_wanted = |each: &&OneToMany| {
        context.settings.relationships == Relationships::All
            || context.names.structs.contains_key(&each.referencing_entity)
    };
    for each in table.one_to_many_relationships.iter().filter(is_wanted) {
        arguments.push(one_to_many(each, &mut consts));
    }
    arguments
}

/// Gives each collection of related records the name of its const.
struct Consts<'c> {
    context: &'c Context<'c>,
    table: &'c Table,
    locked: &'c mut LockedNames,
    taken: HashSet<String>,
}

impl<'c> Consts<'c> {
    fn new(context: &'c Context<'c>, table: &'c Table, locked: &'c mut LockedNames) -> Self {
        // Those of columns, and of relationships that are gone or come later.
        let fields = locked.fields.values().map(|name| name.to_uppercase());
        let taken = fields.chain(locked.related.values().cloned()).collect();
        Self { context, table, locked, taken }
    }

    /// The keys of a navigation property: `related` and `name`, if the snapshot has the other table.
    fn keys(&mut self, relationship: &str, property: Option<&str>, other: &str) -> Vec<String> {
        let Some(property) = property else { return Vec::new() };
        let mut keys = vec![format!("nav = {}", literal(property))];
        let Some(path) = self.context.path(&self.table.logical_name, other) else { return keys };
        let name = self.locked.related.get(relationship).cloned().unwrap_or_else(|| {
            let name = names::snake(property).to_uppercase();
            let name = if self.taken.contains(&name) { format!("{name}_RELATED") } else { name };
            names::free(name, &self.taken)
        });
        self.taken.insert(name.clone());
        self.locked.related.insert(relationship.to_owned(), name.clone());
        keys.extend([format!("related = {path}"), format!("name = {name}")]);
        keys
    }
}

fn many_to_one(each: &OneToMany) -> String {
    let mut keys = vec![
        "many_to_one".to_owned(),
        format!("schema = {}", literal(&each.schema_name)),
        format!("column = {}", literal(&each.referencing_attribute)),
        format!("table = {}", literal(&each.referenced_entity)),
        format!("key = {}", literal(&each.referenced_attribute)),
    ];
    let property = each.referencing_entity_navigation_property_name.text();
    keys.extend(property.map(|name| format!("nav = {}", literal(name))));
    keys.extend(on_delete(each));
    format!("relationship({})", keys.join(", "))
}

fn one_to_many(each: &OneToMany, consts: &mut Consts<'_>) -> String {
    let mut keys = vec![
        "one_to_many".to_owned(),
        format!("schema = {}", literal(&each.schema_name)),
        format!("column = {}", literal(&each.referencing_attribute)),
        format!("table = {}", literal(&each.referencing_entity)),
    ];
    let property = each.referenced_entity_navigation_property_name.text();
    keys.extend(consts.keys(&each.schema_name, property, &each.referencing_entity));
    keys.extend(on_delete(each));
    format!("relationship({})", keys.join(", "))
}

fn many_to_many(each: &ManyToMany, consts: &mut Consts<'_>) -> String {
    let mut keys = vec![
        "many_to_many".to_owned(),
        format!("schema = {}", literal(&each.schema_name)),
        format!("table = {}", literal(&each.entity2_logical_name)),
    ];
    let property = each.entity1_navigation_property_name.text();
    keys.extend(consts.keys(&each.schema_name, property, &each.entity2_logical_name));
    keys.extend(each.intersect_entity_name.text().map(|name| format!("intersect = {}", literal(name))));
    format!("relationship({})", keys.join(", "))
}

/// What Dataverse does with the records of a lookup, as a key.
pub(super) fn on_delete(each: &OneToMany) -> Option<String> {
    deletion(each).map(|delete| format!("on_delete = {}", literal(&word(delete))))
}

/// What Dataverse does with the records of a lookup.
pub(super) fn deletion(each: &OneToMany) -> Option<&str> {
    each.cascade_configuration.known().and_then(|cascade| cascade.delete.text())
}
