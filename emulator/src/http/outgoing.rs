//! An answer, without its connection.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::{Preferences, error_details};
use crate::error::Refusal;
use crate::json::Json;

/// The media type of JSON answers.
pub(crate) const JSON: &str = "application/json; odata.metadata=minimal";

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Outgoing {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Outgoing {
    /// Returns an answer without a body.
    pub(crate) fn empty(status: StatusCode) -> Self {
        let mut answer = Self { status, headers: HeaderMap::new(), body: Bytes::new() };
        answer.set("odata-version", "4.0");
        answer
    }

    /// Returns an answer with status 204 and no body.
    pub(crate) fn no_content() -> Self {
        Self::empty(StatusCode::NO_CONTENT)
    }

    /// Returns an answer with a JSON body.
    pub(crate) fn json(status: StatusCode, body: &Json) -> Self {
        Self::bytes(status, JSON, body.to_bytes())
    }

    /// Returns an answer with a body of any media type.
    pub(crate) fn bytes(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Self {
        let mut answer = Self::empty(status);
        answer.headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        answer.body = body.into();
        answer
    }

    /// Sets a header. Ignores a value that no header can hold.
    pub(crate) fn set(&mut self, name: &'static str, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(HeaderName::from_static(name), value);
        }
    }

    /// Adds a header to the answer.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.set(name, value);
        self
    }
}

impl Outgoing {
    /// Returns the answer to a refused request, with the annotations that the request asks for.
    pub(crate) fn refused(refusal: Refusal, preferences: &Preferences) -> Self {
        let annotations = error_details::annotations(&refusal, preferences);
        let mut answer = Self::bytes(refusal.status, JSON, refusal.body(annotations));
        if let Some(seconds) = refusal.retry_after {
            answer.set("retry-after", &seconds.to_string());
        }
        answer
    }
}

impl From<Refusal> for Outgoing {
    fn from(refusal: Refusal) -> Self {
        Self::refused(refusal, &Preferences::default())
    }
}
