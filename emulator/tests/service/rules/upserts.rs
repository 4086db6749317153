//! Upserts and updates of records that an alternate key names.

use serde_json::{Value, json};

use crate::support::{Api, G1};
use crate::things::{strict_things, things};

const UPSERT: &str = "new_things/Microsoft.Dynamics.CRM.UpsertMultiple";
const UPDATE: &str = "new_things/Microsoft.Dynamics.CRM.UpdateMultiple";

fn target(members: &Value) -> Value {
    let mut target = json!({"@odata.type": "Microsoft.Dynamics.CRM.new_thing"});
    target.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    target
}

fn targets(all: &[Value]) -> Value {
    json!({"Targets": all.iter().map(target).collect::<Vec<_>>()})
}

/// Returns the key, the code and the name of every record.
fn rows(api: &Api) -> Vec<(Value, Value, Value)> {
    let row = |row: Value| (row["new_key1"].clone(), row["new_code"].clone(), row["new_name"].clone());
    api.rows("new_things?$select=new_key1,new_code,new_name").into_iter().map(row).collect()
}

#[test]
fn an_update_by_an_alternate_key_leaves_the_key() {
    let api = things();
    api.create("new_things", &json!({"new_key1": 2, "new_key2": 2, "new_code": "a"}));
    let record = "new_things(new_key1=2,new_key2=2)";
    let same = |name: &str| assert_eq!(rows(&api), [(json!(2), json!("a"), json!(name))]);
    api.patch(record, &json!({"new_key1": 77, "new_key2": null, "new_name": "patch"})).expect(204);
    same("patch");
    api.with("If-Match", "*").patch(record, &json!({"new_key1": 77, "new_name": "update"})).expect(204);
    same("update");
    api.put(&format!("{record}/new_key1"), &json!({"value": 77})).expect(204);
    api.delete(&format!("{record}/new_key1")).expect(204);
    same("update");
    api.post(UPSERT, &targets(&[json!({"@odata.id": record, "new_key1": 77, "new_name": "multiple"})]))
        .expect(204);
    same("multiple");
    let part = format!(
        "PATCH {record} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{{\"new_key1\":77,\"new_name\":\"batch\"}}"
    );
    let batch = format!("--b\r\nContent-Type: application/http\r\n\r\n{part}\r\n--b--\r\n");
    api.with("Content-Type", "multipart/mixed; boundary=b").send("POST", "$batch", batch).expect(200);
    same("batch");
    // Another key, or the primary key, can change it.
    api.patch("new_things(new_code='a')", &json!({"new_key1": 3})).expect(204);
    assert_eq!(rows(&api)[0].0, json!(3));
    let id = api.rows("new_things")[0]["new_thingid"].as_str().unwrap().to_owned();
    api.patch(&format!("new_things({id})"), &json!({"new_key1": 4})).expect(204);
    api.post(UPDATE, &targets(&[json!({"new_thingid": id, "new_code": "b"})])).expect(204);
    assert_eq!(rows(&api), [(json!(4), json!("b"), json!("batch"))]);
}

#[test]
fn a_create_by_an_alternate_key_has_the_key() {
    let api = things();
    api.patch("new_things(new_key1=2,new_key2=2)", &json!({"new_name": "2:2"})).expect(204);
    assert_eq!(rows(&api), [(json!(2), Value::Null, json!("2:2"))]);
    // The key in the body counts, even if it differs from the URL.
    api.patch("new_things(new_key1=3,new_key2=3)", &json!({"new_key1": 4, "new_name": "4:3"})).expect(204);
    assert_eq!(rows(&api)[1], (json!(4), Value::Null, json!("4:3")));
    let row = api.get("new_things(new_key1=4,new_key2=3)").expect(200).json();
    assert_eq!(row["new_key2"], 3);
}

#[test]
fn a_lookup_is_a_key_by_its_property() {
    let api = things();
    let account = api.create("accounts", &json!({"name": "a"}));
    let record = format!("new_things(_new_account_value={account})");
    api.get(&record).refused(404, "0x80060891", "specified key values");
    api.patch(&record, &json!({"new_name": "a"})).expect(204);
    let row = api.get(&record).expect(200).json();
    assert_eq!((&row["_new_account_value"], &row["new_name"]), (&json!(account), &json!("a")));
    api.patch(&record, &json!({"new_Account": null, "new_name": "b"})).expect(204);
    assert_eq!(api.get(&record).expect(200).json()["new_name"], "b");
    let missing = format!("new_things(_new_account_value={G1})");
    api.patch(&missing, &json!({"new_name": "a"})).refused(404, "0x80040217", "account");
}

#[test]
fn upsert_multiple_refuses_a_key_that_is_in_the_body_of_a_create_too() {
    let api = things();
    let both = |name: &str| json!({"@odata.id": "new_things(new_code='EXT-007')", "new_code": "EXT-007", "new_name": name});
    api.post(UPSERT, &targets(&[both("a")])).refused(400, "0x80040216", "An unexpected error occurred.");
    assert!(api.rows("new_things").is_empty());
    let alone = json!({"@odata.id": "new_things(new_code='EXT-007')", "new_name": "a"});
    api.post(UPSERT, &targets(&[alone])).expect(204);
    api.post(UPSERT, &targets(&[both("b")])).expect(204);
    assert_eq!(rows(&api), [(Value::Null, json!("EXT-007"), json!("b"))]);
}

#[test]
fn upsert_multiple_uses_the_url_or_the_primary_key() {
    let api = things();
    let answer = api.post(
        UPSERT,
        &targets(&[
            json!({"@odata.id": "new_things(new_code='1')", "new_name": "a"}),
            json!({"@odata.id": "/new_things(new_code='2')", "new_name": "b"}),
            json!({"new_thingid": G1, "new_name": "c"}),
            json!({"new_name": "d"}),
        ]),
    );
    assert!(answer.expect(204).body.is_empty());
    assert_eq!(api.column("new_name", "new_things"), ["a", "b", "c", "d"]);
    api.post(UPSERT, &targets(&[json!({"new_thingid": G1, "new_name": "e"})])).expect(204);
    // Every form of a GUID is a valid id, and nothing else is.
    let braces = json!({"new_thingid": format!("{{{}}}", G1.to_uppercase()), "new_name": "e"});
    api.post(UPSERT, &targets(&[braces])).expect(204);
    api.post(UPSERT, &targets(&[json!({"new_thingid": "x"})])).refused(400, "0x0", "Edm.Guid");
    assert_eq!(api.get(&format!("new_things({G1})")).json()["new_name"], "e");
    // The columns of a key in a body do not name a record.
    api.post(UPSERT, &targets(&[json!({"new_code": "1", "new_name": "f"})])).refused(
        412,
        "0x80060892",
        "new_code",
    );
    for url in ["accounts(accountnumber='1')", "new_things", "new_things(new_code='1')/new_name"] {
        api.post(UPSERT, &targets(&[json!({"@odata.id": url})])).refused(
            400,
            "0x80048d19",
            "does not name a record",
        );
    }
}

#[test]
fn repeated_targets() {
    let api = things();
    let id = api.create("new_things", &json!({"new_code": "1"}));
    let both =
        [json!({"new_thingid": id, "new_name": "first"}), json!({"new_thingid": id, "new_name": "second"})];
    api.post(UPDATE, &targets(&both)).expect(204);
    assert_eq!(api.get(&format!("new_things({id})")).json()["new_name"], "first");
    api.post(UPSERT, &targets(&both)).expect(412);
    for code in ["1", "2"] {
        let url = format!("new_things(new_code='{code}')");
        let both = [json!({"@odata.id": url, "new_name": "a"}), json!({"@odata.id": url, "new_name": "b"})];
        api.post(UPSERT, &targets(&both)).expect(412);
    }
    assert_eq!(rows(&api), [(Value::Null, json!("1"), json!("first"))]);
    let strict = strict_things();
    let id = strict.create("new_things", &json!({}));
    let both =
        [json!({"new_thingid": id, "new_name": "first"}), json!({"new_thingid": id, "new_name": "second"})];
    strict.post(UPDATE, &targets(&both)).refused(400, "0x0", "Strict mode: two targets");
}

#[test]
fn bulk_messages_are_carried_out_as_a_whole() {
    let api = things();
    let create = "new_things/Microsoft.Dynamics.CRM.CreateMultiple";
    let answer =
        api.post(create, &targets(&[json!({"new_name": "a"}), json!({"new_name": "b"})])).expect(200).json();
    assert_eq!(
        answer["@odata.context"],
        "https://emulator.crm.dynamics.com/api/data/v9.2/$metadata#Microsoft.Dynamics.CRM.CreateMultipleResponse"
    );
    let ids: Vec<&str> = answer["Ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2);
    let broken = json!({"new_name": "longer than ten"});
    api.post(create, &targets(&[json!({"new_name": "c"}), broken.clone()])).refused(
        400,
        "0x80044331",
        "new_name",
    );
    let second = json!({"new_thingid": ids[1], "new_name": "longer than ten"});
    api.post(UPDATE, &targets(&[json!({"new_thingid": ids[0], "new_name": "x"}), second])).expect(400);
    api.post(UPSERT, &targets(&[json!({"@odata.id": "new_things(new_code='1')"}), broken])).expect(400);
    assert_eq!(api.column("new_name", "new_things"), ["a", "b"]);
    api.post(UPDATE, &targets(&[json!({"new_thingid": G1, "new_name": "x"})])).refused(
        404,
        "0x80040217",
        "Does Not Exist",
    );
    // Alternate keys do not name a record here, and every target needs its type.
    let by_key = json!({"@odata.id": "new_things(new_code='1')", "new_name": "x"});
    api.post(UPDATE, &targets(&[by_key])).refused(400, "0x80048d19", "every target needs its primary key");
    api.post(create, &json!({"Targets": [{"new_name": "a"}]})).refused(400, "0x80048d19", "@odata.type");
    let answer =
        api.post("new_things/Microsoft.Dynamics.CRM.DeleteMultiple", &json!({"Targets": []})).expect(501);
    assert_eq!(answer.json()["error"]["message"], "DeleteMultiple has not yet been implemented.");
}
