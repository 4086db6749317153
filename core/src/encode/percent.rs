//! Percent-encoding.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters to encode in the value of a query option: all but the unreserved ones of RFC 3986 and
/// parentheses, which OData uses everywhere. That includes characters that a URL allows: quotes, because URL
/// parsers rewrite them, and `+`, because servers read it as a space.
const IN_QUERY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'(').remove(b')');

/// The characters to encode in a path segment. Quotes stay, because URL parsers do not rewrite them there.
const IN_PATH: &AsciiSet = &IN_QUERY.remove(b'\'');

/// Encodes a part of a path.
pub(crate) fn path_part(text: &str) -> String {
    utf8_percent_encode(text, IN_PATH).to_string()
}

/// Encodes the value of a query option.
#[cfg(feature = "messages")]
pub(crate) fn query_value(text: &str) -> String {
    let mut encoded = String::new();
    push_query_value(&mut encoded, text);
    encoded
}

/// Adds the value of a query option, encoded, to a text.
#[cfg(feature = "messages")]
pub(crate) fn push_query_value(out: &mut String, text: &str) {
    out.reserve(text.len() * 3 / 2);
    out.extend(utf8_percent_encode(text, IN_QUERY));
}
