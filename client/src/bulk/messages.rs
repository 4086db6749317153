//! The messages that bulk sends: from an iterator to all outcomes, and from a stream to a stream of them.

use core::marker::PhantomData;

use dataverse_entity_core::message::Sendable;
use dataverse_entity_core::metadata::TableType;
use dataverse_entity_core::{Draft, Entity, Id, IntoRecord, RecordRef};
use futures_core::Stream;
use futures_core::future::BoxFuture;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};

use super::bulk::Bulk;
use super::drafts::{BulkCreate, BulkUpdate};
use super::outcome::{BulkOutcomes, Outcome};
use super::rows::{Creates, Deletes, Messages, Updates, Upserts};
use super::stream::{ALL, WINDOW};

impl Bulk {
    /// Creates records. The outcome of each is its id.
    pub fn create<'a, I, T>(self, drafts: I) -> BoxFuture<'a, Vec<Outcome<Id<T>>>>
    where
        T: Entity,
        I: IntoIterator<Item: BulkCreate<Table = T>, IntoIter: Send> + 'a,
    {
        let rows = stream::iter(drafts.into_iter().map(BulkCreate::into_create));
        Box::pin(self.creates::<T>(Box::pin(rows), ALL).collect())
    }

    /// Creates the records of a stream, and returns their outcomes as a stream, in order. The input may be
    /// endless: the run holds no more than some chunks.
    ///
    /// `futures_util::stream::iter` makes a stream of an iterator. A stream of
    /// [pages](crate::Client::items), a channel or a file that is read line by line are streams, too.
    ///
    /// ```no_run
    /// use dataverse_entity::client::Client;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    /// use futures_util::{StreamExt, stream};
    ///
    /// # async fn run(client: Client) {
    /// let drafts = stream::iter((0_u64..).map(|number| SessionEvent::create().name(format!("Event {number}"))));
    /// let mut outcomes = client.bulk().create_stream(drafts).enumerate();
    /// while let Some((number, outcome)) = outcomes.next().await {
    ///     if let Err(error) = outcome {
    ///         eprintln!("event {number}: {error}");
    ///     }
    /// }
    /// # }
    /// ```
    pub fn create_stream<'a, S, T>(self, drafts: S) -> BulkOutcomes<'a, Id<T>>
    where
        T: Entity,
        S: Stream<Item: BulkCreate<Table = T>> + Send + 'a,
    {
        self.creates::<T>(Box::pin(drafts.map(BulkCreate::into_create)), WINDOW)
    }

    fn creates<T: Entity>(self, rows: BoxStream<'_, T::Create>, window: usize) -> BulkOutcomes<'_, Id<T>> {
        self.together::<T, _>(Creates::<T>(PhantomData), rows, window)
    }

    /// Updates records.
    ///
    /// ```no_run
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::SessionEvent;
    /// # async fn run(client: Client, events: Vec<Id<SessionEvent>>) {
    /// let updates = events.into_iter().map(|event| SessionEvent::update(event).name("Closed"));
    /// let outcomes = client.bulk().update(updates).await;
    /// # }
    /// ```
    pub fn update<'a, I, T>(self, drafts: I) -> BoxFuture<'a, Vec<Outcome<()>>>
    where
        T: Entity,
        I: IntoIterator<Item: BulkUpdate<Table = T>, IntoIter: Send> + 'a,
    {
        let rows = stream::iter(drafts.into_iter().map(BulkUpdate::into_update));
        Box::pin(self.updates::<T>(Box::pin(rows), ALL).collect())
    }

    /// Updates the records of a stream, and returns the outcomes as a stream, in order;
    /// [`create_stream`](Self::create_stream) has an example.
    pub fn update_stream<'a, S, T>(self, drafts: S) -> BulkOutcomes<'a, ()>
    where
        T: Entity,
        S: Stream<Item: BulkUpdate<Table = T>> + Send + 'a,
    {
        self.updates::<T>(Box::pin(drafts.map(BulkUpdate::into_update)), WINDOW)
    }

    fn updates<T: Entity>(self, rows: BoxStream<'_, T::Update>, window: usize) -> BulkOutcomes<'_, ()> {
        self.together::<T, _>(Updates::<T>(PhantomData), rows, window)
    }

    /// Creates or updates records, in batches. The outcome of each is its id; `None` if the answer does not
    /// tell it: Dataverse answers an upsert by an alternate key with the key.
    ///
    /// ```no_run
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::SessionEvent;
    /// # async fn run(client: Client, events: Vec<(Id<SessionEvent>, String)>) {
    /// let records = events.into_iter().map(|(id, name)| (id, SessionEvent::create().name(name)));
    /// let outcomes = client.bulk().upsert(records).await;
    /// # }
    /// ```
    pub fn upsert<'a, T, R, D, I>(self, records: I) -> BoxFuture<'a, Vec<Outcome<Option<Id<T>>>>>
    where
        T: Entity,
        R: IntoRecord<T>,
        D: Draft<Table = T>,
        I: IntoIterator<Item = (R, D), IntoIter: Send> + 'a,
    {
        let rows = stream::iter(records.into_iter().map(|(record, draft)| (record.into_record(), draft)));
        Box::pin(self.upserts(Box::pin(rows), ALL).collect())
    }

    /// Creates or updates the records of a stream, and returns the outcomes as a stream, in order;
    /// [`create_stream`](Self::create_stream) has an example.
    pub fn upsert_stream<'a, T, R, D, S>(self, records: S) -> BulkOutcomes<'a, Option<Id<T>>>
    where
        T: Entity,
        R: IntoRecord<T>,
        D: Draft<Table = T>,
        S: Stream<Item = (R, D)> + Send + 'a,
    {
        self.upserts(Box::pin(records.map(|(record, draft)| (record.into_record(), draft))), WINDOW)
    }

    fn upserts<T: Entity, D: Draft<Table = T>>(
        self,
        rows: BoxStream<'_, (RecordRef<T>, D)>,
        window: usize,
    ) -> BulkOutcomes<'_, Option<Id<T>>> {
        let plan = Upserts::<T, D>(PhantomData);
        match self.upsert_multiple {
            true => self.together::<T, _>(plan, rows, window),
            false => self.apart(plan, rows, window),
        }
    }

    /// Deletes records: in batches, or by `DeleteMultiple` in an elastic table.
    ///
    /// ```no_run
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::SessionEvent;
    /// # async fn run(client: Client, events: Vec<Id<SessionEvent>>) {
    /// let outcomes = client.bulk().delete(events).await;
    /// let all_deleted = outcomes.iter().all(Result::is_ok);
    /// # }
    /// ```
    pub fn delete<'a, T, R, I>(self, records: I) -> BoxFuture<'a, Vec<Outcome<()>>>
    where
        T: Entity,
        R: IntoRecord<T>,
        I: IntoIterator<Item = R, IntoIter: Send> + 'a,
    {
        let rows = stream::iter(records.into_iter().map(|record| record.into_record()));
        Box::pin(self.deletes::<T>(Box::pin(rows), ALL).collect())
    }

    /// Deletes the records of a stream, and returns the outcomes as a stream, in order;
    /// [`create_stream`](Self::create_stream) has an example.
    pub fn delete_stream<'a, T, R, S>(self, records: S) -> BulkOutcomes<'a, ()>
    where
        T: Entity,
        R: IntoRecord<T>,
        S: Stream<Item = R> + Send + 'a,
    {
        self.deletes::<T>(Box::pin(records.map(|record| record.into_record())), WINDOW)
    }

    fn deletes<T: Entity>(self, rows: BoxStream<'_, RecordRef<T>>, window: usize) -> BulkOutcomes<'_, ()> {
        let plan = Deletes::<T>(PhantomData);
        match T::METADATA.table_type {
            TableType::Elastic => self.together::<T, _>(plan, rows, window),
            _ => self.apart(plan, rows, window),
        }
    }

    /// Sends any messages of one type, in batches.
    ///
    /// ```no_run
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::{SessionEvent, Team};
    /// # async fn run(client: Client, events: Vec<Id<SessionEvent>>, team: Id<Team>) {
    /// let assigns = events.into_iter().map(|event| SessionEvent::assign(event, team));
    /// let outcomes = client.bulk().execute(assigns).await;
    /// # }
    /// ```
    pub fn execute<'a, I, R>(self, messages: I) -> BoxFuture<'a, Vec<Outcome<R>>>
    where
        R: Send + 'static,
        I: IntoIterator<Item: Sendable<Output = R> + Clone + Send + Sync + 'static, IntoIter: Send> + 'a,
    {
        let rows = Box::pin(stream::iter(messages));
        Box::pin(self.apart(Messages::<I::Item>(PhantomData), rows, ALL).collect())
    }

    /// Sends the messages of a stream, in batches, and returns the outcomes as a stream, in order;
    /// [`create_stream`](Self::create_stream) has an example.
    pub fn execute_stream<'a, S, R>(self, messages: S) -> BulkOutcomes<'a, R>
    where
        R: Send + 'static,
        S: Stream<Item: Sendable<Output = R> + Clone + Send + Sync + 'static> + Send + 'a,
    {
        self.apart(Messages::<S::Item>(PhantomData), Box::pin(messages), WINDOW)
    }
}
