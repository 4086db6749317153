//! `webapi/retrieve-entity-using-web-api`.

use serde_json::json;

use super::{ROOT, members};
use crate::support::Api;

/// Returns an account with a parent, a contact and two tasks.
fn account(api: &Api) -> String {
    let parent = api.create("accounts", &json!({"name": "Adventure Works (sample)"}));
    let contact = api.create("contacts", &json!({"firstname": "Rene", "lastname": "Valdes (sample)"}));
    let body = json!({
        "name": "Adventure Works (sample)",
        "revenue": 10000,
        "parentaccountid@odata.bind": format!("/accounts({parent})"),
        "primarycontactid@odata.bind": format!("/contacts({contact})"),
        "Account_Tasks": [
            {"subject": "Sample Task 1", "scheduledstart": "2016-04-11T15:00:00Z"},
            {"subject": "Sample Task 2", "scheduledstart": "2016-04-13T15:00:00Z"}
        ]
    });
    api.create("accounts", &body)
}

#[test]
fn specific_properties() {
    let api = Api::new();
    let id = account(&api);
    let row = api.get(&format!("accounts({id})?$select=name,revenue")).expect(200).json();
    assert_eq!(row["@odata.context"], format!("{ROOT}/$metadata#accounts(name,revenue)/$entity"));
    let mut names = members(&row);
    names.sort_unstable();
    let printed =
        ["@odata.context", "@odata.etag", "_transactioncurrencyid_value", "accountid", "name", "revenue"];
    assert_eq!(names, printed);
}

#[test]
fn a_single_property_value() {
    let api = Api::new();
    let id = account(&api);
    let answer = api.get(&format!("accounts({id})/name")).expect(200).json();
    assert_eq!(
        answer,
        json!({"@odata.context": format!("{ROOT}/$metadata#accounts({id})/name"), "value": "Adventure Works (sample)"})
    );
}

#[test]
fn navigation_property_values() {
    let api = Api::new();
    let id = account(&api);
    let row = api.get(&format!("accounts({id})/primarycontactid?$select=fullname")).expect(200).json();
    assert_eq!(row["@odata.context"], format!("{ROOT}/$metadata#contacts(fullname)/$entity"));
    assert_eq!(row["fullname"], "Rene Valdes (sample)");
    assert_eq!(members(&row).len(), 4);
    let references = api.get(&format!("accounts({id})/Account_Tasks/$ref")).expect(200).json();
    assert_eq!(references["@odata.context"], format!("{ROOT}/$metadata#Collection($ref)"));
    for row in references["value"].as_array().unwrap() {
        assert_eq!(members(row), ["@odata.id"]);
        assert!(row["@odata.id"].as_str().unwrap().starts_with(&format!("{ROOT}/tasks(")));
    }
    assert_eq!(api.get(&format!("accounts({id})/Account_Tasks/$count")).expect(200).text(), "\u{feff}2");
}

#[test]
fn expanded_navigation_properties() {
    let api = Api::new();
    let id = account(&api);
    let target = |expand: &str| format!("accounts({id})?$select=name&$expand={expand}");
    let row = api.get(&target("primarycontactid($select=contactid,fullname)")).expect(200).json();
    let mut names = members(&row["primarycontactid"]);
    names.sort_unstable();
    assert_eq!(names, ["@odata.etag", "contactid", "fullname"]);
    let row = api.get(&target("primarycontactid/$ref")).expect(200).json();
    let contact = api.rows("contacts").remove(0)["contactid"].as_str().unwrap().to_owned();
    assert_eq!(row["primarycontactid"], json!({"@odata.id": format!("{ROOT}/contacts({contact})")}));
    let row = api.get(&target("Account_Tasks($select=subject,scheduledstart)")).expect(200).json();
    let task = &row["Account_Tasks"][0];
    assert_eq!(
        (&task["subject"], &task["scheduledstart"]),
        (&json!("Sample Task 1"), &json!("2016-04-11T15:00:00Z"))
    );
    assert!(task["activityid"].is_string() && task["@odata.etag"].is_string());
    let both = "parentaccountid($select%20=%20createdon,%20name),Account_Tasks($select%20=%20subject,%20scheduledstart)";
    let row =
        api.send("GET", &format!("accounts({id})?$select=accountid&$expand={both}"), "").expect(200).json();
    assert_eq!(row["parentaccountid"]["name"], "Adventure Works (sample)");
    assert_eq!(row["Account_Tasks"].as_array().unwrap().len(), 2);
}
