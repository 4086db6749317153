//! Loads orders from a CSV file or from JSON lines into Dataverse. A load can be killed at any time and started
//! again; it writes each row once, and reports the rows that failed as a CSV file that can be corrected and
//! loaded.

mod load;
mod report;
mod source;
mod tables;

pub use load::{Load, Summary};
pub use source::Row;
pub use tables::{Customer, Order};
