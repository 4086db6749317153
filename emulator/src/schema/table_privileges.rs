//! The privileges of a table.

use super::complete::made_up_id;
use super::privilege::Privilege;
use crate::json::{Json, object};

/// A privilege on a table, with its id and name in the organization.
#[derive(Debug, Clone)]
pub(crate) struct TablePrivilege {
    pub(crate) kind: Privilege,
    pub(crate) id: String,
    pub(crate) name: String,
    /// Whether the privilege has depths below Organization.
    pub(crate) has_depths: bool,
}

/// Returns the id of a privilege whose definition has none.
pub(crate) fn privilege_id(name: &str) -> String {
    made_up_id(&["privilege", name])
}

/// Returns the member `Privileges` of a definition that has none. All activities share their privileges.
pub(super) fn definitions(definition: &Json) -> Json {
    let logical_name = definition.text("LogicalName").unwrap_or_default();
    let noun = match (definition.flag("IsActivity"), logical_name) {
        (Some(true), _) => "Activity",
        (_, "systemuser") => "User",
        _ => definition.text("SchemaName").unwrap_or(logical_name),
    };
    let ownership = definition.text("OwnershipType").unwrap_or("None");
    let (is_owned, by_unit) = (
        matches!(ownership, "UserOwned" | "TeamOwned"),
        matches!(ownership, "BusinessOwned" | "BusinessParented"),
    );
    let all = Privilege::ALL.into_iter().filter(|kind| match kind {
        // Assigning a role needs this privilege.
        Privilege::Assign => is_owned || logical_name == "role",
        Privilege::Share => is_owned,
        _ => true,
    });
    let privilege = |kind: Privilege| {
        let name = format!("prv{}{noun}", kind.name());
        object([
            ("CanBeBasic", (is_owned || by_unit).into()),
            ("CanBeDeep", (is_owned || by_unit).into()),
            ("CanBeGlobal", true.into()),
            ("CanBeLocal", (is_owned || by_unit).into()),
            ("CanBeEntityReference", false.into()),
            ("CanBeParentEntityReference", false.into()),
            ("PrivilegeId", privilege_id(&name).into()),
            ("Name", name.into()),
            ("PrivilegeType", kind.name().into()),
        ])
    };
    Json::Array(all.map(privilege).collect())
}

/// Returns the privileges that a definition lists.
pub(super) fn read(definition: &Json) -> Vec<TablePrivilege> {
    let one = |each: &Json| {
        Some(TablePrivilege {
            kind: Privilege::from_name(each.text("PrivilegeType")?)?,
            id: crate::value::guid(each.text("PrivilegeId")?)?,
            name: each.text("Name")?.to_owned(),
            has_depths: each.flag("CanBeBasic").unwrap_or(false) || each.flag("CanBeLocal").unwrap_or(false),
        })
    };
    definition.list("Privileges").iter().filter_map(one).collect()
}
