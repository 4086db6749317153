//! Keeping the token while it is good.

use core::time::Duration;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use dataverse_entity_core::message::{Error, Organization};
use futures_core::future::BoxFuture;
use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};

use crate::token::{AccessToken, TokenSource};

/// How long before its end a token is replaced.
const MARGIN: Duration = Duration::from_secs(120);

/// A token source with the token it gave last. However many ask at once, the source is asked once.
#[derive(Clone)]
pub(crate) struct TokenCache(Arc<Inner>);

struct Inner {
    source: Box<dyn TokenSource>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    last: Option<AccessToken>,
    /// The fetch that is under way, with its number. Those who wait own it, so it ends when nobody waits any more.
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
                // Whoever comes next starts a fetch of their own in place of waiting for this one.
                self.0.end(number);
                let seconds = timeout.as_secs_f64();
                Err(Error::token(format!("the token source gave none within {seconds} seconds")))
            }
        }
    }

    /// The lock is never held while a token is fetched.
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

    /// Forgets the token that the server did not take, unless it was replaced meanwhile.
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

    /// Marks a fetch as one that nobody joins any more.
    fn end(&self, number: u64) {
        let mut state = self.state();
        if state.fetch.as_ref().is_some_and(|(each, _)| *each == number) {
            state.fetch = None;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_good(token: &AccessToken) -> bool {
    // A margin that no clock can hold is longer than any token lives.
    let limit = SystemTime::now().checked_add(MARGIN);
    token.expires_at().is_none_or(|end| limit.is_some_and(|limit| end > limit))
}
