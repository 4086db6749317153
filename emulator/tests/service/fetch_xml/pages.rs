use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::data::{annotated, column, encoded, fetch, rows, samples};
use crate::support::Api;

const COOKIE: &str = "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie";
const MORE: &str = "@Microsoft.Dynamics.CRM.morerecords";

/// Returns the cookie made as the page describes: the attribute of the annotation, decoded twice and escaped
/// for XML.
fn next_cookie(page: &Value) -> String {
    let cookie = page[COOKIE].as_str().unwrap();
    let inner = cookie.split("pagingcookie=\"").nth(1).unwrap().split('"').next().unwrap();
    let decode = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    decode(&decode(inner)).replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&apos;")
}

fn names(page: &Value) -> Vec<&str> {
    page["value"].as_array().unwrap().iter().map(|row| row["fullname"].as_str().unwrap()).collect()
}

const CONTACTS: &str = "<entity name='contact'><attribute name='fullname'/><attribute name='jobtitle'/><order descending='true' attribute='fullname'/></entity>";

#[test]
fn pages_by_cookie() {
    let api = annotated(&samples());
    let mut page =
        fetch(&api, "contacts", &format!("<fetch count='4' page='1'>{CONTACTS}</fetch>")).expect(200).json();
    assert_eq!(page[MORE], true);
    assert!(
        page[COOKIE].as_str().unwrap().starts_with("<cookie pagenumber=\"2\" pagingcookie=\"%253"),
        "{page}"
    );
    assert!(page[COOKIE].as_str().unwrap().ends_with("\" istracking=\"False\" />"), "{page}");
    let mut all: Vec<String> = names(&page).into_iter().map(str::to_owned).collect();
    for number in 2..4 {
        let text = format!(
            "<fetch count='4' page='{number}' paging-cookie='{}'>{CONTACTS}</fetch>",
            next_cookie(&page)
        );
        page = fetch(&api, "contacts", &text).expect(200).json();
        all.extend(names(&page).into_iter().map(str::to_owned));
    }
    let firsts: Vec<&str> = all.iter().map(|name| name.split(' ').next().unwrap()).collect();
    assert_eq!(firsts, ["Susanna", "Sidney", "Scott", "Robert", "Rene", "Paul", "Nancy", "Maria", "Jim"]);
    // The last page has neither annotation.
    assert!(page.get(MORE).is_none() && page.get(COOKIE).is_none(), "{page}");
}

#[test]
fn a_cookie_does_not_move_while_rows_change() {
    let api = annotated(&samples());
    let first =
        fetch(&api, "contacts", &format!("<fetch count='2' page='1'>{CONTACTS}</fetch>")).expect(200).json();
    let gone = first["value"][0]["contactid"].as_str().unwrap();
    api.delete(&format!("contacts({gone})")).expect(204);
    let text =
        format!("<fetch count='2' page='2' paging-cookie='{}'>{CONTACTS}</fetch>", next_cookie(&first));
    assert!(names(&fetch(&api, "contacts", &text).expect(200).json())[0].starts_with("Scott"));
    let by_number = format!("<fetch count='2' page='2'>{CONTACTS}</fetch>");
    assert!(names(&fetch(&api, "contacts", &by_number).expect(200).json())[0].starts_with("Robert"));
}

#[test]
fn annotations_of_pages_are_optional() {
    let api = samples();
    let text = format!("<fetch count='2' page='1'>{CONTACTS}</fetch>");
    let page = fetch(&api, "contacts", &text).expect(200).json();
    assert!(page.get(MORE).is_none() && page.get(COOKIE).is_none());
    let two = api.with("Prefer", "odata.include-annotations=\"Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords\"");
    let answer = fetch(&two, "contacts", &text);
    assert_eq!(
        answer.header("preference-applied"),
        Some(
            "odata.include-annotations=\"Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords\""
        )
    );
    let page = answer.json();
    assert!(page.get(MORE).is_some() && page.get(COOKIE).is_some());
    assert!(page.get("@Microsoft.Dynamics.CRM.totalrecordcount").is_none());
}

#[test]
fn simple_pages() {
    let api = samples();
    let page = |number: usize| {
        let text = format!(
            "<fetch count='3' page='{number}'><entity name='account'><attribute name='name'/><order attribute='name'/><order attribute='accountid'/></entity></fetch>"
        );
        column(&api, "accounts", &text, "name")
    };
    assert_eq!(
        page(1),
        ["A. Datum Corporation (sample)", "Adventure Works (sample)", "Alpine Ski House (sample)"]
    );
    assert_eq!(page(2)[0], "Blue Yonder Airlines (sample)");
    assert_eq!((page(4).len(), page(5).len()), (1, 0));
}

#[test]
fn simple_pages_end_at_50000_rows() {
    let api = samples();
    let text = |page: usize| {
        format!(
            "<fetch count='5000' page='{page}'><entity name='account'><attribute name='name'/></entity></fetch>"
        )
    };
    fetch(&api, "accounts", &text(10)).expect(200);
    fetch(&api, "accounts", &text(11)).refused(400, "0x80040203", "paging cookie");
}

#[test]
fn an_order_by_a_link_has_no_cookie() {
    let api = annotated(&samples());
    let page = |number: usize| {
        let text = format!(
            "<fetch count='4' page='{number}'><entity name='account'><attribute name='name'/><link-entity name='contact' \
             from='contactid' to='primarycontactid' alias='c'><attribute name='fullname'/><order attribute='fullname'/></link-entity>\
             </entity></fetch>"
        );
        fetch(&api, "accounts", &text).expect(200).json()
    };
    let first = page(1);
    assert_eq!((&first[MORE], first.get(COOKIE)), (&json!(true), None));
    let all: Vec<Value> =
        (1..4).flat_map(|number| page(number)["value"].as_array().unwrap().clone()).collect();
    let mut names: Vec<&str> = all.iter().map(|row| row["c.fullname"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 9);
    assert!(names.is_sorted());
    names.dedup();
    assert_eq!(names.len(), 9);
}

#[test]
fn a_page_may_end_within_the_rows_of_a_record() {
    let api = Api::new();
    for name in ["A", "B"] {
        let contact = api.create("contacts", &json!({"lastname": name}));
        for number in 0..3 {
            let contact = format!("/contacts({contact})");
            api.create(
                "accounts",
                &json!({"name": format!("{name}{number}"), "primarycontactid@odata.bind": contact}),
            );
        }
    }
    let api = annotated(&api);
    let mut attributes = "page='1'".to_owned();
    let mut all = Vec::new();
    for number in 2..8 {
        let text = format!(
            "<fetch count='2' {attributes}><entity name='contact'><attribute name='fullname'/><link-entity name='account' \
             from='primarycontactid' to='contactid' alias='a'><attribute name='name'/></link-entity></entity></fetch>"
        );
        let page = fetch(&api, "contacts", &text).expect(200).json();
        all.extend(
            page["value"].as_array().unwrap().iter().map(|row| row["a.name"].as_str().unwrap().to_owned()),
        );
        if page.get(MORE).is_none() {
            break;
        }
        attributes = format!("page='{number}' paging-cookie='{}'", next_cookie(&page));
    }
    assert_eq!(all, ["A0", "A1", "A2", "B0", "B1", "B2"]);
}

#[test]
fn top_excludes_paging() {
    let api = annotated(&samples());
    let text = "<fetch top='3'><entity name='account'><attribute name='name'/></entity></fetch>";
    let answer = fetch(&api, "accounts", text).expect(200).json();
    assert_eq!(answer["value"].as_array().unwrap().len(), 3);
    assert!(answer.get(MORE).is_none() && answer.get(COOKIE).is_none());
    for other in ["page='1'", "count='5'", "returntotalrecordcount='true'"] {
        let name = other.split('=').next().unwrap();
        fetch(&api, "accounts", &text.replace("top", &format!("{other} top"))).refused(
            400,
            "0x80040203",
            &format!("The top attribute can't be specified with paging attribute {name}"),
        );
    }
    fetch(&api, "accounts", &text.replace("'3'", "'5001'")).refused(400, "0x80040203", "5000");
}

#[test]
fn rows_are_counted() {
    let api = annotated(&samples());
    let inside = "<entity name='account'><attribute name='name'/></entity></fetch>";
    let by_attribute =
        fetch(&api, "accounts", &format!("<fetch count='3' returntotalrecordcount='true'>{inside}"))
            .expect(200)
            .json();
    let target = format!("accounts?fetchXml={}&$count=true", encoded(&format!("<fetch count='3'>{inside}")));
    let by_option = api.send("GET", &target, "").expect(200).json();
    for answer in [by_attribute, by_option] {
        assert_eq!((&answer["@odata.count"], answer["value"].as_array().unwrap().len()), (&json!(10), 3));
        assert_eq!(answer["@Microsoft.Dynamics.CRM.totalrecordcount"], 10);
        assert_eq!(answer["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"], false);
    }
    let uncounted = fetch(&api, "accounts", &format!("<fetch count='3'>{inside}")).expect(200).json();
    assert!(uncounted.get("@odata.count").is_none());
    assert_eq!(uncounted["@Microsoft.Dynamics.CRM.totalrecordcount"], -1);
}

#[test]
fn hints_change_nothing() {
    let api = samples();
    for hint in [
        "no-lock='true'",
        "latematerialize='true'",
        "options='HashJoin,DisableRowGoal'",
        "version='1.0' output-format='xml-platform' mapping='logical'",
    ] {
        let text = format!("<fetch {hint}><entity name='account'><attribute name='name'/></entity></fetch>");
        assert_eq!(rows(&api, "accounts", &text).len(), 10, "{hint}");
    }
    let retained =
        "<fetch datasource='retained'><entity name='account'><attribute name='name'/></entity></fetch>";
    assert_eq!(rows(&api, "accounts", retained).len(), 0);
}
