//! `bulk-operations`.

use serde_json::{Value, json};

use crate::things::things;

fn target(members: Value) -> Value {
    let mut target = members;
    target["@odata.type"] = json!("Microsoft.Dynamics.CRM.new_thing");
    target
}

#[test]
fn create_update_and_upsert() {
    let api = things();
    let create: Vec<Value> =
        (1..=3).map(|number| target(json!({"new_name": format!("record {number}")}))).collect();
    let answer =
        api.post("new_things/Microsoft.Dynamics.CRM.CreateMultiple", &json!({"Targets": create})).expect(200);
    let ids = answer.json()["Ids"].as_array().unwrap().clone();
    assert_eq!(ids.len(), 3);
    let update: Vec<Value> =
        ids.iter().map(|id| target(json!({"new_name": "Updated", "new_thingid": id}))).collect();
    let body = json!({"Targets": update});
    api.post("new_things/Microsoft.Dynamics.CRM.UpdateMultiple?tag=CreateUpdateMultiple", &body).expect(204);
    assert_eq!(api.column("new_name", "new_things"), ["Updated"; 3]);
    api.create("new_things", &json!({"new_code": "0000001"}));
    let upsert: Vec<Value> = (1..=4)
        .map(|number| {
            let url = format!("new_things(new_code='000000{number}')");
            target(json!({"new_name": format!("sample {number}"), "@odata.id": url}))
        })
        .collect();
    let answer =
        api.post("new_things/Microsoft.Dynamics.CRM.UpsertMultiple", &json!({"Targets": upsert})).expect(204);
    assert!(answer.body.is_empty());
    let rows = api.rows("new_things?$select=new_name,new_code&$filter=new_code ne null&$orderby=new_code");
    let rows: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| (row["new_code"].as_str().unwrap(), row["new_name"].as_str().unwrap()))
        .collect();
    let expected =
        [("0000001", "sample 1"), ("0000002", "sample 2"), ("0000003", "sample 3"), ("0000004", "sample 4")];
    assert_eq!(rows, expected);
}
