#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod change;
mod codec;
mod draft;
mod entity;
mod id;
pub mod kind;
mod lookup;
pub mod metadata;
mod option_set;
mod plan;
pub mod prelude;
mod record;
#[cfg(feature = "tables")]
pub mod tables;
mod value;

pub use change::Change;
/// Derives a table, or a projection of one, for a struct. The keys are in the
/// [annotation reference](crate#annotation-reference).
pub use dataverse_entity_macros::DataverseEntity;
/// Derives what a polymorphic lookup may point to, for an enum of typed ids. The keys are in the
/// [annotation reference](crate#derivelookuptarget).
pub use dataverse_entity_macros::LookupTarget;
/// Derives an option set for an enum. The keys are in the [annotation reference](crate#deriveoptionset).
pub use dataverse_entity_macros::OptionSet;
pub use draft::{Draft, DraftKind, EncodeError, Rule, Violation, Violations};
pub use entity::{Entity, Projection};
pub use id::Id;
#[cfg(feature = "jiff")]
pub use jiff::Timestamp;
pub use lookup::{Bind, BindTo, Lookup, LookupTarget, UnknownTarget};
pub use option_set::{OptionSet, StateSet, StatusSet, UnknownLabel, UnknownOption};
pub use record::{
    DecodeError, Decoder, DeletedRecord, ExpandField, Expanded, FromRow, Page, PageInfo, Record, RowResult,
};
pub use uuid::Uuid;
pub use value::{
    Cell, ColumnValue, Field, KindSet, ManagedProperty, MultiSelect, NoProperty, ReadColumn, ReadValue,
    SharedStrings, Value, ValueError, WriteValue, Written,
};
