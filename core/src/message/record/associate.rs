//! Associate: `POST /set(id)/nav/$ref` for a collection, `PUT /set(id)/nav/$ref` for a lookup.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::json;

use crate::Entity;
use crate::message::http::{Error, Organization, Reply, RequestBuilder, record_path};
use crate::message::message::Message;
use crate::message::message_type::message_type;
use crate::query::{Many, Related};
use crate::reference::{Address, IntoRecord, RecordRef};

/// Puts a record of `R` into a collection of a record of `T`.
#[must_use = "a message does nothing until it is sent"]
pub struct Associate<T, R> {
    record: RecordRef<T>,
    navigation: &'static str,
    other: RecordRef<R>,
}

message_type!(Associate<T, R> where [] { record, navigation, other });

impl<T: Entity, R: Entity> Associate<T, R> {
    /// Puts `other` behind this navigation property of `record`.
    pub fn new(
        record: impl IntoRecord<T>,
        navigation: Related<T, R, Many>,
        other: impl IntoRecord<R>,
    ) -> Self {
        Self { record: record.into_record(), navigation: navigation.name(), other: other.into_record() }
    }
}

impl<T: Entity, R: Entity> Message for Associate<T, R> {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "Associate"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let path =
            format!("{}/{}/$ref", record_path(org, T::METADATA, self.record.address())?, self.navigation);
        let body = json!({ "@odata.id": reference_url::<R>(&self.other, org)? });
        RequestBuilder::new(org, Method::POST, path).json(body.to_string()).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        Reply::accepted(response).map(Reply::nothing)
    }
}

/// The absolute URL of a record; of one that the change set creates, its content-id.
pub(super) fn reference_url<R: Entity>(record: &RecordRef<R>, org: &Organization) -> Result<String, Error> {
    let path = record_path(org, R::METADATA, record.address())?;
    let root = if matches!(record.address(), Address::Content(_)) { "" } else { org.root_url() };
    Ok(format!("{root}{path}"))
}
