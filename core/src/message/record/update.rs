//! The message Update: `PATCH /set(id)` with `If-Match`, so that it never creates a record.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response};

use super::body;
use crate::draft::{Columns, Draft, UpdateDraft, is_empty};
use crate::encode::EncodeError;
use crate::message::http::{Error, Organization, Reply, RequestBuilder, record_path};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::record::FromRow;
use crate::reference::Address;
use crate::table::OptimisticConcurrency;
use crate::{Entity, Projection, Record};

/// Updates a record. A draft is already this message. The type adds two choices: an etag, and the stored
/// record as the answer.
///
/// An update that holds no column changes nothing and is [not sent](Message::known_answer). With an etag, or
/// if it returns the record, it is always sent, because only the server knows the answer.
#[must_use = "a message does nothing until it is sent"]
pub struct Update<D> {
    draft: D,
    etag: Option<String>,
}

message_type!(Update<D> of D where [] { draft, etag });

impl<D: Draft<Table: Entity, Kind = UpdateDraft>> Update<D> {
    /// Creates the message from an update.
    pub fn new(draft: D) -> Self {
        Self { draft, etag: None }
    }

    /// Updates the record only if its etag is still this one. Otherwise, the error
    /// [is a conflict](Error::is_conflict).
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    /// use dataverse_entity::{Organization, Uuid};
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
    /// let update = SessionEvent::update(event).name("Closed").if_match(r#"W/"470867""#);
    /// assert_eq!(update.request(&org)?.headers()["if-match"], r#"W/"470867""#);
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn if_match(mut self, etag: impl Into<String>) -> Self
    where
        D::Table: OptimisticConcurrency,
    {
        self.etag = Some(etag.into());
        self
    }

    fn unbuilt<'o>(&self, org: &'o Organization) -> Result<RequestBuilder<'o>, Error> {
        Ok(builder(&self.draft, self.etag.as_deref(), org)?.json(body::of(&self.draft, org)?))
    }

    /// Returns the message that answers with the stored record, read as `P`. The answer leaves out what the
    /// struct expands.
    pub fn returning<P: Projection<Table = D::Table>>(self) -> UpdateReturning<D, P> {
        UpdateReturning { update: self, projection: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<D: Draft<Table: Entity, Kind = UpdateDraft>> Message for Update<D> {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "Update"
    }

    /// Setting the same values again changes nothing. With an etag, the second attempt would fail.
    fn is_idempotent(&self) -> bool {
        self.etag.is_none()
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.unbuilt(org)?.build()
    }

    fn __unbuilt<'o>(&self, org: &'o Organization) -> Option<Result<RequestBuilder<'o>, Error>> {
        Some(self.unbuilt(org))
    }

    fn known_answer(&self) -> Option<()> {
        (self.etag.is_none() && is_empty(&self.draft)).then_some(())
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        Reply::accepted(response).map(Reply::nothing)
    }
}

#[diagnostic::do_not_recommend]
impl<D: Draft<Table: Entity, Kind = UpdateDraft>> WriteMessage for Update<D> {}

/// Updates a record and reads it back in one request.
///
/// ```
/// use dataverse_entity::message::UpdateReturning;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
/// use dataverse_entity::{Organization, Uuid};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
/// let update = SessionEvent::update(event).name("Closed");
/// let update: UpdateReturning<_, SessionEvent> = update.returning();
/// let request = update.request(&org)?;
/// assert_eq!(request.method(), "PATCH");
/// assert_eq!(request.body(), r#"{"msdyn_name":"Closed"}"#);
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct UpdateReturning<D, P> {
    update: Update<D>,
    projection: PhantomData<fn() -> P>,
}

message_type!(UpdateReturning<D, P> of D where [] { update; skip projection });

#[diagnostic::do_not_recommend]
impl<D, P> Message for UpdateReturning<D, P>
where
    D: Draft<Table: Entity, Kind = UpdateDraft>,
    P: Projection<Table = D::Table> + for<'de> FromRow<'de>,
{
    type Output = Record<P>;

    fn message_name(&self) -> &'static str {
        "Update"
    }

    fn is_idempotent(&self) -> bool {
        self.update.is_idempotent()
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        builder(&self.update.draft, self.update.etag.as_deref(), org)?
            .returning::<P>()
            .json(body::of(&self.update.draft, org)?)
            .build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        Reply::accepted(response)?.record()
    }
}

#[diagnostic::do_not_recommend]
impl<D, P> WriteMessage for UpdateReturning<D, P>
where
    D: Draft<Table: Entity, Kind = UpdateDraft>,
    P: Projection<Table = D::Table> + for<'de> FromRow<'de>,
{
}

/// Starts a `PATCH` of the draft's record, with this etag or `*` as the condition.
pub(in crate::message) fn builder<'o>(
    draft: &dyn Columns,
    etag: Option<&str>,
    org: &'o Organization,
) -> Result<RequestBuilder<'o>, Error> {
    let path = record_path(org, draft.plan().table, record(draft)?)?;
    RequestBuilder::new(org, Method::PATCH, path).if_match(etag.unwrap_or("*"))
}

/// Returns the record that an update names.
pub(in crate::message) fn record(draft: &dyn Columns) -> Result<&Address, Error> {
    let missing = || EncodeError::new(draft.plan().table.logical_name, None, "the update names no record");
    Ok(draft.record().ok_or_else(missing)?)
}
