//! Relationships from navigation properties and their partners.

use std::collections::{HashMap, HashSet};

use super::document::{NavigationProperty, TableType};
use crate::{Fact, ManyToMany, OneToMany};

/// The abstract type of owners, and the tables that derive from it.
const PRINCIPAL: &str = "principal";
const PRINCIPALS: [&str; 2] = ["systemuser", "team"];
/// The name that relationships have for any owner.
const OWNER: &str = "owner";

/// The tables of a document by name, and the schema names that relationships have so far.
pub(super) struct Relationships<'t> {
    tables: HashMap<&'t str, &'t TableType>,
    given: HashSet<String>,
}

/// The relationships of a table, and its navigation properties that cannot be read.
#[derive(Default)]
pub(super) struct Related {
    pub(super) many_to_one: Vec<OneToMany>,
    pub(super) many_to_many: Vec<ManyToMany>,
    pub(super) left_out: Vec<String>,
}

/// Returns the lookup column of a property `_column_value`.
pub(super) fn lookup(property: &str) -> Option<&str> {
    property.strip_prefix('_')?.strip_suffix("_value")
}

/// Returns the lookup column of a single-valued navigation property, by its constraint. A property without a constraint, such as
/// the regarding objects of activities, has the name of the column, or a name that starts with it.
fn column_of<'t>(table: &'t TableType, navigation: &'t NavigationProperty) -> Option<&'t str> {
    if let Some((property, _)) = &navigation.constraint {
        return lookup(property).filter(|_| table.entity.edm(property).is_some());
    }
    let lookups = table.entity.properties.iter().filter_map(|property| lookup(&property.name));
    let is_named_after = |column: &&str| {
        let start = navigation.name.get(..column.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(column))
            && matches!(navigation.name.as_bytes().get(column.len()), None | Some(b'_'))
    };
    lookups.filter(is_named_after).max_by_key(|column| column.len())
}

/// The tables that a lookup points to.
#[derive(Debug, Default)]
pub(super) struct Targets {
    pub(super) tables: Vec<String>,
    /// Whether the document says that it points to any owner.
    pub(super) are_owners: bool,
}

/// Returns the targets of each lookup that has a navigation property.
pub(super) fn targets(table: &TableType) -> HashMap<&str, Targets> {
    let mut all: HashMap<&str, Targets> = HashMap::new();
    let mut known: HashSet<(&str, &str)> = HashSet::new();
    for navigation in table.entity.navigations.iter().filter(|each| !each.is_collection) {
        let Some(column) = column_of(table, navigation) else { continue };
        let targets = all.entry(column).or_default();
        let one = [navigation.target.as_str()];
        let is_owner = navigation.target == PRINCIPAL;
        targets.are_owners |= is_owner;
        for target in if is_owner { &PRINCIPALS[..] } else { &one[..] } {
            if known.insert((column, target)) {
                targets.tables.push((*target).to_owned());
            }
        }
    }
    all
}

impl<'t> Relationships<'t> {
    pub(super) fn of(tables: &'t [TableType]) -> Self {
        let tables = tables.iter().map(|table| (table.name.as_str(), table)).collect();
        Self { tables, given: HashSet::new() }
    }

    /// Returns the relationships of a table's lookups, and the many-to-many relationships whose first side it is.
    pub(super) fn of_table(&mut self, table: &TableType) -> Related {
        let mut related = Related::default();
        let mut inherited = 0;
        for navigation in &table.entity.navigations {
            if !navigation.is_collection {
                match column_of(table, navigation) {
                    Some(column) => related.many_to_one.push(self.many_to_one(table, navigation, column)),
                    None => related.left_out.push(format!("navigation property `{}`", navigation.name)),
                }
            } else if navigation.is_inherited {
                inherited += 1;
            } else {
                match self.many_to_many(table, navigation) {
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

    fn many_to_one(&mut self, table: &TableType, navigation: &NavigationProperty, column: &str) -> OneToMany {
        let target = navigation.target.as_str();
        // The partner of an inherited property is a collection of records of the base type.
        let partner = navigation.partner.as_deref().filter(|_| !navigation.is_inherited);
        let key = navigation.constraint.as_ref().map(|(_, property)| property.as_str());
        let key = key.or_else(|| self.tables.get(target).map(|table| table.primary_id.as_str()));
        OneToMany {
            referenced_attribute: key.unwrap_or_default().to_owned(),
            schema_name: self.name(partner, &table.name, &navigation.name),
            referencing_entity: table.name.clone(),
            referencing_attribute: column.to_owned(),
            referenced_entity: if target == PRINCIPAL { OWNER } else { target }.to_owned(),
            referencing_entity_navigation_property_name: navigation.name.clone().into(),
            referenced_entity_navigation_property_name: partner
                .map_or(Fact::Null, |name| name.to_owned().into()),
            ..OneToMany::default()
        }
    }

    /// Returns the many-to-many relationship of a collection, once, from its first side; `None` for the collection of a
    /// one-to-many relationship.
    fn many_to_many(
        &mut self,
        table: &TableType,
        navigation: &NavigationProperty,
    ) -> Result<Option<ManyToMany>, String> {
        let problem = || format!("collection `{}`", navigation.name);
        let other = *self.tables.get(navigation.target.as_str()).ok_or_else(problem)?;
        let partner = navigation.partner.as_deref().ok_or_else(problem)?;
        let partner =
            other.entity.navigations.iter().find(|each| each.name == partner).ok_or_else(problem)?;
        if !partner.is_collection {
            return column_of(other, partner).map(|_| None).ok_or_else(problem);
        }
        if (&table.name, &navigation.name) > (&other.name, &partner.name) {
            return Ok(None);
        }
        Ok(Some(ManyToMany {
            schema_name: self.name(Some(&navigation.name), &table.name, &navigation.name),
            entity1_logical_name: table.name.clone(),
            entity2_logical_name: other.name.clone(),
            entity1_navigation_property_name: navigation.name.clone().into(),
            entity2_navigation_property_name: partner.name.clone().into(),
            ..ManyToMany::default()
        }))
    }

    /// Returns a name for a relationship that no other one has. The document does not have it; it is usually the name of the
    /// collection.
    fn name(&mut self, collection: Option<&str>, table: &str, navigation: &str) -> String {
        let usual = collection.filter(|name| !self.given.contains(&name.to_lowercase()));
        let mut name = usual.map_or_else(|| format!("{table}_{navigation}"), str::to_owned);
        while !self.given.insert(name.to_lowercase()) {
            name.push('_');
        }
        name
    }
}
