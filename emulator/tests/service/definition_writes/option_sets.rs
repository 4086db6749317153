use serde_json::{Value, json};

use super::{ATTRIBUTES, add, bank, column, definition, label, option};
use crate::support::Api;

fn colors() -> Value {
    json!({
        "@odata.type": "Microsoft.Dynamics.CRM.OptionSetMetadata", "Name": "new_colors", "OptionSetType": "Picklist",
        "Options": [option(727_000_000, "Red"), option(727_000_001, "Yellow"), option(727_000_002, "Green")],
        "Description": label("Color Choice"), "DisplayName": label("Colors")})
}

/// Returns the values of the options in a definition of an option set.
fn values(set: &Value) -> Vec<i64> {
    set["Options"].as_array().unwrap().iter().map(|each| each["Value"].as_i64().unwrap()).collect()
}

fn global(api: &Api) -> Value {
    api.get("GlobalOptionSetDefinitions(Name='new_colors')/Microsoft.Dynamics.CRM.OptionSetMetadata")
        .expect(200)
        .json()
}

#[test]
fn columns_share_a_global_option_set() {
    let (api, _) = bank();
    let id = api.post("GlobalOptionSetDefinitions", &colors()).expect(204).id();
    assert_eq!(values(&global(&api)), [727_000_000, 727_000_001, 727_000_002]);
    for (name, link) in [
        ("new_First", format!("/GlobalOptionSetDefinitions({id})")),
        ("new_Second", "/GlobalOptionSetDefinitions(Name='new_colors')".to_owned()),
    ] {
        let mut body = column("Picklist", name);
        body["GlobalOptionSet@odata.bind"] = json!(link);
        add(&api, &body);
    }
    let made = api
        .post("InsertOptionValue", &json!({"OptionSetName": "new_colors", "Label": label("Blue")}))
        .expect(200)
        .json();
    assert_eq!(made["NewOptionValue"], 727_000_003);
    for name in ["new_first", "new_second"] {
        let shown = definition(&api, name, "Picklist");
        assert_eq!(
            values(&shown["GlobalOptionSet"]),
            [727_000_000, 727_000_001, 727_000_002, 727_000_003],
            "{name}"
        );
        assert_eq!(shown["GlobalOptionSet"]["MetadataId"], json!(id));
        api.create("new_bankaccounts", &json!({name: 727_000_003}));
    }
    api.delete("GlobalOptionSetDefinitions(Name='new_colors')").refused(400, "0x80048417", "new_bankaccount");
    for name in ["new_first", "new_second"] {
        api.delete(&format!("{ATTRIBUTES}(LogicalName='{name}')")).expect(204);
    }
    api.delete(&format!("GlobalOptionSetDefinitions({id})")).expect(204);
    api.get("GlobalOptionSetDefinitions(Name='new_colors')").expect(404);
}

#[test]
fn a_global_option_set_without_columns_stays() {
    let api = Api::new();
    api.post("GlobalOptionSetDefinitions", &colors()).expect(204);
    let names = api.column("Name", "GlobalOptionSetDefinitions");
    assert!(names.contains(&json!("new_colors")), "{names:?}");
    let body = json!({"@odata.type": "Microsoft.Dynamics.CRM.OptionSetMetadata", "Name": "new_colors", "DisplayName": label("Hues")});
    api.put("GlobalOptionSetDefinitions(Name='new_colors')", &body).expect(204);
    let shown = global(&api);
    assert_eq!(shown["DisplayName"]["UserLocalizedLabel"]["Label"], "Hues");
    assert_eq!(values(&shown).len(), 3, "an update does not touch the options");
    api.post("GlobalOptionSetDefinitions", &colors()).refused(
        400,
        "0x80044363",
        "An OptionSet with same name already exists",
    );
}

#[test]
fn actions_change_the_options_of_a_column() {
    let (api, _) = bank();
    let mut body = column("Picklist", "new_Choice");
    body["OptionSet"] = json!({"Options": [option(Value::Null, "Bravo"), option(Value::Null, "Delta")]});
    add(&api, &body);
    let of_choice = |more: Value| {
        let mut body = json!({"EntityLogicalName": "new_bankaccount", "AttributeLogicalName": "new_choice"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let shown = |api: &Api| definition(api, "new_choice", "Picklist")["OptionSet"].clone();
    assert_eq!(values(&shown(&api)), [100_000_000, 100_000_001], "the default publisher's prefix");
    let made =
        api.post("InsertOptionValue", &of_choice(json!({"Value": 7, "Label": label("Echo")}))).expect(200);
    assert_eq!(made.json()["NewOptionValue"], 7);
    api.post("InsertOptionValue", &of_choice(json!({"Value": 7, "Label": label("Echo")}))).refused(
        400,
        "0x80040203",
        "7",
    );
    api.post(
        "UpdateOptionValue",
        &of_choice(json!({"Value": 7, "Label": label("Foxtrot"), "MergeLabels": true})),
    )
    .expect(204);
    api.post("OrderOption", &of_choice(json!({"Values": [7, 100_000_001, 100_000_000]}))).expect(204);
    assert_eq!(values(&shown(&api)), [7, 100_000_001, 100_000_000]);
    assert_eq!(shown(&api)["Options"][0]["Label"]["UserLocalizedLabel"]["Label"], "Foxtrot");
    api.post("OrderOption", &of_choice(json!({"Values": [7]}))).refused(400, "0x80040203", "each once");
    let id = api.create("new_bankaccounts", &json!({"new_choice": 7}));
    api.post("DeleteOptionValue", &of_choice(json!({"Value": 7}))).expect(204);
    api.post("DeleteOptionValue", &of_choice(json!({"Value": 7}))).refused(400, "0x80040203", "7");
    assert_eq!(api.get(&format!("new_bankaccounts({id})")).json()["new_choice"], 7, "records keep the value");
    api.post("new_bankaccounts", &json!({"new_choice": 7})).expect(400);
    add(&api, &column("Boolean", "new_Boolean"));
    let up = json!({"EntityLogicalName": "new_bankaccount", "AttributeLogicalName": "new_boolean", "Value": 1, "Label": label("Up"), "MergeLabels": true});
    api.post("UpdateOptionValue", &up).expect(204);
    let shown = definition(&api, "new_boolean", "Boolean");
    assert_eq!(shown["OptionSet"]["TrueOption"]["Label"]["UserLocalizedLabel"]["Label"], "Up");
}

#[test]
fn a_status_value_belongs_to_a_state() {
    let (api, _) = bank();
    let body = json!({"EntityLogicalName": "new_bankaccount", "AttributeLogicalName": "statuscode", "Label": label("On hold"), "StateCode": 1});
    let value = api.post("InsertStatusValue", &body).expect(200).json()["NewOptionValue"].clone();
    assert_eq!(value, 100_000_000);
    let of_state = |more: Value| {
        let mut body =
            json!({"EntityLogicalName": "new_bankaccount", "AttributeLogicalName": "statecode", "Value": 1});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    api.post("DeleteOptionValue", &of_state(json!({}))).refused(
        400,
        "0x80044323",
        "only from picklist and status",
    );
    api.post("InsertOptionValue", &of_state(json!({"Label": label("Lost")}))).refused(
        400,
        "0x80040203",
        "State",
    );
    let id = api.create("new_bankaccounts", &json!({"new_accountname": "Savings"}));
    let target = format!("new_bankaccounts({id})");
    api.patch(&target, &json!({"statecode": 0, "statuscode": value})).refused(
        400,
        "0x80048408",
        "not a valid status",
    );
    api.patch(&target, &json!({"statecode": 1, "statuscode": value})).expect(204);
}
