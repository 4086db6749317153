//! Helpers that several rooms use.

pub mod claims_to_write;
pub mod exchange;
pub mod table;
