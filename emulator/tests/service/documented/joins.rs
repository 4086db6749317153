//! webapi/query/join-tables, retrieve-related-entities-query: expands of one level.

use serde_json::{Value, json};

use super::data::{ROOT, below, litware, members, paged};
use crate::support::Api;

#[test]
fn columns_of_related_records() {
    let (api, litware, _) = litware();
    let query =
        "accounts?$select=name&$expand=primarycontactid($select=fullname),Account_Tasks($select=subject)";
    let answer = paged(&api, 1).with("If-None-Match", "null").get(query).expect(200);
    assert_eq!(answer.header("preference-applied"), Some("odata.maxpagesize=1"));
    let page = answer.json();
    assert_eq!(
        page["@odata.context"],
        format!("{ROOT}/$metadata#accounts(name,primarycontactid(fullname),Account_Tasks(subject))")
    );
    let row = &page["value"][0];
    assert_eq!(
        members(row),
        [
            "@odata.etag",
            "Account_Tasks",
            "Account_Tasks@odata.nextLink",
            "accountid",
            "name",
            "primarycontactid"
        ]
    );
    // The record of a lookup has no etag here.
    assert_eq!(members(&row["primarycontactid"]), ["contactid", "fullname"]);
    for task in row["Account_Tasks"].as_array().unwrap() {
        assert_eq!(members(task), ["@odata.etag", "_regardingobjectid_value", "activityid", "subject"]);
        assert_eq!(task["_regardingobjectid_value"], json!(litware));
    }
    assert_eq!(
        row["Account_Tasks@odata.nextLink"],
        format!("{ROOT}/accounts({litware})/Account_Tasks?$select=subject")
    );
    assert!(page["@odata.nextLink"].as_str().unwrap().starts_with(&format!("{ROOT}/{query}&$skiptoken=")));
}

#[test]
fn single_valued_properties() {
    let (api, ..) = litware();
    let query = "accounts?$select=name\n&$expand=primarycontactid($select=contactid,fullname),createdby($select=fullname)";
    let page = paged(&api, 2).get(query).expect(200).json();
    assert_eq!(
        page["@odata.context"],
        format!("{ROOT}/$metadata#accounts(name,primarycontactid(contactid,fullname),createdby(fullname))")
    );
    let names: Vec<&Value> =
        page["value"].as_array().unwrap().iter().map(|row| &row["primarycontactid"]["fullname"]).collect();
    assert_eq!(names, ["Susanna Stubberod (sample)", "Nancy Anderson (sample)"]);
    let user = &page["value"][0]["createdby"];
    assert_eq!(members(user), ["fullname", "ownerid", "systemuserid"]);
    assert_eq!(
        (&user["ownerid"], &user["fullname"]),
        (&user["systemuserid"], &json!("System Administrator"))
    );
}

#[test]
fn references() {
    let (api, ..) = litware();
    let page = api.get("accounts?$select=name&$expand=primarycontactid/$ref").expect(200).json();
    assert_eq!(
        page["@odata.context"],
        format!("{ROOT}/$metadata#accounts(name,primarycontactid,primarycontactid/$ref())")
    );
    for row in page["value"].as_array().unwrap() {
        assert_eq!(
            members(row),
            ["@odata.etag", "_primarycontactid_value", "accountid", "name", "primarycontactid"]
        );
        let id = row["_primarycontactid_value"].as_str().unwrap();
        assert_eq!(row["primarycontactid"], json!({"@odata.id": format!("{ROOT}/contacts({id})")}));
    }
}

#[test]
fn expanded_collections_are_complete() {
    let (api, litware, adventure) = litware();
    let query = "accounts?$select=name,accountid&$expand=Account_Tasks($select=subject),contact_customer_accounts($select=fullname)";
    let small = paged(&api, 1);
    let page = small.get(query).expect(200).json();
    let row = &page["value"][0];
    assert_eq!(
        (page["value"].as_array().unwrap().len(), row["Account_Tasks"].as_array().unwrap().len()),
        (1, 3)
    );
    let contact = &row["contact_customer_accounts"][0];
    assert_eq!(members(contact), ["@odata.etag", "_parentcustomerid_value", "contactid", "fullname"]);
    assert_eq!(
        row["contact_customer_accounts@odata.nextLink"],
        format!("{ROOT}/accounts({litware})/contact_customer_accounts?$select=fullname")
    );
    // An empty collection has its link, too.
    let last = small.send("GET", &below(&page["@odata.nextLink"]), "").expect(200).json();
    let row = &last["value"][0];
    assert_eq!((&row["accountid"], &row["Account_Tasks"]), (&json!(adventure), &json!([])));
    let link = format!("{ROOT}/accounts({adventure})/Account_Tasks?$select=subject");
    assert_eq!(row["Account_Tasks@odata.nextLink"], link);
}

#[test]
fn the_link_finds_the_same_rows_again() {
    let (api, litware, _) = litware();
    let options =
        "$select=subject;$filter=contains(subject,'Task');$orderby=createdon desc,subject desc;$top=2";
    let row = api.rows(&format!("accounts?$select=name&$expand=Account_Tasks({options})")).remove(0);
    let subjects = |rows: &Value| -> Vec<Value> {
        rows.as_array().unwrap().iter().map(|row| row["subject"].clone()).collect()
    };
    assert_eq!(subjects(&row["Account_Tasks"]), ["Task 3 for Litware", "Task 2 for Litware"]);
    let link = below(&row["Account_Tasks@odata.nextLink"]);
    assert_eq!(
        link,
        format!(
            "accounts({litware})/Account_Tasks?$select=subject&$filter=contains(subject,'Task')&$orderby=createdon%20desc,subject%20desc&$top=2"
        )
    );
    let again = api.send("GET", &link, "").expect(200).json();
    assert_eq!(subjects(&again["value"]), subjects(&row["Account_Tasks"]));
    // The request of the link can be paged.
    let row = api.rows("accounts?$expand=Account_Tasks($select=subject)").remove(0);
    let page =
        paged(&api, 2).send("GET", &below(&row["Account_Tasks@odata.nextLink"]), "").expect(200).json();
    assert_eq!(page["value"].as_array().unwrap().len(), 2);
    assert!(page["@odata.nextLink"].as_str().unwrap().contains("$skiptoken="));
}

#[test]
fn an_expand_without_options_has_a_bare_link() {
    let (api, litware, _) = litware();
    let row = api.rows("accounts?$select=name&$expand=Account_Tasks").remove(0);
    assert_eq!(row["Account_Tasks@odata.nextLink"], format!("{ROOT}/accounts({litware})/Account_Tasks"));
    assert!(row["Account_Tasks"][0].get("prioritycode").is_some());
}

#[test]
fn no_more_than_5000_expanded_rows() {
    let api = Api::new();
    let account = api.create("accounts", &json!({"name": "a"}));
    let type_name = "Microsoft.Dynamics.CRM.task";
    let bind = format!("accounts({account})");
    let task = json!({"@odata.type": type_name, "regardingobjectid_account_task@odata.bind": bind});
    api.post("tasks/Microsoft.Dynamics.CRM.CreateMultiple", &json!({"Targets": vec![task; 5001]}))
        .expect(200);
    let row = api.rows("accounts?$select=name&$expand=Account_Tasks($select=activityid)").remove(0);
    assert_eq!(row["Account_Tasks"].as_array().unwrap().len(), 5000);
}

/// multi-level-expand, second example.
#[test]
fn collections_of_a_record_have_no_links() {
    let (api, ..) = litware();
    let user = api.get("WhoAmI").json()["UserId"].as_str().unwrap().to_owned();
    let query =
        format!("systemusers({user})/user_accounts?$select=name&$expand=Account_Tasks($select=subject)");
    let page = paged(&api, 1).get(&query).expect(200).json();
    assert_eq!(page["@odata.context"], format!("{ROOT}/$metadata#accounts(name,Account_Tasks(subject))"));
    let row = &page["value"][0];
    assert_eq!(members(row), ["@odata.etag", "Account_Tasks", "accountid", "name"]);
    assert_eq!(row["Account_Tasks"].as_array().unwrap().len(), 3);
    let task = &row["Account_Tasks"][0];
    assert_eq!(members(task), ["@odata.etag", "_regardingobjectid_value", "activityid", "subject"]);
    assert!(page["@odata.nextLink"].as_str().unwrap().contains("/user_accounts?"));
}

#[test]
fn many_to_many_alone() {
    let api = Api::new();
    let user = api.emulator.add_user("Ada Agent").unwrap();
    api.emulator.add_team("Night shift", &[user]).unwrap();
    let query = format!(
        "systemusers?$filter=systemuserid eq {user}&$select=fullname&$expand=teammembership_association($select=name),systemuserroles_association($select=name)"
    );
    let row = api.rows(&query).remove(0);
    let team = &row["teammembership_association"][0];
    // No lookup leads to the records, and teams are principals like users.
    assert_eq!(members(team), ["@odata.etag", "name", "ownerid", "teamid"]);
    assert_eq!(
        row["teammembership_association@odata.nextLink"],
        format!("{ROOT}/systemusers({user})/teammembership_association?$select=name")
    );
}
