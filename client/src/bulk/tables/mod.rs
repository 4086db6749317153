//! Loads of several tables whose records point to each other.
//!
//! ```text
//! load ──► table   which tables its drafts refer to; a create and its second pass
//!      ──► notes   what earlier runs of the load have left out of the creates
//!      ──► order   the order of the tables, and what has to be left out of their creates
//!      ──► phase   one bulk run: the creates of a table, or their second pass
//! ```

mod load;
mod notes;
mod order;
mod outcome;
mod phase;
mod table;

pub use load::BulkTables;
pub use outcome::{Pass, TableOutcome, TableOutcomes};
