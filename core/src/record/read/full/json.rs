//! Reads one JSON value as a [`Value`] that keeps every digit.

use core::fmt;
use std::borrow::Cow;

use serde_core::de::{Deserialize, Deserializer, Error, Visitor};
use serde_json::value::RawValue;

use crate::column::Value;

/// Returns the value of a text that is known to be JSON.
///
/// A string with an invalid escape (half of a surrogate pair) is kept as JSON text, so that a field of text
/// can report it.
pub(in crate::record) fn value(raw: &RawValue) -> Value<'_> {
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'"') => string(text).map_or(Value::Json(Cow::Borrowed(text)), Value::Text),
        Some(b'{' | b'[') => Value::Json(Cow::Borrowed(text)),
        Some(b'n') | None => Value::Null,
        Some(b't') => Value::Boolean(true),
        Some(b'f') => Value::Boolean(false),
        Some(_) => Value::Number(Cow::Borrowed(text)),
    }
}

fn string(text: &str) -> Option<Cow<'_, str>> {
    if text.contains('\\') {
        serde_json::from_str(text).ok().map(Cow::Owned)
    } else {
        text.get(1..text.len() - 1).map(Cow::Borrowed)
    }
}

/// The name of a member, borrowed unless it has escapes.
pub(in crate::record) struct MemberName<'de>(pub(in crate::record) Cow<'de, str>);

impl<'de> Deserialize<'de> for MemberName<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MemberNameVisitor;

        impl<'de> Visitor<'de> for MemberNameVisitor {
            type Value = MemberName<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a member")
            }

            fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<MemberName<'de>, E> {
                Ok(MemberName(Cow::Borrowed(name)))
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<MemberName<'de>, E> {
                Ok(MemberName(Cow::Owned(name.to_owned())))
            }
        }

        deserializer.deserialize_str(MemberNameVisitor)
    }
}
