//! Creating for others, assigning, deleting.

use dataverse_emulator::{Depth, Privilege};
use serde_json::json;

use super::people::{Organization, with_accounts};

#[test]
fn a_record_for_another_owner_needs_create_that_reaches_them() {
    use Privilege::{Assign, Create, Read};
    let world = Organization::new(with_accounts(&[Create, Assign, Read], Depth::User));
    let body = |owner: usize| json!({"name": "a", "ownerid@odata.bind": format!("/systemusers({})", world.users[owner])});
    world.agent.post("accounts", &body(0)).expect(204);
    world.agent.post("accounts", &body(1)).refused(403, "0x80048306", "CreateAccess");
    let world = Organization::new(with_accounts(&[Create], Depth::Organization));
    let body = |owner: usize| json!({"name": "a", "ownerid@odata.bind": format!("/systemusers({})", world.users[owner])});
    world.agent.post("accounts", &body(0)).expect(204);
    world.agent.post("accounts", &body(1)).refused(403, "0x80040220", "prvAssignAccount");
}

#[test]
fn one_s_own_record_can_be_assigned_to_anybody() {
    use Privilege::{Assign, Create, Read};
    let world = Organization::new(with_accounts(&[Create, Assign, Read], Depth::User));
    let id = world.agent.create("accounts", &json!({"name": "a"}));
    let bind = json!({"ownerid@odata.bind": format!("/systemusers({})", world.users[3])});
    world.agent.patch(&format!("accounts({id})"), &bind).expect(204);
    // The record belongs to the new owner and their business unit, and no longer to the old owner.
    let row = world.api.get(&format!("accounts({id})?$expand=owningbusinessunit($select=name)")).json();
    assert_eq!(row["owningbusinessunit"]["name"], "South");
    world.agent.get(&format!("accounts({id})")).refused(403, "0x80048306", "ReadAccess");
}

#[test]
fn a_change_of_the_owner_and_more_needs_assign_and_write() {
    use Privilege::{Assign, Read, Write};
    let bind = |world: &Organization| json!({"name": "b", "ownerid@odata.bind": format!("/systemusers({})", world.users[3])});
    let world = Organization::new(with_accounts(&[Read, Write], Depth::User));
    let id = world.record(0, "accounts", &json!({"name": "a"}));
    world.agent.patch(&format!("accounts({id})"), &bind(&world)).refused(
        403,
        "0x80040220",
        "prvAssignAccount",
    );
    let world = Organization::new(with_accounts(&[Read, Assign], Depth::User));
    let id = world.record(0, "accounts", &json!({"name": "a"}));
    world.agent.patch(&format!("accounts({id})"), &bind(&world)).refused(
        403,
        "0x80040220",
        "prvWriteAccount",
    );
}

#[test]
fn records_follow_their_owner_to_another_business_unit() {
    let world = Organization::new(with_accounts(&[Privilege::Read], Depth::BusinessUnit));
    let id = world.record(3, "accounts", &json!({"name": "a"}));
    world.agent.get(&format!("accounts({id})")).expect(403);
    let north = world.api.rows("businessunits?$filter=name eq 'North'")[0]["businessunitid"].clone();
    let bind = json!({"businessunitid@odata.bind": format!("/businessunits({})", north.as_str().unwrap())});
    world.api.patch(&format!("systemusers({})", world.users[3]), &bind).expect(204);
    world.agent.get(&format!("accounts({id})")).expect(200);
}

#[test]
fn moving_to_another_business_unit_needs_its_privilege() {
    use Privilege::{Append, Read, Write};
    let role = with_accounts(&[Read], Depth::BusinessUnit)
        .allow("systemuser", [Write, Append], Depth::User)
        .allow("businessunit", Privilege::AppendTo, Depth::Organization);
    let world = Organization::new(role);
    let south = world.api.rows("businessunits?$filter=name eq 'South'")[0]["businessunitid"].clone();
    let bind = json!({"businessunitid@odata.bind": format!("/businessunits({})", south.as_str().unwrap())});
    let me = format!("systemusers({})", world.agent_id);
    world.agent.patch(&me, &json!({"title": "Agent"})).expect(204);
    world.agent.patch(&me, &bind).refused(403, "0x80040220", "prvReparentUser");
}

#[test]
fn a_record_can_be_changed_that_cannot_be_read() {
    let world = Organization::new(with_accounts(&[Privilege::Write], Depth::Organization));
    let id = world.record(3, "accounts", &json!({"name": "a"}));
    world.agent.patch(&format!("accounts({id})"), &json!({"name": "b"})).expect(204);
    world.agent.get(&format!("accounts({id})")).refused(403, "0x80040220", "prvReadAccount");
    assert_eq!(world.api.get(&format!("accounts({id})")).json()["name"], "b");
}

#[test]
fn an_owner_must_have_read() {
    let world = Organization::new(with_accounts(&[Privilege::Read], Depth::User));
    let emulator = &world.api.emulator;
    let team = emulator.add_team_in("Empty", emulator.business_unit(), &[], &[]).unwrap();
    let new = world.api.create("systemusers", &json!({"firstname": "Ned", "lastname": "New"}));
    let id = world.api.create("accounts", &json!({"name": "a"}));
    for (owner, words) in [
        (
            format!("/teams({team})"),
            format!("Principal team (Id={team}, type=9) is missing prvReadAccount privilege"),
        ),
        (
            format!("/systemusers({new})"),
            format!("Principal user (Id={new}, type=8) is missing prvReadAccount privilege"),
        ),
    ] {
        let bind = json!({"name": "b", "ownerid@odata.bind": owner});
        world.api.patch(&format!("accounts({id})"), &bind).refused(403, "0x80040220", &words);
        world.api.post("accounts", &bind).refused(403, "0x80040220", &words);
    }
    emulator.assign_team_role(team, emulator.basic_user_role().unwrap()).unwrap();
    let bind = json!({"ownerid@odata.bind": format!("/teams({team})")});
    world.api.patch(&format!("accounts({id})"), &bind).expect(204);
}
