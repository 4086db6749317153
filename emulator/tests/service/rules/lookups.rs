//! Binding and clearing lookups.

use serde_json::{Value, json};

use crate::support::{Api, G1};

#[test]
fn lookups_are_not_set_by_a_value() {
    let api = Api::new();
    for body in [json!({"_ownerid_value": G1}), json!({"ownerid": G1})] {
        let words = "CRM do not support direct update of Entity Reference properties";
        api.post("msdyn_sessionevents", &body).refused(400, "0x80048d19", words);
    }
}

#[test]
fn lookups_are_bound_in_every_form_of_url() {
    let api = Api::new();
    let session = api.create("msdyn_ocsessions", &json!({"subject": "s"}));
    for url in [
        format!("/msdyn_ocsessions({session})"),
        format!("msdyn_ocsessions({session})"),
        format!("msdyn_ocsessions({})", session.to_uppercase()),
        format!("https://emulator.crm.dynamics.com/api/data/v9.2/msdyn_ocsessions({session})"),
        format!("/api/data/v9.1/msdyn_ocsessions({session})"),
    ] {
        let id = api.create("msdyn_sessionevents", &json!({"msdyn_omnichannelsession@odata.bind": url}));
        let row = api.get(&format!("msdyn_sessionevents({id})")).json();
        assert_eq!(row["_msdyn_omnichannelsession_value"], session.as_str(), "{url}");
    }
    let missing = json!({"msdyn_omnichannelsession@odata.bind": format!("/msdyn_ocsessions({G1})")});
    api.post("msdyn_sessionevents", &missing).refused(404, "0x80040217", "Does Not Exist");
    let other =
        json!({"msdyn_omnichannelsession@odata.bind": format!("/systemusers({})", api.emulator.user())});
    api.post("msdyn_sessionevents", &other).refused(400, "0x80048d19", "cannot be bound");
}

#[test]
fn lookups_are_cleared_by_null_in_either_form() {
    let api = Api::new();
    let session = api.create("msdyn_ocsessions", &json!({"subject": "s"}));
    for clear in
        [json!({"msdyn_omnichannelsession@odata.bind": null}), json!({"msdyn_omnichannelsession": null})]
    {
        let bind = json!({"msdyn_omnichannelsession@odata.bind": format!("/msdyn_ocsessions({session})")});
        let id = api.create("msdyn_sessionevents", &bind);
        api.patch(&format!("msdyn_sessionevents({id})"), &clear).expect(204);
        assert_eq!(
            api.get(&format!("msdyn_sessionevents({id})")).json()["_msdyn_omnichannelsession_value"],
            Value::Null
        );
    }
}

#[test]
fn one_branch_of_a_polymorphic_lookup_replaces_the_other() {
    let api = Api::new();
    let (account, contact) =
        (api.create("accounts", &json!({"name": "a"})), api.create("contacts", &json!({"lastname": "c"})));
    let id = api
        .create("contacts", &json!({"parentcustomerid_account@odata.bind": format!("/accounts({account})")}));
    let bind = json!({"parentcustomerid_contact@odata.bind": format!("/contacts({contact})")});
    api.patch(&format!("contacts({id})"), &bind).expect(204);
    let url = format!(
        "contacts({id})?$select=_parentcustomerid_value&$expand=parentcustomerid_account($select=name),parentcustomerid_contact($select=lastname)"
    );
    let row = api.with("Prefer", "odata.include-annotations=\"*\"").get(&url).json();
    assert_eq!(row["_parentcustomerid_value"], contact.as_str());
    assert_eq!(row["_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"], "contact");
    assert_eq!(row["parentcustomerid_account"], Value::Null);
    assert_eq!(row["parentcustomerid_contact"]["lastname"], "c");
}
