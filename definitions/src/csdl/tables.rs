//! The definitions of the tables of a document.

use std::collections::HashMap;

use super::document::{Property, TableType};
use super::relationships::{Relationships, Targets, lookup, targets};
use crate::{Column, Fact, Key, Kind, ReadError, Table, mirror};

/// Returns the definition of each table.
pub(super) fn definitions(types: &[TableType]) -> Result<Vec<Table>, ReadError> {
    let mut relationships = Relationships::of(types);
    let mut all = Vec::with_capacity(types.len());
    for of in types {
        if of.entity.edm(&of.primary_id).is_none() {
            let (table, key) = (&of.name, &of.primary_id);
            return Err(ReadError::new(format!(
                "table `{table}`: the key `{key}` is not a property of the type"
            )));
        }
        let related = relationships.of_table(of);
        let mut left_out = related.left_out;
        let targets = targets(of);
        let mut attributes = Vec::with_capacity(of.entity.properties.len());
        for property in &of.entity.properties {
            match column(of, property, &targets) {
                Some(column) => attributes.push(column),
                None => left_out.push(format!("property `{}` of type `{}`", property.name, property.edm)),
            }
        }
        let is_activity =
            of.name == "activitypointer" || of.entity.ancestors.iter().any(|each| each == "activitypointer");
        all.push(Table {
            logical_name: of.name.clone(),
            entity_set_name: of.set.clone().into(),
            primary_id_attribute: of.primary_id.clone().into(),
            is_activity: is_activity.into(),
            keys: keys(of, &mut left_out),
            attributes,
            many_to_one_relationships: related.many_to_one,
            many_to_many_relationships: related.many_to_many,
            is_of_metadata: true,
            left_out,
            ..Table::default()
        });
    }
    mirror(&mut all);
    Ok(all)
}

/// Returns a column with the facts of its property; `None` if no kind of column has the property's type.
fn column(of: &TableType, property: &Property, targets: &HashMap<&str, Targets>) -> Option<Column> {
    let lookup = lookup(&property.name).filter(|_| property.edm == "Edm.Guid");
    let name = lookup.unwrap_or(&property.name);
    let mut column = Column {
        logical_name: name.to_owned(),
        edm_type: property.edm.clone().into(),
        is_valid_for_read: true.into(),
        is_valid_odata_attribute: true.into(),
        ..Column::default()
    };
    if property.is_read_only {
        (column.is_valid_for_create, column.is_valid_for_update) = (false.into(), false.into());
    }
    if let Some(name) = lookup {
        let targets = targets.get(name);
        column.targets = Fact::Known(targets.map(|each| each.tables.clone()).unwrap_or_default());
        if targets.is_some_and(|each| each.are_owners) {
            column.set_kind(Kind::Owner);
        }
        return Some(column);
    }
    match property.edm.as_str() {
        "Edm.Guid" => column.set_kind(Kind::Uniqueidentifier),
        "Edm.Boolean" => column.set_kind(Kind::Boolean),
        "Edm.Int64" => column.set_kind(Kind::BigInt),
        "Edm.Double" => column.set_kind(Kind::Double),
        "Edm.DateTimeOffset" => column.set_kind(Kind::DateTime),
        "Edm.Date" => {
            column.set_kind(Kind::DateTime);
            column.date_time_behavior = Fact::Known("DateOnly".into());
        }
        // The columns of an image include one with its URL.
        "Edm.Binary" if of.entity.edm(&format!("{name}_url")) == Some("Edm.String") => {
            column.set_kind(Kind::Image);
        }
        "Edm.Binary" => column.set_kind(Kind::File),
        edm if edm.ends_with(".BooleanManagedProperty") => column.set_kind(Kind::ManagedProperty),
        // Several kinds have these types, and the document does not say which.
        "Edm.String" | "Edm.Int32" | "Edm.Int16" | "Edm.Decimal" => {}
        _ => return None,
    }
    Some(column)
}

/// Returns the alternate keys. They are named after their columns, because the document has no names.
fn keys(of: &TableType, left_out: &mut Vec<String>) -> Vec<Key> {
    let mut all: Vec<Key> = Vec::new();
    for properties in &of.entity.alternate_keys {
        let columns: Vec<String> =
            properties.iter().map(|each| lookup(each).unwrap_or(each).to_owned()).collect();
        let name = columns.join("_");
        let is_known = |property: &String| of.entity.edm(property).is_some();
        let is_repeated = all.iter().any(|key| key.logical_name == name);
        if columns.is_empty() || is_repeated || !properties.iter().all(is_known) {
            left_out.push(format!("key `{name}`"));
            continue;
        }
        all.push(Key { logical_name: name, key_attributes: columns, ..Key::default() });
    }
    all
}
