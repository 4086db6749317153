//! Raw requests and raw answers.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use dataverse_emulator::{Emulator, Server, ServerOptions};
use tokio::runtime::Runtime;

/// A listening service, and its runtime.
pub(crate) struct Door {
    pub(crate) emulator: Emulator,
    pub(crate) server: Server,
    pub(crate) runtime: Runtime,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Door {
    pub(crate) fn new() -> Self {
        Self::with(ServerOptions::default())
    }

    pub(crate) fn with(options: ServerOptions) -> Self {
        Self::of(Emulator::new(), options)
    }

    pub(crate) fn of(emulator: Emulator, options: ServerOptions) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let server = runtime.block_on(emulator.serve(options)).unwrap();
        Self { emulator, server, runtime }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.server.address()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        connect(self.address())
    }

    /// Sends the bytes and reads the answer. This side of the connection stays open.
    pub(crate) fn raw(&self, request: impl AsRef<[u8]>) -> Answer {
        let mut stream = self.connect();
        // The service may have refused the request before its end.
        let _ = stream.write_all(request.as_ref());
        read(&mut stream)
    }

    /// Sends a request with these header lines, and with `Host` unless they have it.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &[&str], body: &str) -> Answer {
        self.raw(self.request(method, path, headers, body))
    }

    pub(crate) fn request(&self, method: &str, path: &str, headers: &[&str], body: &str) -> String {
        let mut request = format!("{method} /api/data/v9.2/{path} HTTP/1.1\r\n");
        if !headers.iter().any(|header| header.starts_with("Host:")) {
            request.push_str(&format!("Host: {}\r\n", self.address()));
        }
        for header in headers {
            request.push_str(&format!("{header}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        format!("{request}\r\n{body}")
    }

    /// Returns the number of accounts.
    pub(crate) fn accounts(&self) -> usize {
        let answer = self.send("GET", "accounts/$count", &[], "");
        answer.body.trim_start_matches('\u{feff}').parse().unwrap()
    }
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

/// Reads one answer.
#[track_caller]
pub(crate) fn read(stream: &mut impl Read) -> Answer {
    try_read(stream).expect("the connection ended without an answer")
}

/// Reads one answer, or nothing if the connection ends before it.
pub(crate) fn try_read(stream: &mut impl Read) -> Option<Answer> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        let mut more = [0; 4096];
        match stream.read(&mut more) {
            Ok(0) => return None,
            Ok(count) => bytes.extend_from_slice(&more[..count]),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => return None,
            Err(error) => panic!("{error}, after {:?}", String::from_utf8_lossy(&bytes)),
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    let mut answer = Answer { status: status.unwrap_or_else(|| panic!("{head}")), head, body: String::new() };
    let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = bytes[end..].to_vec();
    while body.len() < length {
        let mut more = vec![0; length - body.len()];
        let count = stream.read(&mut more).unwrap();
        assert!(count > 0, "the answer ends within its body");
        body.extend_from_slice(&more[..count]);
    }
    assert_eq!(body.len(), length, "more than the answer came");
    answer.body = String::from_utf8(body).unwrap();
    Some(answer)
}

/// Returns whether the service has closed the connection.
pub(crate) fn is_closed(stream: &mut impl Read) -> bool {
    match stream.read(&mut [0; 16]) {
        Ok(count) => count == 0,
        Err(error) => error.kind() == ErrorKind::ConnectionReset,
    }
}

/// Closes this side of the connection.
pub(crate) fn finish(stream: &TcpStream) {
    stream.shutdown(Shutdown::Write).unwrap();
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (each, value) = line.split_once(':')?;
            each.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// Asserts the status and returns the answer.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}{}", self.head, self.body);
        self
    }

    /// Asserts a refusal with this status, whose message contains these words.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, words: &str) {
        let answer = self.expect(status);
        assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("application/json")));
        let error: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        let message = error["error"]["message"].as_str().unwrap();
        assert!(message.contains(words), "{message}");
        assert!(message.len() < 1200, "{message}");
    }
}
