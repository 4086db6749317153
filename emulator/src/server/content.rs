//! The media types of bodies. A page of any origin can send a form, a text or bytes without a type, but JSON
//! only after the browser has asked whether it may.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::dispatch::is_batch;
use crate::error::{Refusal, Result, excerpt};

/// Refuses a body that is neither JSON nor, for a batch, in several parts. Bytes of a file column pass: a
/// later check refuses them with a better message.
pub(super) fn check(headers: &HeaderMap, path: &str) -> Result<()> {
    let mut all = headers.get_all(CONTENT_TYPE).iter();
    let only = match (all.next(), all.next()) {
        (Some(only), None) => only.to_str().unwrap_or_default(),
        (None, _) => return Err(unsupported("The request has a body, but no header 'Content-Type'")),
        (Some(_), Some(_)) => return Err(unsupported("The header 'Content-Type' comes more than once")),
    };
    let media_type = only.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_batch = path.rsplit('/').next().is_some_and(is_batch);
    match media_type.as_str() {
        "application/json" | "application/octet-stream" => Ok(()),
        "multipart/mixed" if is_batch => Ok(()),
        _ => Err(unsupported(&format!(
            "The media type '{}' of the request's body is not supported",
            excerpt(&media_type)
        ))),
    }
}

fn unsupported(problem: &str) -> Refusal {
    let message = format!(
        "{problem}: send the header 'Content-Type: application/json', or 'Content-Type: multipart/mixed; boundary=…' to $batch."
    );
    Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "0x0", message)
}
