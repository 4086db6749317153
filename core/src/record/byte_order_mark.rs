//! The byte order mark. Some gateways put it before JSON, although it is not part of JSON.

/// Returns the bytes after the byte order mark, or all of them if there is none.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}
