//! What several rooms use.

pub mod exchange;
pub mod table;
