//! The elastic table of Microsoft's samples, and a standard table that refers to it.

use dataverse_emulator::Emulator;
use serde_json::{Value, json};

use crate::support::Api;

pub(super) const ROOT: &str = "https://emulator.crm.dynamics.com/api/data/v9.2";
pub(super) const SET: &str = "contoso_sensordatas";
pub(super) const TYPE: &str = "Microsoft.Dynamics.CRM.contoso_sensordata";
pub(super) const DEVICE: &str = "Device-ABC-1234";

fn attribute(name: &str, kind: &str) -> Value {
    json!({"LogicalName": name, "AttributeType": kind})
}

fn lookup(name: &str, targets: &[&str]) -> Value {
    json!({"LogicalName": name, "AttributeType": "Lookup", "Targets": targets})
}

fn relationship(from: &str, column: &str, to: &str, cascade: &str) -> Value {
    json!({
        "SchemaName": format!("{from}_{column}"), "ReferencingEntity": from, "ReferencingAttribute": column,
        "ReferencedEntity": to, "ReferencedAttribute": format!("{to}id"),
        "ReferencingEntityNavigationPropertyName": column, "CascadeConfiguration": {"Delete": cascade},
    })
}

/// Returns the definition of the sample's table.
pub(super) fn sensor_data() -> Value {
    let set = |mut attribute: Value, name: &str, value: Value| {
        attribute[name] = value;
        attribute
    };
    json!({
        "LogicalName": "contoso_sensordata", "SchemaName": "contoso_SensorData", "EntitySetName": SET,
        "PrimaryIdAttribute": "contoso_sensordataid", "PrimaryNameAttribute": "contoso_sensortype",
        "OwnershipType": "UserOwned", "TableType": "Elastic",
        "Attributes": [
            attribute("contoso_sensordataid", "Uniqueidentifier"),
            set(attribute("contoso_sensortype", "String"), "MaxLength", json!(100)),
            set(attribute("contoso_deviceid", "String"), "MaxLength", json!(1000)),
            attribute("contoso_value", "Integer"),
            attribute("contoso_limit", "Integer"),
            attribute("contoso_timestamp", "DateTime"),
            attribute("contoso_energyconsumption", "String"),
            attribute("createdon", "DateTime"),
            attribute("versionnumber", "BigInt"),
            lookup("contoso_accountid", &["account"]),
            json!({"LogicalName": "ownerid", "AttributeType": "Owner", "Targets": ["systemuser", "team"]}),
            lookup("owningbusinessunit", &["businessunit"]),
        ],
        "ManyToOneRelationships": [relationship("contoso_sensordata", "contoso_accountid", "account", "Cascade")],
    })
}

/// Returns the definition of a standard table with a lookup to the sample's table.
fn alarm() -> Value {
    json!({
        "LogicalName": "contoso_alarm", "EntitySetName": "contoso_alarms", "PrimaryIdAttribute": "contoso_alarmid",
        "PrimaryNameAttribute": "contoso_name", "OwnershipType": "OrganizationOwned",
        "Attributes": [
            attribute("contoso_alarmid", "Uniqueidentifier"),
            attribute("contoso_name", "String"),
            lookup("contoso_sensordataid", &["contoso_sensordata"]),
        ],
        "ManyToOneRelationships": [relationship("contoso_alarm", "contoso_sensordataid", "contoso_sensordata", "Cascade")],
    })
}

/// Returns a service with both tables.
pub(super) fn elastic() -> Api {
    let definitions = json!({"value": [sensor_data(), alarm()]}).to_string();
    let clock = "2026-03-04T10:30:00Z".parse().unwrap();
    Api::of(Emulator::builder().definitions(definitions).clock(clock).sequential_ids(true).build().unwrap())
}

/// Returns the body that creates a row in a partition.
pub(super) fn humidity(partition: &str, value: i64) -> Value {
    json!({
        "contoso_deviceid": partition, "contoso_sensortype": "Humidity", "contoso_value": value,
        "contoso_timestamp": "2025-02-14T18:36:33Z", "partitionid": partition,
    })
}

/// Creates a row and returns its key.
pub(super) fn create(api: &Api, body: &Value) -> String {
    let answer = api.post(SET, body).expect(204);
    let url = answer.header("odata-entityid").unwrap();
    let start = url.find("(contoso_sensordataid=").map_or_else(|| url.find('(').unwrap() + 1, |at| at + 22);
    url[start..start + 36].to_owned()
}

/// Returns the URL of a row in a partition.
pub(super) fn row(id: &str, partition: &str) -> String {
    format!("{SET}(contoso_sensordataid={id},partitionid='{partition}')")
}
