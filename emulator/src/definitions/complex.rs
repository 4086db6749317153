//! A table's definition as a complex type: one object with every property, null for those that the query does
//! not ask for.

use super::criteria::{Criteria, attribute_types};
use super::items::{actual_type, related};
use super::journal::Changes;
use super::query::value_of;
use super::types::{Type, known_type};
use crate::error::Result;
use crate::json::Json;
use crate::schema::{Schema, Table};

/// The lists of a definition, with the type of their elements.
const LISTS: [(&str, &str, Part); 5] = [
    ("Attributes", "AttributeMetadata", Part::Attributes),
    ("ManyToManyRelationships", "ManyToManyRelationshipMetadata", Part::Relationships),
    ("ManyToOneRelationships", "OneToManyRelationshipMetadata", Part::Relationships),
    ("OneToManyRelationships", "OneToManyRelationshipMetadata", Part::Relationships),
    ("Keys", "EntityKeyMetadata", Part::Keys),
];

/// A part of a table's definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Attributes,
    Relationships,
    Keys,
}

/// The properties that a query asks for.
#[derive(Debug, Default)]
struct Properties {
    all: bool,
    names: Vec<String>,
}

impl Properties {
    /// Reads a `MetadataPropertiesExpression`. `otherwise` says whether a query without one asks for all
    /// properties.
    fn read(json: Option<&Json>, otherwise: bool) -> Self {
        let Some(json) = json.filter(|json| !matches!(json, Json::Null)) else {
            return Self { all: otherwise, names: Vec::new() };
        };
        let all = match json.get("AllProperties") {
            Some(Json::Text(text)) => text.eq_ignore_ascii_case("true"),
            _ => json.flag("AllProperties") == Some(true),
        };
        Self { all, names: json.texts("PropertyNames") }
    }

    fn has(&self, name: &str) -> bool {
        self.all || self.names.iter().any(|each| each == name)
    }
}

/// The query for the elements of a list.
#[derive(Debug, Default)]
struct Elements {
    properties: Properties,
    criteria: Criteria,
}

/// A query for definitions: an `EntityQueryExpression`.
#[derive(Debug)]
pub(super) struct Wanted {
    table: Elements,
    attributes: Elements,
    relationships: Elements,
    keys: Elements,
}

impl Wanted {
    pub(super) fn read(query: &Json) -> Result<Self> {
        let elements = |name: &str, types: &[&'static Type]| -> Result<Elements> {
            let part = query.get(name).filter(|part| !matches!(part, Json::Null));
            Ok(Elements {
                properties: Properties::read(part.and_then(|part| part.get("Properties")), true),
                criteria: Criteria::read(part.and_then(|part| part.get("Criteria")), types)?,
            })
        };
        let relationships =
            ["OneToManyRelationshipMetadata", "ManyToManyRelationshipMetadata"].map(known_type);
        let criteria = query.get("Criteria").filter(|criteria| !matches!(criteria, Json::Null));
        Ok(Self {
            table: Elements {
                // A call without a query asks for everything.
                properties: Properties::read(query.get("Properties"), true),
                criteria: Criteria::read(criteria, &[known_type("EntityMetadata")])?,
            },
            attributes: elements("AttributeQuery", &attribute_types())?,
            relationships: elements("RelationshipQuery", &relationships)?,
            keys: elements("KeyQuery", &[known_type("EntityKeyMetadata")])?,
        })
    }

    /// Returns a query for all properties of these parts, and of the tables themselves.
    pub(super) fn everything(parts: &[Part]) -> Self {
        let all = || Elements { properties: Properties::read(None, true), criteria: Criteria::default() };
        let mut table = all();
        let without = LISTS.iter().any(|(_, _, part)| !parts.contains(part));
        if without {
            let definition = known_type("EntityMetadata");
            let own = definition.properties.iter().map(|(name, _)| (*name).to_owned());
            let lists = LISTS.iter().filter(|(_, _, part)| parts.contains(part));
            let names = own.chain(lists.map(|(name, _, _)| (*name).to_owned())).collect();
            table.properties = Properties { all: false, names };
        }
        Self { table, attributes: all(), relationships: all(), keys: all() }
    }

    fn elements(&self, part: Part) -> &Elements {
        match part {
            Part::Attributes => &self.attributes,
            Part::Relationships => &self.relationships,
            Part::Keys => &self.keys,
        }
    }
}

/// Returns a table's definition; `None` if it does not meet the criteria, or has not changed.
pub(super) fn entity(schema: &Schema, table: &Table, wanted: &Wanted, changes: &Changes) -> Option<Json> {
    let (definition, of) = (&table.definition, known_type("EntityMetadata"));
    if !wanted.table.criteria.meets(definition, of) {
        return None;
    }
    let own = changes.of(definition);
    let mut any = own != Some(false);
    let mut members = plain(definition, of, &wanted.table.properties, own);
    for (name, element, part) in LISTS {
        let elements = wanted.elements(part);
        let meant = |each: &&Json| {
            elements.criteria.meets(each, actual_type(each, known_type(element)))
                && changes.of(each) != Some(false)
        };
        let asked = wanted.table.properties.has(name);
        let shown: Vec<Json> = definition
            .list(name)
            .iter()
            .filter(|each| asked && meant(each))
            .map(|each| one(schema, each, known_type(element), &elements.properties, changes))
            .collect();
        any |= !shown.is_empty();
        members.push((name.to_owned(), Json::Array(shown)));
    }
    any.then_some(Json::Object(members))
}

fn one(
    schema: &Schema,
    item: &Json,
    declared: &'static Type,
    properties: &Properties,
    changes: &Changes,
) -> Json {
    let of = actual_type(item, declared);
    let mut members = Vec::new();
    // Recorded answers have no `@odata.type` for the attribute of an id.
    if of.name != declared.name && of.name != "UniqueIdentifierAttributeMetadata" {
        members
            .push(("@odata.type".to_owned(), format!("#Microsoft.Dynamics.CRM.Complex{}", of.name).into()));
    }
    members.extend(plain(item, of, properties, changes.of(item)));
    if of.navigation("OptionSet").is_some() {
        let set = related(schema, item, "OptionSet").filter(|_| properties.has("OptionSet"));
        let set = set.map_or(Json::Null, |set| {
            let of = actual_type(&set, known_type("OptionSetMetadataBase"));
            let all = Properties { all: true, names: Vec::new() };
            Json::Object(plain(&set, of, &all, None))
        });
        members.push(("OptionSet".to_owned(), set));
    }
    Json::Object(members)
}

/// Returns the properties that the query asks for, and null or an empty list for the others.
fn plain(item: &Json, of: &Type, properties: &Properties, changed: Option<bool>) -> Vec<(String, Json)> {
    const ALWAYS: [&str; 2] = ["MetadataId", "LogicalName"];
    let value = |name: &str, of: &str| match name {
        "HasChanged" => changed.map_or(Json::Null, Json::Bool),
        _ if ALWAYS.contains(&name) || properties.has(name) => value_of(item, name, of),
        "IsValidODataAttribute" => Json::Bool(false),
        _ if of.starts_with("Collection(") => Json::Array(Vec::new()),
        _ => Json::Null,
    };
    of.properties.iter().map(|(name, of)| ((*name).to_owned(), value(name, of))).collect()
}
