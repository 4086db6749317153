//! The sample data of the pages below `fetchxml`, and functions that send queries.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::support::{Answer, Api};

/// Name, city and number of employees of the sample accounts, and their contacts, in the order of the page on
/// joins.
pub(super) const SAMPLES: [(&str, &str, i64, &str, &str); 9] = [
    ("Litware, Inc. (sample)", "Dallas", 6000, "Susanna", "Stubberod (sample)"),
    ("Adventure Works (sample)", "Santa Cruz", 4300, "Nancy", "Anderson (sample)"),
    ("Fabrikam, Inc. (sample)", "Lynnwood", 2700, "Maria", "Campbell (sample)"),
    ("Blue Yonder Airlines (sample)", "Los Angeles", 2900, "Sidney", "Higa (sample)"),
    ("City Power & Light (sample)", "Redmond", 2900, "Scott", "Konersmann (sample)"),
    ("Contoso Pharmaceuticals (sample)", "Redmond", 1500, "Robert", "Lyon (sample)"),
    ("Alpine Ski House (sample)", "Missoula", 4800, "Paul", "Cannon (sample)"),
    ("A. Datum Corporation (sample)", "Redmond", 6200, "Rene", "Valdes (sample)"),
    ("Coho Winery (sample)", "Phoenix", 3900, "Jim", "Glynn (sample)"),
];

/// Returns the nine sample accounts, each with its contact, and the tenth account without data.
pub(super) fn samples() -> Api {
    let api = Api::new();
    for (name, city, employees, first, last) in SAMPLES {
        let contact = api.create("contacts", &json!({"firstname": first, "lastname": last}));
        api.create(
            "accounts",
            &json!({
                "name": name, "address1_city": city, "numberofemployees": employees,
                "overriddencreatedon": "2023-03-25T17:42:00Z",
                "primarycontactid@odata.bind": format!("/contacts({contact})"),
            }),
        );
    }
    api.create(
        "accounts",
        &json!({"name": "Example Account", "overriddencreatedon": "2023-08-27T09:00:00Z"}),
    );
    api
}

/// Sends a query.
pub(super) fn fetch(api: &Api, set: &str, text: &str) -> Answer {
    api.send("GET", &format!("{set}?fetchXml={}", encoded(text)), "")
}

pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// Returns the rows that a query finds.
#[track_caller]
pub(super) fn rows(api: &Api, set: &str, text: &str) -> Vec<Value> {
    fetch(api, set, text).expect(200).json()["value"].as_array().unwrap().clone()
}

/// One member of the rows that a query finds.
#[track_caller]
pub(super) fn column(api: &Api, set: &str, text: &str, name: &str) -> Vec<Value> {
    rows(api, set, text).iter().map(|row| row[name].clone()).collect()
}

/// Returns the names of the accounts that meet the conditions of a filter.
#[track_caller]
pub(super) fn accounts(api: &Api, inside: &str) -> Vec<Value> {
    let text = format!(
        "<fetch><entity name='account'><attribute name='name'/><filter>{inside}</filter></entity></fetch>"
    );
    column(api, "accounts", &text, "name")
}

/// Returns the same service, with all annotations.
pub(super) fn annotated(api: &Api) -> Api {
    api.with("Prefer", "odata.include-annotations=\"*\"")
}
