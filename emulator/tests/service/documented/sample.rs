//! web-api-query-data-sample.

use serde_json::{Value, json};

use super::data::{FORMATTED, ROOT, members};
use crate::support::Api;

/// Returns the account of the sample with its eight contacts, and the account's id.
fn contoso() -> (Api, String) {
    let contact = |(name, job, income): (&str, &str, i64)| {
        let (first, last) = name.split_once(' ').unwrap();
        let tasks: Vec<Value> =
            (1..=3).map(|number| json!({"subject": format!("Task {number} for {name}")})).collect();
        json!({
            "firstname": first, "lastname": format!("{last} (sample)"), "jobtitle": job, "annualincome": income,
            "Contact_Tasks": tasks
        })
    };
    let contacts: Vec<Value> = [
        ("Susanna Stubberod", "Senior Purchaser", 52000),
        ("Nancy Anderson", "Activities Manager", 55500),
        ("Maria Cambell", "Accounts Manager", 31000),
        ("Scott Konersmann", "Accounts Manager", 38000),
        ("Robert Lyon", "Senior Technician", 78000),
        ("Paul Cannon", "Ski Instructor", 68500),
        ("Rene Valdes", "Data Analyst III", 86000),
        ("Jim Glynn", "Senior International Sales Manager", 81400),
    ]
    .into_iter()
    .map(contact)
    .collect();
    let api = Api::new();
    let account = json!({
        "name": "Contoso, Ltd. (sample)", "primarycontactid": contact(("Yvonne McKay", "Coffee Master", 45000)),
        "contact_customer_accounts": contacts
    });
    let id = api.create("accounts", &account);
    (api.with("Prefer", "odata.include-annotations=\"*\""), id)
}

#[test]
fn one_contact() {
    let (api, account) = contoso();
    let row = api
        .get(&format!("accounts({account})/primarycontactid?$select=fullname,jobtitle,annualincome"))
        .json();
    assert_eq!(
        members(&row),
        [
            "@odata.context",
            "@odata.etag",
            "_transactioncurrencyid_value",
            "_transactioncurrencyid_value@Microsoft.Dynamics.CRM.associatednavigationproperty",
            "_transactioncurrencyid_value@Microsoft.Dynamics.CRM.lookuplogicalname",
            "_transactioncurrencyid_value@OData.Community.Display.V1.FormattedValue",
            "annualincome",
            "annualincome@OData.Community.Display.V1.FormattedValue",
            "contactid",
            "fullname",
            "jobtitle"
        ]
    );
    assert_eq!(row[format!("annualincome@{FORMATTED}")], "$45,000.00");
    assert_eq!(row[format!("_transactioncurrencyid_value@{FORMATTED}")], "US Dollar");
}

#[test]
fn annotations_of_a_page() {
    let (api, account) = contoso();
    let query = format!(
        "contacts?$select=fullname,jobtitle,annualincome&$filter=contains(fullname,'(sample)') and _parentcustomerid_value eq {account}"
    );
    let page = api.get(&query).expect(200).json();
    assert_eq!(
        members(&page),
        [
            "@Microsoft.Dynamics.CRM.globalmetadataversion",
            "@Microsoft.Dynamics.CRM.totalrecordcount",
            "@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded",
            "@odata.context",
            "value"
        ]
    );
    assert_eq!(page["value"].as_array().unwrap().len(), 8);
    assert_eq!(api.rows(&format!("{query}&$top=5")).len(), 5);
}

#[test]
fn ordered_and_counted() {
    let (api, account) = contoso();
    let of = format!("_parentcustomerid_value eq {account}");
    let query = format!(
        "contacts?$select=fullname,jobtitle,annualincome&$filter=contains(fullname,'(sample)') and {of}&$orderby=jobtitle asc, annualincome desc"
    );
    let incomes = [38000, 31000, 55500, 86000, 81400, 52000, 78000, 68500];
    assert_eq!(api.column("annualincome", &query), incomes);
    let aliased = format!(
        "contacts?$select=fullname,jobtitle,annualincome&$filter=contains(@p1,'(sample)') and @p2 eq {account}&$orderby=@p4 asc, @p3 desc&@p1=fullname&@p2=parentcustomerid_account/accountid&@p3=annualincome&@p4=jobtitle"
    );
    assert_eq!(api.column("annualincome", &aliased), incomes);
    let counted = format!(
        "contacts?$select=fullname,jobtitle,annualincome&$filter=(contains(jobtitle,'senior') or contains(jobtitle, 'manager')) and {of}&$count=true"
    );
    let page = api.get(&counted).expect(200).json();
    assert_eq!(
        (&page["@odata.count"], &page["@Microsoft.Dynamics.CRM.totalrecordcount"]),
        (&json!(6), &json!(6))
    );
}

#[test]
fn tasks_with_the_account_of_their_contact() {
    let (api, account) = contoso();
    let query = format!(
        "tasks?$select=subject&$filter=regardingobjectid_contact_task/_accountid_value eq {account}&$expand=regardingobjectid_contact_task($select=fullname;$expand=parentcustomerid_account($select=name;$expand=createdby($select=fullname)))"
    );
    let rows = api.rows(&query);
    assert_eq!(rows.len(), 24);
    for row in rows {
        let account = &row["regardingobjectid_contact_task"]["parentcustomerid_account"];
        assert_eq!(
            (&account["name"], members(account)),
            (&json!("Contoso, Ltd. (sample)"), vec!["accountid", "createdby", "name"])
        );
    }
}

#[test]
fn aggregates_of_a_collection() {
    let (api, account) = contoso();
    let query = format!(
        "accounts({account})/contact_customer_accounts?$apply=aggregate(annualincome with average as average, annualincome with sum as total, annualincome with min as minimum, annualincome with max as maximum)"
    );
    let answer = api.get(&query).expect(200).json();
    assert_eq!(answer["@odata.context"], format!("{ROOT}/$metadata#contacts"));
    assert_eq!(answer["@Microsoft.Dynamics.CRM.totalrecordcount"], -1);
    assert!(answer.get("@Microsoft.Dynamics.CRM.globalmetadataversion").is_none());
    let row = &answer["value"][0];
    for (name, value, text) in [
        ("average", 61300, "$61,300.00"),
        ("total", 490_400, "$490,400.00"),
        ("minimum", 31000, "$31,000.00"),
        ("maximum", 86000, "$86,000.00"),
    ] {
        assert_eq!((&row[name], &row[format!("{name}@{FORMATTED}")]), (&json!(value), &json!(text)));
        assert_eq!(row[format!("{name}@OData.Community.Display.V1.AttributeName")], "annualincome");
    }
    // Aggregates of a collection of a record have its columns as null.
    for name in ["fullname", "contactid", "_ownerid_value", "annualincome"] {
        assert_eq!(row.get(name), Some(&Value::Null), "{name}");
    }
}

/// The account and the parent contact of a contact repeat its customer.
#[test]
fn the_account_of_a_contact() {
    let (api, account) = contoso();
    let of = |customer: &str| {
        let id = api.create(
            "contacts",
            &json!({"parentcustomerid_account@odata.bind": format!("accounts({account})")}),
        );
        let target = format!("contacts({id})");
        if customer == "contact" {
            let other = api.create("contacts", &json!({"lastname": "other"}));
            let bind = json!({"parentcustomerid_contact@odata.bind": format!("contacts({other})")});
            api.patch(&target, &bind).expect(204);
        }
        let row = api.get(&format!(
            "{target}?$select=_accountid_value,_parentcontactid_value,_parentcustomerid_value"
        ));
        let row = row.expect(200).json();
        let lookups = ["_accountid_value", "_parentcontactid_value"].map(|name| !row[name].is_null());
        let same = ["_accountid_value", "_parentcontactid_value"]
            .iter()
            .any(|name| row[name] == row["_parentcustomerid_value"]);
        (lookups, same)
    };
    assert_eq!(of("account"), ([true, false], true));
    assert_eq!(of("contact"), ([false, true], true));
    // They are values without a navigation property, as in the `$metadata` of an org.
    api.get("contacts?$expand=accountid").refused(400, "0x0", "Could not find a property named 'accountid'");
}

/// use-web-api-functions: query functions.
#[test]
fn query_functions_with_aliases() {
    let (api, _) = contoso();
    let recent = "accounts?$select=name,accountnumber&$filter=Microsoft.Dynamics.CRM.LastXHours(PropertyName=@p1,PropertyValue=@p2)&@p1='modifiedon'&@p2=12";
    assert_eq!(api.rows(recent).len(), 1);
    let user = "systemusers?$select=fullname,systemuserid&$filter=not Microsoft.Dynamics.CRM.EqualUserId(PropertyName=@p1)&@p1='systemuserid'";
    let words = "Not operator along with the Custom Named Condition operators is not allowed";
    api.get(user).refused(400, "0x80060888", words);
    let others = "systemusers?$select=fullname,systemuserid&$filter=Microsoft.Dynamics.CRM.NotEqualUserId(PropertyName=@p1)&@p1='systemuserid'";
    assert!(!api.column("fullname", others).contains(&json!("System Administrator")));
    let week = "accounts?$select=name&$filter=not Microsoft.Dynamics.CRM.Last7Days(PropertyName=@p1)&@p1='createdon'";
    api.get(week).refused(400, "0x80060888", words);
    let older = "accounts?$select=name&$filter=Microsoft.Dynamics.CRM.OlderThanXDays(PropertyName=@p1,PropertyValue=@p2)&@p1='createdon'&@p2=7";
    assert_eq!(api.rows(older).len(), 0);
}
