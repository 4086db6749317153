//! Changes of definitions: the requests of Microsoft's pages, and what follows from them.

mod columns;
mod keys;
mod option_sets;
mod persistence;
mod relationships;
mod solutions;
mod tables;

use serde_json::{Value, json};

use crate::support::Api;

/// Returns a label as Microsoft's pages write it.
fn label(text: &str) -> Value {
    json!({"@odata.type": "Microsoft.Dynamics.CRM.Label", "LocalizedLabels": [
        {"@odata.type": "Microsoft.Dynamics.CRM.LocalizedLabel", "Label": text, "LanguageCode": 1033}]})
}

/// Returns the table of the page "Create and update table definitions using the Web API".
fn bank_account() -> Value {
    json!({
        "@odata.type": "Microsoft.Dynamics.CRM.EntityMetadata",
        "Attributes": [{
            "AttributeType": "String", "AttributeTypeName": {"Value": "StringType"},
            "Description": label("Type the name of the bank account"), "DisplayName": label("Account Name"),
            "IsPrimaryName": true,
            "RequiredLevel": {"Value": "None", "CanBeChanged": true, "ManagedPropertyLogicalName": "canmodifyrequirementlevelsettings"},
            "SchemaName": "new_AccountName", "@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata",
            "FormatName": {"Value": "Text"}, "MaxLength": 100}],
        "Description": label("An entity to store information about customer bank accounts"),
        "DisplayCollectionName": label("Bank Accounts"), "DisplayName": label("Bank Account"),
        "HasActivities": false, "HasNotes": false, "IsActivity": false, "OwnershipType": "UserOwned",
        "SchemaName": "new_BankAccount"
    })
}

/// Returns a service with the table of bank accounts, and the id of its definition.
fn bank() -> (Api, String) {
    let api = Api::new();
    let id = api.post("EntityDefinitions", &bank_account()).expect(204).id();
    (api, id)
}

/// Returns the logical names of a table's columns.
fn columns(api: &Api, table: &str) -> Vec<String> {
    let all = api.column("LogicalName", &format!("EntityDefinitions(LogicalName='{table}')/Attributes"));
    all.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// Returns a column of a kind, with the members that a body needs.
fn column(kind: &str, schema_name: &str) -> Value {
    json!({
        "@odata.type": format!("Microsoft.Dynamics.CRM.{kind}AttributeMetadata"), "SchemaName": schema_name,
        "DisplayName": label(schema_name), "RequiredLevel": {"Value": "None"}})
}

/// Returns an option as Microsoft's pages write it.
fn option(value: impl Into<Value>, text: &str) -> Value {
    json!({"Value": value.into(), "Label": label(text)})
}

/// Adds a column to the bank accounts. Returns its id.
fn add(api: &Api, body: &Value) -> String {
    api.post(ATTRIBUTES, body).expect(204).id()
}

const ATTRIBUTES: &str = "EntityDefinitions(LogicalName='new_bankaccount')/Attributes";

/// Returns the definition of a column, as the type that the cast names.
fn definition(api: &Api, name: &str, cast: &str) -> Value {
    let cast = format!("Microsoft.Dynamics.CRM.{cast}AttributeMetadata");
    let expand = match cast.contains("Picklist") || cast.contains("Boolean") || cast.contains("Stat") {
        true => "?$expand=OptionSet,GlobalOptionSet",
        false => "",
    };
    api.get(&format!("{ATTRIBUTES}(LogicalName='{name}')/{cast}{expand}")).expect(200).json()
}
