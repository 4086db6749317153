//! Several definitions of one table as one: what an answer does not have, another one may.

use std::collections::HashMap;

use crate::{Column, Fact, Key, ManyToMany, OneToMany, OptionSet, Table};

/// Merges the members of facts.
macro_rules! facts {
    ($earlier:ident, $later:ident, $overrides:ident: $($member:ident)*) => {
        $(merge_fact(&mut $earlier.$member, $later.$member, $overrides);)*
        $earlier.other.merge($later.other, $overrides);
    };
}

/// Makes one definition of each table, in the order in which they come.
///
/// A later definition adds to an earlier one and overrides what both say, except that `null` overrides nothing, and neither does
/// `$metadata`. Columns are matched by name. Keys and relationships are matched by name, or by columns and navigation
/// properties: `$metadata` and structs do not know all names.
///
/// ```
/// use dataverse_definitions::{merge, parse};
///
/// let earlier = r#"{"LogicalName": "new_loan", "SchemaName": "new_Loan",
///     "Attributes": [{"LogicalName": "new_name", "AttributeType": "String", "MaxLength": 50}]}"#;
/// let later = r#"{"LogicalName": "new_loan", "SchemaName": null,
///     "Attributes": [{"LogicalName": "new_name", "MaxLength": 100}]}"#;
/// let tables = merge([parse(earlier)?, parse(later)?].concat());
/// assert_eq!(tables.len(), 1);
/// assert_eq!(tables[0].schema_name.text(), Some("new_Loan"));
/// assert_eq!(tables[0].column("new_name").unwrap().max_length.known(), Some(&100));
/// # Ok::<(), dataverse_definitions::ReadError>(())
/// ```
pub fn merge(definitions: Vec<Table>) -> Vec<Table> {
    let mut merged: Vec<Table> = Vec::new();
    let mut indices: HashMap<String, usize> = HashMap::new();
    for definition in definitions {
        match indices.get(&definition.logical_name) {
            Some(index) => tables(&mut merged[*index], definition),
            None => {
                indices.insert(definition.logical_name.clone(), merged.len());
                merged.push(definition);
            }
        }
    }
    merged
}

/// Takes what `later` says, unless it does not have the member or says `null`. What `$metadata` says never overrides.
fn merge_fact<T>(earlier: &mut Fact<T>, later: Fact<T>, overrides: bool) {
    match (&earlier, later) {
        (_, Fact::NotAsked) | (Fact::Known(_), Fact::Null) => {}
        (Fact::Known(_), _) if !overrides => {}
        (_, later) => *earlier = later,
    }
}

fn tables(earlier: &mut Table, later: Table) {
    let overrides = !later.is_of_metadata;
    facts!(earlier, later, overrides:
        schema_name metadata_id entity_set_name logical_collection_name collection_schema_name display_name
        display_collection_name description primary_id_attribute primary_name_attribute primary_image_attribute
        ownership_type table_type is_activity is_intersect is_bpf_entity change_tracking_enabled
        is_optimistic_concurrency_enabled enforce_state_transitions);
    earlier.is_of_metadata |= later.is_of_metadata;
    earlier.left_out.extend(later.left_out);
    let indices = earlier.attributes.iter().enumerate();
    let mut indices: HashMap<String, usize> =
        indices.map(|(index, column)| (column.logical_name.clone(), index)).collect();
    for column in later.attributes {
        match indices.get(&column.logical_name) {
            Some(index) => columns(&mut earlier.attributes[*index], column, overrides),
            None => {
                indices.insert(column.logical_name.clone(), earlier.attributes.len());
                earlier.attributes.push(column);
            }
        }
    }
    elements(&mut earlier.keys, later.keys, is_same_key, |earlier, later| key(earlier, later, overrides));
    for (earlier, later) in [
        (&mut earlier.many_to_one_relationships, later.many_to_one_relationships),
        (&mut earlier.one_to_many_relationships, later.one_to_many_relationships),
    ] {
        elements(earlier, later, is_same_one, |earlier, later| one_to_many(earlier, later, overrides));
    }
    elements(
        &mut earlier.many_to_many_relationships,
        later.many_to_many_relationships,
        is_same_many,
        |earlier, later| many_to_many(earlier, later, overrides),
    );
}

/// Adds elements to a list, and merges those that it has.
fn elements<T>(
    earlier: &mut Vec<T>,
    later: Vec<T>,
    is_same: impl Fn(&T, &T) -> bool,
    merge: impl Fn(&mut T, T),
) {
    for element in later {
        match earlier.iter_mut().find(|each| is_same(each, &element)) {
            Some(earlier) => merge(earlier, element),
            None => earlier.push(element),
        }
    }
}

/// Whether two keys are one: by name, or by columns, because `$metadata` does not have the names.
fn is_same_key(one: &Key, other: &Key) -> bool {
    let columns = |key: &Key| {
        let mut columns = key.key_attributes.clone();
        columns.sort();
        columns
    };
    one.logical_name == other.logical_name || !one.key_attributes.is_empty() && columns(one) == columns(other)
}

/// Whether two relationships are one: by name, or by navigation property, because `$metadata` does not have the names.
fn is_same_one(one: &OneToMany, other: &OneToMany) -> bool {
    let navigation =
        |each: &OneToMany| each.referencing_entity_navigation_property_name.text().map(str::to_owned);
    one.schema_name == other.schema_name && one.referenced_entity == other.referenced_entity
        || one.referencing_entity == other.referencing_entity
            && one.referencing_attribute == other.referencing_attribute
            && one.referenced_entity == other.referenced_entity
            && navigation(one).is_some()
            && navigation(one) == navigation(other)
}

/// Whether two many-to-many relationships are one: by name, or by navigation property.
fn is_same_many(one: &ManyToMany, other: &ManyToMany) -> bool {
    let ends = |each: &ManyToMany| {
        let first = (each.entity1_logical_name.clone(), each.entity1_navigation_property_name.clone());
        let second = (each.entity2_logical_name.clone(), each.entity2_navigation_property_name.clone());
        let is_known = first.1.text().is_some() && second.1.text().is_some();
        is_known.then(|| if first.0 <= second.0 { [first, second] } else { [second, first] })
    };
    one.schema_name == other.schema_name || ends(one).is_some() && ends(one) == ends(other)
}

fn columns(earlier: &mut Column, later: Column, overrides: bool) {
    facts!(earlier, later, overrides:
        schema_name metadata_id attribute_type attribute_type_name edm_type attribute_of yomi_of display_name description
        is_valid_for_create is_valid_for_read is_valid_for_update is_valid_for_form is_valid_odata_attribute
        is_localizable is_secured required_level source_type auto_number_format max_length format format_name min_value
        max_value precision date_time_behavior targets default_form_value default_value);
    for (earlier, later) in [
        (&mut earlier.option_set, later.option_set),
        (&mut earlier.global_option_set, later.global_option_set),
    ] {
        match (earlier, later) {
            (Fact::Known(earlier), Fact::Known(later)) => option_sets(earlier, later, overrides),
            (earlier, later) => merge_fact(earlier, later, overrides),
        }
    }
}

fn option_sets(earlier: &mut OptionSet, later: OptionSet, overrides: bool) {
    facts!(earlier, later, overrides: name metadata_id is_global display_name description true_option false_option);
    if !later.options.is_empty() && (overrides || earlier.options.is_empty()) {
        earlier.options = later.options;
    }
}

fn key(earlier: &mut Key, later: Key, overrides: bool) {
    facts!(earlier, later, overrides: schema_name metadata_id display_name);
    if overrides {
        earlier.logical_name = later.logical_name;
        if !later.key_attributes.is_empty() {
            earlier.key_attributes = later.key_attributes;
        }
    }
}

fn one_to_many(earlier: &mut OneToMany, later: OneToMany, overrides: bool) {
    let has_name = later.schema_name != later.made_up_name();
    facts!(earlier, later, overrides:
        metadata_id referencing_entity_navigation_property_name referenced_entity_navigation_property_name is_hierarchical
        cascade_configuration);
    if overrides {
        if has_name {
            earlier.schema_name = later.schema_name;
        }
        earlier.referencing_attribute = later.referencing_attribute;
        earlier.referenced_attribute = later.referenced_attribute;
    }
}

fn many_to_many(earlier: &mut ManyToMany, mut later: ManyToMany, overrides: bool) {
    later.orient(&earlier.entity1_logical_name);
    facts!(earlier, later, overrides:
        metadata_id intersect_entity_name entity1_navigation_property_name entity2_navigation_property_name
        entity1_intersect_attribute entity2_intersect_attribute);
    if overrides {
        earlier.schema_name = later.schema_name;
    }
}
