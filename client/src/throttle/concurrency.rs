//! How many requests may be under way at once.

use core::time::Duration;

use tokio::time::Instant;

/// How long the client stays below a number of requests that was refused, before it tries that number again:
/// the window in which Dataverse counts.
const MEMORY: Duration = Duration::from_secs(300);

/// The number of requests that may be under way. Each refusal for concurrency halves it, and answers raise it
/// again, one request for each round of answers. After a pause it starts at one, and doubles with each round.
#[derive(Debug, Default)]
pub(super) struct Concurrency {
    /// Number that the server recommends (`x-ms-dop-hint`).
    pub(super) recommended: Option<usize>,
    /// What refusals for concurrency have left; `None` if there was none, and nothing limits the caller.
    limit: Option<Limit>,
    /// The number after a pause, and the number at which the pause is overcome.
    ramp: Option<(usize, usize)>,
}

#[derive(Debug)]
struct Limit {
    now: usize,
    /// Number of answers since it was raised.
    answers: usize,
    /// Number of requests that was refused, and when.
    refused: usize,
    at: Instant,
}

impl Concurrency {
    /// Returns the maximum number of requests under way, at least 1; `None` if it is not limited.
    pub(super) fn maximum(&self) -> Option<usize> {
        let limit = self.limit.as_ref().map(|limit| limit.now);
        let ramp = self.ramp.map(|(now, _)| now);
        match (limit, ramp) {
            (Some(limit), Some(ramp)) => Some(limit.min(ramp)),
            (limit, ramp) => limit.or(ramp),
        }
    }

    /// Notes an answer that was no refusal.
    pub(super) fn answered(&mut self, now: Instant) {
        if let Some((ramp, overcome)) = self.ramp {
            self.ramp = (ramp < overcome).then_some((ramp + 1, overcome));
        }
        if let Some(limit) = &mut self.limit {
            limit.answers += 1;
            let is_forgotten = now.saturating_duration_since(limit.at) >= MEMORY;
            if limit.answers >= limit.now && (is_forgotten || limit.now + 1 < limit.refused) {
                limit.now += 1;
                limit.answers = 0;
            }
        }
    }

    /// Notes that this many requests were too many at once.
    pub(super) fn refused(&mut self, under_way: usize, now: Instant) {
        let half = (under_way / 2).max(1);
        self.limit = Some(Limit { now: half, answers: 0, refused: under_way, at: now });
    }

    /// Notes that a pause begins while this many requests are under way.
    pub(super) fn pause(&mut self, under_way: usize) {
        let before = self.ramp.map_or(0, |(_, overcome)| overcome);
        self.ramp = Some((1, before.max(under_way).max(1)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(concurrency: &mut Concurrency, times: usize, now: Instant) {
        (0..times).for_each(|_| concurrency.answered(now));
    }

    #[test]
    fn a_refusal_halves_and_answers_raise_by_one_a_round_up_to_what_was_refused() {
        let (mut concurrency, start) = (Concurrency::default(), Instant::now());
        assert_eq!(concurrency.maximum(), None);
        concurrency.refused(52, start);
        assert_eq!(concurrency.maximum(), Some(26));
        answered(&mut concurrency, 26, start);
        assert_eq!(concurrency.maximum(), Some(27));
        answered(&mut concurrency, 10_000, start);
        assert_eq!(concurrency.maximum(), Some(51), "52 were too many");
        concurrency.refused(51, start);
        assert_eq!(concurrency.maximum(), Some(25));
        answered(&mut concurrency, 10_000, start + MEMORY);
        assert!(concurrency.maximum() > Some(51), "the number is tried again after a window");
    }

    #[test]
    fn one_request_is_always_allowed() {
        let (mut concurrency, start) = (Concurrency::default(), Instant::now());
        for under_way in [1, 0] {
            concurrency.refused(under_way, start);
            assert_eq!(concurrency.maximum(), Some(1));
            answered(&mut concurrency, 1000, start);
            assert_eq!(concurrency.maximum(), Some(1));
        }
    }

    #[test]
    fn after_a_pause_each_answer_adds_a_request_until_as_many_as_before_are_under_way() {
        let (mut concurrency, now) = (Concurrency::default(), Instant::now());
        concurrency.pause(8);
        assert_eq!(concurrency.maximum(), Some(1));
        answered(&mut concurrency, 1, now);
        assert_eq!(concurrency.maximum(), Some(2));
        answered(&mut concurrency, 2, now);
        assert_eq!(concurrency.maximum(), Some(4));
        // A second pause in the middle starts anew, and does not forget what was possible before.
        concurrency.pause(4);
        answered(&mut concurrency, 7, now);
        assert_eq!(concurrency.maximum(), Some(8));
        answered(&mut concurrency, 1, now);
        assert_eq!(concurrency.maximum(), None);
    }
}
