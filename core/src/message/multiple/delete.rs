//! The message DeleteMultiple: `POST /set/Microsoft.Dynamics.CRM.DeleteMultiple`.

use bytes::Bytes;
use http::{Method, Request, Response};

use crate::Entity;
use crate::message::http::{Error, NAMESPACE, Organization, Reply, RequestBuilder};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::message::record::body;
use crate::reference::{IntoRecord, RecordRef};
use crate::table::Elastic;

/// Deletes several records of the elastic table `T` in one request. A standard table refuses the message.
///
/// Some deletions may succeed and others fail; [`Multiple::outcomes`](crate::message::Multiple::outcomes)
/// tells which. Name a row with a partition id by [`Id::in_partition`](crate::Id::in_partition). A message of
/// 100 records works best.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::{Organization, Uuid};
///
/// #[derive(DataverseEntity)]
/// #[entity(logical = "new_reading", set = "new_readings", table_type = "elastic")]
/// struct Reading {
///     #[attr(logical = "new_readingid", primary_id)]
///     id: Id<Reading>,
/// }
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let reading: Id<Reading> = Id::new(Uuid::from_u128(7));
/// let request = Reading::delete_multiple([reading.in_partition("device-1")]).request(&org)?;
/// let body = str::from_utf8(request.body()).unwrap();
/// assert!(body.contains(r#""partitionid":"device-1""#));
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct DeleteMultiple<T> {
    pub(super) records: Vec<RecordRef<T>>,
}

message_type!(DeleteMultiple<T> where [] { records });

impl<T: Entity> DeleteMultiple<T> {
    /// Creates the message for these records.
    pub fn new<R: IntoRecord<T>>(records: impl IntoIterator<Item = R>) -> Self
    where
        T: Elastic,
    {
        Self { records: records.into_iter().map(IntoRecord::into_record).collect() }
    }

    /// Creates the message without the bound, for code that has checked that the table is elastic.
    #[doc(hidden)]
    pub fn of_rows(records: impl IntoIterator<Item = RecordRef<T>>) -> Self {
        Self { records: records.into_iter().collect() }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity> Message for DeleteMultiple<T> {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "DeleteMultiple"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let records = self.records.iter().map(|record| {
            let mut members = vec![body::type_member(T::METADATA)];
            members.extend(body::record_members(T::METADATA, record.address(), org)?);
            Ok(body::object(&members))
        });
        let path = format!("{}/{NAMESPACE}.DeleteMultiple", T::METADATA.entity_set_name);
        RequestBuilder::new(org, Method::POST, path).json(body::targets(records)?).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        Reply::accepted(response).map(Reply::nothing)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity> WriteMessage for DeleteMultiple<T> {}
