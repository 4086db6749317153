//! A request, without its connection.

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

use super::Preferences;
use crate::error::{Refusal, Result};
use crate::json::Json;

/// A request below the service root.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    pub(crate) method: Method,
    /// The path below the service root, still percent-encoded, without a slash at its start.
    pub(crate) path: String,
    /// The text after the question mark.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Incoming {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim)
    }

    /// Returns a conditional header. Ignores the value `null`, which clients send to bypass caches.
    pub(crate) fn condition(&self, name: &str) -> Option<&str> {
        self.header(name).filter(|value| !value.eq_ignore_ascii_case("null") && !value.is_empty())
    }

    /// Returns whether a header names a media type in which decimals and 64-bit integers are texts.
    pub(crate) fn has_numbers_as_text(&self, header: &str) -> bool {
        let types = self.headers.get_all(header).iter().filter_map(|value| value.to_str().ok());
        types.flat_map(|types| types.split([';', ','])).any(|parameter| {
            parameter.split_once('=').is_some_and(|(name, value)| {
                name.trim().eq_ignore_ascii_case("IEEE754Compatible")
                    && value.trim().trim_matches('"').eq_ignore_ascii_case("true")
            })
        })
    }

    pub(crate) fn preferences(&self) -> Preferences {
        let mut preferences =
            Preferences { numbers_as_text: self.has_numbers_as_text("Accept"), ..Preferences::default() };
        for header in self.headers.get_all("Prefer") {
            preferences.add(header.to_str().unwrap_or_default());
        }
        preferences
    }

    /// Returns the body as JSON.
    pub(crate) fn json(&self) -> Result<Json> {
        let text = core::str::from_utf8(&self.body).map_err(|_| unreadable("the body is not UTF-8"))?;
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return Err(unreadable("the body is empty"));
        }
        Json::parse_body(text).map_err(|problem| unreadable(&problem))
    }
}

fn unreadable(problem: &str) -> Refusal {
    let message = format!("Error identified in Payload provided by the user for Entity :'': {problem}");
    Refusal::new(StatusCode::BAD_REQUEST, "0x80048d19", message)
}
