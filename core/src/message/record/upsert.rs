//! The message Upsert: `PATCH /set(id)` or `PATCH /set(key='…')` without `If-Match`.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};

use super::body;
use crate::column::Pending;
use crate::draft::{Columns, Draft, entries, nested_records};
use crate::encode::EncodeError;
use crate::message::http::{Error, Organization, Reply, RequestBuilder, record_path};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::metadata::EntityMetadata;
use crate::record::FromRow;
use crate::reference::{Address, IntoRecord, PARTITION_ID, RecordRef};
use crate::{Entity, Id, Projection, Record};

/// Creates the record if it does not exist, else updates it.
///
/// The draft is a create or an update. Some columns are valid only for a create or only for an update. In the
/// other case, Dataverse ignores them without an error. So the request of an upsert with such a column cannot
/// be built, unless [`allow_partly_ignored`](Self::allow_partly_ignored) permits it.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
/// use dataverse_entity::{Organization, Uuid};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
/// let request = SessionEvent::upsert(event, SessionEvent::create().name("Accepted")).request(&org)?;
/// assert_eq!(request.method(), "PATCH");
/// assert!(!request.headers().contains_key("if-match"));
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct Upsert<T, D> {
    record: RecordRef<T>,
    draft: D,
    condition: Condition,
    allow_partly_ignored: bool,
}

message_type!(Upsert<T, D> of D where [] { record, draft, condition, allow_partly_ignored });

/// The condition that limits an upsert to a create or an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Condition {
    None,
    OnlyCreate,
    OnlyUpdate,
}

/// The answer to an upsert.
#[non_exhaustive]
pub struct Upserted<T> {
    /// The id of the record; `None` if the answer names the record by an alternate key, as the upsert did.
    pub id: Option<Id<T>>,
}

impl<T> Upserted<T> {
    /// Creates an answer, for tests and fakes.
    pub const fn new(id: Option<Id<T>>) -> Self {
        Self { id }
    }
}

// Without bounds on the table, which is only named.
impl<T> Clone for Upserted<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Upserted<T> {}

impl<T> PartialEq for Upserted<T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<T> Eq for Upserted<T> {}

impl<T> core::hash::Hash for Upserted<T> {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl<T> core::fmt::Debug for Upserted<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Upserted").field("id", &self.id).finish()
    }
}

impl<T: Entity, D: Draft<Table = T>> Upsert<T, D> {
    /// Creates the message for this record with the columns of the draft.
    pub fn new(record: impl IntoRecord<T>, draft: D) -> Self {
        Self { record: record.into_record(), draft, condition: Condition::None, allow_partly_ignored: false }
    }

    /// Sets whether the upsert only creates. If the record exists, the error
    /// [is a duplicate](Error::is_duplicate). If you also call [`only_update`](Self::only_update), the last
    /// call wins.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    /// use dataverse_entity::{Organization, Uuid};
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
    /// let upsert = SessionEvent::upsert(event, SessionEvent::create().name("Accepted"));
    /// let request = upsert.only_create(true).request(&org)?;
    /// assert_eq!(request.headers()["if-none-match"], "*");
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn only_create(self, on: bool) -> Self {
        self.only(Condition::OnlyCreate, on)
    }

    /// Sets whether the upsert only updates. If the record does not exist, the error is
    /// [not found](Error::is_not_found). If you also call [`only_create`](Self::only_create), the last call
    /// wins.
    pub fn only_update(self, on: bool) -> Self {
        self.only(Condition::OnlyUpdate, on)
    }

    fn only(mut self, condition: Condition, on: bool) -> Self {
        if on {
            self.condition = condition;
        } else if self.condition == condition {
            self.condition = Condition::None;
        }
        self
    }

    /// Sets whether the draft may hold columns that are valid only for a create or only for an update.
    /// Dataverse ignores them in the other case.
    pub fn allow_partly_ignored(mut self, on: bool) -> Self {
        self.allow_partly_ignored = on;
        self
    }

    /// Returns the message that answers with the stored record, and with whether it was created.
    ///
    /// ```
    /// use dataverse_entity::bytes::Bytes;
    /// use dataverse_entity::http::{Response, StatusCode};
    /// use dataverse_entity::message::UpsertedRecord;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let event: Id<SessionEvent> = Id::new(dataverse_entity::Uuid::from_u128(7));
    /// let upsert = SessionEvent::upsert(event, SessionEvent::create().name("Accepted"));
    /// let upsert = upsert.returning::<SessionEvent>();
    ///
    /// let body = format!(r#"{{"msdyn_sessioneventid":"{event}","msdyn_name":"Accepted"}}"#);
    /// let mut answer = Response::new(Bytes::from(body));
    /// *answer.status_mut() = StatusCode::CREATED;
    /// assert!(matches!(upsert.response(answer)?, UpsertedRecord::Created(_)));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn returning<P: Projection<Table = T>>(self) -> UpsertReturning<T, D, P> {
        UpsertReturning { upsert: self, projection: PhantomData }
    }

    /// Reads the answer. If the upsert only creates, a failed condition means that the record exists.
    fn accepted(&self, response: Response<Bytes>) -> Result<Reply, Error> {
        Reply::accepted(response).map_err(|error| match self.condition {
            Condition::OnlyCreate => error.condition_is_absence(),
            Condition::None | Condition::OnlyUpdate => error,
        })
    }

    fn builder<'o>(&self, org: &'o Organization) -> Result<RequestBuilder<'o>, Error> {
        let path = record_path(org, T::METADATA, self.record.address())?;
        let request = RequestBuilder::new(org, Method::PATCH, path);
        let request = match self.condition {
            Condition::None => request,
            Condition::OnlyCreate => request.if_none_match("*")?,
            Condition::OnlyUpdate => request.if_match("*")?,
        };
        let cases = if self.allow_partly_ignored { Cases::NONE } else { self.condition.cases() };
        check(&self.draft, self.record.address(), T::METADATA, cases)?;
        Ok(request.json(body::of(&self.draft, org)?))
    }
}

/// The cases in which each column of an upsert must have an effect.
#[derive(Debug, Clone, Copy)]
pub(in crate::message) struct Cases {
    create: bool,
    update: bool,
}

impl Cases {
    pub(in crate::message) const BOTH: Self = Self { create: true, update: true };
    pub(in crate::message) const NONE: Self = Self { create: false, update: false };
}

impl Condition {
    fn cases(self) -> Cases {
        match self {
            Self::None => Cases::BOTH,
            Self::OnlyCreate => Cases { create: true, update: false },
            Self::OnlyUpdate => Cases { create: false, update: true },
        }
    }
}

/// Returns an error if Dataverse would refuse the body of an upsert, or ignore a part of it.
pub(in crate::message) fn check(
    draft: &dyn Columns,
    address: &Address,
    table: &'static EntityMetadata,
    cases: Cases,
) -> Result<(), Error> {
    if draft.record().is_some_and(|record| record != address) {
        let problem = "the update in the upsert is for another record than the upsert";
        return Err(EncodeError::new(table.logical_name, None, problem).into());
    }
    // webapi/update-delete-entities-using-web-api has no such body, and Dataverse refuses it: "Deep update of
    // navigation properties is not allowed" (0x80060888).
    if !draft.collections().is_empty() || !nested_records(draft).is_empty() {
        let problem =
            "an upsert cannot make or link related records; send a create, or the records one by one";
        return Err(EncodeError::new(table.logical_name, None, problem).into());
    }
    for (column, _) in entries(draft).filter(|(_, pending)| !matches!(pending, Pending::Keep)) {
        let refuse = |problem: String| {
            Err(EncodeError::new(table.logical_name, Some(column.logical_name), problem).into())
        };
        let in_key = match address {
            Address::Key { parts, .. } => {
                column.read_name().is_some_and(|name| parts.iter().any(|(part, _)| *part == name))
            }
            Address::Partitioned { .. } => {
                [table.primary_id_attribute, PARTITION_ID].contains(&column.logical_name)
            }
            _ => column.logical_name == table.primary_id_attribute,
        };
        if in_key {
            return refuse("names the record already and is left out of the body of an upsert".to_owned());
        }
        let lost = match (cases.create && !column.is_creatable(), cases.update && !column.is_updatable()) {
            (true, _) => "creates",
            (_, true) => "updates",
            (false, false) => continue,
        };
        return refuse(format!(
            "if the upsert {lost}, Dataverse ignores this column without an error; leave it out, or call \
             `allow_partly_ignored`"
        ));
    }
    Ok(())
}

#[diagnostic::do_not_recommend]
impl<T: Entity, D: Draft<Table = T>> Message for Upsert<T, D> {
    type Output = Upserted<T>;

    fn message_name(&self) -> &'static str {
        "Upsert"
    }

    /// A second upsert updates the record that the first one created, with the same values.
    fn is_idempotent(&self) -> bool {
        self.condition != Condition::OnlyCreate
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.builder(org)?.build()
    }

    fn __unbuilt<'o>(&self, org: &'o Organization) -> Option<Result<RequestBuilder<'o>, Error>> {
        Some(self.builder(org))
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        let reply = self.accepted(response)?;
        Ok(Upserted { id: self.record.id().or_else(|| reply.entity_id().map(Id::new)) })
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity, D: Draft<Table = T>> WriteMessage for Upsert<T, D> {}

/// Upserts a record and reads it back in one request. [`Upsert::returning`] makes one.
#[must_use = "a message does nothing until it is sent"]
pub struct UpsertReturning<T, D, P> {
    upsert: Upsert<T, D>,
    projection: PhantomData<fn() -> P>,
}

message_type!(UpsertReturning<T, D, P> of D where [] { upsert; skip projection });

/// The stored record after an upsert.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum UpsertedRecord<P> {
    /// The upsert created the record.
    Created(Record<P>),
    /// The upsert updated the record.
    Updated(Record<P>),
}

impl<P> UpsertedRecord<P> {
    /// Returns the record.
    pub fn into_record(self) -> Record<P> {
        match self {
            Self::Created(record) | Self::Updated(record) => record,
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T, D, P> Message for UpsertReturning<T, D, P>
where
    T: Entity,
    D: Draft<Table = T>,
    P: Projection<Table = T> + for<'de> FromRow<'de>,
{
    type Output = UpsertedRecord<P>;

    fn message_name(&self) -> &'static str {
        "Upsert"
    }

    fn is_idempotent(&self) -> bool {
        self.upsert.is_idempotent()
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.upsert.builder(org)?.returning::<P>().build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        let reply = self.upsert.accepted(response)?;
        let record = reply.record()?;
        let created = reply.status() == StatusCode::CREATED;
        Ok(if created { UpsertedRecord::Created(record) } else { UpsertedRecord::Updated(record) })
    }
}

#[diagnostic::do_not_recommend]
impl<T, D, P> WriteMessage for UpsertReturning<T, D, P>
where
    T: Entity,
    D: Draft<Table = T>,
    P: Projection<Table = T> + for<'de> FromRow<'de>,
{
}
