//! Tokens and their sources.

use core::fmt;
use std::error::Error as StdError;
use std::sync::Arc;
use std::time::SystemTime;

use dataverse_entity_core::message::Organization;
use futures_core::future::BoxFuture;

/// The reason why a token source has no token.
pub type TokenError = Box<dyn StdError + Send + Sync>;

/// A source of bearer tokens: a [`StaticToken`], a closure in [`token_fn`], a type of your own, or a `&`,
/// `Box` or `Arc` of one.
///
/// The client keeps the token, so a source need not. It asks the source when it has no token, two minutes
/// before the token expires, and when the server rejects the token. However many requests need a token at
/// once, it asks once.
///
/// ```
/// use dataverse_entity::Organization;
/// use dataverse_entity::client::{AccessToken, BoxFuture, TokenError, TokenSource};
///
/// /// Reads the token from a file that another process keeps up to date.
/// struct TokenFile(std::path::PathBuf);
///
/// impl TokenSource for TokenFile {
///     fn token<'a>(
///         &'a self,
///         _org: &'a Organization,
///     ) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>> {
///         Box::pin(async move {
///             let text = std::fs::read_to_string(&self.0)?;
///             Ok(Some(AccessToken::new(text.trim(), None)))
///         })
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` gives no tokens",
    label = "write `StaticToken::new(text)` for a text, `token_fn(closure)` for a closure, `NoToken` for none"
)]
pub trait TokenSource: Send + Sync {
    /// Returns a token for this organization; `None` if requests need none.
    ///
    /// # Errors
    ///
    /// Returns an error if no token can be obtained.
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

/// Makes a token source of a closure that returns an [`AccessToken`], or an `Option` of one: `None` sends
/// requests without a token.
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

/// A token source that calls a closure; [`token_fn`] makes one.
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

/// A bearer token. Its `Debug` never shows the text.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use dataverse_entity::client::AccessToken;
///
/// let end = SystemTime::now() + Duration::from_secs(3_600);
/// let token = AccessToken::new("eyJ0…", Some(end));
/// assert_eq!(token.expires_at(), Some(end));
/// assert!(!format!("{token:?}").contains("eyJ0"));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct AccessToken {
    secret: Arc<str>,
    expires_at: Option<SystemTime>,
}

impl AccessToken {
    /// Creates a token that expires at this time. Without a time, the client uses the token until the server
    /// rejects it.
    ///
    /// `secret` is the token alone, without `Bearer`: the client writes the header.
    pub fn new(secret: impl Into<Arc<str>>, expires_at: Option<SystemTime>) -> Self {
        Self { secret: secret.into(), expires_at }
    }

    /// Returns the text of the token, for a source that wraps another one. Keep it out of logs.
    pub fn expose_secret(&self) -> &str {
        &self.secret
    }

    /// Returns the time at which the token expires; `None` if it is unknown.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// A source that always returns the same token, for scripts and tests.
///
/// The client cannot renew such a token: once it expires, requests fail and the error
/// [is unauthorized](dataverse_entity_core::message::Error::is_unauthorized).
///
/// ```
/// use dataverse_entity::Organization;
/// use dataverse_entity::client::{Client, StaticToken};
///
/// // az account get-access-token --resource https://contoso.crm4.dynamics.com --query accessToken -o tsv
/// let token = std::env::var("DATAVERSE_TOKEN").unwrap_or_default();
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let client = Client::new(org, StaticToken::new(token))?;
/// # let _ = client;
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct StaticToken(AccessToken);

impl StaticToken {
    /// Creates a source of this token.
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

/// The source for servers that need no token, such as an emulator on this machine.
///
/// ```
/// use dataverse_entity::Organization;
/// use dataverse_entity::client::{Client, NoToken};
///
/// let client = Client::new(Organization::new("http://localhost:8080")?, NoToken)?;
/// # let _ = client;
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct NoToken;

#[diagnostic::do_not_recommend]
impl TokenSource for NoToken {
    fn token<'a>(&'a self, _: &'a Organization) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>> {
        Box::pin(async { Ok(None) })
    }
}
