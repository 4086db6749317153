//! `webapi/execute-batch-operations-using-web-api`.

use serde_json::json;

use crate::support::{Answer, Api};

const BATCH: &str = "batch_80dd1615-2a10-428a-bb6f-0e559792721f";
const SET: &str = "changeset_246e6bfe-89a4-4c77-b293-7a433f082e8a";

fn send(api: &Api, body: &str) -> Answer {
    let kind = format!("multipart/mixed; boundary=\"{BATCH}\"");
    api.with("Content-Type", &kind).send("POST", "$batch", body.replace('\n', "\r\n"))
}

/// Returns a part with a body.
fn part(boundary: &str, content_id: Option<u8>, line: &str, body: &str) -> String {
    let content_id = content_id.map_or(String::new(), |id| format!("Content-ID: {id}\n"));
    format!(
        "--{boundary}\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n{content_id}\n{line} HTTP/1.1\n\
         Content-Type: application/json; type=entry\n\n{body}\n"
    )
}

fn change_set(parts: &[String]) -> String {
    format!("--{BATCH}\nContent-Type: multipart/mixed; boundary=\"{SET}\"\n\n{}--{SET}--\n\n", parts.concat())
}

fn statuses(answer: &Answer) -> Vec<String> {
    answer.text().lines().filter_map(|line| line.strip_prefix("HTTP/1.1 ")).map(str::to_owned).collect()
}

fn task(account: &str, subject: &str) -> String {
    json!({"subject": subject, "regardingobjectid_account_task@odata.bind": format!("accounts({account})")})
        .to_string()
}

#[test]
fn a_batch_without_change_sets() {
    let api = Api::new();
    let account = api.create("accounts", &json!({"name": "a"}));
    let mut body: String = (1..=3)
        .map(|number| {
            part(
                BATCH,
                None,
                "POST /api/data/v9.2/tasks",
                &task(&account, &format!("Task {number} in batch")),
            )
        })
        .collect();
    body.push_str(&part(
        BATCH,
        None,
        &format!("GET /api/data/v9.2/accounts({account})/Account_Tasks?$select=subject"),
        "\n",
    ));
    body.push_str(&format!("--{BATCH}--\n"));
    let answer = send(&api, &body).expect(200);
    assert_eq!(answer.header("odata-version"), Some("4.0"));
    assert_eq!(statuses(&answer), ["204 No Content", "204 No Content", "204 No Content", "200 OK"]);
    let text = answer.text();
    assert!(text.starts_with("--batchresponse_") && text.trim_end().ends_with("--"), "{text}");
    let order: Vec<usize> =
        (1..=3).map(|number| text.find(&format!("Task {number} in batch")).unwrap()).collect();
    assert!(order.is_sorted());
}

#[test]
fn a_change_set_and_a_read_after_it() {
    let api = Api::new();
    let account = api.create("accounts", &json!({"name": "a"}));
    let parts: Vec<String> = (1..=3)
        .map(|number| {
            let body = task(&account, &format!("Task {number} in batch"));
            part(SET, Some(number), "POST /api/data/v9.2/tasks", &body)
        })
        .collect();
    let read = format!("GET /api/data/v9.2/accounts({account})/Account_Tasks?$select=subject");
    let body = format!("{}{}--{BATCH}--\n", change_set(&parts), part(BATCH, None, &read, "\n"));
    let answer = send(&api, &body).expect(200);
    assert_eq!(statuses(&answer), ["204 No Content", "204 No Content", "204 No Content", "200 OK"]);
    let text = answer.text();
    let set = text.split("boundary=changesetresponse_").nth(1).unwrap();
    for number in 1..=3 {
        assert!(set.contains(&format!("\r\nContent-ID: {number}\r\n")), "{text}");
    }
    assert!(text.contains("Task 3 in batch"));
}

#[test]
fn uris_in_bodies_urls_and_references() {
    let api = Api::new();
    let post =
        |id: u8, set: &str, body: &str| part(SET, Some(id), &format!("POST /api/data/v9.2/{set}"), body);
    let run = |parts: &[String]| send(&api, &format!("{}--{BATCH}--\n", change_set(parts))).expect(200);
    // Two references in a body.
    let both =
        r#"{"name":"IcM Account","parentaccountid@odata.bind":"$1","primarycontactid@odata.bind":"$2"}"#;
    run(&[
        post(1, "accounts", r#"{"name":"parent"}"#),
        post(2, "contacts", r#"{"firstname":"first name"}"#),
        post(3, "accounts", both),
    ]);
    let row = api.rows("accounts?$filter=name eq 'IcM Account'&$expand=parentaccountid($select=name),primarycontactid($select=firstname)").remove(0);
    assert_eq!(row["parentaccountid"]["name"], "parent");
    assert_eq!(row["primarycontactid"]["firstname"], "first name");
    // A reference in a URL: the answer to a single column has no URL.
    let answer = run(&[
        post(1, "contacts", r#"{"firstname":"First Name","lastname":"Last name"}"#),
        part(SET, Some(2), "PUT $1/lastname", r#"{"value":"BBBBB"}"#),
    ]);
    assert_eq!(api.rows("contacts?$filter=lastname eq 'BBBBB'").len(), 1);
    assert_eq!(answer.text().matches("OData-EntityId").count(), 1);
    // References in `$ref` and in an update: the answer to an update has its record's URL.
    for (line, body, urls) in [
        ("PUT $1/primarycontactid/$ref", r#"{"@odata.id":"$2"}"#, 2),
        ("PATCH $1", r#"{"primarycontactid@odata.bind":"$2"}"#, 3),
    ] {
        let answer = run(&[
            post(1, "accounts", r#"{"name":"Account Name"}"#),
            post(2, "contacts", r#"{"firstname":"Contact first name"}"#),
            part(SET, Some(3), line, body),
        ]);
        assert_eq!(answer.text().matches("\r\nOData-EntityId: ").count(), urls, "{line}");
        assert_eq!(answer.text().matches("\r\nLocation: ").count(), urls, "{line}");
    }
    let rows =
        api.rows("accounts?$filter=name eq 'Account Name'&$expand=primarycontactid($select=firstname)");
    assert!(
        rows.iter().all(|row| row["primarycontactid"]["firstname"] == "Contact first name")
            && rows.len() == 2
    );
}

#[test]
fn a_content_id_before_it_is_declared() {
    let api = Api::new();
    let parts = [
        part(
            SET,
            Some(2),
            "POST /api/data/v9.2/tasks",
            r#"{"subject":"911","regardingobjectid_account_task@odata.bind":"$1"}"#,
        ),
        part(SET, Some(1), "POST /api/data/v9.2/accounts", r#"{"name":"QQQQ","revenue":1.50}"#),
    ];
    let answer = send(&api, &format!("{}--{BATCH}--\n", change_set(&parts))).expect(400);
    assert!(answer.text().contains("Content-ID Reference: '$1' does not exist in the batch context."));
    assert!(api.rows("accounts").is_empty() && api.rows("tasks").is_empty());
}

#[test]
fn a_reference_is_removed_by_its_url() {
    let api = Api::new();
    let account = api.create("accounts", &json!({"name": "a"}));
    let body =
        json!({"lastname": "c", "parentcustomerid_account@odata.bind": format!("/accounts({account})")});
    let contact = api.create("contacts", &body);
    let id = format!("$id={}/contacts({contact})", super::ROOT);
    let line = format!("DELETE /api/data/v9.2/accounts({account})/contact_customer_accounts/$ref?{id}");
    let answer = send(&api, &format!("{}--{BATCH}--\n", part(BATCH, None, &line, ""))).expect(200);
    assert_eq!(statuses(&answer), ["204 No Content"]);
    // The contact has left the collection and still exists.
    let row = api.get(&format!("contacts({contact})")).expect(200).json();
    assert!(row["_parentcustomerid_value"].is_null());
    let line = line.replacen("/api/data/v9.2/", "", 1);
    send(&api, &format!("{}--{BATCH}--\n", part(BATCH, None, &line, ""))).expect(404);
    api.get(&format!("contacts({contact})")).expect(200);
}

#[test]
fn errors() {
    let long = format!("Subject is too long {}", "x".repeat(200));
    let words = "A validation error occurred.  The length of the 'subject' attribute of the 'task' entity exceeded the maximum \
                 allowed length of '200'.";
    for (prefer, outer, inner) in [
        (None, 400, vec!["400 Bad Request"]),
        (Some("odata.continue-on-error"), 200, vec!["400 Bad Request", "204 No Content", "204 No Content"]),
    ] {
        let api = Api::new();
        let account = api.create("accounts", &json!({"name": "a"}));
        let subjects = [long.as_str(), "Task 2 in batch", "Task 3 in batch"];
        let parts =
            subjects.map(|subject| part(BATCH, None, "POST /api/data/v9.2/tasks", &task(&account, subject)));
        let body = format!("{}--{BATCH}--\n", parts.concat());
        let api = prefer.map_or(api.clone(), |value| api.with("Prefer", value));
        let answer = send(&api, &body).expect(outer);
        assert_eq!(statuses(&answer), inner);
        let text = answer.text();
        assert!(text.contains("0x80044331") && text.contains(words), "{text}");
        assert!(text.contains("Content-Type: application/json; odata.metadata=minimal\r\n"), "{text}");
        assert_eq!(api.rows("tasks").len(), inner.len() - 1);
    }
}
