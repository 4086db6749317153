//! The privileges of a table.

use dataverse_definitions::Table as Definition;
use serde_json::Value;

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

impl TablePrivilege {
    /// Returns the definition of the privilege.
    pub(super) fn definition(&self) -> Json {
        object([
            ("CanBeBasic", self.has_depths.into()),
            ("CanBeDeep", self.has_depths.into()),
            ("CanBeGlobal", true.into()),
            ("CanBeLocal", self.has_depths.into()),
            ("CanBeEntityReference", false.into()),
            ("CanBeParentEntityReference", false.into()),
            ("PrivilegeId", self.id.as_str().into()),
            ("Name", self.name.as_str().into()),
            ("PrivilegeType", self.kind.name().into()),
        ])
    }
}

/// Returns the privileges that a definition lists, or those that its table has in Dataverse if it lists none.
pub(super) fn of(definition: &Definition) -> Vec<TablePrivilege> {
    match definition.other.get("Privileges").and_then(Value::as_array) {
        Some(listed) => listed.iter().filter_map(read).collect(),
        None => usual(definition),
    }
}

/// Returns the privileges of a table. All activities share theirs.
fn usual(definition: &Definition) -> Vec<TablePrivilege> {
    let logical_name = definition.logical_name.as_str();
    let noun = match logical_name {
        _ if definition.is_activity.is_true() => "Activity",
        "systemuser" => "User",
        _ => definition.schema_name.text().unwrap_or(logical_name),
    };
    let ownership = definition.ownership_type.text().unwrap_or("None");
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
    all.map(|kind| {
        let name = format!("prv{}{noun}", kind.name());
        TablePrivilege { kind, id: privilege_id(&name), name, has_depths: is_owned || by_unit }
    })
    .collect()
}

fn read(listed: &Value) -> Option<TablePrivilege> {
    let text = |name: &str| listed.get(name).and_then(Value::as_str);
    let flag = |name: &str| listed.get(name).and_then(Value::as_bool).unwrap_or(false);
    Some(TablePrivilege {
        kind: Privilege::from_name(text("PrivilegeType")?)?,
        id: crate::value::guid(text("PrivilegeId")?)?,
        name: text("Name")?.to_owned(),
        has_depths: flag("CanBeBasic") || flag("CanBeLocal"),
    })
}
