//! A request and an answer, as the service sees them: whole, and without a connection.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::session::Preferences;

/// A request below the service root.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    pub(crate) method: Method,
    /// The path below the service root, still percent-encoded, without a slash at its start.
    pub(crate) path: String,
    /// What stands behind the question mark.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Incoming {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim)
    }

    /// A conditional header; the word `null`, with which clients keep caches away, is none.
    pub(crate) fn condition(&self, name: &str) -> Option<&str> {
        self.header(name).filter(|value| !value.eq_ignore_ascii_case("null") && !value.is_empty())
    }

    pub(crate) fn preferences(&self) -> Preferences {
        let mut preferences = Preferences::default();
        for header in self.headers.get_all("Prefer") {
            preferences.add(header.to_str().unwrap_or_default());
        }
        preferences
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Result<Json> {
        let text = core::str::from_utf8(&self.body).map_err(|_| unreadable("the body is not UTF-8"))?;
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return Err(unreadable("the body is empty"));
        }
        Json::parse(text).map_err(|problem| unreadable(&problem))
    }
}

fn unreadable(problem: &str) -> Refusal {
    let message = format!("Error identified in Payload provided by the user for Entity :'': {problem}");
    Refusal::new(StatusCode::BAD_REQUEST, "0x80048d19", message)
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Outgoing {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Outgoing {
    /// An answer without a body.
    pub(crate) fn empty(status: StatusCode) -> Self {
        let mut answer = Self { status, headers: HeaderMap::new(), body: Bytes::new() };
        answer.set("odata-version", "4.0");
        answer
    }

    /// 204.
    pub(crate) fn no_content() -> Self {
        Self::empty(StatusCode::NO_CONTENT)
    }

    /// JSON.
    pub(crate) fn json(status: StatusCode, body: &Json) -> Self {
        Self::bytes(status, "application/json; odata.metadata=minimal", body.to_bytes())
    }

    /// A body of any type.
    pub(crate) fn bytes(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Self {
        let mut answer = Self::empty(status);
        answer.headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        answer.body = body.into();
        answer
    }

    /// Sets a header. What cannot stand in a header is left out.
    pub(crate) fn set(&mut self, name: &'static str, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(HeaderName::from_static(name), value);
        }
    }

    /// The answer, with a header.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.set(name, value);
        self
    }
}

impl From<Refusal> for Outgoing {
    fn from(refusal: Refusal) -> Self {
        let mut answer =
            Self::bytes(refusal.status, "application/json; odata.metadata=minimal", refusal.body());
        if let Some(seconds) = refusal.retry_after {
            answer.set("retry-after", &seconds.to_string());
        }
        answer
    }
}
