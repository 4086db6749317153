//! OData literals.

use std::borrow::Cow;

/// A value as it stands in a filter, a key or a parameter: its text, and whether that text is quoted there.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
