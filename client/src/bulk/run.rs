//! Runs chunks concurrently and returns their outcomes in order.

use futures_core::future::BoxFuture;
use futures_util::StreamExt;
use futures_util::future::{Either, select, select_all};
use futures_util::stream::FuturesUnordered;

use super::outcome::{Outcome, Progress};
use crate::client::Client;

/// Messages that are sent in one request.
pub(super) struct Chunk<I> {
    pub(super) items: Vec<I>,
}

/// The caller's progress callback, if there is one.
pub(super) struct Watch(Option<Box<dyn FnMut(Progress) + Send>>);

impl Watch {
    pub(super) fn new() -> Self {
        Self(None)
    }

    pub(super) fn telling(tell: impl FnMut(Progress) + Send + 'static) -> Self {
        Self(Some(Box::new(tell)))
    }
}

/// Sends the items in chunks and returns the outcomes in the order of the items.
///
/// Asks `limit` before each chunk how many may be under way. Takes items from the iterator only when their
/// chunk can be sent, so an iterator over a large source is never held in memory.
pub(super) async fn run<I, R>(
    client: &Client,
    mut items: impl Iterator<Item = I> + Send,
    size: usize,
    limit: impl Fn() -> usize,
    mut watch: Watch,
    send: impl Fn(Chunk<I>) -> BoxFuture<'static, Vec<Outcome<R>>>,
) -> Vec<Outcome<R>> {
    let total = match items.size_hint() {
        (lower, Some(upper)) if lower == upper => Some(upper),
        _ => None,
    };
    let mut chunks: Vec<Vec<Outcome<R>>> = Vec::new();
    let mut under_way = FuturesUnordered::new();
    let mut is_over = false;
    let (mut done, mut failed) = (0, 0);
    let next_pause = || select_all(client.gates().map(|gate| Box::pin(gate.next_pause())));
    let mut pause = next_pause();
    loop {
        while !is_over && under_way.len() < limit() {
            let chunk: Vec<I> = items.by_ref().take(size).collect();
            if chunk.is_empty() {
                is_over = true;
                break;
            }
            let index = chunks.len();
            chunks.push(Vec::new());
            let sent = send(Chunk { items: chunk });
            under_way.push(async move { (index, sent.await) });
        }
        let mut paused_for = None;
        match select(under_way.next(), &mut pause).await {
            Either::Left((None, _)) => break,
            Either::Left((Some((index, outcomes)), _)) => {
                done += outcomes.len();
                failed += outcomes.iter().filter(|outcome| outcome.is_err()).count();
                chunks[index] = outcomes;
            }
            Either::Right((((), index, _), _)) => {
                paused_for = client.gates().nth(index).and_then(|gate| gate.paused_for());
                pause = next_pause();
            }
        }
        if let Some(tell) = &mut watch.0 {
            tell(Progress { done, failed, total, paused_for });
        }
    }
    chunks.into_iter().flatten().collect()
}
