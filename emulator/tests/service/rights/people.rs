//! An organization with business units, users, and records that belong to them.

use dataverse_emulator::{Depth, Privilege, Role};
use serde_json::{Value, json};

use crate::support::Api;

/// The names of the users: the one whose rights are tested, a colleague of the same business unit, one of a
/// business unit below, and one of another.
pub(super) const OWNERS: [&str; 4] = ["own", "colleague", "below", "elsewhere"];

/// Four users in a tree of business units: root, with north (and below it, northwest) and south.
pub(super) struct Organization {
    /// The administrator.
    pub(super) api: Api,
    /// The user whose rights are tested.
    pub(super) agent: Api,
    pub(super) agent_id: String,
    /// The ids of the users in the order of [`OWNERS`].
    pub(super) users: Vec<String>,
}

impl Organization {
    /// Creates the organization. The tested user has this role; the others may do everything.
    pub(super) fn new(role: Role) -> Self {
        let api = Api::new();
        let emulator = &api.emulator;
        let role = emulator.add_role(role).unwrap();
        let everything = emulator.system_administrator_role().unwrap();
        let north = emulator.add_business_unit("North", emulator.business_unit()).unwrap();
        let northwest = emulator.add_business_unit("Northwest", north).unwrap();
        let south = emulator.add_business_unit("South", emulator.business_unit()).unwrap();
        let user = |name, unit, role| emulator.add_user_in(name, unit, &[role]).unwrap().to_string();
        let users = vec![
            user("Ada Agent", north, role),
            user("Carl Colleague", north, everything),
            user("Wim Northwest", northwest, everything),
            user("Sue South", south, everything),
        ];
        let agent = api.as_user(&users[0]);
        Self { agent, agent_id: users[0].clone(), users, api }
    }

    /// Creates a record that belongs to one of [`OWNERS`].
    pub(super) fn record(&self, owner: usize, set: &str, body: &Value) -> String {
        let mut body = body.clone();
        body["ownerid@odata.bind"] = json!(format!("/systemusers({})", self.users[owner]));
        self.api.create(set, &body)
    }
}

/// Returns a role that allows privileges with accounts, and everything with contacts.
pub(super) fn with_accounts(privileges: &[Privilege], depth: Depth) -> Role {
    Role::new("Agent")
        .allow("account", privileges.iter().copied(), depth)
        .allow("contact", Privilege::ALL, Depth::Organization)
        .allow("systemuser", [Privilege::Read, Privilege::AppendTo], Depth::Organization)
}

pub(super) fn table(set: &str, key: &str, id: &str) -> Value {
    let name = set.strip_suffix('s').unwrap_or(set);
    let mut value = json!({"@odata.type": format!("Microsoft.Dynamics.CRM.{name}")});
    value[key] = json!(id);
    value
}

pub(super) fn account(id: &str) -> Value {
    table("accounts", "accountid", id)
}

pub(super) fn user(id: &str) -> Value {
    table("systemusers", "systemuserid", id)
}

/// Returns a `GrantAccess` of an account.
pub(super) fn grant(id: &str, principal: Value, mask: &str) -> Value {
    json!({"Target": account(id), "PrincipalAccess": {"Principal": principal, "AccessMask": mask}})
}

/// Returns the body that names a record to associate.
pub(super) fn reference(set: &str, id: &str) -> Value {
    json!({"@odata.id": format!("https://emulator.crm.dynamics.com/api/data/v9.2/{set}({id})")})
}
