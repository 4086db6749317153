//! Assertions about expanded records: the navigation property exists and leads to the table of the field.

use super::is_broken;
use crate::metadata::{AttributeMetadata, EntityMetadata, Navigation, RelationshipKind, TargetTable, same};

/// Fails to compile if a lookup of the table has this navigation property and leads to other tables than the
/// field reads.
#[doc(hidden)]
#[track_caller]
pub const fn assert_expands(table: &'static EntityMetadata, navigation: &str, read: TargetTable) {
    if is_broken(table) || read.logical_name.is_empty() {
        return;
    }
    let mut index = 0;
    while index < table.attributes.len() {
        assert!(
            leads_to(&table.attributes[index], navigation, read.logical_name),
            "the navigation property leads to another table than this field reads"
        );
        index += 1;
    }
}

/// Fails to compile if a many-to-many relationship is expanded next to another kind, or if the records that
/// it leads to expand anything: Dataverse refuses both.
#[doc(hidden)]
#[track_caller]
pub const fn assert_pairs_alone(
    table: &'static EntityMetadata,
    navigation: &str,
    all: &[&str],
    expands_within: bool,
) {
    if !is_many_to_many(table, navigation) {
        return;
    }
    assert!(
        !expands_within,
        "Dataverse expands nothing within the records of a many-to-many relationship; read them as a struct without \
         `#[expand(…)]`"
    );
    let mut index = 0;
    while index < all.len() {
        assert!(
            is_many_to_many(table, all[index]),
            "Dataverse expands a many-to-many relationship only alone or next to others of its kind; read it as a struct of \
             its own"
        );
        index += 1;
    }
}

/// Returns whether the table declares the navigation property in a many-to-many relationship.
pub(crate) const fn is_many_to_many(table: &EntityMetadata, navigation: &str) -> bool {
    let mut index = 0;
    while index < table.relationships.len() {
        let relationship = &table.relationships[index];
        if let (RelationshipKind::ManyToMany, Some(name)) =
            (relationship.kind, relationship.navigation_property)
            && same(name, navigation)
        {
            return true;
        }
        index += 1;
    }
    false
}

/// Returns whether the lookup leads to the table, or has another navigation property.
const fn leads_to(lookup: &AttributeMetadata, navigation: &str, table: &str) -> bool {
    match lookup.navigation {
        Navigation::One(name) if same(name, navigation) => {
            let targets = lookup.attribute_type.targets();
            let mut at = 0;
            while at < targets.len() && !is_target(targets[at].logical_name, table) {
                at += 1;
            }
            at < targets.len()
        }
        Navigation::PerTarget(each) => {
            let mut at = 0;
            while at < each.len()
                && (!same(each[at].property, navigation) || is_target(each[at].table, table))
            {
                at += 1;
            }
            at == each.len()
        }
        _ => true,
    }
}

/// Fails to compile if no lookup has this navigation property, but one has this logical name, or a navigation
/// property that differs only in case.
#[doc(hidden)]
#[track_caller]
pub const fn assert_navigation(table: &'static EntityMetadata, navigation: &str) {
    let (mut declared, mut nearly) = (false, false);
    let mut index = 0;
    while index < table.attributes.len() {
        let lookup = &table.attributes[index];
        match lookup.navigation {
            Navigation::One(name) => {
                declared |= same(name, navigation);
                nearly |= nearly_same(name, lookup.logical_name, navigation);
            }
            Navigation::PerTarget(each) => {
                let mut at = 0;
                while at < each.len() {
                    declared |= same(each[at].property, navigation);
                    nearly |= nearly_same(each[at].property, lookup.logical_name, navigation);
                    at += 1;
                }
            }
            Navigation::None | Navigation::Pattern(_) => {}
        }
        index += 1;
    }
    assert!(
        declared || !nearly,
        "no lookup of the table has this navigation property, but one has nearly this name; write the name that its \
         `nav` has, in the same letters"
    );
}

/// Returns whether the lookup's target is the table. A table whose errors the derive has reported has an
/// empty name.
const fn is_target(target: &str, read: &str) -> bool {
    target.is_empty() || same(target, read)
}

/// Returns whether `written` is the column's logical name, or differs from `property` only in case.
const fn nearly_same(property: &str, logical_name: &str, written: &str) -> bool {
    if same(logical_name, written) {
        return true;
    }
    let (property, written) = (property.as_bytes(), written.as_bytes());
    if property.len() != written.len() {
        return false;
    }
    let mut index = 0;
    while index < property.len() {
        if !property[index].eq_ignore_ascii_case(&written[index]) {
            return false;
        }
        index += 1;
    }
    true
}
