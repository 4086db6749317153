use serde_json::json;

use super::data::{column, fetch, rows, samples};
use crate::support::Api;

fn names(api: &Api, inside: &str) -> Vec<String> {
    let text = format!("<fetch><entity name='account'><attribute name='name'/>{inside}</entity></fetch>");
    let names = column(api, "accounts", &text, "name");
    names.iter().map(|name| name.as_str().unwrap().chars().take(4).collect()).collect()
}

#[test]
fn ascending_and_descending() {
    let api = samples();
    let first = |inside: &str| names(&api, inside)[..3].to_vec();
    assert_eq!(first("<order attribute='name'/>"), ["A. D", "Adve", "Alpi"]);
    for descending in ["true", "1"] {
        assert_eq!(
            first(&format!("<order attribute='name' descending='{descending}'/>")),
            ["Litw", "Fabr", "Exam"]
        );
    }
    assert_eq!(
        first("<order attribute='address1_city' descending='true'/><order attribute='numberofemployees'/>"),
        ["Adve", "Cont", "City"]
    );
}

#[test]
fn rows_without_an_order_have_the_order_of_creation() {
    assert_eq!(names(&samples(), "")[..3], ["Litw", "Adve", "Fabr"]);
}

#[test]
fn lookups_sort_by_name() {
    let api = samples();
    assert_eq!(names(&api, "<order attribute='primarycontactid'/>")[..3], ["Exam", "Coho", "Fabr"]);
    assert_eq!(names(&api, "<order attribute='primarycontactidname'/>")[..3], ["Exam", "Coho", "Fabr"]);
}

#[test]
fn choices_sort_by_label_or_by_number() {
    let api = Api::new();
    for (name, category) in [("Standard", Some(2)), ("Preferred", Some(1)), ("None", None)] {
        api.create("accounts", &json!({"name": name, "accountcategorycode": category}));
    }
    // The labels of account categories sort like their numbers; those of payment terms do not.
    for (name, terms) in [("Net 30", 1), ("Discount", 2)] {
        api.create("accounts", &json!({"name": name, "paymenttermscode": terms}));
    }
    let sorted = |raw: &str, attribute: &str| {
        let text = format!(
            "<fetch {raw}><entity name='account'><attribute name='name'/><order attribute='{attribute}'/><filter><condition \
             attribute='{attribute}' operator='not-null'/></filter></entity></fetch>"
        );
        column(&api, "accounts", &text, "name")
    };
    assert_eq!(sorted("", "accountcategorycode"), ["Preferred", "Standard"]);
    assert_eq!(sorted("", "paymenttermscode"), ["Discount", "Net 30"]);
    assert_eq!(sorted("useraworderby='true'", "paymenttermscode"), ["Net 30", "Discount"]);
    assert_eq!(sorted("useraworderby='1'", "paymenttermscode"), ["Net 30", "Discount"]);
}

/// Two parents, each with two children.
fn families() -> Api {
    let api = Api::new();
    for (parent, children) in [("P2", ["C1", "C4"]), ("P1", ["C3", "C2"])] {
        let id = api.create("accounts", &json!({"name": parent}));
        for child in children {
            api.create(
                "accounts",
                &json!({"name": child, "parentaccountid@odata.bind": format!("/accounts({id})")}),
            );
        }
    }
    api
}

const PARENT: &str = "<link-entity name='account' from='accountid' to='parentaccountid' link-type='inner' alias='parentaccount'>\
                      <attribute name='name' alias='parentaccount'/>ORDER</link-entity>";

#[test]
fn the_orders_of_links_come_last() {
    let api = families();
    let link = PARENT.replace("ORDER", "<order attribute='name'/>");
    assert_eq!(names(&api, &format!("{link}<order attribute='name'/>")), ["C1", "C2", "C3", "C4"]);
}

#[test]
fn the_order_of_a_link_can_come_first() {
    let api = families();
    let link = PARENT.replace("ORDER", "");
    let orders = "<order entityname='parentaccount' attribute='name'/><order attribute='name'/>";
    assert_eq!(names(&api, &format!("{link}{orders}")), ["C2", "C3", "C1", "C4"]);
    let text =
        format!("<fetch><entity name='account'><attribute name='name'/>{link}{orders}</entity></fetch>");
    assert_eq!(rows(&api, "accounts", &text)[0]["parentaccount"], "P1");
}

#[test]
fn an_order_by_an_alias_needs_aggregates() {
    let text =
        "<fetch><entity name='account'><attribute name='name' alias='n'/><order alias='n'/></entity></fetch>";
    fetch(&samples(), "accounts", text).refused(400, "0x80040203", "non-aggregate");
    let text = "<fetch aggregate='true'><entity name='account'><attribute name='name' alias='n' groupby='true'/><order attribute='name'/></entity></fetch>";
    fetch(&samples(), "accounts", text).refused(400, "0x80040203", "alias");
}
