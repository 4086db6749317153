//! The message Disassociate: `DELETE /set(id)/nav(id)/$ref`.

use bytes::Bytes;
use http::{Method, Request, Response};

use super::associate::reference_url;
use crate::message::http::{Error, Organization, Reply, RequestBuilder, record_path};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::query::{Many, Related};
use crate::reference::{Address, IntoRecord, LookupTarget, RecordRef};
use crate::{Entity, Id};

/// Removes a record of `R` from a collection of a record of `T`. The record itself stays.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::query::{Many, Related};
/// use dataverse_entity::tables::{OcSession, SessionEvent};
/// use dataverse_entity::{Organization, Uuid};
///
/// const EVENTS: Related<OcSession, SessionEvent, Many> =
///     Related::many("msdyn_ocsession_sessionevent_nested");
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let session: Id<OcSession> = Id::new(Uuid::from_u128(7));
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(8));
/// let request = OcSession::disassociate(session, EVENTS, event).request(&org)?;
/// assert_eq!(request.method(), "DELETE");
/// let path = request.uri().path();
/// assert!(path.ends_with(&format!("/msdyn_ocsession_sessionevent_nested({event})/$ref")));
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct Disassociate<T, R> {
    record: RecordRef<T>,
    navigation: &'static str,
    other: RecordRef<R>,
}

message_type!(Disassociate<T, R> where [] { record, navigation, other });

impl<T: Entity, R: LookupTarget<Key = Id<R>>> Disassociate<T, R> {
    /// Creates the message that removes `other` from this collection of `record`.
    pub fn new(
        record: impl IntoRecord<T>,
        navigation: Related<T, R, Many>,
        other: impl IntoRecord<R>,
    ) -> Self {
        Self { record: record.into_record(), navigation: navigation.name(), other: other.into_record() }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity, R: LookupTarget<Key = Id<R>>> Message for Disassociate<T, R> {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "Disassociate"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let collection =
            format!("{}/{}", record_path(org, T::METADATA, self.record.address())?, self.navigation);
        match self.other.address() {
            Address::Id(id) => {
                RequestBuilder::new(org, Method::DELETE, format!("{collection}({id})/$ref")).build()
            }
            _ => RequestBuilder::new(org, Method::DELETE, format!("{collection}/$ref"))
                .encoded_option("$id", &reference_url::<R>(&self.other, org)?)
                .build(),
        }
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        Reply::accepted(response).map(Reply::nothing)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity, R: LookupTarget<Key = Id<R>>> WriteMessage for Disassociate<T, R> {}
