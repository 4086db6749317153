//! The message RetrievePrincipalAccess:
//! `GET /systemusers(id)/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(…)`, or of a team.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::Value;

use super::access_rights::AccessRights;
use super::parts;
use super::principal::{AsPrincipal, PrincipalRef};
use crate::Id;
use crate::message::http::{Error, NAMESPACE, Organization, Reply, RequestBuilder};
use crate::message::message::Message;
use crate::message::message_type::message_type;
use crate::table::UserOwned;

/// Asks which rights a user or a team has on a record of `T`, through roles, ownership and sharing together.
///
/// ```
/// use dataverse_entity::bytes::Bytes;
/// use dataverse_entity::http::Response;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{SessionEvent, SystemUser};
/// use dataverse_entity::{Organization, Uuid};
///
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
/// let user: Id<SystemUser> = Id::new(Uuid::from_u128(8));
/// let message = SessionEvent::retrieve_principal_access(event, user);
/// let answer = Response::new(Bytes::from_static(br#"{"AccessRights":"ReadAccess, WriteAccess"}"#));
/// assert!(message.response(answer)?.contains(AccessRights::WRITE));
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct RetrievePrincipalAccess<T> {
    record: Id<T>,
    principal: Result<PrincipalRef, String>,
}

message_type!(RetrievePrincipalAccess<T> where [] { record, principal });

impl<T: UserOwned> RetrievePrincipalAccess<T> {
    /// Creates the message for this record and this user or team.
    pub fn new(record: Id<T>, principal: impl AsPrincipal) -> Self {
        Self { record, principal: principal.principal().map_err(|error| error.to_string()) }
    }
}

#[diagnostic::do_not_recommend]
impl<T: UserOwned> Message for RetrievePrincipalAccess<T> {
    type Output = AccessRights;

    fn message_name(&self) -> &'static str {
        "RetrievePrincipalAccess"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let principal = parts::named(&self.principal)?;
        let path = format!("{}/{NAMESPACE}.RetrievePrincipalAccess(Target=@p1)", principal.url());
        RequestBuilder::new(org, Method::GET, path)
            .encoded_option("@p1", &parts::target_parameter(self.record))
            .build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<AccessRights, Error> {
        let reply = Reply::accepted(response)?;
        let body: Value = reply.json()?;
        parts::rights(&reply, body.get("AccessRights"))
    }
}
