//! The message IsValidStateTransition: `GET /IsValidStateTransition(…)`.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::Value;

use crate::Id;
use crate::column::{OptionSet, StatusSet};
use crate::encode::Literal;
use crate::message::http::{Error, Organization, Reply, RequestBuilder};
use crate::message::message::Message;
use crate::message::message_type::message_type;
use crate::message::record::set_state::undeclared_status;
use crate::message::sharing::parts;
use crate::table::Stateful;

/// Asks whether a record of `T` may change to a status, and to the state of that status.
///
/// The request names the state by its invariant name. No recorded request is public; Microsoft's samples for
/// its SDK use the invariant name.
///
/// ```
/// use dataverse_entity::bytes::Bytes;
/// use dataverse_entity::http::Response;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{SessionEvent, session_event::StatusReason};
///
/// let event: Id<SessionEvent> = Id::new(dataverse_entity::Uuid::from_u128(7));
/// let message = SessionEvent::is_valid_state_transition(event, StatusReason::Inactive);
/// assert!(message.response(Response::new(Bytes::from_static(br#"{"IsValid":true}"#)))?);
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct IsValidStateTransition<T: Stateful> {
    record: Id<T>,
    status: i32,
    state: Option<&'static str>,
}

message_type!(IsValidStateTransition<T> where [T: Stateful] { record, status, state });

impl<T: Stateful<Status: StatusSet>> IsValidStateTransition<T> {
    /// Creates the message for this record and the status to change to.
    pub fn new(record: Id<T>, status: T::Status) -> Self {
        let state = status.state().and_then(OptionSet::metadata);
        let state = state.map(|state| state.invariant_name.unwrap_or(state.label));
        Self { record, status: status.value(), state }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Stateful> Message for IsValidStateTransition<T> {
    type Output = bool;

    fn message_name(&self) -> &'static str {
        "IsValidStateTransition"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let state = self.state.ok_or_else(|| undeclared_status::<T>(self.status))?;
        RequestBuilder::new(org, Method::GET, "IsValidStateTransition(Entity=@p1,NewState=@p2,NewStatus=@p3)")
            .encoded_option("@p1", &parts::target_parameter(self.record))
            .encoded_option("@p2", &Literal::text(state).odata())
            .encoded_option("@p3", &self.status.to_string())
            .build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<bool, Error> {
        let reply = Reply::accepted(response)?;
        let body: Value = reply.json()?;
        let valid = body.get("IsValid").and_then(Value::as_bool);
        valid.ok_or_else(|| reply.unreadable("it holds no `IsValid`"))
    }
}
