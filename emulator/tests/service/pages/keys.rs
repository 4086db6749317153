//! `use-alternate-key-reference-record`, `use-upsert-insert-update-record`, `define-alternate-keys-entity`.

use serde_json::json;

use super::ROOT;
use crate::support::G1;
use crate::things::things;

#[test]
fn records_are_named_in_four_ways() {
    let api = things();
    let account = api.create("accounts", &json!({"name": "a"}));
    let id = api.create(
        "new_things",
        &json!({
            "new_code": "ABC123", "new_key1": 1, "new_key2": 2,
            "new_Account@odata.bind": format!("/accounts({account})")
        }),
    );
    for name in [
        format!("new_things({id})"),
        format!("new_things(new_thingid={id})"),
        "new_things(new_code='ABC123')".to_owned(),
        "new_things(new_key1=1,new_key2=2)".to_owned(),
        "new_things(new_key2=2,new_key1=1)".to_owned(),
        format!("new_things(_new_account_value={account})"),
    ] {
        assert_eq!(api.get(&name).expect(200).json()["new_thingid"], id.as_str(), "{name}");
        api.patch(&name, &json!({"new_name": "x"})).expect(204);
    }
    let user = api.emulator.user();
    api.get(&format!("systemusers({user})")).expect(200);
    let words = "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.systemuser'. Ensure that the \
                 names and number of key properties match the declared or alternate key properties for the resource \
                 'Microsoft.Dynamics.CRM.systemuser'.";
    api.get(&format!("systemusers(systemuserid={user})")).refused(400, "0x0", words);
    api.get(&format!("teams(teamid={G1})")).refused(400, "0x0", "is not valid for resource");
    for name in
        ["new_things(new_name='x')", "new_things(new_key1=1)", "new_things(new_code='ABC123',new_key1=1)"]
    {
        api.get(name).refused(400, "0x0", "The key in the request URI is not valid for resource");
        api.patch(name, &json!({})).refused(
            400,
            "0x0",
            "The key in the request URI is not valid for resource",
        );
    }
    // A key can also name the record to delete.
    api.delete("new_things(new_code='ABC123')").expect(204);
    assert!(api.rows("new_things").is_empty());
}

#[test]
fn upserts_by_two_columns() {
    let api = things().with("If-None-Match", "null");
    let target = "new_things(new_key1=2,new_key2=2)";
    for name in ["2:2", "2:2 Upd"] {
        let answer = api.patch(target, &json!({"new_name": name})).expect(204);
        assert_eq!(answer.header("odata-entityid"), Some(format!("{ROOT}/{target}").as_str()));
    }
    let api = api.with("Prefer", "return=representation");
    let target = "new_things(new_key1=3,new_key2=3)?$select=new_thingid";
    let created = api.patch(target, &json!({"new_name": "3:3"})).expect(201);
    let changed = api.patch(target, &json!({"new_name": "3:3 Upd"})).expect(200);
    for answer in [&created, &changed] {
        let row = answer.json();
        assert_eq!(answer.header("etag"), row["@odata.etag"].as_str());
        assert_eq!(answer.header("odata-entityid"), None);
        assert_eq!(row["@odata.context"], format!("{ROOT}/$metadata#new_things(new_thingid)/$entity"));
        assert_eq!(super::members(&row).len(), 3);
    }
    assert_eq!(created.json()["new_thingid"], changed.json()["new_thingid"]);
    assert_ne!(created.header("etag"), changed.header("etag"));
    let missing = "new_things(new_key1=9,new_key2=9)";
    api.with("If-Match", "*").patch(missing, &json!({})).refused(404, "0x80060891", "specified key values");
}

#[test]
fn some_characters_name_no_record() {
    let api = things();
    for each in ['/', '<', '>', '*', '%', '&', ':', '\\', '?', '+'] {
        let code = format!("a{each}b");
        let id = api.create("new_things", &json!({"new_code": code}));
        let encoded = format!("new_things(new_code='a%{:02X}b')", each as u32);
        api.send("GET", &encoded, "").expect(400);
        api.send("PATCH", &encoded, "{}").expect(400);
        // The column itself can hold these characters, and the key is unique.
        assert_eq!(api.get(&format!("new_things({id})")).json()["new_code"], code);
        api.post("new_things", &json!({"new_code": code})).refused(412, "0x80060892", "new_code");
    }
    api.patch("new_things(new_code='O''Brien ä-_.')", &json!({"new_name": "x"})).expect(204);
    assert_eq!(api.get("new_things(new_code='O''Brien ä-_.')").expect(200).json()["new_name"], "x");
    api.patch(&format!("new_things({G1})"), &json!({"new_code": "O'Brien ä-_."})).refused(
        412,
        "0x80060892",
        "new_code",
    );
}
