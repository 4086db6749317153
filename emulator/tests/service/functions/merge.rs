//! `Merge`.

use serde_json::{Value, json};

use crate::support::Api;

/// Returns the body of a merge of two records.
fn merging(table: &str, target: &str, subordinate: &str, content: Value) -> Value {
    let of = format!("Microsoft.Dynamics.CRM.{table}");
    let key = format!("{table}id");
    json!({
        "Target": {"name": "Account 1", &key: target, "@odata.type": &of},
        "Subordinate": {"name": "Account 2", &key: subordinate, "@odata.type": &of},
        "UpdateContent": content,
        "PerformParentingChecks": false,
    })
}

#[test]
fn a_merge_moves_values_and_related_records() {
    let api = Api::new();
    let target = api.create("accounts", &json!({"name": "Account 1", "address1_city": "Oslo"}));
    let other = api.create(
        "accounts",
        &json!({"name": "Account 2", "address1_city": "Bergen", "telephone1": "1", "parentaccountid@odata.bind": format!("accounts({target})")}),
    );
    let contact = api.create(
        "contacts",
        &json!({"lastname": "c", "parentcustomerid_account@odata.bind": format!("accounts({other})")}),
    );
    let child = api.create(
        "accounts",
        &json!({"name": "child", "parentaccountid@odata.bind": format!("accounts({other})")}),
    );
    let content = json!({"accountnumber": "1234", "@odata.type": "Microsoft.Dynamics.CRM.account"});
    let answer = api.post("Merge", &merging("account", &target, &other, content)).expect(204);
    assert!(answer.body.is_empty() && answer.header("odata-entityid").is_none());
    let row = api.get(&format!("accounts({target})")).json();
    assert_eq!((&row["name"], &row["accountnumber"]), (&json!("Account 1"), &json!("1234")));
    // The target keeps its values and gets those that it lacks from the other record.
    assert_eq!((&row["address1_city"], &row["telephone1"]), (&json!("Oslo"), &json!("1")));
    assert_eq!(row["_parentaccountid_value"], json!(null));
    let row = api.get(&format!("accounts({other})")).json();
    assert_eq!((&row["statecode"], &row["merged"]), (&json!(1), &json!(true)));
    assert_eq!(row["_masterid_value"], target.as_str());
    let row = api.get(&format!("contacts({contact})")).json();
    assert_eq!(row["_parentcustomerid_value"], target.as_str());
    assert_eq!(api.get(&format!("accounts({child})")).json()["_parentaccountid_value"], target.as_str());
}

#[test]
fn invalid_merges_are_refused() {
    let api = Api::new();
    let [one, two] = ["1", "2"].map(|name| api.create("accounts", &json!({"name": name})));
    let body = merging("account", &one, &one, json!(null));
    api.post("Merge", &body).refused(400, "0x0", "master and sub-entities that are identical");
    let task = api.create("competitors", &json!({"name": "t"}));
    let other = api.create("competitors", &json!({"name": "u"}));
    let body = merging("competitor", &task, &other, json!(null));
    api.post("Merge", &body).refused(
        400,
        "0x0",
        "This type: competitor is not supported with merge operation",
    );
    let mut body = merging("account", &one, &two, json!(null));
    body["Target"].as_object_mut().unwrap().remove("@odata.type");
    api.post("Merge", &body).refused(
        400,
        "0x0",
        "EdmEntityObject passed should have the key property value set.",
    );
    let mut body = merging("account", &one, &two, json!(null));
    body.as_object_mut().unwrap().remove("PerformParentingChecks");
    api.post("Merge", &body).refused(400, "0x0", "PerformParentingChecks");
    api.patch(&format!("accounts({two})"), &json!({"statecode": 1})).expect(204);
    let body = merging("account", &one, &two, json!(null));
    api.post("Merge", &body).refused(400, "0x0", &format!("sub-entity:account-{two} is deactive"));
    let body = merging("account", &two, &one, json!(null));
    api.post("Merge", &body).refused(400, "0x0", &format!("master entity:account-{two} is deactive"));
    let ada = api.emulator.add_user("Ada").unwrap().to_string();
    let three = api.create("accounts", &json!({"name": "3"}));
    let body = merging("account", &one, &three, json!(null));
    api.as_user(&ada).post("Merge", &body).refused(403, "0x80048306", "ReadAccess");
    let strict = Api::strict();
    let one = strict.create("accounts", &json!({"name": "1"}));
    let two = strict.create("accounts", &json!({"name": "2", "telephone1": "2"}));
    strict.post("Merge", &merging("account", &one, &two, json!(null))).refused(400, "0x0", "Strict mode");
    strict.post("Merge", &merging("account", &one, &two, json!({"telephone1": "2"}))).expect(204);
}
