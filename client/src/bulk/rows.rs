//! The kinds of rows that bulk sends, and the message for one row and for several.

use core::marker::PhantomData;

use dataverse_entity_core::__private::Only;
use dataverse_entity_core::message::{
    AssumeIdempotent, CreateMultiple, Delete, DeleteMultiple, Error, Message, Multiple, RetrieveColumn,
    UpdateMultiple, Upsert, UpsertMultiple,
};
use dataverse_entity_core::{CreateDraft, Draft, Entity, Id, RecordRef};

use super::outcome::Outcome;
use super::send;
use super::size::ChunkSize;
use crate::client::Client;

/// Rows of one kind, with the message for each.
pub(super) trait Rows: Send + Sync + 'static {
    type Row: Send + Sync + 'static;
    type Output: Send + 'static;
    type Message: Message<Output: Send + 'static> + Clone + Send + Sync + 'static;

    fn message(&self, row: &Self::Row) -> Self::Message;

    fn read(&self, row: &Self::Row, output: <Self::Message as Message>::Output) -> Self::Output;
}

/// Rows that one message can hold together.
pub(super) trait Together: Rows {
    type All: Multiple<Each: Send> + Send + Sync;

    fn all(&self, rows: &[&Self::Row]) -> Self::All;

    fn read_each(&self, row: &Self::Row, each: <Self::All as Multiple>::Each) -> Self::Output;
}

/// Rows whose outcome follows from the row itself, once they were carried out.
pub(super) trait Recorded: Rows {
    /// Returns the number of the row in the journal. Numbers increase.
    fn number(&self, row: &Self::Row, position: u64) -> u64 {
        let _ = row;
        position
    }

    fn known(&self, row: &Self::Row) -> Self::Output;

    /// Reads the outcome of a row that an earlier request may have carried out.
    fn again(&self, row: &Self::Row, outcome: Outcome<Self::Output>) -> Outcome<Self::Output> {
        let _ = row;
        outcome
    }

    /// Returns for each of these rows, which were refused as duplicates, whether its record is there.
    fn are_there(
        &self,
        client: &Client,
        rows: Vec<&Self::Row>,
        size: &ChunkSize,
    ) -> impl Future<Output = Vec<bool>> + Send {
        let _ = (client, size);
        let none = vec![false; rows.len()];
        async move { none }
    }
}

pub(super) struct Messages<M>(pub(super) PhantomData<fn() -> M>);

impl<M: Message<Output: Send + 'static> + Clone + Send + Sync + 'static> Rows for Messages<M> {
    type Row = M;
    type Output = M::Output;
    type Message = M;

    fn message(&self, row: &M) -> M {
        row.clone()
    }

    fn read(&self, _: &M, output: M::Output) -> M::Output {
        output
    }
}

pub(super) struct Creates<T>(pub(super) PhantomData<fn() -> T>);

impl<T: Entity> Rows for Creates<T> {
    type Row = T::Create;
    type Output = Id<T>;
    type Message = T::Create;

    fn message(&self, row: &T::Create) -> T::Create {
        row.clone()
    }

    fn read(&self, _: &T::Create, id: Id<T>) -> Id<T> {
        id
    }
}

impl<T: Entity> Together for Creates<T> {
    type All = CreateMultiple<T>;

    fn all(&self, rows: &[&T::Create]) -> CreateMultiple<T> {
        CreateMultiple::new(rows.iter().map(|row| (*row).clone()))
    }

    fn read_each(&self, _: &T::Create, id: Id<T>) -> Id<T> {
        id
    }
}

/// Creates with ids that the client chose. Sent one by one, they create only what is not there yet.
pub(super) struct NamedCreates<T, D>(pub(super) PhantomData<fn() -> (T, D)>);

impl<T: Entity, D: Draft<Table = T, Kind = CreateDraft>> Rows for NamedCreates<T, D> {
    type Row = (Id<T>, D);
    type Output = Id<T>;
    type Message = AssumeIdempotent<Upsert<T, D>>;

    fn message(&self, (id, draft): &Self::Row) -> Self::Message {
        Upsert::new(*id, draft.clone()).only_create(true).assume_idempotent()
    }

    fn read(&self, (id, _): &Self::Row, _: <Self::Message as Message>::Output) -> Id<T> {
        *id
    }
}

impl<T: Entity, D: Draft<Table = T, Kind = CreateDraft>> Together for NamedCreates<T, D> {
    type All = CreateMultiple<T, D>;

    fn all(&self, rows: &[&Self::Row]) -> CreateMultiple<T, D> {
        CreateMultiple::with_ids(rows.iter().map(|row| (*row).clone()))
    }

    fn read_each(&self, _: &Self::Row, id: Id<T>) -> Id<T> {
        id
    }
}

impl<T: Entity, D: Draft<Table = T, Kind = CreateDraft>> Recorded for NamedCreates<T, D> {
    fn known(&self, (id, _): &Self::Row) -> Id<T> {
        *id
    }

    async fn are_there(&self, client: &Client, rows: Vec<&Self::Row>, size: &ChunkSize) -> Vec<bool> {
        let ids: Vec<_> = rows.iter().map(|(id, _)| RetrieveColumn::new(*id, T::PRIMARY_ID)).collect();
        let found = send::apart(client, &Messages(PhantomData), ids.iter().collect(), size).await;
        found.iter().map(Result::is_ok).collect()
    }
}

pub(super) struct Updates<T>(pub(super) PhantomData<fn() -> T>);

impl<T: Entity> Rows for Updates<T> {
    type Row = T::Update;
    type Output = ();
    type Message = T::Update;

    fn message(&self, row: &T::Update) -> T::Update {
        row.clone()
    }

    fn read(&self, _: &T::Update, (): ()) {}
}

impl<T: Entity> Together for Updates<T> {
    type All = UpdateMultiple<T>;

    fn all(&self, rows: &[&T::Update]) -> UpdateMultiple<T> {
        UpdateMultiple::new(rows.iter().map(|row| (*row).clone()))
    }

    fn read_each(&self, _: &T::Update, (): ()) {}
}

impl<T: Entity> Recorded for Updates<T> {
    fn known(&self, _: &T::Update) {}
}

/// Updates that set what the creates of a load have left out, each with the number of its row.
pub(super) struct SecondPass<T>(pub(super) PhantomData<fn() -> T>);

impl<T: Entity> Rows for SecondPass<T> {
    type Row = (u64, Only<T>);
    type Output = ();
    type Message = Only<T>;

    fn message(&self, (_, update): &Self::Row) -> Only<T> {
        update.clone()
    }

    fn read(&self, _: &Self::Row, (): ()) {}
}

impl<T: Entity> Together for SecondPass<T> {
    type All = UpdateMultiple<T, Only<T>>;

    fn all(&self, rows: &[&Self::Row]) -> Self::All {
        UpdateMultiple::new(rows.iter().map(|(_, update)| update.clone()))
    }

    fn read_each(&self, _: &Self::Row, (): ()) {}
}

impl<T: Entity> Recorded for SecondPass<T> {
    fn number(&self, (number, _): &Self::Row, _: u64) -> u64 {
        *number
    }

    fn known(&self, _: &Self::Row) {}
}

pub(super) struct Upserts<T, D>(pub(super) PhantomData<fn() -> (T, D)>);

impl<T: Entity, D: Draft<Table = T>> Rows for Upserts<T, D> {
    type Row = (RecordRef<T>, D);
    type Output = Option<Id<T>>;
    type Message = Upsert<T, D>;

    fn message(&self, (record, draft): &Self::Row) -> Upsert<T, D> {
        Upsert::new(record.clone(), draft.clone())
    }

    fn read(&self, _: &Self::Row, output: <Self::Message as Message>::Output) -> Option<Id<T>> {
        output.id
    }
}

impl<T: Entity, D: Draft<Table = T>> Together for Upserts<T, D> {
    type All = UpsertMultiple<T, D>;

    fn all(&self, rows: &[&Self::Row]) -> UpsertMultiple<T, D> {
        UpsertMultiple::new(rows.iter().map(|row| (*row).clone()))
    }

    fn read_each(&self, row: &Self::Row, (): ()) -> Option<Id<T>> {
        row.0.id()
    }
}

impl<T: Entity, D: Draft<Table = T>> Recorded for Upserts<T, D> {
    fn known(&self, row: &Self::Row) -> Option<Id<T>> {
        row.0.id()
    }
}

pub(super) struct Deletes<T>(pub(super) PhantomData<fn() -> T>);

impl<T: Entity> Rows for Deletes<T> {
    type Row = RecordRef<T>;
    type Output = ();
    type Message = Delete<T>;

    fn message(&self, row: &RecordRef<T>) -> Delete<T> {
        Delete::new(row.clone())
    }

    fn read(&self, _: &RecordRef<T>, (): ()) {}
}

/// Deletions in an elastic table.
impl<T: Entity> Together for Deletes<T> {
    type All = DeleteMultiple<T>;

    fn all(&self, rows: &[&RecordRef<T>]) -> DeleteMultiple<T> {
        DeleteMultiple::of_rows(rows.iter().map(|row| (*row).clone()))
    }

    fn read_each(&self, _: &RecordRef<T>, (): ()) {}
}

impl<T: Entity> Recorded for Deletes<T> {
    fn known(&self, _: &RecordRef<T>) {}

    fn again(&self, _: &RecordRef<T>, outcome: Outcome<()>) -> Outcome<()> {
        // An earlier request has deleted the record.
        outcome.or_else(|error: Error| if error.is_not_found() { Ok(()) } else { Err(error) })
    }
}
