//! Sharing: nobody can share a right that they lack, or raise their own rights.

use dataverse_emulator::{Depth, Privilege};
use serde_json::json;

use super::people::{Organization, account, grant, user, with_accounts};

use Privilege::{Delete, Read, Share, Write};

fn revoke(id: &str, principal: serde_json::Value) -> serde_json::Value {
    json!({"Target": account(id), "Revokee": principal})
}

#[test]
fn sharing_needs_the_right_to_share() {
    let world = Organization::new(with_accounts(&[Read, Write], Depth::User));
    let id = world.record(0, "accounts", &json!({"name": "a"}));
    let share = grant(&id, user(&world.users[3]), "ReadAccess");
    world.agent.post("GrantAccess", &share).refused(403, "0x80040220", "prvShareAccount");
    world.agent.post("ModifyAccess", &share).refused(403, "0x80040220", "prvShareAccount");
    world.agent.post("RevokeAccess", &revoke(&id, user(&world.users[3]))).refused(
        403,
        "0x80040220",
        "prvShareAccount",
    );
}

#[test]
fn nobody_shares_a_right_that_they_lack() {
    let world = Organization::new(with_accounts(&[Read, Write, Delete, Share], Depth::User));
    let id = world.record(3, "accounts", &json!({"name": "a"}));
    let to_agent = |mask| grant(&id, user(&world.agent_id), mask);
    world.api.post("GrantAccess", &to_agent("ReadAccess,ShareAccess")).expect(204);
    let other = &world.users[1];
    for action in ["GrantAccess", "ModifyAccess"] {
        world.agent.post(action, &grant(&id, user(other), "ReadAccess")).expect(204);
        for mask in ["WriteAccess", "ReadAccess, DeleteAccess", "AssignAccess"] {
            let answer = world.agent.post(action, &grant(&id, user(other), mask)).expect(403);
            assert!(
                answer.text().contains(mask.trim_start_matches("ReadAccess, ")) || mask == "AssignAccess"
            );
        }
    }
    let shared =
        format!("RetrieveSharedPrincipalsAndAccess(Target=@p1)?@p1={{'@odata.id':'accounts({id})'}}");
    let all = world.api.get(&shared).expect(200).json();
    let mask = all["PrincipalAccesses"]
        .as_array()
        .unwrap()
        .iter()
        .find(|each| each["Principal"]["ownerid"] == *other);
    assert_eq!(mask.unwrap()["AccessMask"], "ReadAccess");
}

#[test]
fn nobody_raises_their_own_rights() {
    let world = Organization::new(with_accounts(&[Read, Write, Share], Depth::User));
    let id = world.record(3, "accounts", &json!({"name": "a"}));
    let to_agent = |mask| grant(&id, user(&world.agent_id), mask);
    world.api.post("GrantAccess", &to_agent("ReadAccess,ShareAccess")).expect(204);
    for action in ["GrantAccess", "ModifyAccess"] {
        let mask = "ReadAccess,WriteAccess,ShareAccess";
        world.agent.post(action, &to_agent(mask)).refused(403, "0x80048306", "WriteAccess");
    }
    world.agent.patch(&format!("accounts({id})"), &json!({"name": "b"})).expect(403);
}

#[test]
fn an_owner_shares_and_revokes_what_the_roles_allow() {
    let world = Organization::new(with_accounts(&[Read, Write, Share], Depth::User));
    let id = world.record(0, "accounts", &json!({"name": "a"}));
    let other = user(&world.users[1]);
    world.agent.post("GrantAccess", &grant(&id, other.clone(), "ReadAccess,WriteAccess")).expect(204);
    // The owner's roles do not allow Delete, so the owner cannot share it.
    world.agent.post("GrantAccess", &grant(&id, other.clone(), "DeleteAccess")).refused(
        403,
        "0x80040220",
        "prvDeleteAccount",
    );
    world.agent.post("RevokeAccess", &revoke(&id, other)).expect(204);
    let shared =
        format!("RetrieveSharedPrincipalsAndAccess(Target=@p1)?@p1={{'@odata.id':'accounts({id})'}}");
    assert_eq!(world.agent.get(&shared).expect(200).json()["PrincipalAccesses"], json!([]));
}

#[test]
fn a_share_with_a_team_is_a_share_with_its_members() {
    let world = Organization::new(with_accounts(&[Read, Write, Share], Depth::User));
    let member = world.agent_id.parse().unwrap();
    let team = world.api.emulator.add_team("Night shift", &[member]).unwrap().to_string();
    let id = world.record(3, "accounts", &json!({"name": "a"}));
    let principal = json!({"teamid": team, "@odata.type": "Microsoft.Dynamics.CRM.team"});
    world.api.post("GrantAccess", &grant(&id, principal, "ReadAccess,ShareAccess")).expect(204);
    world.agent.get(&format!("accounts({id})")).expect(200);
    // Members can share the rights of the team, and no others.
    world.agent.post("GrantAccess", &grant(&id, user(&world.users[1]), "ReadAccess")).expect(204);
    world.agent.post("GrantAccess", &grant(&id, user(&world.agent_id), "WriteAccess")).refused(
        403,
        "0x80048306",
        "WriteAccess",
    );
}

#[test]
fn the_rights_of_a_principal_include_roles_ownership_and_shares() {
    let world = Organization::new(with_accounts(&[Read], Depth::BusinessUnit).allow(
        "account",
        [Write, Share],
        Depth::User,
    ));
    let rights = |set: &str, principal: &str, id: &str| {
        let target = format!(
            "{set}({principal})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@p1)?@p1={{'@odata.id':'accounts({id})'}}"
        );
        world.api.get(&target).expect(200).json()["AccessRights"].clone()
    };
    let (own, colleague, elsewhere) = (
        world.record(0, "accounts", &json!({"name": "own"})),
        world.record(1, "accounts", &json!({"name": "colleague's"})),
        world.record(3, "accounts", &json!({"name": "elsewhere"})),
    );
    let agent = &world.agent_id;
    assert_eq!(rights("systemusers", agent, &own), "ReadAccess, WriteAccess, ShareAccess");
    assert_eq!(rights("systemusers", agent, &colleague), "ReadAccess");
    assert_eq!(rights("systemusers", agent, &elsewhere), "None");
    let mask = "WriteAccess,DeleteAccess";
    world.api.post("GrantAccess", &grant(&elsewhere, user(agent), mask)).expect(204);
    // The roles do not allow Delete.
    assert_eq!(rights("systemusers", agent, &elsewhere), "WriteAccess");
    let all =
        "ReadAccess, WriteAccess, AppendAccess, AppendToAccess, DeleteAccess, ShareAccess, AssignAccess";
    assert_eq!(rights("systemusers", &world.users[3], &own), all);
    // A team without a role has no rights, even to what is shared with it.
    let unit = world.api.emulator.business_unit();
    let team = world.api.emulator.add_team_in("Night shift", unit, &[], &[]).unwrap();
    let principal = json!({"teamid": team.to_string(), "@odata.type": "Microsoft.Dynamics.CRM.team"});
    world.api.post("GrantAccess", &grant(&own, principal, "ReadAccess")).expect(204);
    assert_eq!(rights("teams", &team.to_string(), &own), "None");
    let role = world.api.emulator.basic_user_role().unwrap();
    world.api.emulator.assign_team_role(team, role).unwrap();
    assert_eq!(rights("teams", &team.to_string(), &own), "ReadAccess");
}
