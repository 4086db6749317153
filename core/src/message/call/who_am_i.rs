//! The message WhoAmI: `GET /WhoAmI()`.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::Value;
use uuid::Uuid;

use crate::message::http::{Error, Organization, Reply, RequestBuilder};
use crate::message::message::Message;
use crate::message::sharing::PrincipalRef;
use crate::{Entity, Id};

/// Asks who the caller is. A simple way to test a connection.
///
/// ```
/// use dataverse_entity::message::{Message, Organization, WhoAmI};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// assert_eq!(WhoAmI.request(&org)?.uri().path(), "/api/data/v9.2/WhoAmI()");
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[must_use = "a message does nothing until it is sent"]
pub struct WhoAmI;

/// The caller: the answer to [`WhoAmI`].
///
/// ```
/// use dataverse_entity::Uuid;
/// use dataverse_entity::message::{Caller, PrincipalRef};
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{BusinessUnit, SessionEvent, SystemUser};
///
/// # let (user, unit, organization) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
/// # let event: Id<SessionEvent> = Id::new(Uuid::from_u128(4));
/// let caller = Caller::new(PrincipalRef::user(user), unit, organization);
/// let assign = SessionEvent::assign(event, caller.user);
/// let user: Option<Id<SystemUser>> = caller.user.to_id();
/// let unit: Option<Id<BusinessUnit>> = caller.business_unit_id();
/// # assert!(user.is_some() && unit.is_some());
/// # let _ = assign;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Caller {
    /// The user. Accepted wherever a message takes a user.
    pub user: PrincipalRef,
    /// The user's business unit.
    pub business_unit: Uuid,
    /// The organization.
    pub organization: Uuid,
}

impl Caller {
    /// Creates a caller, for tests and fakes.
    pub const fn new(user: PrincipalRef, business_unit: Uuid, organization: Uuid) -> Self {
        Self { user, business_unit, organization }
    }

    /// Returns the id of the business unit as an id of `T`; `None` if `T` is not the table `businessunit`.
    pub fn business_unit_id<T: Entity>(&self) -> Option<Id<T>> {
        (T::TABLE.logical_name == "businessunit").then(|| Id::new(self.business_unit))
    }
}

#[diagnostic::do_not_recommend]
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
            user: PrincipalRef::user(id("UserId")?),
            business_unit: id("BusinessUnitId")?,
            organization: id("OrganizationId")?,
        })
    }
}
