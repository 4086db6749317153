//! `$batch`: transactions, references, errors.

use crate::support::{Answer, Api};

/// Sends a batch, with CRLF for each LF of `body`.
fn batch(api: &Api, body: &str) -> Answer {
    api.with("Content-Type", "multipart/mixed; boundary=\"b\"").send(
        "POST",
        "$batch",
        body.replace('\n', "\r\n"),
    )
}

fn statuses(answer: &Answer) -> Vec<String> {
    answer.text().lines().filter_map(|line| line.strip_prefix("HTTP/1.1 ")).map(str::to_owned).collect()
}

/// Two creates, the second of which refers to the first; `name` is the second's name.
fn change_set(name: &str) -> String {
    format!(
        "--b\nContent-Type: multipart/mixed; boundary=c\n\n\
         --c\nContent-Type: application/http\nContent-Transfer-Encoding: binary\nContent-ID: 1\n\n\
         POST /api/data/v9.2/msdyn_ocsessions HTTP/1.1\nContent-Type: application/json\n\n{{\"subject\":\"s\"}}\n\
         --c\nContent-Type: application/http\nContent-Transfer-Encoding: binary\nContent-ID: 2\n\n\
         POST /api/data/v9.2/msdyn_sessionevents HTTP/1.1\nContent-Type: application/json\n\n\
         {{\"msdyn_name\":\"{name}\",\"msdyn_omnichannelsession@odata.bind\":\"$1\"}}\n--c--\n"
    )
}

#[test]
fn a_change_set_is_carried_out_as_a_whole() {
    let api = Api::new();
    let answer = batch(&api, &format!("{}--b--\n", change_set("e"))).expect(200);
    assert!(answer.header("content-type").unwrap().starts_with("multipart/mixed; boundary=batchresponse_"));
    assert_eq!(statuses(&answer), ["204 No Content", "204 No Content"]);
    let text = answer.text();
    assert!(
        text.contains("boundary=changesetresponse_")
            && text.contains("Content-ID: 1\r\n")
            && text.contains("Content-ID: 2\r\n")
    );
    assert!(
        text.contains("OData-EntityId: https://emulator.crm.dynamics.com/api/data/v9.2/msdyn_ocsessions(")
    );
    let rows = api.rows("msdyn_sessionevents?$expand=msdyn_omnichannelsession($select=subject)");
    assert_eq!(rows[0]["msdyn_omnichannelsession"]["subject"], "s");
}

#[test]
fn a_failed_change_set_changes_nothing() {
    let api = Api::new();
    let answer = batch(&api, &format!("{}--b--\n", change_set(&"x".repeat(101)))).expect(400);
    assert_eq!(statuses(&answer), ["400 Bad Request"]);
    assert!(answer.text().contains("0x80044331"));
    assert!(api.rows("msdyn_ocsessions").is_empty());
}

const GET: &str = "--b\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\nGET /api/data/v9.2/accounts?$select=name HTTP/1.1\n\n\n";
const MISSING: &str = "--b\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\nGET accounts(0d2c7a10-1111-4111-8111-111111111111) HTTP/1.1\n\n\n";

#[test]
fn the_first_error_ends_a_batch() {
    let api = Api::new();
    let answer = batch(&api, &format!("{GET}{MISSING}{GET}--b--\n")).expect(404);
    assert_eq!(statuses(&answer), ["200 OK", "404 Not Found"]);
}

#[test]
fn continue_on_error_continues_after_an_error() {
    let api = Api::new().with("Prefer", "odata.continue-on-error");
    let failing = change_set(&"x".repeat(101));
    let answer = batch(&api, &format!("{GET}{MISSING}{failing}{GET}--b--\n")).expect(200);
    assert_eq!(statuses(&answer), ["200 OK", "404 Not Found", "400 Bad Request", "200 OK"]);
}

#[test]
fn content_ids_work_in_urls_and_references() {
    let api = Api::new();
    let part = |id: u8, line: &str, body: &str| {
        format!(
            "--c\nContent-Type: application/http\nContent-Transfer-Encoding: binary\nContent-ID: {id}\n\n{line} HTTP/1.1\nContent-Type: application/json\n\n{body}\n"
        )
    };
    let body = format!(
        "--b\nContent-Type: multipart/mixed; boundary=c\n\n{}{}{}{}{}--c--\n--b--\n",
        part(1, "POST accounts", r#"{"name":"a"}"#),
        part(2, "PATCH $1", r#"{"telephone1":"5"}"#),
        part(3, "POST contacts", r#"{"lastname":"c"}"#),
        part(4, "PUT $1/primarycontactid/$ref", r#"{"@odata.id":"$3"}"#),
        part(5, "PUT $1/fax", r#"{"value":"9"}"#),
    );
    batch(&api, &body).expect(200);
    let row =
        api.rows("accounts?$select=telephone1,fax&$expand=primarycontactid($select=lastname)").remove(0);
    assert_eq!((row["telephone1"].as_str(), row["fax"].as_str()), (Some("5"), Some("9")));
    assert_eq!(row["primarycontactid"]["lastname"], "c");
}

#[test]
fn an_unknown_content_id_is_refused() {
    let api = Api::new();
    let forward = change_set("e").replace("\"$1\"", "\"$2\"");
    let answer = batch(&api, &format!("{forward}--b--\n")).expect(400);
    assert!(
        answer.text().contains("Content-ID Reference: '$2' does not exist in the batch context."),
        "{}",
        answer.text()
    );
    assert!(api.rows("msdyn_ocsessions").is_empty());
    // A content-id is valid only within its change set.
    let outside = "--b\nContent-Type: application/http\n\nPATCH $1 HTTP/1.1\n\n{}\n";
    let answer = batch(&api, &format!("{}{outside}--b--\n", change_set("e"))).expect(400);
    assert!(answer.text().contains("'$1' does not exist"));
}

#[test]
fn malformed_batches_are_refused() {
    let api = Api::new();
    let in_change_set = "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: application/http\n\nGET accounts HTTP/1.1\n\n\n--c--\n--b--\n";
    assert!(batch(&api, in_change_set).expect(400).text().contains("GET"));
    let nested = "--b\nContent-Type: application/http\n\nPOST $batch HTTP/1.1\n\n\n--b--\n";
    assert!(batch(&api, nested).expect(400).text().contains("another batch"));
    batch(&api, GET).refused(400, "0x80048d19", "Stream was not readable");
    api.send("POST", "$batch", "x").refused(400, "0x80048d19", "boundary");
    let many = format!("{}--b--\n", GET.repeat(1001));
    batch(&api, &many).refused(400, "0x80048d19", "1001");
    assert_eq!(statuses(&batch(&api, &format!("{}--b--\n", GET.repeat(1000))).expect(200)).len(), 1000);
}

#[test]
fn the_headers_of_a_batch_name_its_caller() {
    let api = Api::new();
    let user = api.emulator.add_user("Ada Agent").unwrap();
    let acting = api.with("MSCRMCallerID", &user.to_string());
    batch(&acting, &format!("{}--b--\n", change_set("e"))).expect(200);
    let row = api.rows("msdyn_sessionevents").remove(0);
    assert_eq!(row["_createdby_value"], user.to_string());
    assert_eq!(row["_createdonbehalfby_value"], api.emulator.user().to_string());
}
