//! What a client has spent of its budget.

use core::time::Duration;
use std::collections::VecDeque;

use tokio::time::Instant;

use super::budget::Budget;

/// The answers of the window. A request counts from its answer, which is later than the server's own count: it
/// leaves the window of the server first.
#[derive(Debug)]
pub(super) struct Spent {
    budget: Budget,
    /// When answers came, and how long their requests took, oldest first.
    answers: VecDeque<(Instant, Duration)>,
    /// The sum of the durations in `answers`.
    took: Duration,
    /// The part of the durations that is execution time. The rest is time on the network.
    share: f64,
    /// Execution time of others, as far as the server tells it.
    others: Duration,
}

impl Spent {
    pub(super) fn new(budget: Budget) -> Self {
        Self { budget, answers: VecDeque::new(), took: Duration::ZERO, share: 1.0, others: Duration::ZERO }
    }

    /// Returns the sum of the durations of the window.
    pub(super) fn took(&self) -> Duration {
        self.took
    }

    /// Notes an answer, how long its request took, and what execution time the server says is left. `before` is
    /// the sum of the durations when the request was sent.
    ///
    /// The server may have counted what is left when the request began. The share is that of the sum then: if
    /// the server has counted later, it is too large rather than too small.
    pub(super) fn answered(
        &mut self,
        now: Instant,
        took: Duration,
        time_left: Option<Duration>,
        before: Duration,
    ) {
        self.advance(now);
        self.answers.push_back((now, took));
        self.took = self.took.saturating_add(took);
        if let Some(left) = time_left {
            let executed = self.budget.execution_time.saturating_sub(left);
            let share = executed.as_secs_f64() / before.as_secs_f64();
            self.share = if share.is_finite() { share.min(1.0) } else { 1.0 };
            self.others = executed.saturating_sub(self.took);
        }
    }

    /// Returns when there may be room for a request, next to those under way; `None` if there is room.
    pub(super) fn next_room(
        &mut self,
        now: Instant,
        under_way: usize,
        average: Option<Duration>,
    ) -> Option<Instant> {
        self.advance(now);
        let is_full = self.answers.len() + under_way >= self.budget.requests;
        let requests = f64::from(u32::try_from(under_way + 1).unwrap_or(u32::MAX));
        let reserved = average.unwrap_or_default().as_secs_f64() * requests;
        let spent = (self.took.as_secs_f64() + reserved) * self.share + self.others.as_secs_f64();
        let has_time = spent <= self.budget.execution_time.as_secs_f64();
        if !is_full && has_time {
            return None;
        }
        match self.answers.front() {
            Some((oldest, _)) => Some(*oldest + self.budget.window),
            // The end of a request under way is the next event, and wakes whoever waits.
            None => (under_way > 0).then(|| now + self.budget.window),
        }
    }

    /// Returns the requests and the execution time that are left.
    pub(super) fn left(&mut self, now: Instant) -> (usize, Duration) {
        self.advance(now);
        let executed = self.took.mul_f64(self.share).saturating_add(self.others);
        (
            self.budget.requests.saturating_sub(self.answers.len()),
            self.budget.execution_time.saturating_sub(executed),
        )
    }

    /// Forgets the answers that have left the window.
    fn advance(&mut self, now: Instant) {
        let window = self.budget.window;
        while let Some((_, took)) = self.answers.front().filter(|(at, _)| *at + window <= now) {
            self.took = self.took.saturating_sub(*took);
            self.answers.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn spent() -> Spent {
        Spent::new(Budget::documented().requests(4).execution_time(100 * SECOND))
    }

    #[test]
    fn requests_under_way_count_and_room_comes_when_the_oldest_answer_leaves_the_window() {
        let (mut spent, start) = (spent(), Instant::now());
        assert_eq!(spent.next_room(start, 0, None), None);
        spent.answered(start, SECOND, None, Duration::ZERO);
        spent.answered(start + SECOND, SECOND, None, SECOND);
        let now = start + 2 * SECOND;
        assert_eq!(spent.next_room(now, 1, None), None);
        assert_eq!(spent.next_room(now, 2, None), Some(start + 300 * SECOND));
        assert_eq!(spent.next_room(start + 300 * SECOND, 2, None), None);
        assert_eq!(spent.left(start + 300 * SECOND).0, 3);
    }

    #[test]
    fn execution_time_is_what_the_server_counts_if_it_says_so() {
        let (mut spent, start) = (spent(), Instant::now());
        // Without a word from the server, the whole duration counts.
        spent.answered(start, 98 * SECOND, None, Duration::ZERO);
        assert!(spent.next_room(start, 2, Some(SECOND)).is_some());
        // The server has counted half of it.
        spent.answered(start, 2 * SECOND, Some(51 * SECOND), 98 * SECOND);
        assert_eq!(spent.next_room(start, 1, Some(SECOND)), None);
        assert_eq!(spent.left(start).1, 50 * SECOND);
        // Another program has taken the rest.
        spent.answered(start, SECOND, Some(Duration::ZERO), 100 * SECOND);
        assert!(spent.next_room(start, 0, Some(SECOND)).is_some());
    }

    #[test]
    fn one_request_may_always_run() {
        let mut spent = Spent::new(Budget::documented().requests(1).execution_time(Duration::ZERO));
        let start = Instant::now();
        assert_eq!(spent.next_room(start, 0, Some(SECOND)), None);
        spent.answered(start, SECOND, Some(Duration::ZERO), Duration::ZERO);
        let next = spent.next_room(start, 0, Some(SECOND)).unwrap();
        assert_eq!(spent.next_room(next, 0, Some(SECOND)), None);
    }
}
