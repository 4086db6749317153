//! Keeps the token until shortly before it expires.

use core::time::Duration;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::SystemTime;

use dataverse_entity_core::message::{Error, Organization};
use futures_core::future::BoxFuture;
use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};

use crate::lock::lock;
use crate::token::{AccessToken, TokenSource};

/// How long before it expires a token is replaced.
const MARGIN: Duration = Duration::from_secs(120);

/// A token source with its latest token. However many requests need a token at once, it asks the source once.
#[derive(Clone)]
pub(crate) struct TokenCache(Arc<Inner>);

struct Inner {
    source: Box<dyn TokenSource>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    last: Option<AccessToken>,
    /// The fetch that is under way, with its number. Only those who wait own it, so it ends when nobody waits
    /// any longer.
    fetch: Option<(u64, WeakShared<Fetch>)>,
    fetches: u64,
}

type Fetch = BoxFuture<'static, Result<Option<AccessToken>, Error>>;

impl TokenCache {
    pub(crate) fn new(source: impl TokenSource + 'static) -> Self {
        Self(Arc::new(Inner { source: Box::new(source), state: Mutex::default() }))
    }

    pub(crate) async fn token(
        &self,
        org: &Organization,
        timeout: Duration,
    ) -> Result<Option<AccessToken>, Error> {
        let (number, fetch) = match self.last_or_fetch(org) {
            Ok(token) => return Ok(Some(token)),
            Err(fetch) => fetch,
        };
        match tokio::time::timeout(timeout, fetch).await {
            Ok(result) => result,
            Err(_) => {
                // The next caller starts a new fetch instead of waiting for this one.
                self.0.end(number);
                let seconds = timeout.as_secs_f64();
                Err(Error::token(format!("the token source returned none within {seconds} seconds")))
            }
        }
    }

    /// Returns the latest token if it is still good, else the fetch that is under way or a new one.
    ///
    /// Never holds the lock during a fetch.
    fn last_or_fetch(&self, org: &Organization) -> Result<AccessToken, (u64, Shared<Fetch>)> {
        let mut state = self.0.state();
        if let Some(token) = state.last.as_ref().filter(|token| is_good(token)) {
            return Ok(token.clone());
        }
        if let Some((number, fetch)) = &state.fetch
            && let Some(fetch) = fetch.upgrade()
        {
            return Err((*number, fetch));
        }
        state.fetches += 1;
        let number = state.fetches;
        let fetch = Inner::fetch(self.0.clone(), org.clone(), number).boxed().shared();
        state.fetch = fetch.downgrade().map(|weak| (number, weak));
        Err((number, fetch))
    }

    /// Forgets the token that the server rejected, unless it was replaced meanwhile.
    pub(crate) fn forget(&self, refused: &AccessToken) {
        let mut state = self.0.state();
        if state.last.as_ref() == Some(refused) {
            state.last = None;
        }
    }
}

impl Inner {
    async fn fetch(inner: Arc<Self>, org: Organization, number: u64) -> Result<Option<AccessToken>, Error> {
        let token = inner.source.token(&org).await.map_err(Error::token);
        inner.end(number);
        let token = token?;
        inner.state().last.clone_from(&token);
        Ok(token)
    }

    /// Ends a fetch: later callers do not join it.
    fn end(&self, number: u64) {
        let mut state = self.state();
        if state.fetch.as_ref().is_some_and(|(each, _)| *each == number) {
            state.fetch = None;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

fn is_good(token: &AccessToken) -> bool {
    // If no clock can hold the limit, no token is good until then.
    let limit = SystemTime::now().checked_add(MARGIN);
    token.expires_at().is_none_or(|end| limit.is_some_and(|limit| end > limit))
}
