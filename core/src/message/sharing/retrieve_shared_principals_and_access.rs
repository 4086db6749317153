//! The message RetrieveSharedPrincipalsAndAccess: `GET /RetrieveSharedPrincipalsAndAccess(…)`.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::Value;
use uuid::Uuid;

use super::access_rights::AccessRights;
use super::parts;
use super::principal::PrincipalRef;
use crate::Id;
use crate::message::http::{Error, NAMESPACE, Organization, Reply, RequestBuilder};
use crate::message::message::Message;
use crate::message::message_type::message_type;
use crate::table::UserOwned;

/// Asks which users and teams a record of `T` is shared with.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
/// use dataverse_entity::{Organization, Uuid};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
/// let request = SessionEvent::retrieve_shared_principals_and_access(event).request(&org)?;
/// assert_eq!(
///     request.uri().path(),
///     "/api/data/v9.2/RetrieveSharedPrincipalsAndAccess(Target=@p1)"
/// );
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct RetrieveSharedPrincipalsAndAccess<T> {
    record: Id<T>,
}

message_type!(RetrieveSharedPrincipalsAndAccess<T> where [] { record });

/// A user or team that a record is shared with, and its rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SharedAccess {
    /// The user or team.
    pub principal: PrincipalRef,
    /// The rights.
    pub rights: AccessRights,
}

impl SharedAccess {
    /// Creates an access, for tests and fakes.
    pub const fn new(principal: PrincipalRef, rights: AccessRights) -> Self {
        Self { principal, rights }
    }
}

impl<T: UserOwned> RetrieveSharedPrincipalsAndAccess<T> {
    /// Creates the message for this record.
    pub fn new(record: Id<T>) -> Self {
        Self { record }
    }
}

#[diagnostic::do_not_recommend]
impl<T: UserOwned> Message for RetrieveSharedPrincipalsAndAccess<T> {
    type Output = Vec<SharedAccess>;

    fn message_name(&self) -> &'static str {
        "RetrieveSharedPrincipalsAndAccess"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        RequestBuilder::new(org, Method::GET, "RetrieveSharedPrincipalsAndAccess(Target=@p1)")
            .encoded_option("@p1", &parts::target_parameter(self.record))
            .build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        let reply = Reply::accepted(response)?;
        let body: Value = reply.json()?;
        match body.get("PrincipalAccesses") {
            Some(Value::Array(all)) => all.iter().map(|each| shared(&reply, each)).collect(),
            Some(Value::Null) => Ok(Vec::new()),
            _ => Err(reply.unreadable("it holds no `PrincipalAccesses`")),
        }
    }
}

/// Reads one access. The principal has the key of `principal`, whatever its own table calls it. The name of
/// its type begins with `#`.
fn shared(reply: &Reply, access: &Value) -> Result<SharedAccess, Error> {
    let principal = access.get("Principal").and_then(Value::as_object);
    let principal = principal.ok_or_else(|| reply.unreadable("it holds an access without a principal"))?;
    let id = ["ownerid", "systemuserid", "teamid"].iter().find_map(|key| principal.get(*key)?.as_str());
    let id = id.and_then(|id| Uuid::parse_str(id).ok());
    let table = principal.get("@odata.type").and_then(Value::as_str);
    let table = table.map(|name| name.trim_start_matches('#'));
    let table =
        table.map(|name| name.strip_prefix(NAMESPACE).map_or(name, |name| name.trim_start_matches('.')));
    let id = id.ok_or_else(|| reply.unreadable("it holds a principal without an id"))?;
    let principal = table.and_then(|table| PrincipalRef::of_table(id, table));
    let principal = principal
        .ok_or_else(|| reply.unreadable("it holds a principal that is neither a user nor a team"))?;
    Ok(SharedAccess::new(principal, parts::rights(reply, access.get("AccessMask"))?))
}
