//! Where tokens come from.

use core::fmt;
use std::error::Error as StdError;
use std::sync::Arc;
use std::time::SystemTime;

use dataverse_entity_core::message::Organization;
use futures_core::future::BoxFuture;

/// Why there is no token.
pub type TokenError = Box<dyn StdError + Send + Sync>;

/// A source of bearer tokens.
///
/// A client asks when it has no token, shortly before the one it has expires, and when the server no longer takes the one it
/// has; it keeps tokens itself, so a source need not.
pub trait TokenSource: Send + Sync {
    /// A token for this organization; `None` where requests go without.
    ///
    /// # Errors
    ///
    /// There is no token to be had.
    fn token<'a>(&'a self, org: &'a Organization) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>>;
}

impl<S: TokenSource + ?Sized> TokenSource for Arc<S> {
    fn token<'a>(&'a self, org: &'a Organization) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>> {
        (**self).token(org)
    }
}

/// A closure that gives tokens.
impl<F, Fut> TokenSource for F
where
    F: Fn(Organization) -> Fut + Send + Sync,
    Fut: Future<Output = Result<AccessToken, TokenError>> + Send + 'static,
{
    fn token<'a>(&'a self, org: &'a Organization) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>> {
        let token = self(org.clone());
        Box::pin(async move { token.await.map(Some) })
    }
}

/// A bearer token. Its text never appears in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken {
    secret: Arc<str>,
    expires_at: Option<SystemTime>,
}

impl AccessToken {
    /// A token that is good until this time; `None` where nothing is known about it.
    pub fn new(secret: impl Into<Arc<str>>, expires_at: Option<SystemTime>) -> Self {
        Self { secret: secret.into(), expires_at }
    }

    pub(crate) fn secret(&self) -> &str {
        &self.secret
    }

    pub(crate) fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// One token, as it is.
#[derive(Debug, Clone)]
pub struct StaticToken(AccessToken);

impl StaticToken {
    /// This token.
    pub fn new(secret: impl Into<Arc<str>>) -> Self {
        Self(AccessToken::new(secret, None))
    }
}

impl TokenSource for StaticToken {
    fn token<'a>(&'a self, _: &'a Organization) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>> {
        Box::pin(async { Ok(Some(self.0.clone())) })
    }
}

/// No token, for servers that ask for none: an emulator on this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoToken;

impl TokenSource for NoToken {
    fn token<'a>(&'a self, _: &'a Organization) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>> {
        Box::pin(async { Ok(None) })
    }
}
