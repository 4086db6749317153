//! OData literals.

use std::borrow::Cow;

/// A value in a filter, a key or a parameter: its text, and whether that text is quoted.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Literal {
    text: String,
    quoted: bool,
}

impl Literal {
    /// Returns a string.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), quoted: true }
    }

    /// Returns a number, a GUID, a date, `true` or `null`, which have no quotes. The text must not come from
    /// a user.
    pub(crate) fn bare(text: impl Into<String>) -> Self {
        Self { text: text.into(), quoted: false }
    }

    /// Returns the literal for a filter, a key or a parameter: strings in quotes, with inner quotes doubled.
    pub fn odata(&self) -> String {
        if self.quoted { format!("'{}'", self.text.replace('\'', "''")) } else { self.text.clone() }
    }

    /// Returns the value without quotes, for the arrays of query functions.
    pub(crate) fn value(&self) -> &str {
        &self.text
    }

    pub(crate) fn is_quoted(&self) -> bool {
        self.quoted
    }
}

/// Escapes the wildcards of `LIKE`, so that a filter finds exactly this text.
///
/// Dataverse reads `%`, `_` and `[` in the arguments of `contains`, `startswith` and `endswith` as wildcards.
/// In brackets they are literal.
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

/// Returns a string in double quotes, for the arrays of query functions.
pub(crate) fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
