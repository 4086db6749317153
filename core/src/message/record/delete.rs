//! The message Delete: `DELETE /set(id)`.

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};

use crate::Entity;
use crate::message::http::{Error, Organization, Repeated, Reply, RequestBuilder, record_path};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::reference::{IntoRecord, RecordRef};
use crate::table::OptimisticConcurrency;

/// Deletes a record of `T`.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
/// use dataverse_entity::{Organization, Uuid};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
/// let request = SessionEvent::delete(event).request(&org)?;
/// assert_eq!(request.method(), "DELETE");
/// assert_eq!(request.uri().path(), format!("/api/data/v9.2/msdyn_sessionevents({event})"));
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct Delete<T> {
    record: RecordRef<T>,
    etag: Option<String>,
}

message_type!(Delete<T> where [] { record, etag });

impl<T: Entity> Delete<T> {
    /// Creates the message for this record.
    pub fn new(record: impl IntoRecord<T>) -> Self {
        Self { record: record.into_record(), etag: None }
    }

    /// Deletes the record only if its etag is still this one. Otherwise, the error
    /// [is a conflict](Error::is_conflict).
    pub fn if_match(mut self, etag: impl Into<String>) -> Self
    where
        T: OptimisticConcurrency,
    {
        self.etag = Some(etag.into());
        self
    }

    fn builder<'o>(&self, org: &'o Organization) -> Result<RequestBuilder<'o>, Error> {
        let path = record_path(org, T::METADATA, self.record.address())?;
        let request = RequestBuilder::new(org, Method::DELETE, path);
        match &self.etag {
            Some(etag) => request.if_match(etag),
            None => Ok(request),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity> Message for Delete<T> {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "Delete"
    }

    /// A deleted record stays deleted. The error of a second deletion is [not found](Error::is_not_found). If
    /// the client itself sent the request again, without knowing whether it was carried out, the deletion has
    /// succeeded.
    fn is_idempotent(&self) -> bool {
        self.etag.is_none()
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.builder(org)?.build()
    }

    fn __unbuilt<'o>(&self, org: &'o Organization) -> Option<Result<RequestBuilder<'o>, Error>> {
        Some(self.builder(org))
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        if response.status() == StatusCode::NOT_FOUND && Repeated::is_marked(&response) {
            return Ok(());
        }
        Reply::accepted(response).map(Reply::nothing)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity> WriteMessage for Delete<T> {}
