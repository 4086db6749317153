use serde_json::json;

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
fn a_duplicate_table_changes_nothing() {
    let (api, _) = bank();
    let before = api.get("$metadata").text();
    api.post("EntityDefinitions", &bank_account()).refused(
        400,
        "0x80044363",
        "new_bankaccount already exists",
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
    api.delete("EntityDefinitions(LogicalName='account')").refused(400, "0x80047007", "system entity");
    Api::new().get("accounts").expect(200);
}
