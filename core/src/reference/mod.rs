//! References to records of other tables.

mod bind;
mod checks;
#[allow(clippy::module_inception, reason = "the lookup is what the module is named after")]
mod lookup;
mod target;

pub(crate) use bind::BoundRecord;
pub use bind::{Bind, BindTo};
pub(crate) use checks::same_targets;
pub use checks::{assert_navigation_complete, assert_one_target, variant_table};
pub use lookup::Lookup;
pub use target::{LookupTarget, Reference, UnknownTarget, expected_target, single_key, target_position};
