//! A batch as a message: its request, and the reply to it.

use bytes::Bytes;
use http::{Request, Response};

use super::batch::{Batch, MAX_REQUESTS};
use super::item::Item;
use super::reply::{self, BatchReply};
use super::write;
use crate::message::http::{Error, Organization};
use crate::message::message::Message;

impl Message for Batch {
    type Output = BatchReply;

    fn message_name(&self) -> &'static str {
        "$batch"
    }

    fn is_idempotent(&self) -> bool {
        self.items.iter().all(Item::is_idempotent)
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let count = self.len();
        if count > MAX_REQUESTS {
            return Err(Error::invalid_request(format!(
                "the batch has {count} requests, Dataverse takes {MAX_REQUESTS}; split it with `Batch::split`"
            )));
        }
        if count == 0 {
            return Err(Error::invalid_request("the batch has no requests"));
        }
        write::request(self, org)
    }

    fn response(&self, response: Response<Bytes>) -> Result<BatchReply, Error> {
        reply::read(self, response)
    }
}
