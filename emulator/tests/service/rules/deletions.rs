//! Deletions and their cascades.

use serde_json::{Value, json};

use crate::support::{Api, G1};

#[test]
fn a_deletion_follows_the_relationships() {
    let api = Api::new();
    // The page of msdyn_sessionevent says that the relationship cascades.
    let session = api.create("msdyn_ocsessions", &json!({"subject": "s"}));
    let bind = json!({"msdyn_omnichannelsession@odata.bind": format!("/msdyn_ocsessions({session})")});
    let event = api.create("msdyn_sessionevents", &bind);
    let other = api.create("msdyn_sessionevents", &json!({"msdyn_name": "stays"}));
    api.delete(&format!("msdyn_ocsessions({session})")).expect(204);
    api.get(&format!("msdyn_sessionevents({event})")).expect(404);
    api.get(&format!("msdyn_sessionevents({other})")).expect(200);
    // The relationship clears the lookup.
    let contact = api.create("contacts", &json!({"lastname": "c"}));
    let account = api.create(
        "accounts",
        &json!({"name": "a", "primarycontactid@odata.bind": format!("/contacts({contact})")}),
    );
    let before = api.get(&format!("accounts({account})")).json()["@odata.etag"].clone();
    api.delete(&format!("contacts({contact})")).expect(204);
    let row = api.get(&format!("accounts({account})")).expect(200).json();
    assert_eq!(row["_primarycontactid_value"], Value::Null);
    assert_ne!(row["@odata.etag"], before);
    // The relationship restricts the deletion.
    api.create("accounts", &json!({"name": "rich", "revenue": 5}));
    let currency = api.rows("transactioncurrencies")[0]["transactioncurrencyid"].as_str().unwrap().to_owned();
    api.delete(&format!("transactioncurrencies({currency})")).refused(405, "0x80040227", "account");
    api.delete(&format!("accounts({G1})")).refused(404, "0x80040217", "Does Not Exist");
}

#[test]
fn a_cycle_of_cascades_ends() {
    let api = Api::new();
    let first = api.create("contacts", &json!({"lastname": "a"}));
    let second = api.create(
        "contacts",
        &json!({"lastname": "b", "parentcustomerid_contact@odata.bind": format!("/contacts({first})")}),
    );
    api.patch(
        &format!("contacts({first})"),
        &json!({"parentcustomerid_contact@odata.bind": format!("/contacts({second})")}),
    )
    .expect(204);
    api.delete(&format!("contacts({first})")).expect(204);
    assert!(api.rows("contacts").is_empty());
}
