//! Lookups: each comes with the relationships to the tables that it points to.

use dataverse_definitions::{Column, Kind, OneToMany, Table};
use serde_json::{Value, json};

use super::change::values;
use super::column::{lookup, schema_name};
use super::planner::{Maker, Planner, maker};
use super::step::{Phase, Step};

pub(super) fn lookups(planner: &mut Planner<'_>, wanted: &Table) {
    let present = planner.present(&wanted.logical_name);
    for column in wanted.attributes.iter().filter(|column| column.kind().is_lookup()) {
        if maker(wanted, column) != Maker::Plan || !planner.is_own(&column.logical_name) {
            continue;
        }
        match present.and_then(|table| table.column(&column.logical_name)) {
            None => create(planner, wanted, column),
            Some(existing) if existing.kind() == column.kind() => {
                targets(planner, wanted, column, existing);
            }
            Some(_) => {} // The kind is told already.
        }
    }
}

fn create(planner: &mut Planner<'_>, table: &Table, column: &Column) {
    let subject = format!("{}.{}", table.logical_name, column.logical_name);
    for target in column.target_tables() {
        let is_there = planner.present.names.contains(target)
            || planner.wanted.iter().any(|table| table.logical_name == *target);
        if !is_there {
            planner.fail(format!(
                "the lookup `{subject}` points to the table `{target}`, which is neither in the org nor in the code: add it to \
                 the tables"
            ));
        }
    }
    let language = planner.language();
    let what = format!("create the lookup `{subject}`");
    let step = match (column.kind(), column.target_tables()) {
        (_, []) => {
            return planner.tell(
                subject,
                "the code does not say which tables the lookup points to; give the field a type with targets",
            );
        }
        (Kind::Lookup, [target]) => Step::post(
            Phase::Lookups,
            what,
            "RelationshipDefinitions",
            relationship(planner, table, column, target),
        ),
        (kind, targets) => {
            let relationships: Vec<Value> =
                targets.iter().map(|target| parts(planner, table, column, target, true)).collect();
            let action = match kind {
                Kind::Customer => "CreateCustomerRelationships",
                _ => "CreatePolymorphicLookupAttribute",
            };
            let body = json!({
                "OneToManyRelationships": relationships,
                "Lookup": lookup(column, "ComplexLookupAttributeMetadata", language),
            });
            Step::post(Phase::Lookups, what, action, body)
        }
    };
    planner.send(step);
}

/// The tables that a lookup of the org does not point to yet.
fn targets(planner: &mut Planner<'_>, table: &Table, code: &Column, org: &Column) {
    let subject = format!("{}.{}", table.logical_name, code.logical_name);
    let missing = code.target_tables().iter().filter(|target| !org.target_tables().contains(target));
    for target in missing {
        if code.kind() == Kind::Lookup && org.target_tables().len() > 1 {
            let what = format!("let the lookup `{subject}` point to `{target}`, too");
            let body = relationship(planner, table, code, target);
            planner.send(Step::post(Phase::Lookups, what, "RelationshipDefinitions", body));
        } else {
            let problem = format!(
                "the lookup does not point to `{target}` in the org, and only lookups to several tables get further ones; \
                 create another lookup"
            );
            planner.tell(&subject, problem);
        }
    }
    navigation(planner, table, code, &subject);
    let gone = org.target_tables().iter().filter(|target| !code.target_tables().contains(target));
    if !code.target_tables().is_empty() {
        for target in gone {
            planner.tell(
                &subject,
                format!("the lookup also points to `{target}` in the org; the code does not say so"),
            );
        }
    }
}

/// Tells navigation properties that differ: nobody can rename one.
fn navigation(planner: &mut Planner<'_>, table: &Table, code: &Column, subject: &str) {
    let Some(present) = planner.present(&table.logical_name) else { return };
    for wanted in table.relationships_of(&code.logical_name) {
        let mut existing = present.relationships_of(&code.logical_name);
        let Some(org) = existing.find(|each| each.referenced_entity == wanted.referenced_entity) else {
            continue;
        };
        if let Some((code, org)) = values(
            &wanted.referencing_entity_navigation_property_name,
            &org.referencing_entity_navigation_property_name,
        ) {
            let target = &wanted.referenced_entity;
            let problem = format!(
                "the navigation property to `{target}` is `{org}` in the org and `{code}` in the code; change the code"
            );
            planner.tell(subject, problem);
        }
    }
}

/// A one-to-many relationship with its lookup.
fn relationship(planner: &Planner<'_>, table: &Table, column: &Column, target: &str) -> Value {
    let mut body = parts(planner, table, column, target, false);
    body["@odata.type"] = json!("Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata");
    body["AssociatedMenuConfiguration"] = menu();
    body["Lookup"] = lookup(column, "LookupAttributeMetadata", planner.language());
    body
}

/// Where apps show the related records.
pub(super) fn menu() -> Value {
    json!({ "Behavior": "UseCollectionName", "Group": "Details", "Order": 10_000 })
}

/// The members that a relationship has by itself and among those of a lookup to several tables.
fn parts(
    planner: &Planner<'_>,
    table: &Table,
    column: &Column,
    target: &str,
    is_one_of_several: bool,
) -> Value {
    let declared = declared(planner, table, column, target);
    let reverse = reverse(planner, table, column, target);
    let names = [declared, reverse].into_iter().flatten().map(|each| each.schema_name.clone());
    let name = names.into_iter().find(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| format!("{}_{}_{target}", table.logical_name, column.logical_name));
    let mut body = json!({
        "SchemaName": name,
        "ReferencedEntity": target,
        "ReferencingEntity": table.logical_name,
    });
    let key = declared.map(|each| each.referenced_attribute.as_str()).filter(|key| !key.is_empty());
    let other = planner.wanted.iter().find(|table| table.logical_name == target);
    let key = key.or_else(|| other.and_then(|table| table.primary_id_attribute.text()));
    if let (Some(key), false) = (key, is_one_of_several) {
        body["ReferencedAttribute"] = json!(key);
    }
    let on_delete = [declared, reverse]
        .into_iter()
        .flatten()
        .find_map(|each| each.cascade_configuration.known().and_then(|cascade| cascade.delete.text()));
    if on_delete.is_some() || !is_one_of_several {
        body["CascadeConfiguration"] = cascade(on_delete.unwrap_or("RemoveLink"));
    }
    // What Dataverse calls the navigation property by itself is left out.
    let own = schema_name(column);
    let usual = if is_one_of_several { format!("{own}_{target}") } else { own.to_owned() };
    let property = declared.and_then(|each| each.referencing_entity_navigation_property_name.text());
    if let Some(property) = property.filter(|property| *property != usual) {
        body["ReferencingEntityNavigationPropertyName"] = json!(property);
    }
    let collection = [reverse, declared].into_iter().flatten().find_map(|each| {
        each.referenced_entity_navigation_property_name
            .text()
            .filter(|property| *property != each.schema_name)
    });
    if let Some(collection) = collection {
        body["ReferencedEntityNavigationPropertyName"] = json!(collection);
    }
    if declared.or(reverse).is_some_and(|each| each.is_hierarchical.is_true()) {
        body["IsHierarchical"] = json!(true);
    }
    body
}

/// The behavior of a referential relationship: nothing follows, except what the code says about deletions.
fn cascade(on_delete: &str) -> Value {
    json!({
        "Assign": "NoCascade",
        "Delete": on_delete,
        "Merge": "NoCascade",
        "Reparent": "NoCascade",
        "Share": "NoCascade",
        "Unshare": "NoCascade",
    })
}

/// The relationship as the table of the lookup declares it.
fn declared<'t>(
    planner: &Planner<'t>,
    table: &Table,
    column: &Column,
    target: &str,
) -> Option<&'t OneToMany> {
    let table = planner.wanted.iter().find(|each| each.logical_name == table.logical_name)?;
    let of_column = |each: &&OneToMany| each.referencing_attribute == column.logical_name;
    table.many_to_one_relationships.iter().filter(of_column).find(|each| each.referenced_entity == target)
}

/// The relationship as the table that the lookup points to declares it.
fn reverse<'t>(planner: &Planner<'t>, table: &Table, column: &Column, target: &str) -> Option<&'t OneToMany> {
    let other = planner.wanted.iter().find(|each| each.logical_name == target)?;
    other.one_to_many_relationships.iter().find(|each| {
        each.referencing_entity == table.logical_name && each.referencing_attribute == column.logical_name
    })
}
