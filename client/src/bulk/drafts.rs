//! The bounds of bulk's creates and updates. They are traits of their own for the compiler's words: with
//! [`Draft`] as the bound, an error names each associated type that does not fit.

use dataverse_entity_core::{CreateDraft, Draft, Entity, UpdateDraft};

/// A create, as the bound of [`Bulk::create`](super::Bulk::create). Every create implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a create that bulk can send",
    label = "give creates by value: `[Table::create().name(…), …]`; those in a slice are `drafts.iter().cloned()`"
)]
pub trait BulkCreate {
    /// The table.
    type Table: Entity;

    /// Returns the draft as the type that its table names.
    #[doc(hidden)]
    fn into_create(self) -> <Self::Table as Entity>::Create;
}

#[diagnostic::do_not_recommend]
impl<D: Draft<Table: Entity<Create = D>, Kind = CreateDraft>> BulkCreate for D {
    type Table = <D as Draft>::Table;

    fn into_create(self) -> D {
        self
    }
}

/// An update, as the bound of [`Bulk::update`](super::Bulk::update). Every update implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an update that bulk can send",
    label = "give updates by value: `[Table::update(id).name(…), …]`; those in a slice are `drafts.iter().cloned()`"
)]
pub trait BulkUpdate {
    /// The table.
    type Table: Entity;

    /// Returns the draft as the type that its table names.
    #[doc(hidden)]
    fn into_update(self) -> <Self::Table as Entity>::Update;
}

#[diagnostic::do_not_recommend]
impl<D: Draft<Table: Entity<Update = D>, Kind = UpdateDraft>> BulkUpdate for D {
    type Table = <D as Draft>::Table;

    fn into_update(self) -> D {
        self
    }
}
