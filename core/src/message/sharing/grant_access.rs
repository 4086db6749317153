//! GrantAccess: `POST /GrantAccess`.

use bytes::Bytes;
use http::{Method, Request, Response};

use super::access_rights::AccessRights;
use super::parts;
use super::principal::{AsPrincipal, PrincipalRef};
use crate::Id;
use crate::message::http::{Error, Organization, Reply, RequestBuilder};
use crate::message::message::Message;
use crate::message::message_type::message_type;
use crate::table::UserOwned;

/// Shares a record of `T` with a user or a team.
#[must_use = "a message does nothing until it is sent"]
pub struct GrantAccess<T> {
    record: Id<T>,
    principal: Result<PrincipalRef, String>,
    rights: AccessRights,
}

message_type!(GrantAccess<T> where [] { record, principal, rights });

impl<T: UserOwned> GrantAccess<T> {
    /// Gives this user or team these rights on this record, beside those it has.
    pub fn new(record: Id<T>, principal: impl AsPrincipal, rights: AccessRights) -> Self {
        Self { record, principal: principal.principal().map_err(|error| error.to_string()), rights }
    }
}

impl<T: UserOwned> Message for GrantAccess<T> {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "GrantAccess"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let body = parts::grant(self.record, &self.principal, self.rights)?;
        RequestBuilder::new(org, Method::POST, "GrantAccess").json(body.to_string()).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        Reply::accepted(response).map(Reply::nothing)
    }
}
