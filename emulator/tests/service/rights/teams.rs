//! Roles of teams.

use dataverse_emulator::{Depth, Privilege, Role};
use serde_json::json;

use super::people::{Organization, reference, with_accounts};
use crate::support::Api;

#[test]
fn a_team_s_role_reaches_from_the_business_unit_of_the_team() {
    let world = Organization::new(with_accounts(&[], Depth::User));
    let emulator = &world.api.emulator;
    let south = world.api.rows("businessunits?$filter=name eq 'South'")[0]["businessunitid"].clone();
    let south = south.as_str().unwrap().parse().unwrap();
    let role = Role::new("Reader").allow("account", Privilege::Read, Depth::BusinessUnit);
    let role = emulator.add_role(role).unwrap();
    emulator.add_team_in("South", south, &[world.agent_id.parse().unwrap()], &[role]).unwrap();
    for (owner, status) in [(0, 200), (1, 403), (2, 403), (3, 200)] {
        let id = world.record(owner, "accounts", &json!({"name": "a"}));
        world.agent.get(&format!("accounts({id})")).expect(status);
    }
}

#[test]
fn a_team_s_role_applies_to_members_own_records_by_default() {
    use Privilege::{Create, Read};
    for (only, status) in [(false, 200), (true, 403)] {
        let world = Organization::new(with_accounts(&[], Depth::User));
        let emulator = &world.api.emulator;
        let mut role = Role::new("Reader").allow("account", [Read, Create], Depth::User);
        if only {
            role = role.team_privileges_only();
        }
        let role = emulator.add_role(role).unwrap();
        let unit = emulator.business_unit();
        let team = emulator.add_team_in("Team", unit, &[world.agent_id.parse().unwrap()], &[role]).unwrap();
        let own = world.record(0, "accounts", &json!({"name": "own"}));
        world.agent.get(&format!("accounts({own})")).expect(status);
        let bind = json!({"name": "the team's", "ownerid@odata.bind": format!("/teams({team})")});
        let record = world.api.create("accounts", &bind);
        world.agent.get(&format!("accounts({record})")).expect(200);
        // A user's own record needs a privilege of the user.
        let created = world.agent.post("accounts", &json!({"name": "new"}));
        if only {
            created.refused(403, "0x80048306", "CreateAccess");
        } else {
            created.expect(204);
        }
        let inherited = world.api.get(&format!("roles({role})?$select=isinherited")).json();
        assert_eq!(inherited["isinherited"], json!(i32::from(!only)));
    }
}

#[test]
fn a_role_of_a_business_unit_reaches_from_there() {
    let world = Organization::new(with_accounts(&[], Depth::User));
    let id = |name: &str| {
        let rows = world.api.rows(&format!("businessunits?$filter=name eq '{name}'"));
        rows[0]["businessunitid"].as_str().unwrap().to_owned()
    };
    let south = id("South");
    let role = json!({"name": "Reader", "businessunitid@odata.bind": format!("/businessunits({south})")});
    let role = world.api.create("roles", &role);
    let read = world.api.rows("privileges?$filter=name eq 'prvReadAccount'")[0]["privilegeid"].clone();
    let add = json!({"Privileges": [{"Depth": "Local", "PrivilegeId": read}]});
    world.api.post(&format!("roles({role})/Microsoft.Dynamics.CRM.AddPrivilegesRole"), &add).expect(204);
    let reference = reference("roles", &role);
    let target = format!("systemusers({})/systemuserroles_association/$ref", world.agent_id);
    world.api.post(&target, &reference).expect(204);
    for (owner, status) in [(0, 200), (1, 403), (3, 200)] {
        let id = world.record(owner, "accounts", &json!({"name": "a"}));
        world.agent.get(&format!("accounts({id})")).expect(status);
    }
}

#[test]
fn strict_mode_refuses_to_give_a_role_of_another_business_unit() {
    let api = Api::strict();
    let emulator = &api.emulator;
    let north = emulator.add_business_unit("North", emulator.business_unit()).unwrap();
    let (near, far) = (
        emulator.add_user_in("Ada Agent", emulator.business_unit(), &[]).unwrap(),
        emulator.add_user_in("Bob Agent", north, &[]).unwrap(),
    );
    let role = emulator.basic_user_role().unwrap();
    let reference = reference("roles", &role.to_string());
    let of = |user| format!("systemusers({user})/systemuserroles_association/$ref");
    api.post(&of(near), &reference).expect(204);
    api.post(&of(far), &reference).refused(400, "0x0", "Strict mode: the role");
}

#[test]
fn a_team_with_basic_user_shares_its_records_with_its_members() {
    let world = Organization::new(Role::new("None"));
    let member = world.agent_id.parse().unwrap();
    let team = world.api.emulator.add_team("Night shift", &[member]).unwrap();
    let bind = json!({"name": "the team's", "ownerid@odata.bind": format!("/teams({team})")});
    let (id, other) =
        (world.api.create("accounts", &bind), world.api.create("accounts", &json!({"name": "other"})));
    world.agent.patch(&format!("accounts({id})"), &json!({"name": "ours"})).expect(204);
    world.agent.get(&format!("accounts({other})")).refused(403, "0x80048306", "ReadAccess");
    world.agent.post("accounts", &json!({"name": "mine"})).refused(403, "0x80048306", "CreateAccess");
}
