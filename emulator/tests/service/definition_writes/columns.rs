use serde_json::{Value, json};

use super::{ATTRIBUTES, add, bank, column, columns, definition, option};
use crate::support::Api;

/// Creates a bank account with a value, and returns the property that a read answers.
fn kept(api: &Api, name: &str, value: Value) -> Value {
    let id = api.create("new_bankaccounts", &json!({"new_accountname": "Savings", name: value}));
    api.get(&format!("new_bankaccounts({id})?$select={name}")).expect(200).json()[name].clone()
}

#[test]
fn every_kind_of_column_can_be_added() {
    let (api, _) = bank();
    let with = |kind: &str, name: &str, more: Value| {
        let mut body = column(kind, name);
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        add(&api, &body)
    };
    let options = json!({"Options": [option(727_000_000, "Bravo"), option(727_000_001, "Delta")], "OptionSetType": "Picklist"});
    with("String", "new_BankName", json!({"MaxLength": 100, "FormatName": {"Value": "Text"}}));
    with("Memo", "new_Notes", json!({"MaxLength": 500, "Format": "TextArea", "ImeMode": "Disabled"}));
    with("Integer", "new_Number", json!({"MinValue": 0, "MaxValue": 100, "Format": "None"}));
    with("BigInt", "new_Big", json!({}));
    with("Decimal", "new_Rate", json!({"MinValue": 0.0, "MaxValue": 100.0, "Precision": 1}));
    with("Double", "new_Score", json!({"Precision": 3}));
    with("Money", "new_Balance", json!({"PrecisionSource": 2}));
    with(
        "Boolean",
        "new_Active",
        json!({"DefaultValue": true, "OptionSet": {"OptionSetType": "Boolean",
        "TrueOption": option(1, "Open"), "FalseOption": option(0, "Closed")}}),
    );
    with("DateTime", "new_Checked", json!({"Format": "DateOnly", "DateTimeBehavior": {"Value": "DateOnly"}}));
    with("Picklist", "new_Choice", json!({"OptionSet": options}));
    with("MultiSelectPicklist", "new_Many", json!({"OptionSet": options}));
    with("Image", "new_Picture", json!({"MaxSizeInKB": 100}));
    with("File", "new_Contract", json!({"MaxSizeInKB": 100}));

    assert_eq!(kept(&api, "new_bankname", json!("First")), "First");
    assert_eq!(kept(&api, "new_notes", json!("a\nb")), "a\nb");
    assert_eq!(kept(&api, "new_number", json!(7)), 7);
    assert_eq!(kept(&api, "new_big", json!(9_007_199_254_740_993_i64)), 9_007_199_254_740_993_i64);
    assert_eq!(kept(&api, "new_rate", json!(7.5)), 7.5);
    assert_eq!(kept(&api, "new_score", json!(1.125)), 1.125);
    assert_eq!(kept(&api, "new_balance", json!(12.34)), 12.34);
    assert_eq!(kept(&api, "new_active", json!(false)), false);
    assert_eq!(kept(&api, "new_checked", json!("2026-03-04")), "2026-03-04");
    assert_eq!(kept(&api, "new_choice", json!(727_000_001)), 727_000_001);
    assert_eq!(kept(&api, "new_many", json!("727000000,727000001")), "727000000,727000001");
    let row = json!({"new_number": 101});
    api.post("new_bankaccounts", &row).refused(400, "0x8004431a", "new_number");
    api.post("new_bankaccounts", &json!({"new_choice": 5})).expect(400);

    let names = columns(&api, "new_bankaccount");
    for companion in [
        "new_choicename",
        "new_manyname",
        "new_activename",
        "transactioncurrencyid",
        "exchangerate",
        "new_pictureid",
        "new_picture_url",
        "new_picture_timestamp",
        "new_contract_name",
    ] {
        assert!(names.iter().any(|name| name == companion), "{companion} is not in {names:?}");
    }
    let id = api.create("new_bankaccounts", &json!({"new_active": true, "new_balance": 5}));
    let shown =
        api.with("Prefer", "odata.include-annotations=\"*\"").get(&format!("new_bankaccounts({id})")).json();
    assert_eq!(shown["new_active@OData.Community.Display.V1.FormattedValue"], "Open");
    assert!(shown["_transactioncurrencyid_value"].is_string());
    let xml = api.get("$metadata").text();
    for property in
        ["<Property Name=\"new_rate\" Type=\"Edm.Decimal\"", "<Property Name=\"new_big\" Type=\"Edm.Int64\""]
    {
        assert!(xml.contains(property), "{property}");
    }
}

#[test]
fn a_created_column_answers_with_its_url() {
    let (api, _) = bank();
    let answer = api.post(ATTRIBUTES, &column("String", "new_BankName")).expect(204);
    let url = answer.header("odata-entityid").unwrap().to_owned();
    assert!(url.contains("/EntityDefinitions(LogicalName='new_bankaccount')/Attributes("), "{url}");
    let shown = api.at(&url).expect(200).json();
    assert_eq!(
        (&shown["LogicalName"], &shown["SchemaName"]),
        (&json!("new_bankname"), &json!("new_BankName"))
    );
    assert_eq!((&shown["IsCustomAttribute"], &shown["IsValidODataAttribute"]), (&json!(true), &json!(true)));
    assert_eq!(shown["DisplayName"]["UserLocalizedLabel"]["Label"], "new_BankName");
    assert_eq!(definition(&api, "new_bankname", "String")["MaxLength"], 100);
}

#[test]
fn rows_keep_their_values_when_a_column_is_added_and_lose_those_of_a_deleted_one() {
    let (api, _) = bank();
    let first = api.create("new_bankaccounts", &json!({"new_accountname": "Savings"}));
    let id = add(&api, &column("String", "new_BankName"));
    assert_eq!(api.column("new_accountname", "new_bankaccounts"), [json!("Savings")]);
    api.patch(&format!("new_bankaccounts({first})"), &json!({"new_bankname": "First"})).expect(204);
    api.delete(&format!("{ATTRIBUTES}({id})")).expect(204);
    api.get("new_bankaccounts?$select=new_bankname").expect(400);
    assert_eq!(api.column("new_accountname", "new_bankaccounts"), [json!("Savings")]);
    // The same name with another kind has nothing of the deleted column.
    add(&api, &column("Integer", "new_BankName"));
    assert_eq!(api.column("new_bankname", "new_bankaccounts"), [Value::Null]);
    assert_eq!(kept(&api, "new_bankname", json!(5)), 5);
}

#[test]
fn an_update_replaces_the_definition_and_merges_labels() {
    let (api, _) = bank();
    let mut body = column("String", "new_BankName");
    body["MaxLength"] = json!(5);
    add(&api, &body);
    api.post("new_bankaccounts", &json!({"new_bankname": "too long"})).refused(
        400,
        "0x80044331",
        "new_bankname",
    );
    let target = format!("{ATTRIBUTES}(LogicalName='new_bankname')");
    let mut whole = definition(&api, "new_bankname", "String");
    whole["MaxLength"] = json!(50);
    whole["RequiredLevel"]["Value"] = json!("ApplicationRequired");
    whole["DisplayName"] = json!({"LocalizedLabels": [{"Label": "Bankname", "LanguageCode": 1031}]});
    whole.as_object_mut().unwrap().retain(|name, _| !name.starts_with("@odata.context"));
    api.with("MSCRM.MergeLabels", "true").put(&target, &whole).expect(204);
    api.create("new_bankaccounts", &json!({"new_bankname": "no longer too long"}));
    let shown = definition(&api, "new_bankname", "String");
    assert_eq!(shown["RequiredLevel"]["Value"], "ApplicationRequired");
    let languages = |shown: &Value| shown["DisplayName"]["LocalizedLabels"].as_array().unwrap().len();
    assert_eq!(languages(&shown), 2);
    api.put(&target, &whole).expect(204);
    assert_eq!(languages(&definition(&api, "new_bankname", "String")), 1);
    whole["@odata.type"] = json!("Microsoft.Dynamics.CRM.IntegerAttributeMetadata");
    api.put(&target, &json!({"@odata.type": whole["@odata.type"], "SchemaName": "new_BankName"})).refused(
        400,
        "0x80040203",
        "cannot be changed",
    );
}

#[test]
fn invalid_columns_are_refused_and_change_nothing() {
    let (api, _) = bank();
    let before = columns(&api, "new_bankaccount");
    api.post(ATTRIBUTES, &column("String", "new_AccountName")).refused(
        400,
        "0x80047013",
        "An attribute with the specified name new_accountname already exists",
    );
    api.post(ATTRIBUTES, &column("String", "BankName")).refused(
        400,
        "0x80048062",
        "valid customization prefix",
    );
    api.post(ATTRIBUTES, &column("String", "new_Bank Name")).refused(400, "0x80040203", "new_Bank Name");
    api.post(ATTRIBUTES, &column("Lookup", "new_BankId")).refused(
        400,
        "0x80040203",
        "Attribute of type LookupAttributeMetadata cannot be created through the SDK.",
    );
    api.post(ATTRIBUTES, &column("UniqueIdentifier", "new_BankId")).refused(
        400,
        "0x80040203",
        "UniqueIdentifier",
    );
    api.post(ATTRIBUTES, &column("Strange", "new_BankId")).refused(
        400,
        "0x80048d19",
        "StrangeAttributeMetadata",
    );
    let mut body = column("String", "new_BankName");
    body["MaxLenght"] = json!(5);
    api.post(ATTRIBUTES, &body).refused(400, "0x80048d19", "'MaxLenght' does not exist on type");
    let mut body = column("String", "new_BankName");
    body["MaxLength"] = json!(4001);
    api.post(ATTRIBUTES, &body).refused(400, "0x80040203", "4001");
    api.post(ATTRIBUTES, &column("Picklist", "new_Choice")).refused(400, "0x80040203", "OptionSet");
    let mut body = column("Picklist", "new_Choice");
    body["OptionSet"] = json!({"IsGlobal": true, "Name": "componenttype"});
    api.post(ATTRIBUTES, &body).refused(400, "0x80048403", "IsGlobal flag must be set to 'false'");
    let mut body = column("Picklist", "new_Choice");
    body["GlobalOptionSet@odata.bind"] = json!("/GlobalOptionSetDefinitions(Name='new_nothing')");
    api.post(ATTRIBUTES, &body).refused(404, "0x80040217", "new_nothing");
    api.post("EntityDefinitions(LogicalName='new_nothing')/Attributes", &column("String", "new_X")).refused(
        404,
        "0x80060888",
        "EntityMetadata With Id = LogicalName='new_nothing' does not exist.",
    );
    api.delete(&format!("{ATTRIBUTES}(LogicalName='new_nothing')")).refused(404, "0x80060888", "new_nothing");
    api.delete(&format!("{ATTRIBUTES}(LogicalName='statecode')")).refused(400, "0x8004f032", "statecode");
    api.delete(&format!("{ATTRIBUTES}(LogicalName='new_accountname')")).refused(
        400,
        "0x80047002",
        "Primary UI Attribute",
    );
    assert_eq!(columns(&api, "new_bankaccount"), before);
}

#[test]
fn only_administrators_change_definitions() {
    let (api, _) = bank();
    let ada = api.emulator.add_user("Ada Agent").unwrap().to_string();
    api.as_user(&ada).post(ATTRIBUTES, &column("String", "new_BankName")).refused(
        403,
        "0x80040220",
        "prvCreateEntity",
    );
    assert!(!columns(&api, "new_bankaccount").contains(&"new_bankname".to_owned()));
}

#[test]
fn a_change_set_with_a_definition_that_fails_changes_nothing() {
    let (api, _) = bank();
    let body = format!(
        "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n\
         --c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: 1\r\n\r\n\
         POST /api/data/v9.2/{ATTRIBUTES} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{}\r\n\
         --c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: 2\r\n\r\n\
         POST /api/data/v9.2/new_bankaccounts HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{{\"new_bankname\":5}}\r\n\
         --c--\r\n--b--\r\n",
        column("String", "new_BankName")
    );
    let batch = api.with("Content-Type", "multipart/mixed; boundary=b");
    assert!(batch.send("POST", "$batch", body.clone()).text().contains("HTTP/1.1 400"));
    assert!(!columns(&api, "new_bankaccount").contains(&"new_bankname".to_owned()));
    let done = batch.send("POST", "$batch", body.replace(":5}", ":\"First\"}"));
    assert_eq!(done.text().matches("HTTP/1.1 204").count(), 2, "{}", done.text());
    assert_eq!(api.column("new_bankname", "new_bankaccounts"), [json!("First")]);
}
