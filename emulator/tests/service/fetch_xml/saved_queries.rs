use serde_json::{Value, json};

use super::data::samples;
use crate::support::{Api, G1};

const REDMOND: &str = "<fetch version='1.0' output-format='xml-platform' mapping='logical'><entity name='account'><attribute name='name'/>\
    <order attribute='name'/><filter><condition attribute='address1_city' operator='eq' value='Redmond'/></filter></entity></fetch>";

fn saved(api: &Api, set: &str, text: &str) -> String {
    api.create(
        set,
        &json!({"name": "In Redmond", "returnedtypecode": "account", "querytype": 0, "fetchxml": text}),
    )
}

fn names(answer: &Value) -> Vec<&str> {
    answer["value"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

const IN_REDMOND: [&str; 3] =
    ["A. Datum Corporation (sample)", "City Power & Light (sample)", "Contoso Pharmaceuticals (sample)"];

#[test]
fn a_system_view_is_found_and_executed() {
    let api = samples();
    saved(&api, "savedqueries", REDMOND);
    let found = api.rows("savedqueries?$select=name,savedqueryid&$filter=name eq 'In Redmond'");
    let id = found[0]["savedqueryid"].as_str().unwrap();
    let answer = api.get(&format!("accounts?savedQuery={id}")).expect(200).json();
    assert_eq!(names(&answer), IN_REDMOND);
    let counted = api.get(&format!("accounts?savedQuery={id}&$count=true")).expect(200).json();
    assert_eq!(counted["@odata.count"], 3);
}

#[test]
fn a_query_of_a_user_is_executed() {
    let api = samples();
    let id = saved(&api, "userqueries", REDMOND);
    assert_eq!(names(&api.get(&format!("accounts?userQuery={id}")).expect(200).json()), IN_REDMOND);
    assert!(api.rows("userqueries?$select=name")[0].get("userqueryid").is_some());
}

#[test]
fn rows_of_saved_queries_have_no_empty_columns() {
    let api = samples();
    let id = saved(
        &api,
        "savedqueries",
        "<fetch><entity name='account'><attribute name='name'/><attribute name='accountnumber'/></entity></fetch>",
    );
    let answer = api.get(&format!("accounts?savedQuery={id}")).expect(200).json();
    let row = answer["value"][0].as_object().unwrap();
    assert_eq!((row.len(), row.contains_key("accountnumber")), (3, false));
}

#[test]
fn a_saved_query_on_a_collection_of_a_record() {
    let api = samples();
    let parent = api.create("accounts", &json!({"name": "Parent"}));
    for row in api.rows("accounts?$select=name&$filter=startswith(name,'C')") {
        let id = row["accountid"].as_str().unwrap();
        api.patch(
            &format!("accounts({id})"),
            &json!({"parentaccountid@odata.bind": format!("/accounts({parent})")}),
        )
        .expect(204);
    }
    let id = saved(&api, "savedqueries", REDMOND);
    for slash in ["", "/"] {
        let target = format!("accounts({parent})/referencing_account_parent_account{slash}?savedQuery={id}");
        let target = if api.get(&target).status == 404 { target.replace("referencing_", "") } else { target };
        assert_eq!(names(&api.get(&target).expect(200).json()), IN_REDMOND[1..]);
    }
}

#[test]
fn invalid_saved_queries_are_refused() {
    let api = samples();
    let id = saved(&api, "savedqueries", REDMOND);
    api.get(&format!("contacts?savedQuery={id}")).refused(400, "0x80041128", "'contact'");
    api.get(&format!("accounts?savedQuery={G1}")).refused(404, "0x80040217", "savedquery");
    api.get(&format!("accounts?userQuery={id}")).refused(404, "0x80040217", "userquery");
    api.get("accounts?savedQuery=x").refused(400, "0x0", "'x'");
    let empty = api.create("savedqueries", &json!({"name": "Empty", "returnedtypecode": "account"}));
    api.get(&format!("accounts?savedQuery={empty}")).expect(400);
}

#[test]
fn the_query_of_another_user_is_hidden() {
    let api = samples();
    let id = saved(&api, "userqueries", REDMOND);
    let ada = api.as_user(&api.emulator.add_user("Ada Agent").unwrap().to_string());
    ada.get(&format!("accounts?userQuery={id}")).refused(403, "0x80048306", "ReadAccess");
    let view = saved(&api, "savedqueries", REDMOND);
    assert_eq!(names(&ada.get(&format!("accounts?savedQuery={view}")).expect(200).json()), [""; 0]);
}

#[test]
fn views_that_every_org_has() {
    let api = samples().with("Prefer", "odata.include-annotations=\"*\",odata.maxpagesize=3");
    let closed =
        api.rows("accounts?$select=name&$filter=startswith(name,'A. Datum')")[0]["accountid"].clone();
    let target = format!("accounts({})", closed.as_str().unwrap());
    api.patch(&target, &json!({"statecode": 1, "statuscode": 2})).expect(204);
    let found = api.rows("savedqueries?$select=name,savedqueryid&$filter=name eq 'Active Accounts'");
    assert_eq!(found[0]["savedqueryid"], "00000000-0000-0000-00aa-000010001002");
    let answer = api.get("accounts?savedQuery=00000000-0000-0000-00aa-000010001002").expect(200).json();
    let names = names(&answer);
    assert_eq!(
        names,
        ["Adventure Works (sample)", "Alpine Ski House (sample)", "Blue Yonder Airlines (sample)"]
    );
    assert_eq!(
        answer["value"][0]["_primarycontactid_value@OData.Community.Display.V1.FormattedValue"],
        "Nancy Anderson (sample)"
    );
    let parent = answer["value"][0]["accountid"].as_str().unwrap();
    api.create(
        "opportunities",
        &json!({"name": "Open", "parentaccountid@odata.bind": format!("/accounts({parent})")}),
    );
    api.create("opportunities", &json!({"name": "Of nobody"}));
    let target = format!(
        "accounts({parent})/opportunity_parent_account/?savedQuery=00000000-0000-0000-00aa-000010003001"
    );
    let answer = api.get(&target).expect(200).json();
    assert_eq!(
        answer["value"].as_array().unwrap().iter().map(|row| &row["name"]).collect::<Vec<_>>(),
        ["Open"]
    );
}

/// The user query of Microsoft's sample on queries, and contacts for it.
#[test]
fn a_user_query_on_contacts() {
    let api = Api::new();
    for (name, title, income) in [
        ("Yvonne (sample)", "Coffee Manager", 60_000),
        ("Susan (sample)", "Owner", 90_000),
        ("Nancy (sample)", "Activities Manager", 55_500),
        ("Paul", "Manager", 99_000),
    ] {
        api.create("contacts", &json!({"lastname": name, "jobtitle": title, "annualincome": income}));
    }
    let text = "<fetch mapping='logical' output-format='xml-platform' version='1.0' distinct='false'><entity name ='contact'>\
                <attribute name ='fullname' /><attribute name ='contactid' /><attribute name ='jobtitle' /><attribute name ='annualincome' />\
                <order descending ='false' attribute='fullname' /><filter type ='and'><condition value ='%(sample)%' attribute='fullname' \
                operator='like' /><condition value ='%Manager%' attribute='jobtitle' operator='like' /><condition value ='55000' \
                attribute='annualincome' operator='gt' /></filter></entity></fetch>";
    let body = json!({"name": "My User Query", "description": "User query to display contact info.", "querytype": 0, "returnedtypecode": "contact", "fetchxml": text});
    let id = api.create("userqueries", &body);
    let rows = api.rows(&format!("contacts?userQuery={id}"));
    let names: Vec<_> = rows.iter().map(|row| row["fullname"].clone()).collect();
    assert_eq!(names, ["Nancy (sample)", "Yvonne (sample)"]);
    api.delete(&format!("userqueries({id})")).expect(204);
}
