//! What can be made to go wrong.

use core::fmt;
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Method, Request};

use super::service::lock;

/// Something that goes wrong with requests to come: once, unless [`times`](Self::times) says otherwise.
#[must_use = "a fault happens once it is given to `Emulator::inject`"]
pub struct Fault {
    effect: Effect,
    left: AtomicUsize,
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
        Self { effect, left: AtomicUsize::new(1), condition: None }
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
        self.left = AtomicUsize::new(count);
        self
    }

    /// To which requests it happens, by their method and their path and query. The condition may use the emulator: no
    /// fault happens to the requests that it sends itself.
    pub fn when(mut self, condition: impl Fn(&Method, &str) -> bool + Send + Sync + 'static) -> Self {
        self.condition = Some(Box::new(condition));
        self
    }

    fn is_for<B>(&self, request: &Request<B>) -> bool {
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        self.left.load(Ordering::Relaxed) > 0
            && self.condition.as_ref().is_none_or(|condition| condition(request.method(), target))
    }

    /// Counts one request off. Another request may have been the last.
    fn take_one(&self) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }
}

/// The faults to come, oldest first.
#[derive(Debug, Default)]
pub(super) struct Faults(Mutex<Vec<Arc<Fault>>>);

impl Faults {
    pub(super) fn push(&self, fault: Fault) {
        lock(&self.0).push(Arc::new(fault));
    }

    pub(super) fn clear(&self) {
        lock(&self.0).clear();
    }

    /// What happens to this request. Conditions are asked while no lock is held: they may use the emulator.
    pub(super) fn take<B>(&self, request: &Request<B>) -> Option<Effect> {
        let faults = lock(&self.0).clone();
        if faults.is_empty() {
            return None;
        }
        let _asking = Asking::begin()?;
        let fault = faults.into_iter().find(|fault| fault.is_for(request) && fault.take_one())?;
        lock(&self.0).retain(|each| each.left.load(Ordering::Relaxed) > 0);
        Some(fault.effect)
    }
}

thread_local! {
    static IS_ASKING: Cell<bool> = const { Cell::new(false) };
}

/// Says, while it lives, that this thread asks a condition.
struct Asking;

impl Asking {
    /// Nothing where the thread asks a condition already: the request comes from within it.
    fn begin() -> Option<Self> {
        (!IS_ASKING.replace(true)).then_some(Self)
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        IS_ASKING.set(false);
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
