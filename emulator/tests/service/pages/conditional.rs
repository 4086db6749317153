//! `webapi/perform-conditional-operations-using-web-api`.

use serde_json::json;

use crate::support::{Api, G1};

const SELECT: &str =
    "accountcategorycode,accountnumber,creditonhold,createdon,numberofemployees,name,revenue";

#[test]
fn conditional_retrievals() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a"}));
    let target = format!("accounts({id})?$select={SELECT}");
    let etag = api.get(&target).json()["@odata.etag"].as_str().unwrap().to_owned();
    assert!(etag.starts_with("W/\""));
    let conditional = api.with("If-None-Match", &etag);
    let answer = conditional.get(&target).expect(304);
    assert_eq!(answer.header("content-type"), Some("application/json; odata.metadata=minimal"));
    conditional.get(&format!("{target}&$expand=primarycontactid($select=fullname)")).expect(200);
    conditional.with("Prefer", "odata.include-annotations=\"*\"").get(&target).expect(200);
    api.patch(&format!("accounts({id})"), &json!({"name": "b"})).expect(204);
    assert_eq!(conditional.get(&target).expect(200).json()["name"], "b");
}

#[test]
fn limited_upserts() {
    let api = Api::new();
    let target = format!("accounts({G1})");
    let body = json!({"name": "Updated Sample Account ", "creditonhold": true});
    let words = format!("account' With Id = {G1} Does Not Exist");
    api.with("If-Match", "*").patch(&target, &body).refused(404, "0x80040217", &words);
    assert!(api.rows("accounts").is_empty());
    api.with("If-None-Match", "*").patch(&target, &body).expect(204);
    let words = "A record with matching key values already exists.";
    let other = json!({"name": "other"});
    api.with("If-None-Match", "*").patch(&target, &other).refused(412, "0x80040237", words);
    assert_eq!(api.column("name", "accounts"), ["Updated Sample Account "]);
    api.with("If-Match", "*").patch(&target, &other).expect(204);
    assert_eq!(api.column("name", "accounts"), ["other"]);
}

#[test]
fn optimistic_concurrency() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a"}));
    let target = format!("accounts({id})");
    let stale = api.with("If-Match", "W/\"470867\"");
    let words = "The version of the existing record doesn't match the RowVersion property provided.";
    stale.delete(&target).refused(412, "0x80060882", words);
    stale.patch(&target, &json!({"name": "Updated Account Name"})).refused(412, "0x80060882", words);
    stale.put(&format!("{target}/name"), &json!({"value": "b"})).refused(412, "0x80060882", words);
    assert_eq!(api.column("name", "accounts"), ["a"]);
    let etag = |api: &Api| api.get(&target).json()["@odata.etag"].as_str().unwrap().to_owned();
    let first = etag(&api);
    api.with("If-Match", &first).patch(&target, &json!({"name": "b"})).expect(204);
    assert_ne!(etag(&api), first);
    api.with("If-Match", &etag(&api)).delete(&target).expect(204);
}
