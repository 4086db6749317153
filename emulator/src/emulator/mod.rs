//! The public API: the service, its builder, the in-process transport, people, roles and faults.

mod builder;

mod error;
mod fault;
mod people;
mod roles;
mod seed;
mod service;
mod trace;
pub(crate) mod transport;
mod views;
mod warnings;

pub use builder::EmulatorBuilder;

pub use error::EmulatorError;
pub use fault::Fault;
pub use service::{Emulator, Snapshot};
pub use trace::Exchange;
pub use transport::InProcessTransport;
