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

/// A request as the part of a multipart body.
struct EncodedPart {
    content_id: Option<u32>,
    bytes: Vec<u8>,
}

pub(super) fn request(
    batch: &Batch,
    org: &Organization,
    options: &RequestOptions,
) -> Result<Request<Bytes>, Error> {
    let mut outer = options.of_batch();
    let mut items: Vec<(bool, Vec<EncodedPart>)> = Vec::new();
    for (index, item) in (batch.first..).zip(&batch.items) {
        match item {
            _ if item.sent() == 0 => {}
            Item::Single(message) => {
                let request = message.request(&org.in_batch(None), options)?;
                outer.retain_said(request.headers());
                items.push((false, vec![EncodedPart { content_id: None, bytes: part(&request, org) }]));
            }
            Item::ChangeSet(parts) => {
                let mut written = Vec::new();
                for (number, message) in parts.iter().filter(|(_, message)| !message.is_known()) {
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
                    written.push(EncodedPart { content_id: Some(*number), bytes: part(&request, org) });
                }
                items.push((true, written));
            }
        }
    }
    let number = boundary_number(&items);
    let boundary = format!("batch_{number}");
    let body = multipart(number, &items);
    let mut headers = HeaderMap::new();
    let content_type = format!("multipart/mixed; boundary={boundary}");
    headers.insert(CONTENT_TYPE, header_value(&CONTENT_TYPE, &content_type)?);
    let preferences = Preferences { continue_on_error: batch.continue_on_error, ..Preferences::default() };
    let (parts, _) = RequestBuilder::new(org, Method::POST, "$batch").build()?.into_parts();
    let mut request = finish(parts.uri, Method::POST, headers, Some(body))?;
    prefer(&mut request, preferences)?;
    outer.apply(&mut request)?;
    Ok(request)
}

/// Returns a number for the boundaries: with it, no boundary occurs in a part.
fn boundary_number(items: &[(bool, Vec<EncodedPart>)]) -> u64 {
    let occurs = |needle: &str| {
        let needle = memmem::Finder::new(needle);
        let mut parts = items.iter().flat_map(|(_, parts)| parts);
        parts.any(|part| needle.find(&part.bytes).is_some())
    };
    let mut number = 1;
    while occurs(&format!("batch_{number}")) || occurs(&format!("changeset_{number}")) {
        number += 1;
    }
    number
}

fn multipart(number: u64, items: &[(bool, Vec<EncodedPart>)]) -> Vec<u8> {
    let boundary = format!("batch_{number}");
    let mut body = Vec::new();
    for (index, (is_change_set, parts)) in (1..).zip(items) {
        if *is_change_set {
            let inner = format!("changeset_{number}_{index}");
            text(
                &mut body,
                &format!("--{boundary}\r\nContent-Type: multipart/mixed; boundary={inner}\r\n\r\n"),
            );
            for part in parts {
                write_part(&mut body, &inner, part);
            }
            text(&mut body, &format!("--{inner}--\r\n\r\n"));
        } else {
            for part in parts {
                write_part(&mut body, &boundary, part);
            }
        }
    }
    // The last boundary needs a line break after it, too.
    text(&mut body, &format!("--{boundary}--\r\n"));
    body
}

fn write_part(body: &mut Vec<u8>, boundary: &str, part: &EncodedPart) {
    text(
        body,
        &format!("--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"),
    );
    if let Some(number) = part.content_id {
        text(body, &format!("Content-ID: {number}\r\n"));
    }
    text(body, "\r\n");
    body.extend_from_slice(&part.bytes);
    text(body, "\r\n");
}

fn text(body: &mut Vec<u8>, text: &str) {
    body.extend_from_slice(text.as_bytes());
}

/// Writes a request as text.
fn part(request: &Request<Bytes>, org: &Organization) -> Vec<u8> {
    let mut part = Vec::new();
    text(&mut part, &format!("{} {} HTTP/1.1\r\n", request.method(), target(request, org)));
    let mut headers: Vec<_> =
        request.headers().iter().filter(|(name, value)| !is_of_the_batch(name, value)).collect();
    headers.sort_by_key(|(name, _)| name.as_str());
    for (name, value) in headers {
        text(&mut part, &format!("{}: ", title_case(name)));
        part.extend_from_slice(value.as_bytes());
        text(&mut part, "\r\n");
    }
    text(&mut part, "\r\n");
    part.extend_from_slice(request.body());
    part
}

/// Returns the target of a request: path and query, or a content-id alone.
fn target(request: &Request<Bytes>, org: &Organization) -> String {
    let uri = request.uri();
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    match target.strip_prefix(org.root_path()) {
        Some(relative) if is_content_id(relative) => relative.to_owned(),
        _ => target.to_owned(),
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
fn title_case(name: &HeaderName) -> String {
    let mut title = String::new();
    for (index, word) in name.as_str().split('-').enumerate() {
        if index > 0 {
            title.push('-');
        }
        let mut letters = word.chars();
        title.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        title.push_str(letters.as_str());
    }
    title
}
