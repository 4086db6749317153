//! The public API: the service, its builder, the in-process door, people, roles and faults.

mod builder;
pub(crate) mod door;
mod error;
mod fault;
mod people;
mod roles;
mod seed;
mod service;
mod trace;
mod views;
mod warnings;

pub use builder::Builder;
pub use door::Door;
pub use error::EmulatorError;
pub use fault::Fault;
pub use service::{Emulator, Snapshot};
pub use trace::Exchange;
