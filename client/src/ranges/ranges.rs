//! The stream of the rows of all ranges.

use core::fmt;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::collections::VecDeque;
use std::sync::Arc;

use dataverse_entity_core::FromRow;
use dataverse_entity_core::message::{Cut, Error, InRanges, KeyRange, Query, RangePosition};
use dataverse_entity_core::{Page, Projection, Record};
use futures_core::future::BoxFuture;
use futures_core::{FusedStream, Stream};
use futures_util::future::{FutureExt, join};
use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::runtime::Handle;
use tracing::Span;

use super::lane::Lane;
use super::split::Division;
use crate::client::Client;
use crate::pages::{Fetched, fetch, fetch_ahead};

impl Client {
    /// Reads a query in several ranges at a time, as one stream of records.
    ///
    /// The stream delivers the pages of all ranges as they arrive: within a range in the order of its column,
    /// and otherwise in no order. It holds at most one page of each range, and one more. A caller who takes no
    /// records stops the requests. The ranges need not be equally large: whoever has nothing left to read takes
    /// over a part of the range that has most left.
    ///
    /// # What is read
    ///
    /// Each row that exists during the whole reading, and whose value of the column stays the same, is
    /// delivered exactly once, however its other columns change. A row that is created or deleted meanwhile may be
    /// delivered or not. Dataverse has no snapshot: rows that are read at different times may not belong
    /// together. The ranges themselves rely on the server to sort by the column as it compares; the client checks
    /// the order of the rows that arrive.
    ///
    /// # Stopping and resuming
    ///
    /// [`Ranges::position`] can be taken between any two records, and
    /// [`InRanges::resume`](dataverse_entity_core::message::InRanges::resume) goes on there, record by record,
    /// without links that expire. To find its place, a range is read again from the value of its last record:
    /// many rows of the same second are fetched again, but not delivered. If that last record was deleted
    /// meanwhile, other rows with its value may be delivered again.
    ///
    /// # Errors
    ///
    /// Returns an error if the query or its column cannot be cut into ranges, if the struct has no field for the
    /// column or for the id, or if the position is that of another query.
    ///
    /// The stream returns the error of a range when the client's [`RetryPolicy`](crate::RetryPolicy) gives up on
    /// it. The other ranges go on; the position keeps what is left of this one.
    ///
    /// ```no_run
    /// # use dataverse_entity::client::Client;
    /// # use dataverse_entity::prelude::*;
    /// # use dataverse_entity::tables::SessionEvent;
    /// # async fn run(client: Client) -> Result<(), dataverse_entity::Error> {
    /// let mut events = client.ranges(SessionEvent::query().in_ranges(8))?;
    /// while let Some(event) = events.next().await {
    ///     println!("{:?}", event?.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn ranges<P>(&self, query: InRanges<P>) -> Result<Ranges<P>, Error>
    where
        P: Projection + for<'de> FromRow<'de> + Send + 'static,
    {
        Ok(Ranges::new(self.clone(), query.cut()?))
    }
}

/// The records of a query that is read in ranges, as a fused stream. [`Client::ranges`] makes one.
///
/// [`next`](Self::next) and [`try_collect`](Self::try_collect) need no other crate. For more, use `StreamExt`
/// and `TryStreamExt` of `futures`.
///
/// ```no_run
/// use dataverse_entity::client::Client;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// # async fn run(client: Client, stored: Option<String>) -> Result<(), Box<dyn std::error::Error>> {
/// let mut query = SessionEvent::query().in_ranges(8);
/// if let Some(stored) = stored {
///     query = query.resume(stored.parse()?);
/// }
/// let mut events = client.ranges(query)?;
/// let mut count = 0;
/// while let Some(event) = events.next().await {
///     println!("{:?}", event?.name);
///     count += 1;
///     if count % 10_000 == 0 {
///         std::fs::write("events.position", events.position().to_string())?;
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream fetches nothing until it is polled"]
pub struct Ranges<P: Projection> {
    client: Client,
    span: Span,
    cut: Arc<Cut<P>>,
    /// What is asked at the start; `None` once it is known.
    start: Option<BoxFuture<'static, Start>>,
    /// Whether it is unknown yet if rows have no value.
    asks_nulls: bool,
    /// The last value of the column at the start.
    last: Option<i128>,
    lanes: Vec<Lane<P>>,
    /// Number of the next lane.
    number: u64,
    /// Ranges that no lane reads yet.
    waiting: VecDeque<KeyRange>,
    /// What is left of the ranges that ended with an error.
    failed: Vec<KeyRange>,
    fetches: FuturesUnordered<Arrival<P>>,
    /// The lane whose page is being delivered.
    delivering: Option<u64>,
}

/// The number of a lane, with a page of it and the query of the page.
type Arrival<P> = BoxFuture<'static, (u64, Result<(Query<P>, Page<P>), Error>)>;

/// What the start of a reading brought.
struct Start {
    /// The last value of the column; `None` if it was not asked for, or if no row has one.
    last: Result<Option<i128>, Error>,
    /// Whether rows have no value; `None` if it was not asked for.
    has_nulls: Option<Result<bool, Error>>,
}

impl<P> Ranges<P>
where
    P: Projection + for<'de> FromRow<'de> + Send + 'static,
{
    fn new(client: Client, mut cut: Cut<P>) -> Self {
        let has_nulls = cut.missing().is_some();
        let is_parallel = cut.count() > 1;
        let (waiting, asks_nulls) = match cut.take_ranges() {
            Some(ranges) => (ranges, false),
            // One request at a time needs no plan.
            None if has_nulls && !is_parallel => (vec![KeyRange::ALL, KeyRange::NULL], false),
            None => (vec![KeyRange::ALL], has_nulls),
        };
        let is_open = |range: &KeyRange| !range.is_null && range.to.is_none();
        let asks_last = is_parallel && waiting.iter().any(is_open);
        let cut = Arc::new(cut);
        let start = (asks_last || asks_nulls).then(|| -> BoxFuture<'static, Start> {
            Box::pin(start(client.clone(), cut.clone(), asks_last, asks_nulls))
        });
        Self {
            client,
            span: tracing::debug_span!(target: "dataverse_entity", "dataverse.ranges"),
            cut,
            start,
            asks_nulls,
            last: None,
            lanes: Vec::new(),
            number: 0,
            waiting: waiting.into(),
            failed: Vec::new(),
            fetches: FuturesUnordered::new(),
            delivering: None,
        }
    }

    /// Returns the next record, or the error of a range; `None` after the last range.
    pub async fn next(&mut self) -> Option<Result<Record<P>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns all remaining records, in a `Vec` or another collection.
    ///
    /// # Errors
    ///
    /// Returns the first error of a range. The records before it are lost.
    pub async fn try_collect<C: Default + Extend<Record<P>>>(mut self) -> Result<C, Error> {
        let mut records = C::default();
        while let Some(record) = self.next().await {
            records.extend([record?]);
        }
        Ok(records)
    }

    /// Returns where the reading stops now: after the record that [`next`](Self::next) returned last. Nothing
    /// before it is delivered again, and everything after it is left.
    pub fn position(&self) -> RangePosition {
        let of_lanes = self.lanes.iter().map(Lane::range);
        let nulls = self.asks_nulls.then_some(&KeyRange::NULL);
        self.cut.position(of_lanes.chain(&self.waiting).chain(nulls).chain(&self.failed).copied().collect())
    }

    fn started(&mut self, Start { last, has_nulls }: Start) -> Result<(), Error> {
        self.start = None;
        self.asks_nulls = false;
        let has_nulls = has_nulls.unwrap_or(Ok(false));
        match &has_nulls {
            Ok(false) => {}
            Ok(true) => self.waiting.push_back(KeyRange::NULL),
            Err(_) => self.failed.push(KeyRange::NULL),
        }
        self.last = last?;
        has_nulls.map(|_| ())
    }

    fn arrived(&mut self, number: u64, fetched: Fetched<Query<P>>) {
        if let Some(lane) = self.lanes.iter_mut().find(|lane| lane.number == number) {
            lane.arrive(&self.cut, fetched);
        }
        self.lanes.retain(|lane| lane.is_ready() || lane.goes_on());
    }

    /// Gives a part of the range that has most left to those that have nothing to read.
    fn divide(&mut self) {
        let idle = self.cut.count().saturating_sub(self.lanes.len());
        if idle == 0 || !self.waiting.is_empty() {
            return;
        }
        let end = self.last.map(|last| last.saturating_add(1));
        let lanes = self.lanes.iter_mut().filter_map(|lane| Some((lane.progress(end)?, lane)));
        let most = lanes.max_by(|(one, _), (other, _)| one.pages_left().total_cmp(&other.pages_left()));
        if let Some((progress, lane)) = most
            && let Some(Division { at, parts }) = progress.divide(idle)
        {
            let rest = lane.split_off(at);
            self.waiting.extend(rest.evenly(parts, at, progress.end));
        }
    }

    /// Starts what may be fetched. Returns whether it started anything.
    fn fill(&mut self) -> bool {
        while self.lanes.len() < self.cut.count()
            && let Some(range) = self.waiting.pop_front()
        {
            self.lanes.push(Lane::new(self.number, &self.cut, range));
            self.number += 1;
        }
        let before = self.fetches.len();
        for lane in &mut self.lanes {
            let is_delivering = self.delivering == Some(lane.number);
            if let Some(query) = lane.take_next(is_delivering) {
                let (number, client) = (lane.number, self.client.clone());
                // Outside a runtime, the client says so.
                let fetch = match Handle::try_current() {
                    Ok(_) => fetch_ahead(client, query, self.span.clone()),
                    Err(_) => Box::pin(fetch(client, query)),
                };
                self.fetches.push(Box::pin(fetch.map(move |fetched| (number, fetched))));
            }
        }
        self.fetches.len() > before
    }

    /// Returns the next row of the page that is being delivered.
    fn deliver(&mut self) -> Option<Result<Record<P>, Error>> {
        let number = self.delivering?;
        let index = self.lanes.iter().position(|lane| lane.number == number)?;
        let lane = &mut self.lanes[index];
        let delivered = lane.deliver();
        if lane.is_within_page() {
            return delivered;
        }
        // The next page is one of another lane, if there is one.
        self.delivering = None;
        let lane = self.lanes.remove(index);
        if let Some(Err(_)) = &delivered {
            self.failed.push(*lane.range());
        } else if lane.is_ready() || lane.goes_on() {
            self.lanes.push(lane);
        }
        delivered
    }
}

/// Asks for the last value of the column, and whether rows have none.
async fn start<P: Projection>(client: Client, cut: Arc<Cut<P>>, asks_last: bool, asks_nulls: bool) -> Start {
    let last = async {
        match asks_last {
            true => client.execute(cut.last()).await,
            false => Ok(None),
        }
    };
    let has_nulls = async {
        match cut.missing().filter(|_| asks_nulls) {
            Some(missing) => Some(client.execute(missing).await),
            None => None,
        }
    };
    let (last, has_nulls) = join(last, has_nulls).await;
    Start { last, has_nulls }
}

// No field is pinned in place.
impl<P: Projection> Unpin for Ranges<P> {}

impl<P> Stream for Ranges<P>
where
    P: Projection + for<'de> FromRow<'de> + Send + 'static,
{
    type Item = Result<Record<P>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let ranges = &mut *self;
        loop {
            if let Some(delivered) = ranges.deliver() {
                return Poll::Ready(Some(delivered));
            }
            if let Some(start) = &mut ranges.start
                && let Poll::Ready(start) = start.poll_unpin(context)
                && let Err(error) = ranges.started(start)
            {
                return Poll::Ready(Some(Err(error)));
            }
            while let Poll::Ready(Some((number, fetched))) = ranges.fetches.poll_next_unpin(context) {
                ranges.arrived(number, fetched);
            }
            ranges.divide();
            ranges.delivering = ranges.lanes.iter().find(|lane| lane.is_ready()).map(|lane| lane.number);
            let has_started = ranges.fill();
            if ranges.is_terminated() {
                return Poll::Ready(None);
            }
            if ranges.delivering.is_none() && !has_started {
                return Poll::Pending;
            }
        }
    }
}

impl<P> FusedStream for Ranges<P>
where
    P: Projection + for<'de> FromRow<'de> + Send + 'static,
{
    fn is_terminated(&self) -> bool {
        self.start.is_none() && self.lanes.is_empty() && self.waiting.is_empty()
    }
}

impl<P: Projection> fmt::Debug for Ranges<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ranges")
            .field("being_read", &self.lanes.len())
            .field("waiting", &self.waiting.len())
            .field("failed", &self.failed.len())
            .finish_non_exhaustive()
    }
}
