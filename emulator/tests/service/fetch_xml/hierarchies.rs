use std::collections::HashMap;

use serde_json::json;

use super::data::{accounts, column, fetch, rows};
use crate::support::Api;

/// Root has Left and Right, Left has Leaf, and Other has neither parent nor child.
fn tree() -> (Api, HashMap<&'static str, String>) {
    let api = Api::new();
    let mut ids: HashMap<&str, String> = HashMap::new();
    for (name, parent) in [
        ("Root", None),
        ("Left", Some("Root")),
        ("Right", Some("Root")),
        ("Leaf", Some("Left")),
        ("Other", None),
    ] {
        let parent = parent.map(|parent| format!("/accounts({})", ids[parent]));
        let mut body = json!({"name": name});
        if let Some(parent) = parent {
            body["parentaccountid@odata.bind"] = json!(parent);
        }
        ids.insert(name, api.create("accounts", &body));
    }
    (api, ids)
}

const CASES: [(&str, &str, &str, &[&str]); 7] = [
    ("under", "Under", "Root", &["Left", "Right", "Leaf"]),
    ("under", "Under", "Leaf", &[]),
    ("eq-or-under", "UnderOrEqual", "Left", &["Left", "Leaf"]),
    ("not-under", "NotUnder", "Left", &["Root", "Left", "Right", "Other"]),
    ("above", "Above", "Leaf", &["Root", "Left"]),
    ("above", "Above", "Root", &[]),
    ("eq-or-above", "AboveOrEqual", "Leaf", &["Root", "Left", "Leaf"]),
];

#[test]
fn above_and_under_a_record() {
    let (api, ids) = tree();
    for (operator, _, record, expected) in CASES {
        let condition =
            format!("<condition attribute='accountid' operator='{operator}' value='{}'/>", ids[record]);
        assert_eq!(accounts(&api, &condition), expected, "{operator} {record}");
    }
}

#[test]
fn above_and_under_in_odata() {
    let (api, ids) = tree();
    for (_, function, record, expected) in CASES {
        let query = format!(
            "accounts?$select=name&$filter=Microsoft.Dynamics.CRM.{function}(PropertyName='accountid',PropertyValue='{}')",
            ids[record]
        );
        assert_eq!(api.column("name", &query), expected, "{function} {record}");
    }
}

#[test]
fn above_and_under_by_a_lookup() {
    let (api, ids) = tree();
    for (name, account) in [("In leaf", "Leaf"), ("In other", "Other")] {
        let account = format!("/accounts({})", ids[account]);
        api.create("contacts", &json!({"lastname": name, "parentcustomerid_account@odata.bind": account}));
    }
    let text = format!(
        "<fetch><entity name='contact'><attribute name='fullname'/><filter><condition attribute='parentcustomerid' \
         operator='eq-or-under' value='{}'/></filter></entity></fetch>",
        ids["Root"]
    );
    assert_eq!(column(&api, "contacts", &text, "fullname"), ["In leaf"]);
}

#[test]
fn a_cycle_in_a_hierarchy_ends() {
    let (api, ids) = tree();
    let leaf = format!("/accounts({})", ids["Leaf"]);
    api.patch(&format!("accounts({})", ids["Root"]), &json!({"parentaccountid@odata.bind": leaf}))
        .expect(204);
    let condition =
        format!("<condition attribute='accountid' operator='eq-or-under' value='{}'/>", ids["Left"]);
    assert_eq!(accounts(&api, &condition), ["Root", "Left", "Right", "Leaf"]);
}

#[test]
fn a_table_without_a_hierarchy_is_refused() {
    let api = Api::new();
    let text = "<fetch><entity name='contact'><filter><condition attribute='contactid' operator='under' value='0d2c7a10-1111-4111-8111-111111111111'/></filter></entity></fetch>";
    fetch(&api, "contacts", text).refused(400, "0x80060888", "hierarchical");
    let (api, _) = tree();
    let text = "<fetch><entity name='account'><filter><condition attribute='accountid' operator='under' value='x'/></filter></entity></fetch>";
    fetch(&api, "accounts", text).refused(400, "0x80060888", "id of a record");
}

#[test]
fn children_are_counted() {
    let (api, _) = tree();
    let text = "<fetch><entity name='account'><attribute name='name'/><attribute name='accountid' alias='numberOfChildren' \
                rowaggregate='CountChildren'/></entity></fetch>";
    let found: Vec<_> =
        rows(&api, "accounts", text).iter().map(|row| row["numberOfChildren"].clone()).collect();
    assert_eq!(found, [2, 1, 0, 0, 0]);
    let text = "<fetch><entity name='account'><attribute name='accountid' rowaggregate='CountChildren'/></entity></fetch>";
    fetch(&api, "accounts", text).refused(400, "0x80040203", "`alias`");
}

#[test]
fn hidden_children_are_counted() {
    let (api, ids) = tree();
    let ada = api.emulator.add_user("Ada Agent").unwrap().to_string();
    let root = &ids["Root"];
    api.patch(&format!("accounts({root})"), &json!({"ownerid@odata.bind": format!("/systemusers({ada})")}))
        .expect(204);
    let text = "<fetch><entity name='account'><attribute name='name'/><attribute name='accountid' alias='n' rowaggregate='CountChildren'/></entity></fetch>";
    assert_eq!(column(&api.as_user(&ada), "accounts", text, "n"), [2]);
}
