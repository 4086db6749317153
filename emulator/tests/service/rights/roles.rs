//! Users without a role, disabled users, and roles that are assigned.

use dataverse_emulator::{Depth, Privilege, Role};
use serde_json::json;

use super::people::{Organization, reference, with_accounts};
use crate::support::Api;

#[test]
fn a_user_without_a_role_can_do_nothing() {
    let api = Api::new();
    let user = api.create("systemusers", &json!({"firstname": "Ned", "lastname": "New"}));
    let new = api.as_user(&user);
    let words = format!(
        "RetrievePrivilegeForUser: The user with id {user} has not been assigned any roles. They need a role with the \
         prvReadAccount privilege."
    );
    new.get("accounts").refused(403, "0x80042f09", &words);
    new.post("accounts", &json!({"name": "a"})).refused(403, "0x80042f09", "prvCreateAccount");
    new.get("systemusers").refused(403, "0x80042f09", "prvReadUser");
    // A role of the user's team counts.
    let role = api.emulator.basic_user_role().unwrap();
    let unit = api.emulator.business_unit();
    api.emulator.add_team_in("Night shift", unit, &[user.parse().unwrap()], &[role]).unwrap();
    new.get("accounts").expect(200);
}

#[test]
fn a_disabled_user_can_do_nothing() {
    let api = Api::new();
    let user = api.emulator.add_administrator("Dan Disabled").unwrap().to_string();
    let dan = api.as_user(&user);
    dan.get("WhoAmI").expect(200);
    api.patch(&format!("systemusers({user})"), &json!({"isdisabled": true})).expect(204);
    for answer in [
        dan.get("WhoAmI"),
        dan.get("accounts"),
        dan.post("accounts", &json!({"name": "a"})),
        dan.patch(&format!("systemusers({user})"), &json!({"isdisabled": false})),
    ] {
        answer.refused(403, "0x80040225", "The specified user is disabled.");
    }
    let acting = api.with("MSCRMCallerID", &user);
    acting.get("accounts").refused(403, "0x80040225", "Disabled users cannot access the system.");
    let role = api.emulator.basic_user_role().unwrap().to_string();
    let roles = format!("systemusers({user})/systemuserroles_association/$ref");
    api.post(&roles, &reference("roles", &role)).refused(403, "0x80040225", "disabled");
    api.patch(&format!("systemusers({user})"), &json!({"isdisabled": false})).expect(204);
    dan.get("accounts").expect(200);
}

#[test]
fn roles_add_up() {
    let api = Api::new();
    let emulator = &api.emulator;
    let reader = Role::new("Reader").allow("account", Privilege::Read, Depth::Organization);
    let writer = Role::new("Writer").allow("account", [Privilege::Read, Privilege::Write], Depth::User);
    let (reader, writer) = (emulator.add_role(reader).unwrap(), emulator.add_role(writer).unwrap());
    let user = emulator.add_user_in("Ada Agent", emulator.business_unit(), &[reader]).unwrap();
    let agent = api.as_user(&user.to_string());
    let bind = json!({"name": "a", "ownerid@odata.bind": format!("/systemusers({user})")});
    let (own, other) = (api.create("accounts", &bind), api.create("accounts", &json!({"name": "b"})));
    let change = json!({"name": "c"});
    agent.patch(&format!("accounts({own})"), &change).refused(403, "0x80040220", "prvWriteAccount");
    emulator.assign_role(user, writer).unwrap();
    agent.patch(&format!("accounts({own})"), &change).expect(204);
    agent.patch(&format!("accounts({other})"), &change).refused(403, "0x80048306", "WriteAccess");
    // The deeper of two roles counts.
    agent.get(&format!("accounts({other})")).expect(200);
    // A removed role has no effect.
    api.delete(&format!("systemusers({user})/systemuserroles_association({writer})/$ref")).expect(204);
    agent.patch(&format!("accounts({own})"), &change).refused(403, "0x80040220", "prvWriteAccount");
}

#[test]
fn nobody_gives_a_role_with_more_than_they_have() {
    use Privilege::{Append, Assign, Read, Write};
    let role = with_accounts(&[Read, Write], Depth::BusinessUnit)
        .allow("role", [Read, Append, Assign, Write], Depth::Organization)
        .allow("systemuser", [Append, Write], Depth::Organization);
    let world = Organization::new(role);
    let emulator = &world.api.emulator;
    let add = |role: Role| emulator.add_role(role).unwrap().to_string();
    let same = add(Role::new("Same").allow("account", Read, Depth::BusinessUnit));
    let deeper = add(Role::new("Deeper").allow("account", Read, Depth::Organization));
    let more = add(Role::new("More").allow("account", Privilege::Delete, Depth::User));
    let administrator = emulator.system_administrator_role().unwrap().to_string();
    let me = format!("systemusers({})/systemuserroles_association/$ref", world.agent_id);
    let user = reference("systemusers", &world.agent_id);
    for (given, refused) in [(same, false), (deeper, true), (more, true), (administrator, true)] {
        let from_role = format!("roles({given})/systemuserroles_association/$ref");
        for answer in
            [world.agent.post(&me, &reference("roles", &given)), world.agent.post(&from_role, &user)]
        {
            if refused {
                answer.refused(403, "0x80040220", "RoleService::VerifyCallerPrivileges failed. User: ");
            } else {
                answer.expect(204);
            }
        }
    }
}

#[test]
fn giving_a_role_needs_the_privilege_to_assign_roles() {
    use Privilege::{Append, Read, Write};
    let role = with_accounts(&[Read], Depth::User)
        .allow("role", [Read, Write, Append], Depth::Organization)
        .allow("systemuser", [Append, Write], Depth::Organization);
    let world = Organization::new(role);
    let role = Role::new("Same").allow("account", Read, Depth::User);
    let role = world.api.emulator.add_role(role).unwrap().to_string();
    let me = format!("systemusers({})/systemuserroles_association/$ref", world.agent_id);
    world.agent.post(&me, &reference("roles", &role)).refused(403, "0x80040220", "prvAssignRole");
}

#[test]
fn nobody_joins_a_team_by_their_own_record() {
    use Privilege::{Append, Read, Write};
    let role = with_accounts(&[Read], Depth::User)
        .allow("systemuser", [Read, Write, Append], Depth::User)
        .allow("team", [Read, Append, Privilege::AppendTo], Depth::Organization);
    let world = Organization::new(role);
    let emulator = &world.api.emulator;
    let all = emulator.system_administrator_role().unwrap();
    let team = emulator.add_team_in("All", emulator.business_unit(), &[], &[all]).unwrap().to_string();
    let from_me = format!("systemusers({})/teammembership_association/$ref", world.agent_id);
    world.agent.post(&from_me, &reference("teams", &team)).refused(403, "0x80040220", "prvWriteTeam");
    let from_team = format!("teams({team})/teammembership_association/$ref");
    let me = reference("systemusers", &world.agent_id);
    world.agent.post(&from_team, &me).refused(403, "0x80040220", "prvWriteTeam");
    let member = json!({"@odata.type": "Microsoft.Dynamics.CRM.systemuser", "systemuserid": world.agent_id});
    let add = format!("teams({team})/Microsoft.Dynamics.CRM.AddMembersTeam");
    world.agent.post(&add, &json!({"Members": [member]})).refused(403, "0x80040220", "prvWriteTeam");
    world.api.post(&from_team, &me).expect(204);
    // A member of a team of administrators is an administrator.
    world.agent.post("competitors", &json!({"name": "c"})).expect(204);
}

#[test]
fn the_name_of_a_role_does_not_make_an_administrator() {
    let api = Api::new();
    let emulator = &api.emulator;
    let role = emulator.add_role(Role::new("System Administrator")).unwrap();
    let user = emulator.add_user_in("Ada Agent", emulator.business_unit(), &[role]).unwrap();
    api.as_user(&user.to_string()).get("accounts").refused(403, "0x80040220", "prvReadAccount");
}

#[test]
fn the_role_of_administrators_cannot_be_changed() {
    let api = Api::new();
    let role = format!("roles({})", api.emulator.system_administrator_role().unwrap());
    let words = "System Administrator cannot be changed";
    api.patch(&role, &json!({"name": "Guest"})).refused(400, "0x0", words);
    api.delete(&role).refused(400, "0x0", words);
    let none = json!({"Privileges": []});
    api.post(&format!("{role}/Microsoft.Dynamics.CRM.ReplacePrivilegesRole"), &none)
        .refused(400, "0x0", words);
}
