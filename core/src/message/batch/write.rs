//! Writes the multipart body of a batch.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, Method, Request};
use memchr::memmem::Finder;

use super::batch::Batch;
use super::change_set::content_id;
use super::item::{Item, Requested};
use crate::message::http::{
    Error, JSON, Organization, PREFER, Preferences, RequestBuilder, RequestOptions, RequestPart, finish,
    header_value, prefer,
};
use crate::reference::Scope;

/// Bytes of a part, for one allocation of the body.
const PART: usize = 384;

pub(super) fn request(
    batch: &Batch,
    org: &Organization,
    options: &RequestOptions,
) -> Result<Request<Bytes>, Error> {
    // A boundary must not occur in a request. It nearly never does, so the body is written with the first one,
    // and again if that occurs.
    let mut number = 1;
    let (body, outer) = loop {
        if let Some(written) = Writer::new(number, batch.len()).batch(batch, org, options)? {
            break written;
        }
        number += 1;
    };
    let content_type = format!("multipart/mixed; boundary=batch_{number}");
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, header_value(&CONTENT_TYPE, &content_type)?);
    let preferences = Preferences { continue_on_error: batch.continue_on_error, ..Preferences::default() };
    let (parts, _) = RequestBuilder::new(org, Method::POST, "$batch").build()?.into_parts();
    let mut request = finish(parts.uri, Method::POST, headers, Some(body));
    prefer(&mut request, preferences)?;
    outer.apply(&mut request)?;
    Ok(request)
}

/// Writes a body with one number for all its boundaries.
struct Writer {
    /// The line that starts a part of the batch, and the headers of the part.
    part: String,
    boundary: String,
    /// The end of each boundary, `_1`.
    suffix: Finder<'static>,
    body: Vec<u8>,
}

impl Writer {
    fn new(number: u64, parts: usize) -> Self {
        let boundary = format!("batch_{number}");
        let suffix = Finder::new(&format!("_{number}")).into_owned();
        Self { part: part_head(&boundary), boundary, suffix, body: Vec::with_capacity(parts * PART) }
    }

    /// Returns the body, and the options on which all requests agree. `None` if a boundary occurs in a request.
    fn batch(
        mut self,
        batch: &Batch,
        org: &Organization,
        options: &RequestOptions,
    ) -> Result<Option<(Vec<u8>, RequestOptions)>, Error> {
        let mut outer = options.of_batch();
        let single = org.in_batch(None);
        let mut written = 0;
        for (index, item) in (batch.first..).zip(&batch.items) {
            match item {
                Item::Single(message) if message.is_known() => {}
                Item::Single(message) => {
                    written += 1;
                    self.body.extend_from_slice(self.part.as_bytes());
                    write(&mut self.body, &["\r\n"]);
                    if !self.message(&**message, &single, options, &mut outer, Check::None)? {
                        return Ok(None);
                    }
                }
                Item::ChangeSet(_) if item.sent() == 0 => {}
                Item::ChangeSet(messages) => {
                    written += 1;
                    let inner = format!("changeset_{}_{written}", &self.boundary["batch_".len()..]);
                    write(
                        &mut self.body,
                        &["--", &self.boundary, "\r\nContent-Type: multipart/mixed; boundary=", &inner],
                    );
                    write(&mut self.body, &["\r\n\r\n"]);
                    let head = part_head(&inner);
                    for (number, message) in messages.iter().filter(|(_, message)| !message.is_known()) {
                        let here = content_id(batch.token, index, *number);
                        let org = org.in_batch(Some(Scope { here }));
                        write(&mut self.body, &[&head, "Content-ID: ", &number.to_string(), "\r\n\r\n"]);
                        if !self.message(&**message, &org, options, &mut outer, Check::Writes)? {
                            return Ok(None);
                        }
                    }
                    write(&mut self.body, &["--", &inner, "--\r\n\r\n"]);
                }
            }
        }
        // The last boundary needs a line break after it, too.
        write(&mut self.body, &["--", &self.boundary, "--\r\n"]);
        Ok(Some((self.body, outer)))
    }

    /// Writes the request of a message. Returns `false` if a boundary occurs in it.
    fn message(
        &mut self,
        message: &dyn Requested,
        org: &Organization,
        options: &RequestOptions,
        outer: &mut RequestOptions,
        check: Check,
    ) -> Result<bool, Error> {
        let start = self.body.len();
        let unbuilt = if options.is_empty() { message.unbuilt(org).transpose()? } else { None };
        let part = unbuilt.as_ref().map(RequestBuilder::as_part).transpose()?.flatten();
        if let Some(part) = part {
            check.method(part.method, message)?;
            write_part(&mut self.body, &part);
        } else {
            let request = match unbuilt {
                Some(unbuilt) => unbuilt.build()?,
                None => message.request(org, options)?,
            };
            outer.retain_said(request.headers());
            check.method(request.method(), message)?;
            write_request(&mut self.body, &request, org.root_path());
        }
        let has_boundary = self.has_boundary(start);
        write(&mut self.body, &["\r\n"]);
        Ok(!has_boundary)
    }

    /// Returns whether a boundary occurs in the body from `start` on.
    fn has_boundary(&self, start: usize) -> bool {
        let request = &self.body[start..];
        self.suffix
            .find_iter(request)
            .any(|at| request[..at].ends_with(b"batch") || request[..at].ends_with(b"changeset"))
    }
}

/// What a request must be in its place.
#[derive(Clone, Copy)]
enum Check {
    None,
    /// A change set takes only requests that write.
    Writes,
}

impl Check {
    fn method(self, method: &Method, message: &dyn Requested) -> Result<(), Error> {
        match self {
            Self::Writes if method == Method::GET => Err(Error::invalid_request(format!(
                "{} reads, but a change set takes only messages that write; add it to the batch itself",
                message.message_name()
            ))),
            _ => Ok(()),
        }
    }
}

/// Returns the line that starts a part, and the headers that all parts have.
fn part_head(boundary: &str) -> String {
    format!("--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n")
}

fn write(body: &mut Vec<u8>, texts: &[&str]) {
    for text in texts {
        body.extend_from_slice(text.as_bytes());
    }
}

/// Writes a request that was not built.
fn write_part(body: &mut Vec<u8>, part: &RequestPart<'_>) {
    let root = if is_content_id(part.path) { "" } else { part.root };
    write(body, &[part.method.as_str(), " ", root, part.path, part.query, " HTTP/1.1\r\n"]);
    if part.headers.is_empty() && part.prefer.is_none() {
        // Most requests.
        write_header(body, &ACCEPT, &JSON);
        if part.body.is_some() {
            write_header(body, &CONTENT_TYPE, &JSON);
        }
    } else {
        let (accept, content_type, prefer, json) = (ACCEPT, CONTENT_TYPE, PREFER, JSON);
        let has_default = part.body.is_some() && !part.headers.contains_key(&content_type);
        let common = [(&accept, &json)].into_iter().chain(has_default.then_some((&content_type, &json)));
        let preferences = part.prefer.iter().map(|value| (&prefer, value));
        write_headers(body, common.chain(part.headers).chain(preferences));
    }
    write(body, &["\r\n"]);
    body.extend_from_slice(part.body.unwrap_or_default());
}

/// Writes a request as text. `root` is the path of the service's root.
fn write_request(body: &mut Vec<u8>, request: &Request<Bytes>, root: &str) {
    write(body, &[request.method().as_str(), " ", target(request, root), " HTTP/1.1\r\n"]);
    write_headers(body, request.headers());
    write(body, &["\r\n"]);
    body.extend_from_slice(request.body());
}

/// Writes the headers that the batch does not have for all its parts, in order.
fn write_headers<'h>(
    body: &mut Vec<u8>,
    headers: impl IntoIterator<Item = (&'h HeaderName, &'h HeaderValue)>,
) {
    let mut headers: Vec<_> =
        headers.into_iter().filter(|(name, value)| !is_of_the_batch(name, value)).collect();
    headers.sort_by_key(|(name, _)| name.as_str());
    for (name, value) in headers {
        write_header(body, name, value);
    }
}

/// Writes `If-Match` for `if-match`. HTTP ignores the case of header names, but some readers of parts do not.
fn write_header(body: &mut Vec<u8>, name: &HeaderName, value: &HeaderValue) {
    let start = body.len();
    body.extend_from_slice(name.as_str().as_bytes());
    let mut is_first = true;
    for letter in &mut body[start..] {
        if is_first {
            letter.make_ascii_uppercase();
        }
        is_first = *letter == b'-';
    }
    write(body, &[": "]);
    body.extend_from_slice(value.as_bytes());
    write(body, &["\r\n"]);
}

/// Returns the target of a request: path and query, or a content-id alone.
fn target<'r>(request: &'r Request<Bytes>, root: &str) -> &'r str {
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    match target.strip_prefix(root) {
        Some(relative) if is_content_id(relative) => relative,
        _ => target,
    }
}

fn is_content_id(relative: &str) -> bool {
    relative.strip_prefix('$').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

/// Returns whether the batch's own request has the header for all its parts.
fn is_of_the_batch(name: &HeaderName, value: &HeaderValue) -> bool {
    match name.as_str() {
        "odata-version" | "odata-maxversion" => true,
        "if-none-match" => value == "null",
        _ => false,
    }
}
