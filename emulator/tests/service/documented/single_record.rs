//! retrieve-entity-using-web-api.

use serde_json::{Value, json};

use super::data::{ROOT, litware, members, paged};
use crate::support::Api;

#[test]
fn columns_of_one_record() {
    let (api, litware, _) = litware();
    let row = api.get(&format!("accounts({litware})?$select=name,revenue")).expect(200).json();
    assert_eq!(row["@odata.context"], format!("{ROOT}/$metadata#accounts(name,revenue)/$entity"));
    assert_eq!(
        members(&row),
        ["@odata.context", "@odata.etag", "_transactioncurrencyid_value", "accountid", "name", "revenue"]
    );
}

#[test]
fn one_column() {
    let (api, litware, _) = litware();
    let answer = api.get(&format!("accounts({litware})/name")).expect(200).json();
    assert_eq!(
        answer,
        json!({"@odata.context": format!("{ROOT}/$metadata#accounts({litware})/name"), "value": "Litware, Inc. (sample)"})
    );
}

#[test]
fn the_record_of_a_lookup() {
    let (api, litware, _) = litware();
    let row = api.get(&format!("accounts({litware})/primarycontactid?$select=fullname")).expect(200).json();
    assert_eq!(row["@odata.context"], format!("{ROOT}/$metadata#contacts(fullname)/$entity"));
    assert_eq!(members(&row), ["@odata.context", "@odata.etag", "contactid", "fullname"]);
}

#[test]
fn references_to_the_records_of_a_collection() {
    let (api, litware, _) = litware();
    let answer = api.get(&format!("accounts({litware})/Account_Tasks/$ref")).expect(200).json();
    assert_eq!(answer["@odata.context"], format!("{ROOT}/$metadata#Collection($ref)"));
    for reference in answer["value"].as_array().unwrap() {
        assert_eq!(members(reference), ["@odata.id"]);
        assert!(reference["@odata.id"].as_str().unwrap().starts_with(&format!("{ROOT}/tasks(")));
    }
}

#[test]
fn an_expanded_lookup_has_an_etag() {
    let (api, litware, _) = litware();
    let target =
        format!("accounts({litware})?$select=name&$expand=primarycontactid($select=contactid,fullname)");
    let row = api.get(&target).expect(200).json();
    assert_eq!(members(&row["primarycontactid"]), ["@odata.etag", "contactid", "fullname"]);
    let target = format!("accounts({litware})?$select=name&$expand=primarycontactid/$ref");
    let row = api.get(&target).expect(200).json();
    assert_eq!(
        members(&row),
        ["@odata.context", "@odata.etag", "_primarycontactid_value", "accountid", "name", "primarycontactid"]
    );
    assert_eq!(members(&row["primarycontactid"]), ["@odata.id"]);
}

#[test]
fn an_expanded_collection_has_etags_and_no_link() {
    let (api, litware, _) = litware();
    let target =
        format!("accounts({litware})?$select=name&$expand=Account_Tasks($select=subject,scheduledstart)");
    for api in [api.clone(), paged(&api, 1)] {
        let row = api.get(&target).expect(200).json();
        assert_eq!(members(&row), ["@odata.context", "@odata.etag", "Account_Tasks", "accountid", "name"]);
        let tasks = row["Account_Tasks"].as_array().unwrap();
        assert_eq!(tasks.len(), 3);
        assert_eq!(members(&tasks[0]), ["@odata.etag", "activityid", "scheduledstart", "subject"]);
    }
}

#[test]
fn blanks_around_options() {
    let (api, litware, _) = litware();
    let target = format!(
        "accounts({litware})?$select=accountid&$expand=parentaccountid($select%20=%20createdon,%20name),Account_Tasks($select%20=%20subject,%20scheduledstart)"
    );
    let row = api.send("GET", &target, "").expect(200).json();
    assert_eq!((&row["parentaccountid"], row["Account_Tasks"].as_array().unwrap().len()), (&Value::Null, 3));
    assert!(row["Account_Tasks"][0].get("scheduledstart").is_some());
}

#[test]
fn options_of_an_expanded_collection() {
    let (api, litware, _) = litware();
    let subjects = |options: &str| -> Vec<Value> {
        let row =
            api.get(&format!("accounts({litware})?$expand=Account_Tasks({options})")).expect(200).json();
        row["Account_Tasks"].as_array().unwrap().iter().map(|task| task["subject"].clone()).collect()
    };
    assert_eq!(subjects("$filter=startswith(subject,'Task 1');$select=subject"), ["Task 1 for Litware"]);
    assert_eq!(subjects("$orderby=createdon asc;$select=subject,createdon").len(), 3);
    assert_eq!(subjects("$top=1;$select=subject"), ["Task 1 for Litware"]);
}

#[test]
fn nested_lookups() {
    let (api, litware, _) = litware();
    let target = format!(
        "accounts({litware})?$select=name&$expand=modifiedby($select=fullname;$expand=businessunitid($select=name))"
    );
    let row = api.get(&target).expect(200).json();
    assert!(row["modifiedby"]["businessunitid"]["name"].is_string());
    assert!(row["modifiedby"]["businessunitid"].get("@odata.etag").is_some());
}

/// query-data-web-api: data about lookups.
#[test]
fn annotations_of_a_lookup_with_several_tables() {
    let api = Api::new();
    let contact = json!({"firstname": "Susanna", "lastname": "Stubberod (sample)"});
    let id = api.create("opportunities", &json!({"name": "a", "customerid_contact": contact}));
    let target = format!(
        "opportunities({id})?$select=name,_customerid_value&$expand=customerid_contact($select=fullname)"
    );
    let row = api.with("Prefer", "odata.include-annotations=\"*\"").get(&target).expect(200).json();
    for (annotation, expected) in [
        ("Microsoft.Dynamics.CRM.associatednavigationproperty", "customerid_contact"),
        ("Microsoft.Dynamics.CRM.lookuplogicalname", "contact"),
        ("OData.Community.Display.V1.FormattedValue", "Susanna Stubberod (sample)"),
    ] {
        assert_eq!(row[format!("_customerid_value@{annotation}")], expected);
    }
    assert!(row["customerid_contact"].get("@odata.etag").is_some());
}
