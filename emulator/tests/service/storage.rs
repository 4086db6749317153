//! Time limits.

use std::time::Duration;

use dataverse_emulator::Emulator;
use serde_json::{Value, json};

use crate::support::Api;

/// Returns a service whose requests may take this long.
fn service(limit: Duration) -> Api {
    Api::of(Emulator::builder().time_limit(limit).sequential_ids(true).build().unwrap())
}

fn accounts(count: usize) -> Value {
    let target =
        |number| json!({"@odata.type": "Microsoft.Dynamics.CRM.account", "name": format!("{number}")});
    json!({"Targets": (0..count).map(target).collect::<Vec<_>>()})
}

#[test]
fn a_request_beyond_the_time_limit_is_refused() {
    let api = service(Duration::from_millis(400));
    for _ in 0..10 {
        api.post("accounts/Microsoft.Dynamics.CRM.CreateMultiple", &accounts(100)).expect(200);
    }
    // The names of these accounts would have to be greater than one another in a circle: no rows match, and a
    // thousand million pairs have to be tried.
    let endless = "<fetch><entity name='account'><attribute name='name'/>\
        <filter><condition attribute='name' operator='gt' valueof='a.name'/></filter>\
        <link-entity name='account' from='statecode' to='statecode' alias='a'>\
        <filter><condition attribute='name' operator='gt' valueof='b.name'/></filter>\
        <link-entity name='account' from='statecode' to='statecode' alias='b'>\
        <filter><condition attribute='name' operator='gt' valueof='account.name'/></filter>\
        </link-entity></link-entity></entity></fetch>";
    api.get(&format!("accounts?fetchXml={endless}")).refused(500, "0x80044151", "SQL timeout expired.");
    api.get("accounts?$top=1").expect(200);
}

#[test]
fn a_write_beyond_the_time_limit_changes_nothing() {
    let api = service(Duration::from_millis(20));
    let answer = api.post("accounts/Microsoft.Dynamics.CRM.CreateMultiple", &accounts(5_000));
    answer.refused(500, "0x80044151", "SQL timeout expired.");
    assert_eq!(api.rows("accounts?$select=name&$top=1").len(), 0);
}
