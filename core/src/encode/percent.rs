//! Percent-encoding.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stays as it is in the value of a query option: what RFC 3986 leaves unreserved, and the parentheses that
/// OData's syntax is full of. All else is encoded, also where a URL would allow it: a quote, because URL parsers rewrite
/// it, and `+`, because servers read it as a space.
const IN_QUERY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'(').remove(b')');

/// A path segment also keeps quotes, which URL parsers leave alone there.
const IN_PATH: &AsciiSet = &IN_QUERY.remove(b'\'');

/// A part of a path.
pub(crate) fn path_part(text: &str) -> String {
    utf8_percent_encode(text, IN_PATH).to_string()
}

/// The value of a query option.
#[cfg(feature = "messages")]
pub(crate) fn query_value(text: &str) -> String {
    utf8_percent_encode(text, IN_QUERY).to_string()
}
