//! What the derives share.

pub(crate) mod crate_path;
pub(crate) mod derive;
pub(crate) mod diagnostics;
pub(crate) mod docs;
pub(crate) mod meta;
pub(crate) mod names;
pub(crate) mod receive;
pub(crate) mod suggest;
pub(crate) mod tokens;
pub(crate) mod translation;
pub(crate) mod types;
