//! Assertions that generated code makes at compile time.

mod expand;
mod lookup;
mod option_set;
mod projection;

pub(crate) use expand::is_many_to_many;
pub use expand::{assert_expands, assert_navigation, assert_pairs_alone};
pub use lookup::{
    assert_hierarchical, assert_navigation_complete, assert_one_of_each, assert_one_relationship,
    assert_one_target, assert_related,
};
pub use option_set::{assert_states_known, variant_value};
pub(crate) use projection::is_broken;
pub use projection::{column_of, expect_column, is_kind, is_primary_id, reads_targets};
