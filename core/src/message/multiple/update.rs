//! The message UpdateMultiple: `POST /set/Microsoft.Dynamics.CRM.UpdateMultiple`.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response};

use crate::Entity;
use crate::draft::{Columns, Draft, UpdateDraft, is_empty};
use crate::encode::EncodeError;
use crate::message::http::{Error, NAMESPACE, Organization, Reply, RequestBuilder};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::message::record::body;
use crate::message::record::update::record;
use crate::reference::Address;

/// Updates several records of `T` in one request. In a standard table, it updates all of them or none.
///
/// Updates that hold no column are not sent. Name the records by their ids: with an alternate key, the
/// request cannot be built. A message of 100 to 1,000 records works best.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
/// use dataverse_entity::{Organization, Uuid};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let events = [1, 2].map(|number| Id::<SessionEvent>::new(Uuid::from_u128(number)));
/// let updates = events.map(|event| SessionEvent::update(event).name("Closed"));
/// let request = SessionEvent::update_multiple(updates).request(&org)?;
/// assert!(request.uri().path().ends_with("/Microsoft.Dynamics.CRM.UpdateMultiple"));
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct UpdateMultiple<T: Entity, D = <T as Entity>::Update> {
    pub(super) drafts: Vec<D>,
    table: PhantomData<fn() -> T>,
}

message_type!(UpdateMultiple<T, D> of D where [T: Entity] { drafts; skip table });

impl<T: Entity, D: Draft<Table = T, Kind = UpdateDraft>> UpdateMultiple<T, D> {
    /// Creates the message for these updates.
    pub fn new(drafts: impl IntoIterator<Item = D>) -> Self {
        Self { drafts: drafts.into_iter().collect(), table: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity, D: Draft<Table = T, Kind = UpdateDraft>> Message for UpdateMultiple<T, D> {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "UpdateMultiple"
    }

    fn known_answer(&self) -> Option<()> {
        (!self.drafts.is_empty() && self.drafts.iter().all(|draft| is_empty(draft))).then_some(())
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let records =
            self.drafts.iter().filter(|draft| !is_empty(*draft)).map(|draft| target::<T>(draft, org));
        let path = format!("{}/{NAMESPACE}.UpdateMultiple", T::METADATA.entity_set_name);
        RequestBuilder::new(org, Method::POST, path).json(body::targets(records)?).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        Reply::accepted(response).map(Reply::nothing)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity, D: Draft<Table = T, Kind = UpdateDraft>> WriteMessage for UpdateMultiple<T, D> {}

fn target<T: Entity>(draft: &dyn Columns, org: &Organization) -> Result<String, Error> {
    let address = record(draft)?;
    if !matches!(address, Address::Id(_) | Address::Partitioned { .. }) {
        let problem = format!("UpdateMultiple names records by their ids, not as {address}");
        return Err(EncodeError::new(T::METADATA.logical_name, None, problem).into());
    }
    let mut members = vec![body::type_member(T::METADATA)];
    members.extend(body::record_members(T::METADATA, address, org)?);
    body::with(members, draft, org)
}
