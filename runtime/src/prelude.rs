//! What a file that declares or uses tables needs: `use dataverse_entity::prelude::*;`

#[cfg(feature = "jiff")]
pub use dataverse_entity_core::Timestamp;
#[cfg(feature = "messages")]
pub use dataverse_entity_core::message::{AccessRights, DraftMessages, Message, ReadMessages, TableMessages};
pub use dataverse_entity_core::{
    Bind, Change, DecodeError, Decoder, Draft, Entity, Expanded, Id, Lookup, ManagedProperty, MultiSelect,
    NoProperty, Page, Projection, Record, StateSet, StatusSet, UnknownTarget, Violations,
};

pub use crate::{DataverseEntity, LookupTarget, OptionSet};
