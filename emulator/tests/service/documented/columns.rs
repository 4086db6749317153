//! webapi/query/select-columns, order-rows, page-results and overview.

use serde_json::{Value, json};

use super::data::{FORMATTED, ROOT, below, formatted, litware, members, nine_accounts, paged};
use crate::support::Api;

#[test]
fn the_key_and_the_currency_are_included() {
    let (api, litware, _) = litware();
    let answer = api.get("accounts?$select=name,revenue&$top=1").expect(200);
    assert_eq!(answer.header("content-type"), Some("application/json; odata.metadata=minimal"));
    assert_eq!(answer.header("odata-version"), Some("4.0"));
    let page = answer.json();
    assert_eq!(page["@odata.context"], format!("{ROOT}/$metadata#accounts(name,revenue)"));
    let row = &page["value"][0];
    assert_eq!(members(row), ["@odata.etag", "_transactioncurrencyid_value", "accountid", "name", "revenue"]);
    assert_eq!((&row["accountid"], &row["revenue"]), (&json!(litware), &json!(20000)));
    assert!(page.get("@odata.nextLink").is_none());
}

#[test]
fn everything_without_a_select() {
    let (api, ..) = litware();
    let page = api.get("accounts").expect(200).json();
    assert_eq!(page["@odata.context"], format!("{ROOT}/$metadata#accounts"));
    let row = &page["value"][0];
    for name in ["_ownerid_value", "statecode", "createdon", "accountnumber"] {
        assert!(row.get(name).is_some(), "{name}");
    }
}

#[test]
fn formatted_values_are_annotations() {
    let (api, ..) = litware();
    let select = "accounts?$select=name,revenue,_primarycontactid_value,customertypecode,modifiedon,creditonhold&$top=1";
    let row = formatted(&api).rows(select).remove(0);
    let text = |name: &str| row.get(format!("{name}@{FORMATTED}")).and_then(Value::as_str);
    for (name, expected) in [
        ("name", None),
        ("revenue", Some("$20,000.00")),
        ("_primarycontactid_value", Some("Susanna Stubberod (sample)")),
        ("customertypecode", Some("Competitor")),
        ("modifiedon", Some("3/4/2026 10:30 AM")),
        ("creditonhold", Some("No")),
        ("_transactioncurrencyid_value", Some("US Dollar")),
        ("accountid", None),
    ] {
        assert_eq!(text(name), expected, "{name}");
    }
    assert!(api.rows(select)[0].get(format!("revenue@{FORMATTED}")).is_none());
}

#[test]
fn lookups_have_their_table_and_property() {
    let (api, litware, _) = litware();
    let team = api.emulator.add_team("Owners", &[]).unwrap();
    api.patch(&format!("accounts({litware})"), &json!({"ownerid@odata.bind": format!("teams({team})")}))
        .expect(204);
    let asked = "odata.include-annotations=\"Microsoft.Dynamics.CRM.associatednavigationproperty,Microsoft.Dynamics.CRM.lookuplogicalname\"";
    let rows = api.with("Prefer", asked).rows("accounts?$select=name,_ownerid_value&$top=2");
    for (row, table) in rows.iter().zip(["team", "systemuser"]) {
        assert_eq!(row["_ownerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty"], "ownerid");
        assert_eq!(row["_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"], table);
        assert!(row.get(format!("_ownerid_value@{FORMATTED}")).is_none());
    }
    api.get("accounts?$select=ownerid").refused(400, "0x0", "Could not find a property named 'ownerid'");
}

#[test]
fn retrieving_data() {
    let api = formatted(&nine_accounts());
    let answer = api.get("accounts?$select=name,statecode,statuscode&$orderby=name&$top=1").expect(200);
    assert_eq!(
        answer.header("preference-applied"),
        Some("odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\"")
    );
    let row = &answer.json()["value"][0];
    assert_eq!(
        members(row),
        [
            "@odata.etag",
            "accountid",
            "name",
            "statecode",
            "statecode@OData.Community.Display.V1.FormattedValue",
            "statuscode",
            "statuscode@OData.Community.Display.V1.FormattedValue"
        ]
    );
    assert_eq!((&row["name"], &row["statuscode"]), (&json!("A. Datum Corporation (sample)"), &json!(1)));
}

#[test]
fn orders() {
    let api = nine_accounts();
    let query = "accounts?$select=name,revenue&$orderby=revenue asc,name desc&$filter=revenue ne null&$top=3";
    assert_eq!(api.column("revenue", query), [10000, 20000, 30000]);
    // Equal values sort by descending name.
    let query = "accounts?$select=name&$orderby=revenue asc,name desc&$filter=revenue eq 60000";
    assert_eq!(api.column("name", query), ["Contoso Pharmaceuticals (sample)", "Adventure Works (sample)"]);
    // A lookup sorts by the name of its record, a choice by its integer.
    let query = "accounts?$select=name&$orderby=_primarycontactid_value&$top=2";
    assert_eq!(api.column("name", query), ["Coho Winery (sample)", "Fabrikam, Inc. (sample)"]);
    let query = "accounts?$select=accountcategorycode&$orderby=accountcategorycode desc&$top=3";
    assert_eq!(api.column("accountcategorycode", query), [json!(2), json!(1), Value::Null]);
}

#[test]
fn pages() {
    let api = paged(&nine_accounts(), 2);
    let mut next = Some("contacts?$select=fullname".to_owned());
    let mut sizes = Vec::new();
    while let Some(target) = next {
        let answer = api.send("GET", &target, "").expect(200);
        assert_eq!(answer.header("preference-applied"), Some("odata.maxpagesize=2"));
        let page = answer.json();
        assert_eq!(page["@odata.context"], format!("{ROOT}/$metadata#contacts(fullname)"));
        sizes.push(page["value"].as_array().unwrap().len());
        next = page.get("@odata.nextLink").map(below);
        if let Some(link) = &next {
            assert!(
                link.starts_with("contacts?$select=fullname&$skiptoken=%3Ccookie%20pagenumber")
                    && link.contains("%25"),
                "{link}"
            );
        }
    }
    assert_eq!(sizes, [2, 2, 2, 2, 1]);
}

#[test]
fn a_page_size_wins_over_top() {
    let api = nine_accounts();
    let top = api.get("accounts?$select=name,revenue&$top=3").json();
    assert_eq!((top["value"].as_array().unwrap().len(), top.get("@odata.nextLink")), (3, None));
    let page = paged(&api, 2).get("accounts?$select=name,revenue&$top=3").json();
    assert_eq!(page["value"].as_array().unwrap().len(), 2);
    assert!(page.get("@odata.nextLink").is_some());
}

#[test]
fn unsupported_options_are_refused() {
    let api = Api::new();
    for option in ["$skip=1", "$search=a", "$format=json"] {
        let name = option.split('=').next().unwrap();
        api.get(&format!("accounts?{option}")).refused(400, "0x80060888", name);
    }
    // Names of options are case-sensitive.
    api.get("accounts?$Top=1").refused(400, "0x0", "$Top");
}

#[test]
fn collections_of_a_record() {
    let (api, litware, _) = litware();
    let user = api.get("WhoAmI").json()["UserId"].as_str().unwrap().to_owned();
    let collection = api.column("name", &format!("systemusers({user})/user_accounts?$select=name"));
    assert_eq!(collection, ["Litware, Inc. (sample)", "Adventure Works (sample)"]);
    for id in [user.clone(), format!("'{user}'")] {
        let filter = format!("accounts?$filter=_owninguser_value eq {id}&$select=name");
        assert_eq!(api.column("name", &filter), collection);
    }
    let tasks = format!("accounts({litware})/Account_Tasks?$select=subject&$top=1");
    assert_eq!(api.column("subject", &tasks), ["Task 1 for Litware"]);
}

/// `query-data-web-api`: formatted values.
#[test]
fn texts_of_choices_and_numbers() {
    let api = Api::new();
    api.create(
        "accounts",
        &json!({"name": "Fourth Coffee (sample)", "numberofemployees": 9500, "revenue": 100000}),
    );
    let select = "accounts?$select=name,donotpostalmail,accountratingcode,numberofemployees,revenue&$top=1";
    let row = formatted(&api).rows(select).remove(0);
    for (name, value, text) in [
        ("donotpostalmail", json!(false), "Allow"),
        ("accountratingcode", json!(1), "Default Value"),
        ("numberofemployees", json!(9500), "9,500"),
        ("revenue", json!(100000), "$100,000.00"),
    ] {
        assert_eq!((&row[name], &row[format!("{name}@{FORMATTED}")]), (&value, &json!(text)), "{name}");
    }
}
