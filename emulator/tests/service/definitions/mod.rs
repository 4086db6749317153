//! Definitions: requests for them, their sources, and warnings about gaps.

mod changes;
mod metadata;
mod option_sets;
mod queries;
mod relationships;
mod sources;
mod warnings;

use dataverse_emulator::Emulator;
use serde_json::{Value, json};

use crate::support::Api;

fn label(text: &str, german: &str) -> Value {
    let one = |text: &str, code: i32| json!({"Label": text, "LanguageCode": code});
    json!({"LocalizedLabels": [one(text, 1033), one(german, 1031)], "UserLocalizedLabel": one(text, 1033)})
}

/// Returns a table of projects, with a local and a global choice, labels in two languages, a key, and
/// contacts who work on projects.
fn project() -> Value {
    let option = |value: i32, text: &str, german: &str| json!({"Value": value, "Label": label(text, german)});
    json!({
        "LogicalName": "new_project", "SchemaName": "new_Project", "EntitySetName": "new_projects",
        "PrimaryIdAttribute": "new_projectid", "PrimaryNameAttribute": "new_name", "OwnershipType": "UserOwned",
        "DisplayName": label("Project", "Projekt"), "ObjectTypeCode": 10_400,
        "Attributes": [
            {"LogicalName": "new_projectid", "SchemaName": "new_ProjectId", "AttributeType": "Uniqueidentifier"},
            {"LogicalName": "new_name", "SchemaName": "new_Name", "AttributeType": "String", "MaxLength": 100,
             "DisplayName": label("Name", "Bezeichnung"), "IsSecured": true,
             "RequiredLevel": {"Value": "ApplicationRequired", "CanBeChanged": true}},
            {"LogicalName": "new_number", "SchemaName": "new_Number", "AttributeType": "Integer", "IsValidForUpdate": false},
            {"LogicalName": "new_budget", "SchemaName": "new_Budget", "AttributeType": "Money", "Precision": 2},
            {"LogicalName": "new_size", "SchemaName": "new_Size", "AttributeType": "Picklist",
             "OptionSet": {"Options": [option(1, "Small", "Klein"), option(2, "Large", "Groß")]}},
            {"LogicalName": "new_color", "SchemaName": "new_Color", "AttributeType": "Picklist",
             "GlobalOptionSet": {"Name": "new_colors", "IsGlobal": true, "OptionSetType": "Picklist",
                "DisplayName": label("Colors", "Farben"),
                "Options": [option(10, "Red", "Rot"), option(11, "Blue", "Blau")]}},
            {"LogicalName": "new_done", "SchemaName": "new_Done", "AttributeType": "Boolean"},
            {"LogicalName": "new_account", "SchemaName": "new_Account", "AttributeType": "Lookup", "Targets": ["account"]},
            {"LogicalName": "ownerid", "SchemaName": "OwnerId", "AttributeType": "Owner", "Targets": ["systemuser", "team"]}],
        "Keys": [{"LogicalName": "new_key", "SchemaName": "new_Key", "KeyAttributes": ["new_number"]}],
        "ManyToOneRelationships": [{"SchemaName": "new_account_projects", "ReferencingEntity": "new_project",
            "ReferencingAttribute": "new_account", "ReferencedEntity": "account", "ReferencedAttribute": "accountid",
            "ReferencingEntityNavigationPropertyName": "new_Account",
            "ReferencedEntityNavigationPropertyName": "new_account_projects",
            "CascadeConfiguration": {"Delete": "Cascade"}}],
        "ManyToManyRelationships": [{"SchemaName": "new_project_contact", "IntersectEntityName": "new_project_contact",
            "Entity1LogicalName": "new_project", "Entity1IntersectAttribute": "new_projectid",
            "Entity1NavigationPropertyName": "new_project_contact",
            "Entity2LogicalName": "contact", "Entity2IntersectAttribute": "contactid",
            "Entity2NavigationPropertyName": "new_project_contact"}]
    })
}

fn projects() -> Api {
    Api::of(Emulator::builder().definitions(project().to_string()).sequential_ids(true).build().unwrap())
}

/// One member of each definition in a list.
fn names(list: &Value, member: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|each| each[member].as_str().unwrap_or_default().to_owned()).collect()
}
