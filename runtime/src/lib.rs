#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

// Documentation only, so a build leaves it out. The pages use the client and the built-in tables.
#[cfg(all(any(doc, doctest), feature = "client", feature = "tables"))]
#[cfg_attr(docsrs, doc(auto_cfg = false))]
pub mod guide;
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
#[cfg(feature = "rust_decimal")]
pub use dataverse_entity_core::rust_decimal;
#[doc(inline)]
pub use dataverse_entity_core::{
    AnyRecord, AnyTable, Bind, BindTo, Change, CreateDraft, DateTimeValue, DecodeError, Decoder, DeepCreate,
    DeepInsert, DeletedRecord, Draft, DraftPurpose, Elastic, EncodeError, Entity, ExpandField, Expanded,
    FromRow, Hierarchical, Id, IntoParties, IntoRecord, IntoValue, Lookup, LookupTarget, ManagedProperty,
    MultiSelect, New, NoDraft, NoProperty, OptimisticConcurrency, OptionSet, OwnedProjection, Page, PageInfo,
    ParseIdError, Party, PartyList, Projection, ReadColumn, Record, RecordRef, RowResult, Rule,
    SecurityPrincipal, StateSet, Stateful, StatusSet, TracksChanges, UnknownLabel, UnknownOption,
    UnknownTarget, UpdateDraft, UserOwned, Uuid, ValueError, Violation, Violations, datetime_column, field,
    metadata, query, table_ref,
};
#[doc(inline)]
pub use dataverse_entity_core::{DataverseRow, Row, RowPage};
#[cfg(feature = "messages")]
#[doc(inline)]
pub use dataverse_entity_core::{Error, Organization, bytes, http, message};
#[cfg(feature = "jiff")]
#[doc(inline)]
pub use dataverse_entity_core::{Timestamp, jiff};
#[doc(inline)]
pub use dataverse_entity_macros::{DataverseEntity, DataverseRow, LookupTarget, OptionSet};
