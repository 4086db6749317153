//! The entity types and entity sets of a `$metadata` document. Each type includes inherited properties.

use std::collections::HashMap;

use roxmltree::Node;

/// A structural property.
#[derive(Debug, Clone, Copy)]
pub(super) struct Property<'x> {
    pub(super) name: &'x str,
    pub(super) edm: &'x str,
}

/// A navigation property.
#[derive(Debug, Clone, Copy)]
pub(super) struct NavigationProperty<'x> {
    pub(super) name: &'x str,
    /// The name of the target type.
    pub(super) target: &'x str,
    pub(super) many: bool,
    pub(super) partner: Option<&'x str>,
    /// The two properties of its referential constraint: one of this type and one of the target.
    pub(super) constraint: Option<(&'x str, &'x str)>,
    /// Whether the property is inherited.
    pub(super) inherited: bool,
}

/// An entity type, with inherited properties.
#[derive(Debug, Default, Clone)]
pub(super) struct Type<'x> {
    base: Option<&'x str>,
    /// The base types, nearest first.
    pub(super) ancestors: Vec<&'x str>,
    pub(super) key: Option<&'x str>,
    pub(super) properties: Vec<Property<'x>>,
    pub(super) navigations: Vec<NavigationProperty<'x>>,
    pub(super) alternate_keys: Vec<Vec<&'x str>>,
}

/// A table: an entity set and its type.
#[derive(Debug)]
pub(super) struct Table<'x> {
    pub(super) name: &'x str,
    pub(super) set: &'x str,
    pub(super) primary_id: &'x str,
    pub(super) entity: Type<'x>,
}

/// A `$metadata` document.
pub(super) struct Document<'x> {
    types: HashMap<&'x str, Type<'x>>,
    sets: Vec<(&'x str, &'x str)>,
}

impl<'x> Document<'x> {
    pub(super) fn read(xml: &'x roxmltree::Document<'_>) -> Self {
        let (mut types, mut sets) = (HashMap::new(), Vec::new());
        for node in xml.descendants().filter(|node| node.is_element()) {
            match node.tag_name().name() {
                "EntityType" => {
                    if let Some(name) = node.attribute("Name") {
                        types.insert(name, entity_type(node));
                    }
                }
                "EntitySet" => {
                    if let (Some(name), Some(of)) = (node.attribute("Name"), node.attribute("EntityType")) {
                        sets.push((name, bare(of)));
                    }
                }
                _ => {}
            }
        }
        Self { types, sets }
    }

    /// Returns the tables, in the order of their entity sets. Types that do not derive from `crmbaseentity`
    /// describe definitions.
    pub(super) fn tables(&self) -> Vec<Table<'x>> {
        let whole = self.sets.iter().filter_map(|(set, name)| Some((*set, *name, self.whole(name)?)));
        let whole: Vec<_> =
            whole.filter(|(_, _, entity)| entity.ancestors.contains(&"crmbaseentity")).collect();
        let mut referenced: HashMap<(&str, &str), usize> = HashMap::new();
        for navigation in whole.iter().flat_map(|(_, _, entity)| &entity.navigations) {
            if let Some((_, property)) = navigation.constraint {
                *referenced.entry((navigation.target, property)).or_default() += 1;
            }
        }
        let table = |(set, name, entity): (&'x str, &'x str, Type<'x>)| {
            // Users and teams inherit the key of principals, but lookups use another one.
            let guids = entity.properties.iter().filter(|each| each.edm == "Edm.Guid").map(|each| each.name);
            let by_lookups = guids
                .filter_map(|property| Some((*referenced.get(&(name, property))?, property)))
                .max_by_key(|(count, _)| *count);
            let primary_id = by_lookups.map(|(_, property)| property).or(entity.key)?;
            Some(Table { name, set, primary_id, entity })
        };
        whole.into_iter().filter_map(table).collect()
    }

    /// Returns a type with inherited properties.
    fn whole(&self, name: &'x str) -> Option<Type<'x>> {
        let mut entity = self.types.get(name)?.clone();
        let mut base = entity.base;
        while let Some(name) = base.filter(|name| !entity.ancestors.contains(name)) {
            entity.ancestors.push(name);
            let Some(inherited) = self.types.get(name) else { break };
            entity.key = entity.key.or(inherited.key);
            for property in &inherited.properties {
                if !entity.properties.iter().any(|each| each.name == property.name) {
                    entity.properties.push(*property);
                }
            }
            for navigation in &inherited.navigations {
                if !entity.navigations.iter().any(|each| each.name == navigation.name) {
                    entity.navigations.push(NavigationProperty { inherited: true, ..*navigation });
                }
            }
            base = inherited.base;
        }
        Some(entity)
    }
}

/// Returns a name without its namespace.
fn bare(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn entity_type<'x>(node: Node<'x, '_>) -> Type<'x> {
    let mut entity = Type { base: node.attribute("BaseType").map(bare), ..Type::default() };
    for child in node.children().filter(Node::is_element) {
        let name = child.attribute("Name").unwrap_or_default();
        match child.tag_name().name() {
            "Key" => entity.key = child.children().find_map(|each| each.attribute("Name")),
            "Property" => {
                let edm = child.attribute("Type").unwrap_or_default();
                entity.properties.push(Property { name, edm });
            }
            "NavigationProperty" => entity.navigations.push(navigation(child, name)),
            "Annotation" if child.attribute("Term").is_some_and(|term| term.ends_with("AlternateKeys")) => {
                entity.alternate_keys = alternate_keys(child);
            }
            _ => {}
        }
    }
    entity
}

fn navigation<'x>(node: Node<'x, '_>, name: &'x str) -> NavigationProperty<'x> {
    let of = node.attribute("Type").unwrap_or_default();
    let element = of.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')'));
    let constraint = node.children().find(|each| each.tag_name().name() == "ReferentialConstraint");
    NavigationProperty {
        name,
        target: bare(element.unwrap_or(of)),
        many: element.is_some(),
        partner: node.attribute("Partner"),
        constraint: constraint
            .and_then(|each| Some((each.attribute("Property")?, each.attribute("ReferencedProperty")?))),
        inherited: false,
    }
}

/// Returns the properties of each alternate key.
fn alternate_keys<'x>(annotation: Node<'x, '_>) -> Vec<Vec<&'x str>> {
    let is_record =
        |node: &Node<'x, '_>, of: &str| node.attribute("Type").is_some_and(|name| name.ends_with(of));
    let keys = annotation.descendants().filter(|node| is_record(node, ".AlternateKey"));
    keys.map(|key| {
        let parts = key.descendants().filter(|node| node.attribute("Property") == Some("Name"));
        parts.filter_map(|part| part.attribute("PropertyPath")).collect()
    })
    .collect()
}
