//! WhoAmI: `GET /WhoAmI()`.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::Value;
use uuid::Uuid;

use crate::message::http::{Error, Organization, Reply, RequestBuilder};
use crate::message::message::Message;

/// Asks who the caller is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[must_use = "a message does nothing until it is sent"]
pub struct WhoAmI;

/// The caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Caller {
    /// The user.
    pub user: Uuid,
    /// The user's business unit.
    pub business_unit: Uuid,
    /// The organization.
    pub organization: Uuid,
}

impl Message for WhoAmI {
    type Output = Caller;

    fn message_name(&self) -> &'static str {
        "WhoAmI"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        RequestBuilder::new(org, Method::GET, "WhoAmI()").build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<Caller, Error> {
        let reply = Reply::accepted(response)?;
        let body: Value = reply.json()?;
        let id = |name: &str| {
            let id = body.get(name).and_then(Value::as_str).and_then(|id| Uuid::parse_str(id).ok());
            id.ok_or_else(|| reply.unreadable(format!("it holds no `{name}`")))
        };
        Ok(Caller {
            user: id("UserId")?,
            business_unit: id("BusinessUnitId")?,
            organization: id("OrganizationId")?,
        })
    }
}
