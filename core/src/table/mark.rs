//! What only some tables are.

use crate::Entity;

/// A table whose records a user or a team owns: they can be assigned and shared.
#[diagnostic::on_unimplemented(
    message = "records of `{Self}` are not owned by users or teams",
    label = "cannot be assigned or shared",
    note = "assigning and sharing exist for tables with `#[entity(ownership = \"user\")]` only"
)]
pub trait UserOwned: Entity {}

/// The table of users or that of teams.
#[diagnostic::on_unimplemented(
    message = "records of `{Self}` are neither users nor teams",
    label = "can own nothing and have no access to anything",
    note = "use an `Id` of the table `systemuser` or `team`"
)]
pub trait SecurityPrincipal: Entity {}

/// A table with a state and a status.
#[diagnostic::on_unimplemented(
    message = "records of `{Self}` have no state that could be set",
    label = "no state and status",
    note = "the table needs a column of the kind `state` and one of the kind `status`, both with enums that derive `OptionSet`"
)]
pub trait Stateful: Entity {
    /// The option set of the status column.
    type Status;

    /// Logical name of the state column.
    const STATE: &'static str;

    /// Logical name of the status column.
    const STATUS: &'static str;
}
