//! Ownership and sharing: the rights of users who are not administrators.

use serde_json::{Value, json};

use crate::support::Api;

struct World {
    api: Api,
    ada: Api,
    bob: Api,
    ada_id: String,
    bob_id: String,
    event: String,
}

/// Two users, and an event that belongs to one of them.
fn world() -> World {
    let api = Api::new();
    let (ada, bob) =
        (api.emulator.add_user("Ada Agent").unwrap(), api.emulator.add_user("Bob Agent").unwrap());
    let acting = |user: String| api.with("MSCRMCallerID", &user);
    let (ada_api, bob_api) = (acting(ada.to_string()), acting(bob.to_string()));
    let event = ada_api.create("msdyn_sessionevents", &json!({"msdyn_name": "hers"}));
    World { ada: ada_api, bob: bob_api, ada_id: ada.to_string(), bob_id: bob.to_string(), event, api }
}

fn target(event: &str) -> Value {
    json!({"msdyn_sessioneventid": event, "@odata.type": "Microsoft.Dynamics.CRM.msdyn_sessionevent"})
}

fn grant(event: &str, principal: Value, mask: &str) -> Value {
    json!({"Target": target(event), "PrincipalAccess": {"Principal": principal, "AccessMask": mask}})
}

fn user(id: &str) -> Value {
    json!({"systemuserid": id, "@odata.type": "Microsoft.Dynamics.CRM.systemuser"})
}

#[test]
fn an_administrator_who_was_added_may_do_everything() {
    let World { api, event, .. } = world();
    let administrator = api.emulator.add_administrator("Eve Admin").unwrap();
    let record = format!("msdyn_sessionevents({event})");
    let eve = api.as_user(&administrator.to_string());
    assert_eq!(eve.get("WhoAmI").json()["UserId"], administrator.to_string());
    eve.patch(&record, &json!({"msdyn_name": "Eve's"})).expect(204);
    let row = api.get(&format!("{record}?$select=msdyn_name,_modifiedby_value")).json();
    assert_eq!(
        (&row["msdyn_name"], &row["_modifiedby_value"]),
        (&json!("Eve's"), &json!(administrator.to_string()))
    );
    eve.delete(&record).expect(204);
}

#[test]
fn others_see_nothing_and_may_do_nothing() {
    let World { api, ada, bob, event, .. } = world();
    let record = format!("msdyn_sessionevents({event})");
    ada.get(&record).expect(200);
    bob.get(&record).refused(403, "0x80048306", "ReadAccess");
    bob.patch(&record, &json!({"msdyn_name": "his"})).refused(403, "0x80048306", "WriteAccess");
    bob.delete(&record).refused(403, "0x80048306", "DeleteAccess");
    assert!(bob.rows("msdyn_sessionevents").is_empty());
    assert_eq!(bob.get("msdyn_sessionevents/$count").text().trim_start_matches('\u{feff}'), "0");
    assert_eq!(
        bob.get("msdyn_sessionevents?$apply=aggregate($count as n)").json()["value"],
        json!([{"n": 0}])
    );
    assert_eq!((api.rows("msdyn_sessionevents").len(), ada.rows("msdyn_sessionevents").len()), (1, 1));
    // Records that nobody owns are read by everybody and changed by administrators.
    bob.get("systemusers").expect(200);
    bob.post("competitors", &json!({"name": "c"})).refused(403, "0x80040220", "prvCreateCompetitor");
}

#[test]
fn a_share_allows_access_until_it_is_revoked() {
    let World { ada, bob, bob_id, event, .. } = world();
    let record = format!("msdyn_sessionevents({event})");
    bob.post("GrantAccess", &grant(&event, user(&bob_id), "ReadAccess")).refused(
        403,
        "0x80048306",
        "ShareAccess",
    );
    ada.post("GrantAccess", &grant(&event, user(&bob_id), "ReadAccess")).expect(204);
    bob.get(&record).expect(200);
    assert_eq!(bob.rows("msdyn_sessionevents").len(), 1);
    bob.patch(&record, &json!({"msdyn_name": "his"})).expect(403);
    // A grant adds, a modification replaces.
    ada.post("GrantAccess", &grant(&event, user(&bob_id), "WriteAccess")).expect(204);
    bob.patch(&record, &json!({"msdyn_name": "his"})).expect(204);
    ada.post("ModifyAccess", &grant(&event, user(&bob_id), "ReadAccess, DeleteAccess")).expect(204);
    bob.patch(&record, &json!({"msdyn_name": "ours"})).expect(403);
    let untyped = json!({"Target": target(&event), "Revokee": {"ownerid": bob_id}});
    let words = "EdmEntityObject passed should have the key property value set.";
    ada.post("RevokeAccess", &untyped).refused(400, "0x0", words);
    let revoke = json!({"Target": target(&event), "Revokee": {"ownerid": bob_id, "@odata.type": "Microsoft.Dynamics.CRM.systemuser"}});
    ada.post("RevokeAccess", &revoke).expect(204);
    bob.get(&record).expect(403);
    bob.delete(&record).expect(403);
}

#[test]
fn a_reference_needs_the_right_to_append() {
    let World { ada, bob, bob_id, .. } = world();
    let session = ada.create("msdyn_ocsessions", &json!({"subject": "hers"}));
    let bind = json!({"msdyn_omnichannelsession@odata.bind": format!("/msdyn_ocsessions({session})")});
    bob.post("msdyn_sessionevents", &bind).refused(403, "0x80048306", "AppendToAccess");
    let target = json!({"activityid": session, "@odata.type": "Microsoft.Dynamics.CRM.msdyn_ocsession"});
    let access = json!({"Principal": user(&bob_id), "AccessMask": "AppendToAccess"});
    ada.post("GrantAccess", &json!({"Target": target, "PrincipalAccess": access})).expect(204);
    let event = bob.post("msdyn_sessionevents", &bind).expect(204).id();
    // The record that refers needs the right to append.
    ada.patch(&format!("msdyn_sessionevents({event})"), &bind).refused(403, "0x80048306", "AppendAccess");
}

#[test]
fn rights_can_be_retrieved() {
    let World { api, ada, ada_id, bob_id, event, .. } = world();
    let access = |id: &str| {
        let url = format!(
            "systemusers({id})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@p1)?@p1={{'@odata.id':'msdyn_sessionevents({event})'}}"
        );
        api.get(&url).expect(200).json()["AccessRights"].clone()
    };
    let all =
        "ReadAccess, WriteAccess, AppendAccess, AppendToAccess, DeleteAccess, ShareAccess, AssignAccess";
    assert_eq!((access(&ada_id), access(&bob_id)), (json!(all), json!("None")));
    ada.post("GrantAccess", &grant(&event, user(&bob_id), "WriteAccess,ReadAccess")).expect(204);
    assert_eq!(access(&bob_id), "ReadAccess, WriteAccess");
    for reference in [
        format!("{{'@odata.id':'msdyn_sessionevents({event})'}}"),
        format!(
            "{{\"@odata.id\":\"https://emulator.crm.dynamics.com/api/data/v9.2/msdyn_sessionevents({event})\"}}"
        ),
        format!(
            "{{'@odata.type':'Microsoft.Dynamics.CRM.msdyn_sessionevent','msdyn_sessioneventid':'{event}'}}"
        ),
    ] {
        let answer = api
            .get(&format!("RetrieveSharedPrincipalsAndAccess(Target=@p1)?@p1={reference}"))
            .expect(200)
            .json();
        let principal = json!({"@odata.type": "#Microsoft.Dynamics.CRM.systemuser", "ownerid": bob_id});
        assert_eq!(
            answer["PrincipalAccesses"],
            json!([{"AccessMask": "ReadAccess, WriteAccess", "Principal": principal}])
        );
    }
    let misspelt =
        format!("RetrieveSharedPrincipalsAndAccess(Target=@p1)?@p1={{'@odata.id':'nosuch({event})'}}");
    api.get(&misspelt).refused(404, "0x80040217", "does not exist");
}

#[test]
fn teams_own_records_and_get_shares() {
    let World { api, ada, bob, event, bob_id, .. } = world();
    let team = api.emulator.add_team("Night shift", &[bob_id.parse().unwrap()]).unwrap().to_string();
    let principal = json!({"teamid": team, "@odata.type": "Microsoft.Dynamics.CRM.team"});
    ada.post("GrantAccess", &grant(&event, principal, "ReadAccess")).expect(204);
    bob.get(&format!("msdyn_sessionevents({event})")).expect(200);
    // After the assignment to the team, the record belongs to its members and no longer to her.
    ada.patch(
        &format!("msdyn_sessionevents({event})"),
        &json!({"ownerid@odata.bind": format!("/teams({team})")}),
    )
    .expect(204);
    let row = bob.get(&format!("msdyn_sessionevents({event})")).expect(200).json();
    assert_eq!(
        (&row["_ownerid_value"], &row["_owningteam_value"], &row["_owninguser_value"]),
        (&json!(team), &json!(team), &Value::Null)
    );
    bob.patch(&format!("msdyn_sessionevents({event})"), &json!({"msdyn_name": "ours"})).expect(204);
    ada.get(&format!("msdyn_sessionevents({event})")).expect(403);
    let mine = "msdyn_sessionevents?$filter=Microsoft.Dynamics.CRM.EqualUserTeams(PropertyName='ownerid')";
    assert_eq!(bob.rows(mine).len(), 1);
}

#[test]
fn hidden_records_are_not_found_through_others() {
    let World { api, ada, bob, .. } = world();
    let secret = ada.create("contacts", &json!({"lastname": "Secret"}));
    let account = api.create(
        "accounts",
        &json!({"name": "a", "primarycontactid@odata.bind": format!("/contacts({secret})")}),
    );
    let bob_id = bob.get("WhoAmI").json()["UserId"].as_str().unwrap().to_owned();
    let share = json!({
        "Target": {"accountid": account, "@odata.type": "Microsoft.Dynamics.CRM.account"},
        "PrincipalAccess": {"Principal": user(&bob_id), "AccessMask": "ReadAccess"}
    });
    api.post("GrantAccess", &share).expect(204);
    assert_eq!(bob.rows("accounts?$expand=primarycontactid")[0]["primarycontactid"], Value::Null);
    assert!(bob.rows("accounts?$filter=primarycontactid/lastname eq 'Secret'").is_empty());
    assert!(bob.rows("contacts").is_empty());
}

#[test]
fn acting_for_others() {
    let World { api, ada, ada_id, bob, event, .. } = world();
    assert_eq!(ada.get("WhoAmI").json()["UserId"], ada_id.as_str());
    let row = api.get(&format!("msdyn_sessionevents({event})")).json();
    assert_eq!(row["_createdby_value"], ada_id.as_str());
    assert_eq!(row["_createdonbehalfby_value"], api.emulator.user().to_string());
    // The id in Entra goes into the preferred header.
    let by_object = api.with("CallerObjectId", &ada_id).get("WhoAmI").expect(200).json();
    assert_eq!(by_object["UserId"], ada_id.as_str());
    api.with("MSCRMCallerID", "x").get("WhoAmI").refused(403, "0x80041d1f", "to act as");
    // Only administrators act for others.
    let bobs_door = bob.get("WhoAmI").json()["UserId"].as_str().unwrap().to_owned();
    let client = Api::of(api.emulator.clone()).as_user(&bobs_door);
    client.with("MSCRMCallerID", &ada_id).get("WhoAmI").refused(
        403,
        "0x80040220",
        "prvActOnBehalfOfAnotherUser",
    );
    // The role makes the administrator, and it is associated like any record.
    let role = api.rows("roles?$filter=name eq 'System Administrator'").remove(0)["roleid"]
        .as_str()
        .unwrap()
        .to_owned();
    let link = json!({"@odata.id": format!("https://emulator.crm.dynamics.com/api/data/v9.2/roles({role})")});
    api.post(&format!("systemusers({bobs_door})/systemuserroles_association/$ref"), &link).expect(204);
    assert_eq!(
        client.with("MSCRMCallerID", &ada_id).get("WhoAmI").expect(200).json()["UserId"],
        ada_id.as_str()
    );
}
