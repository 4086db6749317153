//! A table with a column of every kind, two alternate keys and a lookup.

use dataverse_emulator::{Emulator, EmulatorBuilder};
use serde_json::{Value, json};

use crate::support::Api;

/// Returns a service with the table `new_thing`, whose alternate keys are `new_key1` with `new_key2`, and
/// `new_code`.
pub(crate) fn things() -> Api {
    Api::of(builder().build().unwrap())
}

/// Returns a service with that table in strict mode.
pub(crate) fn strict_things() -> Api {
    Api::of(builder().strict(true).build().unwrap())
}

fn builder() -> EmulatorBuilder {
    Emulator::builder()
        .definitions(definition().to_string())
        .clock("2026-03-04T10:30:00Z".parse().unwrap())
        .sequential_ids(true)
}

fn column(name: &str, kind: &str, facts: Value) -> Value {
    let mut column = json!({"LogicalName": name, "SchemaName": name, "AttributeType": kind});
    column.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
    column
}

fn options(values: &[i32]) -> Value {
    let options: Vec<Value> = values.iter().map(|value| json!({"Value": value})).collect();
    json!({"Options": options})
}

fn definition() -> Value {
    let virtual_type = |name: &str| json!({"AttributeTypeName": {"Value": name}});
    let mut several = virtual_type("MultiSelectPicklistType");
    several["OptionSet"] = options(&[1, 2]);
    let behavior = |name: &str| json!({"DateTimeBehavior": {"Value": name}});
    let money = |source: u8| json!({"Precision": 3, "PrecisionSource": source});
    json!({
        "LogicalName": "new_thing", "SchemaName": "new_Thing", "EntitySetName": "new_things",
        "PrimaryIdAttribute": "new_thingid", "PrimaryNameAttribute": "new_name", "OwnershipType": "UserOwned",
        "Attributes": [
            column("new_thingid", "Uniqueidentifier", json!({"RequiredLevel": {"Value": "SystemRequired"}})),
            column("new_name", "String", json!({"MaxLength": 10, "RequiredLevel": {"Value": "ApplicationRequired"}})),
            column("new_key1", "Integer", json!({})),
            column("new_key2", "Integer", json!({})),
            column("new_code", "String", json!({"MaxLength": 20})),
            column("new_memo", "Memo", json!({"MaxLength": 20})),
            column("new_integer", "Integer", json!({"MinValue": -5, "MaxValue": 5})),
            column("new_big", "BigInt", json!({})),
            column("new_double", "Double", json!({"MinValue": -1.0, "MaxValue": 1000.0, "Precision": 2})),
            column("new_decimal", "Decimal", json!({"MinValue": -1, "MaxValue": 1000, "Precision": 3})),
            column("new_money", "Money", money(0)),
            column("new_price", "Money", money(1)),
            column("new_amount", "Money", money(2)),
            column("new_flag", "Boolean", json!({})),
            column("new_local", "DateTime", behavior("UserLocal")),
            column("new_zoneless", "DateTime", behavior("TimeZoneIndependent")),
            column("new_date", "DateTime", behavior("DateOnly")),
            column("new_choice", "Picklist", json!({"OptionSet": options(&[1, 2])})),
            column("new_choices", "Virtual", several),
            column("new_guid", "Uniqueidentifier", json!({})),
            column("new_table", "EntityName", json!({})),
            column("new_image", "Virtual", virtual_type("ImageType")),
            column("new_computed", "Integer", json!({"IsValidForCreate": false, "IsValidForUpdate": false, "SourceType": 1})),
            column("new_account", "Lookup", json!({"Targets": ["account"]})),
            column("transactioncurrencyid", "Lookup", json!({"Targets": ["transactioncurrency"]})),
            column("ownerid", "Owner", json!({"Targets": ["systemuser", "team"], "RequiredLevel": {"Value": "SystemRequired"}})),
        ],
        "Keys": [
            {"LogicalName": "new_numbers", "KeyAttributes": ["new_key1", "new_key2"]},
            {"LogicalName": "new_code", "KeyAttributes": ["new_code"]},
            {"LogicalName": "new_by_account", "KeyAttributes": ["new_account"]},
        ],
        "ManyToOneRelationships": [{
            "SchemaName": "new_account_thing", "ReferencingEntity": "new_thing", "ReferencingAttribute": "new_account",
            "ReferencedEntity": "account", "ReferencingEntityNavigationPropertyName": "new_Account",
            "ReferencedEntityNavigationPropertyName": "new_account_things",
        }],
    })
}
