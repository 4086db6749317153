use super::data::{column, fetch, samples};

const TEXTS: [&str; 8] = [
    "x\" FROM \"@settings\" --",
    "x'; DROP TABLE \"t:account\"; --",
    "r.\"@row\"",
    "a) OR 1=1 --",
    "x\"y",
    "?1",
    "name@odata.type",
    "systemuser' OR '1'='1",
];

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&apos;")
}

const QUERY: &str = "<fetch><entity name='account'><attribute name='name' alias='HERE'/><attribute name='HERE'/>\
    <order attribute='HERE'/><order entityname='HERE' attribute='fullname'/><filter><condition entityname='HERE' attribute='fullname' \
    operator='eq' valueof='HERE'/><condition attribute='name' operator='eq' valueof='c.HERE'/><condition attribute='HERE' operator='null'/>\
    <condition attribute='name' operator='HERE' value='x'/></filter><link-entity name='contact' from='contactid' to='HERE' alias='HERE'/>\
    <link-entity name='contact' from='HERE' to='primarycontactid' alias='c'/><link-entity name='HERE' from='contactid' \
    to='primarycontactid'/></entity></fetch>";

#[test]
fn hostile_names_and_aliases_are_refused() {
    let api = samples();
    for text in TEXTS {
        for index in 0..QUERY.matches("HERE").count() {
            // Fills one place of the query at a time and leaves the others out.
            let mut parts: Vec<&str> = QUERY.split("HERE").collect();
            let rest = parts.split_off(index + 1);
            let query = format!("{}{}{}", parts.join("name"), escaped(text), rest.join("name"));
            let answer = fetch(&api, "accounts", &query);
            assert_eq!(answer.status, 400, "{query}: {}", answer.text());
        }
        let aggregate = format!(
            "<fetch aggregate='true'><entity name='account'><attribute name='name' groupby='true' alias='{}'/></entity></fetch>",
            escaped(text)
        );
        fetch(&api, "accounts", &aggregate).refused(
            400,
            "0x80041109",
            "Invalid character specified for alias",
        );
        let alias = format!(
            "<fetch><entity name='account'><link-entity name='contact' from='contactid' to='primarycontactid' alias='{}'/></entity></fetch>",
            escaped(text)
        );
        fetch(&api, "accounts", &alias).refused(400, "0x80041109", "Invalid character specified for alias");
    }
    assert_eq!(
        column(
            &api,
            "accounts",
            "<fetch><entity name='account'><attribute name='name'/></entity></fetch>",
            "name"
        )
        .len(),
        10
    );
}

#[test]
fn hostile_values_are_values() {
    let api = samples();
    for text in TEXTS {
        api.create("accounts", &serde_json::json!({"name": text}));
        for operator in ["eq", "in", "like", "begins-with", "ends-with"] {
            let value = escaped(&if operator == "like" { text.replace('_', "[_]") } else { text.to_owned() });
            let query = format!(
                "<fetch><entity name='account'><attribute name='name'/><filter><condition attribute='name' operator='{operator}'>\
                 <value>{value}</value></condition></filter></entity></fetch>"
            );
            assert_eq!(column(&api, "accounts", &query, "name"), [text], "{operator}");
        }
    }
}
