#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod associations;
mod batch;
mod connections;
mod definition_writes;
mod definitions;
mod dispatch;
mod elastic;
mod emulator;
mod error;
mod excerpt;
pub mod facts;
mod functions_and_actions;
mod http;
mod json;
mod limits;
mod principals;
mod read;
mod records;
mod rights;
mod row_id;
mod schema;
#[cfg(feature = "server")]
mod server;
mod session;
mod sql;
mod store;
mod uri;
mod value;
mod write;

pub use dataverse_entity::Timestamp;
pub use emulator::{Emulator, EmulatorBuilder, EmulatorError, Exchange, Fault, InProcessTransport, Snapshot};
pub use limits::{ExecutionTime, Limiter, ModelCost, ServiceLimits, Visit};
pub use rights::{Depth, Privilege, Role};
pub use schema::{DefinitionError, DefinitionWarning};
#[cfg(feature = "server")]
pub use server::{ServeError, Server, ServerOptions};
