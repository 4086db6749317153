//! The settings of a client.

use core::time::Duration;
use std::sync::{Arc, Mutex};

use dataverse_entity_core::message::{Error, Organization, RequestOptions};
use http::HeaderValue;

use crate::client::{Client, Parts, Shared};
use crate::http_transport::HttpTransport;
use crate::retry::RetryPolicy;
use crate::token::TokenSource;
use crate::token_cache::TokenCache;
use crate::transport::Transport;

/// How long a request may take where nothing else is said. Dataverse itself gives up after two minutes.
const TIMEOUT: Duration = Duration::from_secs(150);

/// How long a connection may take to come about where nothing else is said.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// The settings of a [`Client`].
#[must_use = "a builder does nothing until it builds"]
pub struct ClientBuilder {
    org: Organization,
    tokens: TokenCache,
    transport: Option<Box<dyn Transport>>,
    timeout: Duration,
    connect_timeout: Duration,
    retry: RetryPolicy,
    options: RequestOptions,
    user_agent: String,
    keeps_session_token: bool,
}

impl Client {
    /// A client with the usual settings.
    ///
    /// # Errors
    ///
    /// TLS cannot be set up.
    pub fn new(org: Organization, tokens: impl TokenSource + 'static) -> Result<Self, Error> {
        Self::builder(org, tokens).build()
    }

    /// A client with other settings.
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
            user_agent: concat!("dataverse-entity/", env!("CARGO_PKG_VERSION")).to_owned(),
            keeps_session_token: false,
        }
    }

    /// Sends with this transport in place of reqwest's.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// How long an attempt may take, from the connection to the last byte of the answer. 150 seconds if nothing is said.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long a connection may take to come about; a transport of one's own has a limit of its own. 15 seconds if nothing
    /// is said.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// When to try again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Options of all requests; a message's own win over them.
    pub fn options(mut self, options: RequestOptions) -> Self {
        self.options = options;
        self
    }

    /// Sets whether the client keeps the session token that the latest answer had, and sends it with each message that has
    /// none of its own: in elastic tables, what the client has written is then what it reads. The answers inside a batch are
    /// not looked at. Clients that are made of this one share the token.
    pub fn keep_session_token(mut self, on: bool) -> Self {
        self.keeps_session_token = on;
        self
    }

    /// Sets whether the client validates each draft before it sends it: lengths, ranges, options and required columns. A message
    /// whose draft has violations is not sent; [`Error::violations`] lists all of them.
    pub fn validate_drafts(mut self, on: bool) -> Self {
        self.org = self.org.validate_drafts(on);
        self
    }

    /// The `User-Agent` of all requests.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// TLS cannot be set up, or the user agent cannot stand in a header.
    pub fn build(self) -> Result<Client, Error> {
        let user_agent = HeaderValue::try_from(&self.user_agent).map_err(|_| {
            Error::invalid_request(format!("{:?} cannot stand in the header `user-agent`", self.user_agent))
        })?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Box::new(HttpTransport::for_org(&self.org, self.connect_timeout)?),
        };
        let shared = Shared {
            org: self.org,
            tokens: self.tokens,
            transport,
            user_agent,
            dop_hint: core::sync::atomic::AtomicUsize::new(0),
            session_token: self.keeps_session_token.then(Mutex::default),
        };
        Ok(Client::from_parts(Parts {
            shared: Arc::new(shared),
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
