//! Dataverse changes a record only by its own URL, and not through a navigation property.

use serde_json::json;

use crate::support::Api;

/// Returns an account with a primary contact and a task.
fn account(api: &Api) -> (String, String, String) {
    let contact = api.create("contacts", &json!({"lastname": "c", "telephone1": "1"}));
    let bind = json!({"name": "a", "primarycontactid@odata.bind": format!("/contacts({contact})")});
    let account = api.create("accounts", &bind);
    let task =
        json!({"subject": "t", "regardingobjectid_account_task@odata.bind": format!("/accounts({account})")});
    let task = api.create("tasks", &task);
    (account, contact, task)
}

#[test]
fn a_lookup_changes_nothing_of_its_record() {
    let api = Api::new();
    let (account, contact, _) = account(&api);
    let through = format!("accounts({account})/primarycontactid");
    let reference =
        json!({"@odata.id": format!("https://emulator.crm.dynamics.com/api/data/v9.2/accounts({account})")});
    for answer in [
        api.delete(&through),
        api.patch(&through, &json!({"lastname": "x"})),
        api.put(&through, &json!({"lastname": "x"})),
        api.post(&through, &json!({"lastname": "x"})),
        api.delete(&format!("{through}/telephone1")),
        api.put(&format!("{through}/telephone1"), &json!({"value": "x"})),
        api.put(&format!("{through}/telephone1/$value"), &json!("x")),
        api.delete(&format!("{through}/telephone1/$value")),
        api.put(&format!("{through}/parentcustomerid_account/$ref"), &reference),
        api.delete(&format!("{through}/parentcustomerid_account/$ref")),
        api.post(&format!("{through}/Contact_Tasks"), &json!({"subject": "x"})),
        api.patch(&format!("{through}/Microsoft.Dynamics.CRM.contact"), &json!({"lastname": "x"})),
        api.delete(&format!("{through}/Microsoft.Dynamics.CRM.contact")),
    ] {
        answer.refused(405, "0x0", "does not support http method");
    }
    let row = api.get(&format!("contacts({contact})")).expect(200).json();
    assert_eq!((&row["lastname"], &row["telephone1"]), (&json!("c"), &json!("1")));
    assert_eq!(api.rows("tasks").len(), 1);
    // Reads through a navigation property work.
    assert_eq!(api.get(&format!("{through}/telephone1")).json()["value"], "1");
    assert_eq!(api.get(&format!("{through}/telephone1/$value")).text(), "1");
    // The same holds for an empty lookup.
    let empty = format!("contacts({contact})/parentcustomerid_account");
    api.delete(&empty).expect(405);
    api.patch(&empty, &json!({"name": "x"})).expect(405);
    api.get(&empty).expect(204);
}

#[test]
fn a_collection_changes_nothing_of_its_records() {
    let api = Api::new();
    let (account, _, task) = account(&api);
    let through = format!("accounts({account})/Account_Tasks({task})");
    for answer in [
        api.delete(&through),
        api.patch(&through, &json!({"subject": "x"})),
        api.put(&format!("{through}/subject"), &json!({"value": "x"})),
        api.delete(&format!("{through}/subject")),
        api.delete(&format!("{through}/regardingobjectid_account_task/$ref")),
        api.delete(&format!("accounts({account})/Account_Tasks")),
        api.patch(&format!("accounts({account})/Account_Tasks"), &json!({"subject": "x"})),
        api.put(&format!("accounts({account})/Account_Tasks"), &json!({"value": []})),
    ] {
        answer.refused(405, "0x0", "does not support http method");
    }
    assert_eq!(api.get(&format!("{through}?$select=subject")).expect(200).json()["subject"], "t");
    assert_eq!(api.get(&format!("tasks({task})")).json()["_regardingobjectid_value"], account.as_str());
}

#[test]
fn a_change_set_changes_nothing_through_navigation_either() {
    let api = Api::new();
    let (account, contact, _) = account(&api);
    let part = format!("DELETE accounts({account})/primarycontactid HTTP/1.1\r\n\r\n");
    let batch = format!(
        "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\n\r\n{part}\r\n--c--\r\n--b--\r\n"
    );
    api.with("Content-Type", "multipart/mixed; boundary=b").send("POST", "$batch", batch).expect(405);
    api.get(&format!("contacts({contact})")).expect(200);
}

#[test]
fn sets_and_records_have_their_own_methods() {
    let api = Api::new();
    let (account, ..) = account(&api);
    for answer in [
        api.delete("accounts"),
        api.patch("accounts", &json!({"name": "x"})),
        api.put("accounts", &json!({"name": "x"})),
        api.post(&format!("accounts({account})"), &json!({"name": "x"})),
        api.put(&format!("accounts({account})"), &json!({"name": "x"})),
        api.post(&format!("accounts({account})/name"), &json!({"value": "x"})),
        api.patch(&format!("accounts({account})/name"), &json!({"value": "x"})),
        api.put(&format!("accounts({account})/name/$value"), &json!("x")),
        api.post(&format!("accounts({account})/primarycontactid/$ref"), &json!({})),
        api.put(&format!("accounts({account})/Account_Tasks/$ref"), &json!({})),
    ] {
        answer.refused(405, "0x0", "does not support http method");
    }
    assert_eq!(api.column("name", "accounts"), ["a"]);
}
