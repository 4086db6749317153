//! Turns the relationships of definitions into navigation properties of tables.

use std::collections::{HashMap, HashSet};

use dataverse_definitions::{Fact, ManyToMany, OneToMany};

use super::column::Kind;
use super::problem::DefinitionError;
use super::table::{Association, Dependent, Navigation, OnDelete, Table};

/// A many-to-one relationship, from the definition of either table.
struct Relationship {
    schema_name: String,
    referencing: String,
    column: String,
    referenced: String,
    to_one: Option<String>,
    /// `None` if the definition gives the referenced table no navigation property.
    to_many: Option<String>,
    on_delete: Option<String>,
}

impl Relationship {
    /// Reads a definition; `None` if it lacks a name that is needed.
    fn load(definition: &OneToMany) -> Option<Self> {
        let name = |text: &String| (!text.is_empty()).then(|| text.clone());
        let schema_name = name(&definition.schema_name)?;
        let to_many = match &definition.referenced_entity_navigation_property_name {
            Fact::Known(name) => Some(name.clone()),
            Fact::Null => None,
            Fact::NotAsked => Some(schema_name.clone()),
        };
        let cascade = definition.cascade_configuration.known();
        Some(Self {
            schema_name,
            referencing: name(&definition.referencing_entity)?,
            column: name(&definition.referencing_attribute)?,
            referenced: name(&definition.referenced_entity)?,
            to_one: definition.referencing_entity_navigation_property_name.known().cloned(),
            to_many,
            on_delete: cascade.and_then(|cascade| cascade.delete.known().cloned()),
        })
    }
}

/// Returns all many-to-one relationships, each once.
fn relationships(tables: &[Table]) -> Vec<Relationship> {
    let mut all: Vec<Relationship> = Vec::new();
    let mut known: HashMap<[String; 3], usize> = HashMap::new();
    let definitions = tables.iter().flat_map(|table| {
        table.model.many_to_one_relationships.iter().chain(&table.model.one_to_many_relationships)
    });
    for one in definitions.filter_map(Relationship::load) {
        let key = [one.schema_name.clone(), one.referencing.clone(), one.column.clone()];
        if let Some(index) = known.get(&key) {
            let earlier = &mut all[*index];
            earlier.to_one = earlier.to_one.take().or(one.to_one);
            earlier.to_many = earlier.to_many.take().or(one.to_many);
            earlier.on_delete = earlier.on_delete.take().or(one.on_delete);
        } else {
            known.insert(key, all.len());
            all.push(one);
        }
    }
    all
}

/// The navigation properties and dependents added so far.
#[derive(Default)]
struct Known {
    navigations: HashMap<String, usize>,
    dependents: HashSet<(String, String)>,
}

/// Adds the navigation properties of each relationship to its tables, as far as the schema has them.
pub(super) fn connect_all(
    tables: &mut [Table],
    by_name: &HashMap<String, usize>,
) -> Result<(), DefinitionError> {
    let mut known: Vec<Known> = tables.iter().map(|_| Known::default()).collect();
    for relationship in relationships(tables) {
        connect(tables, by_name, &mut known, relationship)?;
    }
    Ok(())
}

fn connect(
    tables: &mut [Table],
    by_name: &HashMap<String, usize>,
    known: &mut [Known],
    relationship: Relationship,
) -> Result<(), DefinitionError> {
    let Relationship { schema_name, referencing, column, referenced, to_one, to_many, on_delete } =
        relationship;
    let Some(&from) = by_name.get(&referencing) else { return Ok(()) };
    let targets = match tables[from].column(&column).map(|each| &each.kind) {
        Some(Kind::Lookup { targets }) => targets.clone(),
        _ => return Ok(()),
    };
    // The relationship of an owner names the abstract table `owner`, which means any target of the lookup.
    let targets = if by_name.contains_key(&referenced) { vec![referenced.clone()] } else { targets };
    if let Some(name) = to_one {
        let index = known[from].navigations.get(&name).copied();
        match index.map(|index| &mut tables[from].navigations[index]) {
            Some(Navigation::One { targets: earlier, column: same, .. }) if *same == column => {
                let new: Vec<_> = targets.into_iter().filter(|each| !earlier.contains(each)).collect();
                earlier.extend(new);
            }
            Some(_) => {
                return Err(DefinitionError::of_table(
                    &referencing,
                    format!(
                        "attribute `{column}`: the relationship `{schema_name}` names the navigation property `{name}`, which \
                         is another one's; names of navigation properties have to differ"
                    ),
                ));
            }
            None => {
                known[from].navigations.insert(name.clone(), tables[from].navigations.len());
                tables[from].navigations.push(Navigation::One { name, column: column.clone(), targets });
            }
        }
    }
    let Some(&to) = by_name.get(&referenced) else { return Ok(()) };
    if let Some(name) = to_many
        && !known[to].navigations.contains_key(&name)
    {
        known[to].navigations.insert(name.clone(), tables[to].navigations.len());
        let (table, column) = (referencing.clone(), column.clone());
        tables[to].navigations.push(Navigation::Many { name, table, column });
    }
    if known[to].dependents.insert((referencing.clone(), column.clone())) {
        let on_delete = OnDelete::from_name(on_delete.as_deref());
        tables[to].dependents.push(Dependent { table: referencing, column, on_delete });
    }
    Ok(())
}

/// One side of a many-to-many relationship.
struct Side {
    table: String,
    attribute: String,
    navigation: String,
}

/// Adds the many-to-many relationships to their tables.
pub(super) fn associate(tables: &mut [Table], by_name: &HashMap<String, usize>) -> Vec<Association> {
    let mut all: Vec<Association> = Vec::new();
    let mut known = HashSet::new();
    let definitions = tables.iter().flat_map(|table| &table.model.many_to_many_relationships);
    let id_of = |table: &str| by_name.get(table).map(|&index| tables[index].primary_id.clone());
    let definitions: Vec<(String, [Side; 2])> =
        definitions.filter_map(|definition| sides(definition, id_of)).collect();
    for (intersect, [one, two]) in definitions {
        let is_new = known.insert(intersect.clone());
        let (Some(&first), Some(&second)) = (by_name.get(&one.table), by_name.get(&two.table)) else {
            continue;
        };
        for (index, mine, theirs) in [(first, &one, &two), (second, &two, &one)] {
            if tables[index].navigation(&mine.navigation).is_none() {
                tables[index].navigations.push(Navigation::Association {
                    name: mine.navigation.clone(),
                    intersect: intersect.clone(),
                    mine: mine.attribute.clone(),
                    table: theirs.table.clone(),
                });
            }
        }
        if !is_new {
            continue;
        }
        let (columns, tables) = ([one.attribute, two.attribute], [one.table, two.table]);
        all.push(Association { intersect, columns, tables });
    }
    all
}

/// Returns the intersect table of a many-to-many relationship, and its sides. Unless the definition names its
/// columns, they have the names of the primary ids: the definition of a derived struct does not know the
/// primary id of the other table.
fn sides(definition: &ManyToMany, id_of: impl Fn(&str) -> Option<String>) -> Option<(String, [Side; 2])> {
    let schema_name = Some(&definition.schema_name).filter(|name| !name.is_empty())?;
    let is_own = definition.entity1_logical_name == definition.entity2_logical_name;
    let side = |table: &String, attribute: &Fact<String>, navigation: &Fact<String>, end: &str| {
        if table.is_empty() {
            return None;
        }
        let attribute = match attribute.known() {
            Some(attribute) => attribute.clone(),
            None if is_own => format!("{}{end}", id_of(table)?),
            None => id_of(table)?,
        };
        let navigation = navigation.known().unwrap_or(schema_name).clone();
        Some(Side { table: table.clone(), attribute, navigation })
    };
    let one = side(
        &definition.entity1_logical_name,
        &definition.entity1_intersect_attribute,
        &definition.entity1_navigation_property_name,
        "one",
    )?;
    let two = side(
        &definition.entity2_logical_name,
        &definition.entity2_intersect_attribute,
        &definition.entity2_navigation_property_name,
        "two",
    )?;
    let intersect = definition.intersect_entity_name.known().unwrap_or(schema_name);
    Some((intersect.clone(), [one, two]))
}

/// Adds a navigation property to each lookup without a relationship, with the name of the lookup. This
/// includes the lookups of activities, which inherit their properties from a base type.
pub(super) fn connect_the_rest(table: &mut Table) {
    if table.model.is_of_metadata {
        return;
    }
    let mut rest = Vec::new();
    // A lookup that repeats another one has a value but no navigation property.
    for column in table.columns.iter().filter(|each| each.is_property && each.joined.is_empty()) {
        if let Kind::Lookup { targets } = &column.kind
            && (table.navigations_of(&column.logical_name).next().is_none()
                || table.is_activity && table.navigation(&column.logical_name).is_none())
        {
            let name = column.logical_name.clone();
            rest.push(Navigation::One { column: name.clone(), name, targets: targets.clone() });
        }
    }
    table.navigations.extend(rest);
}
