//! The head of a request: its first line and its headers.

use bytes::{Buf, BytesMut};
use http::header::{CONNECTION, EXPECT, HOST, HeaderName};
use http::uri::{Authority, Scheme, Uri};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::framing::{Framing, framing};
use super::tls::HANDSHAKE;
use crate::error::{Refusal, Result, excerpt};

/// Maximum length of a request line and its headers.
pub(super) const MAX_HEAD_BYTES: usize = 128 << 10;
const MAX_HEADERS: usize = 100;
/// Maximum length of a URI, which is that of the `http` crate.
const MAX_URI_BYTES: usize = 65_534;

/// The head of a request.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) method: Method,
    pub(super) target: Uri,
    pub(super) headers: HeaderMap,
    /// The `Host` of the request; `None` if an HTTP/1.0 request has none.
    pub(super) authority: Option<Authority>,
    pub(super) framing: Framing,
    /// Whether the client waits for `100 Continue`.
    pub(super) waits: bool,
    /// Whether the connection ends with the answer.
    pub(super) closes: bool,
}

/// Takes the head of a request from the received bytes; `None` if it is not complete yet.
pub(super) fn take(buffer: &mut BytesMut) -> Result<Option<Head>> {
    // Some clients add a line end to a body.
    while buffer.starts_with(b"\r\n") {
        buffer.advance(2);
    }
    if buffer.first() == Some(&HANDSHAKE) {
        return Err(bad("this port speaks HTTP without TLS: the address starts with `http://`"));
    }
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let (head, length) = match request.parse(buffer) {
        Ok(httparse::Status::Complete(length)) if length <= MAX_HEAD_BYTES => {
            (read(&request, buffer)?, length)
        }
        Ok(httparse::Status::Partial) if buffer.len() <= MAX_HEAD_BYTES => return Ok(None),
        Ok(_) if !buffer.iter().take(MAX_HEAD_BYTES).any(|byte| *byte == b'\n') => return Err(uri_too_long()),
        Ok(_) => return Err(too_large(&format!("are longer than {MAX_HEAD_BYTES} bytes"))),
        Err(httparse::Error::TooManyHeaders) => {
            return Err(too_large(&format!("are more than {MAX_HEADERS}")));
        }
        Err(error) => return Err(unreadable(error, buffer)),
    };
    buffer.advance(length);
    Ok(Some(head))
}

fn read(request: &httparse::Request<'_, '_>, buffer: &[u8]) -> Result<Head> {
    let is_http_11 = request.version == Some(1);
    let method = request.method.and_then(|method| Method::from_bytes(method.as_bytes()).ok());
    let method = method.ok_or_else(|| unreadable(httparse::Error::Token, buffer))?;
    let path = request.path.unwrap_or_default();
    if path.len() > MAX_URI_BYTES {
        return Err(uri_too_long());
    }
    let wrong = || bad(&no_target(path));
    let target = Uri::try_from(path).map_err(|_| wrong())?;
    let is_for_all = path == "*" && method == Method::OPTIONS;
    let is_absolute = [Some(&Scheme::HTTP), Some(&Scheme::HTTPS)].contains(&target.scheme());
    if !path.starts_with('/') && !is_absolute && !is_for_all {
        return Err(wrong());
    }
    let headers = headers(request)?;
    let host = host(&headers, is_http_11)?;
    let authority = target.authority().cloned().or(host);
    let waits = match headers.get(EXPECT) {
        Some(expected) if expected.as_bytes().eq_ignore_ascii_case(b"100-continue") => is_http_11,
        Some(_) => {
            let message = "The only expectation that can be met is `100-continue`.";
            return Err(Refusal::new(StatusCode::EXPECTATION_FAILED, "0x0", message));
        }
        None => false,
    };
    let framing = framing(&headers, is_http_11)?;
    let closes = !is_http_11 || has_token(&headers, &CONNECTION, "close");
    Ok(Head { method, target, headers, authority, framing, waits, closes })
}

/// What is wrong with a target, and how it is to be written if a character in it is not valid.
fn no_target(path: &str) -> String {
    let invalid = path.chars().find(|each| !each.is_ascii_graphic() || r#""<>\^`{|}"#.contains(*each));
    let advice = invalid.map_or_else(String::new, |character| {
        let encoded = utf8_percent_encode(character.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC).to_string();
        format!(": write the character `{character}` as `{encoded}`")
    });
    format!("'{}' is no target of a request{advice}", excerpt(path))
}

fn headers(request: &httparse::Request<'_, '_>) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    for header in request.headers.iter() {
        let wrong = || bad(&format!("the header '{}' is not valid", excerpt(header.name)));
        let name = HeaderName::from_bytes(header.name.as_bytes()).map_err(|_| wrong())?;
        let value = HeaderValue::from_bytes(header.value).map_err(|_| wrong())?;
        headers.append(name, value);
    }
    Ok(headers)
}

/// The one host that a request of HTTP/1.1 has to name.
fn host(headers: &HeaderMap, is_http_11: bool) -> Result<Option<Authority>> {
    let mut all = headers.get_all(HOST).iter();
    match (all.next(), all.next()) {
        (None, _) if is_http_11 => Err(bad("the header 'Host' is missing")),
        (None, _) => Ok(None),
        (Some(host), None) => match Authority::try_from(host.as_bytes()) {
            Ok(authority) if !authority.as_str().contains('@') => Ok(Some(authority)),
            _ => Err(bad(&format!("'{}' is no host", excerpt(&String::from_utf8_lossy(host.as_bytes()))))),
        },
        (Some(_), Some(_)) => Err(bad("the header 'Host' comes more than once")),
    }
}

/// Whether a header that is a list has this word.
fn has_token(headers: &HeaderMap, name: &HeaderName, token: &str) -> bool {
    let texts = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    texts.flat_map(|text| text.split(',')).any(|each| each.trim().eq_ignore_ascii_case(token))
}

/// 400: the request cannot be read.
pub(super) fn bad(problem: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "0x0", format!("The HTTP request cannot be read: {problem}."))
}

fn unreadable(error: httparse::Error, buffer: &[u8]) -> Refusal {
    let line = buffer.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(&line[..line.len().min(1000)]);
    let line = excerpt(line.trim_end());
    match error {
        httparse::Error::Version => {
            bad(&format!("'{line}' is not of HTTP/1.1, the only version that is spoken here"))
        }
        httparse::Error::HeaderName | httparse::Error::HeaderValue => bad("a header is not valid"),
        httparse::Error::NewLine => bad("a line does not end in CR LF"),
        _ => bad(&format!("'{line}' is no request line")),
    }
}

fn uri_too_long() -> Refusal {
    let message = format!("The URL is longer than {MAX_URI_BYTES} bytes.");
    Refusal::new(StatusCode::URI_TOO_LONG, "0x0", message)
}

fn too_large(how: &str) -> Refusal {
    let message = format!("The headers of the request {how}.");
    Refusal::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "0x0", message)
}
