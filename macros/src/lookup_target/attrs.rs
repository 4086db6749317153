//! What was written.

use darling::FromAttributes;

use crate::common::meta::{Text, Word};

/// `#[target(…)]` on the enum.
#[derive(Debug, Default, FromAttributes)]
#[darling(attributes(target), default)]
pub(super) struct TargetsAttrs {
    #[darling(rename = "crate")]
    pub(super) krate: Option<Text>,
}

/// `#[target(…)]` on a variant.
#[derive(Debug, Default, FromAttributes)]
#[darling(attributes(target), default)]
pub(super) struct TargetAttrs {
    pub(super) unknown: Word,
}
