//! Malformed requests: the service answers each, and closes the connection. Most answers are hyper's: a
//! status without words.

use std::io::Write;

use crate::wire::{Door, is_closed, read};

/// Sends the bytes and expects the status, the words if there are any, and a closed connection.
#[track_caller]
fn refused(door: &Door, request: &[u8], status: u16, words: &str) {
    let mut stream = door.connect();
    let _ = stream.write_all(request);
    let answer = read(&mut stream).expect(status);
    if answer.head.starts_with("HTTP/1.1") {
        assert_eq!(answer.header("connection"), Some("close"));
    }
    if !words.is_empty() {
        answer.refused(status, words);
    }
    assert!(is_closed(&mut stream), "{:?}", String::from_utf8_lossy(request));
}

#[test]
fn malformed_request_lines_are_refused() {
    let door = Door::new();
    for (request, words) in [
        ("hello\r\n\r\n", ""),
        ("GET\r\n\r\n", ""),
        ("GET /\r\n\r\n", ""),
        ("GET / HTTP/1.1 x\r\n\r\n", ""),
        ("GET / HTTP/2.0\r\nHost: x\r\n\r\n", ""),
        ("GET / HTTP/0.9\r\n\r\n", ""),
        ("GET / HTTQ/1.1\r\n\r\n", ""),
        ("G\u{e9}T / HTTP/1.1\r\n\r\n", ""),
        ("GET x HTTP/1.1\r\nHost: x\r\n\r\n", "not a valid target"),
        ("CONNECT localhost:1 HTTP/1.1\r\nHost: x\r\n\r\n", "not a valid target"),
        ("GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n", "not a valid target"),
        ("* / HTTP/1.1\r\n\r\n", ""),
        (" GET / HTTP/1.1\r\n\r\n", ""),
        // Another protocol.
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/1.1"),
        ("\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}", ""),
        ("SSH-2.0-OpenSSH_9.9\r\n", ""),
        ("\0\0\0\0\0\0\0\0\0\0\0\0", ""),
    ] {
        refused(&door, request.as_bytes(), 400, words);
    }
    assert_eq!(door.accounts(), 0);
}

#[test]
fn a_target_with_a_quotation_mark_is_400() {
    let door = Door::new();
    let request = format!(
        "GET /api/data/v9.2/accounts?$filter=name%20eq%20\"a\" HTTP/1.1\r\nHost: {}\r\n\r\n",
        door.address()
    );
    refused(&door, request.as_bytes(), 400, "");
}

#[test]
fn malformed_headers_are_refused() {
    let door = Door::new();
    let host = format!("Host: {}\r\n", door.address());
    let request = |headers: &str| format!("GET /api/data/v9.2/accounts HTTP/1.1\r\n{headers}\r\n");
    for (headers, words) in [
        (String::new(), "'Host' is missing"),
        (format!("{host}{host}"), "'Host' comes more than once"),
        ("Host: a b\r\n".to_owned(), "is not a host"),
        ("Host: user@localhost\r\n".to_owned(), "is not a host"),
        (format!("{host}no header\r\n"), ""),
        (format!("{host}: x\r\n"), ""),
        (format!("{host}A\u{e9}: x\r\n"), ""),
        (format!("{host}A : x\r\n"), ""),
        (format!("{host}A: x\0y\r\n"), ""),
        (format!("{host}A: x\r\n folded\r\n"), ""),
        (format!("{host}A: x\ry\r\n"), ""),
    ] {
        refused(&door, request(&headers).as_bytes(), 400, words);
    }
    // HTTP/1.0 needs no host, and the service closes its connection.
    let mut stream = door.connect();
    stream.write_all(b"GET /api/data/v9.2/WhoAmI HTTP/1.0\r\n\r\n").unwrap();
    read(&mut stream).expect(200);
    assert!(is_closed(&mut stream));
}

/// Two programs could read each of these requests in two ways.
#[test]
fn contradicting_lengths_are_refused() {
    let door = Door::new();
    let request = |headers: &str, body: &str| {
        let host = door.address();
        format!(
            "POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n{headers}\r\n{body}"
        )
    };
    let body = r#"{"name":"a"}"#;
    let chunked = "Transfer-Encoding: chunked\r\n";
    for (headers, body, status, words) in [
        ("Content-Length: 12\r\nContent-Length: 13\r\n".to_owned(), body, 400, ""),
        ("Content-Length: 12, 12\r\n".to_owned(), body, 400, ""),
        ("Content-Length: +12\r\n".to_owned(), body, 400, ""),
        ("Content-Length: -1\r\n".to_owned(), body, 400, ""),
        ("Content-Length: 0x0c\r\n".to_owned(), body, 400, ""),
        ("Content-Length: \r\n".to_owned(), body, 400, ""),
        ("Content-Length: 99999999999999999999999\r\n".to_owned(), body, 400, ""),
        (format!("{chunked}{chunked}"), "0\r\n\r\n", 400, "more than once"),
        ("Transfer-Encoding: gzip, chunked\r\n".to_owned(), "0\r\n\r\n", 501, "chunked"),
        ("Transfer-Encoding: identity\r\n".to_owned(), "", 400, ""),
        ("Transfer-Encoding: xchunked\r\n".to_owned(), "0\r\n\r\n", 400, ""),
    ] {
        refused(&door, request(&headers, body).as_bytes(), status, words);
    }
    let old = format!("POST / HTTP/1.0\r\n{chunked}\r\n0\r\n\r\n");
    refused(&door, old.as_bytes(), 400, "");
    // Two equal lengths count as one.
    let twice = request("Content-Length: 12\r\nContent-Length: 12\r\n", body);
    door.raw(twice).expect(204);
    assert_eq!(door.accounts(), 1);
    // With both chunks and a length, the chunks count and the connection ends; RFC 9112, section 6.3, lets a
    // server choose between that and a refusal. The bytes after them are not a request.
    let inner = door.request("DELETE", "accounts", &[], "");
    for headers in [format!("Content-Length: 12\r\n{chunked}"), format!("{chunked}Content-Length: 12\r\n")] {
        let both = request(&headers, "c\r\n{\"name\":\"a\"}\r\n0\r\n\r\n");
        let mut stream = door.connect();
        stream.write_all(format!("{both}{inner}").as_bytes()).unwrap();
        let answer = read(&mut stream).expect(204);
        assert_eq!(answer.header("connection"), Some("close"));
        assert!(is_closed(&mut stream));
    }
    assert_eq!(door.accounts(), 3);
}

#[test]
fn malformed_chunks_are_refused() {
    let door = Door::new();
    let request = |chunks: &str| {
        let host = door.address();
        format!(
            "POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"
        )
    };
    for chunks in [
        "x\r\n",
        "\r\n",
        "-1\r\n",
        "+c\r\n{\"name\":\"a\"}\r\n0\r\n\r\n",
        "0xc\r\n{\"name\":\"a\"}\r\n0\r\n\r\n",
        "fffffffffffffffff\r\n",
        "c\n{\"name\":\"a\"}\r\n0\r\n\r\n",
        "b\r\n{\"name\":\"a\"}\r\n0\r\n\r\n",
        "c\r\n{\"name\":\"a\"}xx0\r\n\r\n",
        &format!("c;{}", "x".repeat(20_000)),
        &format!("0\r\nA: {}", "x".repeat(40_000)),
    ] {
        refused(&door, request(chunks).as_bytes(), 400, "a chunk is not valid");
    }
    assert_eq!(door.accounts(), 0);
    // Valid chunks: several, with extensions and trailers.
    let whole = "5;a=b\r\n{\"nam\r\n007 \r\ne\":\"a\"}\r\n0\r\nTrailer: x\r\n\r\n";
    door.raw(request(whole)).expect(204);
    assert_eq!(door.accounts(), 1);
}

#[test]
fn too_large_heads_are_refused() {
    let door = Door::new();
    let host = format!("Host: {}\r\n", door.address());
    let get = |target: &str, headers: &str| format!("GET {target} HTTP/1.1\r\n{host}{headers}\r\n");
    let many = "A: x\r\n".repeat(200);
    let long = format!("A: {}\r\n", "x".repeat(200_000));
    refused(&door, get("/", &many).as_bytes(), 431, "");
    refused(&door, get("/", &long).as_bytes(), 431, "");
    refused(&door, get(&format!("/{}", "x".repeat(70_000)), "").as_bytes(), 414, "");
    refused(&door, get(&format!("/{}", "x".repeat(1_000_000)), "").as_bytes(), 431, "");
    // HTTP allows this length, and Dataverse's own limit does not.
    let target = format!("/api/data/v9.2/accounts?$filter={}", "x".repeat(40_000));
    door.raw(get(&target, "")).refused(414, "32768");
    door.raw(get("/api/data/v9.2/WhoAmI", &format!("A: {}\r\n", "x".repeat(60_000)))).expect(200);
}

#[test]
fn requests_can_be_pipelined() {
    let door = Door::new();
    let mut stream = door.connect();
    let get = door.request("GET", "WhoAmI", &[], "");
    let create = door.request("POST", "accounts", &["Content-Type: application/json"], r#"{"name":"a"}"#);
    // All requests at once, with an empty line between two.
    stream.write_all(format!("{get}{create}\r\n{get}").as_bytes()).unwrap();
    for status in [200, 204, 200] {
        read_one(&mut stream).expect(status);
    }
    // Byte by byte.
    for byte in create.bytes() {
        stream.write_all(&[byte]).unwrap();
    }
    read(&mut stream).expect(204);
    // The client asks the service to close the connection.
    stream.write_all(door.request("GET", "WhoAmI", &["Connection: close"], "").as_bytes()).unwrap();
    let answer = read(&mut stream).expect(200);
    assert_eq!(answer.header("connection"), Some("close"));
    assert!(is_closed(&mut stream));
    // The service also answers a malformed request after a valid one.
    let mut stream = door.connect();
    stream.write_all(format!("{get}nonsense\r\n\r\n").as_bytes()).unwrap();
    read_one(&mut stream).expect(200);
    read_one(&mut stream).expect(400);
    // It also answers an incomplete request after a valid one.
    let mut stream = door.connect();
    stream.write_all(format!("{get}GET / HT").as_bytes()).unwrap();
    crate::wire::finish(&stream);
    read_one(&mut stream).expect(200);
    read_one(&mut stream).refused(400, "not a complete HTTP/1.1 request");
}

#[test]
fn a_client_that_waits_for_100_continue_gets_it() {
    let door = Door::new();
    let mut stream = door.connect();
    let body = r#"{"name":"a"}"#;
    let headers = ["Content-Type: application/json", "Expect: 100-continue", "Content-Length: 12"];
    stream.write_all(door.request("POST", "accounts", &headers, "").as_bytes()).unwrap();
    assert_eq!(read(&mut stream).status, 100);
    stream.write_all(body.as_bytes()).unwrap();
    read(&mut stream).expect(204);
    // The service does not ask for the body of a request that it refuses anyway.
    let mut stream = door.connect();
    let headers = ["Content-Type: text/plain", "Expect: 100-continue", "Content-Length: 12"];
    stream.write_all(door.request("POST", "accounts", &headers, "").as_bytes()).unwrap();
    read(&mut stream).refused(415, "application/json");
}

#[test]
fn the_answer_to_head_has_no_body() {
    let door = Door::new();
    let mut stream = door.connect();
    let head = door.request("HEAD", "accounts", &[], "");
    let get = door.request("GET", "WhoAmI", &[], "");
    stream.write_all(format!("{head}{get}").as_bytes()).unwrap();
    let mut bytes = Vec::new();
    while !String::from_utf8_lossy(&bytes).contains("UserId") {
        let mut more = [0; 1024];
        let count = std::io::Read::read(&mut stream, &mut more).unwrap();
        assert!(count > 0, "{}", String::from_utf8_lossy(&bytes));
        bytes.extend_from_slice(&more[..count]);
    }
    let text = String::from_utf8(bytes).unwrap();
    let (first, rest) = text.split_once("\r\n\r\n").unwrap();
    assert!(first.starts_with("HTTP/1.1 ") && rest.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
}

/// Reads one of several answers, byte by byte, so that it consumes nothing of the next one.
fn read_one(stream: &mut std::net::TcpStream) -> crate::wire::Answer {
    struct Slowly<'a>(&'a mut std::net::TcpStream);
    impl std::io::Read for Slowly<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let length = buffer.len().min(1);
            self.0.read(&mut buffer[..length])
        }
    }
    read(&mut Slowly(stream))
}
