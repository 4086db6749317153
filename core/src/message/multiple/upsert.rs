//! The message UpsertMultiple: `POST /set/Microsoft.Dynamics.CRM.UpsertMultiple`.

use bytes::Bytes;
use http::{Method, Request, Response};

use crate::Entity;
use crate::draft::Draft;
use crate::message::http::{Error, NAMESPACE, Organization, Reply, RequestBuilder};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::message::record::body;
use crate::message::record::upsert::{Cases, check};
use crate::reference::{IntoRecord, RecordRef};

/// Creates or updates several records of `T` in one request. In a standard table, it carries out all of the
/// upserts or none.
///
/// Columns that are valid for only a create or only an update are refused as in a single
/// [`Upsert`](crate::message::Upsert), unless [`allow_partly_ignored`](Self::allow_partly_ignored) permits
/// them.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
/// use dataverse_entity::{Organization, Uuid};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
/// let records = [(event, SessionEvent::create().name("Accepted"))];
/// let request = SessionEvent::upsert_multiple(records).request(&org)?;
/// assert!(request.uri().path().ends_with("/Microsoft.Dynamics.CRM.UpsertMultiple"));
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct UpsertMultiple<T, D> {
    pub(super) records: Vec<(RecordRef<T>, D)>,
    allow_partly_ignored: bool,
}

message_type!(UpsertMultiple<T, D> of D where [] { records, allow_partly_ignored });

impl<T: Entity, D: Draft<Table = T>> UpsertMultiple<T, D> {
    /// Creates the message for pairs of a record and the draft with its columns.
    pub fn new<R: IntoRecord<T>>(records: impl IntoIterator<Item = (R, D)>) -> Self {
        let records = records.into_iter().map(|(record, draft)| (record.into_record(), draft)).collect();
        Self { records, allow_partly_ignored: false }
    }

    /// Sets whether the drafts may hold columns that are valid only for a create or only for an update.
    /// Dataverse ignores them in the other case.
    pub fn allow_partly_ignored(mut self, on: bool) -> Self {
        self.allow_partly_ignored = on;
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity, D: Draft<Table = T>> Message for UpsertMultiple<T, D> {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "UpsertMultiple"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let cases = if self.allow_partly_ignored { Cases::NONE } else { Cases::BOTH };
        let records = self.records.iter().map(|(record, draft)| {
            check(draft, record.address(), T::METADATA, cases)?;
            let mut members = vec![body::type_member(T::METADATA)];
            members.extend(body::record_members(T::METADATA, record.address(), org)?);
            body::with(members, draft, org)
        });
        let path = format!("{}/{NAMESPACE}.UpsertMultiple", T::METADATA.entity_set_name);
        RequestBuilder::new(org, Method::POST, path).json(body::targets(records)?).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        Reply::accepted(response).map(Reply::nothing)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity, D: Draft<Table = T>> WriteMessage for UpsertMultiple<T, D> {}
