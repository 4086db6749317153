//! A server that answers as a test says, and hands everything else to the emulator.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request: its first line's target, and its head.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) target: String,
    pub(crate) head: String,
}

/// What the server does with a request.
pub(crate) enum Answer {
    /// Status, further headers, body.
    Text(u16, &'static str, String),
    /// Whatever the server at this address answers.
    Of(SocketAddr),
}

pub(crate) struct FakeOrg {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl FakeOrg {
    /// Answers until the test ends.
    pub(crate) fn start(answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (all, answer) = (seen.clone(), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (all, answer) = (all.clone(), answer.clone());
                std::thread::spawn(move || {
                    // A client that hangs up is no problem of the server.
                    let _ = serve(stream.unwrap(), &all, &*answer);
                });
            }
        });
        Self { url, seen }
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

fn serve(
    mut stream: TcpStream,
    all: &Mutex<Vec<Seen>>,
    answer: &(dyn Fn(&Seen) -> Answer + Send + Sync),
) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Ok(());
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let target = head.split(' ').nth(1).unwrap().to_owned();
    let seen = Seen { target, head };
    all.lock().unwrap().push(seen.clone());
    match answer(&seen) {
        Answer::Text(status, headers, body) => write!(
            stream,
            "HTTP/1.1 {status} Status\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{body}",
            body.len()
        ),
        Answer::Of(address) => {
            let mut other = TcpStream::connect(address)?;
            let target = &seen.target;
            write!(
                other,
                "GET {target} HTTP/1.1\r\nHost: {address}\r\nAccept: application/json\r\nConnection: close\r\n\r\n"
            )?;
            std::io::copy(&mut other, &mut stream).map(drop)
        }
    }
}
