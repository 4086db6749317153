//! Facts of a table itself, and its alternate keys.

use dataverse_definitions::Table;

use super::report::{Report, changed, label};
use super::{Class, Code, column, relationships};

/// Compares two definitions of a table.
pub(super) fn compare(report: &mut Report<'_>, earlier: &Table, later: &Table, code: &Code<'_>) {
    for (what, earlier, later, meaning) in [
        ("entity set", &earlier.entity_set_name, &later.entity_set_name, "every URL of the table is wrong"),
        (
            "primary id",
            &earlier.primary_id_attribute,
            &later.primary_id_attribute,
            "records are read without their ids",
        ),
        (
            "primary name",
            &earlier.primary_name_attribute,
            &later.primary_name_attribute,
            "lookups show another text",
        ),
        ("ownership", &earlier.ownership_type, &later.ownership_type, "assigning and sharing change with it"),
    ] {
        if let Some((before, now)) = changed(earlier, later) {
            report.add(Class::Breaking, format!("the {what} is now `{now}`; it was `{before}`"), meaning);
        }
    }
    if let Some((before, now)) = changed(&earlier.table_type, &later.table_type)
        && ![before.as_str(), now.as_str()].iter().all(|each| matches!(*each, "" | "Standard"))
    {
        report.add(
            Class::Breaking,
            format!("the table type is now `{now}`; it was `{before}`"),
            "keys and transactions change with it",
        );
    }
    for (what, earlier, later, off) in [
        (
            "change tracking",
            &earlier.change_tracking_enabled,
            &later.change_tracking_enabled,
            "`track_changes` is refused",
        ),
        (
            "optimistic concurrency",
            &earlier.is_optimistic_concurrency_enabled,
            &later.is_optimistic_concurrency_enabled,
            "`if_match` is refused",
        ),
    ] {
        match changed(earlier, later) {
            Some((true, false)) => report.add(Class::Warning, format!("{what} is off"), off),
            Some((false, true)) => report.add(Class::Additive, format!("{what} is on"), ""),
            _ => {}
        }
    }
    match changed(&earlier.enforce_state_transitions, &later.enforce_state_transitions) {
        Some((false, true)) => report.add(
            Class::Breaking,
            "only declared transitions between statuses are allowed",
            "an update of the status may be refused",
        ),
        Some((true, false)) => {
            report.add(Class::Additive, "every transition between statuses is allowed", "")
        }
        _ => {}
    }
    for (what, earlier, later) in [
        ("display name", &earlier.display_name, &later.display_name),
        ("collection's display name", &earlier.display_collection_name, &later.display_collection_name),
        ("description", &earlier.description, &later.description),
    ] {
        label(report, what, earlier, later);
    }
    column::compare_all(report, earlier, later, code);
    keys(report, earlier, later);
    relationships::compare(report, earlier, later, code);
}

fn keys(report: &mut Report<'_>, earlier: &Table, later: &Table) {
    for key in &earlier.keys {
        match later.keys.iter().find(|each| each.logical_name == key.logical_name) {
            None => report.add(
                Class::Breaking,
                format!("the alternate key `{}` is gone", key.logical_name),
                "requests that name records by it are refused",
            ),
            Some(now) if now.key_attributes != key.key_attributes => {
                let change = format!(
                    "the alternate key `{}` has the columns {}",
                    key.logical_name,
                    now.key_attributes.join(", ")
                );
                report.add(Class::Breaking, change, "requests that name records by it are refused");
            }
            Some(_) => {}
        }
    }
    for key in &later.keys {
        if !earlier.keys.iter().any(|each| each.logical_name == key.logical_name) {
            report.add(Class::Additive, format!("the alternate key `{}` is new", key.logical_name), "");
        }
    }
}
