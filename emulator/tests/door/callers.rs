//! Callers that have finished sending, and callers that are gone.

use std::io::Write;
use std::thread::sleep;
use std::time::{Duration, Instant};

use dataverse_emulator::{Emulator, Fault, ServerOptions};

use crate::wire::{Door, finish, is_closed, read, try_read};

const JSON: &str = "Content-Type: application/json";

#[test]
fn half_closed_connections_are_answered() {
    let door = Door::new();
    let mut stream = door.connect();
    let create = door.request("POST", "accounts", &[JSON], r#"{"name":"a"}"#);
    let get = door.request("GET", "accounts/$count", &[], "");
    stream.write_all(create.as_bytes()).unwrap();
    finish(&stream);
    read(&mut stream).expect(204);
    assert!(is_closed(&mut stream));
    // The caller leaves while the service carries out the request.
    door.emulator.inject(Fault::delay(Duration::from_millis(300)));
    let mut stream = door.connect();
    stream.write_all(get.as_bytes()).unwrap();
    sleep(Duration::from_millis(50));
    finish(&stream);
    let answer = read(&mut stream).expect(200);
    assert!(answer.body.ends_with('1'), "{}", answer.body);
    assert!(is_closed(&mut stream));
}

#[test]
fn requests_sent_during_another_are_answered() {
    let door = Door::new();
    door.emulator.inject(Fault::delay(Duration::from_millis(300)));
    let mut stream = door.connect();
    stream.write_all(door.request("GET", "accounts/$count", &[], "").as_bytes()).unwrap();
    sleep(Duration::from_millis(100));
    let create = door.request("POST", "accounts", &[JSON], r#"{"name":"a"}"#);
    let (start, rest) = create.split_at(40);
    stream.write_all(start.as_bytes()).unwrap();
    read(&mut stream).expect(200);
    stream.write_all(rest.as_bytes()).unwrap();
    read(&mut stream).expect(204);
    assert_eq!(door.accounts(), 1);
}

/// Returns a service with many accounts, and a query over them that takes minutes.
fn door_with_an_endless_query() -> (Door, String) {
    let emulator = Emulator::builder().time_limit(Duration::from_secs(600)).build().unwrap();
    let door = Door::of(emulator, ServerOptions::default().half_closed_timeout(Duration::from_millis(300)));
    let name = "ab".repeat(70);
    let rows: Vec<String> = (0..500)
        .map(|_| format!("{{\"@odata.type\":\"Microsoft.Dynamics.CRM.account\",\"name\":\"{name}\"}}"))
        .collect();
    for _ in 0..4 {
        let body = format!("{{\"Targets\":[{}]}}", rows.join(","));
        door.send("POST", "accounts/Microsoft.Dynamics.CRM.CreateMultiple", &[JSON], &body).expect(200);
    }
    let one = format!("contains(name,'{}c')", "%25a".repeat(6));
    let filter = vec![one; 400].join("%20or%20");
    let query = door.request("GET", &format!("accounts?$filter={filter}"), &[], "");
    (door, query)
}

/// Returns whether the service has answered the query.
fn is_over(door: &Door) -> bool {
    door.emulator.trace().iter().any(|exchange| exchange.target.contains("contains"))
}

#[test]
fn a_request_whose_caller_is_gone_ends() {
    let (door, query) = door_with_an_endless_query();
    let mut stream = door.connect();
    stream.write_all(query.as_bytes()).unwrap();
    sleep(Duration::from_millis(500));
    assert!(!is_over(&door), "the query is not endless");
    // Meanwhile, the service answers others.
    let started = Instant::now();
    door.send("GET", "WhoAmI", &[], "").expect(200);
    let other = started.elapsed();
    drop(stream);
    let started = Instant::now();
    while !is_over(&door) {
        assert!(started.elapsed() < Duration::from_secs(20), "the query goes on");
        sleep(Duration::from_millis(5));
    }
    println!(
        "an endless query: another caller answered after {other:?}; over {:?} after its caller went",
        started.elapsed()
    );
}

#[test]
fn a_half_closed_request_ends_after_its_timeout() {
    let (door, query) = door_with_an_endless_query();
    let mut stream = door.connect();
    stream.write_all(query.as_bytes()).unwrap();
    finish(&stream);
    let started = Instant::now();
    assert!(try_read(&mut stream).is_none());
    let took = started.elapsed();
    assert!(took >= Duration::from_millis(300) && took < Duration::from_secs(20), "{took:?}");
}

#[test]
fn dropping_the_server_ends_its_requests() {
    let (door, query) = door_with_an_endless_query();
    let mut stream = door.connect();
    stream.write_all(query.as_bytes()).unwrap();
    sleep(Duration::from_millis(200));
    let Door { emulator, server, runtime } = door;
    drop(server);
    assert!(try_read(&mut stream).is_none());
    let started = Instant::now();
    while !emulator.trace().iter().any(|exchange| exchange.target.contains("contains")) {
        assert!(started.elapsed() < Duration::from_secs(20), "the query goes on");
        sleep(Duration::from_millis(5));
    }
    drop(runtime);
}
