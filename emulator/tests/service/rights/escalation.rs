//! Nobody can raise their own rights by any way to get a privilege.

use dataverse_emulator::{Depth, Privilege, Role};
use serde_json::{Value, json};

use super::people::reference;
use crate::support::Api;

use Privilege::{Append, AppendTo, Assign, Read, Write};

/// Returns a user with a role, and the role.
fn user(api: &Api, role: Role) -> (Api, String, String) {
    let emulator = &api.emulator;
    let role = emulator.add_role(role).unwrap();
    let user = emulator.add_user_in("Ada Agent", emulator.business_unit(), &[role]).unwrap().to_string();
    (api.as_user(&user), user, role.to_string())
}

fn manager_of_roles() -> Role {
    let all = [Read, Write, Append, AppendTo];
    Role::new("Manager of roles")
        .allow("role", all, Depth::Organization)
        .allow("role", Assign, Depth::Organization)
        .allow("systemuser", all, Depth::Organization)
        .allow("team", all, Depth::Organization)
        .allow("account", Read, Depth::User)
}

fn privileges(name: &str, depth: &str) -> Value {
    json!({"Privileges": [{"Depth": depth, "PrivilegeName": name}]})
}

#[test]
fn nobody_adds_a_privilege_that_they_lack_to_their_role() {
    for action in ["AddPrivilegesRole", "ReplacePrivilegesRole"] {
        let api = Api::new();
        let (agent, _, role) = user(&api, manager_of_roles());
        let target = format!("roles({role})/Microsoft.Dynamics.CRM.{action}");
        for (name, depth) in [("prvDeleteAccount", "Basic"), ("prvReadAccount", "Global")] {
            agent.post(&target, &privileges(name, depth)).refused(403, "0x80040220", name);
        }
        agent.get("accounts").expect(200);
        agent.post(&target, &privileges("prvReadAccount", "Basic")).expect(204);
    }
}

#[test]
fn acting_for_an_administrator_gives_no_further_roles() {
    let api = Api::new();
    let (agent, id, _) = user(&api, manager_of_roles().allow_acting_for_others());
    let acting = agent.with("MSCRMCallerID", &api.emulator.user().to_string());
    let administrator = api.emulator.system_administrator_role().unwrap().to_string();
    acting
        .post(
            &format!("systemusers({id})/systemuserroles_association/$ref"),
            &reference("roles", &administrator),
        )
        .refused(403, "0x80040220", "VerifyCallerPrivileges");
    let other = api.emulator.add_role(Role::new("Other")).unwrap();
    acting
        .post(
            &format!("roles({other})/Microsoft.Dynamics.CRM.AddPrivilegesRole"),
            &privileges("prvDeleteAccount", "Basic"),
        )
        .refused(403, "0x80040220", "prvDeleteAccount");
}

#[test]
fn nobody_joins_a_team_with_more_privileges_than_they_have() {
    let api = Api::new();
    let (agent, id, _) = user(&api, manager_of_roles());
    let emulator = &api.emulator;
    let administrator = emulator.system_administrator_role().unwrap();
    let team = emulator.add_team_in("Night shift", emulator.business_unit(), &[], &[administrator]).unwrap();
    let member =
        json!({"Members": [{"@odata.type": "Microsoft.Dynamics.CRM.systemuser", "systemuserid": id}]});
    agent.post(&format!("teams({team})/Microsoft.Dynamics.CRM.AddMembersTeam"), &member).refused(
        403,
        "0x80040220",
        "VerifyCallerPrivileges",
    );
    let by_reference = format!("teams({team})/teammembership_association/$ref");
    agent.post(&by_reference, &reference("systemusers", &id)).refused(
        403,
        "0x80040220",
        "VerifyCallerPrivileges",
    );
    agent.get("opportunities").expect(403);
    api.post(&by_reference, &reference("systemusers", &id)).expect(204);
}

#[test]
fn nobody_gives_a_role_that_reaches_further_than_they_do() {
    let api = Api::new();
    let emulator = &api.emulator;
    let unit = |name| emulator.add_business_unit(name, emulator.business_unit()).unwrap();
    let (north, south) = (unit("North"), unit("South"));
    let role = manager_of_roles()
        .allow("role", Privilege::Create, Depth::Organization)
        .allow("businessunit", AppendTo, Depth::Organization)
        .allow("account", Read, Depth::BusinessUnit);
    let role = emulator.add_role(role).unwrap();
    let id = emulator.add_user_in("Ada Agent", north, &[role]).unwrap().to_string();
    let theirs = emulator.add_user_in("Bob Agent", south, &[role]).unwrap().to_string();
    let owner = json!({"name": "theirs", "ownerid@odata.bind": format!("/systemusers({theirs})")});
    let account = api.create("accounts", &owner);
    let agent = api.as_user(&id);
    let reader = |unit: String| {
        let role = json!({"name": "Reader", "businessunitid@odata.bind": format!("/businessunits({unit})")});
        let role = agent.create("roles", &role);
        let add = format!("roles({role})/Microsoft.Dynamics.CRM.AddPrivilegesRole");
        agent.post(&add, &privileges("prvReadAccount", "Local")).expect(204);
        role
    };
    let (near, far) = (reader(north.to_string()), reader(south.to_string()));
    let roles = format!("systemusers({id})/systemuserroles_association/$ref");
    agent.post(&roles, &reference("roles", &near)).expect(204);
    agent.post(&roles, &reference("roles", &far)).refused(403, "0x80040220", "PrivilegeName: prvReadAccount");
    // A team does not help: its roles are measured from its own business unit.
    let team = emulator.add_team_in("Night shift", south, &[], &[role]).unwrap();
    let members = format!("teams({team})/teammembership_association/$ref");
    agent.post(&members, &reference("systemusers", &id)).refused(403, "0x80040220", "prvReadAccount");
    agent.get(&format!("accounts({account})")).refused(403, "0x80048306", "ReadAccess");
}
