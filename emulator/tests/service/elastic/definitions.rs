//! Definitions of elastic tables.

use dataverse_emulator::Emulator;
use serde_json::json;

use super::support::{DEVICE, create, elastic, humidity, row, sensor_data};
use crate::support::Api;

#[test]
fn every_elastic_table_has_its_columns_and_its_key() {
    let api = elastic();
    let definition = |name: &str| {
        api.get(&format!("EntityDefinitions(LogicalName='{name}')?$select=LogicalName,TableType&$expand=Attributes($select=LogicalName,AttributeType),Keys"))
            .expect(200)
            .json()
    };
    let elastic = definition("contoso_sensordata");
    assert_eq!(elastic["TableType"], "Elastic");
    let attributes = elastic["Attributes"].as_array().unwrap();
    let kind = |name: &str| {
        attributes.iter().find(|each| each["LogicalName"] == name).map(|each| each["AttributeType"].clone())
    };
    assert_eq!((kind("partitionid"), kind("ttlinseconds")), (Some(json!("String")), Some(json!("Integer"))));
    let key = &elastic["Keys"][0];
    assert_eq!(key["LogicalName"], "keyfornosqlentitywithpkpartitionid");
    assert_eq!(key["SchemaName"], "KeyForNoSqlEntityWithPKPartitionId");
    assert_eq!(key["KeyAttributes"], json!(["contoso_sensordataid", "partitionid"]));
    assert_eq!(definition("account")["TableType"], "Standard");
}

#[test]
fn unsupported_features_are_refused_at_load() {
    let build = |definition: serde_json::Value| {
        Emulator::builder().definitions(definition.to_string()).build().expect_err("a refusal").to_string()
    };
    let mut own_key = sensor_data();
    own_key["Keys"] = json!([{"LogicalName": "device", "KeyAttributes": ["contoso_deviceid"]}]);
    assert!(build(own_key).contains("no alternate keys"));
    let mut many = sensor_data();
    many["ManyToManyRelationships"] = json!([{
        "SchemaName": "sensors_accounts", "IntersectEntityName": "sensors_accounts",
        "Entity1LogicalName": "contoso_sensordata", "Entity1IntersectAttribute": "contoso_sensordataid",
        "Entity2LogicalName": "account", "Entity2IntersectAttribute": "accountid",
    }]);
    assert!(build(many).contains("no many-to-many relationships"));
}

#[test]
fn nothing_cascades_to_or_from_elastic_tables() {
    let api = elastic();
    let account = api.create("accounts", &json!({"name": "a"}));
    let mut body = humidity(DEVICE, 1);
    body["contoso_accountid@odata.bind"] = json!(format!("accounts({account})"));
    let id = create(&api, &body);
    api.delete(&format!("accounts({account})")).expect(204);
    let read = api.get(&row(&id, DEVICE)).expect(200).json();
    assert_eq!(read["_contoso_accountid_value"], account.as_str());
    let plain = create(&api, &json!({"contoso_sensortype": "Plain"}));
    let url = format!("contoso_sensordatas({plain})");
    let alarm = api.create("contoso_alarms", &json!({"contoso_sensordataid@odata.bind": url}));
    api.delete(&url).expect(204);
    api.get(&format!("contoso_alarms({alarm})")).expect(200);
}

#[test]
fn a_definition_makes_the_table_of_a_struct_elastic() {
    let definition = r#"{"LogicalName": "msdyn_sessionevent", "TableType": "Elastic"}"#;
    let api = Api::of(Emulator::builder().definitions(definition).sequential_ids(true).build().unwrap());
    let answer = api.post("msdyn_sessionevents", &json!({"msdyn_name": "a", "partitionid": "p"})).expect(204);
    let url = answer.header("odata-entityid").unwrap().to_owned();
    assert!(url.ends_with(",partitionid='p')"), "{url}");
    assert_eq!(api.at(&url).expect(200).json()["msdyn_name"], "a");
}
