//! Values of the wire, and their form in URLs.

use std::borrow::Cow;

use serde_core::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

use super::Guid;
use crate::encode::{Literal, instant};

/// The value of a column on the wire.
///
/// A number from a response is an integer or its text, so that no digit passes through a float on its way to
/// a field.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A floating-point number to write.
    Double(f64),
    /// The text of a number.
    Number(Cow<'a, str>),
    /// A string, unescaped.
    Text(Cow<'a, str>),
    /// A string that is a GUID with hyphens.
    Guid(Guid),
    /// A string that is an instant of a year with four digits, in seconds since 1970.
    Instant(i64),
    /// The text of an array or an object.
    Json(Cow<'a, str>),
}

impl Value<'_> {
    /// Returns the value as a literal. `quoted` says whether texts are string literals; those of dates and
    /// GUIDs are not.
    pub(crate) fn to_literal(&self, quoted: bool) -> Literal {
        match self {
            Self::Null => Literal::bare("null"),
            Self::Boolean(value) => Literal::bare(value.to_string()),
            Self::Integer(value) => Literal::bare(value.to_string()),
            Self::Double(value) => double(*value),
            Self::Number(text) => Literal::bare(&**text),
            Self::Text(text) | Self::Json(text) if quoted => Literal::text(&**text),
            Self::Text(text) | Self::Json(text) => Literal::bare(&**text),
            Self::Guid(guid) => Literal::bare(guid.uuid().to_string()),
            Self::Instant(seconds) => Literal::bare(instant::text(*seconds)),
        }
    }
}

/// Returns a float as OData writes it, with `NaN` and `INF`, which JSON lacks.
fn double(value: f64) -> Literal {
    Literal::bare(match value {
        _ if value.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "INF".to_owned(),
        f64::NEG_INFINITY => "-INF".to_owned(),
        _ => {
            serde_json::Number::from_f64(value).map_or_else(|| value.to_string(), |number| number.to_string())
        }
    })
}

/// Writes a number by its own text, so that no digit passes through a float.
impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Double(value) => serializer.serialize_f64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Guid(guid) => serializer.serialize_str(&guid.uuid().to_string()),
            Self::Instant(seconds) => serializer.serialize_str(&instant::text(*seconds)),
            Self::Number(text) | Self::Json(text) => {
                let raw = RawValue::from_string(text.clone().into_owned()).map_err(S::Error::custom)?;
                raw.serialize(serializer)
            }
        }
    }
}
