//! The settings of bulk, and how each kind of message is sent.

use core::num::NonZeroUsize;

use dataverse_entity_core::message::{
    Batch, CreateMultiple, Delete, Error, Message, Multiple, Sendable, UpdateMultiple, Upsert,
};
use dataverse_entity_core::{Draft, Entity, Id, IntoRecord};
use futures_core::future::BoxFuture;
use tokio::time::Instant;
use tracing::Instrument;

use super::drafts::{BulkCreate, BulkUpdate};
use super::outcome::{Outcome, Progress};
use super::run::{self, Chunk, Watch};
use crate::client::Client;
use crate::throttle::{self, Patience};

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
/// succeeds or fails as a whole. With [`in_batches`](Self::in_batches), they are sent as batches, in which
/// each message succeeds or fails by itself. Upserts, deletes and other messages are always sent as batches.
///
/// The client sends throttled messages again, until the
/// [`throttle_deadline`](crate::RetryPolicy::throttle_deadline) of each request. It sends a message that may have
/// been carried out again only if the message is idempotent.
///
/// The future may be dropped at any time, also by `tokio::time::timeout` around the whole run. It is then unknown
/// whether Dataverse carries out the chunks that were under way, and the outcomes so far are lost:
/// [`on_progress`](Self::on_progress) has counted them.
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
    in_batches: bool,
    isolate_failures: bool,
    watch: Watch,
}

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
            isolate_failures: false,
            watch: Watch::new(),
        }
    }

    /// Sets how many messages a request holds: 1 to 1,000; larger numbers mean 1,000. Default: 100.
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

    /// Sets whether creates and updates are sent in batches, in which each message succeeds or fails by
    /// itself.
    pub fn in_batches(mut self, on: bool) -> Self {
        self.in_batches = on;
        self
    }

    /// Sets whether the messages of a refused `CreateMultiple` or `UpdateMultiple` are sent again in a batch,
    /// which finds those at fault and carries out the others.
    ///
    /// Use it only for standard tables: there, a refused chunk had no effect. In an elastic table, part of a
    /// refused chunk may have been carried out. If the answer says which part, each record has its own
    /// outcome, and nothing is sent again.
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

    /// Calls `tell` with the progress after each finished chunk, and whenever the client pauses.
    pub fn on_progress(mut self, tell: impl FnMut(Progress) + Send + 'static) -> Self {
        self.watch = Watch::telling(tell);
        self
    }

    /// Creates records. The outcome of each is its id.
    pub fn create<'a, I, T>(self, drafts: I) -> BoxFuture<'a, Vec<Outcome<Id<T>>>>
    where
        T: Entity,
        I: IntoIterator<Item: BulkCreate<Table = T>, IntoIter: Send> + 'a,
    {
        let drafts = drafts.into_iter().map(BulkCreate::into_create);
        if self.in_batches {
            return Box::pin(self.send_in_batches(drafts));
        }
        let isolate = self.isolate_failures;
        Box::pin(self.run(drafts, move |client, chunk| {
            Box::pin(together(client, chunk, isolate, CreateMultiple::<T>::new))
        }))
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
        let drafts = drafts.into_iter().map(BulkUpdate::into_update);
        if self.in_batches {
            return Box::pin(self.send_in_batches(drafts));
        }
        let isolate = self.isolate_failures;
        Box::pin(self.run(drafts, move |client, chunk| {
            Box::pin(together(client, chunk, isolate, UpdateMultiple::<T>::new))
        }))
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
        let upserts = records.into_iter().map(|(record, draft)| Upsert::<T, D>::new(record, draft));
        Box::pin(async move {
            let outcomes = self.send_in_batches(upserts).await;
            outcomes.into_iter().map(|outcome| outcome.map(|upserted| upserted.id)).collect()
        })
    }

    /// Deletes records, in batches.
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
        Box::pin(self.send_in_batches(records.into_iter().map(|record| Delete::<T>::new(record))))
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
        Box::pin(self.send_in_batches(messages.into_iter()))
    }

    async fn send_in_batches<M>(self, messages: impl Iterator<Item = M> + Send) -> Vec<Outcome<M::Output>>
    where
        M: Message<Output: Send + 'static> + Clone + Send + Sync + 'static,
    {
        self.run(messages, |client, chunk| {
            Box::pin(async move { in_batch(&client, chunk.iter().collect()).await })
        })
        .await
    }

    async fn run<I, R>(
        self,
        items: impl Iterator<Item = I> + Send,
        send: impl Fn(Client, Vec<I>) -> BoxFuture<'static, Vec<Outcome<R>>> + Send + Sync,
    ) -> Vec<Outcome<R>>
    where
        I: Send + 'static,
        R: Send + 'static,
    {
        let Self { client, chunk, concurrency, watch, .. } = self;
        let limit = {
            let client = client.clone();
            move || {
                let of_each = client.gates().map(|gate| {
                    let wanted = concurrency.or(gate.recommended_concurrency()).unwrap_or(CONCURRENCY);
                    wanted.min(gate.concurrency().unwrap_or(MAX_CONCURRENCY)).clamp(1, MAX_CONCURRENCY)
                });
                of_each.sum()
            }
        };
        let span = tracing::debug_span!(target: "dataverse_entity", "dataverse.bulk", chunk);
        run::run(&client, items, chunk, limit, watch, |Chunk { items }| send(client.clone(), items))
            .instrument(span)
            .await
    }
}

/// Sends drafts in one message. Sends again the drafts that an elastic table throttled.
async fn together<D, M>(
    client: Client,
    drafts: Vec<D>,
    isolate: bool,
    message: impl Fn(Vec<D>) -> M + Send + Sync,
) -> Vec<Outcome<D::Output>>
where
    D: Message<Output: Send + 'static> + Clone + Send + Sync + 'static,
    M: Multiple<Each = D::Output> + Send + Sync,
{
    let (client, message) = (&client, &message);
    in_rounds(client, drafts.iter().collect(), |chunk| async move {
        let outcomes = match client.execute(message(cloned(&chunk)).outcomes()).await {
            Ok(outcomes) => outcomes,
            Err(error) => after_failure(client, chunk, error, isolate).await,
        };
        // The client has sent again a message that was throttled as a whole; its errors count the attempts.
        let may_be_sent_again = |error: &Error| error.is_throttled() && error.attempts() == 1;
        let round = |outcome: Outcome<D::Output>| match outcome {
            Err(error) if may_be_sent_again(&error) => Answer::Open(error),
            outcome => Answer::Final(outcome),
        };
        outcomes.into_iter().map(round).collect()
    })
    .await
}

/// Returns the outcomes of a chunk that was refused as a whole.
async fn after_failure<M>(
    client: &Client,
    chunk: Vec<&M>,
    error: Error,
    isolate: bool,
) -> Vec<Outcome<M::Output>>
where
    M: Message<Output: Send + 'static> + Clone + Send + Sync + 'static,
{
    let refused = error.status().is_some_and(|status| status.is_client_error());
    if isolate && refused && !error.is_throttled() && chunk.len() > 1 {
        return in_batch(client, chunk).await;
    }
    share(error, chunk.len())
}

fn share<R>(error: Error, count: usize) -> Vec<Outcome<R>> {
    (0..count).map(|_| Err(error.clone())).collect()
}

fn cloned<M: Clone>(messages: &[&M]) -> Vec<M> {
    messages.iter().map(|message| (*message).clone()).collect()
}

/// Sends messages as a batch in which each succeeds or fails by itself. Sends the throttled ones again.
async fn in_batch<M>(client: &Client, messages: Vec<&M>) -> Vec<Outcome<M::Output>>
where
    M: Message<Output: Send + 'static> + Clone + Send + Sync + 'static,
{
    in_rounds(client, messages, |chunk| async move {
        let mut batch = Batch::new().continue_on_error(true);
        let parts: Vec<_> = cloned(&chunk).into_iter().map(|message| batch.add(message)).collect();
        match client.execute(batch).await {
            Err(error) => share(error, chunk.len()).into_iter().map(Answer::Final).collect(),
            Ok(reply) => {
                let answer =
                    |part| reply.get(part).map_or_else(Answer::Open, |output| Answer::Final(Ok(output)));
                parts.iter().map(answer).collect()
            }
        }
    })
    .await
}

/// What a round says of a message.
enum Answer<R> {
    Final(Outcome<R>),
    /// It failed. The policy decides whether it is sent again.
    Open(Error),
}

/// Sends messages in rounds until each has its outcome. Each round sends those that the last one left open, after
/// the longest of their delays. As for whole requests, a throttled message has no number of attempts but a
/// deadline; it does not pause others, because an elastic table throttles a partition, not a user.
async fn in_rounds<'m, M, R, F>(
    client: &Client,
    messages: Vec<&'m M>,
    send: impl Fn(Vec<&'m M>) -> F,
) -> Vec<Outcome<R>>
where
    F: Future<Output = Vec<Answer<R>>>,
{
    let mut outcomes: Vec<Option<Outcome<R>>> = messages.iter().map(|_| None).collect();
    let policy = client.retry_policy();
    let patience = Patience::of(policy.deadline_of_throttling());
    let (mut delays, mut throttled_rounds) = (policy.backoff_delays(), 0);
    loop {
        let open: Vec<usize> = (0..outcomes.len()).filter(|index| outcomes[*index].is_none()).collect();
        let answers = send(open.iter().map(|index| messages[*index]).collect()).await;
        let (mut longest, mut backoff, mut was_throttled) = (None, None, false);
        for (index, answer) in open.into_iter().zip(answers) {
            outcomes[index] = match answer {
                Answer::Final(outcome) => Some(outcome),
                Answer::Open(error) => {
                    let delay = if error.is_throttled() {
                        was_throttled = true;
                        let delay =
                            throttle::delay(error.retry_after(), policy.backoff_range(), throttled_rounds);
                        Instant::now().checked_add(delay).filter(|end| patience.lasts(*end)).map(|_| delay)
                    } else {
                        // The messages of a round share one attempt.
                        let backoff = *backoff.get_or_insert_with(|| delays.next());
                        policy.delay(&error, false, backoff)
                    };
                    longest = longest.max(delay);
                    delay.is_none().then_some(Err(error))
                }
            };
        }
        throttled_rounds += u32::from(was_throttled);
        match longest {
            Some(delay) => tokio::time::sleep(delay).await,
            None => return outcomes.into_iter().flatten().collect(),
        }
    }
}

impl core::fmt::Debug for Bulk {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Bulk")
            .field("chunk", &self.chunk)
            .field("concurrency", &self.concurrency)
            .field("in_batches", &self.in_batches)
            .finish_non_exhaustive()
    }
}
