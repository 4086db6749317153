//! The value of a lookup.

/// The record that a lookup names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Referenced {
    pub(crate) table: String,
    pub(crate) id: String,
}
