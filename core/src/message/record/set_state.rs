//! SetState: `PATCH /set(id)` with the state and the status; there is no action for it in the Web API.

use bytes::Bytes;
use http::{Method, Request, Response};

use crate::column::{OptionSet, StatusSet};
use crate::encode::EncodeError;
use crate::message::http::{Error, Organization, Reply, RequestBuilder, record_path};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::reference::{IntoRecord, RecordRef};
use crate::table::Stateful;

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

#[diagnostic::do_not_recommend]
impl<T: Stateful> Message for SetState<T> {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "SetState"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let state = self.state.ok_or_else(|| undeclared_status::<T>(self.status))?;
        let path = record_path(org, T::METADATA, self.record.address())?;
        let body = format!("{{\"{}\":{state},\"{}\":{}}}", T::STATE, T::STATUS, self.status);
        RequestBuilder::new(org, Method::PATCH, path).if_match("*")?.json(body).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        Reply::accepted(response).map(Reply::nothing)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Stateful> WriteMessage for SetState<T> {}

/// The error of a status that no option is declared for: its state is not known.
pub(in crate::message) fn undeclared_status<T: Stateful>(status: i32) -> EncodeError {
    let problem = format!("no option with the value {status} is declared, so its state is not known");
    EncodeError::new(T::METADATA.logical_name, Some(T::STATUS), problem)
}
