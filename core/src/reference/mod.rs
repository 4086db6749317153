//! References to records: by id, by alternate key, as a record of a change set, or through a lookup.

mod any;
mod bind;
mod id;
mod lookup;
mod record_ref;
mod table_ref;
mod target;

pub use any::{AnyRecord, AnyTable};
pub(crate) use bind::BoundRecord;
pub use bind::{Bind, BindTo};
pub use id::{Id, ParseIdError};
pub use lookup::Lookup;
#[cfg(feature = "messages")]
pub(crate) use record_ref::ContentId;
#[cfg(feature = "messages")]
pub(crate) use record_ref::PARTITION_ID;
pub use record_ref::{Address, IntoRecord, RecordRef};
pub(crate) use record_ref::{EntityNames, Scope};
pub use target::{LookupTarget, PointsTo, Reference, TargetKey, UnknownTarget, key_of};
