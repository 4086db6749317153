//! The page `use-change-tracking-synchronize-data-external-systems`.

use core::time::Duration;

use serde_json::{Value, json};

use crate::support::Api;

const ROOT: &str = "https://emulator.crm.dynamics.com/api/data/v9.2";

fn below(link: &Value) -> String {
    link.as_str().expect("a link").split("/v9.2/").nth(1).unwrap().to_owned()
}

fn tracking(api: &Api) -> Api {
    api.with("Prefer", "odata.track-changes")
}

/// Returns the delta link of all accounts as they are now.
fn link(api: &Api) -> String {
    let first = tracking(api).get("accounts?$select=name,accountnumber,telephone1,fax").expect(200).json();
    below(&first["@odata.deltaLink"])
}

#[test]
fn the_first_answer_has_all_records() {
    let api = Api::new();
    let account = json!({"name": "Monte Orton", "telephone1": "555000", "fax": "10101"});
    let id = api.create("accounts", &account);
    let gone = api.create("accounts", &json!({"name": "gone"}));
    api.delete(&format!("accounts({gone})")).expect(204);
    let answer = tracking(&api).get("accounts?$select=name,accountnumber,telephone1,fax").expect(200);
    assert_eq!(answer.header("preference-applied"), Some("odata.track-changes"));
    let first = answer.json();
    assert_eq!(
        first["@odata.context"],
        format!("{ROOT}/$metadata#accounts(name,accountnumber,telephone1,fax)")
    );
    let mut row = first["value"][0].clone();
    assert!(row.as_object_mut().unwrap().remove("@odata.etag").is_some());
    // The answer has empty columns and no deletions.
    let expected = json!({"name": "Monte Orton", "accountnumber": null, "telephone1": "555000", "fax": "10101", "accountid": id});
    assert_eq!((&row, first["value"].as_array().unwrap().len()), (&expected, 1));
    let link = first["@odata.deltaLink"].as_str().unwrap();
    let start = format!("{ROOT}/accounts?$select=name,accountnumber,telephone1,fax&$deltatoken=");
    let token = link.strip_prefix(&start).unwrap();
    assert!(token.ends_with("%2103%2f04%2f2026%2010%3a30%3a00"), "{token}");
}

#[test]
fn a_delta_has_new_changed_and_deleted_records() {
    let api = Api::new();
    let old = api.create("accounts", &json!({"name": "old"}));
    let changed = api.create("accounts", &json!({"name": "before"}));
    let link = link(&api);
    api.create("contacts", &json!({"lastname": "another table"}));
    let new = api.create("accounts", &json!({"name": "Monte Orton", "telephone1": "555000"}));
    api.patch(&format!("accounts({changed})"), &json!({"name": "after"})).expect(204);
    api.delete(&format!("accounts({old})")).expect(204);
    let delta = api.send("GET", &link, "").expect(200).json();
    assert_eq!(
        delta["@odata.context"],
        format!("{ROOT}/$metadata#accounts(name,accountnumber,telephone1,fax)/$delta")
    );
    let mut value = delta["value"].as_array().unwrap().clone();
    for row in &mut value[..2] {
        assert!(row.as_object_mut().unwrap().remove("@odata.etag").is_some());
    }
    // Empty columns are left out, and the changes come first, by their version.
    assert_eq!(
        value,
        [
            json!({"name": "Monte Orton", "telephone1": "555000", "accountid": new}),
            json!({"name": "after", "accountid": changed}),
            json!({"@odata.context": format!("{ROOT}/$metadata#accounts/$deletedEntity"), "id": old, "reason": "deleted"})
        ]
    );
    let next = api.send("GET", &below(&delta["@odata.deltaLink"]), "").expect(200).json();
    assert_eq!(next["value"], json!([]));
}

#[test]
fn a_record_created_and_deleted_in_between_is_a_deletion() {
    let api = Api::new();
    let link = link(&api);
    let short = api.create("accounts", &json!({"name": "short"}));
    api.delete(&format!("accounts({short})")).expect(204);
    let delta = api.send("GET", &link, "").expect(200).json();
    assert_eq!((&delta["value"][0]["id"], delta["value"].as_array().unwrap().len()), (&json!(short), 1));
}

#[test]
fn a_change_while_pages_are_read_is_in_the_delta() {
    let api = Api::new();
    let small = tracking(&api).with("Prefer", "odata.maxpagesize=2");
    let ids: Vec<String> =
        (0..3).map(|number| api.create("accounts", &json!({"name": format!("a{number}")}))).collect();
    let first = small.get("accounts?$select=name").expect(200).json();
    assert_eq!(first["value"].as_array().unwrap().len(), 2);
    assert!(first.get("@odata.deltaLink").is_none());
    api.patch(&format!("accounts({})", ids[0]), &json!({"name": "changed"})).expect(204);
    let last = small.send("GET", &below(&first["@odata.nextLink"]), "").expect(200).json();
    let delta = api.send("GET", &below(&last["@odata.deltaLink"]), "").expect(200).json();
    assert_eq!(delta["value"][0]["accountid"], ids[0].as_str());
}

#[test]
fn a_delta_has_pages() {
    let api = Api::new();
    let gone = api.create("accounts", &json!({"name": "gone"}));
    let mut next = Some(link(&api));
    for number in 0..5 {
        api.create("accounts", &json!({"name": format!("a{number}")}));
    }
    api.delete(&format!("accounts({gone})")).expect(204);
    let small = api.with("Prefer", "odata.maxpagesize=2");
    let (mut found, mut last) = (Vec::new(), Value::Null);
    while let Some(target) = next {
        let page = small.send("GET", &target, "").expect(200).json();
        found.extend(page["value"].as_array().unwrap().iter().map(|row| row["name"].clone()));
        next = page.get("@odata.nextLink").map(below);
        last = page["@odata.deltaLink"].clone();
    }
    assert_eq!(found, [json!("a0"), json!("a1"), json!("a2"), json!("a3"), json!("a4"), Value::Null]);
    assert_eq!(api.send("GET", &below(&last), "").expect(200).json()["value"], json!([]));
}

#[test]
fn changes_are_counted() {
    let api = Api::new();
    let gone = api.create("accounts", &json!({"name": "gone"}));
    let link = link(&api);
    api.create("accounts", &json!({"name": "new"}));
    api.delete(&format!("accounts({gone})")).expect(204);
    let token = link.split("$deltatoken=").nth(1).unwrap();
    let answer = api.send("GET", &format!("accounts/$count?$deltatoken={token}"), "").expect(200);
    assert_eq!(answer.text().trim_start_matches('\u{feff}'), "2");
}

#[test]
fn a_token_expires_after_seven_days() {
    let api = Api::new();
    let link = link(&api);
    api.emulator.advance(Duration::from_hours(7 * 24));
    let day = api.send("GET", &link, "").expect(200).json();
    assert_eq!(day["value"], json!([]));
    api.emulator.advance(Duration::from_secs(1));
    api.send("GET", &link, "").refused(
        400,
        "0x80044352",
        "Version stamp associated with the client has expired. Please perform a full sync.",
    );
    // The link of an answer covers the changes after it.
    api.send("GET", &below(&day["@odata.deltaLink"]), "").expect(200);
}

#[test]
fn tracking_is_refused_with_other_options() {
    let api = tracking(&Api::new());
    for (name, value) in
        [("$filter", "name eq 'a'"), ("$orderby", "name"), ("$expand", "Account_Tasks"), ("$top", "1")]
    {
        api.get(&format!("accounts?{name}={value}")).refused(
            400,
            "0x80060888",
            &format!("The \"{name}\" query parameter isn't supported when Change Tracking is enabled."),
        );
    }
    for token in ["999999999", "x", "999999999!03/04/2026 10:30:00", "1000000!tomorrow"] {
        api.get(&format!("accounts?$deltatoken={token}")).refused(400, "0x0", "delta token");
    }
}

#[test]
fn tracking_needs_a_table_that_tracks_changes() {
    let closed = r#"{"LogicalName":"account","ChangeTrackingEnabled":false}"#;
    let api = Api::of(dataverse_emulator::Emulator::builder().definitions(closed).build().unwrap());
    tracking(&api).get("accounts").refused(400, "0x0", "account is not enabled");
    let open = api
        .column("LogicalName", "EntityDefinitions?$select=LogicalName&$filter=ChangeTrackingEnabled eq true");
    assert!(open.contains(&json!("contact")) && !open.contains(&json!("account")));
}

#[test]
fn tracking_needs_the_right_to_read_all_records() {
    let api = Api::new();
    let link = link(&api);
    let user = api.emulator.add_user("Ada Agent").unwrap();
    let user = api.as_user(&user.to_string());
    tracking(&user).get("accounts").refused(403, "0x80040220", "prvRead");
    user.send("GET", &link, "").refused(403, "0x80040220", "prvRead");
}
