//! OData literals.

use std::borrow::Cow;

use crate::value::Value;

/// A value as it stands in a filter, a key or a parameter: its text, and whether that text is quoted there.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub struct Literal {
    text: String,
    quoted: bool,
}

impl Literal {
    /// A string.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), quoted: true }
    }

    /// A number, a GUID, a date, `true`, `null`: what stands bare. Only for texts that hold nothing else.
    pub(crate) fn bare(text: impl Into<String>) -> Self {
        Self { text: text.into(), quoted: false }
    }

    /// The literal of a value that a column can be set to; `quoted` says what its texts are.
    pub(crate) fn of(value: &Value<'_>, quoted: bool) -> Self {
        match value {
            Value::Null => Self::bare("null"),
            Value::Boolean(value) => Self::bare(value.to_string()),
            Value::Integer(value) => Self::bare(value.to_string()),
            Value::Double(value) => Self::double(*value),
            Value::Number(text) => Self::bare(&**text),
            Value::Text(text) | Value::Json(text) => Self { text: text.clone().into_owned(), quoted },
        }
    }

    /// A float. What JSON has no form for is written as OData has it.
    fn double(value: f64) -> Self {
        Self::bare(match value {
            _ if value.is_nan() => "NaN".to_owned(),
            f64::INFINITY => "INF".to_owned(),
            f64::NEG_INFINITY => "-INF".to_owned(),
            _ => serde_json::Number::from_f64(value)
                .map_or_else(|| value.to_string(), |number| number.to_string()),
        })
    }

    /// As it stands in a filter, a key or a parameter: strings in quotes, with quotes inside doubled.
    pub fn odata(&self) -> String {
        if self.quoted { format!("'{}'", self.text.replace('\'', "''")) } else { self.text.clone() }
    }

    /// The value without quotes, as the arrays of query functions take it.
    pub(crate) fn value(&self) -> &str {
        &self.text
    }

    pub(crate) fn is_quoted(&self) -> bool {
        self.quoted
    }
}

/// Escapes what `LIKE` takes for a wildcard, so that a text is found to the letter.
///
/// `%`, `_` and `[` are live in the arguments of `contains`, `startswith` and `endswith`; a bracket around them takes
/// their meaning away.
pub(crate) fn like_pattern(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '_', '[']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for each in text.chars() {
        match each {
            '%' | '_' | '[' => {
                escaped.push('[');
                escaped.push(each);
                escaped.push(']');
            }
            _ => escaped.push(each),
        }
    }
    Cow::Owned(escaped)
}

/// A string in double quotes, as the arrays of query functions take it.
pub(crate) fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
