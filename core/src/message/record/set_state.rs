//! The message SetState: `PATCH /set(id)` with state and status. The Web API has no action for it.

use bytes::Bytes;
use http::{Method, Request, Response};

use crate::column::{OptionSet, StatusSet};
use crate::encode::EncodeError;
use crate::message::http::{Error, Organization, Reply, RequestBuilder, record_path};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::reference::{IntoRecord, RecordRef};
use crate::table::Stateful;

/// Sets the status of a record of `T`, and the state of that status.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{SessionEvent, session_event::StatusReason};
/// use dataverse_entity::{Organization, Uuid};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
/// let request = SessionEvent::set_state(event, StatusReason::Inactive).request(&org)?;
/// assert_eq!(request.body(), r#"{"statecode":1,"statuscode":2}"#);
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct SetState<T: Stateful> {
    record: RecordRef<T>,
    status: i32,
    state: Option<i32>,
}

message_type!(SetState<T> where [T: Stateful] { record, status, state });

impl<T: Stateful<Status: StatusSet>> SetState<T> {
    /// Creates the message for this record and its new status.
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

/// Returns the error of a status for which no option is declared, so that its state is unknown.
pub(in crate::message) fn undeclared_status<T: Stateful>(status: i32) -> EncodeError {
    let problem = format!("no option with the value {status} is declared, so its state is not known");
    EncodeError::new(T::METADATA.logical_name, Some(T::STATUS), problem)
}
