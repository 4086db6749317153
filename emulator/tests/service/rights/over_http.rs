//! Roles over the Web API: created, filled, assigned and read.

use dataverse_emulator::{Depth, Emulator, Privilege, Role};
use serde_json::{Value, json};

use super::people::reference;
use crate::support::Api;

fn names(value: &Value) -> Vec<(String, String)> {
    let text = |each: &Value, name: &str| each[name].as_str().unwrap().to_owned();
    let all = value["RolePrivileges"].as_array().unwrap().iter();
    all.map(|each| (text(each, "PrivilegeName"), text(each, "Depth"))).collect()
}

fn privilege(api: &Api, name: &str) -> String {
    let rows = api.rows(&format!("privileges?$filter=name eq '{name}'"));
    rows[0]["privilegeid"].as_str().unwrap().to_owned()
}

#[test]
fn a_role_is_created_filled_and_assigned_over_http() {
    let api = Api::new();
    let unit = api.emulator.business_unit();
    let role = api.create(
        "roles",
        &json!({"name": "Agent", "businessunitid@odata.bind": format!("/businessunits({unit})")}),
    );
    let (read, write) = (privilege(&api, "prvReadAccount"), privilege(&api, "prvWriteAccount"));
    let one = |id: &str, depth: &str| json!({"Depth": depth, "PrivilegeId": id, "BusinessUnitId": unit.to_string()});
    let add = format!("roles({role})/Microsoft.Dynamics.CRM.AddPrivilegesRole");
    api.post(&add, &json!({"Privileges": [one(&read, "Global"), one(&write, "Basic")]})).expect(204);
    let user = api.create("systemusers", &json!({"firstname": "Ada", "lastname": "Agent"}));
    let agent = api.as_user(&user);
    agent.get("accounts").refused(403, "0x80042f09", "prvReadAccount");
    let reference = reference("roles", &role);
    api.post(&format!("systemusers({user})/systemuserroles_association/$ref"), &reference).expect(204);
    let account = api.create("accounts", &json!({"name": "a"}));
    agent.get(&format!("accounts({account})")).expect(200);
    agent.patch(&format!("accounts({account})"), &json!({"name": "b"})).refused(
        403,
        "0x80048306",
        "WriteAccess",
    );
    // Reads the privileges in every way.
    let expected = [("prvReadAccount", "Global"), ("prvWriteAccount", "Basic")]
        .map(|(name, depth)| (name.to_owned(), depth.to_owned()));
    let of_role = api.get(&format!("RetrieveRolePrivilegesRole(RoleId={role})")).expect(200).json();
    assert!(of_role["@odata.context"].as_str().unwrap().ends_with("RetrieveRolePrivilegesRoleResponse"));
    assert_eq!(names(&of_role), expected);
    let of_user = format!("systemusers({user})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()");
    assert_eq!(names(&api.get(&of_user).expect(200).json()), expected);
    let listed = format!("roles({role})/roleprivileges_association?$select=name&$orderby=privilegeid");
    assert_eq!(api.rows(&listed).len(), 2);
    let by_name = format!(
        "systemusers({user})/Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='prvReadAccount')"
    );
    assert_eq!(names(&api.get(&by_name).expect(200).json()), expected[..1]);
    let by_id = format!(
        "systemusers({user})/Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeId(PrivilegeId={write})"
    );
    assert_eq!(names(&api.get(&by_id).expect(200).json()), expected[1..]);
    // Removes and replaces privileges.
    let remove =
        json!({"Privilege": {"@odata.type": "Microsoft.Dynamics.CRM.privilege", "privilegeid": write}});
    api.post(&format!("roles({role})/Microsoft.Dynamics.CRM.RemovePrivilegeRole"), &remove).expect(204);
    let replace = json!({"Privileges": [one(&write, "Local")]});
    api.post(&format!("roles({role})/Microsoft.Dynamics.CRM.ReplacePrivilegesRole"), &replace).expect(204);
    agent.get("accounts").refused(403, "0x80040220", "prvReadAccount");
    agent.patch(&format!("accounts({account})"), &json!({"name": "b"})).expect(204);
}

#[test]
fn a_team_gets_a_role_from_either_side() {
    let api = Api::new();
    let emulator = &api.emulator;
    let role = emulator
        .add_role(Role::new("Reader").allow("account", Privilege::Read, Depth::Organization))
        .unwrap();
    let user = emulator.add_user_in("Ada Agent", emulator.business_unit(), &[]).unwrap();
    let unit = emulator.business_unit();
    let team = emulator.add_team_in("Night shift", unit, &[user], &[]).unwrap();
    let agent = api.as_user(&user.to_string());
    agent.get("accounts").expect(403);
    let reference = reference("roles", &role.to_string());
    api.post(&format!("teams({team})/teamroles_association/$ref"), &reference).expect(204);
    agent.get("accounts").expect(200);
    assert_eq!(api.rows(&format!("roles({role})/teamroles_association")).len(), 1);
    let of_team =
        api.get(&format!("teams({team})/Microsoft.Dynamics.CRM.RetrieveTeamPrivileges()")).expect(200);
    assert_eq!(names(&of_team.json()), [("prvReadAccount".to_owned(), "Global".to_owned())]);
    // The privileges of a user include those of the user's teams.
    let of_user = format!("systemusers({user})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()");
    assert_eq!(names(&api.get(&of_user).expect(200).json()).len(), 1);
    api.delete(&format!("roles({role})/teamroles_association({team})/$ref")).expect(204);
    agent.get("accounts").expect(403);
}

#[test]
fn privileges_are_named_by_verb_and_table() {
    let api = Api::new();
    let names = |table: &str| -> Vec<String> {
        let definition =
            api.get(&format!("EntityDefinitions(LogicalName='{table}')?$select=Privileges")).json();
        let all = definition["Privileges"].as_array().unwrap().iter();
        all.map(|each| each["Name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("account").len(), 8);
    assert!(names("account").contains(&"prvAppendToAccount".to_owned()));
    assert!(names("systemuser").contains(&"prvReadUser".to_owned()));
    assert!(names("businessunit").contains(&"prvReadBusinessUnit".to_owned()));
    assert!(names("task").contains(&"prvReadActivity".to_owned()));
    // Records that the organization owns cannot be assigned or shared.
    assert_eq!(names("competitor").len(), 6);
    let row = api.rows("privileges?$filter=name eq 'prvReadCompetitor'").remove(0);
    assert_eq!(
        (&row["accessright"], &row["canbebasic"], &row["canbeglobal"]),
        (&json!(1), &json!(false), &json!(true))
    );
    assert_eq!(api.rows("privileges?$filter=name eq 'prvActOnBehalfOfAnotherUser'").len(), 1);
}

#[test]
fn a_privilege_of_the_organization_s_tables_has_one_depth() {
    let api = Api::new();
    let role = api.emulator.add_role(Role::new("Agent")).unwrap();
    let add = format!("roles({role})/Microsoft.Dynamics.CRM.AddPrivilegesRole");
    let id = privilege(&api, "prvReadCompetitor");
    let one = |depth: &str| json!({"Privileges": [{"Depth": depth, "PrivilegeId": id}]});
    api.post(&add, &one("Basic")).refused(400, "0x0", "prvReadCompetitor");
    api.post(&add, &one("Global")).expect(204);
    api.post(&add, &one("Wide")).refused(400, "0x0", "PrivilegeDepth");
}

#[test]
fn a_file_keeps_roles() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let open = || Api::of(Emulator::builder().file(&file).build().unwrap());
    let (user, account) = {
        let api = open();
        let emulator = &api.emulator;
        let role = Role::new("Reader").allow("account", Privilege::Read, Depth::BusinessUnit);
        let role = emulator.add_role(role).unwrap();
        let north = emulator.add_business_unit("North", emulator.business_unit()).unwrap();
        let user = emulator.add_user_in("Ada Agent", north, &[role]).unwrap().to_string();
        (user, api.create("accounts", &json!({"name": "a"})))
    };
    let api = open();
    let agent = api.as_user(&user);
    agent.get(&format!("accounts({account})")).refused(403, "0x80048306", "ReadAccess");
    assert!(agent.rows("accounts").is_empty());
    agent.get("contacts").refused(403, "0x80040220", "prvReadContact");
    // Each predefined role exists once.
    assert_eq!(api.rows("roles").len(), 4);
}

#[test]
fn the_predefined_roles() {
    let api = Api::new();
    let emulator = &api.emulator;
    let user = emulator.add_user("Ada Agent").unwrap().to_string();
    let eve = emulator.add_administrator("Eve Admin").unwrap().to_string();
    let roles = |user: &str| api.column("name", &format!("systemusers({user})/systemuserroles_association"));
    assert_eq!((roles(&user), roles(&eve)), (vec![json!("Basic User")], vec![json!("System Administrator")]));
    let of = |user: &str| {
        let target = format!("systemusers({user})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()");
        names(&api.get(&target).expect(200).json())
    };
    let has = |list: &[(String, String)], name: &str| {
        list.iter().find(|(each, _)| each == name).map(|(_, depth)| depth.clone())
    };
    let (basic, all) = (of(&user), of(&eve));
    assert_eq!(has(&basic, "prvWriteAccount").as_deref(), Some("Basic"));
    assert_eq!(has(&basic, "prvReadCompetitor").as_deref(), Some("Global"));
    assert_eq!(has(&basic, "prvWriteCompetitor"), None);
    assert_eq!(has(&basic, "prvActOnBehalfOfAnotherUser"), None);
    assert_eq!(has(&all, "prvWriteCompetitor").as_deref(), Some("Global"));
    assert_eq!(has(&all, "prvActOnBehalfOfAnotherUser").as_deref(), Some("Global"));
}
