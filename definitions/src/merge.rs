//! Several definitions of one table as one: what an answer does not have, another one may.

use crate::{Column, OptionSet, Table};

/// Merges the members of facts.
macro_rules! facts {
    ($earlier:ident, $later:ident: $($member:ident)*) => {
        $($earlier.$member.merge($later.$member);)*
    };
}

/// Adds the elements that are not there yet, by name.
macro_rules! lists {
    ($earlier:ident, $later:ident: $($member:ident by $name:ident)*) => {
        $(for element in $later.$member {
            match $earlier.$member.iter_mut().find(|each| each.$name == element.$name) {
                Some(earlier) => *earlier = element,
                None => $earlier.$member.push(element),
            }
        })*
    };
}

/// Makes one definition of each table, in the order in which they come.
pub(crate) fn merge(definitions: Vec<Table>) -> Vec<Table> {
    let mut merged: Vec<Table> = Vec::new();
    for definition in definitions {
        match merged.iter_mut().find(|each| each.logical_name == definition.logical_name) {
            Some(earlier) => tables(earlier, definition),
            None => merged.push(definition),
        }
    }
    merged
}

fn tables(earlier: &mut Table, later: Table) {
    facts!(earlier, later:
        schema_name metadata_id entity_set_name logical_collection_name collection_schema_name display_name
        display_collection_name description primary_id_attribute primary_name_attribute primary_image_attribute
        ownership_type table_type is_activity is_intersect is_bpf_entity change_tracking_enabled
        is_optimistic_concurrency_enabled enforce_state_transitions);
    for column in later.attributes {
        match earlier.attributes.iter_mut().find(|each| each.logical_name == column.logical_name) {
            Some(earlier) => columns(earlier, column),
            None => earlier.attributes.push(column),
        }
    }
    lists!(earlier, later:
        keys by logical_name
        many_to_one_relationships by schema_name
        one_to_many_relationships by schema_name
        many_to_many_relationships by schema_name);
}

fn columns(earlier: &mut Column, later: Column) {
    facts!(earlier, later:
        schema_name metadata_id attribute_type attribute_type_name attribute_of yomi_of display_name description
        is_valid_for_create is_valid_for_read is_valid_for_update is_valid_for_form is_valid_odata_attribute
        is_localizable is_secured required_level source_type auto_number_format max_length format format_name min_value
        max_value precision date_time_behavior targets default_form_value default_value);
    for (earlier, later) in [
        (&mut earlier.option_set, later.option_set),
        (&mut earlier.global_option_set, later.global_option_set),
    ] {
        match (earlier.known().is_some(), later) {
            (true, crate::Fact::Known(later)) => {
                if let crate::Fact::Known(earlier) = earlier {
                    option_sets(earlier, later);
                }
            }
            (_, later) => earlier.merge(later),
        }
    }
}

fn option_sets(earlier: &mut OptionSet, later: OptionSet) {
    facts!(earlier, later: name metadata_id is_global display_name description true_option false_option);
    if !later.options.is_empty() {
        earlier.options = later.options;
    }
}
