//! Plans: the requests that make an org have the tables of the code, in the shapes that Microsoft documents.

mod bodies;
mod changes;
mod relationships;

use dataverse_codegen::{Plan, PlanSettings, Present, Step, plan};
use dataverse_definitions::{OptionSet, Table};
use serde_json::{Value, json};

fn tables(definitions: &[Value]) -> Vec<Table> {
    let texts: Vec<String> = definitions.iter().map(Value::to_string).collect();
    dataverse_definitions::read(&texts.iter().map(String::as_str).collect::<Vec<_>>()).unwrap()
}

/// An org with these tables and global option sets.
fn org(definitions: &[Value], option_sets: &[Value]) -> Present {
    let mut present = Present::default();
    for table in tables(definitions) {
        present.names.insert(table.logical_name.clone());
        present.tables.insert(table.logical_name.clone(), table);
    }
    for set in option_sets {
        let name = set["Name"].as_str().unwrap().to_owned();
        present.option_sets.insert(name, serde_json::from_value::<OptionSet>(set.clone()).unwrap());
    }
    present
}

fn empty_org() -> Present {
    let mut present = Present::default();
    present.names = ["account", "contact", "campaign", "systemuser"].map(str::to_owned).into();
    present
}

fn settings() -> PlanSettings {
    let mut settings = PlanSettings::default();
    settings.solution = Some("examplesolution".to_owned());
    settings
}

fn destructive() -> PlanSettings {
    let mut settings = settings();
    settings.allow_destructive = true;
    settings
}

fn planned(wanted: &[Value], present: &Present) -> Plan {
    plan(&tables(wanted), present, &settings()).unwrap()
}

/// Method, path and body.
fn request(step: &Step) -> (&str, &str, Value) {
    (step.method.as_str(), step.path.as_str(), step.body.clone())
}

fn lines(plan: &Plan) -> Vec<&str> {
    plan.steps.iter().map(|step| step.what.as_str()).collect()
}

fn not_done(plan: &Plan) -> Vec<String> {
    plan.not_done.iter().map(ToString::to_string).collect()
}

/// A label as requests have it.
fn label(text: &str) -> Value {
    json!({
        "@odata.type": "Microsoft.Dynamics.CRM.Label",
        "LocalizedLabels": [
            { "@odata.type": "Microsoft.Dynamics.CRM.LocalizedLabel", "Label": text, "LanguageCode": 1033 }
        ]
    })
}

/// A label as definitions have it.
fn texts(text: &str) -> Value {
    json!({ "LocalizedLabels": [{ "Label": text, "LanguageCode": 1033 }] })
}

fn required(level: &str) -> Value {
    json!({
        "Value": level,
        "CanBeChanged": true,
        "ManagedPropertyLogicalName": "canmodifyrequirementlevelsettings"
    })
}

/// The table of Microsoft's examples, with these columns.
fn bank_account(columns: &[Value]) -> Value {
    let mut attributes = vec![
        json!({ "LogicalName": "new_bankaccountid", "SchemaName": "new_BankAccountId", "AttributeType": "Uniqueidentifier" }),
        json!({
            "LogicalName": "new_accountname", "SchemaName": "new_AccountName", "AttributeType": "String", "MaxLength": 100,
            "FormatName": { "Value": "Text" }, "RequiredLevel": { "Value": "None" },
            "DisplayName": texts("Account Name"), "Description": texts("Type the name of the bank account"),
        }),
    ];
    attributes.extend_from_slice(columns);
    json!({
        "LogicalName": "new_bankaccount", "SchemaName": "new_BankAccount", "EntitySetName": "new_bankaccounts",
        "DisplayName": texts("Bank Account"), "DisplayCollectionName": texts("Bank Accounts"),
        "Description": texts("An entity to store information about customer bank accounts"),
        "OwnershipType": "UserOwned", "IsActivity": false,
        "PrimaryIdAttribute": "new_bankaccountid", "PrimaryNameAttribute": "new_accountname",
        "Attributes": attributes,
    })
}
