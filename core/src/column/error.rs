//! Why a value could not be taken.

use core::fmt;
use std::borrow::Cow;

use super::Value;
use crate::encode::{excerpt, instant};

/// Longest excerpt of a value in an error, in characters.
const EXCERPT: usize = 80;

/// A value that the field's type cannot hold: what was expected, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError {
    mismatch: Box<Mismatch>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Mismatch {
    expected: Cow<'static, str>,
    found: Option<String>,
}

impl ValueError {
    /// A value was found that is not what was expected.
    pub(crate) fn new(expected: impl Into<Cow<'static, str>>, found: &Value<'_>) -> Self {
        Self { mismatch: Box::new(Mismatch { expected: expected.into(), found: Some(excerpt(found)) }) }
    }

    /// No value was found, and the field's type cannot say so.
    pub(crate) fn missing() -> Self {
        let expected = Cow::Borrowed("a value, because the field is not an `Option`");
        Self { mismatch: Box::new(Mismatch { expected, found: None }) }
    }

    /// The value as it stood on the wire, cut after 80 characters; `None` where it was `null` or missing.
    pub fn found(&self) -> Option<&str> {
        self.mismatch.found.as_deref()
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = self.mismatch.found.as_deref().unwrap_or("null or nothing");
        write!(f, "expected {}, found {found}", self.mismatch.expected)
    }
}

impl core::error::Error for ValueError {}

/// The value in JSON, cut to a length that fits an error text.
fn excerpt(value: &Value<'_>) -> String {
    let json = match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        // JSON as it arrived: a string in it may hold what a terminal obeys.
        Value::Number(text) | Value::Json(text) => return excerpt::line(text, EXCERPT),
        Value::Text(text) => format!("{text:?}"),
        Value::Guid(guid) => format!("\"{}\"", guid.uuid()),
        Value::Instant(seconds) => format!("{:?}", instant::text(*seconds)),
    };
    match json.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &json[..end]),
        None => json,
    }
}
