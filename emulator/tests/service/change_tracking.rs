//! Change tracking.

use serde_json::{Value, json};

use crate::support::Api;

fn below(link: &Value) -> String {
    link.as_str().expect("a link").split("/v9.2/").nth(1).unwrap().to_owned()
}

#[test]
fn a_delta_link_tells_what_has_changed_since() {
    let api = Api::new();
    let tracking = api.with("Prefer", "odata.track-changes,odata.maxpagesize=2");
    let ids: Vec<String> =
        (0..3).map(|number| api.create("accounts", &json!({"name": format!("a{number}")}))).collect();
    let first = tracking.get("accounts?$select=name,telephone1").expect(200).json();
    // Empty columns are left out.
    assert!(first["value"][0].get("telephone1").is_none());
    // A change while pages are read is in the delta, whichever page the record was on.
    api.patch(&format!("accounts({})", ids[0]), &json!({"name": "changed"})).expect(204);
    let last = tracking.send("GET", &below(&first["@odata.nextLink"]), "").expect(200).json();
    let link = below(&last["@odata.deltaLink"]);
    let new = api.create("accounts", &json!({"name": "new"}));
    api.delete(&format!("accounts({})", ids[1])).expect(204);
    let gone = api.create("accounts", &json!({"name": "short"}));
    api.delete(&format!("accounts({gone})")).expect(204);

    let delta = api.send("GET", &link, "").expect(200).json();
    assert_eq!(
        delta["@odata.context"],
        "https://emulator.crm.dynamics.com/api/data/v9.2/$metadata#accounts(name,telephone1)/$delta"
    );
    let value = delta["value"].as_array().unwrap();
    assert_eq!((&value[0]["accountid"], &value[1]["accountid"]), (&json!(ids[0]), &json!(new)));
    let deleted = json!({
        "@odata.context": "https://emulator.crm.dynamics.com/api/data/v9.2/$metadata#accounts/$deletedEntity",
        "id": ids[1], "reason": "deleted"
    });
    assert_eq!((value.len(), &value[2]), (3, &deleted));
    let next = api.send("GET", &below(&delta["@odata.deltaLink"]), "").expect(200).json();
    assert_eq!(next["value"], json!([]));
}

#[test]
fn tracking_is_refused_with_other_options() {
    let api = Api::new().with("Prefer", "odata.track-changes");
    api.get("accounts?$filter=name eq 'a'").refused(400, "0x80060888", "$filter");
    api.get("accounts?$deltatoken=999999999").refused(400, "0x0", "delta token");
    let closed = r#"{"LogicalName":"account","ChangeTrackingEnabled":false}"#;
    let api = Api::of(dataverse_emulator::Emulator::builder().definitions(closed).build().unwrap());
    api.with("Prefer", "odata.track-changes").get("accounts").refused(400, "0x0", "account is not enabled");
}
