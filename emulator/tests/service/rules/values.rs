//! Limits, types and forms of values; single columns; annotations.

use serde_json::json;

use crate::support::{Api, G1};

#[test]
fn limits_are_enforced() {
    let api = Api::new();
    let words = "The length of the 'msdyn_name' attribute of the 'msdyn_sessionevent' entity exceeded the maximum allowed length of '100'.";
    api.post("msdyn_sessionevents", &json!({"msdyn_name": "x".repeat(101)})).refused(
        400,
        "0x80044331",
        words,
    );
    // The length is in UTF-16 code units.
    api.post("msdyn_sessionevents", &json!({"msdyn_name": "😀".repeat(50)})).expect(204);
    api.post("msdyn_sessionevents", &json!({"msdyn_name": "😀".repeat(51)})).expect(400);
    api.post("msdyn_sessionevents", &json!({"utcconversiontimezonecode": -2})).refused(
        400,
        "0x8004431a",
        "Minimum Value: -1",
    );
    api.post("msdyn_sessionevents", &json!({"msdyn_eventtype": 5})).refused(
        400,
        "0x8004431a",
        "Accepted Values: 192350000",
    );
    api.post("accounts", &json!({"address1_latitude": 90.5})).refused(
        400,
        "0x8004431a",
        "outside the valid range",
    );
    api.post("msdyn_sessionevents", &json!({"msdyn_eventtime": "1752-12-31T00:00:00Z"})).refused(
        400,
        "0x80040239",
        "1753",
    );
}

#[test]
fn values_of_the_wrong_type_are_refused() {
    let api = Api::new();
    for (set, body, words) in [
        ("accounts", json!({"name": 5}), "'5' to the expected type 'Edm.String'"),
        ("accounts", json!({"numberofemployees": "five"}), "'five' to the expected type 'Edm.Int32'"),
        ("accounts", json!({"numberofemployees": 1.5}), "'1.5' to the expected type 'Edm.Int32'"),
        ("accounts", json!({"creditonhold": 1}), "'Edm.Boolean'"),
        (
            "contacts",
            json!({"birthdate": "1965-05-07T00:00:00Z"}),
            "'1965-05-07T00:00:00Z' to the expected type 'Edm.Date'",
        ),
        ("accounts", json!({"accountid": "x"}), "'x' to the expected type 'Edm.Guid'"),
    ] {
        let answer = api.post(set, &body).expect(400);
        assert!(answer.text().contains(words), "{}", answer.text());
    }
    api.send("POST", "accounts", "{").refused(400, "0x80048d19", "EOF");
    api.send("POST", "accounts", "[]").expect(400);
    api.send("POST", "accounts", "").expect(400);
    api.send("POST", "accounts", r#"{"name":"a","name":"b"}"#).refused(400, "0x80048d19", "more than once");
}

#[test]
fn values_are_stored_exactly() {
    let api = Api::new();
    let text = r#"{"name":"O'Brien \"<é😀%_[]","revenue":99999999999999.99,"address1_latitude":-12.5,"numberofemployees":2147483,"lastusedincampaign":null}"#;
    let id = api.send("POST", "accounts", text).expect(204).id();
    let answer =
        api.get(&format!("accounts({id})?$select=name,revenue,address1_latitude,numberofemployees")).text();
    for part in [
        r#""name":"O'Brien \"<é😀%_[]""#,
        r#""revenue":99999999999999.99"#,
        r#""address1_latitude":-12.5"#,
        r#""numberofemployees":2147483"#,
    ] {
        assert!(answer.contains(part), "{answer}");
    }
    // An offset is converted, a time without one is in UTC, and the database stores whole seconds.
    for (sent, kept) in [
        ("2024-09-18T10:20:39+02:00", "2024-09-18T08:20:39Z"),
        ("2024-09-18T10:20:39", "2024-09-18T10:20:39Z"),
        ("2024-09-18T10:20:39.987Z", "2024-09-18T10:20:39Z"),
    ] {
        let id = api.create("tasks", &json!({"subject": "t", "scheduledstart": sent}));
        assert_eq!(api.get(&format!("tasks({id})")).json()["scheduledstart"], kept);
    }
}

#[test]
fn single_columns_are_read_set_and_cleared() {
    let api = Api::new();
    let id = api.create("contacts", &json!({"lastname": "a"}));
    let target = format!("contacts({id})/telephone1");
    api.get(&target).expect(204);
    api.put(&target, &json!({"value": "555-0105"})).expect(204);
    let answer = api.get(&target).expect(200).json();
    assert_eq!(answer["value"], "555-0105");
    let context =
        format!("https://emulator.crm.dynamics.com/api/data/v9.2/$metadata#contacts({id})/telephone1");
    assert_eq!(answer["@odata.context"], context.as_str());
    assert_eq!(api.get(&format!("{target}/$value")).expect(200).text(), "555-0105");
    api.delete(&target).expect(204);
    api.get(&target).expect(204);
    api.put(&target, &json!({})).expect(400);
    api.put(&format!("contacts({id})/_ownerid_value"), &json!({"value": G1})).expect(400);
    api.get(&format!("contacts({id})/nosuch")).refused(
        404,
        "0x8006088a",
        "Resource not found for the segment 'nosuch'.",
    );
}

#[test]
fn annotations_are_optional() {
    let api = Api::new();
    let id = api.create(
        "msdyn_sessionevents",
        &json!({"msdyn_name": "a", "msdyn_eventtype": 192350001, "msdyn_eventtime": "2026-03-02T10:02:00Z"}),
    );
    let target =
        format!("msdyn_sessionevents({id})?$select=msdyn_eventtype,statecode,_ownerid_value,msdyn_eventtime");
    let plain = api.get(&target).json();
    assert!(
        plain
            .as_object()
            .unwrap()
            .keys()
            .all(|name| !name.contains("@OData") && !name.contains("@Microsoft"))
    );
    let formatted = "OData.Community.Display.V1.FormattedValue";
    let row = api.with("Prefer", &format!("odata.include-annotations=\"{formatted}\"")).get(&target).json();
    assert_eq!(row[format!("msdyn_eventtype@{formatted}")], "QueueAssigned");
    assert_eq!(row[format!("statecode@{formatted}")], "Active");
    assert_eq!(row[format!("_ownerid_value@{formatted}")], "System Administrator");
    assert_eq!(row[format!("msdyn_eventtime@{formatted}")], "3/2/2026");
    assert!(row.get("_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname").is_none());
    let answer = api.with("Prefer", "odata.include-annotations=\"*\"").get(&target);
    assert_eq!(answer.header("preference-applied"), Some("odata.include-annotations=\"*\""));
    let row = answer.json();
    assert_eq!(row["_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"], "systemuser");
    assert_eq!(row["_ownerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty"], "ownerid");
    // Annotations precede their value.
    let text = answer.text();
    assert!(text.find("_ownerid_value@OData").unwrap() < text.find("\"_ownerid_value\":").unwrap());
}

#[test]
fn names_are_case_sensitive() {
    let api = Api::new();
    api.get("Account").refused(404, "0x8006088a", "Resource not found for the segment 'Account'.");
    api.get("accounts?$select=Name").refused(
        400,
        "0x0",
        "Could not find a property named 'Name' on type 'Microsoft.Dynamics.CRM.account'.",
    );
    api.get("accounts?$select=ownerid").refused(400, "0x0", "Could not find a property named 'ownerid'");
    api.post("WhoAmI", &json!({})).refused(
        404,
        "",
        "No HTTP resource was found that matches the request URI",
    );
    api.put("accounts", &json!({})).expect(405);
}

#[test]
fn an_amount_sets_the_currency() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a", "revenue": 5.5}));
    let row = api
        .with("Prefer", "odata.include-annotations=\"*\"")
        .get(&format!("accounts({id})?$select=revenue"))
        .json();
    assert!(row["_transactioncurrencyid_value"].is_string());
    assert_eq!(row["_transactioncurrencyid_value@OData.Community.Display.V1.FormattedValue"], "US Dollar");
    assert_eq!(row["revenue@OData.Community.Display.V1.FormattedValue"], "$5.50");
}
