//! Alternate keys.

use serde_json::json;

use crate::support::Api;

/// Returns an account with a key, for upserts.
fn keyed() -> Api {
    let keys = r#"{"LogicalName":"account","Keys":[{"LogicalName":"number","KeyAttributes":["accountnumber"]},{"LogicalName":"city","KeyAttributes":["name","numberofemployees"]}]}"#;
    Api::of(dataverse_emulator::Emulator::builder().definitions(keys).sequential_ids(true).build().unwrap())
}

#[test]
fn alternate_keys_find_records() {
    let api = keyed();
    let target = "accounts(accountnumber='O''Brien')";
    api.get(target).refused(404, "0x80060891", "specified key values");
    let answer = api.patch(target, &json!({"name": "a"})).expect(204);
    // The header repeats the key, without a GUID.
    let url = format!("https://emulator.crm.dynamics.com/api/data/v9.2/{target}");
    assert_eq!(answer.header("odata-entityid"), Some(url.as_str()));
    assert_eq!(api.get(target).expect(200).json()["accountnumber"], "O'Brien");
    api.patch(target, &json!({"name": "b", "numberofemployees": 5})).expect(204);
    assert_eq!(api.column("name", "accounts"), ["b"]);
    assert_eq!(
        api.get("accounts(name='b',numberofemployees=5)").expect(200).json()["accountnumber"],
        "O'Brien"
    );
    let id = api.get(target).json()["accountid"].as_str().unwrap().to_owned();
    api.get(&format!("accounts(accountid={id})")).expect(200);
    let words = "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.account'";
    api.get("accounts(telephone1='1')").refused(400, "0x0", words);
    api.get("accounts(name='b')").refused(400, "0x0", words);
    // Users are named by the key of their base type.
    let user = api.emulator.user();
    api.get(&format!("systemusers({user})")).expect(200);
    api.get(&format!("systemusers(systemuserid={user})")).refused(400, "0x0", "is not valid for resource");
    let row = api.get(&format!("systemusers({user})?$select=fullname,ownerid")).json();
    assert_eq!((&row["ownerid"], &row["systemuserid"]), (&json!(user.to_string()), &json!(user.to_string())));
}

#[test]
fn alternate_keys_are_unique() {
    let api = keyed();
    api.post("accounts", &json!({"accountnumber": "A1"})).expect(204);
    api.post("accounts", &json!({"accountnumber": "a1 "})).refused(412, "0x80060892", "number");
    // Records without a value are not duplicates.
    api.post("accounts", &json!({"name": "x"})).expect(204);
    api.post("accounts", &json!({"name": "y"})).expect(204);
}
