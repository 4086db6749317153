//! Messages about one record, and the bodies of creates and updates.

mod assign;
mod associate;
pub(super) mod body;
mod create;
mod delete;
mod disassociate;
mod draft;
mod retrieve;
pub(super) mod set_state;
mod single_column;
pub(super) mod update;
pub(super) mod upsert;

pub use assign::Assign;
pub use associate::Associate;
pub use create::{Create, CreateReturning};
pub use delete::Delete;
pub use disassociate::Disassociate;
pub use draft::DraftMessages;
/// The functions that the derive's impls for drafts call.
#[doc(hidden)]
pub mod draft_parts {
    pub use super::create::created;
    pub use super::draft::{
        MessageResponse, RequestResult, UnbuiltRequest, answer_of_update, create_request, unbuilt_create,
        unbuilt_update, update_request, updated,
    };
}
pub use retrieve::{Retrieve, RetrieveIfChanged};
pub use set_state::SetState;
pub use single_column::{RetrieveColumn, SingleColumn};
pub use update::{Update, UpdateReturning};
pub use upsert::{Upsert, UpsertReturning, Upserted, UpsertedRecord};
