//! Sends chunks concurrently, and returns their outcomes in order as a stream.

use core::pin::Pin;
use core::task::{Context, Poll};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::vec;

use dataverse_entity_core::message::{Error, TransportFailure};
use futures_core::Stream;
use futures_core::future::BoxFuture;
use futures_util::StreamExt;
use futures_util::future::{FutureExt, select_all};
use futures_util::stream::{BoxStream, FuturesUnordered};
use tokio::time::{Instant, Sleep, sleep_until};
use tracing::Span;

use super::outcome::{Outcome, Progress, Watch};
use super::size::ChunkSize;
use crate::measure;
use crate::throttle::Gate;

/// How many chunks a stream holds for each request that may be under way: enough that a slow chunk does not stop
/// the others at once.
pub(super) const WINDOW: usize = 4;

/// The caller gets all outcomes at the end, one for each message of the input. Waiting for a slow chunk would save
/// no memory.
pub(super) const ALL: usize = usize::MAX;

/// Messages that are sent in one request.
pub(super) struct Chunk<I> {
    /// Position of the first message in the input, from 0.
    pub(super) first: u64,
    pub(super) items: Vec<I>,
}

impl<I> Chunk<I> {
    pub(super) fn rows(&self) -> Vec<&I> {
        self.items.iter().collect()
    }
}

/// Sends a chunk, and returns an outcome for each of its messages.
pub(super) type SendChunk<'a, I, R> =
    Box<dyn Fn(Chunk<I>) -> BoxFuture<'static, Vec<Outcome<R>>> + Send + 'a>;

/// The settings of a run.
pub(super) struct Settings<'a> {
    pub(super) gates: Vec<Arc<Gate>>,
    pub(super) size: ChunkSize,
    /// How many chunks may be under way. Asked before each chunk.
    pub(super) limit: Box<dyn Fn() -> usize + Send + 'a>,
    /// How many chunks, for each one that may be under way, the run holds until the outcomes before them are
    /// there.
    pub(super) window: usize,
    pub(super) watch: Watch,
    /// When the run ends; `None` if it ends with its input.
    pub(super) deadline: Option<Instant>,
    pub(super) span: Span,
}

/// Sends the items of a stream in chunks. Each call of `poll_next` sends as many chunks as the limit and the
/// window allow. The run takes items from the input only to send them, so the input may be endless.
pub(super) struct Run<'a, I, R> {
    /// `None` after its end.
    input: Option<BoxStream<'a, I>>,
    settings: Settings<'a>,
    send: SendChunk<'a, I, R>,
    /// The items of the next chunk.
    waiting: Vec<I>,
    /// Number of items that have been sent.
    sent: u64,
    /// Index of the next chunk to send, and of the next one to report.
    next: usize,
    reported: usize,
    under_way: FuturesUnordered<BoxFuture<'static, (usize, Vec<Outcome<R>>)>>,
    /// Number of messages of each chunk under way.
    counts: BTreeMap<usize, usize>,
    /// Outcomes of chunks that were faster than one before them.
    early: BTreeMap<usize, Vec<Outcome<R>>>,
    ready: VecDeque<vec::IntoIter<Outcome<R>>>,
    pause: BoxFuture<'static, Arc<Gate>>,
    /// Wakes the run at its deadline. Made by the first poll, because it needs tokio's timer.
    alarm: Option<Pin<Box<Sleep>>>,
    progress: Progress,
}

// No field is pinned in place.
impl<I, R> Unpin for Run<'_, I, R> {}

impl<'a, I, R> Run<'a, I, R> {
    pub(super) fn new(input: BoxStream<'a, I>, settings: Settings<'a>, send: SendChunk<'a, I, R>) -> Self {
        let total = match input.size_hint() {
            (lower, Some(upper)) if lower == upper => Some(upper),
            _ => None,
        };
        Self {
            pause: next_pause(&settings.gates),
            progress: settings.watch.start(total),
            input: Some(input),
            settings,
            send,
            waiting: Vec::new(),
            sent: 0,
            next: 0,
            reported: 0,
            under_way: FuturesUnordered::new(),
            counts: BTreeMap::new(),
            alarm: None,
            early: BTreeMap::new(),
            ready: VecDeque::new(),
        }
    }

    fn may_send(&self) -> bool {
        let limit = (self.settings.limit)();
        let held = self.next - self.reported;
        self.under_way.len() < limit && held < limit.saturating_mul(self.settings.window)
    }

    /// Sends the chunks that may be sent.
    fn fill(&mut self, cx: &mut Context<'_>)
    where
        R: Send + 'static,
    {
        while self.may_send() {
            let size = self.settings.size.now();
            let mut is_waiting_for_input = false;
            while self.waiting.len() < size
                && let Some(input) = &mut self.input
            {
                match input.poll_next_unpin(cx) {
                    Poll::Ready(Some(item)) => self.waiting.push(item),
                    Poll::Ready(None) => self.input = None,
                    Poll::Pending => {
                        is_waiting_for_input = true;
                        break;
                    }
                }
            }
            // A slow input must not hold back items when nothing else is under way: it may wait for their
            // outcomes.
            if self.waiting.is_empty() || (is_waiting_for_input && !self.under_way.is_empty()) {
                return;
            }
            let items: Vec<I> = self.waiting.drain(..size.min(self.waiting.len())).collect();
            let count = items.len();
            let index = self.next;
            let sent = (self.send)(Chunk { first: self.sent, items });
            self.counts.insert(index, count);
            self.under_way.push(Box::pin(sent.map(move |outcomes| (index, outcomes))));
            self.next += 1;
            self.sent += count as u64;
            if is_waiting_for_input {
                return;
            }
        }
    }

    /// Ends the run if its deadline has passed: whatever is under way is dropped.
    fn end_at_deadline(&mut self, cx: &mut Context<'_>) {
        let Some(deadline) = self.settings.deadline else { return };
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        // The timer may be late by a millisecond.
        if alarm.poll_unpin(cx).is_pending() && Instant::now() < deadline {
            return;
        }
        self.settings.deadline = None;
        self.under_way.clear();
        for (index, count) in core::mem::take(&mut self.counts) {
            let error = Error::transport(TransportFailure::TimedOut, "the deadline of the run has passed");
            self.finish(index, vec![error; count].into_iter().map(Err).collect());
        }
        let mut unsent = core::mem::take(&mut self.waiting).len();
        if let Some(mut input) = self.input.take()
            && self.settings.window == ALL
        {
            while let Poll::Ready(Some(_)) = input.poll_next_unpin(cx) {
                unsent += 1;
            }
        }
        if unsent > 0 {
            let error = Error::not_carried_out("the deadline of the run had passed");
            let index = self.next;
            self.next += 1;
            self.sent += unsent as u64;
            self.finish(index, vec![error; unsent].into_iter().map(Err).collect());
        }
    }

    fn finish(&mut self, index: usize, outcomes: Vec<Outcome<R>>) {
        self.counts.remove(&index);
        let failed = outcomes.iter().filter(|outcome| outcome.is_err()).count();
        measure::rows(outcomes.len() - failed, outcomes.iter().filter_map(|outcome| outcome.as_ref().err()));
        self.progress.done += outcomes.len();
        self.progress.failed += failed;
        self.early.insert(index, outcomes);
        while let Some(outcomes) = self.early.remove(&self.reported) {
            self.ready.push_back(outcomes.into_iter());
            self.reported += 1;
        }
        self.settings.watch.tell(&mut self.progress, None);
    }

    /// Returns the next outcome that is there.
    fn next_ready(&mut self) -> Option<Outcome<R>> {
        while let Some(chunk) = self.ready.front_mut() {
            if let Some(outcome) = chunk.next() {
                return Some(outcome);
            }
            self.ready.pop_front();
        }
        None
    }
}

impl<I, R: Send + 'static> Stream for Run<'_, I, R> {
    type Item = Outcome<R>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let run = Pin::into_inner(self);
        let _entered = run.settings.span.clone().entered();
        loop {
            if let Some(outcome) = run.next_ready() {
                return Poll::Ready(Some(outcome));
            }
            run.end_at_deadline(cx);
            if let Some(outcome) = run.next_ready() {
                return Poll::Ready(Some(outcome));
            }
            run.fill(cx);
            match run.under_way.poll_next_unpin(cx) {
                Poll::Ready(Some((index, outcomes))) => {
                    run.finish(index, outcomes);
                    continue;
                }
                Poll::Ready(None) if run.input.is_none() && run.waiting.is_empty() => {
                    return Poll::Ready(None);
                }
                Poll::Ready(None) | Poll::Pending => {}
            }
            match run.pause.poll_unpin(cx) {
                Poll::Ready(gate) => {
                    run.pause = next_pause(&run.settings.gates);
                    run.settings.watch.tell(&mut run.progress, gate.paused_for());
                }
                Poll::Pending => return Poll::Pending,
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let ready: usize = self.ready.iter().map(ExactSizeIterator::len).sum();
        let open = self.input.as_ref().map_or((0, Some(0)), Stream::size_hint);
        // Those under way are known to the input no longer.
        let known = usize::try_from(self.sent).unwrap_or(usize::MAX).saturating_sub(self.progress.done);
        let early: usize = self.early.values().map(Vec::len).sum();
        let here = ready + known + early + self.waiting.len();
        (here.saturating_add(open.0), open.1.and_then(|upper| upper.checked_add(here)))
    }
}

/// Waits for the next pause of any gate.
fn next_pause(gates: &[Arc<Gate>]) -> BoxFuture<'static, Arc<Gate>> {
    let each = gates.iter().cloned().map(|gate| -> BoxFuture<'static, Arc<Gate>> {
        Box::pin(async move {
            gate.next_pause().await;
            gate
        })
    });
    Box::pin(select_all(each).map(|(gate, ..)| gate))
}
