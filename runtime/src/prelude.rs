//! What a file that declares or uses tables needs: `use dataverse_entity::prelude::*;`

pub use crate::change::Change;
pub use crate::draft::{Draft, Violations};
pub use crate::entity::{Entity, Projection};
pub use crate::id::Id;
pub use crate::lookup::{Bind, Lookup, UnknownTarget};
#[cfg(feature = "messages")]
pub use crate::operation::{AccessRights, DraftOperations, Operation, ReadMessages, TableMessages};
pub use crate::option_set::{StateSet, StatusSet};
pub use crate::record::{DecodeError, Decoder, Expanded, Page, Record};
pub use crate::value::{ManagedProperty, MultiSelect, NoProperty};
pub use crate::{DataverseEntity, LookupTarget, OptionSet};
#[cfg(feature = "jiff")]
pub use jiff::Timestamp;
