use dataverse_emulator::Emulator;
use serde_json::{Value, json};

use super::{ATTRIBUTES, add, bank, bank_account, column, columns};
use crate::support::Api;

#[test]
fn a_file_keeps_its_definitions() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Api::of(Emulator::builder().file(folder.path().join("data.db")).build().unwrap());
    let api = open();
    api.post("EntityDefinitions", &bank_account()).expect(204);
    add(&api, &column("Integer", "new_Number"));
    api.create("new_bankaccounts", &json!({"new_number": 7}));
    let shown = api
        .get("EntityDefinitions(LogicalName='new_bankaccount')?$expand=Attributes,ManyToOneRelationships")
        .json();
    drop(api);
    let api = open();
    assert_eq!(api.column("new_number", "new_bankaccounts"), [json!(7)]);
    let again = api
        .get("EntityDefinitions(LogicalName='new_bankaccount')?$expand=Attributes,ManyToOneRelationships")
        .json();
    assert_eq!(again, shown);
    api.delete("EntityDefinitions(LogicalName='new_bankaccount')").expect(204);
    drop(api);
    open().get("new_bankaccounts").expect(404);
}

#[test]
fn another_process_sees_the_change() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Api::of(Emulator::builder().file(folder.path().join("data.db")).build().unwrap());
    let (one, other) = (open(), open());
    other.get("new_bankaccounts").expect(404);
    one.post("EntityDefinitions", &bank_account()).expect(204);
    other.create("new_bankaccounts", &json!({"new_accountname": "Savings"}));
    assert_eq!(one.column("new_accountname", "new_bankaccounts"), [json!("Savings")]);
    other.delete("EntityDefinitions(LogicalName='new_bankaccount')").expect(204);
    one.get("new_bankaccounts").expect(404);
}

#[test]
fn a_snapshot_restores_definitions() {
    let (api, _) = bank();
    api.create("new_bankaccounts", &json!({"new_accountname": "Savings"}));
    let snapshot = api.emulator.snapshot().unwrap();
    add(&api, &column("Integer", "new_Number"));
    api.create("new_bankaccounts", &json!({"new_number": 7}));
    api.emulator.restore(&snapshot).unwrap();
    assert_eq!(api.column("new_accountname", "new_bankaccounts"), [json!("Savings")]);
    assert!(!columns(&api, "new_bankaccount").contains(&"new_number".to_owned()));
    api.get("new_bankaccounts?$select=new_number").expect(400);
    add(&api, &column("String", "new_Number"));
    api.create("new_bankaccounts", &json!({"new_number": "seven"}));
}

#[test]
fn clients_ask_for_the_changes_of_definitions() {
    let (api, id) = bank();
    let changes = |stamp: &str| {
        let stamp = if stamp.is_empty() {
            String::new()
        } else {
            format!(
                ",ClientVersionStamp='{stamp}',DeletedMetadataFilters=Microsoft.Dynamics.CRM.DeletedMetadataFilters'All'"
            )
        };
        let query = json!({"Properties": {"AllProperties": false, "PropertyNames": ["LogicalName", "Attributes"]},
            "AttributeQuery": {"Properties": {"AllProperties": false, "PropertyNames": ["LogicalName"]}}});
        api.get(&format!("RetrieveMetadataChanges(Query=@q{stamp})?@q={query}")).expect(200).json()
    };
    let names = |answer: &Value| {
        let all = answer["EntityMetadata"].as_array().unwrap().iter();
        all.map(|table| table["LogicalName"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let stamp = |answer: &Value| answer["ServerVersionStamp"].as_str().unwrap().to_owned();
    let first = changes("");
    assert!(names(&first).contains(&"new_bankaccount".to_owned()));
    assert_eq!(names(&changes(&stamp(&first))), [""; 0]);
    let column_id = add(&api, &column("Integer", "new_Number"));
    let second = changes(&stamp(&first));
    assert_eq!(names(&second), ["new_bankaccount"]);
    assert_eq!(second["EntityMetadata"][0]["Attributes"][0]["LogicalName"], "new_number");
    api.delete(&format!("{ATTRIBUTES}({column_id})")).expect(204);
    let third = changes(&stamp(&second));
    assert_eq!(third["DeletedMetadata"]["Keys"], json!(["Attribute"]));
    assert_eq!(third["DeletedMetadata"]["Values"][0]["Items"], json!([column_id]));
    api.delete(&format!("EntityDefinitions({id})")).expect(204);
    let deleted = changes(&stamp(&third))["DeletedMetadata"].to_string();
    assert!(deleted.contains(&id), "{deleted}");
}
