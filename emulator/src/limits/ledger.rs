//! What one user has used of the limits.

use std::collections::VecDeque;
use std::time::Duration;

use super::service_limits::ServiceLimits;

/// Microseconds by which each request within a `Retry-After` extends it. Microsoft says only that the duration
/// is extended if the application goes on.
const EXTENSION: i64 = 1_000_000;

/// `Retry-After` of a refusal for concurrency, in microseconds. The limit has room as soon as a request ends.
const CONCURRENCY_RETRY: i64 = 1_000_000;

/// One of the three limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    Requests,
    ExecutionTime,
    Concurrency,
}

/// A refusal: the limit that has no room, and the microseconds after which it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) limit: Limit,
    pub(super) retry_after: i64,
}

/// A request that is under way.
#[derive(Debug)]
struct Running {
    number: u64,
    /// Its end and its cost, if a model says them.
    ends: Option<(i64, i64)>,
}

/// The requests of one user. All times are microseconds since 1970.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// When the requests of the window began, oldest first.
    begun: VecDeque<i64>,
    /// When the requests of the window ended, and their costs, oldest first.
    ended: VecDeque<(i64, i64)>,
    /// The sum of the costs in `ended`.
    executed: i64,
    running: Vec<Running>,
    /// The limit that has no room, and the end of its `Retry-After`.
    refusing: Option<(Limit, i64)>,
    /// The latest time.
    latest: i64,
    next_number: u64,
}

impl Ledger {
    /// Admits a request, and returns its number. `cost` is its execution time, if a model says it.
    pub(super) fn begin(
        &mut self,
        now: i64,
        cost: Option<Duration>,
        limits: &ServiceLimits,
    ) -> Result<u64, Refused> {
        let now = self.advance(now, limits);
        let window = micros(limits.window);
        if let Some((limit, until)) = self.refusing.filter(|(_, until)| *until > now) {
            let until = (until + EXTENSION).min(now.saturating_add(window)).max(until);
            self.refusing = Some((limit, until));
            return Err(Refused { limit, retry_after: until - now });
        }
        self.refusing = None;
        if self.running.len() >= limits.concurrent_requests {
            return Err(Refused { limit: Limit::Concurrency, retry_after: CONCURRENCY_RETRY });
        }
        let full = if self.begun.len() >= limits.requests {
            Some((Limit::Requests, self.begun[self.begun.len() - limits.requests]))
        } else {
            self.executed_too_much(limits).map(|last| (Limit::ExecutionTime, last))
        };
        if let Some((limit, last_in_the_way)) = full {
            let until = last_in_the_way.saturating_add(window);
            self.refusing = Some((limit, until));
            return Err(Refused { limit, retry_after: until - now });
        }
        self.begun.push_back(now);
        let number = self.next_number;
        self.next_number += 1;
        let ends = cost.map(micros).map(|cost| (now.saturating_add(cost), cost));
        self.running.push(Running { number, ends });
        Ok(number)
    }

    /// Ends a request, unless a model says when it ends.
    pub(super) fn end(&mut self, number: u64, now: i64, cost: Duration, limits: &ServiceLimits) {
        let now = self.advance(now, limits);
        let is_it = |running: &Running| running.number == number && running.ends.is_none();
        if let Some(index) = self.running.iter().position(is_it) {
            self.running.swap_remove(index);
            self.execute(now, micros(cost));
        }
    }

    /// Returns the number of requests and the execution time that are left.
    pub(super) fn left(&mut self, now: i64, limits: &ServiceLimits) -> (usize, Duration) {
        self.advance(now, limits);
        let executed = Duration::from_micros(u64::try_from(self.executed).unwrap_or_default());
        let requests = limits.requests.saturating_sub(self.begun.len());
        (requests, limits.execution_time.saturating_sub(executed))
    }

    /// Returns when the request ended that has to leave the window before there is execution time again.
    fn executed_too_much(&self, limits: &ServiceLimits) -> Option<i64> {
        let limit = micros(limits.execution_time);
        let mut executed = self.executed;
        if executed < limit {
            return None;
        }
        for (ended, cost) in &self.ended {
            executed -= cost;
            if executed < limit {
                return Some(*ended);
            }
        }
        self.ended.back().map(|(ended, _)| *ended)
    }

    /// Moves to a time: ends what a model says has ended, and forgets what has left the window. A clock that
    /// was set back by more than a window begins anew. Returns the time.
    fn advance(&mut self, now: i64, limits: &ServiceLimits) -> i64 {
        let window = micros(limits.window);
        if self.latest.saturating_sub(now) > window {
            *self = Self { next_number: self.next_number, ..Self::default() };
        }
        // Threads may read the clock in another order than they come here.
        let now = now.max(self.latest);
        self.latest = now;
        let mut over: Vec<(i64, i64)> =
            self.running.iter().filter_map(|running| running.ends).filter(|(end, _)| *end <= now).collect();
        if !over.is_empty() {
            self.running.retain(|running| running.ends.is_none_or(|(end, _)| end > now));
            over.sort_unstable();
            for (end, cost) in over {
                self.execute(end, cost);
            }
        }
        while self.begun.front().is_some_and(|begun| begun.saturating_add(window) <= now) {
            self.begun.pop_front();
        }
        while let Some((_, cost)) = self.ended.front().filter(|(end, _)| end.saturating_add(window) <= now) {
            self.executed -= cost;
            self.ended.pop_front();
        }
        now
    }

    fn execute(&mut self, end: i64, cost: i64) {
        self.ended.push_back((end, cost));
        self.executed = self.executed.saturating_add(cost);
    }
}

fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}
