//! A bulk run with a journal.

use core::fmt;
use core::marker::PhantomData;
use std::io;
use std::sync::{Arc, Mutex};

use dataverse_entity_core::message::Error;
use dataverse_entity_core::metadata::TableType;
use dataverse_entity_core::{Draft, Entity, Id, IntoRecord, Uuid};
use futures_core::Stream;
use futures_core::future::BoxFuture;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;

use super::ids;
use super::journal::{Journal, Load, RowState};
use crate::bulk::bulk::Bulk;
use crate::bulk::drafts::{BulkCreate, BulkUpdate};
use crate::bulk::outcome::{BulkOutcomes, Outcome};
use crate::bulk::rows::{Deletes, NamedCreates, Recorded, Together, Updates, Upserts};
use crate::bulk::send;
use crate::bulk::size::ChunkSize;
use crate::bulk::stream::{Chunk, WINDOW};
use crate::client::Client;
use crate::lock::lock;
use crate::retry::may_have_been_carried_out;

/// A bulk run that can be killed at any time and started again with the same input: what is written already is
/// not written again. [`Bulk::journal`] makes one.
///
/// The journal numbers the rows of the input. A later run therefore needs the same rows in the same order; more
/// may follow at the end, and rows that failed may be corrected in place. The run skips the rows that are
/// written, and returns their outcomes as if it had sent them. It sends rows that failed again, and those of
/// which it is not known whether Dataverse carried them out:
///
/// | message | a row that may have been carried out |
/// |---|---|
/// | [`create_stream`](Self::create_stream) | The client chooses the ids of the records, the same in each run. It sends the row as "create only if this id does not exist" (`If-None-Match: *`). If the id exists, the row is written: each row makes one record, and none is changed. |
/// | [`upsert_stream`](Self::upsert_stream) | Sent again. By an alternate key or an id, the second upsert finds the record of the first one and sets the same values. It overwrites what others have changed in between, and Dataverse runs plug-ins twice. |
/// | [`update_stream`](Self::update_stream) | Sent again, with the same effect as a second upsert. |
/// | [`delete_stream`](Self::delete_stream) | Sent again. If there is no such record, it is deleted. |
///
/// In a standard table, the rows of a refused message are sent again as a batch, as with
/// [`isolate_failures`](Bulk::isolate_failures): each row has its own outcome.
///
/// Dataverse cannot promise two things. If somebody deletes a record between a create and its repetition, the
/// repetition creates it again. And a plug-in that fails after the commit, or has effects outside of Dataverse,
/// may have them for a row that is sent again.
///
/// ```no_run
/// use dataverse_entity::client::{Client, FileJournal};
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
/// use futures_util::{StreamExt, stream};
///
/// # async fn run(client: Client) -> std::io::Result<()> {
/// let drafts = stream::iter((0..1_000_000).map(|number| SessionEvent::create().name(format!("Event {number}"))));
/// let journal = FileJournal::open("events.journal")?;
/// let mut outcomes = client.bulk().journal(journal).create_stream(drafts)?;
/// while let Some(outcome) = outcomes.next().await {
///     if let Err(error) = outcome {
///         eprintln!("{error}");
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "bulk does nothing until it is given messages"]
pub struct JournaledBulk {
    pub(in crate::bulk) bulk: Bulk,
    pub(in crate::bulk) journal: Shared,
}

pub(in crate::bulk) type Shared = Arc<Mutex<dyn Journal + Send>>;

impl Bulk {
    /// Adds a journal, such as a [`FileJournal`](crate::FileJournal): the run can then be killed and started again.
    pub fn journal(self, journal: impl Journal + Send + 'static) -> JournaledBulk {
        JournaledBulk { bulk: self, journal: Arc::new(Mutex::new(journal)) }
    }
}

impl JournaledBulk {
    /// Creates the records of a stream. The client chooses their ids; the drafts hold none.
    ///
    /// # Errors
    ///
    /// Returns an error if the journal cannot be written, or belongs to another load. If it cannot be written
    /// later, the rows of the chunk are not sent, and their outcomes are that error.
    pub fn create_stream<'a, S, T>(self, drafts: S) -> io::Result<BulkOutcomes<'a, Id<T>>>
    where
        T: Entity,
        S: Stream<Item: BulkCreate<Table = T>> + Send + 'a,
    {
        let load = self.start::<T>("Create")?;
        let rows = drafts
            .enumerate()
            .map(move |(row, draft)| (Id::<T>::new(ids::of_row(load, row as u64)), draft.into_create()));
        Ok(self.together::<T, _>(NamedCreates::<T, T::Create>(PhantomData), Box::pin(rows)))
    }

    /// Updates the records of a stream.
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`create_stream`](Self::create_stream).
    pub fn update_stream<'a, S, T>(self, drafts: S) -> io::Result<BulkOutcomes<'a, ()>>
    where
        T: Entity,
        S: Stream<Item: BulkUpdate<Table = T>> + Send + 'a,
    {
        self.start::<T>("Update")?;
        let rows = Box::pin(drafts.map(|draft| draft.into_update()));
        Ok(self.together::<T, _>(Updates::<T>(PhantomData), rows))
    }

    /// Creates or updates the records of a stream. The outcome of a row that an earlier run has written is its
    /// id if the row names the record by its id, else `None`.
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`create_stream`](Self::create_stream).
    pub fn upsert_stream<'a, T, R, D, S>(self, records: S) -> io::Result<BulkOutcomes<'a, Option<Id<T>>>>
    where
        T: Entity,
        R: IntoRecord<T>,
        D: Draft<Table = T>,
        S: Stream<Item = (R, D)> + Send + 'a,
    {
        self.start::<T>("Upsert")?;
        let rows = Box::pin(records.map(|(record, draft)| (record.into_record(), draft)));
        let plan = Upserts::<T, D>(PhantomData);
        Ok(match self.bulk.upsert_multiple {
            true => self.together::<T, _>(plan, rows),
            false => self.apart(plan, rows),
        })
    }

    /// Deletes the records of a stream.
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`create_stream`](Self::create_stream).
    pub fn delete_stream<'a, T, R, S>(self, records: S) -> io::Result<BulkOutcomes<'a, ()>>
    where
        T: Entity,
        R: IntoRecord<T>,
        S: Stream<Item = R> + Send + 'a,
    {
        self.start::<T>("Delete")?;
        let rows = Box::pin(records.map(|record| record.into_record()));
        let plan = Deletes::<T>(PhantomData);
        Ok(match T::METADATA.table_type {
            TableType::Elastic => self.together::<T, _>(plan, rows),
            _ => self.apart(plan, rows),
        })
    }

    pub(in crate::bulk) fn start<T: Entity>(&self, message: &'static str) -> io::Result<Uuid> {
        lock(&self.journal).start(&Load::new(message, T::METADATA.logical_name))
    }

    /// Sends rows in batches.
    fn apart<'a, P: Recorded>(self, plan: P, rows: BoxStream<'a, P::Row>) -> BulkOutcomes<'a, P::Output> {
        self.each_chunk(plan, rows, |client, plan, rows, size| {
            Box::pin(send::apart(client, plan, rows, size))
        })
    }

    /// Sends rows in messages about several, unless the caller wants batches.
    pub(in crate::bulk) fn together<'a, T: Entity, P: Recorded + Together>(
        self,
        plan: P,
        rows: BoxStream<'a, P::Row>,
    ) -> BulkOutcomes<'a, P::Output> {
        if self.bulk.in_batches {
            return self.apart(plan, rows);
        }
        let isolate = T::METADATA.table_type != TableType::Elastic;
        self.each_chunk(plan, rows, move |client, plan, rows, size| {
            Box::pin(send::together(client, plan, rows, size, isolate))
        })
    }

    /// Sends the new rows of each chunk with `send`, and finds out what became of those that an earlier run sent.
    fn each_chunk<'a, P: Recorded>(
        self,
        plan: P,
        rows: BoxStream<'a, P::Row>,
        send: impl for<'c> Fn(
            &'c Client,
            &'c P,
            Vec<&'c P::Row>,
            &'c ChunkSize,
        ) -> BoxFuture<'c, Vec<Outcome<P::Output>>>
        + Send
        + Sync
        + 'static,
    ) -> BulkOutcomes<'a, P::Output> {
        let (journal, send) = (self.journal, Arc::new(send));
        self.bulk.each_chunk(plan, rows, WINDOW, move |client, plan, chunk, size| {
            let (journal, send) = (journal.clone(), send.clone());
            Box::pin(async move {
                let mut rows = match Journaled::start(plan, &journal, chunk) {
                    Ok(rows) => rows,
                    Err(outcomes) => return outcomes,
                };
                let new = rows.indices(RowState::New);
                let outcomes = send(client, plan, rows.at(&new), size).await;
                rows.set(&new, outcomes);
                rows.finish(client, size, &journal).await
            })
        })
    }
}

/// The rows of a chunk, with what the journal knows of them.
struct Journaled<'c, P: Recorded> {
    plan: &'c P,
    chunk: &'c Chunk<P::Row>,
    numbers: Vec<u64>,
    states: Vec<RowState>,
    outcomes: Vec<Option<Outcome<P::Output>>>,
}

impl<'c, P: Recorded> Journaled<'c, P> {
    /// Records that the rows are about to be sent. Returns the outcomes of all rows if the journal cannot be
    /// written: nothing is sent then.
    fn start(
        plan: &'c P,
        journal: &Shared,
        chunk: &'c Chunk<P::Row>,
    ) -> Result<Self, Vec<Outcome<P::Output>>> {
        let number = |(position, row)| plan.number(row, position);
        let numbers: Vec<u64> = (chunk.first..).zip(&chunk.items).map(number).collect();
        let mut journal = lock(journal);
        let states: Vec<_> = numbers.iter().map(|row| journal.state(*row)).collect();
        let recorded = match (numbers.first(), numbers.last()) {
            (Some(first), Some(last)) if states.contains(&RowState::New) => journal.sending(*first..last + 1),
            _ => Ok(()),
        };
        let known =
            |(row, state): (&P::Row, &RowState)| (*state == RowState::Written).then(|| Ok(plan.known(row)));
        let outcomes = chunk.items.iter().zip(&states).map(known);
        match recorded {
            Ok(()) => Ok(Self { plan, chunk, outcomes: outcomes.collect(), numbers, states }),
            Err(error) => {
                let why = format!("the row was not sent, because the journal cannot be written: {error}");
                let error = Error::not_carried_out(why);
                Err(outcomes.map(|outcome| outcome.unwrap_or_else(|| Err(error.clone()))).collect())
            }
        }
    }

    fn indices(&self, state: RowState) -> Vec<usize> {
        (0..self.states.len()).filter(|index| self.states[*index] == state).collect()
    }

    /// Returns the indices of the rows that failed with such an error.
    fn failed(&self, is_such: impl Fn(&Error) -> bool) -> Vec<usize> {
        let is_such = |index: &usize| matches!(&self.outcomes[*index], Some(Err(error)) if is_such(error));
        (0..self.outcomes.len()).filter(is_such).collect()
    }

    fn at(&self, indices: &[usize]) -> Vec<&'c P::Row> {
        indices.iter().map(|index| &self.chunk.items[*index]).collect()
    }

    fn set(&mut self, indices: &[usize], outcomes: Vec<Outcome<P::Output>>) {
        for (index, outcome) in indices.iter().zip(outcomes) {
            self.outcomes[*index] = Some(outcome);
        }
    }

    /// Sends the rows that may have been carried out, and records those that are written.
    async fn finish(
        mut self,
        client: &Client,
        size: &ChunkSize,
        journal: &Shared,
    ) -> Vec<Outcome<P::Output>> {
        let mut again = self.indices(RowState::Sent);
        again.extend(self.failed(|error| error.is_outcome_unknown() || may_have_been_carried_out(error)));
        if !again.is_empty() {
            let outcomes = send::apart(client, self.plan, self.at(&again), size).await;
            let outcomes = self.at(&again).into_iter().zip(outcomes);
            let outcomes = outcomes.map(|(row, outcome)| self.plan.again(row, outcome)).collect();
            self.set(&again, outcomes);
        }
        let duplicates = self.failed(Error::is_duplicate);
        if !duplicates.is_empty() {
            // Another record may have the same alternate key: only the id says that the row is written.
            let are_there = self.plan.are_there(client, self.at(&duplicates), size).await;
            for (index, is_there) in duplicates.into_iter().zip(are_there) {
                if is_there {
                    self.outcomes[index] = Some(Ok(self.plan.known(&self.chunk.items[index])));
                }
            }
        }
        let is_newly_written = |index: &usize| {
            self.states[*index] != RowState::Written && matches!(self.outcomes[*index], Some(Ok(_)))
        };
        let written: Vec<u64> =
            (0..self.outcomes.len()).filter(is_newly_written).map(|index| self.numbers[index]).collect();
        if !written.is_empty()
            && let Err(error) = lock(journal).written(&written)
        {
            // The rows stay "sent", so the next run finds out that they are written.
            tracing::warn!(target: "dataverse_entity", %error, "the journal cannot record rows that are written");
        }
        self.outcomes.into_iter().flatten().collect()
    }
}

impl fmt::Debug for JournaledBulk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JournaledBulk").field("bulk", &self.bulk).finish_non_exhaustive()
    }
}
