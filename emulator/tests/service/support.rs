//! Requests and answers as they are on the wire.

use bytes::Bytes;
use dataverse_emulator::{Emulator, InProcessTransport};
use dataverse_entity::client::Transport;
use futures_util::FutureExt;
use http::{HeaderMap, Request, StatusCode};
use serde_json::Value;

const ROOT: &str = "https://emulator.crm.dynamics.com/api/data/v9.2";

/// An id that no record has yet.
pub(crate) const G1: &str = "0d2c7a10-1111-4111-8111-111111111111";

/// A service, the user and the headers of every request.
#[derive(Clone)]
pub(crate) struct Api {
    pub(crate) emulator: Emulator,
    door: InProcessTransport,
    headers: Vec<(String, String)>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Api {
    /// Returns a service in memory with the built-in tables, a fixed clock and ids that count up.
    pub(crate) fn new() -> Self {
        Self::of(
            Emulator::builder()
                .clock("2026-03-04T10:30:00Z".parse().unwrap())
                .sequential_ids(true)
                .build()
                .unwrap(),
        )
    }

    pub(crate) fn strict() -> Self {
        Self::of(Emulator::builder().strict(true).sequential_ids(true).build().unwrap())
    }

    pub(crate) fn of(emulator: Emulator) -> Self {
        Self { door: emulator.transport(), emulator, headers: Vec::new() }
    }

    /// Returns a copy that adds a header to every request.
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.push((name.to_owned(), value.to_owned()));
        other
    }

    /// Returns a copy that sends its requests as another user.
    pub(crate) fn as_user(&self, user: &str) -> Self {
        Self { door: self.emulator.transport().as_user(user.parse().unwrap()), ..self.clone() }
    }

    /// Sends a request. `target` is a path and query below the service root, and is sent unchanged.
    pub(crate) fn send(&self, method: &str, target: &str, body: impl Into<Bytes>) -> Answer {
        self.request(method, &format!("{ROOT}/{target}"), body.into())
    }

    /// Sends a GET to an absolute URL.
    pub(crate) fn at(&self, url: &str) -> Answer {
        self.request("GET", url, Bytes::new())
    }

    fn request(&self, method: &str, url: &str, body: Bytes) -> Answer {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(body).expect("the request is one");
        let response =
            self.door.send(request).now_or_never().expect("the door does not wait").expect("an answer");
        let (parts, body) = response.into_parts();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) fn get(&self, target: &str) -> Answer {
        self.send("GET", &encoded(target), Bytes::new())
    }

    pub(crate) fn post(&self, target: &str, body: &Value) -> Answer {
        self.send("POST", &encoded(target), body.to_string())
    }

    pub(crate) fn patch(&self, target: &str, body: &Value) -> Answer {
        self.send("PATCH", &encoded(target), body.to_string())
    }

    pub(crate) fn put(&self, target: &str, body: &Value) -> Answer {
        self.send("PUT", &encoded(target), body.to_string())
    }

    pub(crate) fn delete(&self, target: &str) -> Answer {
        self.send("DELETE", &encoded(target), Bytes::new())
    }

    /// Creates a record and returns its id.
    pub(crate) fn create(&self, set: &str, body: &Value) -> String {
        self.post(set, body).expect(204).id()
    }

    /// Returns the rows that a query finds.
    pub(crate) fn rows(&self, target: &str) -> Vec<Value> {
        self.get(target).expect(200).json()["value"].as_array().expect("a list").clone()
    }

    /// Returns the values of one property in the rows that a query finds.
    pub(crate) fn column(&self, property: &str, target: &str) -> Vec<Value> {
        self.rows(target).into_iter().map(|row| row[property].clone()).collect()
    }
}

impl Answer {
    /// Asserts the status and returns the answer.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// Asserts a refusal with this status and code, whose message contains these words.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str, words: &str) {
        let answer = self.expect(status);
        let error = &answer.json()["error"];
        assert_eq!(error["code"], code, "{error}");
        assert!(error["message"].as_str().unwrap().contains(words), "{error}");
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Returns the GUID in `OData-EntityId`.
    #[track_caller]
    pub(crate) fn id(&self) -> String {
        let url = self.header("odata-entityid").expect("an OData-EntityId");
        url[url.rfind('(').unwrap() + 1..url.len() - 1].to_owned()
    }
}

/// Encodes the characters that no URI can have, so that tests are readable.
pub(crate) fn encoded(target: &str) -> String {
    let mut out = String::new();
    for each in target.chars() {
        match each {
            ' ' => out.push_str("%20"),
            '"' => out.push_str("%22"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '#' => out.push_str("%23"),
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '\n' => out.push_str("%0A"),
            each if each.is_ascii() => out.push(each),
            each => out.push_str(
                &percent_encoding::utf8_percent_encode(&each.to_string(), percent_encoding::NON_ALPHANUMERIC)
                    .to_string(),
            ),
        }
    }
    out
}
