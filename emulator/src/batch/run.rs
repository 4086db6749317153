//! The requests of a batch, carried out one after the other.

use http::{Method, StatusCode};

use super::answer::Writer;
use super::request::{BatchRequest, Part, parts};
use crate::connections::Connection;
use crate::dispatch::{Dispatcher, is_batch, split_target};
use crate::error::{Refusal, Result};
use crate::http::{Incoming, Outgoing};

/// Maximum number of requests in a batch.
const MAX_REQUESTS: usize = 1000;

/// The request that a change set failed with.
struct Failed {
    answer: Box<Outgoing>,
    content_id: Option<String>,
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Self { answer: Box::new(refusal.into()), content_id: None }
    }
}

/// Answers a batch.
pub(crate) fn answer(dispatcher: &Dispatcher<'_>, incoming: &Incoming) -> Result<Outgoing> {
    if incoming.method != Method::POST {
        return Err(Refusal::method_not_allowed(&incoming.method));
    }
    let continues = incoming.preferences().continue_on_error;
    let parts =
        parts(incoming.header("Content-Type").unwrap_or_default(), &incoming.body, dispatcher.strict)?;
    let requests =
        parts.iter().map(|part| if let Part::ChangeSet(all) = part { all.len() } else { 1 }).sum::<usize>();
    if requests > MAX_REQUESTS {
        let message = format!("The batch has {requests} requests; no more than {MAX_REQUESTS} are allowed.");
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80048d19", message));
    }
    let mut writer = Writer::new("batchresponse");
    let mut outer = StatusCode::OK;
    for part in parts {
        let failed = match part {
            Part::Request(request) => {
                let answer = match incoming_part(incoming, request.line, request.headers, request.body, false)
                {
                    Ok(part) => dispatcher.one(&part),
                    Err(refusal) => refusal.into(),
                };
                let failed = failure(&answer);
                writer.answer(&answer, request.content_id.as_deref());
                failed
            }
            Part::ChangeSet(requests) => change_set(dispatcher, incoming, requests, &mut writer),
        };
        if let Some(status) = failed
            && !continues
        {
            outer = status;
            break;
        }
    }
    Ok(writer.finish(outer))
}

/// Carries out a change set and writes its answers. Returns the status of the request that failed.
fn change_set(
    dispatcher: &Dispatcher<'_>,
    incoming: &Incoming,
    requests: Vec<BatchRequest>,
    writer: &mut Writer,
) -> Option<StatusCode> {
    // A content-id is valid only within its change set.
    dispatcher.contents.borrow_mut().clear();
    let mut kept = Vec::new();
    let done: Result<Vec<_>, Failed> = dispatcher.write(|connection| {
        let mut done = Vec::new();
        for request in requests {
            let answer = match incoming_part(incoming, request.line, request.headers, request.body, true) {
                Ok(part) => {
                    let answer = dispatcher.within(connection, &part);
                    if stays(dispatcher, connection, &part, &answer) {
                        kept.push((part, request.content_id.clone()));
                    }
                    answer
                }
                Err(refusal) => refusal.into(),
            };
            if failure(&answer).is_some() {
                return Err(Failed { answer: Box::new(answer), content_id: request.content_id });
            }
            if let Some(content) = &request.content_id {
                remember(dispatcher, content, &answer);
            }
            done.push((answer, request.content_id));
        }
        Ok(done)
    });
    if done.is_err() {
        keep(dispatcher, kept);
    }
    dispatcher.contents.borrow_mut().clear();
    match done {
        Ok(done) => {
            writer.change_set(&done);
            None
        }
        Err(Failed { answer, content_id }) => {
            writer.answer(&answer, content_id.as_deref());
            failure(&answer)
        }
    }
}

/// Returns whether a request of a change set keeps its changes when the change set fails: elastic tables have
/// no transactions.
fn stays(dispatcher: &Dispatcher<'_>, connection: &Connection, part: &Incoming, answer: &Outgoing) -> bool {
    let contents = dispatcher.contents.borrow();
    let path = part.path.strip_prefix('$').and_then(|content| contents.get(content)).unwrap_or(&part.path);
    let set = path.split(['(', '/']).next().unwrap_or_default();
    // A bulk message that fails has already changed some of its records.
    let done = failure(answer).is_none() || path.ends_with("Multiple");
    let schema = connection.schema(dispatcher.schemas);
    done && schema.is_ok_and(|schema| schema.set(set).is_some_and(|table| table.elastic))
}

/// Repeats the requests that keep their changes, after the rollback of the change set.
fn keep(dispatcher: &Dispatcher<'_>, kept: Vec<(Incoming, Option<String>)>) {
    for (part, content_id) in kept {
        let answer = dispatcher.one(&part);
        if let Some(content) = content_id {
            remember(dispatcher, &content, &answer);
        }
    }
}

fn failure(answer: &Outgoing) -> Option<StatusCode> {
    (answer.status.is_client_error() || answer.status.is_server_error()).then_some(answer.status)
}

/// Stores the URL of a content-id.
fn remember(dispatcher: &Dispatcher<'_>, content: &str, answer: &Outgoing) {
    let url = answer.headers.get("odata-entityid").and_then(|url| url.to_str().ok());
    if let Some(url) = url {
        let path = url.strip_prefix(dispatcher.root.as_str()).unwrap_or(url).trim_start_matches('/');
        dispatcher.contents.borrow_mut().insert(content.to_owned(), path.to_owned());
    }
}

/// One request of a batch, with what the batch says of all of them.
fn incoming_part(
    outer: &Incoming,
    line: Result<(Method, String)>,
    headers: http::HeaderMap,
    body: bytes::Bytes,
    in_change_set: bool,
) -> Result<Incoming> {
    let (method, target) = line?;
    if in_change_set && method == Method::GET {
        return Err(Refusal::bad("A change set cannot hold a GET request."));
    }
    let (path, query) = split_target(&target);
    if is_batch(&path) {
        return Err(Refusal::bad("A batch cannot hold another batch."));
    }
    let mut headers = headers;
    for name in ["mscrmcallerid", "callerobjectid"] {
        if let (Some(value), false) = (outer.headers.get(name), headers.contains_key(name)) {
            headers.insert(http::HeaderName::from_static(name), value.clone());
        }
    }
    Ok(Incoming { method, path, query, headers, body })
}
