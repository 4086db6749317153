//! A scripted HTTP server on a loopback socket: it answers each request as the script says, and keeps the
//! requests.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A reaction of the server to a request.
#[derive(Debug, Clone)]
pub enum Step {
    /// Status, headers, body.
    Reply(u16, Vec<(&'static str, String)>, String),
    /// Waits, then replies with status, headers and body.
    Late(Duration, u16, String),
    /// Never answers.
    Stall,
    /// Closes the connection without an answer.
    Cut,
    /// Closes the connection in the middle of the body.
    CutInBody,
    /// Answers, then closes the connection.
    ReplyAndClose(u16, String),
}

/// A request that arrived.
#[derive(Debug, Clone)]
pub struct Arrived {
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Arrived {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }
}

type Script = Box<dyn FnMut(&Arrived, usize) -> Step + Send>;

#[derive(Default)]
struct Counts {
    connections: AtomicUsize,
    in_flight: AtomicUsize,
    most_in_flight: AtomicUsize,
}

/// The server, which stops when the runtime does.
#[derive(Clone)]
pub struct Server {
    port: u16,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    counts: Arc<Counts>,
}

pub fn ok(body: impl Into<String>) -> Step {
    Step::Reply(200, Vec::new(), body.into())
}

pub fn created(number: u128) -> Step {
    let id = dataverse_entity::Uuid::from_u128(number);
    Step::Reply(204, vec![("OData-EntityId", format!("http://x/msdyn_sessionevents({id})"))], String::new())
}

pub fn error(status: u16, code: &str) -> Step {
    Step::Reply(status, Vec::new(), format!("{{\"error\":{{\"code\":\"{code}\",\"message\":\"no\"}}}}"))
}

impl Server {
    /// Starts a server that takes the steps one after the other, and answers 500 after the last.
    pub async fn start(steps: impl IntoIterator<Item = Step>) -> Self {
        let mut steps: VecDeque<Step> = steps.into_iter().collect();
        Self::with(move |_, _| steps.pop_front().unwrap_or_else(|| error(500, "0x1"))).await
    }

    /// Starts a server whose step follows from the request and the number of earlier requests.
    pub async fn with(script: impl FnMut(&Arrived, usize) -> Step + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            arrived: Arc::default(),
            counts: Arc::default(),
        };
        let script: Arc<Mutex<Script>> = Arc::new(Mutex::new(Box::new(script)));
        let shared = server.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                shared.counts.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(shared.clone().serve(socket, script.clone()));
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.arrived.lock().unwrap().len()
    }

    pub fn connections(&self) -> usize {
        self.counts.connections.load(Ordering::SeqCst)
    }

    pub fn most_in_flight(&self) -> usize {
        self.counts.most_in_flight.load(Ordering::SeqCst)
    }

    /// Waits until `count` requests have arrived.
    pub async fn wait_for(&self, count: usize) {
        for _ in 0..2000 {
            if self.count() >= count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{} requests arrived, not {count}", self.count());
    }

    async fn serve(self, mut socket: TcpStream, script: Arc<Mutex<Script>>) {
        let mut buffer = Vec::new();
        while let Some(request) = read(&mut socket, &mut buffer).await {
            let step = {
                let mut arrived = self.arrived.lock().unwrap();
                let step = (script.lock().unwrap())(&request, arrived.len());
                arrived.push(request);
                step
            };
            let now = self.counts.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
            self.counts.most_in_flight.fetch_max(now, Ordering::SeqCst);
            let goes_on = answer(&mut socket, step).await;
            self.counts.in_flight.fetch_sub(1, Ordering::SeqCst);
            if !goes_on {
                return;
            }
        }
    }
}

async fn answer(socket: &mut TcpStream, step: Step) -> bool {
    let (status, headers, body, goes_on) = match step {
        Step::Reply(status, headers, body) => (status, headers, body, true),
        Step::ReplyAndClose(status, body) => (status, Vec::new(), body, false),
        Step::Late(wait, status, body) => {
            tokio::time::sleep(wait).await;
            (status, Vec::new(), body, true)
        }
        Step::Stall => {
            tokio::time::sleep(Duration::from_secs(600)).await;
            return false;
        }
        Step::Cut => return false,
        Step::CutInBody => {
            let _ = socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"value\":[").await;
            let _ = socket.flush().await;
            return false;
        }
    };
    let mut head = format!("HTTP/1.1 {status} X\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    if status != 204 && status != 304 {
        head += &format!("Content-Length: {}\r\n", body.len());
    }
    let text = format!("{head}\r\n{body}");
    socket.write_all(text.as_bytes()).await.is_ok() && socket.flush().await.is_ok() && goes_on
}

async fn read(socket: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Arrived> {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8(buffer[..end].to_vec()).unwrap();
            let mut lines = head.lines();
            let mut line = lines.next().unwrap().split(' ');
            let target = line.nth(1).unwrap().to_owned();
            let headers: Vec<(String, String)> = lines
                .map(|line| line.split_once(": ").unwrap())
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect();
            let length = headers.iter().find(|(name, _)| name == "content-length");
            let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap());
            while buffer.len() < end + 4 + length {
                fill(socket, buffer).await?;
            }
            let body = String::from_utf8(buffer[end + 4..end + 4 + length].to_vec()).unwrap();
            buffer.drain(..end + 4 + length);
            return Some(Arrived { target, headers, body });
        }
        fill(socket, buffer).await?;
    }
}

async fn fill(socket: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    let mut chunk = [0; 64 * 1024];
    match socket.read(&mut chunk).await {
        Ok(length) if length > 0 => {
            buffer.extend_from_slice(&chunk[..length]);
            Some(())
        }
        _ => None,
    }
}
