#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod change;
#[cfg(feature = "client")]
pub mod client;
mod draft;
mod encode;
mod entity;
mod id;
#[doc(hidden)]
pub mod kind;
mod lookup;
mod mark;
pub mod metadata;
#[cfg(feature = "messages")]
pub mod operation;
mod option_set;
mod plan;
pub mod prelude;
pub mod query;
mod record;
mod record_ref;
#[cfg(feature = "tables")]
pub mod tables;
mod value;

/// The bytes of bodies.
#[cfg(feature = "messages")]
pub use bytes;
pub use change::Change;
/// The keys are in the [annotation reference](crate#annotation-reference).
///
pub use dataverse_entity_macros::DataverseEntity;
/// The keys are in the [annotation reference](crate#derivelookuptarget).
///
pub use dataverse_entity_macros::LookupTarget;
/// The keys are in the [annotation reference](crate#deriveoptionset).
///
pub use dataverse_entity_macros::OptionSet;
pub use draft::{Creates, Draft, Rule, Updates, Violation, Violations};
pub use encode::EncodeError;
pub use entity::{Entity, Projection};
/// The types of requests and responses.
#[cfg(feature = "messages")]
pub use http;
pub use id::Id;
#[cfg(feature = "jiff")]
pub use jiff::Timestamp;
pub use lookup::{Bind, BindTo, Lookup, LookupTarget, UnknownTarget};
pub use mark::{SecurityPrincipal, Stateful, UserOwned};
pub use option_set::{OptionSet, StateSet, StatusSet, UnknownLabel, UnknownOption};
pub use record::{
    DecodeError, Decoder, DeletedRecord, ExpandField, Expanded, FromRow, Page, PageInfo, Record, RowResult,
};
pub use record_ref::{IntoRecord, RecordRef};
pub use uuid::Uuid;
pub use value::{ManagedProperty, MultiSelect, NoProperty, ReadColumn, ValueError};
