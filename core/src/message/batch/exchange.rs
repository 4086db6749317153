//! A batch as a message: its request, and the reply to it.

use bytes::Bytes;
use http::{Request, Response};

use super::batch::{Batch, MAX_REQUESTS};
use super::item::Item;
use super::reply::{self, BatchReply};
use super::write;
use crate::message::http::{Error, Organization, RequestOptions};
use crate::message::message::Message;

#[diagnostic::do_not_recommend]
impl Message for Batch {
    type Output = BatchReply;

    fn message_name(&self) -> &'static str {
        "$batch"
    }

    fn is_idempotent(&self) -> bool {
        self.items.iter().all(Item::is_idempotent)
    }

    fn known_answer(&self) -> Option<BatchReply> {
        let is_known = !self.is_empty() && self.items.iter().all(|item| item.sent() == 0);
        is_known.then(|| reply::known(self))
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.request_with(org, &RequestOptions::new())
    }

    /// Each message of the batch gets the options that it does not set itself. The batch's own request gets
    /// the options on which all messages agree.
    fn request_with(&self, org: &Organization, options: &RequestOptions) -> Result<Request<Bytes>, Error> {
        let count: usize = self.items.iter().map(Item::sent).sum();
        if count > MAX_REQUESTS {
            return Err(Error::invalid_request(format!(
                "the batch has {count} requests, Dataverse accepts {MAX_REQUESTS}; split it with `Batch::split`"
            )));
        }
        if count == 0 {
            return Err(Error::invalid_request("the batch has no requests to send"));
        }
        write::request(self, org, options)
    }

    fn response(&self, response: Response<Bytes>) -> Result<BatchReply, Error> {
        reply::read(self, response)
    }
}
