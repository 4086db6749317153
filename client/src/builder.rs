//! The settings of a client.

use core::time::Duration;
use std::sync::{Arc, Mutex};

use dataverse_entity_core::message::{Error, Organization, RequestOptions};
use http::HeaderValue;

use crate::client::{Client, Identities, Parts, Shared};
use crate::http_transport::HttpTransport;
use crate::retry::RetryPolicy;
use crate::throttle::{Budget, Gate};
use crate::token::TokenSource;
use crate::token_cache::TokenCache;
use crate::transport::Transport;

/// Default timeout of an attempt. Dataverse itself gives up after two minutes.
const TIMEOUT: Duration = Duration::from_secs(150);

/// Default timeout of a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// The settings of a [`Client`].
///
/// ```
/// use std::time::Duration;
///
/// use dataverse_entity::Organization;
/// use dataverse_entity::client::{Client, RetryPolicy, StaticToken};
/// use dataverse_entity::message::{Annotations, RequestOptions};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let client = Client::builder(org, StaticToken::new("eyJ0…"))
///     .timeout(Duration::from_secs(60))
///     .retry(RetryPolicy::new().attempts(3))
///     .options(RequestOptions::new().annotations(Annotations::formatted_values()))
///     .validate_drafts(true)
///     .application("loans/1.4")
///     .build()?;
/// assert_eq!(client.organization().host(), "contoso.crm4.dynamics.com");
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
///
/// Clones of a builder share the token source with its token, and the transport if one is set:
///
/// ```
/// use std::time::Duration;
///
/// use dataverse_entity::Organization;
/// use dataverse_entity::client::{Client, HttpTransport, RetryPolicy, StaticToken};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let common = Client::builder(org, StaticToken::new("eyJ0…")).transport(HttpTransport::new(Duration::from_secs(5))?);
/// let interactive = common.clone().retry(RetryPolicy::none()).build()?;
/// let nightly = common.user_agent("nightly/1.4").validate_drafts(true).build()?;
/// # let _ = (interactive, nightly);
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until it builds"]
pub struct ClientBuilder {
    org: Organization,
    tokens: TokenCache,
    transport: Option<Arc<dyn Transport>>,
    timeout: Duration,
    connect_timeout: Duration,
    retry: RetryPolicy,
    options: RequestOptions,
    application: Option<String>,
    user_agent: String,
    keeps_session_token: bool,
    budget: Option<Budget>,
}

impl Client {
    /// Creates a client with the default settings.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::client::{Client, StaticToken};
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let client = Client::new(org, StaticToken::new("eyJ0…"))?;
    /// # let _ = client;
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if TLS cannot be set up.
    pub fn new(org: Organization, tokens: impl TokenSource + 'static) -> Result<Self, Error> {
        Self::builder(org, tokens).build()
    }

    /// Returns a builder for a client with other settings.
    pub fn builder(org: Organization, tokens: impl TokenSource + 'static) -> ClientBuilder {
        ClientBuilder::new(org, tokens)
    }
}

impl ClientBuilder {
    fn new(org: Organization, tokens: impl TokenSource + 'static) -> Self {
        Self {
            org,
            tokens: TokenCache::new(tokens),
            transport: None,
            timeout: TIMEOUT,
            connect_timeout: CONNECT_TIMEOUT,
            retry: RetryPolicy::new(),
            options: RequestOptions::new(),
            application: None,
            user_agent: concat!("dataverse-entity/", env!("CARGO_PKG_VERSION")).to_owned(),
            keeps_session_token: false,
            budget: None,
        }
    }

    /// Sets the transport that sends the requests. Default: an [`HttpTransport`].
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets the timeout of an attempt, from the connection to the last byte of the answer. Default: 150
    /// seconds.
    ///
    /// An attempt that times out may have been carried out: the client repeats it only if the message is
    /// idempotent.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the timeout for establishing a connection. Default: 15 seconds. Has no effect on a transport of
    /// your own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets when the client sends a request again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets a budget, with which the client stays below the limits of Dataverse in place of reaching them.
    /// Default: none; the client then sends until Dataverse refuses, and waits. Clients made from this one
    /// share the budget.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::client::{Budget, Client, StaticToken};
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let client = Client::builder(org, StaticToken::new("eyJ0…")).budget(Budget::documented()).build()?;
    /// assert_eq!(client.throttle().requests_left, Some(6000));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn budget(mut self, budget: Budget) -> Self {
        self.budget = Some(budget);
        self
    }

    /// Sets the options of all requests. The options of a message win over them.
    pub fn options(mut self, options: RequestOptions) -> Self {
        self.options = options;
        self
    }

    /// Sets whether the client keeps the session token of the latest answer, and sends it with each message
    /// that has none of its own.
    ///
    /// With the token, reads of an elastic table see what the client wrote before. The client does not look
    /// at the answers inside a batch. Clients made from this one share the token.
    pub fn keep_session_token(mut self, on: bool) -> Self {
        self.keeps_session_token = on;
        self
    }

    /// Sets whether the client validates each draft before it sends it: lengths, ranges, options and required
    /// columns. A message whose draft has violations is not sent; [`Error::violations`] lists all of them.
    pub fn validate_drafts(mut self, on: bool) -> Self {
        self.org = self.org.validate_drafts(on);
        self
    }

    /// Sets the name and version of the program, such as `loans/1.4`. They come first in the `User-Agent` of all
    /// requests, by which an administrator tells programs apart: `loans/1.4 dataverse-entity/0.1.0`.
    pub fn application(mut self, application: impl Into<String>) -> Self {
        self.application = Some(application.into());
        self
    }

    /// Sets the `User-Agent` of all requests, after the [`application`](Self::application). Default:
    /// `dataverse-entity/` and the version of this crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Creates the client.
    ///
    /// # Errors
    ///
    /// Returns an error if TLS cannot be set up, or if a header cannot hold the user agent.
    pub fn build(self) -> Result<Client, Error> {
        let user_agent = match self.application {
            None => self.user_agent,
            Some(application) => format!("{application} {}", self.user_agent),
        };
        let user_agent = HeaderValue::try_from(&user_agent).map_err(|_| {
            Error::invalid_request(format!("the header `user-agent` cannot hold {user_agent:?}"))
        })?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(HttpTransport::for_org(&self.org, self.connect_timeout)?),
        };
        #[cfg(feature = "metrics")]
        crate::measure::describe();
        let shared = Shared {
            org: self.org,
            tokens: self.tokens,
            transport,
            user_agent,
            gate: Gate::new(self.budget),
            session_token: self.keeps_session_token.then(Mutex::default),
        };
        Ok(Client::from_parts(Parts {
            identities: Identities::new(Arc::new(shared), Vec::new()),
            timeout: self.timeout,
            retry: self.retry,
            options: self.options,
        }))
    }
}

impl core::fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("org", &self.org)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
