//! What a column can hold: its kinds, and the types that a field may have for each.
//!
//! - Kinds: `kinds` is their table, `field_methods` says what generated code does with a field of any kind,
//!   `field` holds the traits, and `capabilities` what queries can ask of a column.
//! - Values: `value` holds a value of the wire, and `cell` adds its annotations. `read` and `write` hold the
//!   traits of types, and `types` the types themselves, one file for each family.
//! - Drafts: `change` is what an update does to a column, and `difference` derives it from two states of a
//!   record.
//! - `option_set` holds the traits of option sets, `error` the error of a value, and `shared_strings` the
//!   allocations that fields share.
//!
//! # A new column kind
//!
//! A new kind adds one entry to each of these files:
//!
//! | file | what it says |
//! |---|---|
//! | `core/src/metadata/attribute_type.rs` | the variant of [`AttributeType`](crate::metadata::AttributeType), and its names on the wire |
//! | `core/src/metadata/json.rs` | its facts in the JSON of the metadata |
//! | `core/src/column/kinds.rs` | the entry of the kind: its metadata types, field trait, query marker and capabilities |
//! | `macros/src/entity/kind.rs` | the entry of the kind in the derive: its word in `#[attr(…)]`, and what the word implies |
//! | `emulator/src/schema/column.rs` | the kind in the emulator, its type on the wire, and how it is kept |
//! | `emulator/src/schema/complete.rs` | the name of its type in the emulator's definitions |
//! | `emulator/src/value/from_body.rs`, `to_json.rs` | its values in bodies and in answers |
//!
//! A kind whose values no existing Rust type holds also needs a file in `core/src/column/types/`, and its
//! line in `types/mod.rs`. `core/src/draft/validate.rs` checks limits.

pub mod capabilities;
mod cell;
mod change;
mod difference;
mod error;
pub mod field;
mod field_methods;
mod guid;
mod kinds;
mod option_impls;
pub(crate) mod option_set;
mod read;
mod shared_strings;
mod types;
mod value;
mod write;
mod write_cell;

pub use cell::Cell;
pub(crate) use cell::Held;
pub use change::{Change, Pending};
pub use difference::{Difference, difference, guid, integer};
pub use error::ValueError;
pub(crate) use guid::Guid;
pub use kinds::KindSet;
pub(crate) use kinds::query_kinds;

pub use option_set::{OptionSet, StateSet, StatusSet, UnknownLabel, UnknownOption};
pub use read::{ReadColumn, ReadValue};
pub use shared_strings::SharedStrings;
pub(crate) use types::MAX_SELECTED;
pub use types::{DateArgument, DateTimeValue, datetime};
pub use types::{ManagedProperty, MultiSelect, NoProperty};
pub(crate) use value::Value;
pub use write::{ColumnValue, WriteValue, Written};
pub use write_cell::{WriteCell, WrittenCell};
