//! What was written.

use darling::FromAttributes;

use crate::common::meta::{Text, Word};

/// `#[row(…)]` on the struct.
#[derive(Debug, Default, FromAttributes)]
#[darling(attributes(row), default)]
pub(super) struct RowAttrs {
    #[darling(rename = "crate")]
    pub(super) krate: Option<Text>,
}

/// `#[row(…)]` on a field.
#[derive(Debug, Default, FromAttributes)]
#[darling(attributes(row), default)]
pub(super) struct ColumnAttrs {
    pub(super) alias: Option<Text>,
    pub(super) formatted: Word,
    pub(super) skip: Word,
}
