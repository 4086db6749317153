//! The settings of bulk.

use core::num::NonZeroUsize;
use core::time::Duration;
use std::sync::Arc;

use dataverse_entity_core::Entity;
#[cfg(doc)]
use dataverse_entity_core::message::Error;
use dataverse_entity_core::metadata::TableType;
use futures_core::future::BoxFuture;
use futures_util::stream::BoxStream;
use tokio::time::Instant;

use super::outcome::{BulkOutcomes, Outcome, Progress, Watch};
use super::rows::{Rows, Together};
use super::send;
use super::size::ChunkSize;
use super::stream::{Chunk, Run, SendChunk, Settings};
use crate::client::Client;

/// Default number of messages in a request: what Microsoft recommends to begin with.
const CHUNK: usize = 100;

/// Default number of concurrent requests, until the server recommends one.
const CONCURRENCY: usize = 4;

/// Maximum number of concurrent requests that Dataverse allows a caller.
const MAX_CONCURRENCY: usize = 52;

/// Sends many messages of one kind in chunks, several chunks concurrently, and returns an outcome for each
/// message, in the order of the messages.
///
/// Creates and updates are sent as `CreateMultiple` and `UpdateMultiple`: in a standard table, a chunk
/// succeeds or fails as a whole. Deletes in an elastic table are sent as `DeleteMultiple`. With
/// [`in_batches`](Self::in_batches), they are sent as batches, in which each message succeeds or fails by
/// itself. Upserts (unless [`upsert_multiple`](Self::upsert_multiple) is on), deletes in a standard table and
/// other messages are always sent as batches.
///
/// If a request is too large for the server, or takes it too long, the chunks become half as large, and grow again
/// with each success. The client sends the halves of the request itself where the server did nothing, or where
/// its messages are idempotent.
///
/// [`create`](Self::create) and its siblings hold all outcomes. [`create_stream`](Self::create_stream) and its
/// siblings take a stream and return one, for inputs that are too large to hold. [`journal`](Self::journal) makes a
/// run that can be killed and started again.
///
/// The client sends throttled messages again, until the
/// [`throttle_deadline`](crate::RetryPolicy::throttle_deadline) of each request. It sends a message that may have
/// been carried out again only if the message is idempotent. A message whose request cannot be built fails alone.
///
/// The future may be dropped at any time. It is then unknown whether Dataverse carries out the chunks that were under
/// way, and the outcomes so far are lost: [`on_progress`](Self::on_progress) has counted them. With a
/// [`deadline`](Self::deadline), a run that takes too long ends with its outcomes.
///
/// ```no_run
/// # use dataverse_entity::client::Client;
/// # use dataverse_entity::prelude::*;
/// # use dataverse_entity::tables::SessionEvent;
/// # async fn run(client: Client) {
/// let drafts = (0..10_000).map(|number| SessionEvent::create().name(format!("Event {number}")));
/// let outcomes = client
///     .bulk()
///     .on_progress(|progress| println!("{} of {:?}, {} failed", progress.done, progress.total, progress.failed))
///     .create(drafts)
///     .await;
/// let failed = outcomes.iter().filter(|outcome| outcome.is_err()).count();
/// # }
/// ```
#[must_use = "bulk does nothing until it is given messages"]
pub struct Bulk {
    client: Client,
    chunk: usize,
    concurrency: Option<usize>,
    pub(super) in_batches: bool,
    pub(super) upsert_multiple: bool,
    isolate_failures: bool,
    pub(super) deadline: Option<Duration>,
    pub(super) tell: Vec<Tell>,
}

/// Who is told of the progress.
pub(super) type Tell = Box<dyn FnMut(Progress) + Send>;

impl Client {
    /// Returns a bulk run with the default settings; see [`Bulk`].
    pub fn bulk(&self) -> Bulk {
        Bulk::new(self.clone())
    }
}

impl Bulk {
    fn new(client: Client) -> Self {
        Self {
            client,
            chunk: CHUNK,
            concurrency: None,
            in_batches: false,
            upsert_multiple: false,
            isolate_failures: false,
            deadline: None,
            tell: Vec::new(),
        }
    }

    /// Sets how many messages a request holds at most: 1 to 1,000; larger numbers mean 1,000. Default: 100.
    pub fn chunk_size(mut self, messages: NonZeroUsize) -> Self {
        self.chunk = messages.get().min(1000);
        self
    }

    /// Sets how many requests are under way at once, for each identity of a pool: 1 to 52; larger numbers mean
    /// 52. Default: as many as the server recommends (`x-ms-dop-hint`), and 4 until it does.
    ///
    /// While Dataverse throttles the client, fewer are under way: it halves the number if there were too many at
    /// once (`0x80072326`), and raises it again with the answers. After a pause it starts with one.
    ///
    /// ```no_run
    /// use core::num::NonZeroUsize;
    ///
    /// # use dataverse_entity::client::{Bulk, Client};
    /// # fn run(client: Client) -> Option<Bulk> {
    /// let bulk = client.bulk().chunk_size(NonZeroUsize::new(500)?).concurrency(NonZeroUsize::new(8)?);
    /// # Some(bulk)
    /// # }
    /// ```
    pub fn concurrency(mut self, requests: NonZeroUsize) -> Self {
        self.concurrency = Some(requests.get().min(MAX_CONCURRENCY));
        self
    }

    /// Sets whether all messages are sent in batches, in which each succeeds or fails by itself.
    pub fn in_batches(mut self, on: bool) -> Self {
        self.in_batches = on;
        self
    }

    /// Sets whether upserts are sent as `UpsertMultiple`, which is faster than a batch. In a standard table, a
    /// chunk then succeeds or fails as a whole. The answer has no ids: the outcome of an upsert by an alternate
    /// key is `None`.
    ///
    /// The caller chooses, because not all tables have the message.
    pub fn upsert_multiple(mut self, on: bool) -> Self {
        self.upsert_multiple = on;
        self
    }

    /// Sets whether the messages of a refused `CreateMultiple`, `UpdateMultiple` or `UpsertMultiple` are sent again in a batch,
    /// which finds those at fault and carries out the others.
    ///
    /// It has no effect on elastic tables: there, part of a refused chunk may have been carried out. If the
    /// answer says which part, each record has its own outcome.
    ///
    /// ```no_run
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::SessionEvent;
    /// # async fn run(client: Client, names: Vec<String>) {
    /// let drafts = names.iter().map(|name| SessionEvent::create().name(name.as_str()));
    /// let outcomes = client.bulk().isolate_failures(true).create(drafts).await;
    /// for (name, outcome) in names.iter().zip(&outcomes) {
    ///     if let Err(error) = outcome {
    ///         eprintln!("{name}: {error}");
    ///     }
    /// }
    /// # }
    /// ```
    pub fn isolate_failures(mut self, on: bool) -> Self {
        self.isolate_failures = on;
        self
    }

    /// Sets how long the whole run may take, from the call that starts it. Default: as long as it needs.
    ///
    /// At its deadline, the run stops to send and ends. The outcomes of the messages that are under way are errors
    /// that [are a timeout](Error::is_timeout): Dataverse may have carried them out. Those of messages that were
    /// not sent are errors for which [`is_not_carried_out`](Error::is_not_carried_out) is true. A stream of
    /// outcomes ends without outcomes of the rows that its input still holds.
    ///
    /// A [journaled](Self::journal) run can be started again: it sends what is missing.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::SessionEvent;
    /// # async fn run(client: Client, names: Vec<String>) {
    /// let drafts = names.into_iter().map(|name| SessionEvent::create().name(name));
    /// let outcomes = client.bulk().deadline(Duration::from_secs(4 * 3600)).create(drafts).await;
    /// let late = outcomes.iter().flat_map(|outcome| outcome.as_ref().err()).filter(|error| error.is_timeout());
    /// println!("{} events may have been created", late.count());
    /// # }
    /// ```
    pub fn deadline(mut self, time: Duration) -> Self {
        self.deadline = Some(time);
        self
    }

    /// Calls `tell` with the progress after each finished chunk, and whenever the client pauses. May be called
    /// several times: each `tell` is called.
    pub fn on_progress(mut self, tell: impl FnMut(Progress) + Send + 'static) -> Self {
        self.tell.push(Box::new(tell));
        self
    }

    /// Returns a run with the same settings that tells nobody of its progress.
    pub(super) fn with_same_settings(&self) -> Self {
        Self { client: self.client.clone(), tell: Vec::new(), ..*self }
    }

    /// Returns whether a refused message about several rows of the table is to be sent again as a batch.
    fn isolates<T: Entity>(&self) -> bool {
        self.isolate_failures && T::METADATA.table_type != TableType::Elastic
    }

    /// Sends rows in batches.
    pub(super) fn apart<'a, P: Rows>(
        self,
        plan: P,
        rows: BoxStream<'a, P::Row>,
        window: usize,
    ) -> BulkOutcomes<'a, P::Output> {
        self.each_chunk(plan, rows, window, |client, plan, chunk, size| {
            Box::pin(send::apart(client, plan, chunk.rows(), size))
        })
    }

    /// Sends rows in messages about several, unless the caller wants batches.
    pub(super) fn together<'a, T: Entity, P: Together>(
        self,
        plan: P,
        rows: BoxStream<'a, P::Row>,
        window: usize,
    ) -> BulkOutcomes<'a, P::Output> {
        if self.in_batches {
            return self.apart(plan, rows, window);
        }
        let isolate = self.isolates::<T>();
        self.each_chunk(plan, rows, window, move |client, plan, chunk, size| {
            Box::pin(send::together(client, plan, chunk.rows(), size, isolate))
        })
    }

    /// Starts a run that sends each chunk of rows with `send`.
    pub(super) fn each_chunk<'a, P: Rows>(
        self,
        plan: P,
        rows: BoxStream<'a, P::Row>,
        window: usize,
        send: impl for<'c> Fn(
            &'c Client,
            &'c P,
            &'c Chunk<P::Row>,
            &'c ChunkSize,
        ) -> BoxFuture<'c, Vec<Outcome<P::Output>>>
        + Send
        + Sync
        + 'static,
    ) -> BulkOutcomes<'a, P::Output> {
        let (plan, send) = (Arc::new(plan), Arc::new(send));
        self.run(rows, window, |client, size| {
            Box::new(move |chunk| {
                let (client, size, plan, send) = (client.clone(), size.clone(), plan.clone(), send.clone());
                Box::pin(async move { send(&client, &plan, &chunk, &size).await })
            })
        })
    }

    /// Starts a run. `send` gets the client and the size of its chunks.
    fn run<'a, I, R>(
        self,
        input: BoxStream<'a, I>,
        window: usize,
        send: impl FnOnce(Client, ChunkSize) -> SendChunk<'a, I, R>,
    ) -> BulkOutcomes<'a, R>
    where
        I: Send + 'a,
        R: Send + 'static,
    {
        let Self { client, chunk, concurrency, deadline, tell, .. } = self;
        let gates: Vec<_> = client.gates().cloned().collect();
        let of_limit = gates.clone();
        let limit = move || {
            let of_each = of_limit.iter().map(|gate| {
                let wanted = concurrency.or(gate.recommended_concurrency()).unwrap_or(CONCURRENCY);
                wanted.min(gate.concurrency().unwrap_or(MAX_CONCURRENCY)).clamp(1, MAX_CONCURRENCY)
            });
            of_each.sum()
        };
        let size = ChunkSize::new(chunk);
        let settings = Settings {
            gates,
            size: size.clone(),
            limit: Box::new(limit),
            window,
            watch: Watch::new(tell),
            // A deadline that no clock reaches is none.
            deadline: deadline.and_then(|time| Instant::now().checked_add(time)),
            span: tracing::debug_span!(target: "dataverse_entity", "dataverse.bulk", chunk),
        };
        BulkOutcomes(Box::pin(Run::new(input, settings, send(client, size))))
    }
}

impl core::fmt::Debug for Bulk {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Bulk")
            .field("chunk", &self.chunk)
            .field("concurrency", &self.concurrency)
            .field("in_batches", &self.in_batches)
            .field("upsert_multiple", &self.upsert_multiple)
            .finish_non_exhaustive()
    }
}
