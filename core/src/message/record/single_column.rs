//! Messages about one column of a record: `GET`, `PUT` and `DELETE` of `/set(id)/column`.

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use serde_json::json;

use super::body;
use super::update::record;
use crate::Entity;
use crate::column::Pending;
use crate::column::{ReadColumn, Written};
use crate::draft::{Draft, UpdateDraft, entries};
use crate::encode::EncodeError;
use crate::message::http::{Error, Organization, Reply, RequestBuilder, record_path};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::metadata::AttributeMetadata;
use crate::query::Column;
use crate::record::read_single;
use crate::reference::{Address, EntityNames, IntoRecord, RecordRef};

/// Sets or clears one column through its own URL. Dataverse accepts no etag for it.
///
/// [`DraftMessages::single_column`](super::DraftMessages::single_column) makes one of an update that holds
/// one column. So it can set only columns that an update can set.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
/// use dataverse_entity::{Organization, Uuid};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
/// let request = SessionEvent::update(event).name("Closed").single_column().request(&org)?;
/// assert_eq!(request.method(), "PUT");
/// assert!(request.uri().path().ends_with("/msdyn_name"));
/// assert_eq!(request.body(), r#"{"value":"Closed"}"#);
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct SingleColumn<D> {
    update: D,
}

message_type!(SingleColumn<D> of D where [] { update });

impl<D: Draft<Table: Entity, Kind = UpdateDraft>> SingleColumn<D> {
    /// Creates the message from an update that holds one column.
    pub fn new(update: D) -> Self {
        Self { update }
    }
}

#[diagnostic::do_not_recommend]
impl<D: Draft<Table: Entity, Kind = UpdateDraft>> Message for SingleColumn<D> {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "Update"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let table = self.update.plan().table;
        let mut held = entries(&self.update).filter(|(_, pending)| !matches!(pending, Pending::Keep));
        let (Some((column, pending)), None) = (held.next(), held.next()) else {
            let problem = "the update of a single column must hold exactly one column";
            return Err(EncodeError::new(table.logical_name, None, problem).into());
        };
        let record = record_path(org, table, record(&self.update)?)?;
        if column.attribute_type.is_lookup() {
            return lookup(&record, column, &pending, org);
        }
        let path = format!("{record}/{}", column.logical_name);
        if matches!(pending, Pending::Clear) {
            return RequestBuilder::new(org, Method::DELETE, path).build();
        }
        let body = body::single_value(&self.update, column.logical_name, org)?;
        RequestBuilder::new(org, Method::PUT, path).json(body).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        Reply::accepted(response).map(Reply::nothing)
    }
}

#[diagnostic::do_not_recommend]
impl<D: Draft<Table: Entity, Kind = UpdateDraft>> WriteMessage for SingleColumn<D> {}

/// Builds the request that sets or clears a lookup, through its navigation property.
fn lookup(
    record: &str,
    column: &'static AttributeMetadata,
    pending: &Pending<'_>,
    org: &Organization,
) -> Result<Request<Bytes>, Error> {
    let refuse = |problem: &str| Error::invalid_request(format!("{}: {problem}", column.logical_name));
    if let Pending::Set(Written::Reference(bound)) = pending {
        let destination = bound.destination(&column.navigation);
        let (property, entity_set) = destination.map_err(|problem| refuse(&problem))?;
        let names = EntityNames { entity_set, primary_id: bound.primary_id() };
        let url = bound.address.url(&names, org.scope()).map_err(|problem| refuse(&problem))?;
        let root = if matches!(bound.address, Address::Content(_)) { "" } else { org.root_url() };
        let body = json!({ "@odata.id": format!("{root}{url}") });
        return RequestBuilder::new(org, Method::PUT, format!("{record}/{property}/$ref"))
            .json(body.to_string())
            .build();
    }
    let mut properties = column.navigation.properties();
    let (Some(property), None) = (properties.next(), properties.next()) else {
        return Err(refuse("the lookup has several navigation properties; send the update itself"));
    };
    RequestBuilder::new(org, Method::DELETE, format!("{record}/{property}/$ref")).build()
}

/// Reads one column of a record of `T` as a `V`; `None` if the column has no value.
///
/// ```
/// use dataverse_entity::bytes::Bytes;
/// use dataverse_entity::http::Response;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
/// use dataverse_entity::{Organization, Uuid};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
/// let message = SessionEvent::retrieve_column(event, SessionEvent::NAME);
/// assert!(message.request(&org)?.uri().path().ends_with("/msdyn_name"));
/// let answer = Response::new(Bytes::from_static(br#"{"value":"Accepted"}"#));
/// assert_eq!(message.response(answer)?.as_deref(), Some("Accepted"));
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct RetrieveColumn<T, K, V> {
    record: RecordRef<T>,
    column: Column<T, K, V>,
}

message_type!(RetrieveColumn<T, K, V> where [] { record, column });

impl<T: Entity, K, V> RetrieveColumn<T, K, V> {
    /// Creates the message for this column of this record.
    pub fn new(record: impl IntoRecord<T>, column: Column<T, K, V>) -> Self {
        Self { record: record.into_record(), column }
    }
}

#[diagnostic::do_not_recommend]
impl<T, K, V> Message for RetrieveColumn<T, K, V>
where
    T: Entity,
    Option<V>: for<'de> ReadColumn<'de>,
{
    type Output = Option<V>;

    fn message_name(&self) -> &'static str {
        "Retrieve"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let column = self.column.metadata();
        let property = self.column.direct_property();
        let property = property.map_err(|problem| {
            EncodeError::new(T::METADATA.logical_name, Some(column.logical_name), problem)
        })?;
        let record = record_path(org, T::METADATA, self.record.address())?;
        RequestBuilder::new(org, Method::GET, format!("{record}/{property}")).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<Option<V>, Error> {
        let reply = Reply::accepted(response)?;
        // OData's answer for a column without a value. Dataverse has not been seen to send it.
        if reply.status() == StatusCode::NO_CONTENT {
            return Ok(None);
        }
        reply.check_json()?;
        read_single(reply.body(), T::METADATA, self.column.metadata())
            .map_err(|error| reply.decode_error(error))
    }
}
