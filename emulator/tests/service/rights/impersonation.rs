//! Acting for others.

use dataverse_emulator::{Depth, Privilege, Role};
use serde_json::json;

use super::people::{Organization, reference, with_accounts};
use crate::support::Api;

use Privilege::Read;

#[test]
fn acting_for_others_needs_its_privilege() {
    let world = Organization::new(with_accounts(&[Read], Depth::User));
    for header in ["MSCRMCallerID", "CallerObjectId"] {
        let acting = world.agent.with(header, &world.users[1]);
        acting.get("WhoAmI").refused(403, "0x80040220", "is missing prvActOnBehalfOfAnotherUser privilege");
        // A header that names the caller changes nothing.
        let own = world.agent.with(header, &world.agent_id);
        assert_eq!(own.get("WhoAmI").expect(200).json()["UserId"], world.agent_id);
    }
    let delegate = world.api.rows("roles?$filter=name eq 'Delegate'").remove(0)["roleid"].clone();
    let roles = format!("systemusers({})/systemuserroles_association/$ref", world.agent_id);
    let reference = reference("roles", delegate.as_str().unwrap());
    world.api.post(&roles, &reference).expect(204);
    for header in ["MSCRMCallerID", "CallerObjectId"] {
        let acting = world.agent.with(header, &world.users[1]);
        assert_eq!(acting.get("WhoAmI").expect(200).json()["UserId"], world.users[1]);
    }
}

#[test]
fn acting_for_another_needs_the_rights_of_both() {
    let role = with_accounts(&[Read], Depth::BusinessUnit).allow_acting_for_others();
    let world = Organization::new(role);
    // The other may do everything; the agent may read accounts of a business unit.
    let acting = world.agent.with("MSCRMCallerID", &world.users[3]);
    let (theirs, agents) = (
        world.record(3, "accounts", &json!({"name": "theirs"})),
        world.record(0, "accounts", &json!({"name": "the agent's"})),
    );
    acting.get(&format!("accounts({theirs})")).expect(200);
    // The depth is the agent's, measured from the other user's business unit.
    acting.get(&format!("accounts({agents})")).refused(403, "0x80048306", "ReadAccess");
    let refused = acting.patch(&format!("accounts({theirs})"), &json!({"name": "b"})).expect(403);
    // The message names the impersonated user, whoever lacks the privilege.
    let message = refused.json()["error"]["message"].as_str().unwrap().to_owned();
    let start = format!("Principal user (Id={}, type=8, ", world.users[3]);
    assert!(message.starts_with(&start) && message.contains("prvWriteAccount"), "{message}");
    // An administrator who acts for the agent may do what the agent may do.
    let for_agent = world.api.with("MSCRMCallerID", &world.agent_id);
    for_agent.get(&format!("accounts({agents})")).expect(200);
    for_agent.get(&format!("accounts({theirs})")).refused(403, "0x80048306", "ReadAccess");
    for_agent.patch(&format!("accounts({agents})"), &json!({"name": "b"})).refused(
        403,
        "0x80040220",
        "prvWriteAccount",
    );
}

#[test]
fn a_record_names_the_user_who_acted_for_another() {
    let api = Api::new();
    let emulator = &api.emulator;
    let role = Role::new("Delegate of accounts")
        .allow("account", Privilege::ALL, Depth::User)
        .allow_acting_for_others();
    let role = emulator.add_role(role).unwrap();
    let unit = emulator.business_unit();
    let (ada, bob) = (
        emulator.add_user_in("Ada Agent", unit, &[role]).unwrap().to_string(),
        emulator.add_user_in("Bob Agent", unit, &[role]).unwrap().to_string(),
    );
    let acting = api.as_user(&ada).with("CallerObjectId", &bob);
    let id = acting.create("accounts", &json!({"name": "a"}));
    let row = api.get(&format!("accounts({id})")).json();
    assert_eq!(
        (&row["_createdby_value"], &row["_createdonbehalfby_value"], &row["_ownerid_value"]),
        (&json!(bob), &json!(ada), &json!(bob))
    );
    api.as_user(&ada).get(&format!("accounts({id})")).refused(403, "0x80048306", "ReadAccess");
}
