//! `$batch`: many requests in one, some of them as change sets that happen as a whole or not at all.

mod multipart;
mod write;

use http::{Method, StatusCode};

use crate::error::{Refusal, Result};
use crate::message::{Incoming, Outgoing};
use crate::turn::{Turn, split_target};
use multipart::{Part, parts};
use write::Writer;

/// Dataverse takes no more requests in a batch.
const MOST: usize = 1000;

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
pub(crate) fn answer(turn: &Turn<'_>, incoming: &Incoming) -> Result<Outgoing> {
    if incoming.method != Method::POST {
        return Err(Refusal::method_not_allowed(&incoming.method));
    }
    let continues = incoming.preferences().continue_on_error;
    let parts = parts(incoming.header("Content-Type").unwrap_or_default(), &incoming.body)?;
    let requests =
        parts.iter().map(|part| if let Part::ChangeSet(all) = part { all.len() } else { 1 }).sum::<usize>();
    if requests > MOST {
        let message = format!("The batch has {requests} requests; no more than {MOST} are allowed.");
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80048d19", message));
    }
    let mut writer = Writer::new("batchresponse");
    let mut outer = StatusCode::OK;
    for part in parts {
        let failed = match part {
            Part::Request(request) => {
                let answer = one(turn, incoming, request.line, request.headers, request.body, false);
                let failed = failure(&answer);
                writer.answer(&answer, request.content_id.as_deref());
                failed
            }
            Part::ChangeSet(requests) => {
                // The content-ids of a change set mean nothing outside of it.
                turn.contents.borrow_mut().clear();
                let done: Result<Vec<_>, Failed> = turn.transaction(|| {
                    let mut done = Vec::new();
                    for request in requests {
                        let answer = one(turn, incoming, request.line, request.headers, request.body, true);
                        if failure(&answer).is_some() {
                            return Err(Failed { answer: Box::new(answer), content_id: request.content_id });
                        }
                        if let Some(content) = &request.content_id {
                            remember(turn, content, &answer);
                        }
                        done.push((answer, request.content_id));
                    }
                    Ok(done)
                });
                turn.contents.borrow_mut().clear();
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

fn failure(answer: &Outgoing) -> Option<StatusCode> {
    (answer.status.is_client_error() || answer.status.is_server_error()).then_some(answer.status)
}

/// Keeps what a content-id stands for.
fn remember(turn: &Turn<'_>, content: &str, answer: &Outgoing) {
    let url = answer.headers.get("odata-entityid").and_then(|url| url.to_str().ok());
    if let Some(url) = url {
        let path = url.strip_prefix(turn.root.as_str()).unwrap_or(url).trim_start_matches('/');
        turn.contents.borrow_mut().insert(content.to_owned(), path.to_owned());
    }
}

/// Carries out one request of a batch.
fn one(
    turn: &Turn<'_>,
    outer: &Incoming,
    line: Result<(Method, String)>,
    headers: http::HeaderMap,
    body: bytes::Bytes,
    in_change_set: bool,
) -> Outgoing {
    let request = line.and_then(|(method, target)| {
        if in_change_set && method == Method::GET {
            return Err(Refusal::bad("A change set cannot hold a GET request."));
        }
        let (path, query) = split_target(&target);
        if path == "$batch" {
            return Err(Refusal::bad("A batch cannot hold another batch."));
        }
        let mut headers = headers;
        for name in ["mscrmcallerid", "callerobjectid"] {
            if let (Some(value), false) = (outer.headers.get(name), headers.contains_key(name)) {
                headers.insert(http::HeaderName::from_static(name), value.clone());
            }
        }
        Ok(Incoming { method, path, query, headers, body })
    });
    match request {
        Ok(request) => turn.one(&request),
        Err(refusal) => refusal.into(),
    }
}
