use serde_json::json;

use super::{add, bank, column, label};

const KEYS: &str = "EntityDefinitions(LogicalName='new_bankaccount')/Keys";

#[test]
fn a_created_key_names_records_at_once() {
    let (api, _) = bank();
    add(&api, &column("String", "new_Number"));
    api.create("new_bankaccounts", &json!({"new_number": "A-1", "new_accountname": "Savings"}));
    let body = json!({"SchemaName": "new_NumberKey", "KeyAttributes": ["new_number"], "DisplayName": label("Number")});
    let id = api.post(KEYS, &body).expect(204).id();
    let key = api.get(&format!("{KEYS}({id})")).expect(200).json();
    assert_eq!(
        (&key["EntityKeyIndexStatus"], &key["LogicalName"]),
        (&json!("Active"), &json!("new_numberkey"))
    );
    let row = api.get("new_bankaccounts(new_number='A-1')").expect(200).json();
    assert_eq!(row["new_accountname"], "Savings");
    api.post("new_bankaccounts", &json!({"new_number": "A-1"})).refused(412, "0x80060892", "new_numberkey");
    api.post(KEYS, &body).refused(
        400,
        "0x80060893",
        "An entity key with the name new_numberkey already exists",
    );
    let other = json!({"SchemaName": "new_OtherKey", "KeyAttributes": ["new_number"]});
    api.post(KEYS, &other).refused(400, "0x80060894", "selected attributes already exists");
    api.delete("EntityDefinitions(LogicalName='new_bankaccount')/Attributes(LogicalName='new_number')")
        .refused(400, "0x8004f01f", "new_NumberKey");
    api.delete(&format!("{KEYS}({id})")).expect(204);
    api.get("new_bankaccounts(new_number='A-1')").expect(400);
    api.create("new_bankaccounts", &json!({"new_number": "A-1"}));
    api.post(KEYS, &body).refused(400, "0x80040237", "same values");
}

#[test]
fn invalid_keys_are_refused() {
    let (api, _) = bank();
    add(&api, &column("Boolean", "new_Open"));
    let body = |columns: &[&str]| json!({"SchemaName": "new_Key", "KeyAttributes": columns});
    api.post(KEYS, &body(&["new_nothing"])).refused(400, "0x80041103", "new_nothing");
    api.post(KEYS, &body(&["new_open"])).refused(400, "0x80040203", "new_open");
    api.post(KEYS, &body(&[])).refused(400, "0x80040203", "KeyAttributes");
    assert_eq!(api.rows(KEYS).len(), 0);
}
