//! webapi/query/count-rows.

use serde_json::json;

use super::data::{ROOT, members, nine_accounts, paged};
use crate::support::Api;

#[test]
fn a_count_with_the_rows() {
    let page = nine_accounts().get("accounts?$select=accountid&$count=true").expect(200).json();
    assert_eq!(page["@odata.context"], format!("{ROOT}/$metadata#accounts(accountid)"));
    assert_eq!(page["@odata.count"], 9);
    assert_eq!(members(&page["value"][0]), ["@odata.etag", "accountid"]);
}

#[test]
fn totals_as_annotations() {
    let api = nine_accounts();
    let totals = "odata.include-annotations=\"Microsoft.Dynamics.CRM.totalrecordcount,Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded\"";
    let page = api.with("Prefer", totals).get("accounts?$select=accountid&$count=true").json();
    assert_eq!(
        (
            &page["@Microsoft.Dynamics.CRM.totalrecordcount"],
            &page["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"]
        ),
        (&json!(9), &json!(false))
    );
    let page = api.with("Prefer", totals).get("accounts?$select=accountid").json();
    assert_eq!(page["@Microsoft.Dynamics.CRM.totalrecordcount"], -1);
    assert!(api.get("accounts?$count=true").json().get("@Microsoft.Dynamics.CRM.totalrecordcount").is_none());
}

#[test]
fn a_count_does_not_depend_on_the_page() {
    let api =
        paged(&nine_accounts(), 3).with("Prefer", "odata.include-annotations=\"Microsoft.Dynamics.CRM.*\"");
    let answer = api.get("accounts?$select=name&$filter=contains(name,'sample')&$count=true").expect(200);
    assert_eq!(
        answer.header("preference-applied"),
        Some("odata.include-annotations=\"Microsoft.Dynamics.CRM.*\",odata.maxpagesize=3")
    );
    let page = answer.json();
    assert_eq!((&page["@odata.count"], page["value"].as_array().unwrap().len()), (&json!(9), 3));
    assert!(page["@odata.nextLink"].as_str().unwrap().contains("$skiptoken="));
}

#[test]
fn count_returns_a_bare_number() {
    let api = nine_accounts();
    let answer = api.get("accounts/$count").expect(200);
    assert_eq!(answer.header("content-type"), Some("text/plain"));
    assert_eq!(answer.body.as_ref(), b"\xef\xbb\xbf9");
    let of_state = api.get("accounts/$count?$filter=address1_stateorprovince eq 'WA'").expect(200);
    assert_eq!(of_state.body.as_ref(), b"\xef\xbb\xbf3");
}

/// The page `retrieve-entity-using-web-api`.
#[test]
fn the_number_of_a_records_tasks() {
    let api = Api::new();
    let tasks = json!([{"subject": "1"}, {"subject": "2"}]);
    let id = api.create("accounts", &json!({"name": "a", "Account_Tasks": tasks}));
    let answer = api.get(&format!("accounts({id})/Account_Tasks/$count")).expect(200);
    assert_eq!(answer.body.as_ref(), b"\xef\xbb\xbf2");
}
