//! Relationships.

use dataverse_definitions::{OneToMany, Table};

use super::report::{Report, changed};
use super::{Class, Code};

/// Compares the relationships of two definitions of a table.
pub(super) fn compare(report: &mut Report<'_>, earlier: &Table, later: &Table, code: &Code<'_>) {
    lookups(report, earlier, later);
    collections(report, earlier, later, code);
    pairs(report, earlier, later);
}

/// Those of the table's own lookups.
fn lookups(report: &mut Report<'_>, earlier: &Table, later: &Table) {
    let (before, now) = (&earlier.many_to_one_relationships, &later.many_to_one_relationships);
    if !before.is_empty() && !now.is_empty() {
        for one in before {
            let mut report = report.of_column(&one.referencing_attribute);
            let Some(other) = now.iter().find(|other| is_same(one, other)) else {
                report.add(
                    Class::Breaking,
                    format!("the relationship `{}` is gone", one.schema_name),
                    "setting the lookup through it is refused",
                );
                continue;
            };
            let property = |each: &OneToMany| each.referencing_entity_navigation_property_name.clone();
            if let Some((before, now)) = changed(&property(one), &property(other)) {
                let change = format!("the navigation property is now `{now}`; it was `{before}`");
                report.add(Class::Breaking, change, "setting the lookup is refused");
            }
        }
        for other in now.iter().filter(|other| !before.iter().any(|one| is_same(one, other))) {
            let mut report = report.of_column(&other.referencing_attribute);
            report.add(Class::Additive, format!("the relationship `{}` is new", other.schema_name), "");
        }
    }
}

/// Those of lookups that point to the table. Code has a collection only for tables that it has.
fn collections(report: &mut Report<'_>, earlier: &Table, later: &Table, code: &Code<'_>) {
    let (before, now) = (&earlier.one_to_many_relationships, &later.one_to_many_relationships);
    if before.is_empty() || now.is_empty() {
        return;
    }
    let has_table = |each: &&OneToMany| code.snapshot.tables.contains_key(&each.referencing_entity);
    for one in before.iter().filter(has_table) {
        let property = |each: &OneToMany| each.referenced_entity_navigation_property_name.clone();
        let same = |other: &&OneToMany| {
            one.schema_name == other.schema_name
                || one.referencing_entity == other.referencing_entity
                    && one.referencing_attribute == other.referencing_attribute
        };
        match now.iter().find(same) {
            None => report.add(
                Class::Breaking,
                format!("the relationship `{}` is gone", one.schema_name),
                "expanding its collection and associating through it are refused",
            ),
            Some(other) => {
                if let Some((before, now)) = changed(&property(one), &property(other)) {
                    let name = &one.schema_name;
                    let change = format!("the collection of `{name}` is now `{now}`; it was `{before}`");
                    report.add(Class::Breaking, change, "expanding it is refused");
                }
            }
        }
    }
}

/// Those whose pairs have a table of their own.
fn pairs(report: &mut Report<'_>, earlier: &Table, later: &Table) {
    let (before, now) = (&earlier.many_to_many_relationships, &later.many_to_many_relationships);
    for one in before {
        let name = &one.schema_name;
        match now.iter().find(|other| other.schema_name == *name) {
            None => report.add(
                Class::Breaking,
                format!("the many-to-many relationship `{name}` is gone"),
                "associating through it is refused",
            ),
            Some(other) => {
                let (before, now) =
                    (&one.entity1_navigation_property_name, &other.entity1_navigation_property_name);
                if let Some((before, now)) = changed(before, now) {
                    let change = format!("the collection of `{name}` is now `{now}`; it was `{before}`");
                    report.add(Class::Breaking, change, "associating through it is refused");
                }
            }
        }
    }
    for other in now {
        if !before.iter().any(|one| one.schema_name == other.schema_name) {
            let change = format!("the many-to-many relationship `{}` is new", other.schema_name);
            report.add(Class::Additive, change, "");
        }
    }
}

/// Whether two relationships are one: by name, or by column and target or navigation property. Structs and `$metadata` do not know all
/// names, and the target of an owner has several.
fn is_same(one: &OneToMany, other: &OneToMany) -> bool {
    let property =
        |each: &OneToMany| each.referencing_entity_navigation_property_name.text().map(str::to_owned);
    one.schema_name == other.schema_name
        || one.referencing_attribute == other.referencing_attribute
            && (one.referenced_entity == other.referenced_entity
                || property(one).is_some() && property(one) == property(other))
}
