#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod checks;
mod column;
mod draft;
mod encode;
#[cfg(feature = "messages")]
pub mod message;
pub mod metadata;
pub mod query;
mod record;
mod reference;
mod table;

/// Reference-counted bytes: the type of all bodies.
#[cfg(feature = "messages")]
pub use bytes;
/// The types that a field may have: one trait for each kind of column, implemented by every type that can
/// hold it.
#[doc(inline)]
pub use column::field;
pub use column::{
    Change, DateTimeValue, ManagedProperty, MultiSelect, NoProperty, OptionSet, ReadColumn, StateSet,
    StatusSet, UnknownLabel, UnknownOption, ValueError,
};
pub use draft::{
    CreateDraft, DeepCreate, DeepInsert, Draft, DraftPurpose, IntoParties, IntoValue, New, NoDraft, Party,
    PartyList, Rule, UpdateDraft, Violation, Violations,
};
pub use encode::EncodeError;
/// The types of requests and responses.
#[cfg(feature = "messages")]
pub use http;
/// Dates and times, in datetime columns and for the emulator's clock.
#[cfg(feature = "jiff")]
pub use jiff;
#[cfg(feature = "jiff")]
pub use jiff::Timestamp;
#[cfg(feature = "messages")]
pub use message::{Error, Organization};
pub use record::{
    DataverseRow, DecodeError, Decoder, DeletedRecord, ExpandField, Expanded, FromRow, Page, PageInfo,
    Record, Row, RowPage, RowResult,
};
pub use reference::{
    AnyRecord, AnyTable, Bind, BindTo, Id, IntoRecord, Lookup, LookupTarget, ParseIdError, RecordRef,
    UnknownTarget,
};
/// Exact decimals, in decimal and money columns.
#[cfg(feature = "rust_decimal")]
pub use rust_decimal;
pub use table::{
    Elastic, Entity, Hierarchical, OptimisticConcurrency, OwnedProjection, Projection, SecurityPrincipal,
    Stateful, TracksChanges, UserOwned,
};
pub use uuid::Uuid;
