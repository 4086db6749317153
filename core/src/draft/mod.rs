//! Writing: the bodies of creates and updates, and their validation before they are sent.
//!
//! The derive makes two draft types for a table, one for creates and one for updates. Each has only the
//! columns valid for its message. A draft says which columns it holds and what is pending for each
//! ([`Columns`]). Serialisation, validation and comparison are here, once for all drafts.

mod body;
mod columns;
mod diff;
#[allow(clippy::module_inception, reason = "the draft is what the module is named after")]
mod draft;
mod draft_impls;
mod guard;
mod into_value;
mod json;
mod magnitude;
mod nested;
mod no_draft;
mod parties;
mod slot;
mod split;
mod validate;
mod violation;

#[cfg(feature = "messages")]
pub(crate) use body::{in_scope as body_in_scope, of_column as body_of_column};
pub use body::{serialize, to_json};
pub use columns::{Besides, Columns, DraftKind, DraftPlan, debug, equal};
#[cfg(feature = "messages")]
pub(crate) use columns::{entries, is_empty};
pub(crate) use diff::Diff;
pub use draft::{CreateDraft, Draft, DraftPurpose, UpdateDraft};
pub use guard::{CreateOnly, NotClearable, NotProperty, PrimaryId, ReadOnly, ReadOnlyTable, UpdateOnly};
pub use into_value::IntoValue;
#[cfg(feature = "messages")]
pub(crate) use json::JsonObject;
pub(crate) use nested::NewRecord;
#[cfg(feature = "messages")]
pub(crate) use nested::nested as nested_records;
pub use nested::{DeepCreate, DeepInsert, New};
pub use no_draft::NoDraft;
pub use parties::{IntoParties, Party, PartyList};
pub use slot::{bind, change, change_parties, rebind, set, set_parties};
pub use split::{Deferral, DraftReference, Only, Without, primary_id, references};
#[cfg(feature = "messages")]
pub(crate) use validate::validate as violations_of;
pub use violation::{Rule, Violation, Violations};
