//! The message Associate: `POST /set(id)/nav/$ref`.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::json;

use crate::encode::EncodeError;
use crate::message::http::{Error, Organization, Reply, RequestBuilder, record_path};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::query::{Many, Related};
use crate::reference::{Address, EntityNames, IntoRecord, LookupTarget, RecordRef};
use crate::{Entity, Id};

/// Adds a record of `R` to a collection of a record of `T`.
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
/// let request = OcSession::associate(session, EVENTS, event).request(&org)?;
/// assert_eq!(request.method(), "POST");
/// assert!(request.uri().path().ends_with("/msdyn_ocsession_sessionevent_nested/$ref"));
/// let url = format!("https://contoso.crm4.dynamics.com/api/data/v9.2/msdyn_sessionevents({event})");
/// assert_eq!(request.body(), format!(r#"{{"@odata.id":"{url}"}}"#).as_str());
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct Associate<T, R> {
    record: RecordRef<T>,
    navigation: &'static str,
    other: RecordRef<R>,
}

message_type!(Associate<T, R> where [] { record, navigation, other });

impl<T: Entity, R: LookupTarget<Key = Id<R>>> Associate<T, R> {
    /// Creates the message that adds `other` to this collection of `record`.
    pub fn new(
        record: impl IntoRecord<T>,
        navigation: Related<T, R, Many>,
        other: impl IntoRecord<R>,
    ) -> Self {
        Self { record: record.into_record(), navigation: navigation.name(), other: other.into_record() }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity, R: LookupTarget<Key = Id<R>>> Message for Associate<T, R> {
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

#[diagnostic::do_not_recommend]
impl<T: Entity, R: LookupTarget<Key = Id<R>>> WriteMessage for Associate<T, R> {}

/// Returns the absolute URL of a record, or the content-id of a record that the change set creates.
pub(super) fn reference_url<R: LookupTarget<Key = Id<R>>>(
    record: &RecordRef<R>,
    org: &Organization,
) -> Result<String, Error> {
    let table = &R::TARGETS[0];
    let path = record.address().url(&EntityNames::of_target(table), org.scope());
    let path = path.map_err(|problem| EncodeError::new(table.logical_name, None, problem))?;
    let root = if matches!(record.address(), Address::Content(_)) { "" } else { org.root_url() };
    Ok(format!("{root}{path}"))
}
