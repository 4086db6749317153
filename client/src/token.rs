//! Where tokens come from.

use core::fmt;
use std::error::Error as StdError;
use std::sync::Arc;
use std::time::SystemTime;

use dataverse_entity_core::message::Organization;
use futures_core::future::BoxFuture;

/// Why there is no token.
pub type TokenError = Box<dyn StdError + Send + Sync>;

/// A source of bearer tokens: a [`StaticToken`], a closure through [`token_fn`], a type of one's own, and a `&`, `Box` or
/// `Arc` of each.
///
/// A client asks when it has no token, shortly before the one it has expires, and when the server no longer takes the one it
/// has; it keeps tokens itself, so a source need not.
#[diagnostic::on_unimplemented(
    message = "`{Self}` gives no tokens",
    label = "write `StaticToken::new(text)` for a text, `token_fn(closure)` for a closure, `NoToken` for none"
)]
pub trait TokenSource: Send + Sync {
    /// A token for this organization; `None` where requests go without.
    ///
    /// # Errors
    ///
    /// There is no token to be had.
    fn token<'a>(&'a self, org: &'a Organization) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>>;
}

/// Implements [`TokenSource`] for a pointer to a source.
macro_rules! source_behind {
    ($($pointer:ty),+) => {$(
        #[diagnostic::do_not_recommend]
        impl<S: TokenSource + ?Sized> TokenSource for $pointer {
            fn token<'a>(
                &'a self,
                org: &'a Organization,
            ) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>> {
                (**self).token(org)
            }
        }
    )+};
}

source_behind!(&S, Box<S>, Arc<S>);

/// Makes a token source of a closure, which gives an [`AccessToken`], or an `Option` of one where requests may go without.
///
/// ```
/// use dataverse_entity::client::{AccessToken, Client, TokenError, token_fn};
/// use dataverse_entity::Organization;
///
/// let source = token_fn(|org: Organization| async move {
///     let scope = format!("{}/.default", org.origin());
///     // Ask the identity provider for a token with this scope.
///     Ok::<_, TokenError>(AccessToken::new(format!("a-token-for-{scope}"), None))
/// });
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let client = Client::new(org, source)?;
/// # let _ = client;
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
pub fn token_fn<F, Fut, T>(source: F) -> TokenFn<F>
where
    F: Fn(Organization) -> Fut + Send + Sync,
    Fut: Future<Output = Result<T, TokenError>> + Send + 'static,
    T: Into<Option<AccessToken>>,
{
    TokenFn(source)
}

/// A token source that is a closure: see [`token_fn`].
#[derive(Clone, Copy)]
pub struct TokenFn<F>(F);

impl<F> fmt::Debug for TokenFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenFn")
    }
}

#[diagnostic::do_not_recommend]
impl<F, Fut, T> TokenSource for TokenFn<F>
where
    F: Fn(Organization) -> Fut + Send + Sync,
    Fut: Future<Output = Result<T, TokenError>> + Send + 'static,
    T: Into<Option<AccessToken>>,
{
    fn token<'a>(&'a self, org: &'a Organization) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>> {
        let token = (self.0)(org.clone());
        Box::pin(async move { token.await.map(Into::into) })
    }
}

/// A bearer token. Its text never appears in `Debug`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct AccessToken {
    secret: Arc<str>,
    expires_at: Option<SystemTime>,
}

impl AccessToken {
    /// Creates a token that is good until this time; `None` if the time is not known.
    ///
    /// The secret is the token alone, without `Bearer`: the client writes the header.
    pub fn new(secret: impl Into<Arc<str>>, expires_at: Option<SystemTime>) -> Self {
        Self { secret: secret.into(), expires_at }
    }

    /// Returns the text of the token, for a source that decorates another one. Keep it out of logs.
    pub fn expose_secret(&self) -> &str {
        &self.secret
    }

    /// Returns the time until which the token is good, if it is known.
    pub fn expires_at(&self) -> Option<SystemTime> {
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

#[diagnostic::do_not_recommend]
impl TokenSource for StaticToken {
    fn token<'a>(&'a self, _: &'a Organization) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>> {
        Box::pin(async { Ok(Some(self.0.clone())) })
    }
}

/// No token, for servers that ask for none: an emulator on this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoToken;

#[diagnostic::do_not_recommend]
impl TokenSource for NoToken {
    fn token<'a>(&'a self, _: &'a Organization) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>> {
        Box::pin(async { Ok(None) })
    }
}
