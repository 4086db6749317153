//! The server's rules for changes of records, one test each.

use serde_json::{Value, json};

use crate::support::Api;

const G1: &str = "0d2c7a10-1111-4111-8111-111111111111";

#[test]
fn a_create_answers_204_with_the_record_url() {
    let api = Api::new();
    let answer = api.post("accounts", &json!({"name": "Contoso"})).expect(204);
    let url = format!("https://emulator.crm.dynamics.com/api/data/v9.2/accounts({})", answer.id());
    assert_eq!(answer.header("odata-entityid"), Some(url.as_str()));
    assert_eq!(answer.header("odata-version"), Some("4.0"));
    assert!(answer.body.is_empty());
}

#[test]
fn a_create_returns_the_record_if_that_is_preferred() {
    let api = Api::new().with("Prefer", "return=representation");
    let answer = api.post("accounts?$select=name", &json!({"name": "Contoso"})).expect(201);
    assert_eq!(answer.header("preference-applied"), Some("return=representation"));
    let row = answer.json();
    assert_eq!(
        row["@odata.context"],
        "https://emulator.crm.dynamics.com/api/data/v9.2/$metadata#accounts(name)/$entity"
    );
    let mut members: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
    members.sort_unstable();
    assert_eq!(members, ["@odata.context", "@odata.etag", "accountid", "name"]);
}

#[test]
fn a_primary_key_may_be_given_and_is_taken_once() {
    let api = Api::new();
    assert_eq!(api.create("accounts", &json!({"accountid": G1.to_uppercase(), "name": "a"})), G1);
    api.post("accounts", &json!({"accountid": G1})).refused(
        412,
        "0x80040237",
        "Cannot insert duplicate key.",
    );
}

#[test]
fn a_create_fills_what_the_server_fills() {
    let api = Api::new();
    let me = api.get("WhoAmI").expect(200).json();
    let id = api.create("msdyn_sessionevents", &json!({"msdyn_name": "Started"}));
    let row = api.get(&format!("msdyn_sessionevents({id})")).expect(200).json();
    for property in ["_ownerid_value", "_owninguser_value", "_createdby_value", "_modifiedby_value"] {
        assert_eq!(row[property], me["UserId"], "{property}");
    }
    assert_eq!(row["_owningbusinessunit_value"], me["BusinessUnitId"]);
    assert_eq!((&row["_owningteam_value"], &row["_createdonbehalfby_value"]), (&Value::Null, &Value::Null));
    assert_eq!((&row["statecode"], &row["statuscode"]), (&json!(0), &json!(1)));
    assert_eq!(
        (&row["createdon"], &row["modifiedon"]),
        (&json!("2026-03-04T10:30:00Z"), &json!("2026-03-04T10:30:00Z"))
    );
    let version = row["versionnumber"].as_i64().unwrap();
    assert_eq!(row["@odata.etag"], format!("W/\"{version}\""));
    // The 24 properties of the table's real `$metadata`, and no more.
    assert_eq!(row.as_object().unwrap().keys().filter(|name| !name.starts_with('@')).count(), 24);
}

#[test]
fn an_overridden_created_on_becomes_created_on() {
    let api = Api::new();
    let id = api.create("msdyn_sessionevents", &json!({"overriddencreatedon": "2019-05-06T00:00:00Z"}));
    let row = api.get(&format!("msdyn_sessionevents({id})?$select=createdon,modifiedon")).json();
    assert_eq!(row["createdon"], "2019-05-06T00:00:00Z");
    assert_eq!(row["modifiedon"], "2026-03-04T10:30:00Z");
}

#[test]
fn what_an_operation_does_not_take_is_ignored_without_a_word() {
    let api = Api::new();
    let body =
        json!({"msdyn_name": "a", "createdon": "1999-01-01T00:00:00Z", "versionnumber": 1, "statecode": 1});
    let id = api.create("msdyn_sessionevents", &body);
    api.patch(&format!("msdyn_sessionevents({id})"), &json!({"importsequencenumber": 7, "msdyn_name": "b"}))
        .expect(204);
    let row = api.get(&format!("msdyn_sessionevents({id})")).json();
    assert_eq!((&row["msdyn_name"], &row["importsequencenumber"]), (&json!("b"), &Value::Null));
    assert_eq!((&row["createdon"], &row["statecode"]), (&json!("2026-03-04T10:30:00Z"), &json!(0)));
}

#[test]
fn strict_mode_refuses_what_would_be_ignored() {
    let api = Api::strict();
    for (column, value) in
        [("createdon", json!("1999-01-01T00:00:00Z")), ("statecode", json!(1)), ("versionnumber", json!(1))]
    {
        let words =
            format!("the column '{column}' of the table 'msdyn_sessionevent' is not valid for create");
        api.post("msdyn_sessionevents", &json!({column: value})).refused(400, "0x80040203", &words);
    }
    let bound = json!({"createdby@odata.bind": format!("/systemusers({})", api.emulator.user())});
    api.post("msdyn_sessionevents", &bound).refused(400, "0x80040203", "'createdby'");
    let id = api.create("msdyn_sessionevents", &json!({"importsequencenumber": 7}));
    let words = "the column 'importsequencenumber' of the table 'msdyn_sessionevent' is not valid for update";
    api.patch(&format!("msdyn_sessionevents({id})"), &json!({"importsequencenumber": 8})).refused(
        400,
        "0x80040203",
        words,
    );
    assert!(api.rows("msdyn_sessionevents").len() == 1);
}

#[test]
fn unknown_members_are_refused() {
    let api = Api::new();
    for name in ["Name", "nosuch", "createdbyname", "owneridtype"] {
        let words = format!(
            "Invalid property '{name}' was found in entity 'Microsoft.Dynamics.CRM.msdyn_sessionevent'"
        );
        api.post("msdyn_sessionevents", &json!({name: "x"})).refused(400, "0x0", &words);
    }
    let words = "An undeclared property 'parentcustomerid' which only has property annotations";
    api.post("contacts", &json!({"parentcustomerid@odata.bind": "/accounts(x)"})).refused(
        400,
        "0x80048d19",
        words,
    );
}

#[test]
fn lookups_are_not_set_by_a_value() {
    let api = Api::new();
    for body in [json!({"_ownerid_value": G1}), json!({"ownerid": G1})] {
        let words = "CRM do not support direct update of Entity Reference properties";
        api.post("msdyn_sessionevents", &body).refused(400, "0x80048d19", words);
    }
}

#[test]
fn lookups_are_bound_in_every_form_of_url() {
    let api = Api::new();
    let session = api.create("msdyn_ocsessions", &json!({"subject": "s"}));
    for url in [
        format!("/msdyn_ocsessions({session})"),
        format!("msdyn_ocsessions({session})"),
        format!("msdyn_ocsessions({})", session.to_uppercase()),
        format!("https://emulator.crm.dynamics.com/api/data/v9.2/msdyn_ocsessions({session})"),
        format!("/api/data/v9.1/msdyn_ocsessions({session})"),
    ] {
        let id = api.create("msdyn_sessionevents", &json!({"msdyn_omnichannelsession@odata.bind": url}));
        let row = api.get(&format!("msdyn_sessionevents({id})")).json();
        assert_eq!(row["_msdyn_omnichannelsession_value"], session.as_str(), "{url}");
    }
    let missing = json!({"msdyn_omnichannelsession@odata.bind": format!("/msdyn_ocsessions({G1})")});
    api.post("msdyn_sessionevents", &missing).refused(404, "0x80040217", "Does Not Exist");
    let other =
        json!({"msdyn_omnichannelsession@odata.bind": format!("/systemusers({})", api.emulator.user())});
    api.post("msdyn_sessionevents", &other).refused(400, "0x80048d19", "cannot be bound");
}

#[test]
fn lookups_are_cleared_by_null_in_either_form() {
    let api = Api::new();
    let session = api.create("msdyn_ocsessions", &json!({"subject": "s"}));
    for clear in
        [json!({"msdyn_omnichannelsession@odata.bind": null}), json!({"msdyn_omnichannelsession": null})]
    {
        let bind = json!({"msdyn_omnichannelsession@odata.bind": format!("/msdyn_ocsessions({session})")});
        let id = api.create("msdyn_sessionevents", &bind);
        api.patch(&format!("msdyn_sessionevents({id})"), &clear).expect(204);
        assert_eq!(
            api.get(&format!("msdyn_sessionevents({id})")).json()["_msdyn_omnichannelsession_value"],
            Value::Null
        );
    }
}

#[test]
fn one_branch_of_a_polymorphic_lookup_replaces_the_other() {
    let api = Api::new();
    let (account, contact) =
        (api.create("accounts", &json!({"name": "a"})), api.create("contacts", &json!({"lastname": "c"})));
    let id = api
        .create("contacts", &json!({"parentcustomerid_account@odata.bind": format!("/accounts({account})")}));
    let bind = json!({"parentcustomerid_contact@odata.bind": format!("/contacts({contact})")});
    api.patch(&format!("contacts({id})"), &bind).expect(204);
    let url = format!(
        "contacts({id})?$select=_parentcustomerid_value&$expand=parentcustomerid_account($select=name),parentcustomerid_contact($select=lastname)"
    );
    let row = api.with("Prefer", "odata.include-annotations=\"*\"").get(&url).json();
    assert_eq!(row["_parentcustomerid_value"], contact.as_str());
    assert_eq!(row["_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"], "contact");
    assert_eq!(row["parentcustomerid_account"], Value::Null);
    assert_eq!(row["parentcustomerid_contact"]["lastname"], "c");
}

#[test]
fn a_deep_insert_creates_what_is_inside() {
    let api = Api::new();
    let id = api.create("accounts", &json!({
        "name": "Fourth Coffee",
        "primarycontactid": {"firstname": "Susie", "lastname": "Curtis", "Contact_Tasks": [{"subject": "t1"}, {"subject": "t2"}]},
        "Account_Tasks": [{"subject": "t3"}]
    }));
    let url = format!(
        "accounts({id})?$select=name&$expand=primarycontactid($select=fullname;$expand=Contact_Tasks($select=subject)),Account_Tasks($select=subject)"
    );
    let row = api.get(&url).expect(200).json();
    assert_eq!(row["primarycontactid"]["fullname"], "Susie Curtis");
    let subjects = |list: &Value| -> Vec<Value> {
        list.as_array().unwrap().iter().map(|row| row["subject"].clone()).collect()
    };
    assert_eq!(subjects(&row["primarycontactid"]["Contact_Tasks"]), ["t1", "t2"]);
    assert_eq!(subjects(&row["Account_Tasks"]), ["t3"]);
    // All or nothing.
    let broken = json!({"name": "x", "primarycontactid": {"nosuch": 1}});
    api.post("accounts", &broken).expect(400);
    let broken = json!({"name": "x", "Account_Tasks": [{"subject": "t"}, {"subject": "t".repeat(201)}]});
    api.post("accounts", &broken).expect(400);
    assert_eq!(api.rows("accounts").len(), 1);
    // There are no deep updates.
    api.patch(&format!("accounts({id})"), &json!({"primarycontactid": {"firstname": "x"}})).refused(
        400,
        "0x0",
        "Deep updates",
    );
}

#[test]
fn an_update_changes_what_it_names_and_null_clears() {
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
fn a_patch_creates_unless_it_is_told_not_to() {
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
    // The word `null` is no condition.
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
fn state_and_status_go_together() {
    let api = Api::new();
    let id = api.create("msdyn_sessionevents", &json!({"msdyn_name": "a"}));
    let target = format!("msdyn_sessionevents({id})");
    let codes = || {
        let row = api.get(&target).json();
        (row["statecode"].as_i64().unwrap(), row["statuscode"].as_i64().unwrap())
    };
    // A create is checked against the initial state, whatever state it names.
    let words = "2 is not a valid status code for state code Active";
    api.post("msdyn_sessionevents", &json!({"statecode": 1, "statuscode": 2})).refused(
        400,
        "0x80048408",
        words,
    );
    // The state alone brings its default status.
    api.patch(&target, &json!({"statecode": 1})).expect(204);
    assert_eq!(codes(), (1, 2));
    // A status alone has to belong to the state.
    api.patch(&target, &json!({"statuscode": 1})).refused(400, "0x80048408", "state code Inactive");
    api.patch(&target, &json!({"statecode": 0, "statuscode": 2})).refused(400, "0x80048408", words);
    api.patch(&target, &json!({"statecode": 0, "statuscode": 1})).expect(204);
    assert_eq!(codes(), (0, 1));
    api.patch(&target, &json!({"statuscode": 9})).refused(400, "0x8004431a", "Accepted Values: 1,2");
}

#[test]
fn limits_are_kept() {
    let api = Api::new();
    let words = "The length of the 'msdyn_name' attribute of the 'msdyn_sessionevent' entity exceeded the maximum allowed length of '100'.";
    api.post("msdyn_sessionevents", &json!({"msdyn_name": "x".repeat(101)})).refused(
        400,
        "0x80044331",
        words,
    );
    // Counted in UTF-16 units.
    api.post("msdyn_sessionevents", &json!({"msdyn_name": "😀".repeat(50)})).expect(204);
    api.post("msdyn_sessionevents", &json!({"msdyn_name": "😀".repeat(51)})).expect(400);
    api.post("msdyn_sessionevents", &json!({"utcconversiontimezonecode": -2})).refused(
        400,
        "0x8004431a",
        "Minimum Value: -1",
    );
    api.post("msdyn_sessionevents", &json!({"msdyn_eventtype": 5})).refused(
        400,
        "0x8004431a",
        "Accepted Values: 192350000",
    );
    api.post("accounts", &json!({"address1_latitude": 90.5})).refused(
        400,
        "0x8004431a",
        "outside the valid range",
    );
    api.post("msdyn_sessionevents", &json!({"msdyn_eventtime": "1752-12-31T00:00:00Z"}))
        .refused(400, "0x0", "1753");
}

#[test]
fn values_of_the_wrong_type_are_refused() {
    let api = Api::new();
    for (set, body, words) in [
        ("accounts", json!({"name": 5}), "'5' to the expected type 'Edm.String'"),
        ("accounts", json!({"numberofemployees": "5"}), "'5' to the expected type 'Edm.Int32'"),
        ("accounts", json!({"numberofemployees": 1.5}), "'1.5' to the expected type 'Edm.Int32'"),
        ("accounts", json!({"creditonhold": 1}), "'Edm.Boolean'"),
        (
            "contacts",
            json!({"birthdate": "1965-05-07T00:00:00Z"}),
            "'1965-05-07T00:00:00Z' to the expected type 'Edm.Date'",
        ),
        ("accounts", json!({"accountid": "x"}), "'x' to the expected type 'Edm.Guid'"),
    ] {
        let answer = api.post(set, &body).expect(400);
        assert!(answer.text().contains(words), "{}", answer.text());
    }
    api.send("POST", "accounts", "{").refused(400, "0x80048d19", "EOF");
    api.send("POST", "accounts", "[]").expect(400);
    api.send("POST", "accounts", "").expect(400);
    api.send("POST", "accounts", r#"{"name":"a","name":"b"}"#).refused(400, "0x80048d19", "more than once");
}

#[test]
fn values_are_kept_exactly() {
    let api = Api::new();
    let text = r#"{"name":"O'Brien \"<é😀%_[]","revenue":99999999999999.9999,"address1_latitude":-12.5,"numberofemployees":2147483,"lastusedincampaign":null}"#;
    let id = api.send("POST", "accounts", text).expect(204).id();
    let answer =
        api.get(&format!("accounts({id})?$select=name,revenue,address1_latitude,numberofemployees")).text();
    for part in [
        r#""name":"O'Brien \"<é😀%_[]""#,
        r#""revenue":99999999999999.9999"#,
        r#""address1_latitude":-12.5"#,
        r#""numberofemployees":2147483"#,
    ] {
        assert!(answer.contains(part), "{answer}");
    }
    // An offset is converted, a time without one is in UTC, and seconds are all that is kept.
    for (sent, kept) in [
        ("2024-09-18T10:20:39+02:00", "2024-09-18T08:20:39Z"),
        ("2024-09-18T10:20:39", "2024-09-18T10:20:39Z"),
        ("2024-09-18T10:20:39.987Z", "2024-09-18T10:20:39Z"),
    ] {
        let id = api.create("tasks", &json!({"subject": "t", "scheduledstart": sent}));
        assert_eq!(api.get(&format!("tasks({id})")).json()["scheduledstart"], kept);
    }
}

#[test]
fn single_columns_are_read_set_and_cleared() {
    let api = Api::new();
    let id = api.create("contacts", &json!({"lastname": "a"}));
    let target = format!("contacts({id})/telephone1");
    api.get(&target).expect(204);
    api.put(&target, &json!({"value": "555-0105"})).expect(204);
    let answer = api.get(&target).expect(200).json();
    assert_eq!(answer["value"], "555-0105");
    let context =
        format!("https://emulator.crm.dynamics.com/api/data/v9.2/$metadata#contacts({id})/telephone1");
    assert_eq!(answer["@odata.context"], context.as_str());
    assert_eq!(api.get(&format!("{target}/$value")).expect(200).text(), "555-0105");
    api.delete(&target).expect(204);
    api.get(&target).expect(204);
    api.put(&target, &json!({})).expect(400);
    api.put(&format!("contacts({id})/_ownerid_value"), &json!({"value": G1})).expect(400);
    api.get(&format!("contacts({id})/nosuch")).refused(
        404,
        "0x8006088a",
        "Resource not found for the segment 'nosuch'.",
    );
}

#[test]
fn references_are_read_set_and_removed() {
    let api = Api::new();
    let (account, contact) =
        (api.create("accounts", &json!({"name": "a"})), api.create("contacts", &json!({"lastname": "c"})));
    let lookup = format!("accounts({account})/primarycontactid/$ref");
    api.get(&lookup).expect(204);
    api.put(&lookup, &json!({"@odata.id": format!("contacts({contact})")})).expect(204);
    let url = format!("https://emulator.crm.dynamics.com/api/data/v9.2/contacts({contact})");
    assert_eq!(api.get(&lookup).expect(200).json()["@odata.id"], url.as_str());
    assert_eq!(
        api.get(&format!("accounts({account})/primarycontactid?$select=lastname")).json()["lastname"],
        "c"
    );
    api.delete(&lookup).expect(204);
    api.get(&lookup).expect(204);

    let collection = format!("accounts({account})/contact_customer_accounts");
    api.post(&format!("{collection}/$ref"), &json!({"@odata.id": url})).expect(204);
    assert_eq!(api.rows(&collection).len(), 1);
    assert_eq!(api.rows(&format!("{collection}/$ref"))[0]["@odata.id"], url.as_str());
    api.delete(&format!("{collection}({contact})/$ref")).expect(204);
    assert!(api.rows(&collection).is_empty());
    api.delete(&format!("{collection}({contact})/$ref")).refused(404, "0x80040217", "Does Not Exist");
    let by_type = json!({"@odata.type": "Microsoft.Dynamics.CRM.contact", "contactid": contact});
    api.post(&format!("{collection}/$ref"), &by_type).expect(204);
    api.send("DELETE", &format!("{collection}/$ref?$id={url}"), "").expect(204);
    assert!(api.rows(&collection).is_empty());
}

#[test]
fn many_to_many_is_associated_from_both_sides() {
    let api = Api::new();
    let opportunity = api.create("opportunities", &json!({"name": "o"}));
    let competitor = api.create("competitors", &json!({"name": "c"}));
    let side = format!("opportunities({opportunity})/opportunitycompetitors_association");
    let other = format!("competitors({competitor})/opportunitycompetitors_association");
    for _ in 0..2 {
        api.post(&format!("{side}/$ref"), &json!({"@odata.id": format!("competitors({competitor})")}))
            .expect(204);
    }
    assert_eq!(api.column("name", &side), ["c"]);
    assert_eq!(api.column("name", &other), ["o"]);
    api.delete(&format!("{other}({opportunity})/$ref")).expect(204);
    assert!(api.rows(&side).is_empty());
    api.post(&format!("{side}/$ref"), &json!({"@odata.id": format!("competitors({competitor})")}))
        .expect(204);
    api.delete(&format!("competitors({competitor})")).expect(204);
    assert!(api.rows(&side).is_empty());
}

#[test]
fn a_collection_of_a_record_takes_new_records() {
    let api = Api::new();
    let account = api.create("accounts", &json!({"name": "a"}));
    let task = api.create(&format!("accounts({account})/Account_Tasks"), &json!({"subject": "t"}));
    assert_eq!(api.get(&format!("tasks({task})")).json()["_regardingobjectid_value"], account.as_str());
}

/// An account with a key, for upserts.
fn keyed() -> Api {
    let keys = r#"{"LogicalName":"account","Keys":[{"LogicalName":"number","KeyAttributes":["accountnumber"]},{"LogicalName":"city","KeyAttributes":["name","numberofemployees"]}]}"#;
    Api::of(dataverse_emulator::Emulator::builder().definitions(keys).counting_ids().build().unwrap())
}

#[test]
fn alternate_keys_name_records() {
    let api = keyed();
    let target = "accounts(accountnumber='O''Brien')";
    api.get(target).refused(404, "0x80060891", "specified key values");
    let answer = api.patch(target, &json!({"name": "a"})).expect(204);
    // The header repeats the key, without a GUID.
    let url = format!("https://emulator.crm.dynamics.com/api/data/v9.2/{target}");
    assert_eq!(answer.header("odata-entityid"), Some(url.as_str()));
    assert_eq!(api.get(target).expect(200).json()["accountnumber"], "O'Brien");
    api.patch(target, &json!({"name": "b", "numberofemployees": 5})).expect(204);
    assert_eq!(api.column("name", "accounts"), ["b"]);
    assert_eq!(
        api.get("accounts(name='b',numberofemployees=5)").expect(200).json()["accountnumber"],
        "O'Brien"
    );
    let id = api.get(target).json()["accountid"].as_str().unwrap().to_owned();
    api.get(&format!("accounts(accountid={id})")).expect(200);
    let words = "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.account'";
    api.get("accounts(telephone1='1')").refused(400, "0x0", words);
    api.get("accounts(name='b')").refused(400, "0x0", words);
    // Users go by the key of their base type.
    let user = api.emulator.user();
    api.get(&format!("systemusers({user})")).expect(200);
    api.get(&format!("systemusers(systemuserid={user})")).refused(400, "0x0", "is not valid for resource");
    let row = api.get(&format!("systemusers({user})?$select=fullname,ownerid")).json();
    assert_eq!((&row["ownerid"], &row["systemuserid"]), (&json!(user.to_string()), &json!(user.to_string())));
}

#[test]
fn alternate_keys_are_unique() {
    let api = keyed();
    api.post("accounts", &json!({"accountnumber": "A1"})).expect(204);
    api.post("accounts", &json!({"accountnumber": "a1 "})).refused(412, "0x80060892", "number");
    // Records without a value do not collide.
    api.post("accounts", &json!({"name": "x"})).expect(204);
    api.post("accounts", &json!({"name": "y"})).expect(204);
}

#[test]
fn a_deletion_takes_along_what_the_relationship_says() {
    let api = Api::new();
    // Cascade, by the page of msdyn_sessionevent.
    let session = api.create("msdyn_ocsessions", &json!({"subject": "s"}));
    let bind = json!({"msdyn_omnichannelsession@odata.bind": format!("/msdyn_ocsessions({session})")});
    let event = api.create("msdyn_sessionevents", &bind);
    let other = api.create("msdyn_sessionevents", &json!({"msdyn_name": "stays"}));
    api.delete(&format!("msdyn_ocsessions({session})")).expect(204);
    api.get(&format!("msdyn_sessionevents({event})")).expect(404);
    api.get(&format!("msdyn_sessionevents({other})")).expect(200);
    // The link is removed.
    let contact = api.create("contacts", &json!({"lastname": "c"}));
    let account = api.create(
        "accounts",
        &json!({"name": "a", "primarycontactid@odata.bind": format!("/contacts({contact})")}),
    );
    let before = api.get(&format!("accounts({account})")).json()["@odata.etag"].clone();
    api.delete(&format!("contacts({contact})")).expect(204);
    let row = api.get(&format!("accounts({account})")).expect(200).json();
    assert_eq!(row["_primarycontactid_value"], Value::Null);
    assert_ne!(row["@odata.etag"], before);
    // Refused.
    api.create("accounts", &json!({"name": "rich", "revenue": 5}));
    let currency = api.rows("transactioncurrencies")[0]["transactioncurrencyid"].as_str().unwrap().to_owned();
    api.delete(&format!("transactioncurrencies({currency})")).refused(400, "0x80040227", "account");
    api.delete(&format!("accounts({G1})")).refused(404, "0x80040217", "Does Not Exist");
}

#[test]
fn a_cycle_of_cascades_ends() {
    let api = Api::new();
    let first = api.create("contacts", &json!({"lastname": "a"}));
    let second = api.create(
        "contacts",
        &json!({"lastname": "b", "parentcustomerid_contact@odata.bind": format!("/contacts({first})")}),
    );
    api.patch(
        &format!("contacts({first})"),
        &json!({"parentcustomerid_contact@odata.bind": format!("/contacts({second})")}),
    )
    .expect(204);
    api.delete(&format!("contacts({first})")).expect(204);
    assert!(api.rows("contacts").is_empty());
}

#[test]
fn annotations_come_if_they_are_asked_for() {
    let api = Api::new();
    let id = api.create(
        "msdyn_sessionevents",
        &json!({"msdyn_name": "a", "msdyn_eventtype": 192350001, "msdyn_eventtime": "2026-03-02T10:02:00Z"}),
    );
    let target =
        format!("msdyn_sessionevents({id})?$select=msdyn_eventtype,statecode,_ownerid_value,msdyn_eventtime");
    let plain = api.get(&target).json();
    assert!(
        plain
            .as_object()
            .unwrap()
            .keys()
            .all(|name| !name.contains("@OData") && !name.contains("@Microsoft"))
    );
    let formatted = "OData.Community.Display.V1.FormattedValue";
    let row = api.with("Prefer", &format!("odata.include-annotations=\"{formatted}\"")).get(&target).json();
    assert_eq!(row[format!("msdyn_eventtype@{formatted}")], "QueueAssigned");
    assert_eq!(row[format!("statecode@{formatted}")], "Active");
    assert_eq!(row[format!("_ownerid_value@{formatted}")], "System Administrator");
    assert_eq!(row[format!("msdyn_eventtime@{formatted}")], "3/2/2026");
    assert!(row.get("_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname").is_none());
    let answer = api.with("Prefer", "odata.include-annotations=\"*\"").get(&target);
    assert_eq!(answer.header("preference-applied"), Some("odata.include-annotations=\"*\""));
    let row = answer.json();
    assert_eq!(row["_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"], "systemuser");
    assert_eq!(row["_ownerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty"], "ownerid");
    // They stand before the value they are about.
    let text = answer.text();
    assert!(text.find("_ownerid_value@OData").unwrap() < text.find("\"_ownerid_value\":").unwrap());
}

#[test]
fn names_are_case_sensitive() {
    let api = Api::new();
    api.get("Account").refused(404, "0x8006088a", "Resource not found for the segment 'Account'.");
    api.get("accounts?$select=Name").refused(
        400,
        "0x0",
        "Could not find a property named 'Name' on type 'Microsoft.Dynamics.CRM.account'.",
    );
    api.get("accounts?$select=ownerid").refused(400, "0x0", "Could not find a property named 'ownerid'");
    api.post("WhoAmI", &json!({})).refused(
        404,
        "",
        "No HTTP resource was found that matches the request URI",
    );
    api.put("accounts", &json!({})).expect(405);
}

#[test]
fn an_amount_brings_its_currency() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a", "revenue": 5.5}));
    let row = api
        .with("Prefer", "odata.include-annotations=\"*\"")
        .get(&format!("accounts({id})?$select=revenue"))
        .json();
    assert!(row["_transactioncurrencyid_value"].is_string());
    assert_eq!(row["_transactioncurrencyid_value@OData.Community.Display.V1.FormattedValue"], "US Dollar");
    assert_eq!(row["revenue@OData.Community.Display.V1.FormattedValue"], "$5.50");
}
