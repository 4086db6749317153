//! Traits that only some tables implement.

use crate::{Entity, LookupTarget};

/// A table whose records a user or a team owns, so that they can be assigned and shared.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::message::Assign;
/// use dataverse_entity::{UserOwned, tables::SystemUser};
///
/// fn hand_over<T: UserOwned>(record: Id<T>, to: Id<SystemUser>) -> Assign<T> {
///     T::assign(record, to)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "records of `{Self}` are not owned by users or teams",
    label = "assigning and sharing exist for tables with `#[entity(ownership = \"user\")]` only"
)]
pub trait UserOwned: Entity {}

/// A table whose changes Dataverse may track. The derive implements it, unless the table has
/// `#[entity(change_tracking = false)]`.
#[diagnostic::on_unimplemented(
    message = "changes of `{Self}` are not tracked",
    label = "the table is declared with `#[entity(change_tracking = false)]`; remove this key if the org tracks changes (`ChangeTrackingEnabled`)"
)]
pub trait TracksChanges: Entity {}

/// A table with optimistic concurrency: a request can depend on the version of a record. The derive implements
/// it, unless the table has `#[entity(optimistic_concurrency = false)]`.
///
/// Generic code needs the bound only to make a request depend on a version:
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::{OptimisticConcurrency, message::Delete};
///
/// fn delete<T: Entity>(id: Id<T>) -> Delete<T> {
///     T::delete(id)
/// }
///
/// fn delete_unless_changed<T: OptimisticConcurrency>(id: Id<T>, etag: &str) -> Delete<T> {
///     T::delete(id).if_match(etag)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a request for a record of `{Self}` cannot depend on its version",
    label = "the table is declared with `#[entity(optimistic_concurrency = false)]`; remove this key if the org has it on (`IsOptimisticConcurrencyEnabled`)"
)]
pub trait OptimisticConcurrency: Entity {}

/// A table whose records form a hierarchy. The derive implements it if a lookup of the table is
/// `hierarchical`. [`table_ref!`](crate::table_ref) implements it if the macro has the key `hierarchical`.
#[diagnostic::on_unimplemented(
    message = "records of `{Self}` form no hierarchy",
    label = "mark the lookup from a record to the one above it: `#[attr(logical = \"…\", hierarchical, …)]`"
)]
pub trait Hierarchical: LookupTarget {}

/// An elastic table, whose rows are in Azure Cosmos DB. The derive implements it for a table with
/// `#[entity(table_type = "elastic")]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an elastic table",
    label = "delete the records one by one, with `client.bulk()` or in a batch; if the table is elastic, declare it with `#[entity(table_type = \"elastic\")]`"
)]
pub trait Elastic: Entity {}

/// A table whose records are users or teams.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::SecurityPrincipal;
/// use dataverse_entity::tables::{SystemUser, Team};
///
/// fn describe<P: SecurityPrincipal>(principal: Id<P>) -> String {
///     format!("{} {principal}", P::METADATA.logical_name)
/// }
///
/// assert!(describe(Id::<Team>::default()).starts_with("team "));
/// assert!(describe(Id::<SystemUser>::default()).starts_with("systemuser "));
/// ```
#[diagnostic::on_unimplemented(
    message = "records of `{Self}` are neither users nor teams",
    label = "use an `Id` of the table `systemuser` or `team`"
)]
pub trait SecurityPrincipal: Entity {}

/// A table with a state and a status.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::Stateful;
/// use dataverse_entity::tables::SessionEvent;
///
/// assert_eq!(<SessionEvent as Stateful>::STATUS, "statuscode");
/// ```
#[diagnostic::on_unimplemented(
    message = "records of `{Self}` have no state that could be set",
    label = "the table needs a column of the kind `state` and one of the kind `status`, both with enums that derive `OptionSet`"
)]
pub trait Stateful: Entity {
    /// The option set of the status column.
    type Status;

    /// Logical name of the state column.
    const STATE: &'static str;

    /// Logical name of the status column.
    const STATUS: &'static str;
}
