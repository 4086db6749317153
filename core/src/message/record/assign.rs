//! Assign: `PATCH /set(id)` with the owner.

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

/// Gives a record of `T` to a user or a team.
#[must_use = "a message does nothing until it is sent"]
pub struct Assign<T> {
    record: RecordRef<T>,
    owner: Result<PrincipalRef, String>,
}

message_type!(Assign<T> where [] { record, owner });

impl<T: UserOwned> Assign<T> {
    /// Gives this record to this user or team.
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

/// The navigation property of the owner: that of the table's owner column, which is `ownerid` in all tables.
fn owner_property(table: &'static EntityMetadata, owner: &PrincipalRef) -> &'static str {
    let mut columns = table.attributes.iter();
    let column = columns.find(|column| matches!(column.attribute_type, AttributeType::Owner { .. }));
    let property = column.and_then(|column| column.navigation.to(owner.table().logical_name));
    property.unwrap_or("ownerid")
}
