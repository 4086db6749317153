//! The arguments of `#[entity(…)]`.

use std::collections::HashSet;

use dataverse_definitions::{Kind, Table};

use super::Context;
use super::text::{labels, literal};

/// Returns the arguments that are about the table itself, and its alternate keys. `fields` are the columns that have a field.
pub(super) fn arguments(
    context: &Context<'_>,
    table: &Table,
    entity_set: &str,
    fields: &HashSet<&str>,
) -> Vec<String> {
    let mut arguments =
        vec![format!("logical = {}", literal(&table.logical_name)), format!("set = {}", literal(entity_set))];
    for (key, member) in [
        ("schema", &table.schema_name),
        ("collection_schema", &table.collection_schema_name),
        ("collection_logical", &table.logical_collection_name),
    ] {
        arguments.extend(member.text().map(|text| format!("{key} = {}", literal(text))));
    }
    arguments.extend(labels(
        &[
            ("display", &table.display_name),
            ("display_collection", &table.display_collection_name),
            ("description", &table.description),
        ],
        context.settings.languages(),
    ));
    arguments.extend(match table.ownership_type.text() {
        Some("UserOwned" | "TeamOwned") => Some("ownership = \"user\"".to_owned()),
        Some("OrganizationOwned") => Some("ownership = \"organization\"".to_owned()),
        Some("BusinessOwned" | "BusinessParented") => Some("ownership = \"business\"".to_owned()),
        Some("None") => Some("ownership = \"none\"".to_owned()),
        // Only a table whose records belong to users or teams has an owner column.
        None if table.attributes.iter().any(|column| column.kind() == Kind::Owner) => {
            Some("ownership = \"user\"".to_owned())
        }
        _ => None,
    });
    if let Some(table_type @ ("Virtual" | "Elastic")) = table.table_type.text() {
        arguments.push(format!("table_type = {}", literal(&table_type.to_lowercase())));
    }
    for (is_set, flag) in [
        (table.is_activity.is_true(), "activity"),
        (table.is_bpf_entity.is_true(), "business_process_flow"),
        (table.is_intersect.is_true(), "intersect"),
    ] {
        arguments.extend(is_set.then(|| flag.to_owned()));
    }
    for (member, key) in [
        (&table.change_tracking_enabled, "change_tracking"),
        (&table.is_optimistic_concurrency_enabled, "optimistic_concurrency"),
    ] {
        arguments.extend(member.known().map(|is_on| format!("{key} = {is_on}")));
    }
    for key in
        table.keys.iter().filter(|key| key.key_attributes.iter().all(|name| can_be_in_a_key(table, name)))
    {
        let columns: Vec<&str> = key.key_attributes.iter().map(String::as_str).collect();
        // A record cannot be named by a column that the settings skip.
        if columns.is_empty() || !columns.iter().all(|column| fields.contains(column)) {
            continue;
        }
        arguments.push(format!(
            "key(name = {}, columns({}))",
            literal(&key.logical_name),
            columns.join(", ")
        ));
    }
    arguments
}

/// Returns whether an alternate key can have the column. `$metadata` also lists keys that Dataverse made for itself, with columns of
/// other kinds, such as ids; the derive declares only keys that makers can define.
fn can_be_in_a_key(table: &Table, name: &str) -> bool {
    let column = table.attributes.iter().find(|column| column.logical_name == name);
    let kind = column.map(dataverse_definitions::Column::kind);
    kind.is_none_or(|kind| {
        kind.is_lookup()
            || matches!(kind, Kind::String | Kind::Integer | Kind::Decimal | Kind::DateTime | Kind::Picklist)
    })
}
