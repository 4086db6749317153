//! What can be made to go wrong.

use core::fmt;
use std::time::Duration;

use http::{Method, Request};

/// Something that goes wrong with requests to come: once, unless [`times`](Self::times) says otherwise.
#[must_use = "a fault happens once it is given to `Emulator::inject`"]
pub struct Fault {
    pub(super) effect: Effect,
    pub(super) left: usize,
    condition: Option<Condition>,
}

type Condition = Box<dyn Fn(&Method, &str) -> bool + Send + Sync>;

/// What happens.
#[derive(Debug, Clone, Copy)]
pub(super) enum Effect {
    Throttle(Duration),
    Unavailable,
    Delay(Duration),
    CutBefore,
    CutAfter,
}

impl Fault {
    fn new(effect: Effect) -> Self {
        Self { effect, left: 1, condition: None }
    }

    /// 429 with `Retry-After`, in whole seconds: the request is not carried out.
    pub fn throttle(retry_after: Duration) -> Self {
        Self::new(Effect::Throttle(retry_after))
    }

    /// 503, with the HTML page of a gateway: the request is not carried out.
    pub fn unavailable() -> Self {
        Self::new(Effect::Unavailable)
    }

    /// The answer comes later. The request is carried out after the delay.
    pub fn delay(by: Duration) -> Self {
        Self::new(Effect::Delay(by))
    }

    /// The connection breaks before the request is carried out.
    pub fn cut() -> Self {
        Self::new(Effect::CutBefore)
    }

    /// The connection breaks after the request was carried out: its answer is lost.
    pub fn cut_after() -> Self {
        Self::new(Effect::CutAfter)
    }

    /// How many requests it happens to.
    pub fn times(mut self, count: usize) -> Self {
        self.left = count;
        self
    }

    /// To which requests it happens, by their method and their path and query.
    pub fn when(mut self, condition: impl Fn(&Method, &str) -> bool + Send + Sync + 'static) -> Self {
        self.condition = Some(Box::new(condition));
        self
    }

    pub(super) fn is_for<B>(&self, request: &Request<B>) -> bool {
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        self.left > 0 && self.condition.as_ref().is_none_or(|condition| condition(request.method(), target))
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault")
            .field("effect", &self.effect)
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}
