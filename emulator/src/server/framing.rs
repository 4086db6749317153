//! Finds the end of a body. Refuses what two programs could read in two ways (RFC 9112, section 6.3).

use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, StatusCode};

use super::head::bad;
use crate::error::{Refusal, Result};

/// The rule that finds the end of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// After this number of bytes.
    Length(u64),
    /// After the last chunk.
    Chunked,
}

impl Framing {
    /// Whether a body is announced.
    pub(super) fn has_body(self) -> bool {
        self != Self::Length(0)
    }
}

/// The rule that the headers choose.
pub(super) fn framing(headers: &HeaderMap, is_http_11: bool) -> Result<Framing> {
    let length = content_length(headers)?;
    let mut encodings = headers.get_all(TRANSFER_ENCODING).iter();
    match (encodings.next(), encodings.next()) {
        (None, _) => Ok(Framing::Length(length.unwrap_or(0))),
        (Some(_), _) if length.is_some() => {
            Err(bad("'Content-Length' and 'Transfer-Encoding' exclude each other"))
        }
        (Some(_), _) if !is_http_11 => Err(bad("HTTP/1.0 has no 'Transfer-Encoding'")),
        (Some(_), Some(_)) => Err(bad("the header 'Transfer-Encoding' comes more than once")),
        (Some(encoding), None) if encoding.as_bytes().trim_ascii().eq_ignore_ascii_case(b"chunked") => {
            Ok(Framing::Chunked)
        }
        (Some(_), None) => {
            let message = "The only 'Transfer-Encoding' that can be read is 'chunked'.";
            Err(Refusal::new(StatusCode::NOT_IMPLEMENTED, "0x0", message))
        }
    }
}

fn content_length(headers: &HeaderMap) -> Result<Option<u64>> {
    let mut all = headers.get_all(CONTENT_LENGTH).iter();
    let Some(first) = all.next() else { return Ok(None) };
    if all.any(|other| other != first) {
        return Err(bad("the headers 'Content-Length' contradict each other"));
    }
    let digits = first.to_str().ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let length = digits.and_then(|digits| digits.parse().ok());
    length.map(Some).ok_or_else(|| bad("the header 'Content-Length' is no number"))
}
