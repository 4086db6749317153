//! Definitions from an org.

pub(crate) mod changes;
mod error;
mod metadata;
mod pattern;
mod request;
mod selection;
mod solution;
mod table;
mod tables;

pub use error::PullError;
pub use metadata::metadata;
pub(crate) use pattern::matches;
pub(crate) use request::{get, literal};
pub use selection::Selection;
pub(crate) use selection::{Missing, list};
pub(crate) use solution::prefix;
pub use table::table;
pub use tables::{Progress, tables};
