//! The message RevokeAccess: `POST /RevokeAccess`.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::json;

use super::parts;
use super::principal::{AsPrincipal, PrincipalRef};
use crate::Id;
use crate::message::http::{Error, Organization, Reply, RequestBuilder};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::table::UserOwned;

/// Stops sharing a record of `T` with a user or a team.
///
/// Rights through roles and ownership stay.
///
/// ```
/// use dataverse_entity::message::PrincipalRef;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
/// use dataverse_entity::{Organization, Uuid};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
/// let user = PrincipalRef::user(Uuid::from_u128(8));
/// let request = SessionEvent::revoke_access(event, user).request(&org)?;
/// let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
/// assert_eq!(body["Revokee"]["ownerid"], user.to_string());
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct RevokeAccess<T> {
    record: Id<T>,
    principal: Result<PrincipalRef, String>,
}

message_type!(RevokeAccess<T> where [] { record, principal });

impl<T: UserOwned> RevokeAccess<T> {
    /// Creates the message for this record and this user or team.
    pub fn new(record: Id<T>, principal: impl AsPrincipal) -> Self {
        Self { record, principal: principal.principal().map_err(|error| error.to_string()) }
    }
}

#[diagnostic::do_not_recommend]
impl<T: UserOwned> Message for RevokeAccess<T> {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "RevokeAccess"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let principal = parts::named(&self.principal)?;
        let body = json!({
            "Target": parts::target(self.record),
            // The key of `principal`, from which users and teams derive.
            "Revokee": parts::principal(principal, "ownerid"),
        });
        RequestBuilder::new(org, Method::POST, "RevokeAccess").json(body.to_string()).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        Reply::accepted(response).map(Reply::nothing)
    }
}

#[diagnostic::do_not_recommend]
impl<T: UserOwned> WriteMessage for RevokeAccess<T> {}
