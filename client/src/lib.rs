#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "azure")]
mod azure;
mod builder;
mod bulk;
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
