//! The methods of tables that create messages: `SessionEvent::query()`, `SessionEvent::assign(id, team)`.

use super::call::IsValidStateTransition;
use super::multiple::{CreateMultiple, DeleteMultiple, UpdateMultiple, UpsertMultiple};
use super::query::{Aggregate, Count, Fetch, FetchXml, Query, RetrieveTotalRecordCount, TrackChanges};
use super::record::{Assign, Associate, Delete, Disassociate, Retrieve, RetrieveColumn, SetState, Upsert};
use super::sharing::{
    AccessRights, AsPrincipal, GrantAccess, ModifyAccess, RetrievePrincipalAccess,
    RetrieveSharedPrincipalsAndAccess, RevokeAccess,
};
use crate::column::StatusSet;
use crate::draft::Draft;
use crate::query::{Column, Many, Related};
use crate::reference::{IntoRecord, LookupTarget};
use crate::table::{Elastic, Stateful, TracksChanges, UserOwned};
use crate::{Entity, Id, Projection};

/// The messages that read. Every table and every projection has them.
///
/// ```
/// use dataverse_entity::Organization;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// /// The columns that a list of events shows.
/// #[derive(DataverseEntity)]
/// #[entity(of = SessionEvent)]
/// struct EventName {
///     #[attr(logical = "msdyn_name")]
///     name: Option<String>,
/// }
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let request = EventName::query().filter(SessionEvent::NAME.eq("Accepted")).request(&org)?;
/// assert_eq!(
///     request.uri().query(),
///     Some("$select=msdyn_name&$filter=msdyn_name%20eq%20%27Accepted%27")
/// );
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
pub trait ReadMessages: Projection {
    /// Reads one record.
    fn retrieve(record: impl IntoRecord<Self::Table>) -> Retrieve<Self> {
        Retrieve::new(record)
    }

    /// Reads records.
    fn query() -> Query<Self> {
        Query::new()
    }

    /// Reads the records in a collection of another record, such as the events of a session.
    ///
    /// ```
    /// use dataverse_entity::query::{Many, Related};
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::{OcSession, SessionEvent};
    /// use dataverse_entity::{Organization, Uuid};
    ///
    /// const EVENTS: Related<OcSession, SessionEvent, Many> =
    ///     Related::many("msdyn_ocsession_sessionevent_nested");
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let session: Id<OcSession> = Id::new(Uuid::from_u128(7));
    /// let request = SessionEvent::query_related(session, EVENTS).request(&org)?;
    /// assert_eq!(
    ///     request.uri().path(),
    ///     format!("/api/data/v9.2/msdyn_ocsessions({session})/msdyn_ocsession_sessionevent_nested")
    /// );
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    fn query_related<T: Entity>(
        record: impl IntoRecord<T>,
        navigation: Related<T, Self::Table, Many>,
    ) -> Query<Self> {
        Query::related_to(record, navigation)
    }

    /// Reads the records that a FetchXML query finds. The query decides which columns Dataverse sends; the
    /// struct decides which are read.
    fn fetch_xml(query: impl Into<String>) -> FetchXml<Self> {
        FetchXml::new(query)
    }

    /// Builds a FetchXML query, with joins, aliases and aggregates.
    fn fetch() -> Fetch<Self> {
        Fetch::new()
    }

    /// Reads all records, and a delta link to later changes.
    fn track_changes() -> TrackChanges<Self>
    where
        Self::Table: TracksChanges,
    {
        TrackChanges::new()
    }

    /// Reads the changes since the server gave this delta link.
    fn changes_since(delta_link: impl Into<String>) -> TrackChanges<Self>
    where
        Self::Table: TracksChanges,
    {
        TrackChanges::since(delta_link)
    }
}

impl<P: Projection> ReadMessages for P {}

/// The other messages of a table. Creates and updates need no method here, because drafts are messages:
/// `SessionEvent::create()`, `SessionEvent::update(id)`.
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
pub trait TableMessages: Entity {
    /// Deletes a record.
    fn delete(record: impl IntoRecord<Self>) -> Delete<Self> {
        Delete::new(record)
    }

    /// Creates the record if it does not exist, else updates it.
    fn upsert<D: Draft<Table = Self>>(record: impl IntoRecord<Self>, draft: D) -> Upsert<Self, D> {
        Upsert::new(record, draft)
    }

    /// Creates several records in one request.
    fn create_multiple(drafts: impl IntoIterator<Item = Self::Create>) -> CreateMultiple<Self> {
        CreateMultiple::new(drafts)
    }

    /// Updates several records in one request.
    fn update_multiple(drafts: impl IntoIterator<Item = Self::Update>) -> UpdateMultiple<Self> {
        UpdateMultiple::new(drafts)
    }

    /// Creates or updates several records in one request.
    fn upsert_multiple<R, D>(records: impl IntoIterator<Item = (R, D)>) -> UpsertMultiple<Self, D>
    where
        R: IntoRecord<Self>,
        D: Draft<Table = Self>,
    {
        UpsertMultiple::new(records)
    }

    /// Deletes several records of an elastic table in one request.
    fn delete_multiple<R: IntoRecord<Self>>(records: impl IntoIterator<Item = R>) -> DeleteMultiple<Self>
    where
        Self: Elastic,
    {
        DeleteMultiple::new(records)
    }

    /// Counts records up to 5,000, which is where Dataverse stops counting.
    fn count() -> Count<Self> {
        Count::new()
    }

    /// Counts all records of the table, from a snapshot of the last 24 hours.
    fn total_count() -> RetrieveTotalRecordCount<Self> {
        RetrieveTotalRecordCount::new()
    }

    /// Groups records and aggregates each group.
    fn aggregate() -> Aggregate<Self> {
        Aggregate::new()
    }

    /// Reads one column of a record.
    fn retrieve_column<K, V>(
        record: impl IntoRecord<Self>,
        column: Column<Self, K, V>,
    ) -> RetrieveColumn<Self, K, V> {
        RetrieveColumn::new(record, column)
    }

    /// Adds a record to a collection of another record.
    fn associate<R: LookupTarget<Key = Id<R>>>(
        record: impl IntoRecord<Self>,
        navigation: Related<Self, R, Many>,
        other: impl IntoRecord<R>,
    ) -> Associate<Self, R> {
        Associate::new(record, navigation, other)
    }

    /// Removes a record from a collection of another record.
    fn disassociate<R: LookupTarget<Key = Id<R>>>(
        record: impl IntoRecord<Self>,
        navigation: Related<Self, R, Many>,
        other: impl IntoRecord<R>,
    ) -> Disassociate<Self, R> {
        Disassociate::new(record, navigation, other)
    }

    /// Sets the status of a record, and the state of that status.
    fn set_state(record: impl IntoRecord<Self>, status: Self::Status) -> SetState<Self>
    where
        Self: Stateful<Status: StatusSet>,
    {
        SetState::new(record, status)
    }

    /// Asks whether a record may change to a status.
    fn is_valid_state_transition(record: Id<Self>, status: Self::Status) -> IsValidStateTransition<Self>
    where
        Self: Stateful<Status: StatusSet>,
    {
        IsValidStateTransition::new(record, status)
    }

    /// Makes a user or a team the owner of a record.
    fn assign(record: impl IntoRecord<Self>, owner: impl AsPrincipal) -> Assign<Self>
    where
        Self: UserOwned,
    {
        Assign::new(record, owner)
    }

    /// Shares a record with a user or a team.
    fn grant_access(record: Id<Self>, principal: impl AsPrincipal, rights: AccessRights) -> GrantAccess<Self>
    where
        Self: UserOwned,
    {
        GrantAccess::new(record, principal, rights)
    }

    /// Replaces the rights that sharing gives a user or a team on a record.
    fn modify_access(
        record: Id<Self>,
        principal: impl AsPrincipal,
        rights: AccessRights,
    ) -> ModifyAccess<Self>
    where
        Self: UserOwned,
    {
        ModifyAccess::new(record, principal, rights)
    }

    /// Stops sharing a record with a user or a team.
    fn revoke_access(record: Id<Self>, principal: impl AsPrincipal) -> RevokeAccess<Self>
    where
        Self: UserOwned,
    {
        RevokeAccess::new(record, principal)
    }

    /// Asks which rights a user or a team has on a record.
    fn retrieve_principal_access(
        record: Id<Self>,
        principal: impl AsPrincipal,
    ) -> RetrievePrincipalAccess<Self>
    where
        Self: UserOwned,
    {
        RetrievePrincipalAccess::new(record, principal)
    }

    /// Asks with which users and teams a record is shared.
    fn retrieve_shared_principals_and_access(record: Id<Self>) -> RetrieveSharedPrincipalsAndAccess<Self>
    where
        Self: UserOwned,
    {
        RetrieveSharedPrincipalsAndAccess::new(record)
    }
}

impl<T: Entity> TableMessages for T {}
