//! A wrapper that makes a write message of any message.

use bytes::Bytes;
use dataverse_entity::message::{Message, Organization, RequestOptions, WriteMessage};
use http::{Request, Response};

type Outcome<T> = Result<T, dataverse_entity::Error>;

/// Any message, for a change set.
pub struct ClaimsToWrite<M>(pub M);

impl<M: Message> WriteMessage for ClaimsToWrite<M> {}

impl<M: Message> Message for ClaimsToWrite<M> {
    type Output = M::Output;

    fn message_name(&self) -> &'static str {
        self.0.message_name()
    }

    fn request(&self, org: &Organization) -> Outcome<Request<Bytes>> {
        self.0.request(org)
    }

    fn request_with(&self, org: &Organization, options: &RequestOptions) -> Outcome<Request<Bytes>> {
        self.0.request_with(org, options)
    }

    fn response(&self, response: Response<Bytes>) -> Outcome<M::Output> {
        self.0.response(response)
    }

    fn known_answer(&self) -> Option<M::Output> {
        self.0.known_answer()
    }
}
