//! Updates, upserts, etags, and state with status.

use serde_json::{Value, json};

use crate::support::{Api, G1};

#[test]
fn an_update_changes_only_its_columns_and_null_clears() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a", "telephone1": "1", "revenue": 5}));
    api.emulator.advance(std::time::Duration::from_secs(60));
    api.patch(&format!("accounts({id})"), &json!({"telephone1": null, "revenue": 12.5})).expect(204);
    let row = api.get(&format!("accounts({id})?$select=name,telephone1,revenue,modifiedon,createdon")).json();
    assert_eq!(
        (&row["name"], &row["telephone1"], &row["revenue"]),
        (&json!("a"), &Value::Null, &json!(12.5))
    );
    assert_eq!(
        (&row["createdon"], &row["modifiedon"]),
        (&json!("2026-03-04T10:30:00Z"), &json!("2026-03-04T10:31:00Z"))
    );
    api.patch(&format!("accounts({id})"), &json!({"ownerid@odata.bind": null})).refused(
        400,
        "0x80040203",
        "ownerid",
    );
}

#[test]
fn a_patch_creates_unless_if_match_forbids_it() {
    let api = Api::new();
    api.with("If-Match", "*").patch(&format!("accounts({G1})"), &json!({"name": "a"})).refused(
        404,
        "0x80040217",
        "Does Not Exist",
    );
    let answer = api
        .with("Prefer", "return=representation")
        .patch(&format!("accounts({G1})?$select=name"), &json!({"name": "a"}));
    assert_eq!(answer.expect(201).json()["accountid"], G1);
    let answer = api
        .with("Prefer", "return=representation")
        .patch(&format!("accounts({G1})?$select=name"), &json!({"name": "b"}));
    assert_eq!(answer.expect(200).json()["name"], "b");
    let words = "A record with matching key values already exists.";
    api.with("If-None-Match", "*").patch(&format!("accounts({G1})"), &json!({"name": "c"})).refused(
        412,
        "0x80040237",
        words,
    );
    // The value `null` is not a condition.
    api.with("If-None-Match", "null").patch(&format!("accounts({G1})"), &json!({"name": "d"})).expect(204);
    assert_eq!(api.get(&format!("accounts({G1})")).json()["name"], "d");
}

#[test]
fn etags_guard_updates_and_deletions() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a"}));
    let target = format!("accounts({id})");
    let old = api.get(&target).json()["@odata.etag"].as_str().unwrap().to_owned();
    api.with("If-Match", &old).patch(&target, &json!({"name": "b"})).expect(204);
    let words = "The version of the existing record doesn't match the RowVersion property provided.";
    api.with("If-Match", &old).patch(&target, &json!({"name": "c"})).refused(412, "0x80060882", words);
    api.with("If-Match", &old).delete(&target).refused(412, "0x80060882", words);
    assert_eq!(api.get(&target).json()["name"], "b");
    let new = api.get(&target).json()["@odata.etag"].as_str().unwrap().to_owned();
    assert_ne!(old, new);
    api.with("If-Match", &new).delete(&target).expect(204);
}

#[test]
fn a_conditional_get_answers_304_without_expand() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a"}));
    let target = format!("accounts({id})");
    let etag = api.get(&target).header("etag").unwrap().to_owned();
    let conditional = api.with("If-None-Match", &etag);
    let answer = conditional.get(&target).expect(304);
    assert!(answer.body.is_empty());
    conditional.get(&format!("{target}?$expand=primarycontactid")).expect(200);
    conditional.with("Prefer", "odata.include-annotations=\"*\"").get(&target).expect(200);
    api.patch(&target, &json!({"name": "b"})).expect(204);
    conditional.get(&target).expect(200);
    api.with("If-None-Match", "null").get(&target).expect(200);
}

#[test]
fn state_and_status_must_match() {
    let api = Api::new();
    let id = api.create("msdyn_sessionevents", &json!({"msdyn_name": "a"}));
    let target = format!("msdyn_sessionevents({id})");
    let codes = || {
        let row = api.get(&target).json();
        (row["statecode"].as_i64().unwrap(), row["statuscode"].as_i64().unwrap())
    };
    // A create is checked against the initial state, whatever state it names.
    let words = "2 is not a valid status code for state code msdyn_sessioneventState.Active on msdyn_sessionevent with Id";
    api.post("msdyn_sessionevents", &json!({"statecode": 1, "statuscode": 2})).refused(
        400,
        "0x80048408",
        words,
    );
    // A state without a status gets its default status.
    api.patch(&target, &json!({"statecode": 1})).expect(204);
    assert_eq!(codes(), (1, 2));
    // A status without a state must belong to the current state.
    api.patch(&target, &json!({"statuscode": 1})).refused(
        400,
        "0x80048408",
        "state code msdyn_sessioneventState.Inactive",
    );
    api.patch(&target, &json!({"statecode": 0, "statuscode": 2})).refused(400, "0x80048408", words);
    api.patch(&target, &json!({"statecode": 0, "statuscode": 1})).expect(204);
    assert_eq!(codes(), (0, 1));
    // The state sets its default status even if the state stays the same.
    api.patch(&target, &json!({"statecode": 0})).expect(204);
    assert_eq!(codes(), (0, 1));
    api.patch(&target, &json!({"statuscode": 9})).refused(400, "0x8004431a", "Accepted Values: 1,2");
}

#[test]
fn transitions_are_enforced_if_the_table_enables_them() {
    let data = |to: &[i32]| {
        let all: String = to
            .iter()
            .map(|to| format!("<allowedtransition sourcestatusid=\"1\" tostatusid=\"{to}\" />"))
            .collect();
        format!(
            "<allowedtransitions xmlns=\"https://schemas.microsoft.com/crm/2009/WebServices\">{all}</allowedtransitions>"
        )
    };
    for enforced in [true, false] {
        let statuses = json!({"Options": [
            {"Value": 1, "State": 0, "TransitionData": data(&[2])},
            {"Value": 2, "State": 0, "TransitionData": data(&[3, 5])},
            {"Value": 3, "State": 0, "TransitionData": null},
            {"Value": 5, "State": 1, "TransitionData": data(&[])},
        ]});
        let definition = json!({
            "LogicalName": "new_case", "SchemaName": "new_Case", "EntitySetName": "new_cases",
            "PrimaryIdAttribute": "new_caseid", "EnforceStateTransitions": enforced,
            "Attributes": [
                {"LogicalName": "new_caseid", "AttributeType": "Uniqueidentifier"},
                {"LogicalName": "statecode", "AttributeType": "State", "IsValidForCreate": false, "OptionSet": {"Options": [
                    {"Value": 0, "DefaultStatus": 1, "InvariantName": "Active"},
                    {"Value": 1, "DefaultStatus": 5, "InvariantName": "Resolved"},
                ]}},
                {"LogicalName": "statuscode", "AttributeType": "Status", "OptionSet": statuses},
            ],
        });
        let builder = dataverse_emulator::Emulator::builder().definitions(definition.to_string());
        let api = Api::of(builder.build().unwrap());
        let id = api.create("new_cases", &json!({}));
        let target = format!("new_cases({id})");
        let change = |body: Value, allowed: bool| {
            let answer = api.patch(&target, &body);
            if allowed || !enforced {
                answer.expect(204);
            } else {
                answer.refused(400, "0x80048408", "cannot be followed by");
            }
        };
        change(json!({"statuscode": 3}), false);
        change(json!({"statecode": 1}), false);
        if !enforced {
            continue;
        }
        change(json!({"statuscode": 1}), true);
        change(json!({"statuscode": 2}), true);
        change(json!({"statuscode": 3}), true);
        // A status without data may be followed by any other.
        change(json!({"statecode": 1, "statuscode": 5}), true);
        change(json!({"statecode": 0, "statuscode": 1}), false);
        // A refused transition changes nothing.
        assert_eq!(api.get(&target).json()["statuscode"], 5);
    }
}

#[test]
fn an_update_replaces_the_parties_of_an_activity() {
    let key = |name: &str| json!({"LogicalName": name, "AttributeType": "Uniqueidentifier"});
    let lookup = |name: &str, target: &str| json!({"LogicalName": name, "AttributeType": "Lookup", "Targets": [target]});
    let email = json!({
        "LogicalName": "email", "EntitySetName": "emails", "PrimaryIdAttribute": "activityid",
        "Attributes": [key("activityid"), {"LogicalName": "subject", "AttributeType": "String"}],
    });
    let party = json!({
        "LogicalName": "activityparty", "EntitySetName": "activityparties", "PrimaryIdAttribute": "activitypartyid",
        "Attributes": [
            key("activitypartyid"), {"LogicalName": "participationtypemask", "AttributeType": "Integer"},
            {"LogicalName": "addressused", "AttributeType": "String"}, lookup("activityid", "email"),
        ],
        "ManyToOneRelationships": [{
            "SchemaName": "email_activity_parties", "ReferencingEntity": "activityparty",
            "ReferencingAttribute": "activityid", "ReferencedEntity": "email", "ReferencedAttribute": "activityid",
            "ReferencingEntityNavigationPropertyName": "activityid_email",
            "ReferencedEntityNavigationPropertyName": "email_activity_parties",
        }],
    });
    let definitions = json!({"value": [email, party]}).to_string();
    let api = Api::of(dataverse_emulator::Emulator::builder().definitions(definitions).build().unwrap());
    let address = |text: &str| json!({"addressused": text, "participationtypemask": 2});
    let id = api.create("emails", &json!({"email_activity_parties": [address("a"), address("b")]}));
    let addresses = || {
        let row =
            api.get(&format!("emails({id})?$expand=email_activity_parties($select=addressused)")).json();
        let parties = row["email_activity_parties"].as_array().unwrap().clone();
        let mut all: Vec<_> =
            parties.iter().map(|party| party["addressused"].as_str().unwrap().to_owned()).collect();
        all.sort();
        all
    };
    assert_eq!(addresses(), ["a", "b"]);
    let target = format!("emails({id})");
    let change = |body: &Value| api.with("If-Match", "*").patch(&target, body);
    change(&json!({"email_activity_parties": [address("c")]})).expect(204);
    assert_eq!(addresses(), ["c"]);
    change(&json!({"subject": "s"})).expect(204);
    assert_eq!(addresses(), ["c"]);
    change(&json!({"email_activity_parties": []})).expect(204);
    assert!(addresses().is_empty());
}
