//! The facts of a table as generated code writes them: tuples of consts, which the compiler checks and borrow-checks
//! faster than calls. The functions here make the public types of them.

use super::{
    AttributeMetadata, AttributeType, CascadeType, DefaultValue, Navigation, RelationshipKind,
    RelationshipMetadata, RequiredLevel, SourcePart, SourceType, TargetNavigation, TargetTable, Translation,
    same,
};

/// A column: logical name, type, flags, and further facts.
#[doc(hidden)]
pub type AttributeParts = (&'static str, AttributeType, u16, &'static [AttributeFact]);

/// The flags of [`AttributeParts`]. The derive writes their sum as a number.
mod flags {
    /// A create does not accept the column.
    pub(super) const NO_CREATE: u16 = 1;
    /// An update does not accept the column.
    pub(super) const NO_UPDATE: u16 = 1 << 1;
    /// The column cannot be read.
    pub(super) const NO_READ: u16 = 1 << 2;
    /// The column cannot be put on a form.
    pub(super) const NO_FORM: u16 = 1 << 3;
    /// The text differs from language to language.
    pub(super) const LOCALIZABLE: u16 = 1 << 4;
    /// The Web API has no property for the column.
    pub(super) const NO_PROPERTY: u16 = 1 << 5;
    /// A column security profile decides who reads and writes the column.
    pub(super) const SECURED: u16 = 1 << 6;
}

/// The first bit of the required level in the flags of [`AttributeParts`], which is a number of Dataverse's own.
const REQUIRED_LEVEL: u32 = 8;

/// A fact that only some columns have.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum AttributeFact {
    Schema(&'static str),
    Display(&'static str),
    Description(&'static str),
    Solution(&'static str),
    TakenFrom(&'static str, SourcePart),
    AttributeOf(&'static str),
    SourceType(SourceType),
    AutoNumber(&'static str),
    Default(DefaultValue),
    GlobalOptionSet(&'static str),
    Translations(&'static [Translation]),
    Navigation(Navigation),
    /// The variant of a lookup's field that holds references to other tables.
    OpenVariant(Option<&'static str>),
}

/// Returns the columns of a table.
#[doc(hidden)]
pub const fn attributes<const N: usize>(parts: &[AttributeParts; N]) -> [AttributeMetadata; N] {
    let mut attributes = [const { AttributeMetadata::new("", AttributeType::Virtual) }; N];
    let mut index = 0;
    while index < N {
        attributes[index] = attribute(&parts[index]);
        index += 1;
    }
    attributes
}

const fn attribute(&(logical_name, attribute_type, flags, facts): &AttributeParts) -> AttributeMetadata {
    let mut attribute = AttributeMetadata::new(logical_name, attribute_type);
    if flags != 0 {
        attribute.required_level = required_level(flags >> REQUIRED_LEVEL);
        attribute.is_valid_for_create = flags & flags::NO_CREATE == 0;
        attribute.is_valid_for_update = flags & flags::NO_UPDATE == 0;
        attribute.is_valid_for_read = flags & flags::NO_READ == 0;
        attribute.is_valid_for_form = flags & flags::NO_FORM == 0;
        attribute.is_localizable = flags & flags::LOCALIZABLE != 0;
        attribute.has_property = flags & flags::NO_PROPERTY == 0;
        attribute.is_secured = flags & flags::SECURED != 0;
    }
    let mut index = 0;
    while index < facts.len() {
        attribute = match facts[index] {
            AttributeFact::Schema(name) => attribute.schema_name(name),
            AttributeFact::Display(name) => attribute.display_name(name),
            AttributeFact::Description(text) => attribute.description(text),
            AttributeFact::Solution(name) => attribute.solution(name),
            AttributeFact::TakenFrom(of, part) => attribute.taken_from(of, part),
            AttributeFact::AttributeOf(of) => attribute.attribute_of(of),
            AttributeFact::SourceType(source_type) => attribute.source_type(source_type),
            AttributeFact::AutoNumber(format) => attribute.auto_number(format),
            AttributeFact::Default(value) => attribute.default_value(value),
            AttributeFact::GlobalOptionSet(name) => attribute.global_option_set(name),
            AttributeFact::Translations(translations) => attribute.translations(translations),
            AttributeFact::Navigation(navigation) => attribute.navigation(navigation),
            AttributeFact::OpenVariant(variant) => attribute.open_targets(variant.is_some()),
        };
        index += 1;
    }
    attribute
}

const fn required_level(number: u16) -> RequiredLevel {
    match number {
        1 => RequiredLevel::SystemRequired,
        2 => RequiredLevel::ApplicationRequired,
        3 => RequiredLevel::Recommended,
        _ => RequiredLevel::None,
    }
}

/// A relationship: its kind, schema name, lookup column, the logical name and the key of the other table, the navigation
/// property, and further facts. A text that a relationship does not have is empty.
#[doc(hidden)]
pub type RelationshipParts = (
    RelationshipKind,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [RelationshipFact],
);

/// A fact that only some relationships have.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum RelationshipFact {
    OnDelete(CascadeType),
    Hierarchical,
    /// The relationship is the hierarchy of this table, if it leads from the table to itself.
    HierarchicalWithin(&'static str),
    Intersect(&'static str),
    /// The other table is the only target of the lookup.
    Target(&'static [TargetTable]),
    /// The other table is that of a variant: the variants of a lookup's enum, their tables, and the position and the name
    /// of the variant.
    Variant(&'static [&'static str], &'static [TargetTable], usize, &'static str),
}

/// Returns the relationships of a table.
#[doc(hidden)]
pub const fn relationships<const N: usize>(parts: &[RelationshipParts; N]) -> [RelationshipMetadata; N] {
    let mut relationships = [const { RelationshipMetadata::many_to_many("", "") }; N];
    let mut index = 0;
    while index < N {
        relationships[index] = relationship(&parts[index]);
        index += 1;
    }
    relationships
}

const fn relationship(
    &(kind, schema_name, column, table, key, navigation, facts): &RelationshipParts,
) -> RelationshipMetadata {
    let mut relationship = RelationshipMetadata::new(kind, schema_name, column, table, key);
    if !navigation.is_empty() {
        relationship.navigation_property = Some(navigation);
    }
    let mut index = 0;
    while index < facts.len() {
        relationship = match facts[index] {
            RelationshipFact::OnDelete(cascade) => relationship.on_delete(cascade),
            RelationshipFact::Hierarchical => relationship.hierarchical(true),
            RelationshipFact::HierarchicalWithin(own) => {
                relationship.hierarchical(same(relationship.table, own))
            }
            RelationshipFact::Intersect(table) => relationship.intersect(table),
            RelationshipFact::Target(targets) => with_target(relationship, targets, 0),
            RelationshipFact::Variant(variants, targets, hint, name) => {
                match position(variants, name, hint) {
                    Some(index) => with_target(relationship, targets, index),
                    // The compiler reports a variant that does not exist.
                    None => relationship,
                }
            }
        };
        index += 1;
    }
    relationship
}

/// Returns the relationship with the names of a target. Another check finds lookups without targets.
const fn with_target(
    mut relationship: RelationshipMetadata,
    targets: &[TargetTable],
    index: usize,
) -> RelationshipMetadata {
    if index < targets.len() {
        relationship.table = targets[index].logical_name;
        relationship.referenced_attribute = targets[index].primary_id_attribute;
    }
    relationship
}

/// Returns the navigation properties of a polymorphic lookup, by the table of each variant. Another check finds variants
/// that do not exist.
#[doc(hidden)]
pub const fn navigation<const N: usize>(
    variants: &[&str],
    targets: &[TargetTable],
    properties: &[(&str, &'static str); N],
) -> [TargetNavigation; N] {
    let mut all = [const { TargetNavigation::new("", "") }; N];
    let mut index = 0;
    while index < N {
        let (variant, property) = properties[index];
        all[index].property = property;
        if let Some(target) = position(variants, variant, index) {
            all[index].table = targets[target].logical_name;
        }
        index += 1;
    }
    all
}

/// Finds a name, at `hint` first. Two lists mostly have the same order, so looking up a whole list takes about one step
/// for each name.
pub(crate) const fn position(names: &[&str], name: &str, hint: usize) -> Option<usize> {
    let mut step = 0;
    while step < names.len() {
        let index = (hint + step) % names.len();
        if same(names[index], name) {
            return Some(index);
        }
        step += 1;
    }
    None
}
