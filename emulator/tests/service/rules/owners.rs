//! The owner of a record, and the columns that depend on it.

use serde_json::{Value, json};

use crate::support::{Api, G1};

/// Returns the four lookups of a session event that depend on its owner.
fn owner(api: &Api, id: &str) -> [Value; 4] {
    let row = api.get(&format!("msdyn_sessionevents({id})")).expect(200).json();
    ["_ownerid_value", "_owninguser_value", "_owningteam_value", "_owningbusinessunit_value"]
        .map(|property| row[property].clone())
}

#[test]
fn a_record_is_assigned_to_a_user_or_a_team() {
    let api = Api::new();
    let me = api.get("WhoAmI").json();
    let (my_id, unit) = (me["UserId"].clone(), me["BusinessUnitId"].clone());
    let user = json!(api.emulator.add_user("Ada Agent").unwrap().to_string());
    let team = json!(api.emulator.add_team("Night shift", &[]).unwrap().to_string());
    let id = api.create("msdyn_sessionevents", &json!({}));
    assert_eq!(owner(&api, &id), [my_id.clone(), my_id, Value::Null, unit.clone()]);
    let target = format!("msdyn_sessionevents({id})");
    let assign = |set: &str, to: &Value| {
        let bind = json!({"ownerid@odata.bind": format!("/{set}({})", to.as_str().unwrap())});
        api.patch(&target, &bind).expect(204);
    };
    assign("teams", &team);
    assert_eq!(owner(&api, &id), [team.clone(), Value::Null, team.clone(), unit.clone()]);
    assign("systemusers", &user);
    assert_eq!(owner(&api, &id), [user.clone(), user.clone(), Value::Null, unit.clone()]);
    // A create may name the owner.
    let bind = json!({"ownerid@odata.bind": format!("/teams({})", team.as_str().unwrap())});
    let other = api.create("msdyn_sessionevents", &bind);
    assert_eq!(owner(&api, &other), [team.clone(), Value::Null, team, unit]);
}

#[test]
fn an_owner_is_an_existing_user_or_team() {
    let api = Api::new();
    let id = api.create("msdyn_sessionevents", &json!({}));
    let target = format!("msdyn_sessionevents({id})");
    let account = api.create("accounts", &json!({"name": "a"}));
    let before = owner(&api, &id);
    let accounts = json!({"ownerid@odata.bind": format!("/accounts({account})")});
    api.patch(&target, &accounts).refused(400, "0x80048d19", "cannot be bound");
    api.patch(&target, &json!({"ownerid@odata.bind": format!("/teams({G1})")})).refused(
        404,
        "0x80040217",
        "team",
    );
    // Owners have no entity set.
    api.patch(&target, &json!({"ownerid@odata.bind": format!("/owners({G1})")})).expect(404);
    api.patch(&target, &json!({"ownerid@odata.bind": null})).refused(400, "0x80040203", "ownerid");
    // A client cannot set the columns that depend on the owner.
    let unit = api.rows("businessunits").remove(0)["businessunitid"].as_str().unwrap().to_owned();
    api.patch(
        &target,
        &json!({"owningbusinessunit@odata.bind": format!("/businessunits({unit})"), "owninguser": null}),
    )
    .expect(204);
    assert_eq!(owner(&api, &id), before);
}
