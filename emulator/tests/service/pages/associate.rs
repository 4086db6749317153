//! `webapi/associate-disassociate-entities-using-web-api`, `webapi/web-api-navigation-properties`.

use serde_json::{Value, json};

use super::ROOT;
use crate::support::Api;

/// Returns an account and a contact.
fn records(api: &Api) -> (String, String) {
    (api.create("accounts", &json!({"name": "a"})), api.create("contacts", &json!({"lastname": "c"})))
}

fn account_of(api: &Api, contact: &str) -> Value {
    api.get(&format!("contacts({contact})")).json()["_parentcustomerid_value"].clone()
}

#[test]
fn single_valued_navigation_properties() {
    let api = Api::new().with("If-Match", "*");
    let (account, contact) = records(&api);
    let target = format!("contacts({contact})");
    let bind = json!({"parentcustomerid_account@odata.bind": format!("accounts({account})")});
    for clear in
        [json!({"parentcustomerid_account@odata.bind": null}), json!({"parentcustomerid_account": null})]
    {
        let answer = api.patch(&target, &bind).expect(204);
        assert_eq!(answer.header("odata-entityid"), Some(format!("{ROOT}/{target}").as_str()));
        assert_eq!(account_of(&api, &contact), account.as_str());
        let answer = api.patch(&target, &clear).expect(204);
        assert_eq!(answer.header("odata-entityid"), Some(format!("{ROOT}/{target}").as_str()));
        assert_eq!(account_of(&api, &contact), Value::Null);
    }
    let reference = format!("{target}/parentcustomerid_account/$ref");
    let answer =
        api.put(&reference, &json!({"@odata.id": format!("{ROOT}/accounts({account})")})).expect(204);
    assert_eq!(answer.header("odata-entityid"), None);
    assert_eq!(account_of(&api, &contact), account.as_str());
    api.delete(&reference).expect(204);
    assert_eq!(account_of(&api, &contact), Value::Null);
}

#[test]
fn several_lookups_are_cleared_at_once() {
    let api = Api::new();
    let (account, contact) = records(&api);
    let bind = json!({
        "name": "child",
        "parentaccountid@odata.bind": format!("/accounts({account})"),
        "primarycontactid@odata.bind": format!("/contacts({contact})"),
    });
    for clear in [
        json!({"parentaccountid@odata.bind": null, "primarycontactid@odata.bind": null}),
        json!({"parentaccountid": null, "primarycontactid": null}),
    ] {
        let id = api.create("accounts", &bind);
        api.patch(&format!("accounts({id})"), &clear).expect(204);
        let row = api.get(&format!("accounts({id})")).json();
        assert_eq!(
            (&row["_parentaccountid_value"], &row["_primarycontactid_value"]),
            (&Value::Null, &Value::Null)
        );
    }
}

#[test]
fn records_join_and_leave_a_collection() {
    let api = Api::new();
    let (account, contact) = records(&api);
    let collection = format!("accounts({account})/contact_customer_accounts");
    let url = format!("{ROOT}/contacts({contact})");
    for leave in [format!("{collection}({contact})/$ref"), format!("{collection}/$ref?$id={url}")] {
        api.post(&format!("{collection}/$ref"), &json!({"@odata.id": url})).expect(204);
        assert_eq!(account_of(&api, &contact), account.as_str());
        api.delete(&leave).expect(204);
        assert_eq!(account_of(&api, &contact), Value::Null);
        api.get(&format!("contacts({contact})")).expect(200);
    }
    api.delete(&format!("{collection}/$ref")).refused(400, "0x0", "is not said");
}

#[test]
fn a_role_is_added_to_a_user() {
    let api = Api::new();
    let user = api.emulator.add_user("Ada Agent").unwrap();
    let role = api.create("roles", &json!({"name": "Reader"}));
    let collection = format!("systemusers({user})/systemuserroles_association");
    let url = json!({"@odata.id": format!("{ROOT}/roles({role})")});
    api.post(&format!("{collection}/$ref"), &url).expect(204);
    assert!(api.column("name", &collection).contains(&json!("Reader")));
    assert_eq!(api.column("fullname", &format!("roles({role})/systemuserroles_association")), ["Ada Agent"]);
    api.delete(&format!("{collection}({role})/$ref")).expect(204);
    assert!(!api.column("name", &collection).contains(&json!("Reader")));
}

#[test]
fn a_multi_table_lookup_names_one_record() {
    let api = Api::new();
    let (account, contact) = records(&api);
    let id = api.create(
        "opportunities",
        &json!({"name": "o", "customerid_account@odata.bind": format!("/accounts({account})")}),
    );
    let read = || {
        let row = api
            .with("Prefer", "odata.include-annotations=\"*\"")
            .get(&format!("opportunities({id})?$select=_customerid_value&$expand=customerid_account($select=name),customerid_contact($select=lastname)"))
            .json();
        let of = row["_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"].clone();
        (
            row["_customerid_value"].clone(),
            of,
            row["customerid_account"].is_null(),
            row["customerid_contact"].is_null(),
        )
    };
    assert_eq!(read(), (json!(account), json!("account"), false, true));
    api.patch(
        &format!("opportunities({id})"),
        &json!({"customerid_contact@odata.bind": format!("/contacts({contact})")}),
    )
    .expect(204);
    assert_eq!(read(), (json!(contact), json!("contact"), true, false));
    // The lookup property itself is computed.
    for body in [json!({"_customerid_value": account}), json!({"customerid_account": account})] {
        api.patch(&format!("opportunities({id})"), &body).expect(400);
    }
    let wrong = json!({"customerid_account@odata.bind": format!("/contacts({contact})")});
    api.patch(&format!("opportunities({id})"), &wrong).refused(400, "0x80048d19", "cannot be bound");
    let unknown = json!({"customerid@odata.bind": format!("/contacts({contact})")});
    api.patch(&format!("opportunities({id})"), &unknown).refused(
        400,
        "0x80048d19",
        "An undeclared property 'customerid'",
    );
    assert_eq!(read(), (json!(contact), json!("contact"), true, false));
}
