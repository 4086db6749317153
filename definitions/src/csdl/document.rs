//! The entity types and entity sets of a `$metadata` document.

use std::collections::HashMap;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::ReadError;

/// A structural property.
#[derive(Debug, Clone)]
pub(super) struct Property {
    pub(super) name: String,
    /// The type, such as `Edm.String`.
    pub(super) edm: String,
    /// Whether an annotation says that only Dataverse sets the value. Documents have annotations if the request asked for them.
    pub(super) is_read_only: bool,
}

/// A navigation property.
#[derive(Debug, Clone)]
pub(super) struct NavigationProperty {
    pub(super) name: String,
    /// The name of the target type.
    pub(super) target: String,
    pub(super) is_collection: bool,
    pub(super) partner: Option<String>,
    /// The two properties of its referential constraint: one of this type and one of the target.
    pub(super) constraint: Option<(String, String)>,
    pub(super) is_inherited: bool,
}

/// An entity type as the document writes it, or with what it inherits.
#[derive(Debug, Default, Clone)]
pub(super) struct EntityType {
    base: Option<String>,
    /// The base types, nearest first.
    pub(super) ancestors: Vec<String>,
    pub(super) key: Option<String>,
    pub(super) properties: Vec<Property>,
    pub(super) navigations: Vec<NavigationProperty>,
    /// The properties of each alternate key.
    pub(super) alternate_keys: Vec<Vec<String>>,
}

impl EntityType {
    /// Returns the type of a property.
    pub(super) fn edm(&self, property: &str) -> Option<&str> {
        self.properties.iter().find(|each| each.name == property).map(|each| each.edm.as_str())
    }
}

/// An entity set of records, and its type with what it inherits.
#[derive(Debug)]
pub(super) struct TableType {
    pub(super) name: String,
    pub(super) set: String,
    pub(super) primary_id: String,
    pub(super) entity: EntityType,
}

/// A `$metadata` document.
#[derive(Debug, Default)]
pub(super) struct Document {
    types: HashMap<String, EntityType>,
    /// The entity sets and the names of their types.
    sets: Vec<(String, String)>,
}

impl Document {
    pub(super) fn read(text: &str) -> Result<Self, ReadError> {
        let mut xml = quick_xml::Reader::from_str(text);
        let mut reader = Reader::default();
        loop {
            match xml.read_event().map_err(|error| no_xml(&error))? {
                Event::Start(element) => reader.open(&element)?,
                Event::Empty(element) => {
                    reader.open(&element)?;
                    reader.close();
                }
                Event::End(_) => reader.close(),
                Event::Eof => break,
                _ => {}
            }
        }
        match reader.path.last() {
            Some(name) => Err(no_xml(&format_args!("it ends inside `<{name}>`"))),
            None => match reader.root.as_deref() {
                Some("Edmx") => Ok(reader.document),
                Some(other) => Err(ReadError::new(format!(
                    "the text is not a `$metadata` document: it starts with `<{}>` instead of `<edmx:Edmx>`",
                    excerpt(other)
                ))),
                None => Err(no_xml(&"it has no element")),
            },
        }
    }

    /// Returns the tables, in the order of their entity sets. Types that do not derive from `crmbaseentity` describe definitions.
    pub(super) fn tables(&self) -> Vec<TableType> {
        let whole = self.sets.iter().filter_map(|(set, name)| Some((set, name, self.whole(name)?)));
        let whole: Vec<_> = whole
            .filter(|(_, _, entity)| entity.ancestors.iter().any(|each| each == "crmbaseentity"))
            .collect();
        let mut referenced: HashMap<(&str, &str), usize> = HashMap::new();
        for navigation in whole.iter().flat_map(|(_, _, entity)| &entity.navigations) {
            if let Some((_, property)) = &navigation.constraint {
                *referenced.entry((&navigation.target, property)).or_default() += 1;
            }
        }
        let primary_id = |name: &str, entity: &EntityType| {
            // Users and teams inherit the key of principals, but lookups use another one.
            let guids = entity.properties.iter().filter(|each| each.edm == "Edm.Guid").map(|each| &each.name);
            let by_lookups = guids
                .filter_map(|property| Some((*referenced.get(&(name, property.as_str()))?, property)))
                .max_by_key(|(count, _)| *count);
            by_lookups.map(|(_, property)| property.clone()).or_else(|| entity.key.clone())
        };
        let ids: Vec<Option<String>> =
            whole.iter().map(|(_, name, entity)| primary_id(name, entity)).collect();
        let table = |((set, name, entity), id): ((&String, &String, EntityType), Option<String>)| {
            Some(TableType { name: name.clone(), set: set.clone(), primary_id: id?, entity })
        };
        whole.into_iter().zip(ids).filter_map(table).collect()
    }

    /// Returns a type with what it inherits.
    fn whole(&self, name: &str) -> Option<EntityType> {
        let mut entity = self.types.get(name)?.clone();
        let mut base = entity.base.clone();
        while let Some(name) = base.filter(|name| !entity.ancestors.contains(name)) {
            entity.ancestors.push(name.clone());
            let Some(inherited) = self.types.get(&name) else { break };
            entity.key = entity.key.or_else(|| inherited.key.clone());
            for property in &inherited.properties {
                if !entity.properties.iter().any(|each| each.name == property.name) {
                    entity.properties.push(property.clone());
                }
            }
            for navigation in &inherited.navigations {
                if !entity.navigations.iter().any(|each| each.name == navigation.name) {
                    entity.navigations.push(NavigationProperty { is_inherited: true, ..navigation.clone() });
                }
            }
            base = inherited.base.clone();
        }
        Some(entity)
    }
}

/// Collects the types and sets, element by element.
#[derive(Default)]
struct Reader {
    document: Document,
    /// The name of the first element.
    root: Option<String>,
    /// The names of the elements around the position, outermost first.
    path: Vec<String>,
    entity: Option<(String, EntityType)>,
    /// The depth of the annotation with the alternate keys around the position.
    alternate_keys: Option<usize>,
}

impl Reader {
    fn open(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let name = element.local_name().as_ref().to_owned();
        if self.path.is_empty() {
            self.root.get_or_insert_with(|| name.clone());
        }
        self.element(&name, element)?;
        self.path.push(name);
        Ok(())
    }

    fn element(&mut self, name: &str, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let get = |name| attribute(element, name);
        match name {
            "EntityType" => {
                if let Some(name) = get("Name")? {
                    let base = get("BaseType")?.map(|base| bare(&base).to_owned());
                    self.entity = Some((name, EntityType { base, ..EntityType::default() }));
                }
            }
            "EntitySet" => {
                if let (Some(name), Some(of)) = (get("Name")?, get("EntityType")?) {
                    self.document.sets.push((name, bare(&of).to_owned()));
                }
            }
            _ if self.alternate_keys.is_some() => self.part_of_keys(name, element)?,
            _ => self.part_of_type(name, element)?,
        }
        Ok(())
    }

    fn part_of_type(&mut self, name: &str, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let Some((_, entity)) = &mut self.entity else { return Ok(()) };
        let get = |name| attribute(element, name);
        match (self.path.last().map(String::as_str).unwrap_or_default(), name) {
            ("Key", "PropertyRef") if entity.key.is_none() => entity.key = get("Name")?,
            ("EntityType", "Property") => entity.properties.push(Property {
                name: get("Name")?.unwrap_or_default(),
                edm: get("Type")?.unwrap_or_default(),
                is_read_only: false,
            }),
            ("Property", "Annotation") => {
                let is_read_only = match bare(&get("Term")?.unwrap_or_default()) {
                    "Computed" => get("Bool")?.as_deref() != Some("false"),
                    // Only properties with limited permissions have it, and always with `Read`.
                    "Permissions" => true,
                    _ => false,
                };
                if let Some(property) = entity.properties.last_mut() {
                    property.is_read_only |= is_read_only;
                }
            }
            ("EntityType", "NavigationProperty") => {
                let of = get("Type")?.unwrap_or_default();
                let element = of.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')'));
                entity.navigations.push(NavigationProperty {
                    name: get("Name")?.unwrap_or_default(),
                    target: bare(element.unwrap_or(&of)).to_owned(),
                    is_collection: element.is_some(),
                    partner: get("Partner")?,
                    constraint: None,
                    is_inherited: false,
                });
            }
            ("NavigationProperty", "ReferentialConstraint") => {
                let constraint = get("Property")?.zip(get("ReferencedProperty")?);
                if let Some(navigation) = entity.navigations.last_mut() {
                    navigation.constraint = navigation.constraint.take().or(constraint);
                }
            }
            ("EntityType", "Annotation") if bare(&get("Term")?.unwrap_or_default()) == "AlternateKeys" => {
                self.alternate_keys = Some(self.path.len());
            }
            _ => {}
        }
        Ok(())
    }

    /// Reads an element within the annotation with the alternate keys.
    fn part_of_keys(&mut self, name: &str, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let Some((_, entity)) = &mut self.entity else { return Ok(()) };
        let get = |name| attribute(element, name);
        if name == "Record" && bare(&get("Type")?.unwrap_or_default()) == "AlternateKey" {
            entity.alternate_keys.push(Vec::new());
        } else if name == "PropertyValue" && get("Property")?.as_deref() == Some("Name") {
            let key = entity.alternate_keys.last_mut();
            if let Some((key, path)) = key.zip(get("PropertyPath")?) {
                key.push(path);
            }
        }
        Ok(())
    }

    fn close(&mut self) {
        let name = self.path.pop();
        if self.alternate_keys == Some(self.path.len()) {
            self.alternate_keys = None;
        }
        if name.as_deref() == Some("EntityType")
            && let Some((name, entity)) = self.entity.take()
        {
            self.document.types.insert(name, entity);
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, ReadError> {
    let attribute = element.try_get_attribute(name).map_err(|error| no_xml(&error))?;
    let Some(attribute) = attribute else { return Ok(None) };
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| no_xml(&error))?;
    Ok(Some(value.into_owned()))
}

fn no_xml(problem: &dyn core::fmt::Display) -> ReadError {
    ReadError::new(format!("the `$metadata` document is not XML: {}", excerpt(&problem.to_string())))
}

/// Returns the start of a text of the document.
fn excerpt(text: &str) -> String {
    const MAX_LENGTH: usize = 200;
    text.chars().filter(|each| !each.is_control()).take(MAX_LENGTH).collect()
}

/// Returns a name without its namespace.
fn bare(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
