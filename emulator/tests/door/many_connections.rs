//! Many idle connections.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dataverse_emulator::{Fault, ServerOptions};

use crate::wire::{Door, connect, is_closed, read};

/// The running binary, which is killed when this is dropped.
struct Running {
    child: Child,
    address: SocketAddr,
}

impl Running {
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dataverse-emulator"));
        let mut child = command.args(["--port", "0"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim_start_matches("Dataverse Web API at http://").split('/').next().unwrap();
        Self { child, address: address.parse().unwrap() }
    }

    fn whoami(&self) -> String {
        format!("GET /api/data/v9.2/WhoAmI HTTP/1.1\r\nHost: {}\r\n\r\n", self.address)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The service runs in a process of its own, because this process needs its open files for the connections.
#[test]
fn a_thousand_idle_connections_do_not_stop_others() {
    let running = Running::start();
    let started = Instant::now();
    let mut idle: Vec<_> = (0..900).map(|_| connect(running.address)).collect();
    let connected = started.elapsed();
    // Half of them have had a request.
    for stream in &mut idle[..450] {
        stream.write_all(running.whoami().as_bytes()).unwrap();
        read(stream).expect(200);
    }
    let started = Instant::now();
    for _ in 0..100 {
        let mut stream = connect(running.address);
        stream.write_all(running.whoami().as_bytes()).unwrap();
        read(&mut stream).expect(200);
        idle.push(stream);
    }
    let took = started.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?}");
    // Each connection beyond the maximum replaces the one that has been idle for the longest time.
    let started = Instant::now();
    for _ in 0..50 {
        let mut stream = connect(running.address);
        stream.write_all(running.whoami().as_bytes()).unwrap();
        read(&mut stream).expect(200);
    }
    let beyond = started.elapsed();
    assert!(beyond < Duration::from_secs(20), "{beyond:?}");
    println!(
        "{} idle connections (made in {connected:?}); 100 more answered in {took:?}; 50 beyond the limit in {beyond:?}",
        idle.len()
    );
}

#[test]
fn a_new_connection_replaces_the_longest_idle_one() {
    let door = Door::with(ServerOptions::default().max_connections(3));
    let get = door.request("GET", "WhoAmI", &[], "");
    let mut all: Vec<_> = (0..3).map(|_| door.connect()).collect();
    // The service counts a connection as idle only after it has sent the answer.
    let settle = || std::thread::sleep(Duration::from_millis(200));
    for stream in &mut all {
        stream.write_all(get.as_bytes()).unwrap();
        read(stream).expect(200);
        settle();
    }
    all[0].write_all(get.as_bytes()).unwrap();
    read(&mut all[0]).expect(200);
    settle();
    let mut fourth = door.connect();
    fourth.write_all(get.as_bytes()).unwrap();
    read(&mut fourth).expect(200);
    assert!(is_closed(&mut all[1]), "the second was idle for the longest time");
    for stream in [0, 2] {
        all[stream].write_all(get.as_bytes()).unwrap();
        read(&mut all[stream]).expect(200);
    }
}

#[test]
fn connections_with_requests_are_not_replaced() {
    let door = Door::with(ServerOptions::default().max_connections(2));
    door.emulator.inject(Fault::delay(Duration::from_secs(3)).times(2));
    let get = door.request("GET", "WhoAmI", &[], "");
    let mut busy: Vec<_> = (0..2).map(|_| door.connect()).collect();
    for stream in &mut busy {
        stream.write_all(get.as_bytes()).unwrap();
    }
    std::thread::sleep(Duration::from_millis(300));
    let started = Instant::now();
    let mut third = door.connect();
    third.write_all(get.as_bytes()).unwrap();
    read(&mut third).refused(503, "maximum number of connections");
    println!("a connection beyond the limit, all others busy: 503 after {:?}", started.elapsed());
    for stream in &mut busy {
        read(stream).expect(200);
    }
    door.send("GET", "WhoAmI", &[], "").expect(200);
}

/// A request that never ends holds its connection until another client needs one.
#[test]
fn new_connections_replace_those_with_half_a_request() {
    let door = Door::with(ServerOptions::default().max_connections(4));
    let get = door.request("GET", "WhoAmI", &[], "");
    let json = ["Content-Type: application/json", "Content-Length: 100000"];
    let half_body = door.request("POST", "accounts", &json, "");
    let halves: Vec<_> = [half_body.as_str(), &half_body, "GET / HT", "GET / HTTP/1.1\r\nHost:"]
        .iter()
        .map(|half| {
            let mut stream = door.connect();
            stream.write_all(half.as_bytes()).unwrap();
            stream
        })
        .collect();
    let started = Instant::now();
    for _ in 0..10 {
        let mut stream = door.connect();
        stream.write_all(get.as_bytes()).unwrap();
        read(&mut stream).expect(200);
    }
    println!(
        "{} of {} connections with half a request; 10 new ones answered in {:?}",
        halves.len(),
        4,
        started.elapsed()
    );
    assert!(started.elapsed() < Duration::from_secs(10));
}
