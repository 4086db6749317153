//! The answer to a batch.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Response, StatusCode};

use super::batch::Batch;
use super::item::{AsPart, Item, PartIndex};
use super::multipart;
use crate::message::http::{Error, REQUEST_IDS, Repeated};

/// The answers to the messages of a batch. [`get`](Self::get) reads the answer of a handle that
/// [`Batch::add`] returned.
///
/// ```
/// use dataverse_entity::bytes::Bytes;
/// use dataverse_entity::http::{Response, header};
/// use dataverse_entity::message::Batch;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// let mut batch = Batch::new();
/// let counted = batch.add(SessionEvent::count());
/// let deleted = batch.add(SessionEvent::delete(Id::new(dataverse_entity::Uuid::from_u128(7))));
///
/// let body = "--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK\r\n\r\n42\r\n\
///     --b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n\r\n--b--\r\n";
/// let answer = Response::builder().header(header::CONTENT_TYPE, "multipart/mixed; boundary=b");
/// let reply = batch.response(answer.body(Bytes::from(body)).unwrap())?;
/// assert_eq!(reply.get(&counted)?, 42);
/// assert!(reply.get(&deleted).is_err_and(|error| error.is_not_found()));
/// assert!(!reply.is_success());
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct BatchReply {
    token: u64,
    /// Index of the first item in the whole batch.
    first: usize,
    items: Vec<ItemReply>,
}

/// The answer to an item of a batch.
#[derive(Debug, Clone)]
enum ItemReply {
    Single(Response<Bytes>),
    /// The answers to the requests of a change set. A request that was not sent, or that the answer leaves
    /// out, has none.
    ChangeSet {
        responses: Vec<Option<Response<Bytes>>>,
        /// Whether every request that was sent has an answer.
        is_complete: bool,
    },
    /// A change set failed. `failed` is the index of the request that failed, if the answer says which one;
    /// `response` is the answer.
    RolledBack {
        failed: Option<usize>,
        response: Response<Bytes>,
    },
    /// An earlier item failed.
    NotCarriedOut,
    /// The answer leaves the item out, and no failure explains why.
    Unknown,
    /// The request of the batch failed as a whole.
    Failed(Error),
    /// The item was not sent, because its answer is known.
    Known,
}

impl BatchReply {
    /// Creates the reply to a batch whose request failed as a whole. Each message has this error.
    pub fn failed(batch: &Batch, error: &Error) -> Self {
        let items = batch.items.iter().map(|_| ItemReply::Failed(error.clone())).collect();
        Self { token: batch.token, first: batch.first, items }
    }

    /// Returns the answer to a message.
    ///
    /// # Errors
    ///
    /// Returns an error if the server refused the message, or if its answer cannot be read. Also:
    ///
    /// - The message [was not carried out](Error::is_not_carried_out) if its change set was rolled back, or
    ///   if it follows a failed message.
    /// - If the answer does not say which request of a change set failed, each message of the change set has
    ///   the server's error.
    /// - The [outcome is unknown](Error::is_outcome_unknown) if the answer leaves the message out, and no
    ///   failure explains it.
    /// - The [request is invalid](Error::is_invalid_request) if the handle is that of another batch.
    pub fn get<P: AsPart>(&self, part: &P) -> Result<P::Output, Error> {
        let part = part.as_part();
        let index = part.index();
        let item = self.item(index)?;
        if let Some(output) = part.message().known_answer() {
            return Ok(output);
        }
        let response = self.response(item, index).map_err(|error| error.in_part(self.describe(index)))?;
        part.message().response(response).map_err(|error| error.in_part(self.describe(index)))
    }

    fn item(&self, index: PartIndex) -> Result<&ItemReply, Error> {
        let item = (index.batch == self.token).then(|| index.item.checked_sub(self.first)).flatten();
        let item = item.and_then(|item| self.items.get(item));
        item.ok_or_else(|| Error::invalid_request("the handle is that of another batch"))
    }

    fn response(&self, item: &ItemReply, index: PartIndex) -> Result<Response<Bytes>, Error> {
        let unknown = || Error::outcome_unknown("the answer to the batch leaves it out");
        match item {
            ItemReply::Single(response) => Ok(response.clone()),
            ItemReply::ChangeSet { responses, .. } => {
                responses.get(index.part).cloned().flatten().ok_or_else(unknown)
            }
            ItemReply::RolledBack { failed: Some(failed), response } if *failed == index.part => {
                Ok(response.clone())
            }
            ItemReply::RolledBack { failed: None, response } => Err(Error::of_change_set(response)),
            ItemReply::RolledBack { failed: Some(failed), response } => {
                let error = Error::from_response(response);
                let why = format!("request {} of the change set failed: {error}", failed + 1);
                // It may have failed because an earlier attempt was carried out.
                Err(match Repeated::is_marked(response) {
                    true => Error::outcome_unknown(&format!("it was sent again, and {why}")),
                    false => Error::not_carried_out(why),
                })
            }
            ItemReply::NotCarriedOut => Err(Error::not_carried_out("an earlier message of the batch failed")),
            ItemReply::Unknown | ItemReply::Known => Err(unknown()),
            ItemReply::Failed(error) => Err(error.clone()),
        }
    }

    fn describe(&self, index: PartIndex) -> String {
        let item = index.item + 1;
        match self.items.get(index.item.saturating_sub(self.first)) {
            Some(ItemReply::ChangeSet { .. } | ItemReply::RolledBack { .. }) => {
                format!("request {} of the change set (item {item} of the batch)", index.part + 1)
            }
            _ => format!("message {item} of the batch"),
        }
    }

    /// Returns whether all messages succeeded.
    pub fn is_success(&self) -> bool {
        self.items.iter().all(|item| match item {
            ItemReply::Single(response) => is_success(response.status()),
            ItemReply::ChangeSet { is_complete, .. } => *is_complete,
            ItemReply::Known => true,
            ItemReply::RolledBack { .. }
            | ItemReply::NotCarriedOut
            | ItemReply::Unknown
            | ItemReply::Failed(_) => false,
        })
    }

    /// Joins the replies to the batches that [`Batch::split`] made of one batch, in order. Returns `None` if
    /// they are not the replies of one batch.
    ///
    /// ```
    /// use dataverse_entity::Error;
    /// use dataverse_entity::message::{Batch, BatchReply};
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let mut batch = Batch::new();
    /// let parts: Vec<_> = (0..1_200).map(|_| batch.add(SessionEvent::count())).collect();
    /// let replies = batch.split().into_iter().map(|each| BatchReply::failed(&each, &Error::other("offline")));
    /// let reply = BatchReply::join(replies).expect("the replies are those of one batch");
    /// let error = reply.get(&parts[1_100]).unwrap_err();
    /// assert_eq!(error.to_string(), "message 1101 of the batch: offline");
    /// ```
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

/// Creates the reply to a batch of which nothing has to be sent.
pub(super) fn known(batch: &Batch) -> BatchReply {
    let items = batch.items.iter().map(|_| ItemReply::Known).collect();
    BatchReply { token: batch.token, first: batch.first, items }
}

pub(super) fn read(batch: &Batch, response: Response<Bytes>) -> Result<BatchReply, Error> {
    let (status, headers) = (response.status(), response.headers().clone());
    let is_repeated = Repeated::is_marked(&response);
    let Some(boundary) = content_type(&headers).and_then(|content_type| multipart::boundary(&content_type))
    else {
        // A batch that is refused as a whole, or by a gateway, is not answered in parts.
        if status.is_success() {
            return Err(Error::unreadable(status, "the answer to the batch is not `multipart/mixed`"));
        }
        return Err(Error::refused(status, &headers, response.body()));
    };
    let unreadable =
        |problem: String| Error::unreadable(status, format!("the answer to the batch: {problem}"));
    let parts = multipart::parts(response.body(), &boundary).map_err(unreadable)?;
    let is_whole = parts.is_whole;
    let mut parts = parts.parts.into_iter();
    let mut items = Vec::new();
    for item in &batch.items {
        items.push(match item.sent() {
            0 => ItemReply::Known,
            _ => match parts.next() {
                None => ItemReply::Unknown,
                Some(part) => read_item(item, &part).map_err(unreadable)?,
            },
        });
    }
    if parts.next().is_some() {
        return Err(unreadable("it has more parts than the batch has messages".to_owned()));
    }
    // The server stops at the first failure, so it did not carry out the messages that the answer leaves out.
    // That does not hold if the server was to continue after failures. Nor does it hold if the batch was sent
    // again: an earlier attempt may have carried out all messages.
    if is_whole && !is_repeated && !batch.continue_on_error && items.iter().any(has_failed) {
        for item in items.iter_mut().filter(|item| matches!(item, ItemReply::Unknown)) {
            *item = ItemReply::NotCarriedOut;
        }
    }
    // If the batch was sent again, each of its messages was.
    if is_repeated {
        for item in &mut items {
            if let ItemReply::Single(response) | ItemReply::RolledBack { response, .. } = item {
                Repeated::mark(response);
            }
        }
    }
    // Microsoft's support finds a message by the id of the batch's own request.
    for (name, value) in headers.iter().filter(|(name, _)| REQUEST_IDS.contains(&name.as_str())) {
        for part in items.iter_mut().flat_map(responses) {
            part.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
    }
    Ok(BatchReply { token: batch.token, first: batch.first, items })
}

fn responses(item: &mut ItemReply) -> Vec<&mut Response<Bytes>> {
    match item {
        ItemReply::Single(response) | ItemReply::RolledBack { response, .. } => vec![response],
        ItemReply::ChangeSet { responses, .. } => responses.iter_mut().flatten().collect(),
        ItemReply::NotCarriedOut | ItemReply::Unknown | ItemReply::Failed(_) | ItemReply::Known => Vec::new(),
    }
}

fn has_failed(item: &ItemReply) -> bool {
    match item {
        ItemReply::Single(response) => !is_success(response.status()),
        ItemReply::RolledBack { .. } => true,
        ItemReply::ChangeSet { .. }
        | ItemReply::NotCarriedOut
        | ItemReply::Unknown
        | ItemReply::Failed(_)
        | ItemReply::Known => false,
    }
}

/// Returns whether a status is a success. That includes 304, the answer to a retrieve of an unchanged record.
fn is_success(status: StatusCode) -> bool {
    status.is_success() || status == StatusCode::NOT_MODIFIED
}

fn read_item(item: &Item, part: &Bytes) -> Result<ItemReply, String> {
    let (head, content) = multipart::head(part)?;
    match (item, head.boundary) {
        (Item::Single(_), None) => multipart::response(&content).map(ItemReply::Single),
        (Item::Single(_), Some(_)) => Err("a message is answered as a change set".to_owned()),
        (Item::ChangeSet(requests), Some(boundary)) => {
            let numbers: Vec<Option<u32>> =
                requests.iter().map(|(number, message)| (!message.is_known()).then_some(*number)).collect();
            read_change_set(&numbers, &content, &boundary)
        }
        // A failed change set is answered with one response instead of several.
        (Item::ChangeSet(requests), None) => {
            let response = multipart::response(&content)?;
            let number = head.content_id.or_else(|| content_id(response.headers()));
            let failed = number.and_then(|number| requests.iter().position(|(each, _)| *each == number));
            Ok(ItemReply::RolledBack { failed, response })
        }
    }
}

/// Reads the answer to a change set. A part belongs to the request with its content-id; without a content-id,
/// its position decides. A request that was not sent has no number.
fn read_change_set(numbers: &[Option<u32>], content: &Bytes, boundary: &str) -> Result<ItemReply, String> {
    let mut responses: Vec<Option<Response<Bytes>>> = numbers.iter().map(|_| None).collect();
    let sent: Vec<usize> = (0..numbers.len()).filter(|index| numbers[*index].is_some()).collect();
    for (order, part) in multipart::parts(content, boundary)?.parts.iter().enumerate() {
        let (head, content) = multipart::head(part)?;
        let response = multipart::response(&content)?;
        let number = head.content_id.or_else(|| content_id(response.headers()));
        let index = match number {
            Some(number) => numbers.iter().position(|each| *each == Some(number)),
            None => sent.get(order).copied(),
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
    let is_complete = sent.iter().all(|index| responses.get(*index).is_some_and(Option::is_some));
    Ok(ItemReply::ChangeSet { responses, is_complete })
}

fn content_type(headers: &HeaderMap) -> Option<String> {
    headers.get(CONTENT_TYPE)?.to_str().ok().map(str::to_owned)
}

fn content_id(headers: &HeaderMap) -> Option<u32> {
    multipart::content_id(headers.get("content-id")?.to_str().ok()?)
}
