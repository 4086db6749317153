//! Where messages begin: `SessionEvent::query()`, `SessionEvent::assign(id, team)`.

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

/// Messages that read: of every table, and of every projection.
pub trait ReadMessages: Projection {
    /// Reads one record.
    fn retrieve(record: impl IntoRecord<Self::Table>) -> Retrieve<Self> {
        Retrieve::new(record)
    }

    /// Reads records.
    fn query() -> Query<Self> {
        Query::new()
    }

    /// Reads the records that a navigation property of a record leads to.
    fn query_related<T: Entity>(
        record: impl IntoRecord<T>,
        navigation: Related<T, Self::Table, Many>,
    ) -> Query<Self> {
        Query::related_to(record, navigation)
    }

    /// Reads the records that a FetchXML query finds. The query says which columns are fetched; the struct says which are
    /// read.
    fn fetch_xml(query: impl Into<String>) -> FetchXml<Self> {
        FetchXml::new(query)
    }

    /// Builds a FetchXML query: joins, aliases, aggregates.
    fn fetch() -> Fetch<Self> {
        Fetch::new()
    }

    /// Reads all records, and a link to later changes.
    fn track_changes() -> TrackChanges<Self>
    where
        Self::Table: TracksChanges,
    {
        TrackChanges::new()
    }

    /// Reads what changed since the link was given.
    fn changes_since(delta_link: impl Into<String>) -> TrackChanges<Self>
    where
        Self::Table: TracksChanges,
    {
        TrackChanges::since(delta_link)
    }
}

impl<P: Projection> ReadMessages for P {}

/// The other messages of a table. Creates and updates are messages by themselves: `SessionEvent::create()`,
/// `SessionEvent::update(id)`.
pub trait TableMessages: Entity {
    /// Deletes a record.
    fn delete(record: impl IntoRecord<Self>) -> Delete<Self> {
        Delete::new(record)
    }

    /// Creates the record if it is not there, else updates it.
    fn upsert<D: Draft<Table = Self>>(record: impl IntoRecord<Self>, draft: D) -> Upsert<Self, D> {
        Upsert::new(record, draft)
    }

    /// Creates several records at once.
    fn create_multiple(drafts: impl IntoIterator<Item = Self::Create>) -> CreateMultiple<Self> {
        CreateMultiple::new(drafts)
    }

    /// Makes several updates at once.
    fn update_multiple(drafts: impl IntoIterator<Item = Self::Update>) -> UpdateMultiple<Self> {
        UpdateMultiple::new(drafts)
    }

    /// Creates or updates several records at once.
    fn upsert_multiple<R, D>(records: impl IntoIterator<Item = (R, D)>) -> UpsertMultiple<Self, D>
    where
        R: IntoRecord<Self>,
        D: Draft<Table = Self>,
    {
        UpsertMultiple::new(records)
    }

    /// Deletes several records of an elastic table at once.
    fn delete_multiple<R: IntoRecord<Self>>(records: impl IntoIterator<Item = R>) -> DeleteMultiple<Self>
    where
        Self: Elastic,
    {
        DeleteMultiple::new(records)
    }

    /// Counts records, up to 5,000, which is where Dataverse stops counting.
    fn count() -> Count<Self> {
        Count::new()
    }

    /// Counts all records of the table, however many, as of some time in the last 24 hours.
    fn total_count() -> RetrieveTotalRecordCount<Self> {
        RetrieveTotalRecordCount::new()
    }

    /// Groups records and computes over the groups.
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

    /// Puts a record behind a navigation property of another.
    fn associate<R: LookupTarget<Key = Id<R>>>(
        record: impl IntoRecord<Self>,
        navigation: Related<Self, R, Many>,
        other: impl IntoRecord<R>,
    ) -> Associate<Self, R> {
        Associate::new(record, navigation, other)
    }

    /// Takes a record from behind a navigation property of another.
    fn disassociate<R: LookupTarget<Key = Id<R>>>(
        record: impl IntoRecord<Self>,
        navigation: Related<Self, R, Many>,
        other: impl IntoRecord<R>,
    ) -> Disassociate<Self, R> {
        Disassociate::new(record, navigation, other)
    }

    /// Sets the status of a record, and the state that it belongs to.
    fn set_state(record: impl IntoRecord<Self>, status: Self::Status) -> SetState<Self>
    where
        Self: Stateful<Status: StatusSet>,
    {
        SetState::new(record, status)
    }

    /// Asks whether a record may go to a status.
    fn is_valid_state_transition(record: Id<Self>, status: Self::Status) -> IsValidStateTransition<Self>
    where
        Self: Stateful<Status: StatusSet>,
    {
        IsValidStateTransition::new(record, status)
    }

    /// Gives a record to a user or a team.
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

    /// Replaces the rights that a record is shared with.
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

    /// No longer shares a record with a user or a team.
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

    /// Asks with whom a record is shared.
    fn retrieve_shared_principals_and_access(record: Id<Self>) -> RetrieveSharedPrincipalsAndAccess<Self>
    where
        Self: UserOwned,
    {
        RetrieveSharedPrincipalsAndAccess::new(record)
    }
}

impl<T: Entity> TableMessages for T {}
