//! SetState: `PATCH /set(id)` with the state and the status; there is no action for it in the Web API.

use bytes::Bytes;
use http::{Method, Request, Response};

use super::Operation;
use super::error::Error;
use super::macros::message_type;
use super::organization::Organization;
use super::reply::Reply;
use super::request::{RequestBuilder, record_path};
use crate::encode::EncodeError;
use crate::mark::Stateful;
use crate::option_set::{OptionSet, StatusSet};
use crate::record_ref::{IntoRecord, RecordRef};

/// Sets status and state of a record of `T`; the status says which state.
#[must_use = "a message does nothing until it is sent"]
pub struct SetState<T: Stateful> {
    record: RecordRef<T>,
    status: i32,
    state: Option<i32>,
}

message_type!(SetState<T> where [T: Stateful] { record, status, state });

impl<T: Stateful<Status: StatusSet>> SetState<T> {
    /// Sets the status of this record, and the state that the status belongs to.
    pub fn new(record: impl IntoRecord<T>, status: T::Status) -> Self {
        let state = status.state().map(OptionSet::value);
        Self { record: record.into_record(), status: status.value(), state }
    }
}

impl<T: Stateful> Operation for SetState<T> {
    type Output = ();

    fn message(&self) -> &'static str {
        "SetState"
    }

    fn is_repeatable(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let unknown = || {
            let problem =
                format!("no option with the value {} is declared, so its state is not known", self.status);
            EncodeError::new(T::METADATA.logical_name, Some(T::STATUS), problem)
        };
        let state = self.state.ok_or_else(unknown)?;
        let path = record_path(org, T::METADATA, self.record.address())?;
        let body = format!("{{\"{}\":{state},\"{}\":{}}}", T::STATE, T::STATUS, self.status);
        RequestBuilder::new(org, Method::PATCH, path).if_match("*")?.json(body).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        Reply::accepted(response).map(Reply::nothing)
    }
}
