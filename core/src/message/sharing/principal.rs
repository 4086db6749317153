//! Users and teams, as the messages of ownership and sharing name them.

use uuid::Uuid;

use crate::Id;
use crate::message::http::Error;
use crate::metadata::TargetTable;
use crate::reference::LookupTarget;
use crate::table::SecurityPrincipal;

/// A user or a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrincipalRef {
    id: Uuid,
    table: TargetTable,
}

impl PrincipalRef {
    /// The GUID.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// The table: that of users or that of teams.
    pub fn table(&self) -> TargetTable {
        self.table
    }

    /// `set(guid)`
    pub(in crate::message) fn url(&self) -> String {
        format!("{}({})", self.table.entity_set_name, self.id)
    }
}

/// What names a user or a team: an id, or the enum of an owner column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names neither a user nor a team",
    label = "not a user or a team",
    note = "use an `Id` of the table `systemuser` or `team`, or the enum that an owner column is declared with"
)]
pub trait AsPrincipal {
    /// The user or team.
    ///
    /// # Errors
    ///
    /// The value may stand for a record of any table, and this one is neither a user nor a team.
    fn principal(&self) -> Result<PrincipalRef, Error>;
}

impl<T: SecurityPrincipal> AsPrincipal for Id<T> {
    fn principal(&self) -> Result<PrincipalRef, Error> {
        Ok(PrincipalRef { id: self.uuid(), table: T::TABLE })
    }
}

#[diagnostic::do_not_recommend]
impl<E: LookupTarget<Key = E>> AsPrincipal for E {
    fn principal(&self) -> Result<PrincipalRef, Error> {
        let reference = E::reference(self);
        match reference.target {
            Some(table) if matches!(table.logical_name, "systemuser" | "team") => {
                Ok(PrincipalRef { id: reference.id, table: *table })
            }
            _ => Err(Error::invalid_request(format!(
                "the record {} of {} is neither a user nor a team",
                reference.id,
                reference.table.unwrap_or("an unknown table")
            ))),
        }
    }
}
