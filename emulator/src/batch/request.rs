//! Splits the body of a batch. Takes boundaries in quotes and request lines with blanks, because clients send
//! both.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use crate::error::{Refusal, Result};

/// A part of a batch.
pub(super) enum Part {
    Request(BatchRequest),
    ChangeSet(Vec<BatchRequest>),
}

/// A request within a batch.
pub(super) struct BatchRequest {
    pub(super) content_id: Option<String>,
    /// Method and target, or the reason why the line has none.
    pub(super) line: Result<(Method, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

fn broken(problem: &str) -> Refusal {
    let message = format!(
        "Error identified in Payload provided by the user for Entity :'', InnerException : {problem}"
    );
    Refusal::new(http::StatusCode::BAD_REQUEST, "0x80048d19", message)
}

/// Returns the parts of a batch.
pub(super) fn parts(content_type: &str, body: &Bytes, strict: bool) -> Result<Vec<Part>> {
    let boundary = boundary(content_type).ok_or_else(|| {
        broken("the header Content-Type has no boundary: write multipart/mixed; boundary=…")
    })?;
    // Microsoft's page on errors shows a batch that fails because the CRLF is missing; clients that work
    // leave it out.
    if strict && !body.ends_with(b"\r\n") {
        return Err(broken("Stream was not readable. Strict mode: the last line has to end in CRLF"));
    }
    let mut all = Vec::new();
    for part in split(body, &boundary)? {
        let (headers, rest) = headers(&part)?;
        let content_type = text(&headers, "content-type").unwrap_or_default();
        if content_type.to_ascii_lowercase().starts_with("multipart/mixed") {
            let boundary =
                self::boundary(&content_type).ok_or_else(|| broken("a change set has no boundary"))?;
            let mut requests = Vec::new();
            for part in split(&rest, &boundary)? {
                let (headers, rest) = self::headers(&part)?;
                requests.push(request(&headers, &rest)?);
            }
            all.push(Part::ChangeSet(requests));
        } else {
            all.push(Part::Request(request(&headers, &rest)?));
        }
    }
    Ok(all)
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(|value| value.trim().to_owned())
}

/// Returns the boundary that a content type names.
fn boundary(content_type: &str) -> Option<String> {
    let parameter = content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.trim().split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"').to_owned())
    });
    parameter.filter(|boundary| !boundary.is_empty())
}

/// Returns the line that starts at a position, without its line end, and the position of the next one.
fn line(bytes: &[u8], at: usize) -> (&[u8], usize) {
    match bytes[at..].iter().position(|byte| *byte == b'\n') {
        Some(length) => {
            let line = &bytes[at..at + length];
            (line.strip_suffix(b"\r").unwrap_or(line), at + length + 1)
        }
        None => (&bytes[at..], bytes.len()),
    }
}

/// Returns the texts between the boundaries.
fn split(body: &Bytes, boundary: &str) -> Result<Vec<Bytes>> {
    let (open, close) = (format!("--{boundary}"), format!("--{boundary}--"));
    let (mut parts, mut at, mut start) = (Vec::new(), 0, None);
    while at < body.len() {
        let (text, next) = line(body, at);
        let text = text.trim_ascii_end();
        let closes = text == close.as_bytes();
        if closes || text == open.as_bytes() {
            let ending = &body[at..next];
            if ending.ends_with(b"\n") && !ending.ends_with(b"\r\n") {
                return Err(broken("Stream was not readable. The lines of a batch have to end in CRLF"));
            }
            if let Some(start) = start {
                // The line end before a boundary belongs to the boundary.
                let mut end = at;
                if end > start && body[end - 1] == b'\n' {
                    end -= 1;
                    if end > start && body[end - 1] == b'\r' {
                        end -= 1;
                    }
                }
                parts.push(body.slice(start..end));
            }
            if closes {
                return Ok(parts);
            }
            start = Some(next);
        }
        at = next;
    }
    Err(broken("Stream was not readable: the closing boundary is missing"))
}

/// Returns the headers that a text starts with, and what follows the empty line after them.
fn headers(part: &Bytes) -> Result<(HeaderMap, Bytes)> {
    let (mut headers, mut at) = (HeaderMap::new(), 0);
    while at < part.len() {
        let (text, next) = line(part, at);
        at = next;
        if text.is_empty() {
            break;
        }
        let text = core::str::from_utf8(text).map_err(|_| broken("a header is not UTF-8"))?;
        let (name, value) =
            text.split_once(':').ok_or_else(|| broken(&format!("'{text}' is not a header")))?;
        let name = HeaderName::from_bytes(name.trim().as_bytes())
            .map_err(|_| broken(&format!("'{name}' is not a header name")))?;
        let value = HeaderValue::from_str(value.trim())
            .map_err(|_| broken(&format!("the header '{name}' is not valid")))?;
        headers.append(name, value);
    }
    Ok((headers, part.slice(at.min(part.len())..)))
}

fn request(outer: &HeaderMap, text: &Bytes) -> Result<BatchRequest> {
    // Some clients leave more than one empty line before the request line.
    let mut at = 0;
    while at < text.len() && line(text, at).0.is_empty() {
        at = line(text, at).1;
    }
    let (first, next) = line(text, at);
    let request_line =
        core::str::from_utf8(first).map_err(|_| broken("a request line is not UTF-8")).and_then(request_line);
    let (headers, body) = headers(&text.slice(next..))?;
    let content_id = self::text(outer, "content-id").or_else(|| self::text(&headers, "content-id"));
    Ok(BatchRequest { content_id, line: request_line, headers, body })
}

fn request_line(text: &str) -> Result<(Method, String)> {
    let wrong = || broken(&format!("'{text}' is not a request line"));
    let (method, rest) = text.trim().split_once(' ').ok_or_else(wrong)?;
    let target = match rest.rsplit_once(' ') {
        Some((target, version)) if version.starts_with("HTTP/") => target,
        _ => rest,
    };
    let method = Method::from_bytes(method.as_bytes()).map_err(|_| wrong())?;
    Ok((method, target.trim().to_owned()))
}
