//! Tables: created with their simple columns, and changed.

use dataverse_definitions::{Fact, Table};
use serde_json::{Map, Value, json};

use super::column::{comes_with_table, primary_name};
use super::label::{changed, known, label, of_collection, or_words};
use super::planner::{Maker, Planner, address, maker};
use super::step::{Phase, Step};
use super::{change::values, column};

pub(super) fn table(planner: &mut Planner<'_>, wanted: &Table) {
    match planner.present(&wanted.logical_name) {
        Some(present) => change(planner, wanted, present),
        None => create(planner, wanted),
    }
}

fn create(planner: &mut Planner<'_>, wanted: &Table) {
    let name = wanted.logical_name.as_str();
    if !planner.is_own(name) {
        let prefix = planner.settings.prefix.as_deref().unwrap_or("new");
        planner.fail(format!(
            "the org has no table `{name}`, and the name does not start with `{prefix}_`: install the solution that it comes \
             from, or set `prefix` in `[apply]`"
        ));
        return;
    }
    if wanted.table_type.text() == Some("Virtual") {
        planner
            .fail(format!("table `{name}` is virtual: create it in the org, together with its data source"));
        return;
    }
    let language = planner.language();
    let primary = wanted.primary_name_attribute.text().and_then(|name| wanted.column(name));
    let Some(primary_body) = primary.and_then(|column| primary_name(column, language)) else {
        planner.fail(format!(
            "table `{name}` has no primary name, which a new table needs: mark a text column with `primary_name`"
        ));
        return;
    };
    let mut attributes = vec![primary_body];
    for each in &wanted.attributes {
        let is_primary = wanted.primary_name_attribute.text() == Some(&each.logical_name);
        let is_ours = maker(wanted, each) == Maker::Plan && planner.is_own(&each.logical_name);
        let is_simple =
            is_ours && !is_primary && comes_with_table(each) && !super::columns::is_computed(each);
        attributes.extend(is_simple.then(|| column::column(each, language)).flatten());
    }
    let schema_name = wanted.schema_name.text().unwrap_or(name);
    let mut body = json!({
        "@odata.type": "Microsoft.Dynamics.CRM.EntityMetadata",
        "Attributes": attributes,
        "SchemaName": schema_name,
        "DisplayName": label(&or_words(&wanted.display_name, schema_name, language)),
        "DisplayCollectionName": label(&of_collection(wanted, language)),
        "HasActivities": false,
        "HasNotes": false,
        "IsActivity": wanted.is_activity.is_true(),
        "OwnershipType": ownership(wanted).unwrap_or("UserOwned"),
    });
    if let Some(text) = known(&wanted.description) {
        body["Description"] = label(text);
    }
    // What Dataverse does by itself is left out.
    if let Some(set) = wanted.entity_set_name.text().filter(|set| !is_usual_set(name, set)) {
        body["EntitySetName"] = json!(set);
    }
    if wanted.table_type.text() == Some("Elastic") {
        body["TableType"] = json!("Elastic");
    }
    if wanted.change_tracking_enabled.is_true() {
        body["ChangeTrackingEnabled"] = json!(true);
    }
    planner.send(Step::post(Phase::Tables, format!("create the table `{name}`"), "EntityDefinitions", body));
}

/// The ownership that the code states. A struct that says nothing says `None`, which no new table can have.
fn ownership(table: &Table) -> Option<&str> {
    table.ownership_type.text().filter(|ownership| *ownership != "None")
}

/// Whether Dataverse gives the table this entity set name by itself. How it forms the plural of other names is not
/// documented.
fn is_usual_set(logical_name: &str, set: &str) -> bool {
    let is_regular = !["s", "x", "z", "ch", "sh", "y"].iter().any(|ending| logical_name.ends_with(ending));
    is_regular && set.strip_suffix('s') == Some(logical_name)
}

fn change(planner: &mut Planner<'_>, wanted: &Table, present: &Table) {
    let name = wanted.logical_name.as_str();
    fixed(planner, wanted, present);
    if !planner.is_own(name) {
        return; // The texts of a table belong to its publisher.
    }
    let mut changes = Map::new();
    let mut told = Vec::new();
    for (member, what, wanted, present) in [
        ("DisplayName", "display name", &wanted.display_name, &present.display_name),
        (
            "DisplayCollectionName",
            "collection's display name",
            &wanted.display_collection_name,
            &present.display_collection_name,
        ),
        ("Description", "description", &wanted.description, &present.description),
    ] {
        if let Some(text) = changed(wanted, present) {
            changes.insert(member.to_owned(), label(&text));
            told.push(what);
        }
    }
    if wanted.change_tracking_enabled.is_true() && present.change_tracking_enabled.is_false() {
        changes.insert("ChangeTrackingEnabled".to_owned(), json!(true));
        told.push("change tracking");
    }
    if !changes.is_empty() {
        let what = format!("change the {} of the table `{name}`", told.join(", "));
        planner.send(Step::put(what, address(name), address(name), Value::Object(changes)));
    }
}

/// Tells what nobody can change once the table exists.
fn fixed(planner: &mut Planner<'_>, wanted: &Table, present: &Table) {
    let wanted_ownership = ownership(wanted).map_or(Fact::NotAsked, |ownership| ownership.to_owned().into());
    for (what, wanted_value, present_value) in [
        ("entity set", &wanted.entity_set_name, &present.entity_set_name),
        ("primary id", &wanted.primary_id_attribute, &present.primary_id_attribute),
        ("primary name", &wanted.primary_name_attribute, &present.primary_name_attribute),
        ("ownership", &wanted_ownership, &present.ownership_type),
        ("table type", &wanted.table_type, &present.table_type),
    ] {
        if let Some((code, org)) = values(wanted_value, present_value) {
            planner.tell(
                &wanted.logical_name,
                format!("the {what} is `{org}` in the org and `{code}` in the code; change the code"),
            );
        }
    }
    let is_activity = |table: &Table| table.is_activity.known().copied();
    if let (Some(code), Some(org)) = (is_activity(wanted), is_activity(present))
        && code != org
    {
        let problem = match org {
            true => "the org's records are activities; mark the struct with `activity`",
            false => "the org's records are no activities; remove `activity` from the struct",
        };
        planner.tell(&wanted.logical_name, problem);
    }
}

/// Deletes a column.
pub(super) fn delete_column(table: &str, column: &str) -> Step {
    Step::delete(
        Phase::RemovedColumns,
        format!("delete the column `{table}.{column}`, with its data"),
        format!("{}/Attributes(LogicalName='{column}')", address(table)),
    )
}
