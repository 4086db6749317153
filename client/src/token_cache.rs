//! Keeping the token while it is good.

use core::time::Duration;
use std::time::SystemTime;

use dataverse_entity_core::message::Organization;
use tokio::sync::Mutex;

use crate::token::{AccessToken, TokenError, TokenSource};

/// How long before its end a token is replaced.
const MARGIN: Duration = Duration::from_secs(120);

/// A token source with the token it gave last. However many ask at once, the source is asked once.
pub(crate) struct TokenCache {
    source: Box<dyn TokenSource>,
    last: Mutex<Option<AccessToken>>,
}

impl TokenCache {
    pub(crate) fn new(source: impl TokenSource + 'static) -> Self {
        Self { source: Box::new(source), last: Mutex::new(None) }
    }

    pub(crate) async fn token(&self, org: &Organization) -> Result<Option<AccessToken>, TokenError> {
        // Those who wait here find the token that whoever came first has fetched. Whoever is cancelled leaves no trace.
        let mut last = self.last.lock().await;
        if let Some(token) = last.as_ref().filter(|token| is_good(token)) {
            return Ok(Some(token.clone()));
        }
        let token = self.source.token(org).await?;
        last.clone_from(&token);
        Ok(token)
    }

    /// Forgets the token that the server did not take, unless it was replaced meanwhile.
    pub(crate) async fn forget(&self, refused: &AccessToken) {
        let mut last = self.last.lock().await;
        if last.as_ref() == Some(refused) {
            *last = None;
        }
    }
}

fn is_good(token: &AccessToken) -> bool {
    token.expires_at().is_none_or(|end| end > SystemTime::now() + MARGIN)
}
