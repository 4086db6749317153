//! The names that a file with tables needs: `use dataverse_entity::prelude::*;`

#[cfg(feature = "jiff")]
pub use dataverse_entity_core::Timestamp;
#[cfg(feature = "messages")]
pub use dataverse_entity_core::message::{
    AccessRights, AsPrincipal, DraftMessages, Message, Multiple, ReadMessages, TableMessages,
};
pub use dataverse_entity_core::{
    AnyRecord, AnyTable, Bind, BindTo, Change, DecodeError, Decoder, DeepInsert, Draft, Entity, Expanded, Id,
    IntoRecord, Lookup, ManagedProperty, MultiSelect, New, NoProperty, OwnedProjection, Page, Projection,
    Record, RecordRef, StateSet, StatusSet, UnknownTarget, Violations,
};

pub use crate::{DataverseEntity, DataverseRow, LookupTarget, OptionSet};
