use serde_json::json;

use super::batches::in_batch;
use super::data::{fetch, samples};

#[test]
fn malformed_fetch_xml_is_refused() {
    let api = samples();
    for text in [
        "<fetch>",
        "x",
        "",
        "<fetch><entity name='account'></fetch>",
        "<fetch><entity name='account'/></fetch><fetch/>",
    ] {
        fetch(&api, "accounts", text).refused(400, "0x80040201", "Invalid XML");
    }
    // Entities of XML are refused.
    let text =
        "<!DOCTYPE fetch [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><fetch><entity name='account'/></fetch>";
    fetch(&api, "accounts", text).expect(400);
    for text in ["<query/>", "<fetch/>", "<fetch><entity name='account'/><entity name='account'/></fetch>"] {
        fetch(&api, "accounts", text).refused(400, "0x80040203", "Invalid FetchXML");
    }
}

#[test]
fn the_entity_must_be_that_of_the_set() {
    fetch(&samples(), "accounts", "<fetch><entity name='contact'/></fetch>").refused(
        400,
        "0x80041128",
        "'account'",
    );
}

#[test]
fn unknown_names_are_refused() {
    let api = samples();
    for (inside, code, words) in [
        (
            "<attribute name='nosuch'/>",
            "0x80041103",
            "'account' entity doesn't contain attribute with Name = 'nosuch'",
        ),
        ("<order attribute='nosuch'/>", "0x80041103", "'nosuch'"),
        ("<filter><condition attribute='nosuch' operator='null'/></filter>", "0x80041103", "'nosuch'"),
        ("<link-entity name='nosuch' from='a' to='b'/>", "0x80041102", "'nosuch'"),
        (
            "<filter><condition attribute='name' operator='resembles' value='x'/></filter>",
            "0x80041120",
            "resembles",
        ),
        ("<filter type='xor'/>", "0x80041122", "xor"),
        (
            "<link-entity name='contact' from='contactid' to='primarycontactid' link-type='full'/>",
            "0x80041117",
            "full",
        ),
        (
            "<n/>",
            "0x8004111c",
            "valid nodes are filter, order, link-entity, attribute, all-attributes, no-attrs. NodeName = n NodeXml = <n/>",
        ),
        ("<attribute/>", "0x80040203", "`name`"),
        ("<link-entity from='a' to='b'/>", "0x80040203", "`name`"),
        ("<filter><condition operator='null'/></filter>", "0x80040203", "`attribute`"),
        ("<filter><condition attribute='name'/></filter>", "0x80040203", "`operator`"),
        ("<filter><condition attribute='name' operator='gt'/></filter>", "0x80040203", "value"),
        ("<order/>", "0x80040203", "`attribute`"),
        ("<order attribute='name' descending='maybe'/>", "0x80040203", "`maybe`"),
    ] {
        fetch(&api, "accounts", &format!("<fetch><entity name='account'>{inside}</entity></fetch>"))
            .refused(400, code, words);
    }
}

#[test]
fn values_of_another_type() {
    let api = samples();
    for (attribute, expected) in [
        ("numberofemployees", "System.Int32"),
        ("accountid", "System.Guid"),
        ("primarycontactid", "System.Guid"),
        ("createdon", "System.DateTime"),
        ("creditonhold", "System.Boolean"),
        ("revenue", "System.Decimal"),
    ] {
        let text = format!(
            "<fetch><entity name='account'><filter><condition attribute='{attribute}' operator='eq' value='x'/></filter></entity></fetch>"
        );
        let words = format!(
            "Condition for attribute 'account.{attribute}': expected argument(s) of type '{expected}' but received 'System.String'."
        );
        fetch(&api, "accounts", &text).refused(400, "0x80040203", &words);
    }
}

#[test]
fn a_query_has_at_most_15_links() {
    let api = samples();
    let text = |links: usize| {
        let link = "<link-entity name='systemuser' from='systemuserid' to='createdby' link-type='outer'/>";
        format!(
            "<fetch><entity name='account'><attribute name='name'/>{}</entity></fetch>",
            link.repeat(links)
        )
    };
    fetch(&api, "accounts", &text(15)).expect(200);
    fetch(&api, "accounts", &text(16)).refused(
        400,
        "0x8004430d",
        "Number of link entities in query exceeded maximum limit.",
    );
}

#[test]
fn a_query_has_at_most_500_conditions() {
    let api = samples();
    let text = |count: usize| {
        let condition = "<condition attribute='name' operator='null'/>".repeat(count);
        format!(
            "<fetch><entity name='account'><attribute name='name'/><filter>{condition}</filter></entity></fetch>"
        )
    };
    // The query is too long for a URL, so it is in a batch.
    let run = |count: usize| {
        let text = text(count).replace('<', "%3C").replace('>', "%3E").replace(' ', "%20");
        in_batch(&api, &format!("accounts?fetchXml={text}"))
    };
    assert!(run(500).contains("HTTP/1.1 200 OK"), "{}", run(500));
    let refused = run(501);
    let words = "Number of conditions in query exceeded maximum limit.";
    assert!(refused.contains("0x8004430c") && refused.contains(words), "{refused}");
}

#[test]
fn filters_nested_too_deeply() {
    let text = format!(
        "<fetch><entity name='account'>{}{}</entity></fetch>",
        "<filter>".repeat(60),
        "</filter>".repeat(60)
    );
    fetch(&samples(), "accounts", &text).refused(400, "0x80040203", "deeply");
}

#[test]
fn too_large_saved_queries_are_refused() {
    let api = samples();
    let many = |count: usize, each: fn(usize) -> String| (0..count).map(each).collect::<String>();
    let value = |_| "<value>a</value>".to_owned();
    let values = format!(
        "<filter><condition attribute='name' operator='in'>{}</condition></filter>",
        many(10_001, value)
    );
    let attribute = |index| format!("<attribute name='ownerid' alias='a{index}'/>");
    let order = |_| "<order attribute='name'/>".to_owned();
    for (inner, words) in [
        (values, "more than 10000 `value` elements"),
        (many(901, attribute), "more than 1800 columns"),
        (many(101, order), "more than 100 `order` elements"),
    ] {
        let text = format!("<fetch><entity name='account'>{inner}</entity></fetch>");
        let body = json!({"name": "long", "returnedtypecode": "account", "fetchxml": text});
        let id = api.create("userqueries", &body);
        api.get(&format!("accounts?userQuery={id}")).refused(400, "0x80040203", words);
    }
    let fits = format!("<fetch><entity name='account'>{}</entity></fetch>", many(100, order));
    fetch(&api, "accounts", &fits).expect(200);
}

#[test]
fn invalid_attributes_of_fetch_are_refused() {
    let api = samples();
    for attribute in ["count='x'", "page='-1'", "distinct='maybe'", "aggregate='yes'", "top='x'"] {
        let name = attribute.split('=').next().unwrap();
        let text = format!("<fetch {attribute}><entity name='account'/></fetch>");
        fetch(&api, "accounts", &text).refused(400, "0x80040203", &format!("`{name}`"));
    }
    fetch(&api, "accounts", "<fetch nosuch='1'><entity name='account'/></fetch>").expect(501);
}
