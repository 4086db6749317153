//! The types of definitions: their properties and navigation properties, as `$metadata` of an org declares
//! them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The types, as CSDL.
pub(super) const CSDL: &str = include_str!("../../data/definitions.csdl.xml");

/// A type of definitions, with inherited properties.
#[derive(Debug, Default, Clone)]
pub(super) struct Type {
    pub(super) name: &'static str,
    base: Option<&'static str>,
    /// Names and types; the type's own properties come first.
    pub(super) properties: Vec<(&'static str, &'static str)>,
    /// Names, the types they lead to, and whether there are many.
    pub(super) navigations: Vec<(&'static str, &'static str, bool)>,
}

static TYPES: LazyLock<HashMap<&'static str, Type>> = LazyLock::new(types);
static ENUMERATIONS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(enumerations);

/// Returns the type with this name, which has no namespace.
pub(super) fn type_named(name: &str) -> Option<&'static Type> {
    TYPES.get(name)
}

/// Returns a type that the document always has.
pub(super) fn known_type(name: &'static str) -> &'static Type {
    static NONE: LazyLock<Type> = LazyLock::new(Type::default);
    TYPES.get(name).unwrap_or(&NONE)
}

/// Returns whether a type of definitions has a property or a navigation property with this name.
pub(crate) fn property_of(type_name: &str, name: &str) -> bool {
    type_named(type_name).is_some_and(|of| of.property(name).is_some() || of.navigation(name).is_some())
}

/// Returns the members of an enumeration.
pub(super) fn members(enumeration: &str) -> Option<&'static [&'static str]> {
    ENUMERATIONS.get(enumeration).map(Vec::as_slice)
}

impl Type {
    /// Returns the type of a property, without namespace: `Edm.String`, `Label`,
    /// `Collection(OptionMetadata)`.
    pub(super) fn property(&self, name: &str) -> Option<&'static str> {
        self.properties.iter().find(|(each, _)| *each == name).map(|(_, of)| *of)
    }

    /// Returns the type that a navigation property leads to, and whether it is collection-valued.
    pub(super) fn navigation(&self, name: &str) -> Option<(&'static Type, bool)> {
        let (_, target, many) = self.navigations.iter().find(|(each, _, _)| *each == name)?;
        Some((known_type(target), *many))
    }

    /// Returns whether the type is `other`, or derives from it.
    pub(super) fn is(&self, other: &str) -> bool {
        self.name == other || self.base.and_then(type_named).is_some_and(|base| base.is(other))
    }

    /// Returns the property that names an item next to its `MetadataId`.
    pub(super) fn alternate_key(&self) -> &'static str {
        match self.name {
            name if name.starts_with("OneToMany") || name.starts_with("ManyToMany") => "SchemaName",
            "RelationshipMetadataBase" => "SchemaName",
            name if name.contains("OptionSet") => "Name",
            _ => "LogicalName",
        }
    }
}

fn document() -> Option<roxmltree::Document<'static>> {
    roxmltree::Document::parse(CSDL).ok()
}

fn bare(name: &'static str) -> &'static str {
    name.strip_prefix("mscrm.").unwrap_or(name)
}

fn types() -> HashMap<&'static str, Type> {
    let mut own: HashMap<&'static str, Type> = HashMap::new();
    let Some(document) = document() else { return own };
    for node in document.descendants() {
        if !matches!(node.tag_name().name(), "EntityType" | "ComplexType") {
            continue;
        }
        let attribute = |node: roxmltree::Node<'_, 'static>, name: &str| {
            node.attribute_node(name).and_then(|found| borrowed(found.range_value()))
        };
        let Some(name) = attribute(node, "Name") else { continue };
        let mut one = Type { name, base: attribute(node, "BaseType").map(bare), ..Type::default() };
        for child in node.children() {
            let (Some(name), Some(of)) = (attribute(child, "Name"), attribute(child, "Type")) else {
                continue;
            };
            let element = of.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')'));
            match child.tag_name().name() {
                "Property" => one.properties.push((name, bare(of))),
                _ => one.navigations.push((name, bare(element.unwrap_or(of)), element.is_some())),
            }
        }
        own.insert(name, one);
    }
    let inherit = |one: &Type| {
        let mut whole = one.clone();
        let mut base = one.base.and_then(|name| own.get(name));
        while let Some(each) = base {
            whole.properties.extend(&each.properties);
            whole.navigations.extend(&each.navigations);
            base = each.base.and_then(|name| own.get(name));
        }
        whole
    };
    own.iter().map(|(name, one)| (*name, inherit(one))).collect()
}

fn enumerations() -> HashMap<&'static str, Vec<&'static str>> {
    let Some(document) = document() else { return HashMap::new() };
    let named = |node: roxmltree::Node<'_, 'static>| {
        node.attribute_node("Name").and_then(|found| borrowed(found.range_value()))
    };
    let all = document.descendants().filter(|node| node.tag_name().name() == "EnumType");
    all.filter_map(|node| Some((named(node)?, node.children().filter_map(named).collect()))).collect()
}

/// Returns the text of the document at these positions.
fn borrowed(range: core::ops::Range<usize>) -> Option<&'static str> {
    CSDL.get(range)
}
