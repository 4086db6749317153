//! The message Retrieve: `GET /set(id)`.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};

use crate::encode::EncodeError;
use crate::message::http::{
    Annotations, Error, Organization, Preferences, Reply, RequestBuilder, record_path,
};
use crate::message::message::Message;
use crate::message::message_type::message_type;
use crate::query::{ExpandOptions, Expands, Related};
use crate::record::FromRow;
use crate::reference::{IntoRecord, RecordRef};
use crate::table::OptimisticConcurrency;
use crate::{Entity, Projection, Record};

/// Reads one record as `P`.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SystemUser;
/// use dataverse_entity::{Organization, Uuid};
///
/// #[derive(DataverseEntity)]
/// #[entity(of = SystemUser)]
/// struct UserName {
///     #[attr(logical = "fullname")]
///     full_name: Option<String>,
/// }
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let user: Id<SystemUser> = Id::new(Uuid::from_u128(7));
/// let request = UserName::retrieve(user).request(&org)?;
/// assert_eq!(
///     request.uri().path_and_query().unwrap().as_str(),
///     format!("/api/data/v9.2/systemusers({user})?$select=fullname")
/// );
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct Retrieve<P: Projection> {
    record: RecordRef<P::Table>,
    expands: Expands,
    preferences: Preferences,
    projection: PhantomData<fn() -> P>,
}

message_type!(Retrieve<P> where [P: Projection] { record, expands, preferences; skip projection });

impl<P: Projection> Retrieve<P> {
    /// Creates the message for this record.
    pub fn new(record: impl IntoRecord<P::Table>) -> Self {
        Self {
            record: record.into_record(),
            expands: Expands::default(),
            preferences: Preferences::default(),
            projection: PhantomData,
        }
    }

    /// Sets options for a navigation property that the struct expands, such as a filter. The last call for
    /// the same property wins.
    pub fn expand<R, N>(mut self, related: Related<P::Table, R, N>, options: ExpandOptions<R, N>) -> Self {
        self.expands.add(related, options);
        self
    }

    /// Sets which annotations the answer has, such as formatted values.
    pub fn annotations(mut self, annotations: Annotations) -> Self {
        self.preferences.annotations = Some(annotations);
        self
    }

    /// Reads the record only if its etag is no longer this one.
    ///
    /// Dataverse compares etags only if the struct expands nothing and the request asks for no annotations.
    /// Otherwise, it always answers with the record. A struct with an owner, or another lookup to several
    /// tables, asks for annotations by default: read a struct without such a lookup, or call
    /// `annotations(Annotations::none())`.
    pub fn if_changed(self, etag: impl Into<String>) -> RetrieveIfChanged<P>
    where
        P::Table: OptimisticConcurrency,
    {
        RetrieveIfChanged { retrieve: self, etag: etag.into() }
    }

    fn builder<'o>(&self, org: &'o Organization) -> Result<RequestBuilder<'o>, Error> {
        let table = P::Table::METADATA;
        let path = record_path(org, table, self.record.address())?;
        let expand = self.expands.text_for_record(P::PLAN);
        let expand = expand.map_err(|problem| EncodeError::new(table.logical_name, None, problem))?;
        Ok(RequestBuilder::new(org, Method::GET, path)
            .option("$select", &P::PLAN.texts().select)
            .option_if("$expand", expand)
            .prefer(self.preferences.reading(P::PLAN)))
    }
}

#[diagnostic::do_not_recommend]
impl<P: Projection + for<'de> FromRow<'de>> Message for Retrieve<P> {
    type Output = Record<P>;

    fn message_name(&self) -> &'static str {
        "Retrieve"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.builder(org)?.build()
    }

    fn __unbuilt<'o>(&self, org: &'o Organization) -> Option<Result<RequestBuilder<'o>, Error>> {
        Some(self.builder(org))
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        Reply::accepted(response)?.record()
    }
}

/// Reads one record if it has changed. [`Retrieve::if_changed`] makes one.
#[must_use = "a message does nothing until it is sent"]
pub struct RetrieveIfChanged<P: Projection> {
    retrieve: Retrieve<P>,
    etag: String,
}

message_type!(RetrieveIfChanged<P> where [P: Projection] { retrieve, etag });

#[diagnostic::do_not_recommend]
impl<P: Projection + for<'de> FromRow<'de>> Message for RetrieveIfChanged<P> {
    /// The record; `None` if it has not changed.
    type Output = Option<Record<P>>;

    fn message_name(&self) -> &'static str {
        "Retrieve"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.retrieve.builder(org)?.if_none_match(&self.etag)?.build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        Reply::accepted(response)?.record().map(Some)
    }
}
