//! Faults to inject.

use core::fmt;
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Method, Request, StatusCode};

use super::service::lock;

/// A fault to inject into later requests. It happens to one request, unless [`times`](Self::times) sets
/// another number.
///
/// ```
/// use core::time::Duration;
/// use dataverse_emulator::{Emulator, Fault};
///
/// let emulator = Emulator::new();
/// let fault = Fault::throttle(Duration::from_secs(2)).times(3);
/// emulator.inject(fault.when(|method, target| method == "GET" && target.contains("/accounts")));
/// ```
#[must_use = "a fault happens once it is given to `Emulator::inject`"]
pub struct Fault {
    effect: Effect,
    left: AtomicUsize,
    condition: Option<Condition>,
}

type Condition = Box<dyn Fn(&Method, &str) -> bool + Send + Sync>;

/// The effect of a fault.
#[derive(Debug, Clone, Copy)]
pub(super) enum Effect {
    Throttle(Duration),
    Unavailable,
    Refuse(StatusCode, &'static str, &'static str),
    Delay(Duration),
    CutBefore,
    CutAfter,
}

impl Fault {
    fn new(effect: Effect) -> Self {
        Self { effect, left: AtomicUsize::new(1), condition: None }
    }

    /// Answers 429 with `Retry-After` in whole seconds, rounded down, and does not carry out the request.
    ///
    /// ```
    /// use core::time::Duration;
    /// use dataverse_emulator::{Emulator, Fault};
    /// use dataverse_entity::client::{Client, NoToken, RetryPolicy};
    /// use dataverse_entity::message::{Organization, WhoAmI};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::new();
    /// emulator.inject(Fault::throttle(Duration::from_secs(7)));
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let once = Client::builder(org, NoToken).transport(emulator.transport()).retry(RetryPolicy::none()).build()?;
    /// let error = once.execute(WhoAmI).await.unwrap_err();
    /// assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    /// # Ok(()) }) }
    /// ```
    pub fn throttle(retry_after: Duration) -> Self {
        Self::new(Effect::Throttle(retry_after))
    }

    /// Answers 503 with the HTML page of a gateway, and does not carry out the request.
    pub fn unavailable() -> Self {
        Self::new(Effect::Unavailable)
    }

    /// Answers with an error of Dataverse, and does not carry out the request.
    ///
    /// After a change of definitions, Dataverse may answer 0x80040216 or 0x80060891 until all its servers know
    /// the change. A program that changes definitions tries again:
    ///
    /// ```
    /// use dataverse_emulator::{Emulator, Fault};
    /// use dataverse_entity::http::StatusCode;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::new();
    /// let early = Fault::refuse(StatusCode::BAD_REQUEST, "0x80040216", "An unexpected error occurred.");
    /// emulator.inject(early.when(|method, target| method == "POST" && target.ends_with("/msdyn_sessionevents")));
    /// let create = SessionEvent::create().name("Accepted");
    /// let error = emulator.client().execute(&create).await.unwrap_err();
    /// assert_eq!(error.code(), Some(0x8004_0216));
    /// assert!(emulator.client().execute(&create).await.is_ok());
    /// # Ok(()) }) }
    /// ```
    pub fn refuse(status: StatusCode, code: &'static str, message: &'static str) -> Self {
        Self::new(Effect::Refuse(status, code, message))
    }

    /// Carries out the request and answers it after a delay.
    pub fn delay(by: Duration) -> Self {
        Self::new(Effect::Delay(by))
    }

    /// Breaks the connection and does not carry out the request.
    pub fn disconnect() -> Self {
        Self::new(Effect::CutBefore)
    }

    /// Breaks the connection after carrying out the request, so that its answer is lost.
    ///
    /// ```
    /// use dataverse_emulator::{Emulator, Fault};
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::new();
    /// let client = emulator.client();
    /// emulator.inject(Fault::disconnect_after_answering());
    /// // The client does not know whether the record was created, and does not send the request again.
    /// assert!(client.execute(SessionEvent::create().name("Accepted")).await.is_err());
    /// assert_eq!(client.execute(SessionEvent::count()).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn disconnect_after_answering() -> Self {
        Self::new(Effect::CutAfter)
    }

    /// Sets the number of requests that the fault happens to: 1 unless set; 0 disables it.
    pub fn times(mut self, count: usize) -> Self {
        self.left = AtomicUsize::new(count);
        self
    }

    /// Sets the condition on requests, by their method and their path and query. The condition may use the
    /// emulator: no fault happens to requests from within it.
    ///
    /// ```
    /// use dataverse_emulator::{Emulator, Fault};
    /// use dataverse_entity::message::WhoAmI;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::new();
    /// emulator.inject(Fault::disconnect().when(|method, target| method == "POST" && target.ends_with("/msdyn_sessionevents")));
    /// assert!(emulator.client().execute(WhoAmI).await.is_ok());
    /// assert!(emulator.client().execute(SessionEvent::create().name("Accepted")).await.is_err());
    /// # Ok(()) }) }
    /// ```
    pub fn when(mut self, condition: impl Fn(&Method, &str) -> bool + Send + Sync + 'static) -> Self {
        self.condition = Some(Box::new(condition));
        self
    }

    fn is_for<B>(&self, request: &Request<B>) -> bool {
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        self.left.load(Ordering::Relaxed) > 0
            && self.condition.as_ref().is_none_or(|condition| condition(request.method(), target))
    }

    /// Takes one of the remaining times. Returns `false` if none is left.
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

    /// Returns the effect for this request. Calls conditions without holding a lock, because they may use the
    /// emulator.
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

/// A guard that marks this thread as calling a condition.
struct Asking;

impl Asking {
    /// Returns `None` if the thread is calling a condition already: the request comes from within the
    /// condition.
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
