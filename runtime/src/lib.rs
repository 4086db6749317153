#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod prelude;
#[cfg(feature = "tables")]
pub mod tables;

#[cfg(feature = "client")]
#[doc(inline)]
pub use dataverse_entity_client as client;
#[cfg(feature = "client")]
#[doc(inline)]
pub use dataverse_entity_client::Client;
#[doc(hidden)]
pub use dataverse_entity_core::__private;
#[cfg(feature = "jiff")]
#[doc(inline)]
pub use dataverse_entity_core::Timestamp;
#[doc(inline)]
pub use dataverse_entity_core::{
    Bind, BindTo, Change, CreateDraft, DateTimeValue, DecodeError, Decoder, DeletedRecord, Draft,
    EncodeError, Entity, ExpandField, Expanded, FromRow, Id, IntoRecord, Lookup, LookupTarget,
    ManagedProperty, MultiSelect, NoProperty, OptionSet, OwnedProjection, Page, PageInfo, Projection,
    ReadColumn, Record, RecordRef, RowResult, Rule, SecurityPrincipal, StateSet, Stateful, StatusSet,
    UnknownLabel, UnknownOption, UnknownTarget, UpdateDraft, UserOwned, Uuid, ValueError, Violation,
    Violations, datetime_column, field, metadata, query,
};
#[cfg(feature = "messages")]
#[doc(inline)]
pub use dataverse_entity_core::{Error, Organization, bytes, http, message};
/// The keys are in the [annotation reference](crate#annotation-reference).
pub use dataverse_entity_macros::DataverseEntity;
/// The keys are in the [annotation reference](crate#derivelookuptarget).
pub use dataverse_entity_macros::LookupTarget;
/// The keys are in the [annotation reference](crate#deriveoptionset).
pub use dataverse_entity_macros::OptionSet;
