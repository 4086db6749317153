use serde_json::json;

use super::data::{annotated, column, fetch, rows, samples};

const LITWARE: &str = "<filter><condition attribute='name' operator='begins-with' value='Litware'/></filter>";

#[test]
fn columns_and_lookups_by_logical_name() {
    let api = samples();
    let text = format!(
        "<fetch><entity name='account'><attribute name='accountclassificationcode'/><attribute name='createdby'/>\
         <attribute name='createdon'/><attribute name='name'/>{LITWARE}</entity></fetch>"
    );
    let answer = fetch(&api, "accounts", &format!("{text}&$count=true").replace("&$count=true", ""))
        .expect(200)
        .json();
    let row = answer["value"][0].as_object().unwrap();
    let names: Vec<&String> = row.keys().collect();
    for name in
        ["@odata.etag", "accountid", "accountclassificationcode", "createdon", "_createdby_value", "name"]
    {
        assert!(row.contains_key(name), "{names:?}");
    }
    assert_eq!((row.len(), &row["createdon"]), (6, &json!("2023-03-25T17:42:00Z")));
    let row = &rows(&annotated(&api), "accounts", &text)[0];
    for (name, shown) in [
        ("accountclassificationcode", "Default Value"),
        ("createdon", "3/25/2023 5:42 PM"),
        ("_createdby_value", "System Administrator"),
    ] {
        assert_eq!(row[format!("{name}@OData.Community.Display.V1.FormattedValue")], shown);
    }
    assert_eq!(row["_createdby_value@Microsoft.Dynamics.CRM.lookuplogicalname"], "systemuser");
}

#[test]
fn the_context_lists_columns_and_the_records_of_lookups() {
    let api = samples();
    let context = |set: &str, text: &str| {
        let context =
            fetch(&api, set, text).expect(200).json()["@odata.context"].as_str().unwrap().to_owned();
        context.split('#').nth(1).unwrap().to_owned()
    };
    let text = "<fetch top='5'><entity name='account'><attribute name='name'/></entity></fetch>";
    assert_eq!(context("accounts", text), "accounts(name,accountid)");
    let text = "<fetch count='3' page='1'><entity name='contact'><attribute name='fullname'/><attribute name='jobtitle'/>\
                <attribute name='annualincome'/></entity></fetch>";
    let columns =
        "fullname,jobtitle,annualincome,_transactioncurrencyid_value,transactioncurrencyid,contactid";
    assert_eq!(context("contacts", text), format!("contacts({columns},transactioncurrencyid())"));
    let text = "<fetch><entity name='account'><attribute name='accountid'/><attribute name='createdby' alias='whocreated'/>\
                <attribute name='name' alias='companyname'/></entity></fetch>";
    assert_eq!(context("accounts", text), "accounts(accountid,createdby,name,createdby())");
}

#[test]
fn an_alias_renames_a_column() {
    let api = annotated(&samples());
    let text = format!(
        "<fetch><entity name='account'><attribute name='accountclassificationcode' alias='code'/>\
         <attribute name='createdby' alias='whocreated'/><attribute name='createdon' alias='whencreated'/>\
         <attribute name='name' alias='companyname'/>{LITWARE}</entity></fetch>"
    );
    let row = &rows(&api, "accounts", &text)[0];
    let note = |name: &str| row[format!("{name}@OData.Community.Display.V1.AttributeName")].clone();
    let shown = |name: &str| row[format!("{name}@OData.Community.Display.V1.FormattedValue")].clone();
    assert_eq!(
        (&row["code"], note("code"), shown("code")),
        (&json!(1), json!("accountclassificationcode"), json!("Default Value"))
    );
    assert_eq!(
        (&row["whencreated"], shown("whencreated")),
        (&json!("2023-03-25T17:42:00Z"), json!("3/25/2023 5:42 PM"))
    );
    assert_eq!((&row["companyname"], note("companyname")), (&json!("Litware, Inc. (sample)"), json!("name")));
    assert_eq!(
        (note("whocreated"), shown("whocreated")),
        (json!("createdby"), json!("System Administrator"))
    );
    assert_eq!(row["whocreated@Microsoft.Dynamics.CRM.lookuplogicalname"], "systemuser");
    for absent in [
        "name",
        "_createdby_value",
        "createdon",
        "whocreated@Microsoft.Dynamics.CRM.associatednavigationproperty",
    ] {
        assert!(row.get(absent).is_none(), "{absent}: {row}");
    }
    assert!(row.get("accountid").is_some());
}

#[test]
fn empty_columns_are_left_out() {
    let api = samples();
    let text = "<fetch><entity name='account'><attribute name='numberofemployees'/><attribute name='ownerid'/>\
                <filter><condition attribute='name' operator='eq' value='Example Account'/></filter></entity></fetch>";
    let rows = rows(&api, "accounts", text);
    let row = rows[0].as_object().unwrap();
    let has = |name: &str| row.contains_key(name);
    assert!(has("_ownerid_value") && has("accountid") && !has("numberofemployees"));
}

#[test]
fn a_query_without_attributes_returns_all_columns() {
    let api = samples();
    for inside in ["", "<all-attributes/>"] {
        let row = &rows(
            &api,
            "accounts",
            &format!("<fetch top='1'><entity name='account'>{inside}</entity></fetch>"),
        )[0];
        assert_eq!(
            (&row["name"], &row["numberofemployees"]),
            (&json!("Litware, Inc. (sample)"), &json!(6000)),
            "{inside}"
        );
        assert!(row.get("_primarycontactid_value").is_some() && row.get("statecode").is_some());
    }
    let row =
        &rows(&api, "accounts", "<fetch top='1'><entity name='account'><no-attrs/></entity></fetch>")[0];
    assert_eq!(row.as_object().unwrap().len(), 2, "{row}");
}

#[test]
fn a_repeated_column_appears_once() {
    let api = samples();
    let text = "<fetch top='1'><entity name='account'><attribute name='name'/><attribute name='name'/></entity></fetch>";
    assert_eq!(rows(&api, "accounts", text)[0]["name"], "Litware, Inc. (sample)");
    let text = "<fetch><entity name='account'><attribute name='name' alias='x'/><attribute name='fax' alias='x'/></entity></fetch>";
    fetch(&api, "accounts", text).refused(400, "0x80041130", "x is not a unique alias.");
}

#[test]
fn distinct_rows_have_no_key() {
    let api = samples();
    let text = "<fetch distinct='true'><entity name='account'><attribute name='address1_city'/><order attribute='address1_city'/></entity></fetch>";
    let rows = rows(&api, "accounts", text);
    let cities: Vec<_> = rows.iter().filter_map(|row| row["address1_city"].as_str()).collect();
    assert_eq!(cities, ["Dallas", "Los Angeles", "Lynnwood", "Missoula", "Phoenix", "Redmond", "Santa Cruz"]);
    assert_eq!(rows.len(), 8);
    assert!(rows.iter().all(|row| row.get("accountid").is_none()));
    assert_eq!(
        column(&api, "accounts", &text.replace("distinct='true'", "distinct='0'"), "address1_city").len(),
        10
    );
    let counted = fetch(&api, "accounts", &text.replace("distinct", "returntotalrecordcount='1' distinct"))
        .expect(200)
        .json();
    assert_eq!(counted["@odata.count"], 8);
}

#[test]
fn distinct_parents_of_many_rows() {
    let api = samples();
    let account =
        api.rows("accounts?$filter=name eq 'Coho Winery (sample)'&$select=name")[0]["accountid"].clone();
    for name in ["One", "Two"] {
        let account = format!("/accounts({})", account.as_str().unwrap());
        api.create("contacts", &json!({"lastname": name, "parentcustomerid_account@odata.bind": account}));
    }
    let text = |distinct: &str| {
        format!(
            "<fetch {distinct}><entity name='account'><attribute name='name'/>\
             <link-entity name='contact' from='parentcustomerid' to='accountid'/></entity></fetch>"
        )
    };
    assert_eq!(column(&api, "accounts", &text(""), "name").len(), 2);
    assert_eq!(column(&api, "accounts", &text("distinct='true'"), "name"), ["Coho Winery (sample)"]);
}
