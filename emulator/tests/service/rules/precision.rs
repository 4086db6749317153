//! The decimal places that doubles, decimals and amounts of money keep, for every way to set them.

use serde_json::{Value, json};

use crate::support::{Answer, Api};
use crate::things::{strict_things, things};

/// Sets a column of one record in every way, and reads it after each.
#[track_caller]
fn every_way(api: &Api, column: &str, sent: &str, kept: f64) {
    let namespace = "Microsoft.Dynamics.CRM";
    let kind = format!("\"@odata.type\":\"{namespace}.new_thing\"");
    let body = format!("{{\"{column}\":{sent}}}");
    let id = api.send("POST", "new_things", body.clone()).expect(204).id();
    let read = |what: &str| {
        let row = api.get(&format!("new_things({id})")).json();
        assert_eq!(row[column].as_f64(), Some(kept), "{column} after {what}: {}", row[column]);
        api.patch(&format!("new_things({id})"), &json!({column: null})).expect(204);
    };
    read("POST");
    let send = |method: &str, target: String, body: String| -> Answer {
        api.send(method, &target, body).expect(204)
    };
    send("PATCH", format!("new_things({id})"), body.clone());
    read("PATCH");
    send("PUT", format!("new_things({id})/{column}"), format!("{{\"value\":{sent}}}"));
    read("PUT");
    let target = format!("{{{kind},\"new_thingid\":\"{id}\",\"{column}\":{sent}}}");
    send("POST", format!("new_things/{namespace}.UpdateMultiple"), format!("{{\"Targets\":[{target}]}}"));
    read("UpdateMultiple");
    let target = format!("{{{kind},\"@odata.id\":\"new_things({id})\",\"{column}\":{sent}}}");
    send("POST", format!("new_things/{namespace}.UpsertMultiple"), format!("{{\"Targets\":[{target}]}}"));
    read("UpsertMultiple");
    let part = format!("PATCH new_things({id}) HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{body}");
    let batch = format!("--b\r\nContent-Type: application/http\r\n\r\n{part}\r\n--b--\r\n");
    api.with("Content-Type", "multipart/mixed; boundary=b").send("POST", "$batch", batch).expect(200);
    read("$batch");
}

#[test]
fn doubles_keep_the_digits_of_their_column() {
    let api = things();
    every_way(&api, "new_double", "1.234", 1.23);
    every_way(&api, "new_double", "1.236", 1.24);
    // In Microsoft's example, 47.639583 is sent and 47.63958 comes back.
    let sent = json!({"name": "Sample Account", "address1_latitude": 47.639583});
    let answer =
        api.with("Prefer", "return=representation").post("accounts?$select=address1_latitude", &sent);
    assert!(answer.expect(201).text().contains(r#""address1_latitude":47.63958,"#));
}

#[test]
fn decimals_keep_the_digits_of_their_column() {
    let api = things();
    every_way(&api, "new_decimal", "1.2344", 1.234);
    every_way(&api, "new_decimal", "1.2345", 1.235);
    every_way(&api, "new_decimal", "-0.9995", -1.0);
}

#[test]
fn amounts_keep_the_digits_of_their_precision_source() {
    let api = things();
    every_way(&api, "new_money", "1.23456", 1.235);
    every_way(&api, "new_price", "1.23456", 1.23);
    every_way(&api, "new_amount", "1.23456", 1.23);
    // The currency of the record counts.
    let yen = json!({"currencyname": "Yen", "isocurrencycode": "JPY", "currencysymbol": "¥", "currencyprecision": 0, "exchangerate": 150});
    let yen = api.create("transactioncurrencies", &yen);
    let bind = json!({"transactioncurrencyid@odata.bind": format!("/transactioncurrencies({yen})"), "new_amount": 10.5});
    let id = api.create("new_things", &bind);
    let amount = || api.get(&format!("new_things({id})?$select=new_amount")).json()["new_amount"].as_f64();
    assert_eq!(amount(), Some(11.0));
    api.patch(&format!("new_things({id})"), &json!({"new_amount": 7.4})).expect(204);
    assert_eq!(amount(), Some(7.0));
}

#[test]
fn a_later_amount_sets_the_currency() {
    let api = things();
    let id = api.create("new_things", &json!({}));
    let currency = || api.get(&format!("new_things({id})")).json()["_transactioncurrencyid_value"].clone();
    assert_eq!(currency(), Value::Null);
    api.patch(&format!("new_things({id})"), &json!({"new_amount": 1})).expect(204);
    assert!(currency().is_string());
}

#[test]
fn strict_mode_refuses_digits_that_would_be_lost() {
    let api = strict_things();
    for (column, value) in
        [("new_decimal", 1.2345), ("new_money", 1.2345), ("new_price", 1.234), ("new_amount", 1.234)]
    {
        let words = format!("the column '{column}' of the table 'new_thing' keeps");
        api.post("new_things", &json!({column: value})).refused(400, "0x0", &words);
    }
    // Microsoft's example sends more digits to a double.
    api.post("new_things", &json!({"new_double": 1.234, "new_decimal": 1.234, "new_amount": 1.23}))
        .expect(204);
}
