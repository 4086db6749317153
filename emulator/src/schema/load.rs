//! Tables out of `EntityDefinitions`.

use core::fmt;
use std::collections::HashMap;

use super::column::{Column, Kind};
use super::elastic;
use super::table::{Association, Dependent, Key, Navigation, OnDelete, Ownership, Table};
use super::tables::Schema;
use crate::json::Json;

/// What is wrong with a definition.
#[derive(Debug)]
pub struct DefinitionError(String);

impl fmt::Display for DefinitionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for DefinitionError {}

impl DefinitionError {
    pub(crate) fn new(problem: impl Into<String>) -> Self {
        Self(problem.into())
    }
}

/// The lists in which a second definition of a table adds to the first, and the member that names an element.
const LISTS: [(&str, &str); 5] = [
    ("Attributes", "LogicalName"),
    ("Keys", "LogicalName"),
    ("ManyToOneRelationships", "SchemaName"),
    ("OneToManyRelationships", "SchemaName"),
    ("ManyToManyRelationships", "SchemaName"),
];

/// Reads the tables that these definitions describe. Of two definitions of one table the later one adds to the earlier.
pub(crate) fn load(definitions: Vec<Json>) -> Result<Schema, DefinitionError> {
    let mut merged: Vec<Json> = Vec::new();
    for definition in definitions {
        let name = definition.text("LogicalName").map(str::to_owned);
        let name = name.ok_or_else(|| DefinitionError::new("a definition has no `LogicalName`"))?;
        match merged.iter_mut().find(|each| each.text("LogicalName") == Some(&name)) {
            Some(earlier) => merge(earlier, definition),
            None => merged.push(definition),
        }
    }
    for (index, definition) in merged.iter_mut().enumerate() {
        elastic::complete(definition);
        complete(definition, index);
    }
    let mut tables = merged.into_iter().map(table).collect::<Result<Vec<_>, _>>()?;
    let by_name: HashMap<String, usize> =
        tables.iter().enumerate().map(|(index, table)| (table.logical_name.clone(), index)).collect();
    let mut by_set = HashMap::new();
    for (index, table) in tables.iter().enumerate() {
        if by_set.insert(table.entity_set_name.clone(), index).is_some() {
            return Err(DefinitionError::new(format!(
                "two tables have the entity set `{}`",
                table.entity_set_name
            )));
        }
    }
    let relationships = relationships(&tables);
    for relationship in &relationships {
        connect(&mut tables, &by_name, relationship);
    }
    let associations = associate(&mut tables, &by_name);
    for table in &mut tables {
        connect_the_rest(table);
    }
    elastic::settle(&mut tables)?;
    Ok(Schema { tables, by_name, by_set, associations })
}

/// Adds what the later definition of a table has.
fn merge(earlier: &mut Json, later: Json) {
    let (Json::Object(members), Json::Object(news)) = (earlier, later) else { return };
    for (name, value) in news {
        let Some((_, old)) = members.iter_mut().find(|(each, _)| *each == name) else {
            members.push((name, value));
            continue;
        };
        match (LISTS.iter().find(|(list, _)| *list == name), old, value) {
            (Some((_, key)), Json::Array(old), Json::Array(new)) => {
                for element in new {
                    match old.iter_mut().find(|each| each.text(key) == element.text(key)) {
                        Some(each) => merge(each, element),
                        None => old.push(element),
                    }
                }
            }
            (_, _, Json::Null) => {}
            (_, old, value) => *old = value,
        }
    }
}

/// Gives a definition, and what is in it, the members that every definition has.
fn complete(definition: &mut Json, index: usize) {
    let table = definition.text("LogicalName").unwrap_or_default().to_owned();
    let privileges = super::privileges::definitions(definition);
    let Json::Object(members) = definition else { return };
    add(members, "MetadataId", made_up_id(&[&table]).into());
    add(members, "ObjectTypeCode", Json::Number((10_000 + index).to_string()));
    add(members, "ChangeTrackingEnabled", Json::Bool(true));
    add(members, "IsOptimisticConcurrencyEnabled", Json::Bool(true));
    // Clients that list tables leave those out of which it is true.
    add(members, "IsPrivate", Json::Bool(false));
    add(members, "IsIntersect", Json::Bool(false));
    add(members, "Privileges", privileges);
    for (list, key) in LISTS {
        add(members, list, Json::Array(Vec::new()));
        let Some((_, Json::Array(elements))) = members.iter_mut().find(|(each, _)| each == list) else {
            continue;
        };
        for element in elements {
            let name = element.text(key).unwrap_or_default().to_owned();
            if let Json::Object(members) = element {
                add(members, "MetadataId", made_up_id(&[&table, list, &name]).into());
            }
        }
    }
}

/// Adds a member that is not there.
fn add(members: &mut Vec<(String, Json)>, name: &str, value: Json) {
    if !members.iter().any(|(each, _)| each == name) {
        members.push((name.to_owned(), value));
    }
}

/// An id for what has none: the same for the same names.
pub(super) fn made_up_id(names: &[&str]) -> String {
    let hash = |start: u64| {
        let bytes = names.iter().flat_map(|name| name.bytes().chain([0]));
        bytes.fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    };
    uuid::Uuid::from_u64_pair(hash(0xcbf2_9ce4_8422_2325), hash(0x8422_2325_cbf2_9ce4)).to_string()
}

fn table(definition: Json) -> Result<Table, DefinitionError> {
    let logical_name = definition.text("LogicalName").unwrap_or_default().to_owned();
    let problem = |problem: String| DefinitionError(format!("table `{logical_name}`: {problem}"));
    let need =
        |name: &str| definition.text(name).map(str::to_owned).ok_or_else(|| problem(format!("no `{name}`")));
    let (entity_set_name, primary_id) = (need("EntitySetName")?, need("PrimaryIdAttribute")?);
    let columns = definition
        .list("Attributes")
        .iter()
        .map(Column::load)
        .collect::<Result<Vec<_>, _>>()
        .map_err(problem)?;
    for (index, column) in columns.iter().enumerate() {
        if columns[..index].iter().any(|each| each.logical_name == column.logical_name) {
            return Err(problem(format!("two attributes are named `{}`", column.logical_name)));
        }
    }
    let has = |name: &String| columns.iter().any(|each| each.logical_name == *name);
    if !has(&primary_id) {
        return Err(problem(format!("the primary id `{primary_id}` is not among the attributes")));
    }
    let mut keys = Vec::new();
    for key in definition.list("Keys") {
        let names = key.texts("KeyAttributes");
        if let Some(missing) = names.iter().find(|name| !has(name)) {
            return Err(problem(format!("a key names `{missing}`, which is not among the attributes")));
        }
        keys.push(Key { name: key.text("LogicalName").unwrap_or("key").to_owned(), columns: names });
    }
    Ok(Table {
        entity_set_name,
        primary_id,
        primary_name: definition.text("PrimaryNameAttribute").map(str::to_owned).filter(has),
        ownership: match definition.text("OwnershipType") {
            Some("UserOwned" | "TeamOwned") => Ownership::User,
            Some("BusinessOwned" | "BusinessParented") => Ownership::BusinessUnit,
            _ => Ownership::Other,
        },
        privileges: super::privileges::read(&definition),
        is_activity: definition.flag("IsActivity").unwrap_or(false),
        change_tracking: definition.flag("ChangeTrackingEnabled").unwrap_or(true),
        elastic: elastic::is_elastic(&definition),
        logical_name,
        columns,
        keys,
        navigations: Vec::new(),
        dependents: Vec::new(),
        definition,
    })
}

/// A many-to-one relationship, as either of its tables tells it.
struct Relationship {
    schema_name: String,
    referencing: String,
    column: String,
    referenced: String,
    to_one: Option<String>,
    to_many: Option<String>,
    on_delete: Option<String>,
}

fn relationships(tables: &[Table]) -> Vec<Relationship> {
    let mut all: Vec<Relationship> = Vec::new();
    let lists = tables.iter().flat_map(|table| {
        let both = table.definition.list("ManyToOneRelationships").iter();
        both.chain(table.definition.list("OneToManyRelationships"))
    });
    for each in lists {
        let text = |name| each.text(name).map(str::to_owned);
        let (Some(schema_name), Some(referencing), Some(column), Some(referenced)) = (
            text("SchemaName"),
            text("ReferencingEntity"),
            text("ReferencingAttribute"),
            text("ReferencedEntity"),
        ) else {
            continue;
        };
        let to_one = text("ReferencingEntityNavigationPropertyName");
        let to_many = text("ReferencedEntityNavigationPropertyName");
        let on_delete =
            each.get("CascadeConfiguration").and_then(|cascade| cascade.text("Delete")).map(str::to_owned);
        let same = |known: &&mut Relationship| {
            known.schema_name == schema_name && known.referencing == referencing && known.column == column
        };
        if let Some(known) = all.iter_mut().find(same) {
            known.to_one = known.to_one.take().or(to_one);
            known.to_many = known.to_many.take().or(to_many);
            known.on_delete = known.on_delete.take().or(on_delete);
        } else {
            all.push(Relationship {
                schema_name,
                referencing,
                column,
                referenced,
                to_one,
                to_many,
                on_delete,
            });
        }
    }
    all
}

/// Puts a relationship's navigation properties into both its tables, where they are here.
fn connect(tables: &mut [Table], by_name: &HashMap<String, usize>, relationship: &Relationship) {
    let Relationship { schema_name, referencing, column, referenced, to_one, to_many, on_delete } =
        relationship;
    let Some(&from) = by_name.get(referencing) else { return };
    let targets = match tables[from].column(column).map(|each| &each.kind) {
        Some(Kind::Lookup { targets }) => targets.clone(),
        _ => return,
    };
    // The relationship of an owner names the abstract table `owner`: any of the lookup's targets.
    let targets = if by_name.contains_key(referenced) { vec![referenced.clone()] } else { targets };
    if let Some(name) = to_one {
        match tables[from].navigations.iter_mut().find(|each| each.name() == name) {
            Some(Navigation::One { targets: known, .. }) => {
                known.extend(targets.into_iter().filter(|each| !known.contains(each)).collect::<Vec<_>>());
            }
            Some(_) => {}
            None => {
                let (name, column) = (name.clone(), column.clone());
                tables[from].navigations.push(Navigation::One { name, column, targets });
            }
        }
    }
    let Some(&to) = by_name.get(referenced) else { return };
    let name = to_many.clone().unwrap_or_else(|| schema_name.clone());
    if tables[to].navigation(&name).is_none() {
        let (table, column) = (referencing.clone(), column.clone());
        tables[to].navigations.push(Navigation::Many { name, table, column });
    }
    let (table, column) = (referencing.clone(), column.clone());
    if !tables[to].dependents.iter().any(|known| known.table == table && known.column == column) {
        let on_delete = OnDelete::from_name(on_delete.as_deref());
        tables[to].dependents.push(Dependent { table, column, on_delete });
    }
}

/// Puts the many-to-many relationships into their tables.
fn associate(tables: &mut [Table], by_name: &HashMap<String, usize>) -> Vec<Association> {
    let mut all: Vec<Association> = Vec::new();
    let definitions: Vec<Json> =
        tables.iter().flat_map(|table| table.definition.list("ManyToManyRelationships")).cloned().collect();
    for each in &definitions {
        let text = |name: &str| each.text(name).map(str::to_owned);
        let side = |number: u8| {
            let member = |rest: &str| text(format!("Entity{number}{rest}").as_str());
            Some((member("LogicalName")?, member("IntersectAttribute")?, member("NavigationPropertyName")))
        };
        let (Some(one), Some(two)) = (side(1), side(2)) else { continue };
        let Some(schema_name) = text("SchemaName") else { continue };
        let intersect = text("IntersectEntityName").unwrap_or_else(|| schema_name.clone());
        if all.iter().any(|known| known.intersect == intersect) {
            continue;
        }
        let (Some(&first), Some(&second)) = (by_name.get(&one.0), by_name.get(&two.0)) else { continue };
        for (index, mine, theirs) in [(first, &one, &two), (second, &two, &one)] {
            let name = mine.2.clone().unwrap_or_else(|| schema_name.clone());
            if tables[index].navigation(&name).is_none() {
                tables[index].navigations.push(Navigation::Association {
                    name,
                    intersect: intersect.clone(),
                    mine: mine.1.clone(),
                    table: theirs.0.clone(),
                });
            }
        }
        all.push(Association { intersect, columns: [one.1, two.1], tables: [one.0, two.0] });
    }
    all
}

/// A lookup without any relationship goes by its own name. The lookups of activities do, too: they inherit the properties
/// of the type that all activities have.
fn connect_the_rest(table: &mut Table) {
    let mut rest = Vec::new();
    // A lookup that repeats another one has a value and no navigation property.
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
