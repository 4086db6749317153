//! Bulk messages, in which each record succeeds or fails by itself.

use serde_json::{Value, json};

use super::support::{DEVICE, ROOT, SET, TYPE, create, elastic, humidity, row};
use crate::support::{Api, G1};

const DETAILS: &str = "@Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails";

fn targets(all: &[Value]) -> Value {
    let typed = |target: &Value| {
        let mut target = target.clone();
        target["@odata.type"] = json!(TYPE);
        target
    };
    json!({"Targets": all.iter().map(typed).collect::<Vec<_>>()})
}

fn send(api: &Api, message: &str, all: &[Value]) -> crate::support::Answer {
    api.post(&format!("{SET}/Microsoft.Dynamics.CRM.{message}"), &targets(all))
}

#[test]
fn bulk_messages_name_rows_by_key_and_partition() {
    let api = elastic();
    let answer =
        send(&api, "CreateMultiple", &[humidity(DEVICE, 1), humidity(DEVICE, 2), humidity("other", 3)]);
    let answer = answer.expect(200);
    assert!(answer.header("x-ms-session-token").is_none());
    let body = answer.json();
    assert_eq!(
        body["@odata.context"],
        format!("{ROOT}/$metadata#Microsoft.Dynamics.CRM.CreateMultipleResponse")
    );
    let ids: Vec<&str> = body["Ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert!(ids.len() == 3 && ids.iter().all(|id| id.len() == 36), "{ids:?}");
    let update = |id: &str, partition: &str| json!({"contoso_sensordataid": id, "partitionid": partition, "contoso_energyconsumption": "{\"power\":2}"});
    let answer = send(&api, "UpdateMultiple", &[update(ids[0], DEVICE), update(ids[2], "other")]).expect(204);
    assert!(answer.body.is_empty());
    let read = api.get(&row(ids[0], DEVICE)).json();
    assert_eq!(
        (&read["contoso_energyconsumption"], &read["contoso_value"]),
        (&json!("{\"power\":2}"), &json!(1))
    );
    // An upsert replaces the row.
    let mut new = humidity("new", 9);
    new["contoso_sensordataid"] = json!(G1);
    let old = json!({"contoso_sensordataid": ids[0], "partitionid": DEVICE, "contoso_value": 8});
    send(&api, "UpsertMultiple", &[new, old]).expect(204);
    let read = api.get(&row(ids[0], DEVICE)).json();
    assert_eq!((&read["contoso_value"], &read["contoso_sensortype"]), (&json!(8), &Value::Null));
    api.get(&row(G1, "new")).expect(200);
    // A target may name its row by URL.
    send(&api, "UpsertMultiple", &[json!({"@odata.id": row(G1, "url"), "contoso_value": 10})]).expect(204);
    assert_eq!(api.get(&row(G1, "url")).json()["partitionid"], "url");
    let wrong = json!({"@odata.id": format!("accounts({G1})"), "contoso_value": 10});
    send(&api, "UpsertMultiple", &[wrong]).refused(400, "0x0", "does not name a record");
    send(&api, "DeleteMultiple", &[json!({"@odata.id": row(G1, "url")})]).expect(204);
    let delete = |id: &str, partition: &str| json!({"contoso_sensordataid": id, "partitionid": partition});
    send(&api, "DeleteMultiple", &[delete(ids[0], DEVICE), delete(ids[1], DEVICE), delete(ids[2], "other")])
        .expect(204);
    assert_eq!(api.column("contoso_sensordataid", SET), [G1]);
}

#[test]
fn targets_of_an_upsert_in_every_form() {
    let api = elastic();
    let [one, two] = [1, 2].map(|value| create(&api, &humidity(DEVICE, value)));
    let new = "5012e72e-e9f0-426e-9fb2-57f7c97d6aff";
    let all = [
        json!({"contoso_sensortype": "UpdatedByPK", "partitionid": DEVICE, "contoso_sensordataid": one}),
        json!({"contoso_sensortype": "UpdatedByAK", "@odata.id": row(&two, DEVICE)}),
        json!({"contoso_sensortype": "CreatedByPK", "partitionid": DEVICE, "contoso_sensordataid": G1}),
        json!({"contoso_sensortype": "CreatedByAK", "partitionid": DEVICE, "@odata.id": row(new, DEVICE)}),
        json!({"contoso_sensortype": "Created"}),
    ];
    send(&api, "UpsertMultiple", &all).expect(204);
    for (id, kind) in
        [(one.as_str(), "UpdatedByPK"), (&two, "UpdatedByAK"), (G1, "CreatedByPK"), (new, "CreatedByAK")]
    {
        assert_eq!(api.get(&row(id, DEVICE)).expect(200).json()["contoso_sensortype"], kind);
    }
    assert_eq!(
        api.rows(&format!("{SET}?$filter=partitionid eq null and contoso_sensortype eq 'Created'")).len(),
        1
    );
    assert_eq!(api.rows(SET).len(), 5);
}

#[test]
fn a_bulk_message_may_succeed_in_part() {
    let api = elastic();
    let there = create(&api, &humidity(DEVICE, 1));
    let mut taken = humidity(DEVICE, 5);
    taken["contoso_sensordataid"] = json!(there);
    let all =
        [humidity(DEVICE, 2), taken, json!({"contoso_sensortype": "x".repeat(101)}), humidity(DEVICE, 3)];
    let answer = send(&api, "CreateMultiple", &all).expect(412);
    assert_eq!(answer.json()["error"]["code"], "0x80040237");
    assert!(answer.json()["error"].get(DETAILS).is_none(), "{}", answer.text());
    assert_eq!(api.column("contoso_value", SET), [1, 2, 3]);
    for preference in [
        "odata.include-annotations=*",
        "odata.include-annotations=\"Microsoft.PowerApps.CDS.ErrorDetails.*\"",
    ] {
        let missing = json!({"contoso_sensordataid": G1, "partitionid": DEVICE, "contoso_value": 7});
        let mut present = missing.clone();
        present["contoso_sensordataid"] = json!(there);
        let answer = send(&api.with("Prefer", preference), "UpdateMultiple", &[missing, present]).expect(404);
        let details: Value = serde_json::from_str(answer.json()["error"][DETAILS].as_str().unwrap()).unwrap();
        assert_eq!(
            details,
            json!([
                {"RequestIndex": 0, "Id": G1, "StatusCode": 404},
                {"RequestIndex": 1, "Id": there, "StatusCode": 200},
            ])
        );
        assert_eq!(api.get(&row(&there, DEVICE)).json()["contoso_value"], 7);
    }
    let delete = |id: &str| json!({"contoso_sensordataid": id, "partitionid": DEVICE});
    send(&api, "DeleteMultiple", &[delete(G1), delete(&there)]).refused(404, "0x80040217", G1);
    api.get(&row(&there, DEVICE)).expect(404);
}

#[test]
fn an_invalid_target_fails_the_whole_message() {
    let api = elastic();
    let before = api.rows(SET).len();
    send(&api, "CreateMultiple", &[humidity(DEVICE, 1), json!({"Name": "x"})]).refused(
        400,
        "0x0",
        "Invalid property 'Name'",
    );
    let untyped = json!({"Targets": [{"contoso_value": 1}]});
    api.post(&format!("{SET}/Microsoft.Dynamics.CRM.CreateMultiple"), &untyped).refused(
        400,
        "0x80048d19",
        "@odata.type",
    );
    send(&api, "DeleteMultiple", &[json!({"partitionid": DEVICE})]).refused(400, "0x80048d19", "primary key");
    assert_eq!(api.rows(SET).len(), before);
}

#[test]
fn standard_tables_have_no_delete_multiple() {
    let api = elastic();
    let id = api.create("accounts", &json!({"name": "a"}));
    let body = json!({"Targets": [{"@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": id}]});
    let answer = api.post("accounts/Microsoft.Dynamics.CRM.DeleteMultiple", &body).expect(501);
    assert_eq!(answer.json()["error"]["message"], "DeleteMultiple has not yet been implemented.");
    api.get(&format!("accounts({id})")).expect(200);
    let query = "ExecuteCosmosSqlQuery(QueryText=@p1,EntityLogicalName=@p2)?@p1='select c from c'&@p2='contoso_sensordata'";
    api.get(query).refused(501, "0x80060888", "ExecuteCosmosSqlQuery");
}
