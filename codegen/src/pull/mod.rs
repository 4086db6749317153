//! Definitions from an org.

mod error;
mod pattern;
mod request;
mod selection;
mod solution;
mod table;
mod tables;

pub use error::PullError;
pub(crate) use pattern::matches;
pub(crate) use request::{get, literal};
pub use selection::Selection;
pub use table::table;
pub use tables::{Progress, tables};
