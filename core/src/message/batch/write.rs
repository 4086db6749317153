//! Writes the multipart body of a batch.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, Method, Request};
use memchr::memmem;

use super::batch::Batch;
use super::change_set::content_id;
use super::item::Item;
use crate::message::http::{
    Error, Organization, Preferences, RequestBuilder, RequestOptions, finish, header_value, prefer,
};
use crate::reference::Scope;

/// The requests of a batch, one after the other as they stand in the body, and where each ends.
#[derive(Default)]
struct Parts {
    text: Vec<u8>,
    items: Vec<WrittenItem>,
}

/// Where the requests of an item end, and their content-ids.
enum WrittenItem {
    Single(usize),
    ChangeSet(Vec<(u32, usize)>),
}

pub(super) fn request(
    batch: &Batch,
    org: &Organization,
    options: &RequestOptions,
) -> Result<Request<Bytes>, Error> {
    let mut outer = options.of_batch();
    let (single, root) = (org.in_batch(None), org.root_path());
    let mut parts = Parts::default();
    for (index, item) in (batch.first..).zip(&batch.items) {
        match item {
            _ if item.sent() == 0 => {}
            Item::Single(message) => {
                let request = message.request(&single, options)?;
                outer.retain_said(request.headers());
                write_request(&mut parts.text, &request, root);
                parts.items.push(WrittenItem::Single(parts.text.len()));
            }
            Item::ChangeSet(messages) => {
                let mut written = Vec::new();
                for (number, message) in messages.iter().filter(|(_, message)| !message.is_known()) {
                    let here = content_id(batch.token, index, *number);
                    let request = message.request(&org.in_batch(Some(Scope { here })), options)?;
                    outer.retain_said(request.headers());
                    if request.method() == Method::GET {
                        return Err(Error::invalid_request(format!(
                            "{} reads, but a change set takes only messages that write; add it to the batch \
                             itself",
                            message.message_name()
                        )));
                    }
                    write_request(&mut parts.text, &request, root);
                    written.push((*number, parts.text.len()));
                }
                parts.items.push(WrittenItem::ChangeSet(written));
            }
        }
    }
    let number = boundary_number(&parts.text);
    let content_type = format!("multipart/mixed; boundary=batch_{number}");
    let body = multipart(number, &parts);
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, header_value(&CONTENT_TYPE, &content_type)?);
    let preferences = Preferences { continue_on_error: batch.continue_on_error, ..Preferences::default() };
    let (parts, _) = RequestBuilder::new(org, Method::POST, "$batch").build()?.into_parts();
    let mut request = finish(parts.uri, Method::POST, headers, Some(body));
    prefer(&mut request, preferences)?;
    outer.apply(&mut request)?;
    Ok(request)
}

/// Returns a number for the boundaries: with it, no boundary occurs in a request.
fn boundary_number(requests: &[u8]) -> u64 {
    let occurs = |boundary: &str| memmem::find(requests, boundary.as_bytes()).is_some();
    let mut number = 1;
    while occurs(&format!("batch_{number}")) || occurs(&format!("changeset_{number}")) {
        number += 1;
    }
    number
}

/// Bytes of a part besides its request, for one allocation of the body.
const PART_HEAD: usize = 128;

fn multipart(number: u64, parts: &Parts) -> Vec<u8> {
    let boundary = format!("batch_{number}");
    let mut body = Vec::with_capacity(parts.text.len() + parts.items.len() * PART_HEAD);
    let mut start = 0;
    let mut next = |end: usize| &parts.text[core::mem::replace(&mut start, end)..end];
    for (index, item) in (1..).zip(&parts.items) {
        match item {
            WrittenItem::Single(end) => write_part(&mut body, &boundary, None, next(*end)),
            WrittenItem::ChangeSet(requests) => {
                let inner = format!("changeset_{number}_{index}");
                write(
                    &mut body,
                    &["--", &boundary, "\r\nContent-Type: multipart/mixed; boundary=", &inner, "\r\n\r\n"],
                );
                for (content_id, end) in requests {
                    write_part(&mut body, &inner, Some(*content_id), next(*end));
                }
                write(&mut body, &["--", &inner, "--\r\n\r\n"]);
            }
        }
    }
    // The last boundary needs a line break after it, too.
    write(&mut body, &["--", &boundary, "--\r\n"]);
    body
}

fn write_part(body: &mut Vec<u8>, boundary: &str, content_id: Option<u32>, request: &[u8]) {
    write(
        body,
        &["--", boundary, "\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"],
    );
    if let Some(number) = content_id {
        write(body, &["Content-ID: ", &number.to_string(), "\r\n"]);
    }
    write(body, &["\r\n"]);
    body.extend_from_slice(request);
    write(body, &["\r\n"]);
}

fn write(body: &mut Vec<u8>, texts: &[&str]) {
    for text in texts {
        body.extend_from_slice(text.as_bytes());
    }
}

/// Writes a request as text. `root` is the path of the service's root.
fn write_request(body: &mut Vec<u8>, request: &Request<Bytes>, root: &str) {
    write(body, &[request.method().as_str(), " ", target(request, root), " HTTP/1.1\r\n"]);
    let mut headers: Vec<_> =
        request.headers().iter().filter(|(name, value)| !is_of_the_batch(name, value)).collect();
    headers.sort_by_key(|(name, _)| name.as_str());
    for (name, value) in headers {
        write_title_case(body, name);
        write(body, &[": "]);
        body.extend_from_slice(value.as_bytes());
        write(body, &["\r\n"]);
    }
    write(body, &["\r\n"]);
    body.extend_from_slice(request.body());
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

/// Writes `If-Match` for `if-match`. HTTP ignores the case of header names, but some readers of parts do not.
fn write_title_case(body: &mut Vec<u8>, name: &HeaderName) {
    let mut is_first = true;
    for letter in name.as_str().bytes() {
        body.push(if is_first { letter.to_ascii_uppercase() } else { letter });
        is_first = letter == b'-';
    }
}
