//! The answer to a batch.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Response, StatusCode};

use super::batch::Batch;
use super::item::{Item, Part, PartIndex};
use super::multipart;
use crate::message::http::Error;
use crate::message::message::Message;

/// The answers to the messages of a batch. Each is had with the handle that its message was added for.
#[derive(Debug)]
pub struct BatchReply {
    token: u64,
    /// Index of the first item among those of the whole batch.
    first: usize,
    items: Vec<ItemReply>,
}

/// The answer to an item of a batch.
#[derive(Debug)]
enum ItemReply {
    Single(Response<Bytes>),
    ChangeSet(Vec<Response<Bytes>>),
    /// A change set failed, and this is why: the index of the request that failed, if the answer says it.
    RolledBack {
        failed: Option<usize>,
        response: Response<Bytes>,
    },
    /// An earlier item failed.
    NotCarriedOut,
    /// The answer leaves the item out, and nothing that failed says why.
    Unknown,
}

impl BatchReply {
    /// The answer to a message.
    ///
    /// # Errors
    ///
    /// The server refused the message, or its answer cannot be read. A message of a change set that was rolled back, and a
    /// message behind one that failed, [was not carried out](Error::is_not_carried_out).
    pub fn get<M: Message>(&self, part: &Part<M>) -> Result<M::Output, Error> {
        let index = part.index();
        let response = self.response(index)?;
        let number = self.describe(index);
        part.message().response(response).map_err(|error| error.in_part(number))
    }

    fn response(&self, index: PartIndex) -> Result<Response<Bytes>, Error> {
        let item = (index.batch == self.token).then(|| index.item.checked_sub(self.first)).flatten();
        let Some(item) = item.and_then(|item| self.items.get(item)) else {
            return Err(Error::invalid_request("the handle is that of another batch"));
        };
        let not_carried_out = |why: &str| Error::not_carried_out(why).in_part(self.describe(index));
        match item {
            ItemReply::Single(response) => Ok(response.clone()),
            ItemReply::ChangeSet(responses) => {
                responses.get(index.part).cloned().ok_or_else(|| not_carried_out("the answer leaves it out"))
            }
            ItemReply::RolledBack { failed: Some(failed), response } if *failed == index.part => {
                Ok(response.clone())
            }
            ItemReply::RolledBack { failed, response } => {
                let Some(failed) = failed else {
                    return Err(Error::of_change_set(response).in_part(self.describe(index)));
                };
                let error = Error::refused(response.status(), response.headers(), response.body());
                let which = format!("request {} of the change set failed", failed + 1);
                Err(not_carried_out(&format!("{which}: {error}")))
            }
            ItemReply::NotCarriedOut => Err(not_carried_out("an earlier message of the batch failed")),
            ItemReply::Unknown => {
                Err(Error::outcome_unknown("the answer to the batch leaves it out")
                    .in_part(self.describe(index)))
            }
        }
    }

    fn describe(&self, index: PartIndex) -> String {
        let item = index.item + 1;
        match self.items.get(index.item.saturating_sub(self.first)) {
            Some(ItemReply::Single(_) | ItemReply::NotCarriedOut | ItemReply::Unknown) | None => {
                format!("message {item} of the batch")
            }
            Some(ItemReply::ChangeSet(_) | ItemReply::RolledBack { .. }) => {
                format!("request {} of the change set (item {item} of the batch)", index.part + 1)
            }
        }
    }

    /// Did every message succeed?
    pub fn is_success(&self) -> bool {
        self.items.iter().all(|item| match item {
            ItemReply::Single(response) => is_success(response.status()),
            ItemReply::ChangeSet(_) => true,
            ItemReply::RolledBack { .. } | ItemReply::NotCarriedOut | ItemReply::Unknown => false,
        })
    }

    /// One reply of the replies to the batches that [`Batch::split`] made of one, in their order. `None` where they are not
    /// that.
    pub fn join(replies: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut replies = replies.into_iter();
        let mut joined = replies.next()?;
        for reply in replies {
            if reply.token != joined.token || reply.first != joined.first + joined.items.len() {
                return None;
            }
            joined.items.extend(reply.items);
        }
        Some(joined)
    }
}

pub(super) fn read(batch: &Batch, response: Response<Bytes>) -> Result<BatchReply, Error> {
    let (status, headers) = (response.status(), response.headers().clone());
    let Some(boundary) = content_type(&headers).and_then(|content_type| multipart::boundary(&content_type))
    else {
        // What is refused as a whole, or by a gateway, is not answered in parts.
        if status.is_success() {
            return Err(Error::unreadable(status, "the answer to the batch is not `multipart/mixed`"));
        }
        return Err(Error::refused(status, &headers, response.body()));
    };
    let unreadable =
        |problem: String| Error::unreadable(status, format!("the answer to the batch: {problem}"));
    let mut parts = multipart::parts(response.body(), &boundary).map_err(unreadable)?.into_iter();
    let mut items = Vec::new();
    for item in &batch.items {
        items.push(match item {
            Item::ChangeSet(requests) if requests.is_empty() => ItemReply::ChangeSet(Vec::new()),
            _ => match parts.next() {
                None => ItemReply::Unknown,
                Some(part) => read_item(item, &part).map_err(unreadable)?,
            },
        });
    }
    if parts.next().is_some() {
        return Err(unreadable("it has more parts than the batch has messages".to_owned()));
    }
    // The server stops at the first failure, unless it is told to go on: then nothing says what became of the rest.
    if !batch.continue_on_error && items.iter().any(has_failed) {
        for item in items.iter_mut().filter(|item| matches!(item, ItemReply::Unknown)) {
            *item = ItemReply::NotCarriedOut;
        }
    }
    Ok(BatchReply { token: batch.token, first: batch.first, items })
}

fn has_failed(item: &ItemReply) -> bool {
    match item {
        ItemReply::Single(response) => !is_success(response.status()),
        ItemReply::RolledBack { .. } => true,
        ItemReply::ChangeSet(_) | ItemReply::NotCarriedOut | ItemReply::Unknown => false,
    }
}

/// A record that did not change is an answer, too.
fn is_success(status: StatusCode) -> bool {
    status.is_success() || status == StatusCode::NOT_MODIFIED
}

fn read_item(item: &Item, part: &Bytes) -> Result<ItemReply, String> {
    let (headers, content) = multipart::headers(part)?;
    let inner = content_type(&headers).and_then(|content_type| multipart::boundary(&content_type));
    match (item, inner) {
        (Item::Single(_), None) => multipart::response(&content).map(ItemReply::Single),
        (Item::Single(_), Some(_)) => Err("a message is answered as a change set".to_owned()),
        (Item::ChangeSet(requests), Some(boundary)) => {
            let numbers: Vec<u32> = requests.iter().map(|(number, _)| *number).collect();
            read_change_set(&numbers, &content, &boundary)
        }
        // A change set that fails is answered with one part instead.
        (Item::ChangeSet(requests), None) => {
            let response = multipart::response(&content)?;
            let number = content_id(&headers).or_else(|| content_id(response.headers()));
            let failed = number.and_then(|number| requests.iter().position(|(each, _)| *each == number));
            Ok(ItemReply::RolledBack { failed, response })
        }
    }
}

/// The parts are told apart by their content-ids; where one has none, by their order.
fn read_change_set(numbers: &[u32], content: &Bytes, boundary: &str) -> Result<ItemReply, String> {
    let mut responses: Vec<Option<Response<Bytes>>> = numbers.iter().map(|_| None).collect();
    for (order, part) in multipart::parts(content, boundary)?.iter().enumerate() {
        let (headers, content) = multipart::headers(part)?;
        let response = multipart::response(&content)?;
        let number = content_id(&headers).or_else(|| content_id(response.headers()));
        let index = match number {
            Some(number) => numbers.iter().position(|each| *each == number),
            None => Some(order),
        };
        if !response.status().is_success() {
            return Ok(ItemReply::RolledBack { failed: number.and(index), response });
        }
        match index.and_then(|index| responses.get_mut(index)) {
            Some(slot @ None) => *slot = Some(response),
            Some(Some(_)) => return Err("two parts of a change set have the same content-id".to_owned()),
            None => return Err("a part of a change set answers no request of it".to_owned()),
        }
    }
    let responses: Option<Vec<_>> = responses.into_iter().collect();
    responses.map(ItemReply::ChangeSet).ok_or_else(|| "a change set is answered in part only".to_owned())
}

fn content_type(headers: &HeaderMap) -> Option<String> {
    headers.get(CONTENT_TYPE)?.to_str().ok().map(str::to_owned)
}

fn content_id(headers: &HeaderMap) -> Option<u32> {
    headers.get("content-id")?.to_str().ok()?.trim().parse().ok()
}
