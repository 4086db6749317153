//! The reach of a privilege: the eight privileges at the four depths, with records of four owners.

use dataverse_emulator::{Depth, Privilege, Role};
use serde_json::json;

use super::people::{OWNERS, Organization, grant, user, with_accounts};
use crate::support::{Answer, Api};

const ALL: [Depth; 4] =
    [Depth::User, Depth::BusinessUnit, Depth::ParentChildBusinessUnits, Depth::Organization];

/// Sends a request about an account that needs the privilege, and nothing else that the role does not allow.
fn attempt(world: &Organization, privilege: Privilege, owner: usize) -> Answer {
    let agent = &world.agent;
    if privilege == Privilege::Create {
        let bind = format!("/systemusers({})", world.users[owner]);
        return agent.post("accounts", &json!({"name": "new", "ownerid@odata.bind": bind}));
    }
    let id = world.record(owner, "accounts", &json!({"name": "a"}));
    let record = format!("accounts({id})");
    let contact = || agent.create("contacts", &json!({"lastname": "c"}));
    match privilege {
        Privilege::Read => agent.get(&record),
        Privilege::Write => agent.patch(&record, &json!({"name": "b"})),
        Privilege::Delete => agent.delete(&record),
        Privilege::Append => {
            let bind = json!({"primarycontactid@odata.bind": format!("/contacts({})", contact())});
            agent.patch(&record, &bind)
        }
        Privilege::AppendTo => {
            let bind = json!({"parentcustomerid_account@odata.bind": format!("/{record}")});
            agent.patch(&format!("contacts({})", contact()), &bind)
        }
        Privilege::Assign => {
            let bind = json!({"ownerid@odata.bind": format!("/systemusers({})", world.users[3])});
            agent.patch(&record, &bind)
        }
        Privilege::Share => agent.post("GrantAccess", &grant(&id, user(&world.users[3]), "ShareAccess")),
        Privilege::Create => unreachable!(),
    }
}

/// Returns the privileges that an attempt needs besides the one under test.
fn besides(privilege: Privilege) -> &'static [Privilege] {
    match privilege {
        Privilege::Create => &[Privilege::Assign],
        Privilege::Append => &[Privilege::Write],
        _ => &[],
    }
}

#[test]
fn each_privilege_reaches_as_far_as_its_depth() {
    for privilege in Privilege::ALL {
        for (index, depth) in ALL.into_iter().enumerate() {
            let role = with_accounts(&[privilege], depth).allow(
                "account",
                besides(privilege).iter().copied(),
                Depth::Organization,
            );
            // An owner of records must have Read.
            let role = role.allow("account", Privilege::Read, Depth::User);
            let world = Organization::new(role);
            for (owner, name) in OWNERS.iter().enumerate() {
                let answer = attempt(&world, privilege, owner);
                let what = format!("{privilege:?} of {depth:?} with a record of {name}");
                if owner <= index {
                    assert!(answer.status.is_success(), "{what}: {}", answer.text());
                } else {
                    let error = &answer.json()["error"];
                    assert_eq!(
                        (answer.status.as_u16(), &error["code"]),
                        (403, &json!("0x80048306")),
                        "{what}"
                    );
                    let message = error["message"].as_str().unwrap();
                    assert!(
                        message.starts_with(&format!("Principal with id {}", world.agent_id)),
                        "{message}"
                    );
                    let right =
                        format!("does not have {}Access right(s) for record with id", privilege.name());
                    assert!(message.contains(&right), "{what}: {message}");
                }
            }
        }
    }
}

#[test]
fn a_missing_privilege_is_missing_for_every_record() {
    for privilege in Privilege::ALL {
        let others: Vec<_> = Privilege::ALL.into_iter().filter(|each| *each != privilege).collect();
        let world = Organization::new(with_accounts(&others, Depth::Organization));
        let answer = attempt(&world, privilege, 1);
        let name = format!("is missing prv{}Account privilege (Id=", privilege.name());
        answer.refused(403, "0x80040220", &name);
    }
}

#[test]
fn the_words_for_a_missing_privilege() {
    let world = Organization::new(Role::new("Agent").allow("contact", Privilege::Read, Depth::User));
    let error = world.agent.get("accounts").expect(403).json()["error"].clone();
    let message = error["message"].as_str().unwrap().to_owned();
    let start = format!(
        "Principal user (Id={}, type=8, roleCount=1, privilegeCount=1, accessMode=0), is missing prvReadAccount privilege (Id=",
        world.agent_id
    );
    assert!(message.starts_with(&start), "{message}");
    let end = format!(
        ") on OTC=1 for entity 'account' (LocalizedName='Account'). context.Caller={}",
        world.agent_id
    );
    assert!(message.ends_with(&end), "{message}");
    // The id is that of the privilege in definitions and in the table of privileges.
    let id = world.api.rows("privileges?$filter=name eq 'prvReadAccount'")[0]["privilegeid"].clone();
    assert!(message.contains(id.as_str().unwrap()), "{message}");
    let definition = world.api.get("EntityDefinitions(LogicalName='account')?$select=Privileges").json();
    let read =
        definition["Privileges"].as_array().unwrap().iter().find(|each| each["Name"] == "prvReadAccount");
    assert_eq!(read.unwrap()["PrivilegeId"], id);
}

#[test]
fn queries_find_what_the_depth_reaches() {
    for (index, depth) in ALL.into_iter().enumerate() {
        let world = Organization::new(with_accounts(&[Privilege::Read], depth));
        for (owner, name) in OWNERS.iter().enumerate() {
            world.record(owner, "accounts", &json!({"name": name}));
        }
        let names = world.agent.column("name", "accounts?$select=name");
        let expected: Vec<_> = OWNERS[..=index].iter().map(|name| json!(name)).collect();
        assert_eq!(names, expected, "{depth:?}");
        let count = world.agent.get("accounts/$count").text();
        assert_eq!(count.trim_start_matches('\u{feff}'), (index + 1).to_string());
    }
}

#[test]
fn tables_of_the_organization_have_one_depth() {
    let api = Api::new();
    let small = Role::new("Small").allow("competitor", Privilege::Read, Depth::User);
    let error = api.emulator.add_role(small).unwrap_err().to_string();
    assert!(error.contains("the organization owns the table `competitor`"), "{error}");
    let error =
        api.emulator.add_role(Role::new("x").allow("competitor", Privilege::Share, Depth::Organization));
    assert!(error.unwrap_err().to_string().contains("has no privilege Share"));
    let error = api.emulator.add_role(Role::new("x").allow("nosuch", Privilege::Read, Depth::User));
    let error = error.unwrap_err().to_string();
    assert!(error.starts_with("the role `x`: unknown table `nosuch`"), "{error}");
    let set = api.emulator.add_role(Role::new("x").allow("accounts", Privilege::Read, Depth::User));
    let error = set.unwrap_err().to_string();
    assert!(error.contains("that is the entity set of the table `account`"), "{error}");
    let role = Role::new("Seller").allow("competitor", Privilege::Read, Depth::Organization);
    let world = Organization::new(role);
    let id = world.api.create("competitors", &json!({"name": "c"}));
    assert_eq!(world.agent.rows("competitors").len(), 1);
    world.agent.patch(&format!("competitors({id})"), &json!({"name": "d"})).refused(
        403,
        "0x80040220",
        "prvWriteCompetitor",
    );
}

#[test]
fn users_and_business_units_belong_to_business_units() {
    let read = |depth| {
        let role = Role::new("Agent").allow("systemuser", Privilege::Read, depth).allow(
            "businessunit",
            Privilege::Read,
            depth,
        );
        let world = Organization::new(role);
        let names = world.agent.column("fullname", "systemusers?$select=fullname");
        (names, world.agent.column("name", "businessunits?$select=name"))
    };
    assert_eq!(read(Depth::User), (vec![json!("Ada Agent")], vec![]));
    assert_eq!(
        read(Depth::BusinessUnit),
        (vec![json!("Ada Agent"), json!("Carl Colleague")], vec![json!("North")])
    );
    let (users, units) = read(Depth::ParentChildBusinessUnits);
    assert_eq!((users.len(), units), (3, vec![json!("North"), json!("Northwest")]));
    let (users, units) = read(Depth::Organization);
    assert_eq!((users.len(), units.len()), (5, 4));
}

#[test]
fn activities_share_their_privileges() {
    let world = Organization::new(Role::new("Agent").allow("task", Privilege::ALL, Depth::User));
    let task = world.agent.create("tasks", &json!({"subject": "t"}));
    world.agent.get(&format!("tasks({task})")).expect(200);
    world.agent.create("msdyn_ocsessions", &json!({"subject": "s"}));
    let without = Organization::new(Role::new("Agent").allow("account", Privilege::ALL, Depth::User));
    without.agent.get("tasks").refused(403, "0x80040220", "prvReadActivity");
}

#[test]
fn a_shared_record_is_reached_by_the_smallest_depth() {
    let world = Organization::new(with_accounts(&[Privilege::Read], Depth::User));
    let id = world.record(3, "accounts", &json!({"name": "a"}));
    world.agent.get(&format!("accounts({id})")).expect(403);
    world.api.post("GrantAccess", &grant(&id, user(&world.agent_id), "ReadAccess,WriteAccess")).expect(204);
    world.agent.get(&format!("accounts({id})")).expect(200);
    // A right that no role of the user allows cannot be shared with them.
    world.agent.patch(&format!("accounts({id})"), &json!({"name": "b"})).refused(
        403,
        "0x80040220",
        "prvWriteAccount",
    );
}
