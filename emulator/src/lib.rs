#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod associations;
mod batch;
mod call;
mod definitions;
mod emulator;
mod error;
mod json;
mod message;
mod operations;
mod principals;
mod read;
mod records;
mod relate;
mod schema;
#[cfg(feature = "server")]
mod server;
mod service;
mod session;
mod sql;
mod store;
mod turn;
mod uri;
mod value;
mod write;

pub use emulator::{Builder, Door, Emulator, EmulatorError, Exchange, Fault, Snapshot};
pub use schema::DefinitionError;
#[cfg(feature = "server")]
pub use server::{ServeError, Server, ServerOptions};
