//! Alternate keys.

use std::collections::BTreeSet;

use dataverse_definitions::{Key, Table};
use serde_json::json;

use super::column::key_label;
use super::label::label;
use super::planner::{Planner, address};
use super::step::{Phase, Step};

pub(super) fn keys(planner: &mut Planner<'_>, wanted: &Table) {
    let table = wanted.logical_name.as_str();
    let existing = planner.present(table).map_or(&[][..], |table| &table.keys);
    for key in &wanted.keys {
        let subject = format!("{table}, key {}", key.logical_name);
        match existing.iter().find(|each| each.logical_name == key.logical_name) {
            Some(org) if columns(org) == columns(key) => {}
            Some(org) => {
                let problem = format!("the org's key has the columns {}", org.key_attributes.join(", "));
                let steps = [delete(table, org), create(planner, table, key)];
                planner.send_if_allowed(steps, subject, &problem, "deletes the key and creates it anew");
            }
            None if planner.is_own(&key.logical_name) => {
                let step = create(planner, table, key);
                planner.send(step);
            }
            None => {
                planner.tell(subject, "the org has no such key, and the name lacks the publisher's prefix")
            }
        }
    }
    if !planner.is_own(table) {
        return;
    }
    for org in existing {
        let is_gone = !wanted.keys.iter().any(|key| key.logical_name == org.logical_name);
        if is_gone && planner.is_own(&org.logical_name) {
            let subject = format!("{table}, key {}", org.logical_name);
            planner.send_if_allowed([delete(table, org)], subject, "the code has no such key", "deletes it");
        }
    }
}

/// The order of a key's columns means nothing.
fn columns(key: &Key) -> BTreeSet<&str> {
    key.key_attributes.iter().map(String::as_str).collect()
}

fn create(planner: &Planner<'_>, table: &str, key: &Key) -> Step {
    let body = json!({
        "@odata.type": "Microsoft.Dynamics.CRM.EntityKeyMetadata",
        "SchemaName": key.schema_name.text().unwrap_or(&key.logical_name),
        "DisplayName": label(&key_label(key, planner.language())),
        "KeyAttributes": key.key_attributes,
    });
    let what = format!("create the alternate key `{}` of `{table}`", key.logical_name);
    Step::post(Phase::Keys, what, format!("{}/Keys", address(table)), body)
}

fn delete(table: &str, key: &Key) -> Step {
    let name = &key.logical_name;
    let path = format!("{}/Keys(LogicalName='{name}')", address(table));
    Step::delete(Phase::RemovedKeys, format!("delete the alternate key `{name}` of `{table}`"), path)
}
