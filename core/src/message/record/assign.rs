//! The message Assign: `PATCH /set(id)` with the owner.

use bytes::Bytes;
use http::{Method, Request, Response};

use crate::message::http::{Error, Organization, Reply, RequestBuilder, record_path};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::message::sharing::parts;
use crate::message::sharing::{AsPrincipal, PrincipalRef};
use crate::metadata::{AttributeType, EntityMetadata};
use crate::reference::{IntoRecord, RecordRef};
use crate::table::UserOwned;

/// Makes a user or a team the owner of a record of `T`.
///
/// ```
/// use dataverse_entity::Uuid;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{SessionEvent, Team};
///
/// let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
/// let team: Id<Team> = Id::new(Uuid::from_u128(8));
/// let request = SessionEvent::assign(event, team).request(&org)?;
/// assert_eq!(request.method(), "PATCH");
/// assert_eq!(request.body(), format!(r#"{{"ownerid@odata.bind":"/teams({team})"}}"#).as_str());
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct Assign<T> {
    record: RecordRef<T>,
    owner: Result<PrincipalRef, String>,
}

message_type!(Assign<T> where [] { record, owner });

impl<T: UserOwned> Assign<T> {
    /// Creates the message for this record and its new owner.
    pub fn new(record: impl IntoRecord<T>, owner: impl AsPrincipal) -> Self {
        Self { record: record.into_record(), owner: owner.principal().map_err(|error| error.to_string()) }
    }
}

#[diagnostic::do_not_recommend]
impl<T: UserOwned> Message for Assign<T> {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "Assign"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let owner = parts::named(&self.owner)?;
        let path = record_path(org, T::METADATA, self.record.address())?;
        let property = owner_property(T::METADATA, owner);
        let body = format!("{{\"{property}@odata.bind\":\"/{}\"}}", owner.url());
        RequestBuilder::new(org, Method::PATCH, path).if_match("*")?.json(body).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        Reply::accepted(response).map(Reply::nothing)
    }
}

#[diagnostic::do_not_recommend]
impl<T: UserOwned> WriteMessage for Assign<T> {}

/// Returns the navigation property of the table's owner column, which is `ownerid` in all tables.
fn owner_property(table: &'static EntityMetadata, owner: &PrincipalRef) -> &'static str {
    let mut columns = table.attributes.iter();
    let column = columns.find(|column| matches!(column.attribute_type, AttributeType::Owner { .. }));
    let property = column.and_then(|column| column.navigation.to(owner.table().logical_name));
    property.unwrap_or("ownerid")
}
