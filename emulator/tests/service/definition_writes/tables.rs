use serde_json::{Value, json};

use super::{bank, bank_account, columns};
use crate::support::Api;

#[test]
fn a_created_table_has_records_at_once() {
    let (api, definition) = bank();
    let id = api.create("new_bankaccounts", &json!({"new_accountname": "Savings"}));
    let row = api.get(&format!("new_bankaccounts({id})")).expect(200).json();
    assert_eq!(row["new_accountname"], "Savings");
    assert_eq!((&row["statecode"], &row["statuscode"]), (&json!(0), &json!(1)));
    assert_eq!(row["_ownerid_value"], json!(api.emulator.user()));
    assert_eq!(row["_owningbusinessunit_value"], json!(api.emulator.business_unit()));
    assert_eq!(row["createdon"], "2026-03-04T10:30:00Z");
    let table = api.get(&format!("EntityDefinitions({definition})")).expect(200).json();
    assert_eq!(
        (&table["LogicalName"], &table["EntitySetName"]),
        (&json!("new_bankaccount"), &json!("new_bankaccounts"))
    );
    api.patch(&format!("new_bankaccounts({id})"), &json!({"statecode": 1, "statuscode": 2})).expect(204);
    let owner = format!("/systemusers({})", api.emulator.add_user("Ada Agent").unwrap());
    api.patch(&format!("new_bankaccounts({id})"), &json!({"ownerid@odata.bind": owner})).expect(204);
    assert_eq!(
        api.rows("new_bankaccounts?$filter=statecode eq 1&$expand=owninguser($select=fullname)").len(),
        1
    );
}

#[test]
fn a_created_table_has_the_columns_of_every_table() {
    let (api, _) = bank();
    let names = columns(&api, "new_bankaccount");
    for expected in [
        "new_bankaccountid",
        "new_accountname",
        "createdon",
        "createdby",
        "createdbyname",
        "createdbyyominame",
        "createdonbehalfby",
        "modifiedon",
        "modifiedby",
        "modifiedonbehalfby",
        "statecode",
        "statecodename",
        "statuscode",
        "statuscodename",
        "ownerid",
        "owneridname",
        "owneridtype",
        "owneridyominame",
        "owninguser",
        "owningteam",
        "owningbusinessunit",
        "owningbusinessunitname",
        "versionnumber",
        "importsequencenumber",
        "overriddencreatedon",
        "timezoneruleversionnumber",
        "utcconversiontimezonecode",
    ] {
        assert!(names.iter().any(|name| name == expected), "{expected} is not in {names:?}");
    }
    let mut body = bank_account();
    body["SchemaName"] = json!("new_Branch");
    body["OwnershipType"] = json!("OrganizationOwned");
    api.post("EntityDefinitions", &body).expect(204);
    assert!(!columns(&api, "new_branch").contains(&"ownerid".to_owned()));
    let id = api.create("new_branches", &json!({"new_accountname": "Main Street"}));
    assert_eq!(api.get(&format!("new_branches({id})")).expect(200).json()["new_accountname"], "Main Street");
}

#[test]
fn a_body_without_what_a_table_needs_is_refused() {
    let api = Api::new();
    let without = |member: &str| {
        let mut body = bank_account();
        body.as_object_mut().unwrap().remove(member);
        body
    };
    api.post("EntityDefinitions", &without("SchemaName")).refused(400, "0x80040203", "'SchemaName'");
    api.post("EntityDefinitions", &without("DisplayName")).refused(400, "0x80040203", "'DisplayName'");
    api.post("EntityDefinitions", &without("Attributes")).refused(400, "0x80040203", "primary name");
    let with = |member: &str, value: Value| {
        let mut body = bank_account();
        body[member] = value;
        body
    };
    let mut body = bank_account();
    body["Attributes"][0]["IsPrimaryName"] = json!(false);
    api.post("EntityDefinitions", &body).refused(400, "0x80040203", "'IsPrimaryName' is true");
    let refused = |body: &Value, status: u16, code: &str, words: &str| {
        api.post("EntityDefinitions", body).refused(status, code, words);
    };
    refused(&with("SchemaName", json!("BankAccount")), 400, "0x80048062", "valid customization prefix");
    refused(&with("OwnershipType", json!("BusinessOwned")), 400, "0x80040203", "BusinessOwned");
    refused(&with("IsActivity", json!(true)), 501, "0x80060888", "activity table");
    let key = json!([{"SchemaName": "new_Key", "KeyAttributes": ["new_accountname"]}]);
    refused(&with("Keys", key), 400, "0x80040203", "'Keys'");
    assert!(!api.get("$metadata").text().contains("new_bankaccount"));
}

#[test]
fn an_elastic_table_has_partitions() {
    let api = Api::new();
    let mut body = bank_account();
    body["TableType"] = json!("Elastic");
    api.post("EntityDefinitions", &body).expect(204);
    let row = json!({"new_accountname": "Savings", "partitionid": "north"});
    api.post("new_bankaccounts", &row).expect(204);
    assert_eq!(api.column("partitionid", "new_bankaccounts"), [json!("north")]);
}

#[test]
fn an_update_of_a_table_keeps_its_columns() {
    let (api, id) = bank();
    api.create("new_bankaccounts", &json!({"new_accountname": "Savings"}));
    let target = format!("EntityDefinitions({id})");
    let mut whole = api.get(&target).expect(200).json();
    whole.as_object_mut().unwrap().remove("@odata.context");
    whole["HasActivities"] = json!(true);
    whole["DisplayName"] =
        json!({"LocalizedLabels": [{"Label": "Bank Business Name", "LanguageCode": 1033}]});
    api.with("MSCRM.MergeLabels", "true").put(&target, &whole).expect(204);
    let shown = api.get(&target).expect(200).json();
    assert_eq!(shown["DisplayName"]["UserLocalizedLabel"]["Label"], "Bank Business Name");
    assert_eq!(shown["HasActivities"], true);
    assert_eq!(api.column("new_accountname", "new_bankaccounts"), [json!("Savings")]);
    api.patch(&target, &json!({"HasActivities": false})).refused(405, "0x80060888", "EntityMetadata");
}

#[test]
fn a_duplicate_table_changes_nothing() {
    let (api, _) = bank();
    let before = api.get("$metadata").text();
    api.post("EntityDefinitions", &bank_account()).refused(
        400,
        "0x8004700b",
        "An entity with the specified name already exists.",
    );
    assert_eq!(api.get("$metadata").text(), before);
}

#[test]
fn a_deleted_table_is_gone() {
    let (api, id) = bank();
    api.create("new_bankaccounts", &json!({"new_accountname": "Savings"}));
    api.delete(&format!("EntityDefinitions({id})")).expect(204);
    api.get("new_bankaccounts").expect(404);
    api.get("EntityDefinitions(LogicalName='new_bankaccount')").expect(404);
    assert!(!api.get("$metadata").text().contains("new_bankaccount"));
    api.post("EntityDefinitions", &bank_account()).expect(204);
    assert_eq!(api.rows("new_bankaccounts").len(), 0);
    let privileges = "privileges?$filter=name eq 'prvReadnew_BankAccount'";
    assert_eq!(api.rows(privileges).len(), 1);
    api.delete("EntityDefinitions(LogicalName='new_bankaccount')").expect(204);
    assert_eq!(api.rows(privileges).len(), 0, "the privileges go, too");
    api.delete("EntityDefinitions(LogicalName='account')").refused(
        400,
        "0x8004f032",
        "only custom components",
    );
    Api::new().get("accounts").expect(200);
}
