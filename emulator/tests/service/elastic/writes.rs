//! Updates, upserts, deletions, time to live, change sets.

use core::time::Duration;

use serde_json::{Value, json};

use super::support::{DEVICE, ROOT, SET, create, elastic, humidity, row};
use crate::support::G1;

#[test]
fn an_update_changes_only_its_columns() {
    let api = elastic();
    let id = create(&api, &humidity(DEVICE, 40));
    let always = api.with("If-Match", "*");
    // A PATCH ignores the query option.
    for (target, value) in [
        (row(&id, DEVICE), 60),
        (format!("{}?partitionId=ignored", row(&id, DEVICE)), 70),
        (format!("{SET}(contoso_sensordataid={id},partitionId='{DEVICE}')"), 80),
    ] {
        let answer = always.patch(&target, &json!({"contoso_value": value})).expect(204);
        assert_eq!(answer.header("odata-entityid"), Some(format!("{ROOT}/{}", row(&id, DEVICE)).as_str()));
        assert!(answer.header("x-ms-session-token").is_some());
        let read = api.get(&row(&id, DEVICE)).json();
        assert_eq!(
            (&read["contoso_value"], &read["contoso_sensortype"]),
            (&json!(value), &json!("Humidity"))
        );
    }
    // The body may name the partition.
    let body = json!({"contoso_value": 90, "partitionid": DEVICE});
    always.patch(&format!("{SET}({id})"), &body).expect(204);
    assert_eq!(api.get(&row(&id, DEVICE)).json()["contoso_value"], 90);
    always.patch(&format!("{SET}({id})?partitionId={DEVICE}"), &json!({"contoso_value": 1})).refused(
        404,
        "0x80040217",
        &id,
    );
    always.patch(&row(G1, DEVICE), &json!({"contoso_value": 1})).refused(404, "0x80040217", G1);
    let old = api.get(&row(&id, DEVICE)).header("etag").unwrap().to_owned();
    always.patch(&row(&id, DEVICE), &json!({"contoso_value": 1})).expect(204);
    api.with("If-Match", &old).patch(&row(&id, DEVICE), &json!({"contoso_value": 2})).refused(
        412,
        "0x80060882",
        "version",
    );
}

#[test]
fn an_upsert_replaces_the_row() {
    let api = elastic();
    let id = create(&api, &humidity(DEVICE, 40));
    let answer =
        api.patch(&row(&id, DEVICE), &json!({"contoso_value": 60, "partitionid": DEVICE})).expect(204);
    assert_eq!(answer.header("odata-entityid"), Some(format!("{ROOT}/{}", row(&id, DEVICE)).as_str()));
    assert!(answer.header("x-ms-session-token").is_some());
    let read = api.get(&row(&id, DEVICE)).json();
    assert_eq!((&read["contoso_value"], &read["contoso_sensortype"]), (&json!(60), &Value::Null));
    // The URL has only the key and the body the partition, also for a new row.
    api.patch(&format!("{SET}({G1})"), &humidity("north", 1)).expect(204);
    assert_eq!(api.get(&row(G1, "north")).json()["contoso_value"], 1);
    api.patch(&row(G1, "south"), &json!({"contoso_value": 2})).expect(204);
    assert_eq!(api.get(&row(G1, "south")).json()["partitionid"], "south");
    let represented = api.with("Prefer", "return=representation");
    represented.patch(&row(G1, "south"), &json!({"contoso_value": 3})).expect(200);
    represented.patch(&row(G1, "west"), &json!({"contoso_value": 3})).expect(201);
    api.with("If-None-Match", "*").patch(&row(G1, "west"), &json!({})).refused(
        412,
        "0x80040237",
        "already exists",
    );
}

#[test]
fn a_deletion_returns_no_session_token() {
    let api = elastic();
    for form in ["key", "option"] {
        let id = create(&api, &humidity(DEVICE, 1));
        let target =
            if form == "key" { row(&id, DEVICE) } else { format!("{SET}({id})?partitionId={DEVICE}") };
        api.delete(&format!("{SET}({id})")).refused(404, "0x80040217", &id);
        let answer = api.delete(&target).expect(204);
        assert!(answer.header("x-ms-session-token").is_none());
        api.get(&row(&id, DEVICE)).expect(404);
    }
}

#[test]
fn reads_accept_a_session_token() {
    let api = elastic();
    let answer = api.post(SET, &humidity(DEVICE, 1)).expect(204);
    let token = answer.header("x-ms-session-token").unwrap();
    let reading = api.with("MSCRM.SessionToken", token);
    assert_eq!(reading.rows(&format!("{SET}?partitionId={DEVICE}")).len(), 1);
    // A read without a token sees the row, too.
    assert_eq!(api.rows(SET).len(), 1);
}

#[test]
fn a_row_expires_after_its_time_to_live() {
    let api = elastic();
    let mut body = humidity(DEVICE, 1);
    body["ttlinseconds"] = json!(86_400);
    let id = create(&api, &body);
    let stays = create(&api, &humidity(DEVICE, 2));
    let count = || api.get(&format!("{SET}/$count")).text().trim_start_matches('\u{feff}').to_owned();
    let advance = |seconds: u64| api.emulator.advance(Duration::from_secs(seconds));
    advance(86_399);
    assert_eq!(api.get(&row(&id, DEVICE)).expect(200).json()["ttlinseconds"], 86_400);
    api.with("If-Match", "*").patch(&row(&id, DEVICE), &json!({"contoso_value": 3})).expect(204);
    advance(86_399);
    assert_eq!(count(), "2");
    assert_eq!(api.get(&format!("{SET}/$count?partitionId=none")).text().trim_start_matches('\u{feff}'), "0");
    advance(1);
    api.get(&row(&id, DEVICE)).refused(404, "0x80040217", &id);
    assert_eq!(count(), "1");
    assert_eq!(api.column("contoso_value", SET), [2]);
    let total = api.get("RetrieveTotalRecordCount(EntityNames=['contoso_sensordata','account'])").json();
    assert_eq!(total["EntityRecordCountCollection"]["Values"], json!([1, 0]));
    api.with("If-Match", "*").patch(&row(&id, DEVICE), &json!({"contoso_value": 3})).expect(404);
    advance(10_000_000);
    api.get(&row(&stays, DEVICE)).expect(200);
    // Its key is free again.
    body["contoso_sensordataid"] = json!(id);
    api.post(SET, &body).expect(204);
}

#[test]
fn a_change_set_is_not_a_transaction() {
    let api = elastic();
    let part = |id: u8, line: &str, body: &Value| {
        format!(
            "--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: {id}\r\n\r\n{line} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{body}\r\n"
        )
    };
    let change_set = |parts: String| {
        let body =
            format!("--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n{parts}--c--\r\n\r\n--b--\r\n");
        api.with("Content-Type", "multipart/mixed; boundary=b").send("POST", "$batch", body)
    };
    let parts = [
        part(1, &format!("POST /api/data/v9.2/{SET}"), &humidity(DEVICE, 1)),
        part(2, "POST /api/data/v9.2/accounts", &json!({"name": "a"})),
        part(3, &format!("POST /api/data/v9.2/{SET}"), &json!({"contoso_sensortype": "x".repeat(101)})),
    ];
    let answer = change_set(parts.concat()).expect(400).text();
    assert_eq!(answer.matches("HTTP/1.1 400").count(), 1, "{answer}");
    // The changes to the elastic table stay, and those to the standard table are undone.
    assert_eq!(api.column("contoso_value", SET), [1]);
    assert!(api.rows("accounts").is_empty());
    change_set(parts[..2].concat()).expect(200);
    assert_eq!((api.rows(SET).len(), api.rows("accounts").len()), (2, 1));
}

#[test]
fn columns_and_references_use_the_row_s_url() {
    let api = elastic();
    let id = create(&api, &humidity(DEVICE, 1));
    let target = row(&id, DEVICE);
    let answer = api.put(&format!("{target}/contoso_value"), &json!({"value": 5})).expect(204);
    assert!(answer.header("x-ms-session-token").is_some());
    let read = api.get(&format!("{target}/contoso_value")).expect(200).json();
    assert_eq!(read["@odata.context"], format!("{ROOT}/$metadata#{target}/contoso_value"));
    assert_eq!(read["value"], 5);
    api.delete(&format!("{target}/contoso_sensortype")).expect(204);
    assert_eq!(api.get(&target).json()["contoso_sensortype"], Value::Null);
    let account = api.create("accounts", &json!({"name": "a"}));
    let reference = json!({"@odata.id": format!("{ROOT}/accounts({account})")});
    api.put(&format!("{target}/contoso_accountid/$ref"), &reference).expect(204);
    assert_eq!(api.get(&format!("{target}/contoso_accountid?$select=name")).expect(200).json()["name"], "a");
    let references = api.rows(&format!("accounts({account})/contoso_sensordata_contoso_accountid/$ref"));
    assert_eq!(references, [json!({"@odata.id": format!("{ROOT}/{target}")})]);
    api.delete(&format!("{target}/contoso_accountid/$ref")).expect(204);
    assert_eq!(api.get(&target).json()["_contoso_accountid_value"], Value::Null);
}

#[test]
fn changes_are_tracked() {
    let api = elastic();
    let id = create(&api, &humidity(DEVICE, 1));
    let first = api
        .with("Prefer", "odata.track-changes")
        .get(&format!("{SET}?$select=contoso_value"))
        .expect(200)
        .json();
    assert_eq!(first["value"][0]["contoso_sensordataid"], id.as_str());
    api.delete(&row(&id, DEVICE)).expect(204);
    let delta = api.at(first["@odata.deltaLink"].as_str().unwrap()).expect(200).json();
    assert_eq!((&delta["value"][0]["id"], &delta["value"][0]["reason"]), (&json!(id), &json!("deleted")));
}

#[test]
fn replacing_a_row_of_another_owner_needs_assign() {
    use dataverse_emulator::Privilege::{Assign, Create, Read, Write};
    use dataverse_emulator::{Depth, Role};
    for (assign, status) in [(false, 403), (true, 204)] {
        let api = elastic();
        let emulator = &api.emulator;
        let mut role =
            Role::new("Writer").allow("contoso_sensordata", [Create, Read, Write], Depth::Organization);
        if assign {
            role = role.allow("contoso_sensordata", Assign, Depth::Organization);
        }
        let role = emulator.add_role(role).unwrap();
        let user = emulator.add_user_in("Ada Agent", emulator.business_unit(), &[role]).unwrap().to_string();
        let (theirs, agent) = (create(&api, &humidity(DEVICE, 1)), api.as_user(&user));
        agent.patch(&row(&theirs, DEVICE), &json!({"contoso_value": 2})).expect(status);
        let target = json!({
            "@odata.type": "Microsoft.Dynamics.CRM.contoso_sensordata", "contoso_sensordataid": theirs,
            "partitionid": DEVICE, "contoso_value": 3,
        });
        let all = format!("{SET}/Microsoft.Dynamics.CRM.UpsertMultiple");
        agent.post(&all, &json!({"Targets": [target]})).expect(if assign { 204 } else { 403 });
        // The caller's own row needs no such right, and an update changes no owner.
        let own = create(&agent, &humidity(DEVICE, 1));
        agent.patch(&row(&own, DEVICE), &json!({"contoso_value": 2})).expect(204);
        let update = agent.with("If-Match", "*");
        update.patch(&row(&theirs, DEVICE), &json!({"contoso_value": 4})).expect(204);
    }
}
