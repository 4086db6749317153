//! `webapi/update-delete-entities-using-web-api`.

use serde_json::{Value, json};

use super::ROOT;
use crate::support::{Api, G1};
use crate::things::things;

fn changes() -> Value {
    json!({
        "name": "Updated Sample Account ",
        "creditonhold": true,
        "address1_latitude": 47.639583,
        "description": "This is the updated description of the sample account",
        "revenue": 6000000,
        "accountcategorycode": 2
    })
}

#[test]
fn basic_update() {
    let api = Api::new().with("If-Match", "*");
    let id = api.create("accounts", &json!({"name": "a"}));
    let target = format!("accounts({id})");
    api.patch(&target, &changes()).expect(204);
    let row = api.get(&target).json();
    assert_eq!((&row["name"], &row["creditonhold"]), (&json!("Updated Sample Account "), &json!(true)));
    assert_eq!(row["address1_latitude"].to_string(), "47.63958");
}

#[test]
fn update_with_data_returned() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a", "revenue": 5000000, "accountcategorycode": 1}));
    let select = "name,creditonhold,address1_latitude,description,revenue,accountcategorycode,createdon";
    let api = api.with("If-Match", "*").with("Prefer", "return=representation");
    let changed = json!({"name": "Updated Sample Account"});
    let answer =
        api.patch(&format!("accounts({id})?$select={select}&$expand=primarycontactid"), &changed).expect(200);
    assert_eq!(answer.header("preference-applied"), Some("return=representation"));
    assert_eq!(answer.header("odata-entityid"), None);
    let row = answer.json();
    assert_eq!((&row["name"], &row["accountcategorycode"]), (&json!("Updated Sample Account"), &json!(1)));
    assert!(row["_transactioncurrencyid_value"].is_string());
    // Dataverse ignores `$expand`.
    assert_eq!(row.get("primarycontactid"), None);
}

#[test]
fn single_property_values() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a", "description": "d"}));
    api.put(&format!("accounts({id})/name"), &json!({"value": "Updated Sample Account Name"})).expect(204);
    api.delete(&format!("accounts({id})/description")).expect(204);
    let row = api.get(&format!("accounts({id})?$select=name,description")).json();
    assert_eq!((&row["name"], &row["description"]), (&json!("Updated Sample Account Name"), &Value::Null));
    // DELETE of a navigation property does not disassociate.
    let contact = api.create("contacts", &json!({"lastname": "c"}));
    let bind = json!({"primarycontactid@odata.bind": format!("contacts({contact})")});
    api.patch(&format!("accounts({id})"), &bind).expect(204);
    api.delete(&format!("accounts({id})/primarycontactid")).expect(405);
    api.get(&format!("contacts({contact})")).expect(200);
}

#[test]
fn upsert_a_table_row() {
    let api = things();
    let target = "new_things(new_key1=1,new_key2=1)";
    for name in ["1:1", "1:1 again"] {
        let answer = api.with("If-None-Match", "null").patch(target, &json!({"new_name": name})).expect(204);
        assert_eq!(answer.header("odata-entityid"), Some(format!("{ROOT}/{target}").as_str()));
    }
    assert_eq!(api.column("new_name", "new_things"), ["1:1 again"]);
    // The primary key works, too.
    let answer = api.patch(&format!("new_things({G1})"), &json!({"new_name": "id"})).expect(204);
    assert_eq!(answer.id(), G1);
}

#[test]
fn basic_delete() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a"}));
    let answer = api.delete(&format!("accounts({id})")).expect(204);
    assert!(answer.body.is_empty());
    api.delete(&format!("accounts({id})")).refused(404, "0x80040217", "Does Not Exist");
}

#[test]
fn a_state_alone_brings_its_default_status() {
    let api = Api::new();
    let id = api.create("tasks", &json!({"subject": "t"}));
    let target = format!("tasks({id})");
    let codes = || {
        let row = api.get(&target).json();
        (row["statecode"].as_i64().unwrap(), row["statuscode"].as_i64().unwrap())
    };
    let (open, default) = codes();
    api.patch(&target, &json!({"statuscode": 3})).expect(204);
    assert_eq!(codes(), (open, 3));
    api.patch(&target, &json!({"statecode": open})).expect(204);
    assert_eq!(codes(), (open, default));
}

#[test]
fn a_required_column_cannot_be_null() {
    let api = things();
    let id = api.create("new_things", &json!({}));
    let target = format!("new_things({id})");
    // Only the application requires a name; Dataverse does not.
    assert_eq!(api.get(&target).json()["new_name"], Value::Null);
    api.patch(&target, &json!({"new_name": null})).expect(204);
    for body in [json!({"ownerid@odata.bind": null}), json!({"ownerid": null})] {
        api.patch(&target, &body).refused(400, "0x80040203", "ownerid");
        api.post("new_things", &body).refused(400, "0x80040203", "ownerid");
    }
    api.delete(&format!("{target}/ownerid/$ref")).refused(400, "0x80040203", "ownerid");
}
