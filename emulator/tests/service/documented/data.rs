//! The records of the examples in the pages.

use serde_json::{Value, json};

use crate::support::Api;

pub(super) const ROOT: &str = "https://emulator.crm.dynamics.com/api/data/v9.2";
pub(super) const FORMATTED: &str = "OData.Community.Display.V1.FormattedValue";

/// Returns the preference for formatted values.
pub(super) fn formatted(api: &Api) -> Api {
    api.with("Prefer", "odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\"")
}

/// Returns the preference for a page size.
pub(super) fn paged(api: &Api, size: usize) -> Api {
    api.with("Prefer", &format!("odata.maxpagesize={size}"))
}

/// Returns the names of a record's members, sorted.
pub(super) fn members(row: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = row.as_object().expect("a record").keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

/// Returns a link as a target below the service root.
pub(super) fn below(link: &Value) -> String {
    let link = link.as_str().expect("a link");
    link.strip_prefix(&format!("{ROOT}/")).expect("a link below the service root").to_owned()
}

/// Litware with its contact and three tasks, and Adventure Works with a contact alone.
pub(super) fn litware() -> (Api, String, String) {
    let api = Api::new();
    let tasks: Vec<Value> =
        (1..=3).map(|number| json!({"subject": format!("Task {number} for Litware")})).collect();
    let litware = api.create(
        "accounts",
        &json!({
            "name": "Litware, Inc. (sample)", "revenue": 20000, "customertypecode": 1, "Account_Tasks": tasks,
            "primarycontactid": {"firstname": "Susanna", "lastname": "Stubberod (sample)"}
        }),
    );
    let susanna = api.get(&format!("accounts({litware})/primarycontactid?$select=fullname")).json();
    let susanna = susanna["contactid"].as_str().unwrap().to_owned();
    let customer = json!({"parentcustomerid_account@odata.bind": format!("accounts({litware})")});
    api.patch(&format!("contacts({susanna})"), &customer).expect(204);
    let contact = json!({"firstname": "Nancy", "lastname": "Anderson (sample)"});
    let adventure =
        api.create("accounts", &json!({"name": "Adventure Works (sample)", "primarycontactid": contact}));
    (api, litware, adventure)
}

/// Nine accounts with the figures of the page about aggregates.
pub(super) fn nine_accounts() -> Api {
    let api = Api::of(
        dataverse_emulator::Emulator::builder()
            .clock("2023-03-25T17:42:46Z".parse().unwrap())
            .sequential_ids(true)
            .build()
            .unwrap(),
    );
    for (name, revenue, state, category, contact) in [
        ("Litware, Inc. (sample)", 20000, "TX", None, "Susanna Stubberod"),
        ("Adventure Works (sample)", 60000, "TX", Some(1), "Nancy Anderson"),
        ("Fabrikam, Inc. (sample)", 80000, "UT", Some(2), "Maria Campbell"),
        ("Blue Yonder Airlines (sample)", 40000, "CA", None, "Sidney Higa"),
        ("City Power & Light (sample)", 50000, "WA", None, "Scott Konersmann"),
        ("Contoso Pharmaceuticals (sample)", 60000, "WA", None, "Robert Lyon"),
        ("Alpine Ski House (sample)", 90000, "MT", None, "Paul Cannon"),
        ("A. Datum Corporation (sample)", 30000, "WA", None, "Rene Valdes"),
        ("Coho Winery (sample)", 10000, "AZ", None, "Jim Glynn"),
    ] {
        let (first, last) = contact.split_once(' ').unwrap();
        let contact = json!({"firstname": first, "lastname": format!("{last} (sample)")});
        let account = json!({
            "name": name, "revenue": revenue, "address1_stateorprovince": state, "accountcategorycode": category,
            "primarycontactid": contact
        });
        let id = api.create("accounts", &account);
        if name.starts_with("Coho") {
            api.patch(&format!("accounts({id})"), &json!({"statecode": 1, "statuscode": 2})).expect(204);
        }
    }
    api
}
