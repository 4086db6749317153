//! Relationships from navigation properties and their partners.

use std::collections::{HashMap, HashSet};

use super::document::{NavigationProperty, Table};
use crate::json::{Json, object};

/// The abstract type of owners, and the tables that derive from it.
const PRINCIPAL: &str = "principal";
const PRINCIPALS: [&str; 2] = ["systemuser", "team"];

/// The tables of a document by name, and the schema names used so far.
pub(super) struct Relationships<'t, 'x> {
    tables: HashMap<&'x str, &'t Table<'x>>,
    given: HashSet<String>,
}

/// The relationships of a table, and its navigation properties that cannot be read.
#[derive(Default)]
pub(super) struct Related {
    pub(super) many_to_one: Vec<Json>,
    pub(super) many_to_many: Vec<Json>,
    pub(super) left_out: Vec<String>,
}

/// Returns the lookup column of a property `_column_value`.
pub(super) fn lookup(property: &str) -> Option<&str> {
    property.strip_prefix('_')?.strip_suffix("_value")
}

/// Returns the lookup column of a single-valued navigation property, by its constraint. The regarding objects
/// of activities have no constraint: their column is found by the name.
fn column_of<'x>(table: &Table<'x>, navigation: &NavigationProperty<'x>) -> Option<&'x str> {
    if let Some((property, _)) = navigation.constraint {
        return lookup(property).filter(|_| table.entity.properties.iter().any(|each| each.name == property));
    }
    let lookups = table.entity.properties.iter().filter_map(|property| lookup(property.name));
    let named = lookups
        .filter(|column| navigation.name.strip_prefix(column).is_some_and(|rest| rest.starts_with('_')));
    named.max_by_key(|column| column.len())
}

/// Returns the tables that each lookup column of a table leads to.
pub(super) fn targets<'x>(table: &Table<'x>) -> HashMap<&'x str, Vec<&'x str>> {
    let mut all: HashMap<&str, Vec<&str>> = HashMap::new();
    for navigation in table.entity.navigations.iter().filter(|each| !each.many) {
        let Some(column) = column_of(table, navigation) else { continue };
        let targets = all.entry(column).or_default();
        let one = [navigation.target];
        let named: &[&str] = if navigation.target == PRINCIPAL { &PRINCIPALS } else { &one };
        for target in named {
            if !targets.contains(target) {
                targets.push(target);
            }
        }
    }
    all
}

impl<'t, 'x> Relationships<'t, 'x> {
    pub(super) fn of(tables: &'t [Table<'x>]) -> Self {
        let tables = tables.iter().map(|table| (table.name, table)).collect();
        Self { tables, given: HashSet::new() }
    }

    pub(super) fn of_table(&mut self, table: &Table<'x>) -> Related {
        let mut related = Related::default();
        let mut inherited = 0;
        for navigation in &table.entity.navigations {
            if !navigation.many {
                match column_of(table, navigation) {
                    Some(column) => related.many_to_one.push(self.many_to_one(table, navigation, column)),
                    None => related.left_out.push(format!("navigation property `{}`", navigation.name)),
                }
            } else if navigation.inherited {
                inherited += 1;
            } else {
                match self.many(table, navigation) {
                    Ok(definition) => related.many_to_many.extend(definition),
                    Err(problem) => related.left_out.push(problem),
                }
            }
        }
        if inherited > 0 {
            related.left_out.push(format!("{inherited} collections of its base type"));
        }
        related
    }

    fn many_to_one(&mut self, table: &Table<'x>, navigation: &NavigationProperty<'x>, column: &str) -> Json {
        let target = navigation.target;
        // The partner of an inherited property is a collection of records of the base type.
        let partner = navigation.partner.filter(|_| !navigation.inherited);
        let schema_name = self.name(partner, table.name, navigation.name);
        let key = navigation.constraint.map(|(_, property)| property);
        let key = key.or_else(|| self.tables.get(target).map(|table| table.primary_id)).unwrap_or_default();
        object([
            ("SchemaName", schema_name.into()),
            ("ReferencingEntity", table.name.into()),
            ("ReferencingAttribute", column.into()),
            ("ReferencedEntity", if target == PRINCIPAL { "owner" } else { target }.into()),
            ("ReferencedAttribute", key.into()),
            ("ReferencingEntityNavigationPropertyName", navigation.name.into()),
            ("ReferencedEntityNavigationPropertyName", partner.map_or(Json::Null, Json::from)),
        ])
    }

    /// Returns the many-to-many relationship of a collection, once, from its first side. Returns `None` for
    /// the collection of a one-to-many relationship.
    fn many(
        &mut self,
        table: &Table<'x>,
        navigation: &NavigationProperty<'x>,
    ) -> Result<Option<Json>, String> {
        let problem = || format!("collection `{}`", navigation.name);
        let other = self.tables.get(navigation.target).copied().ok_or_else(problem)?;
        let partner = navigation.partner.ok_or_else(problem)?;
        let partner =
            other.entity.navigations.iter().find(|each| each.name == partner).ok_or_else(problem)?;
        if !partner.many {
            return column_of(other, partner).map(|_| None).ok_or_else(problem);
        }
        if (table.name, navigation.name) > (other.name, partner.name) {
            return Ok(None);
        }
        let schema_name = self.name(Some(navigation.name), table.name, navigation.name);
        let same = table.name == other.name;
        let attribute = |of: &Table<'_>, end: &str| {
            let name = if same { format!("{}{end}", of.primary_id) } else { of.primary_id.to_owned() };
            Json::from(name)
        };
        Ok(Some(object([
            ("SchemaName", schema_name.as_str().into()),
            ("IntersectEntityName", schema_name.to_lowercase().into()),
            ("Entity1LogicalName", table.name.into()),
            ("Entity1IntersectAttribute", attribute(table, "one")),
            ("Entity1NavigationPropertyName", navigation.name.into()),
            ("Entity2LogicalName", other.name.into()),
            ("Entity2IntersectAttribute", attribute(other, "two")),
            ("Entity2NavigationPropertyName", partner.name.into()),
        ])))
    }

    /// Returns a unique schema name for a relationship. The document does not have it; it is usually the name
    /// of the collection.
    fn name(&mut self, collection: Option<&str>, table: &str, navigation: &str) -> String {
        let usual = collection.filter(|name| !self.given.contains(&name.to_lowercase()));
        let mut name = usual.map_or_else(|| format!("{table}_{navigation}"), str::to_owned);
        while !self.given.insert(name.to_lowercase()) {
            name.push('_');
        }
        name
    }
}
