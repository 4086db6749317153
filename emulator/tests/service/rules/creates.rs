//! Creates: which values are accepted, set by the server, refused and returned.

use serde_json::{Value, json};

use crate::support::{Api, G1};

#[test]
fn a_create_returns_204_with_the_record_url() {
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
fn a_primary_key_may_be_chosen_once() {
    let api = Api::new();
    assert_eq!(api.create("accounts", &json!({"accountid": G1.to_uppercase(), "name": "a"})), G1);
    api.post("accounts", &json!({"accountid": G1})).refused(
        412,
        "0x80040237",
        "Cannot insert duplicate key.",
    );
}

#[test]
fn a_create_sets_the_columns_of_the_server() {
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
fn a_create_has_the_time_that_the_clock_was_set_to() {
    let api = Api::new();
    let time = "2027-01-31T23:59:59Z".parse().unwrap();
    api.emulator.freeze_at(time);
    assert_eq!(api.emulator.now(), time);
    let account = api.create("accounts", &json!({"name": "a"}));
    assert_eq!(api.get(&format!("accounts({account})")).json()["createdon"], "2027-01-31T23:59:59Z");
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
fn invalid_columns_are_silently_ignored() {
    let api = Api::new();
    let body =
        json!({"msdyn_name": "a", "createdon": "1999-01-01T00:00:00Z", "versionnumber": 1, "statecode": 1});
    let id = api.create("msdyn_sessionevents", &body);
    api.patch(&format!("msdyn_sessionevents({id})"), &json!({"importsequencenumber": 7, "msdyn_name": "b"}))
        .expect(204);
    let row = api.get(&format!("msdyn_sessionevents({id})")).json();
    assert_eq!((&row["msdyn_name"], &row["importsequencenumber"]), (&json!("b"), &Value::Null));
    assert_eq!((&row["createdon"], &row["statecode"]), (&json!("2026-03-04T10:30:00Z"), &json!(0)));
    Api::strict().post("msdyn_sessionevents", &body).refused(400, "0x80040203", "Strict mode");
}

#[test]
fn strict_mode_refuses_invalid_columns() {
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
fn a_deep_insert_creates_nested_records() {
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
    // The request is carried out as a whole or not at all.
    let broken = json!({"name": "x", "primarycontactid": {"nosuch": 1}});
    api.post("accounts", &broken).expect(400);
    let broken = json!({"name": "x", "Account_Tasks": [{"subject": "t"}, {"subject": "t".repeat(201)}]});
    api.post("accounts", &broken).expect(400);
    assert_eq!(api.rows("accounts").len(), 1);
    // Deep updates do not exist.
    api.patch(&format!("accounts({id})"), &json!({"primarycontactid": {"firstname": "x"}})).refused(
        400,
        "0x80060888",
        "Deep update of navigation properties is not allowed.",
    );
    // An upsert creates only the record itself.
    for body in [json!({"primarycontactid": {"lastname": "x"}}), json!({"Account_Tasks": [{"subject": "x"}]})]
    {
        let words = "Deep update of navigation properties is not allowed.";
        api.patch(&format!("accounts({G1})"), &body).refused(400, "0x80060888", words);
    }
    assert_eq!(api.rows("accounts").len(), 1);
}

#[test]
fn deep_inserts_are_bounded() {
    let nested = |depth: usize| {
        let mut body = json!({"name": "innermost"});
        for _ in 0..depth {
            body = json!({"name": "a", "parentaccountid": body});
        }
        body
    };
    let api = Api::new();
    api.post("accounts", &nested(19)).expect(204);
    assert_eq!(api.rows("accounts").len(), 20);
    api.post("accounts", &nested(20)).refused(400, "0x0", "nested too deeply");
    assert_eq!(api.rows("accounts").len(), 20);
    // One request creates both sides of a many-to-many relationship.
    let body = json!({"name": "o", "opportunitycompetitors_association": [{"name": "c"}, {"name": "d"}]});
    let id = api.create("opportunities", &body);
    assert_eq!(
        api.column("name", &format!("opportunities({id})/opportunitycompetitors_association")),
        ["c", "d"]
    );
    // A lookup of several tables needs the type of the new record.
    let untyped = json!({"lastname": "c", "parentcustomerid_account": {"name": "p"}});
    api.post("contacts", &untyped).expect(204);
    for body in [json!({"primarycontactid": "x"}), json!({"primarycontactid": [{"lastname": "c"}]})] {
        api.post("accounts", &body).expect(400);
    }
    for body in [
        json!({"Account_Tasks": {"subject": "t"}}),
        json!({"Account_Tasks": null}),
        json!({"Account_Tasks": ["x"]}),
    ] {
        api.post("accounts", &body).refused(400, "0x80048d19", "");
    }
}
