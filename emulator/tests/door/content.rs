//! The media types of bodies. A page may send forms, texts and bytes without a type to any address without
//! asking the browser. The service reads none of them, even if the request has no origin.

use crate::wire::Door;

const BODY: &str = r#"{"name":"a"}"#;

#[test]
fn bodies_are_json() {
    let door = Door::new();
    for content_type in [
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/json;odata.metadata=minimal;IEEE754Compatible=false",
    ] {
        door.send("POST", "accounts", &[&format!("Content-Type: {content_type}")], BODY).expect(204);
    }
    for content_type in [
        "text/plain",
        "text/plain;charset=UTF-8",
        "text/plain; x=application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/mixed; boundary=x",
        "application/atom+xml",
        "application/jsonx",
        "text/json",
        "*/*",
        "",
    ] {
        let header = format!("Content-Type: {content_type}");
        door.send("POST", "accounts", &[&header], BODY).refused(415, "application/json");
        let chunked = format!(
            "POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: {}\r\n{header}\r\nTransfer-Encoding: chunked\r\n\r\nc\r\n{BODY}\r\n0\r\n\r\n",
            door.address()
        );
        door.raw(chunked).refused(415, "application/json");
    }
    // `curl -d` sends this: the answer says what is missing.
    door.send("POST", "accounts", &["Content-Type: application/x-www-form-urlencoded"], BODY)
        .refused(415, "send the header 'Content-Type: application/json'");
    door.send("POST", "accounts", &[], BODY).refused(415, "no header 'Content-Type'");
    let both = ["Content-Type: application/json", "Content-Type: text/plain"];
    door.send("POST", "accounts", &both, BODY).refused(415, "more than once");
    assert_eq!(door.accounts(), 3);
}

#[test]
fn batches_are_multipart() {
    let door = Door::new();
    let batch = "--b\r\nContent-Type: application/http\r\n\r\nGET accounts HTTP/1.1\r\n\r\n\r\n--b--\r\n";
    for path in ["$batch", "%24batch"] {
        door.send("POST", path, &["Content-Type: multipart/mixed; boundary=b"], batch).expect(200);
    }
    door.send("POST", "$batch", &["Content-Type: multipart/form-data; boundary=b"], batch)
        .refused(415, "$batch");
    door.send("POST", "$batch", &["Content-Type: text/plain"], batch).refused(415, "$batch");
    door.send("POST", "$batch", &[], batch).refused(415, "$batch");
    for content_type in ["application/json", "multipart/mixed"] {
        door.send("POST", "$batch", &[&format!("Content-Type: {content_type}")], "{}")
            .refused(400, "no boundary: write multipart/mixed; boundary=");
    }
}

#[test]
fn a_request_without_a_body_needs_no_type() {
    let door = Door::new();
    door.send("GET", "accounts", &["Content-Type: text/plain"], "").expect(200);
    door.send("GET", "accounts", &["Content-Type: application/json", "Content-Length: 0"], "").expect(200);
    // The answer says that the body is empty.
    door.send("POST", "accounts", &["Content-Length: 0"], "").refused(400, "the body is empty");
}
