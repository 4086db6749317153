//! The limits of one client: time and bytes.

use std::io::{Read, Write};
use std::thread::sleep;
use std::time::{Duration, Instant};

use dataverse_emulator::ServerOptions;

use crate::wire::{Door, connect, is_closed, read, try_read};

const SHORT: Duration = Duration::from_millis(300);
const JSON: &str = "Content-Type: application/json";

/// Sends a byte every 20 ms until the service closes the connection. Returns the time that passed.
fn trickle(stream: &mut std::net::TcpStream, bytes: &[u8]) -> Duration {
    let started = Instant::now();
    for byte in bytes.iter().cycle() {
        if stream.write_all(&[*byte]).is_err() || started.elapsed() > SHORT * 3 {
            break;
        }
        sleep(Duration::from_millis(20));
    }
    started.elapsed()
}

#[test]
fn slow_heads_get_408() {
    let door = Door::with(ServerOptions::default().header_timeout(SHORT));
    let mut stream = door.connect();
    let started = Instant::now();
    stream.write_all(b"GET /api/data/v9.2/accounts HTTP/1.1\r\n").unwrap();
    let mut writer = stream.try_clone().unwrap();
    let slow = std::thread::spawn(move || trickle(&mut writer, b"A: x\r\n"));
    read(&mut stream).refused(408, "headers");
    let took = started.elapsed();
    assert!(took >= SHORT && took < SHORT * 10, "{took:?}");
    slow.join().unwrap();
    println!("a head that never ends: 408 after {took:?}, limit {SHORT:?}");
}

#[test]
fn slow_bodies_get_408() {
    let door = Door::with(ServerOptions::default().body_timeout(SHORT));
    let mut times = Vec::new();
    for headers in [[JSON, "Content-Length: 100000"], [JSON, "Transfer-Encoding: chunked"]] {
        let mut stream = door.connect();
        stream.write_all(door.request("POST", "accounts", &headers, "").as_bytes()).unwrap();
        let started = Instant::now();
        let mut writer = stream.try_clone().unwrap();
        let slow = std::thread::spawn(move || trickle(&mut writer, b"1\r\n \r\n"));
        read(&mut stream).refused(408, "body");
        let took = started.elapsed();
        assert!(took >= SHORT && took < SHORT * 10, "{took:?}");
        slow.join().unwrap();
        times.push(took);
    }
    assert_eq!(door.accounts(), 0);
    println!("bodies that never end: 408 after {times:?}, limit {SHORT:?}");
}

/// While a hundred bodies arrive slowly, the service answers others at once.
#[test]
fn slow_bodies_do_not_stop_others() {
    let door = Door::new();
    let slow: Vec<_> = (0..100)
        .map(|_| {
            let mut stream = door.connect();
            let request = door.request("POST", "accounts", &[JSON, "Content-Length: 1000"], "");
            stream.write_all(request.as_bytes()).unwrap();
            stream.write_all(b"{").unwrap();
            stream
        })
        .collect();
    let started = Instant::now();
    for _ in 0..20 {
        door.send("GET", "WhoAmI", &[], "").expect(200);
    }
    let took = started.elapsed();
    assert!(took < Duration::from_secs(10), "{took:?}");
    println!("20 requests next to {} slow bodies: {took:?}", slow.len());
}

#[test]
fn idle_connections_are_closed() {
    let door = Door::with(ServerOptions::default().idle_timeout(SHORT));
    let (mut silent, mut used) = (door.connect(), door.connect());
    used.write_all(door.request("GET", "WhoAmI", &[], "").as_bytes()).unwrap();
    read(&mut used).expect(200);
    let started = Instant::now();
    assert!(is_closed(&mut silent) && is_closed(&mut used));
    assert!(started.elapsed() < SHORT * 10, "{:?}", started.elapsed());
}

#[test]
fn too_large_bodies_get_413() {
    let door = Door::with(ServerOptions::default().max_body_bytes(1000));
    let body = |length: usize| format!("{{\"name\":\"{}\"}}", "x".repeat(length - 11));
    door.send("POST", "accounts", &[JSON], &body(100)).expect(204);
    door.send("POST", "accounts", &[JSON], &body(1001)).refused(413, "longer than 1000 bytes");
    // A client that is still writing can read the answer.
    door.send("POST", "accounts", &[JSON], &body(10_000_000)).refused(413, "longer than 1000 bytes");
    let chunk = |length: usize| format!("{length:x}\r\n{}\r\n", "x".repeat(length));
    let chunked = door.request("POST", "accounts", &[JSON, "Transfer-Encoding: chunked"], "");
    door.raw(format!("{chunked}{}{}", chunk(600), chunk(600))).refused(413, "longer than 1000 bytes");
    assert_eq!(door.accounts(), 1);
}

#[test]
fn tls_handshakes_have_a_time_limit() {
    let door = Door::with(ServerOptions::default().tls(true).handshake_timeout(SHORT));
    let (mut silent, mut half) = (door.connect(), door.connect());
    // Only the start of a handshake.
    half.write_all(b"\x16\x03\x01\x02\x00\x01").unwrap();
    let started = Instant::now();
    assert!(is_closed(&mut silent) && is_closed(&mut half));
    let took = started.elapsed();
    assert!(took < SHORT * 10, "{took:?}");
    println!("two TLS handshakes that never end: closed after {took:?}, limit {SHORT:?}");
}

/// The service closes the connection of a client that reads nothing.
#[test]
fn unread_answers_end() {
    let door = Door::with(ServerOptions::default().body_timeout(SHORT));
    let name = "x".repeat(100);
    for _ in 0..60 {
        door.send("POST", "accounts", &[JSON], &format!("{{\"name\":\"{name}\"}}")).expect(204);
    }
    let mut stream = connect(door.address());
    let get = door.request("GET", "$metadata", &[], "");
    let _ = stream.write_all(get.repeat(400).as_bytes());
    sleep(SHORT * 4);
    // The client reads what the buffers of the machine hold; then the connection ends.
    let mut bytes = 0;
    let mut buffer = vec![0; 1 << 20];
    let ended = loop {
        match stream.read(&mut buffer) {
            Ok(0) => break true,
            Ok(count) => bytes += count,
            Err(error) => break error.kind() == std::io::ErrorKind::ConnectionReset,
        }
    };
    assert!(ended);
    println!("an answer that nobody reads: {bytes} bytes were on the way");
}

#[test]
fn a_head_that_ends_early_is_answered() {
    let door = Door::new();
    let mut stream = door.connect();
    stream.write_all(b"GET /api/data/v9.2/accounts HTTP/1.1\r\nHost:").unwrap();
    crate::wire::finish(&stream);
    read(&mut stream).refused(400, "not a complete HTTP/1.1 request");
    let mut stream = door.connect();
    let request = door.request("POST", "accounts", &[JSON, "Content-Length: 100"], "");
    stream.write_all(request.as_bytes()).unwrap();
    crate::wire::finish(&stream);
    read(&mut stream).refused(400, "its body ends early");
    // The service closes a silent connection without an answer.
    let mut stream = door.connect();
    crate::wire::finish(&stream);
    assert!(try_read(&mut stream).is_none());
}
