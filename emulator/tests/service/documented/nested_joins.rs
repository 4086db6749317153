//! webapi/query/join-tables, multi-level-expand: expands within expands.

use serde_json::{Value, json};

use super::data::{ROOT, below, litware, members, paged};
use crate::support::Api;

#[test]
fn nested_single_valued_properties() {
    let (api, ..) = litware();
    let contact = api.rows("contacts?$select=contactid&$top=1")[0]["contactid"].as_str().unwrap().to_owned();
    for number in [1, 2] {
        let task = json!({
            "subject": format!("Task {number} for Susanna Stubberod"),
            "regardingobjectid_contact_task@odata.bind": format!("contacts({contact})")
        });
        api.create("tasks", &task);
    }
    let query = "tasks?$select=subject\n&$expand=regardingobjectid_contact_task($select=fullname;\n $expand=parentcustomerid_account($select=name;\n  $expand=createdby($select=fullname)))&$filter=contains(subject,'Susanna')";
    let page = paged(&api, 2).get(query).expect(200).json();
    assert_eq!(
        page["@odata.context"],
        format!(
            "{ROOT}/$metadata#tasks(subject,regardingobjectid_contact_task(fullname,parentcustomerid_account(name,createdby(fullname))))"
        )
    );
    for row in page["value"].as_array().unwrap() {
        assert_eq!(members(row), ["@odata.etag", "activityid", "regardingobjectid_contact_task", "subject"]);
        let contact = &row["regardingobjectid_contact_task"];
        assert_eq!(members(contact), ["contactid", "fullname", "parentcustomerid_account"]);
        let account = &contact["parentcustomerid_account"];
        assert_eq!(members(account), ["accountid", "createdby", "name"]);
        assert_eq!(account["createdby"]["fullname"], "System Administrator");
        assert_eq!(members(&account["createdby"]), ["fullname", "ownerid", "systemuserid"]);
    }
}

#[test]
fn a_nested_expand_pages_all_collections() {
    let (api, litware, _) = litware();
    let query = "accounts?$select=name,accountid\n&$expand=Account_Tasks($select=subject),contact_customer_accounts($select=fullname;\n$expand=owninguser($select=fullname))";
    let small = paged(&api, 1);
    let page = small.get(query).expect(200).json();
    assert_eq!(
        page["@odata.context"],
        format!(
            "{ROOT}/$metadata#accounts(name,accountid,Account_Tasks(subject),contact_customer_accounts(fullname,owninguser(fullname)))"
        )
    );
    let row = &page["value"][0];
    assert!(row.get("@odata.etag").is_some());
    // Expanded records have neither etags nor the lookup of the relationship.
    assert_eq!(row["Account_Tasks"].as_array().unwrap().len(), 1);
    assert_eq!(members(&row["Account_Tasks"][0]), ["activityid", "subject"]);
    let contact = &row["contact_customer_accounts"][0];
    assert_eq!(members(contact), ["contactid", "fullname", "owninguser"]);
    assert_eq!(members(&contact["owninguser"]), ["fullname", "ownerid", "systemuserid"]);
    let link = below(&row["Account_Tasks@odata.nextLink"]);
    let start = format!("accounts({litware})/Account_Tasks?$select=subject&$skiptoken=");
    assert!(link.starts_with(&start), "{link}");
    // The link continues after the rows of the answer.
    let rest = api.send("GET", &link, "").expect(200).json();
    let rest: Vec<&Value> = rest["value"].as_array().unwrap().iter().map(|row| &row["subject"]).collect();
    assert_eq!(rest, ["Task 2 for Litware", "Task 3 for Litware"]);
    // A complete collection has a link, too, and it finds nothing.
    let link = below(&row["contact_customer_accounts@odata.nextLink"]);
    let start = format!(
        "accounts({litware})/contact_customer_accounts?$select=fullname&$expand=owninguser($select=fullname)&$skiptoken="
    );
    assert!(link.starts_with(&start), "{link}");
    let rest = api.send("GET", &link, "").expect(200).json();
    assert_eq!((&rest["value"], rest.get("@odata.nextLink")), (&json!([]), None));
    assert!(below(&page["@odata.nextLink"]).contains("&$skiptoken="));
}

#[test]
fn an_empty_collection_has_a_link_that_finds_new_rows() {
    let (api, _, adventure) = litware();
    let query = "accounts?$select=name&$filter=startswith(name,'Adv')&$expand=Account_Tasks($select=subject),primarycontactid($expand=createdby)";
    let row = paged(&api, 5).rows(query).remove(0);
    assert_eq!(row["Account_Tasks"], json!([]));
    let link = below(&row["Account_Tasks@odata.nextLink"]);
    assert_eq!(api.send("GET", &link, "").expect(200).json()["value"], json!([]));
    let bind = format!("accounts({adventure})");
    api.create("tasks", &json!({"subject": "new", "regardingobjectid_account_task@odata.bind": bind}));
    assert_eq!(api.send("GET", &link, "").expect(200).json()["value"][0]["subject"], "new");
}

#[test]
fn collections_within_collections() {
    let (api, litware, _) = litware();
    api.create("accounts", &json!({"name": "Fabrikam, Inc."}));
    let user = api.get("WhoAmI").json()["UserId"].as_str().unwrap().to_owned();
    let query = format!(
        "systemusers?$filter=systemuserid eq {user}\n&$select=fullname\n&$expand=user_accounts($select=name;\n $expand=Account_Tasks($select=subject))"
    );
    let small = paged(&api, 2);
    let page = small.get(&query).expect(200).json();
    let row = &page["value"][0];
    assert_eq!(
        members(row),
        [
            "@odata.etag",
            "fullname",
            "ownerid",
            "systemuserid",
            "user_accounts",
            "user_accounts@odata.nextLink"
        ]
    );
    let account = &row["user_accounts"][0];
    assert_eq!(members(account), ["Account_Tasks", "Account_Tasks@odata.nextLink", "accountid", "name"]);
    assert_eq!(
        (&account["accountid"], account["Account_Tasks"].as_array().unwrap().len()),
        (&json!(litware), 2)
    );
    let tasks = api.send("GET", &below(&account["Account_Tasks@odata.nextLink"]), "").expect(200).json();
    assert_eq!(tasks["value"][0]["subject"], "Task 3 for Litware");
    // There is only one user, and yet there is a link: to an empty page without a link.
    let last = small.send("GET", &below(&page["@odata.nextLink"]), "").expect(200).json();
    assert_eq!((&last["value"], last.get("@odata.nextLink")), (&json!([]), None));
}

#[test]
fn without_a_page_size_nested_collections_are_complete() {
    let (api, ..) = litware();
    let query = "accounts?$select=name&$expand=Account_Tasks($select=subject;$expand=createdby_task($select=fullname))";
    let page = api.get(query).expect(200).json();
    assert_eq!(page["value"][0]["Account_Tasks"].as_array().unwrap().len(), 3);
    assert!(page.get("@odata.nextLink").is_none());
    assert!(below(&page["value"][0]["Account_Tasks@odata.nextLink"]).contains("$skiptoken="));
}

/// multi-level-expand, the last example.
#[test]
fn one_record_with_a_collection_within_a_collection() {
    let (api, ..) = litware();
    api.create("accounts", &json!({"name": "Fabrikam, Inc."}));
    let user = api.get("WhoAmI").json()["UserId"].as_str().unwrap().to_owned();
    let query = format!(
        "systemusers({user})?$select=fullname&$expand=user_accounts($select=name;$expand=Account_Tasks($select=subject))"
    );
    let row = paged(&api, 2).get(&query).expect(200).json();
    assert_eq!(
        row["@odata.context"],
        format!("{ROOT}/$metadata#systemusers(fullname,user_accounts(name,Account_Tasks(subject)))/$entity")
    );
    let accounts = row["user_accounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 2);
    for account in accounts {
        assert_eq!(members(account), ["@odata.etag", "Account_Tasks", "accountid", "name"]);
        assert_eq!(account["Account_Tasks"], json!([]));
    }
    assert!(below(&row["user_accounts@odata.nextLink"]).contains("$skiptoken="));
    let strict = Api::strict();
    let user = strict.get("WhoAmI").json()["UserId"].as_str().unwrap().to_owned();
    let query = format!("systemusers({user})?$expand=user_accounts($expand=Account_Tasks)");
    strict.get(&query).refused(400, "0x80060888", "Strict mode");
}
