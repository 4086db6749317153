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
mod lock;
mod measure;
mod outgoing;
mod pages;
mod pool;
mod ranges;
mod reply;
mod retry;
mod server;
mod throttle;
mod token;
mod token_cache;
#[cfg(feature = "tower")]
mod tower_transport;
mod transport;

#[cfg(feature = "azure")]
pub use azure::AzureCredential;
/// The crate that declares the credentials of [`AzureCredential`], in the version that it accepts.
#[cfg(feature = "azure")]
pub use azure_core;
pub use builder::ClientBuilder;
pub use bulk::{
    Bulk, BulkCreate, BulkOutcomes, BulkTables, BulkUpdate, FileJournal, Journal, JournalSync, JournaledBulk,
    Load, Outcome, Pass, Progress, RowState, TableOutcome, TableOutcomes,
};
pub use client::Client;
/// The future that transports and token sources return, and the stream traits of pages.
pub use futures_core::{FusedStream, Stream, future::BoxFuture};
pub use http_transport::HttpTransport;
/// The crate that draws the bar of [`Bulk::progress_bar`], in the version that it accepts.
#[cfg(feature = "indicatif")]
pub use indicatif;
pub use pages::{Items, Pages};
pub use ranges::Ranges;
pub use reply::Reply;
/// The HTTP client of [`HttpTransport`], in the version that [`HttpTransport::with_client`] accepts.
pub use reqwest;
pub use retry::RetryPolicy;
pub use throttle::{Budget, Refusals, ServiceLimit, Throttle};
pub use token::{AccessToken, NoToken, StaticToken, TokenError, TokenFn, TokenSource, token_fn};
#[cfg(feature = "tower")]
pub use tower_transport::TowerTransport;
pub use transport::{MessageInfo, Transport, TransportError};
