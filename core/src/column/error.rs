//! Why a field could not take a value.

use core::fmt;
use std::borrow::Cow;

use super::Value;
use crate::encode::{excerpt, instant};

/// Maximum length of the excerpt of a value in an error, in characters.
const EXCERPT: usize = 80;

/// The error for a value that the field's type cannot hold: what was expected, and what was found.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SystemUser;
///
/// let json = r#"{"systemuserid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","isdisabled":"no"}"#;
/// let error = Record::<SystemUser>::from_json(json).unwrap_err();
/// assert!(error.to_string().contains("expected `true` or `false`, found \"no\""));
/// ```
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
    /// Returns the error for a value that is not what was expected.
    pub(crate) fn new(expected: impl Into<Cow<'static, str>>, found: &Value<'_>) -> Self {
        Self { mismatch: Box::new(Mismatch { expected: expected.into(), found: Some(excerpt(found)) }) }
    }

    /// Returns the error for a missing value, which the field's type cannot represent.
    pub(crate) fn missing() -> Self {
        let expected = Cow::Borrowed("a value, because the field is not an `Option`");
        Self { mismatch: Box::new(Mismatch { expected, found: None }) }
    }

    /// Returns the value on the wire, cut after 80 characters; `None` if it was `null` or missing.
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

/// Returns the value in JSON, cut to a length that fits an error text.
fn excerpt(value: &Value<'_>) -> String {
    let json = match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        // A string in the response's JSON may hold control characters that a terminal obeys.
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
