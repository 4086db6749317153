//! One ready way to send messages: an asynchronous client over reqwest and rustls.
//!
//! A [`Client`] adds to the messages what they leave out: a token, retries, paging and bulk, and the sending itself. What
//! sends is a [`Transport`], so that a test, or another HTTP client, can take the place of reqwest. Everything here runs on
//! a tokio runtime with its timer enabled.
//!
//! ```no_run
//! # #[cfg(feature = "tables")] {
//! use dataverse_entity::client::{Client, StaticToken};
//! use dataverse_entity::operation::Organization;
//! use dataverse_entity::prelude::*;
//! use dataverse_entity::tables::SessionEvent;
//!
//! # async fn run() -> Result<(), dataverse_entity::operation::Error> {
//! let org = Organization::new("https://contoso.crm4.dynamics.com")?;
//! let client = Client::new(org, StaticToken::new("eyJ0…"))?;
//! let id = client.execute(SessionEvent::create().name("Accepted")).await?;
//! let event = client.execute(SessionEvent::retrieve(id)).await?;
//! assert_eq!(event.name.as_deref(), Some("Accepted"));
//! # Ok(())
//! # }
//! # }
//! ```

#[cfg(feature = "azure")]
mod azure;
mod builder;
mod bulk;
#[allow(clippy::module_inception, reason = "the client is what the module is named after")]
mod client;
mod http_transport;
mod pages;
mod retry;
mod token;
mod token_cache;
mod transport;

#[cfg(feature = "azure")]
pub use azure::AzureCredential;
pub use builder::ClientBuilder;
pub use bulk::{Bulk, Outcome, Progress};
pub use client::Client;
/// What a transport or a token source gives, and what pages come as.
pub use futures_core::{Stream, future::BoxFuture};
pub use http_transport::HttpTransport;
pub use retry::RetryPolicy;
pub use token::{AccessToken, NoToken, StaticToken, TokenError, TokenSource};
pub use transport::{Transport, TransportError};
