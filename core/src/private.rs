//! What generated code calls. Not part of the public interface: it changes without notice, together with the derive.

pub use core::clone::Clone;
pub use core::convert::{From, Into, TryFrom};
pub use core::default::Default;
pub use core::fmt;
pub use core::option::Option;
pub use core::result::Result;
pub use std::borrow::Cow;

pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
pub use uuid::Uuid;

pub use crate::change::Change;
pub use crate::draft::{
    Columns, CreateOnly, Creates, Difference, Draft, DraftKind, DraftPlan, NotClearable, NotProperty,
    Pending, PrimaryId, ReadOnly, UpdateOnly, Updates, Violations, debug as debug_draft,
    equal as equal_drafts, serialize as serialize_draft,
};
pub use crate::entity::{Entity, Projection};
pub use crate::id::Id;
pub use crate::kind;
pub use crate::lookup::{
    Bind, BindTo, LookupTarget, Reference, UnknownTarget, assert_navigation_complete, assert_one_target,
    expected_target, single_key, target_position, variant_table,
};
pub use crate::mark::{SecurityPrincipal, Stateful, UserOwned};
pub use crate::metadata::*;
pub use crate::option_set::{
    OptionSet, StateSet, StatusSet, UnknownLabel, UnknownOption, assert_states_known, variant_value,
};
pub use crate::plan::{
    ExpandPlan, RowPlan, all_columns, column_of, expect_column, is_kind, is_primary_id, reads_targets,
};
pub use crate::query::{Column, Related, kinds};
pub use crate::record::{
    ExpandField, ExpandShape, Fields, FillExpand, FromRow, assert_expands, assert_navigation,
};
pub use crate::record_ref::{Address, IntoRecord, RecordRef};
pub use crate::value::{Cell, ReadColumn, SharedStrings, ValueError};

/// Reads an option set from an integer.
pub fn deserialize_option<'de, E: OptionSet, D: Deserializer<'de>>(deserializer: D) -> Result<E, D::Error> {
    crate::option_set::deserialize(deserializer)
}

/// Prints an option.
pub fn display_option<E: OptionSet>(option: &E, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    crate::option_set::display(E::OPTIONS, option.value(), f)
}

/// The option with this label.
pub fn option_from_label<E: OptionSet>(label: &str) -> Result<E, UnknownLabel> {
    match E::from_label(label) {
        Some(option) => Ok(option),
        None => Err(UnknownLabel::new(E::NAME, label)),
    }
}

/// The option with this integer.
pub fn option_from_value<E: OptionSet>(value: i32) -> Result<E, UnknownOption> {
    E::from_value(value)
}

/// Writes an option as its integer.
pub fn serialize_option<E: OptionSet, S: Serializer>(option: &E, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i32(option.value())
}
