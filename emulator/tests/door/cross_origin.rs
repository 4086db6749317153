//! Pages that may call the service: single-page applications like Microsoft's samples.

use dataverse_emulator::ServerOptions;

use crate::wire::Door;

const ORIGIN: &str = "Origin: http://localhost:1234";

fn door() -> Door {
    Door::with(
        ServerOptions::default()
            .allow_origin("http://localhost:1234")
            .allow_origin("HTTPS://App.Example:443/"),
    )
}

#[test]
fn a_preflight_request_is_answered() {
    let door = door();
    let headers = "Access-Control-Request-Headers: authorization,content-type,odata-maxversion,prefer";
    let answer =
        door.send("OPTIONS", "accounts", &[ORIGIN, "Access-Control-Request-Method: PATCH", headers], "");
    let answer = answer.expect(204);
    assert_eq!(answer.header("access-control-allow-origin"), Some("http://localhost:1234"));
    let methods = answer.header("access-control-allow-methods").unwrap();
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        assert!(methods.contains(method), "{methods}");
    }
    assert_eq!(
        answer.header("access-control-allow-headers"),
        Some("authorization,content-type,odata-maxversion,prefer")
    );
    assert!(answer.head.to_lowercase().contains("vary: origin"), "{}", answer.head);
    assert_eq!(answer.header("access-control-allow-private-network"), None);
    // No header allows cookies, because tokens are in a header.
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    let private = "Access-Control-Request-Private-Network: true";
    let answer =
        door.send("OPTIONS", "accounts", &[ORIGIN, "Access-Control-Request-Method: GET", private], "");
    assert_eq!(answer.header("access-control-allow-private-network"), Some("true"));
    // A preflight request comes from the browser itself, so the trace does not have it.
    assert!(door.emulator.trace().is_empty());
}

#[test]
fn an_allowed_page_reads_answers_and_errors() {
    let door = door();
    let json = "Content-Type: application/json";
    let answer = door.send("POST", "accounts", &[ORIGIN, json], r#"{"name":"a"}"#).expect(204);
    assert_eq!(answer.header("access-control-allow-origin"), Some("http://localhost:1234"));
    // Dataverse sends this list.
    assert_eq!(
        answer.header("access-control-expose-headers"),
        Some(
            "Preference-Applied,OData-EntityId,Location,ETag,OData-Version,Content-Encoding,Transfer-Encoding,Content-Length,Retry-After"
        )
    );
    for (path, headers, body, status) in [
        ("nonsense", vec![ORIGIN], "", 404),
        ("accounts", vec![ORIGIN, "Content-Type: text/plain"], "x", 415),
        ("accounts", vec![ORIGIN, json], "{", 400),
    ] {
        let answer =
            door.send(if body.is_empty() { "GET" } else { "POST" }, path, &headers, body).expect(status);
        assert_eq!(answer.header("access-control-allow-origin"), Some("http://localhost:1234"), "{path}");
    }
    // Case and the default port do not matter.
    let answer = door.send("GET", "accounts", &["Origin: https://app.example"], "").expect(200);
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://app.example"));
    // `Vary` makes caches separate the answers to different origins, and to none.
    let answer = door.send("GET", "accounts", &[], "").expect(200);
    assert_eq!((answer.header("vary"), answer.header("access-control-allow-origin")), (Some("Origin"), None));
}

#[test]
fn pages_of_other_origins_are_still_refused() {
    let door = door();
    for origin in [
        "http://localhost:12345",
        "https://localhost:1234",
        "http://localhost:1234.attacker.example",
        "http://app.example",
        "https://app.example:444",
        "https://x.app.example",
        "null",
    ] {
        let answer = door.send("GET", "accounts", &[&format!("Origin: {origin}")], "").expect(403);
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
    // An accepted origin does not make a foreign host acceptable.
    door.send("GET", "accounts", &[ORIGIN, "Host: attacker.example"], "").refused(421, "attacker.example");
}

#[test]
fn without_an_allowed_origin_answers_have_no_cors_headers() {
    let answer = Door::new().send("GET", "accounts", &[], "").expect(200);
    assert!(!answer.head.to_lowercase().contains("access-control"), "{}", answer.head);
    assert_eq!(answer.header("vary"), None);
}
