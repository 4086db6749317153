//! webapi/query/filter-rows.

use dataverse_emulator::Emulator;
use serde_json::{Value, json};

use super::data::{FORMATTED, ROOT, formatted, litware, members, nine_accounts};
use crate::support::Api;

const EMAIL: &str = r#"{"LogicalName": "email", "EntitySetName": "emails", "PrimaryIdAttribute": "activityid",
    "PrimaryNameAttribute": "subject", "IsActivity": true, "OwnershipType": "UserOwned",
    "Attributes": [
        {"LogicalName": "activityid", "AttributeType": "Uniqueidentifier"},
        {"LogicalName": "subject", "AttributeType": "String", "MaxLength": 800},
        {"LogicalName": "statecode", "AttributeType": "Integer"},
        {"LogicalName": "regardingobjectid", "AttributeType": "Lookup", "Targets": ["account"]}
    ],
    "ManyToOneRelationships": [{
        "SchemaName": "Account_Emails", "ReferencedEntity": "account", "ReferencedAttribute": "accountid",
        "ReferencingEntity": "email", "ReferencingAttribute": "regardingobjectid",
        "ReferencedEntityNavigationPropertyName": "Account_Emails",
        "ReferencingEntityNavigationPropertyName": "regardingobjectid_account_email"
    }]}"#;

fn names(api: &Api, filter: &str) -> Vec<Value> {
    api.column("name", &format!("accounts?$select=name&$filter={filter}"))
}

#[test]
fn operators() {
    let api = nine_accounts();
    for (filter, count) in [
        ("revenue eq 60000", 2),
        ("revenue ne 60000", 7),
        ("revenue gt 60000", 2),
        ("revenue ge 60000", 4),
        ("revenue lt 20000", 1),
        ("revenue le 20000", 2),
        ("revenue lt 60000 and revenue gt 20000", 3),
        ("contains(name,'winery') or contains(name,'ski')", 2),
        ("not contains(name,'Inc.')", 7),
        ("(contains(name,'winery') or contains(name,'ski')) and revenue gt 50000", 1),
        ("contains(name,'(sample)')", 9),
        ("endswith(name,'Inc. (sample)')", 2),
        ("startswith(name,'a')", 3),
        ("not startswith(name,'a')", 6),
        ("not endswith(name,'(SAMPLE)')", 0),
    ] {
        assert_eq!(names(&api, filter).len(), count, "{filter}");
    }
}

#[test]
fn columns_compared_with_columns() {
    let api = Api::new();
    for (first, last) in [("Ada", "ada"), ("Ada", "Lovelace")] {
        api.create("contacts", &json!({"firstname": first, "lastname": last}));
    }
    let query = "contacts?$select=fullname&$filter=firstname eq lastname";
    assert_eq!(api.column("fullname", query), ["Ada ada"]);
    // The types must match, and the columns must be in the same table.
    for filter in ["firstname eq birthdate", "annualincome gt numberofchildren"] {
        api.get(&format!("contacts?$filter={filter}")).refused(400, "0x0", "incompatible types");
    }
    api.get("accounts?$filter=primarycontactid/fullname eq name").refused(
        400,
        "0x80060888",
        "the same table",
    );
    api.get("accounts?$filter=name eq primarycontactid/fullname").refused(
        400,
        "0x80060888",
        "the same table",
    );
    let same = "accounts?$filter=primarycontactid/firstname eq primarycontactid/lastname";
    assert_eq!(api.rows(same).len(), 0);
}

#[test]
fn between() {
    let api = Api::new();
    for employees in [4, 5, 2000, 2001] {
        api.create("accounts", &json!({"numberofemployees": employees}));
    }
    let query = "accounts?$select=name,numberofemployees&$filter=Microsoft.Dynamics.CRM.Between(PropertyName='numberofemployees',PropertyValues=[\"5\",\"2000\"])";
    assert_eq!(api.column("numberofemployees", query), [5, 2000]);
}

#[test]
fn characters_that_are_encoded() {
    let api = Api::new();
    for name in ["call +123", "call 123", "a$b&c,d/e:f;g=h?i@j"] {
        api.create("accounts", &json!({"name": name}));
    }
    assert_eq!(names(&api, "contains(name,'%2B123')"), ["call +123"]);
    // A plus that is not encoded is a blank.
    assert_eq!(names(&api, "contains(name,'+123')"), ["call 123"]);
    let all = "contains(name,'%24b%26c%2Cd%2Fe%3Af%3Bg%3Dh%3Fi%40j')";
    assert_eq!(names(&api, all), ["a$b&c,d/e:f;g=h?i@j"]);
}

#[test]
fn like_wildcards_match_in_text_functions() {
    let api = Api::new();
    for name in ["cat", "cut", "cot", "50%"] {
        api.create("accounts", &json!({"name": name}));
    }
    for (filter, expected) in [
        ("startswith(name,'c_t')", vec!["cat", "cut", "cot"]),
        ("startswith(name,'c%25t')", vec!["cat", "cut", "cot"]),
        ("contains(name,'[ao]t')", vec!["cat", "cot"]),
        ("contains(name,'[a-o]t')", vec!["cat", "cot"]),
        ("contains(name,'c[^a]t')", vec!["cut", "cot"]),
        ("endswith(name,'[%25]')", vec!["50%"]),
    ] {
        assert_eq!(names(&api, filter), expected, "{filter}");
    }
    for filter in
        ["startswith(name,'%25value')", "endswith(name,'value%25')", "not endswith(name,'value%25')"]
    {
        api.get(&format!("accounts?$filter={filter}")).refused(
            400,
            "0x80060888",
            "wildcards are not supported",
        );
    }
}

#[test]
fn single_quotes() {
    let api = Api::new();
    for name in ["OBrian", "OBryan", "O'Brian", "O'Bryan", "Brien"] {
        api.create("contacts", &json!({"lastname": name}));
    }
    let list = "contacts?$select=fullname&$filter=Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=@p2)&@p1='lastname'&@p2=[\"OBrian\",\"OBryan\",\"O'Brian\",\"O'Bryan\"]";
    assert_eq!(api.column("fullname", list), ["OBrian", "OBryan", "O'Brian", "O'Bryan"]);
    let single = list.replace('"', "'");
    api.get(&single).refused(
        400,
        "0x0",
        "Invalid JSON. A comma character ',' was expected in scope 'Array'. Every two elements in an array and properties \
         of an object must be separated by commas.",
    );
    assert_eq!(
        api.column("fullname", "contacts?$select=fullname&$filter=lastname eq 'O''Bryan'"),
        ["O'Bryan"]
    );
    api.get("contacts?$filter=lastname eq 'O'Bryan'").refused(
        400,
        "0x0",
        "There is an unterminated literal at position 21 in 'lastname eq 'O'Bryan''.",
    );
}

#[test]
fn values_of_lookups() {
    let (api, litware, _) = litware();
    let query = "accounts?$filter=primarycontactid/fullname eq 'Susanna Stubberod (sample)'&$select=name,_primarycontactid_value";
    let page = formatted(&api).get(query).expect(200).json();
    assert_eq!(page["@odata.context"], format!("{ROOT}/$metadata#accounts(name,_primarycontactid_value)"));
    let row = &page["value"][0];
    assert_eq!(row[format!("_primarycontactid_value@{FORMATTED}")], "Susanna Stubberod (sample)");
    assert_eq!((&row["accountid"], page["value"].as_array().unwrap().len()), (&json!(litware), 1));
}

#[test]
fn values_further_up() {
    let (api, litware, _) = litware();
    let query = "accounts?$filter=primarycontactid/createdby/fullname eq 'System Administrator'&$select=name,_primarycontactid_value&$expand=primarycontactid(\n$select=fullname,_createdby_value;\n$expand=createdby($select=fullname))&$top=1";
    let page = formatted(&api).get(query).expect(200).json();
    assert_eq!(
        page["@odata.context"],
        format!(
            "{ROOT}/$metadata#accounts(name,_primarycontactid_value,primarycontactid(fullname,_createdby_value,createdby(fullname)))"
        )
    );
    let row = &page["value"][0];
    assert_eq!(row["accountid"], json!(litware));
    let contact = &row["primarycontactid"];
    assert_eq!(
        members(contact),
        [
            "_createdby_value",
            "_createdby_value@OData.Community.Display.V1.FormattedValue",
            "contactid",
            "createdby",
            "fullname"
        ]
    );
    assert_eq!(members(&contact["createdby"]), ["fullname", "ownerid", "systemuserid"]);
    assert_eq!(contact["createdby"]["ownerid"], contact["createdby"]["systemuserid"]);
}

#[test]
fn lambdas() {
    let api = Api::of(Emulator::builder().definitions(EMAIL).build().unwrap());
    let some = api.create("accounts", &json!({"name": "some Inc.", "Account_Tasks": [{"subject": "open"}]}));
    api.create("accounts", &json!({"name": "none"}));
    let bind = format!("accounts({some})");
    let email = json!({"subject": "has sometext", "statecode": 1, "regardingobjectid_account_email@odata.bind": bind});
    api.create("emails", &email);
    let job = json!({"jobtitle": "jobtitle", "parentcustomerid_account@odata.bind": bind});
    let contact = api.create("contacts", &job);
    let customer = format!("contacts({contact})");
    api.create("opportunities", &json!({"description": "x", "customerid_contact@odata.bind": customer}));
    for (filter, expected) in [
        ("Account_Emails/any(e:contains(e/subject,'sometext'))", vec!["some Inc."]),
        ("Account_Emails/any(e:contains(e/subject,'sometext') and \ne/statecode eq 0)", vec![]),
        ("Account_Emails/any()", vec!["some Inc."]),
        ("Account_Tasks/all(t:t/statecode eq 1)", vec!["none"]),
        (
            "(contact_customer_accounts/any(c:c/jobtitle eq 'jobtitle' and \nc/opportunity_customer_contacts/any(o:o/description ne 'N/A'))) and \nendswith(name,'Inc.')",
            vec!["some Inc."],
        ),
    ] {
        assert_eq!(names(&api, filter), expected, "{filter}");
    }
}

#[test]
fn lambdas_do_not_follow_lookups() {
    let api = Api::new();
    for filter in [
        "primarycontactid/contact_customer_contacts/any(a:a/fullname eq 'a')",
        "primarycontactid/Contact_Tasks/all(t:t/statecode eq 1)",
        "contact_customer_accounts/any(c:c/masterid/Contact_Tasks/any())",
    ] {
        api.get(&format!("accounts?$filter={filter}")).refused(400, "0x80060888", "nested in a lookup");
    }
}

/// query-data-web-api: parents by their children.
#[test]
fn parents_by_their_children() {
    let api = Api::new();
    for (name, budget, description) in
        [("a", 400, Some("good")), ("b", 200, None), ("c", 400, Some("bad idea"))]
    {
        let opportunity = json!([{"budgetamount": budget, "description": description}]);
        api.create("accounts", &json!({"name": name, "opportunity_customer_accounts": opportunity}));
    }
    api.create("accounts", &json!({"name": "d"}));
    let filter = "not opportunity_customer_accounts/any(o:o/description eq null and \no/budgetamount le 300 or \ncontains(o/description, 'bad')) and \nopportunity_customer_accounts/any() and \nendswith(name,'')";
    assert_eq!(names(&api, filter), ["a"]);
}

/// query-data-web-api: users by their teams, accounts by the key of a lookup.
#[test]
fn many_to_many_and_keys_of_lookups() {
    let (api, litware, _) = litware();
    let user = api.emulator.add_user("Ada Agent").unwrap();
    api.emulator.add_team("CITTEST", &[user]).unwrap();
    let query = "systemusers?$filter=(teammembership_association/any(t:t/name eq 'CITTEST'))&$select=fullname,_businessunitid_value,title,address1_telephone1,systemuserid&$orderby=fullname";
    assert_eq!(api.column("fullname", query), ["Ada Agent"]);
    let contact =
        api.rows("accounts?$select=_primarycontactid_value&$top=1")[0]["_primarycontactid_value"].clone();
    let contact = contact.as_str().unwrap();
    assert_eq!(names(&api, &format!("primarycontactid/contactid eq {contact}")), ["Litware, Inc. (sample)"]);
    let parent = json!({"name": "Sample Child Account 1", "parentaccountid@odata.bind": format!("accounts({litware})")});
    api.create("accounts", &parent);
    assert_eq!(names(&api, &format!("parentaccountid/accountid eq {litware}")), ["Sample Child Account 1"]);
}
