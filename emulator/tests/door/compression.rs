//! Answers in gzip, by the bytes on the socket.

use std::io::{Read, Write};

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventType, SessionEvent};
use flate2::read::GzDecoder;

use crate::wire::{Door, connect};

const ROWS: usize = 500;

/// Returns the head and the body of an answer.
fn send(door: &Door, path: &str, headers: &[&str]) -> (String, Vec<u8>) {
    let mut stream = connect(door.address());
    let headers: Vec<&str> = headers.iter().copied().chain(["Connection: close"]).collect();
    stream.write_all(door.request("GET", path, &headers, "").as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    (String::from_utf8(bytes[..end].to_vec()).unwrap().to_ascii_lowercase(), bytes[end + 4..].to_vec())
}

fn unzipped(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut text).unwrap();
    text
}

/// A page with all annotations, as programs that show records ask for.
#[test]
fn a_page_is_a_tenth_of_its_size() {
    let door = Door::new();
    let drafts = (0..ROWS).map(|number| {
        let kinds = [EventType::SessionCreated, EventType::SessionEnd];
        SessionEvent::create().name(format!("Event {number}")).event_type(kinds[number % kinds.len()])
    });
    let client = door.emulator.client();
    door.runtime.block_on(client.execute(SessionEvent::create_multiple(drafts))).unwrap();
    let annotations = "Prefer: odata.include-annotations=\"*\"";
    let (plain_head, plain) = send(&door, "msdyn_sessionevents", &[annotations]);
    assert!(!plain_head.contains("content-encoding"), "{plain_head}");
    let (head, zipped) = send(&door, "msdyn_sessionevents", &[annotations, "Accept-Encoding: gzip"]);
    assert!(head.contains("content-encoding: gzip") && head.contains("vary: accept-encoding"), "{head}");
    assert!(head.contains(&format!("content-length: {}", zipped.len())), "{head}");
    assert!(unzipped(&zipped) == plain, "the texts differ");
    println!("a page of {ROWS} rows: {} bytes, with gzip {}", plain.len(), zipped.len());
    assert!(zipped.len() * 10 <= plain.len(), "{} of {} bytes", zipped.len(), plain.len());
}

#[test]
fn short_answers_and_those_of_callers_that_do_not_ask_are_not_compressed() {
    let door = Door::new();
    for headers in [vec![], vec!["Accept-Encoding: br, gzip;q=0"]] {
        let (head, body) = send(&door, "$metadata", &headers);
        assert!(!head.contains("content-encoding"), "{head}");
        assert!(body.starts_with(b"<?xml") || body.starts_with(b"<edmx"), "{:?}", &body[..20]);
    }
    let (head, body) = send(&door, "WhoAmI", &["Accept-Encoding: gzip"]);
    assert!(!head.contains("content-encoding") && body.starts_with(b"{"), "{head}");
    let (head, body) = send(&door, "$metadata", &["Accept-Encoding: deflate, gzip"]);
    assert!(head.contains("content-encoding: gzip"), "{head}");
    assert!(unzipped(&body).starts_with(b"<"));
}
