use serde_json::json;

use super::data::{column, fetch};
use crate::support::Api;

/// Ada is the contact of Contoso, Bob of Contoso and Fabrikam, Cid of Fabrikam, Dan of none and inactive.
fn contacts() -> Api {
    let api = Api::new();
    for (name, accounts) in [
        ("Ada", vec!["Contoso"]),
        ("Bob", vec!["Contoso", "Fabrikam"]),
        ("Cid", vec!["Fabrikam"]),
        ("Dan", vec![]),
    ] {
        let contact = api.create("contacts", &json!({"firstname": name}));
        for account in accounts {
            let contact = format!("/contacts({contact})");
            api.create("accounts", &json!({"name": account, "primarycontactid@odata.bind": contact}));
        }
        if name == "Dan" {
            api.patch(&format!("contacts({contact})"), &json!({"statecode": 1, "statuscode": 2})).expect(204);
        }
    }
    api
}

fn text(filter: &str, kind: &str, condition: &str, beside: &str) -> String {
    format!(
        "<fetch><entity name='contact'><attribute name='firstname'/><filter type='{filter}'><link-entity name='account' \
         from='primarycontactid' to='contactid' link-type='{kind}'>{condition}</link-entity>{beside}</filter></entity></fetch>"
    )
}

const CONTOSO: &str =
    "<filter type='and'><condition attribute='name' operator='eq' value='Contoso'/></filter>";

#[test]
fn any_not_any_all_and_not_all() {
    let api = contacts();
    for (kind, expected) in [
        ("any", vec!["Ada", "Bob"]),
        ("not any", vec!["Cid", "Dan"]),
        // As Dataverse defines it, against its name: there are rows, and none matches.
        ("all", vec!["Cid"]),
        ("not all", vec!["Ada", "Bob"]),
    ] {
        assert_eq!(
            column(&api, "contacts", &text("and", kind, CONTOSO, ""), "firstname"),
            expected,
            "{kind}"
        );
    }
    assert_eq!(column(&api, "contacts", &text("and", "any", "", ""), "firstname"), ["Ada", "Bob", "Cid"]);
}

#[test]
fn a_link_in_an_or_filter() {
    let api = contacts();
    let beside = "<condition attribute='statecode' operator='eq' value='1'/>";
    assert_eq!(
        column(&api, "contacts", &text("or", "any", CONTOSO, beside), "firstname"),
        ["Ada", "Bob", "Dan"]
    );
}

#[test]
fn links_of_filters_and_links_of_rows_are_distinct() {
    let api = contacts();
    fetch(&api, "contacts", &text("and", "inner", "", "")).refused(400, "0x80040203", "within a filter");
    let outside = "<fetch><entity name='contact'><link-entity name='account' from='primarycontactid' to='contactid' link-type='any'/></entity></fetch>";
    fetch(&api, "contacts", outside).refused(400, "0x80040203", "outside of a filter");
    let columns = text("and", "any", "<attribute name='name'/>", "");
    fetch(&api, "contacts", &columns).refused(400, "0x80040203", "no columns");
}

#[test]
fn links_within_a_link_of_a_filter() {
    let api = contacts();
    let inside = "<link-entity name='systemuser' from='systemuserid' to='owninguser'><filter><condition attribute='lastname' \
                  operator='eq' value='NAME'/></filter></link-entity>";
    let count = |name: &str| {
        column(&api, "contacts", &text("and", "any", &inside.replace("NAME", name), ""), "firstname").len()
    };
    assert_eq!((count("Administrator"), count("Nobody")), (3, 0));
}
