//! Reads `multipart/mixed`, and is as tolerant as possible without guessing: line breaks with or without the
//! carriage return, boundaries with or without quotes.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

/// Maximum number of headers of a part.
const MAX_HEADERS: usize = 64;

/// Returns the boundary that the `Content-Type` of a multipart body names.
pub(super) fn boundary(content_type: &str) -> Option<String> {
    let (media_type, parameters) = content_type.split_once(';')?;
    if !media_type.trim().to_ascii_lowercase().starts_with("multipart/") {
        return None;
    }
    parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim();
        let quoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        name.trim().eq_ignore_ascii_case("boundary").then(|| quoted.unwrap_or(value).to_owned())
    })
}

/// The parts that arrived completely.
pub(super) struct Parts {
    pub(super) parts: Vec<Bytes>,
    /// Whether the last boundary arrived, so that no part is missing.
    pub(super) is_whole: bool,
}

/// Splits the body into the parts between the boundaries. The line break before a boundary belongs to the
/// boundary.
pub(super) fn parts(body: &Bytes, boundary: &str) -> Result<Parts, String> {
    let delimiter = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut start = None;
    for (line, end) in lines(body) {
        let text = body[line..end].trim_ascii_end();
        let Some(rest) = text.strip_prefix(delimiter.as_bytes()) else { continue };
        if !rest.is_empty() && rest != b"--" {
            continue;
        }
        if let Some(start) = start {
            parts.push(body.slice(start..before_line_break(body, start, line)));
        }
        if rest == b"--" {
            return Ok(Parts { parts, is_whole: true });
        }
        start = Some(end);
    }
    match start {
        None => Err(format!("no part begins with the boundary {boundary:?}")),
        Some(_) if parts.is_empty() => {
            Err("it ends before the last boundary; 0 whole parts arrived".to_owned())
        }
        // The server answered the parts that arrived completely.
        Some(_) => Ok(Parts { parts, is_whole: false }),
    }
}

/// Returns the lines, each as its start and the start of the next line.
fn lines(body: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let mut next = 0;
    core::iter::from_fn(move || {
        let start = next;
        let rest = body.get(start..).filter(|rest| !rest.is_empty())?;
        next = memchr::memchr(b'\n', rest).map_or(body.len(), |at| start + at + 1);
        Some((start, next))
    })
}

fn before_line_break(body: &[u8], start: usize, line: usize) -> usize {
    let content = &body[start..line];
    let content = content.strip_suffix(b"\n").unwrap_or(content);
    let content = content.strip_suffix(b"\r").unwrap_or(content);
    start + content.len()
}

/// What the headers of a part say.
pub(super) struct PartHead {
    /// The boundary, if the content is multipart.
    pub(super) boundary: Option<String>,
    pub(super) content_id: Option<u32>,
}

/// Reads the headers of a part, and returns them with the content after them.
pub(super) fn head(part: &Bytes) -> Result<(PartHead, Bytes), String> {
    let mut buffer = [httparse::EMPTY_HEADER; MAX_HEADERS];
    match httparse::parse_headers(part, &mut buffer) {
        Ok(httparse::Status::Complete((length, headers))) => {
            let value = |name: &str| {
                let header = headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
                str::from_utf8(header.value).ok()
            };
            let boundary = value("content-type").and_then(boundary);
            let content_id = value("content-id").and_then(content_id);
            Ok((PartHead { boundary, content_id }, part.slice(length..)))
        }
        Ok(httparse::Status::Partial) => Err("the headers of a part do not end".to_owned()),
        Err(error) => Err(format!("the headers of a part cannot be read: {error}")),
    }
}

/// Reads the response that is the content of a part.
pub(super) fn response(content: &Bytes) -> Result<Response<Bytes>, String> {
    let mut buffer = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Response::new(&mut buffer);
    // A response without a body may lack the empty line after its headers.
    let ended;
    let (text, length) = match parsed.parse(content) {
        Ok(httparse::Status::Complete(length)) => (content, length),
        Ok(httparse::Status::Partial) => {
            ended = Bytes::from([content.trim_ascii_end(), b"\r\n\r\n"].concat());
            parsed = httparse::Response::new(&mut buffer);
            match parsed.parse(&ended) {
                Ok(httparse::Status::Complete(length)) => (&ended, length),
                _ => return Err("a response in a part does not end".to_owned()),
            }
        }
        Err(error) => return Err(format!("a response in a part cannot be read: {error}")),
    };
    let headers = header_map(text, parsed.headers)?;
    let status = parsed.code.and_then(|code| StatusCode::from_u16(code).ok());
    let mut response = Response::new(text.slice(length..));
    *response.status_mut() = status.ok_or("a response in a part has no status")?;
    *response.headers_mut() = headers;
    Ok(response)
}

/// Returns the number that a header `Content-ID` holds.
pub(super) fn content_id(value: &str) -> Option<u32> {
    value.trim().parse().ok()
}

/// Returns the headers of a text. Their values share its memory.
fn header_map(text: &Bytes, headers: &[httparse::Header<'_>]) -> Result<HeaderMap, String> {
    let mut map = HeaderMap::with_capacity(headers.len());
    for header in headers {
        let name = HeaderName::from_bytes(header.name.as_bytes()).map_err(|error| error.to_string())?;
        let value = text.slice_ref(header.value);
        let value = HeaderValue::from_maybe_shared(value).map_err(|error| error.to_string())?;
        map.append(name, value);
    }
    Ok(map)
}
