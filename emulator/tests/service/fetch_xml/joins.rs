use serde_json::{Value, json};

use super::data::{SAMPLES, annotated, column, fetch, rows, samples};
use crate::support::Api;

fn pairs(rows: &[Value], one: &str, other: &str) -> Vec<(String, String)> {
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or("NULL").to_owned();
    rows.iter().map(|row| (text(row, one), text(row, other))).collect()
}

fn documented() -> Vec<(String, String)> {
    SAMPLES.iter().map(|(name, _, _, first, last)| ((*name).to_owned(), format!("{first} {last}"))).collect()
}

#[test]
fn a_many_to_one_link() {
    let api = samples();
    let text = "<fetch><entity name='account'><attribute name='name'/><link-entity name='contact' from='contactid' \
                to='primarycontactid' link-type='inner' alias='contact'><attribute name='fullname'/></link-entity></entity></fetch>";
    let found = rows(&api, "accounts", text);
    assert_eq!(pairs(&found, "name", "contact.fullname"), documented());
    assert!(found[0].get("contact.contactid").is_none() && found[0].get("accountid").is_some());
    assert_eq!(rows(&api, "accounts", &text.replace("<fetch>", "<fetch top='5'>")).len(), 5);
}

#[test]
fn a_one_to_many_link() {
    let api = samples();
    let text = "<fetch><entity name='contact'><attribute name='fullname'/><link-entity name='account' from='primarycontactid' \
                to='contactid' alias='account'><attribute name='name'/></link-entity></entity></fetch>";
    assert_eq!(pairs(&rows(&api, "contacts", text), "account.name", "fullname"), documented());
    let unnamed = text.replace(" alias='account'", "");
    assert_eq!(pairs(&rows(&api, "contacts", &unnamed), "account1.name", "fullname"), documented());
}

#[test]
fn columns_of_links_have_annotations() {
    let api = annotated(&samples());
    let text = "<fetch top='1'><entity name='contact'><attribute name='fullname'/><link-entity name='account' from='primarycontactid' \
                to='contactid' alias='a'><attribute name='createdby'/><attribute name='statecode'/><attribute name='numberofemployees' \
                alias='staff'/></link-entity></entity></fetch>";
    let row = &rows(&api, "contacts", text)[0];
    for (name, attribute, shown) in [
        ("a.createdby", "createdby", "System Administrator"),
        ("a.statecode", "statecode", "Active"),
        ("staff", "numberofemployees", "6,000"),
    ] {
        assert_eq!(row[format!("{name}@OData.Community.Display.V1.AttributeName")], attribute, "{row}");
        assert_eq!(row[format!("{name}@OData.Community.Display.V1.FormattedValue")], shown, "{row}");
    }
    assert_eq!((&row["a.statecode"], &row["staff"]), (&json!(0), &json!(6000)));
    assert_eq!(row["a.createdby@Microsoft.Dynamics.CRM.lookuplogicalname"], "systemuser");
    assert!(row["a.createdby"].is_string());
}

#[test]
fn many_to_many_through_the_intersect_table() {
    let api = Api::new();
    let ada = api.emulator.add_user("Ada Agent").unwrap();
    let bob = api.emulator.add_user("Bob Boss").unwrap();
    api.emulator.add_team("Night shift", &[ada, bob]).unwrap();
    api.emulator.add_team("Day shift", &[ada]).unwrap();
    for intersect in ["", " intersect='true'"] {
        let text = format!(
            "<fetch><entity name='systemuser'><attribute name='fullname'/><link-entity name='teammembership' from='systemuserid' \
             to='systemuserid'{intersect}><link-entity name='team' from='teamid' to='teamid' link-type='inner' alias='team'>\
             <attribute name='name'/></link-entity></link-entity><order attribute='fullname'/></entity></fetch>"
        );
        let found = pairs(&rows(&api, "systemusers", &text), "fullname", "team.name");
        let expected =
            [("Ada Agent", "Night shift"), ("Ada Agent", "Day shift"), ("Bob Boss", "Night shift")];
        let mut expected: Vec<_> = expected.map(|(one, other)| (one.to_owned(), other.to_owned())).to_vec();
        let mut found = found;
        expected.sort();
        found.sort();
        assert_eq!(found, expected);
    }
    let keys = "<fetch><entity name='systemuser'><no-attrs/><link-entity name='teammembership' from='systemuserid' \
                to='systemuserid' alias='m'><attribute name='teamid'/><filter><condition attribute='systemuserid' operator='eq' \
                value='ID'/></filter></link-entity></entity></fetch>";
    assert_eq!(column(&api, "systemusers", &keys.replace("ID", &bob.to_string()), "m.teamid").len(), 1);
}

#[test]
fn columns_without_a_relationship() {
    let api = samples();
    api.create("contacts", &json!({"firstname": "example", "lastname": "ACCOUNT"}));
    let text = "<fetch><entity name='account'><attribute name='name'/><link-entity name='contact' from='fullname' to='name' \
                link-type='inner' alias='contact'><attribute name='fullname'/></link-entity></entity></fetch>";
    assert_eq!(
        pairs(&rows(&api, "accounts", text), "name", "contact.fullname"),
        [("Example Account".to_owned(), "example ACCOUNT".to_owned())]
    );
    let image = text.replace("from='fullname' to='name'", "from='nosuch' to='name'");
    fetch(&api, "accounts", &image).refused(400, "0x80041103", "'nosuch'");
}

#[test]
fn an_outer_link_keeps_rows_without_a_match() {
    let api = samples();
    let text = "<fetch><entity name='account'><attribute name='name'/><order attribute='name'/><link-entity name='contact' \
                from='contactid' to='primarycontactid' link-type='outer' alias='c'><attribute name='fullname'/>FILTER</link-entity>\
                </entity></fetch>";
    let all = rows(&api, "accounts", &text.replace("FILTER", ""));
    assert_eq!(all.len(), 10);
    let example = all.iter().find(|row| row["name"] == "Example Account").unwrap();
    assert!(example.get("c.fullname").is_none());
    // A filter of the link is applied with the join.
    let some = rows(
        &api,
        "accounts",
        &text.replace(
            "FILTER",
            "<filter><condition attribute='firstname' operator='eq' value='Jim'/></filter>",
        ),
    );
    assert_eq!((some.len(), some.iter().filter(|row| row.get("c.fullname").is_some()).count()), (10, 1));
}

#[test]
fn rows_without_a_match_in_another_table() {
    let api = samples();
    let account =
        api.rows("accounts?$filter=name eq 'Coho Winery (sample)'&$select=name")[0]["accountid"].clone();
    let account = format!("/accounts({})", account.as_str().unwrap());
    api.create("contacts", &json!({"lastname": "One", "parentcustomerid_account@odata.bind": account}));
    let text = "<fetch><entity name='account'><attribute name='name'/><order attribute='name'/><link-entity name='contact' \
                from='parentcustomerid' to='accountid' link-type='outer' alias='contact'/><filter type='and'><condition \
                entityname='contact' attribute='parentcustomerid' operator='null'/></filter></entity></fetch>";
    let found = column(&api, "accounts", text, "name");
    assert_eq!(found.len(), 9);
    assert!(!found.contains(&json!("Coho Winery (sample)")));
}

#[test]
fn a_filter_after_an_outer_join() {
    let api = samples();
    let with_fax = api.create("accounts", &json!({"name": "With fax", "fax": "1"}));
    let without = api.create("accounts", &json!({"name": "Without fax"}));
    for (name, account) in [("Fax", with_fax), ("No fax", without)] {
        let account = format!("/accounts({account})");
        api.create("contacts", &json!({"lastname": name, "parentcustomerid_account@odata.bind": account}));
    }
    let text = "<fetch><entity name='contact'><attribute name='fullname'/><filter><condition entityname='a' attribute='fax' \
                operator='null'/></filter><link-entity name='account' from='accountid' to='parentcustomerid' link-type='outer' \
                alias='a'/></entity></fetch>";
    let found = column(&api, "contacts", text, "fullname");
    assert!(found.contains(&json!("No fax")) && !found.contains(&json!("Fax")));
    assert_eq!(found.len(), 10);
    // Without an alias, the name of the link's table names it.
    let unnamed = text.replace(" alias='a'", "").replace("entityname='a'", "entityname='account'");
    assert_eq!(column(&api, "contacts", &unnamed, "fullname"), found);
}

fn with_two_accounts_of_one_contact() -> Api {
    let api = Api::new();
    for (name, accounts) in [("Ada", vec!["Contoso", "Fabrikam"]), ("Bob", vec!["Litware"]), ("Cid", vec![])]
    {
        let contact = api.create("contacts", &json!({"firstname": name, "lastname": "X"}));
        for account in accounts {
            let contact = format!("/contacts({contact})");
            api.create("accounts", &json!({"name": account, "primarycontactid@odata.bind": contact}));
        }
    }
    api
}

#[test]
fn exists_and_in_return_a_parent_once() {
    let api = with_two_accounts_of_one_contact();
    let text = |kind: &str, inside: &str| {
        format!(
            "<fetch><entity name='contact'><attribute name='firstname'/><link-entity name='account' from='primarycontactid' \
             to='contactid' link-type='{kind}'>{inside}</link-entity></entity></fetch>"
        )
    };
    let filter = "<filter type='and'><condition attribute='name' operator='eq' value='Litware'/></filter>";
    for kind in ["exists", "in"] {
        assert_eq!(column(&api, "contacts", &text(kind, ""), "firstname"), ["Ada", "Bob"], "{kind}");
        assert_eq!(column(&api, "contacts", &text(kind, filter), "firstname"), ["Bob"], "{kind}");
        fetch(&api, "contacts", &text(kind, "<attribute name='name'/>")).expect(400);
    }
    assert_eq!(column(&api, "contacts", &text("inner", ""), "firstname"), ["Ada", "Ada", "Bob"]);
}

#[test]
fn the_first_row_of_a_link() {
    let api = with_two_accounts_of_one_contact();
    let text = "<fetch><entity name='contact'><attribute name='fullname'/><link-entity name='account' from='primarycontactid' \
                to='contactid' link-type='matchfirstrowusingcrossapply'><attribute name='accountid'/><attribute name='name'/>\
                </link-entity></entity></fetch>";
    let found = rows(&api, "contacts", text);
    // The columns have their schema names, without an alias before them.
    assert_eq!(
        pairs(&found, "fullname", "Name"),
        [("Ada X".to_owned(), "Contoso".to_owned()), ("Bob X".to_owned(), "Litware".to_owned())]
    );
    assert!(found[0]["AccountId"].is_string() && found[0]["contactid"].is_string());
    let filtered = text.replace("<attribute name='name'/></link", "<attribute name='name'/><filter><condition attribute='name' operator='like' value='F%'/></filter></link");
    assert_eq!(column(&api, "contacts", &filtered, "Name"), ["Fabrikam"]);
}

#[test]
fn links_within_links() {
    let api = samples();
    let text = "<fetch><entity name='contact'><attribute name='fullname'/><link-entity name='account' from='primarycontactid' \
                to='contactid' link-type='KIND' alias='a'><attribute name='name'/><link-entity name='systemuser' from='systemuserid' \
                to='owninguser' link-type='inner' alias='u'><attribute name='fullname'/><filter><condition attribute='lastname' \
                operator='LAST' value='Administrator'/></filter></link-entity></link-entity></entity></fetch>";
    let run =
        |kind: &str, last: &str| rows(&api, "contacts", &text.replace("KIND", kind).replace("LAST", last));
    assert_eq!(run("inner", "eq").len(), 9);
    assert_eq!(run("inner", "eq")[0]["u.fullname"], "System Administrator");
    assert_eq!(run("inner", "ne").len(), 0);
    let outer = run("outer", "ne");
    assert_eq!((outer.len(), outer[0].get("a.name")), (9, None));
    assert_eq!(run("matchfirstrowusingcrossapply", "eq").len(), 9);
}

#[test]
fn missing_link_columns_are_inferred() {
    let api = samples();
    let count = |link: &str| {
        rows(&api, "accounts", &format!("<fetch><entity name='account'><attribute name='name'/><link-entity name='contact' {link}/></entity></fetch>")).len()
    };
    assert_eq!((count("to='primarycontactid'"), count("")), (9, 9));
    let text = "<fetch><entity name='account'><link-entity name='systemuser'/></entity></fetch>";
    fetch(&api, "accounts", text).refused(400, "0x80041118", "`from` and `to`");
    fetch(&Api::strict(), "accounts", text).refused(400, "0x80040203", "strict mode");
}

#[test]
fn a_lookup_to_another_table_does_not_match() {
    let api = Api::new();
    let id = "0d2c7a10-1111-4111-8111-111111111111";
    api.create("accounts", &json!({"accountid": id, "name": "Account"}));
    api.create("contacts", &json!({"contactid": id, "lastname": "Contact"}));
    api.create("contacts", &json!({"lastname": "Below contact", "parentcustomerid_contact@odata.bind": format!("/contacts({id})")}));
    let text = "<fetch><entity name='contact'><attribute name='fullname'/><link-entity name='account' from='accountid' to='parentcustomerid'/></entity></fetch>";
    assert_eq!(rows(&api, "contacts", text).len(), 0);
}

#[test]
fn hidden_records_are_not_joined() {
    let api = samples();
    let ada = api.emulator.add_user("Ada Agent").unwrap().to_string();
    let mine = api.as_user(&ada);
    let contact = mine.create("contacts", &json!({"lastname": "Mine"}));
    let theirs = api.rows("accounts?$select=name&$top=1")[0]["accountid"].as_str().unwrap().to_owned();
    api.patch(
        &format!("contacts({contact})"),
        &json!({"parentcustomerid_account@odata.bind": format!("/accounts({theirs})")}),
    )
    .expect(204);
    let text = |kind: &str| {
        format!(
            "<fetch><entity name='contact'><attribute name='fullname'/><link-entity name='account' from='accountid' \
             to='parentcustomerid' link-type='{kind}' alias='a'><attribute name='name'/></link-entity></entity></fetch>"
        )
    };
    assert_eq!(
        (rows(&mine, "contacts", &text("inner")).len(), rows(&api, "contacts", &text("inner")).len()),
        (0, 1)
    );
    let outer = rows(&mine, "contacts", &text("outer"));
    assert_eq!((outer.len(), outer[0].get("a.name")), (1, None));
}
