//! Values of 100 MB: reading them takes linear time, and errors quote only their start.

use std::time::{Duration, Instant};

use crate::wire::Door;

const SIZE: usize = 100_000_000;
const JSON: &str = "Content-Type: application/json";

/// Far below the 37 s of a reader that reads each level of a body again, and far above the time on a slow
/// machine.
const LIMIT: Duration = Duration::from_secs(25);

#[test]
fn a_number_or_text_of_100_mb_is_refused_in_a_short_error() {
    let door = Door::new();
    let long = |digit: &str| digit.repeat(SIZE);
    let deep = format!("{}{}{}", "[".repeat(60), long("7"), "]".repeat(60));
    for (what, body) in [
        ("an integer", format!("{{\"numberofemployees\":{}}}", long("7"))),
        ("a decimal", format!("{{\"revenue\":{}}}", long("7"))),
        ("a text", format!("{{\"name\":\"{}\"}}", long("x"))),
        ("a date", format!("{{\"lastonholdtime\":\"{}\"}}", long("x"))),
        ("a number for a text", format!("{{\"name\":{}}}", long("7"))),
        ("the name of a member", format!("{{\"{}\":1}}", long("x"))),
        ("a number within 60 arrays", format!("{{\"name\":{deep}}}")),
    ] {
        let started = Instant::now();
        let answer = door.send("POST", "accounts", &[JSON], &body).expect(400);
        let took = started.elapsed();
        assert!(answer.body.len() < 2000, "{what}: an error of {} bytes", answer.body.len());
        assert!(took < LIMIT, "{what}: {took:?}");
        println!("{what} of 100 MB: refused after {took:?}, with {} bytes", answer.body.len());
    }
}

/// Small values take many times the memory of their text.
#[test]
fn a_body_has_a_maximum_number_of_values() {
    let door = Door::new();
    let started = Instant::now();
    let body = format!("{{\"name\":[{}0]}}", "0,".repeat(SIZE / 2));
    door.send("POST", "accounts", &[JSON], &body).refused(400, "too many values");
    let took = started.elapsed();
    assert!(took < LIMIT, "{took:?}");
    println!("{} values in 100 MB: refused after {took:?}", SIZE / 2);
}
