//! Queries of elastic tables, and those that they refuse.

use serde_json::{Value, json};

use super::support::{DEVICE, SET, create, elastic, humidity, row};
use crate::support::Api;

#[test]
fn a_query_reads_all_partitions_or_one() {
    let api = elastic();
    for (partition, value) in [("north", 1), ("south", 2), ("north", 3), ("North", 4)] {
        create(&api, &humidity(partition, value));
    }
    assert_eq!(api.column("contoso_value", SET), [1, 2, 3, 4]);
    assert_eq!(api.column("contoso_value", &format!("{SET}?partitionId=north")), [1, 3]);
    assert_eq!(
        api.column("contoso_value", &format!("{SET}?partitionId='north'&$filter=contoso_value gt 1")),
        [3]
    );
    assert_eq!(api.column("contoso_value", &format!("{SET}?$filter=partitionid eq 'south'")), [2]);
    assert_eq!(api.get(&format!("{SET}?partitionId=north&$count=true")).json()["@odata.count"], 2);
    // Pages stay in the partition.
    let page = api.with("Prefer", "odata.maxpagesize=1").get(&format!("{SET}?partitionId=north")).json();
    let next = api.at(page["@odata.nextLink"].as_str().unwrap()).expect(200).json();
    assert_eq!(
        next["value"].as_array().unwrap().iter().map(|row| row["contoso_value"].clone()).collect::<Vec<_>>(),
        [3]
    );
    let fetch = "<fetch><entity name='contoso_sensordata'><attribute name='contoso_value'/></entity></fetch>";
    assert_eq!(api.column("contoso_value", &format!("{SET}?fetchXml={fetch}&partitionId=north")), [1, 3]);
    api.with("Prefer", "odata.track-changes").get(&format!("{SET}?partitionId=north")).refused(
        501,
        "0x80060888",
        "partitionId",
    );
    // A standard table has no partitions.
    api.create("accounts", &json!({"name": "a"}));
    assert_eq!(api.rows("accounts?partitionId=north").len(), 1);
    Api::strict().get("accounts?partitionId=north").refused(400, "0x0", "is not elastic");
}

#[test]
fn queries_do_not_join() {
    let api = elastic();
    let account = api.create("accounts", &json!({"name": "a"}));
    let mut body = humidity(DEVICE, 1);
    body["contoso_accountid@odata.bind"] = json!(format!("accounts({account})"));
    let id = create(&api, &body);
    let words = "Link entities are not supported";
    for query in [
        "$expand=contoso_accountid($select=name)",
        "$filter=contoso_accountid/name eq 'a'",
        "$orderby=contoso_accountid/name",
        "$apply=groupby((contoso_accountid/name))",
        "$filter=contoso_alarm_contoso_sensordataid/any(a:a/contoso_name eq 'x')",
        "fetchXml=<fetch><entity name='contoso_sensordata'><link-entity name='account' from='accountid' to='contoso_accountid'/></entity></fetch>",
    ] {
        api.get(&format!("{SET}?{query}")).refused(400, "0x80048d0b", words);
    }
    api.get(&format!("{SET}/$count?$filter=contoso_accountid/name eq 'a'")).refused(400, "0x80048d0b", words);
    // Queries of standard tables that need the elastic one are refused, too.
    for query in [
        "contoso_alarms?$expand=contoso_sensordataid",
        "contoso_alarms?$filter=contoso_sensordataid/contoso_value eq 1",
        "accounts?$expand=contoso_sensordata_contoso_accountid",
        "accounts?$filter=contoso_sensordata_contoso_accountid/any(s:s/contoso_value eq 1)",
        "accounts?fetchXml=<fetch><entity name='account'><link-entity name='contoso_sensordata' from='contoso_accountid' to='accountid'/></entity></fetch>",
    ] {
        api.get(query).refused(501, "0x80060888", "the elastic table 'contoso_sensordata'");
    }
    // A single row comes with related rows.
    let read =
        api.get(&format!("{}?$expand=contoso_accountid($select=name)", row(&id, DEVICE))).expect(200).json();
    assert_eq!(read["contoso_accountid"]["name"], "a");
    let rows = api.rows(&format!("{SET}?$filter=_contoso_accountid_value eq {account}"));
    assert_eq!(rows.len(), 1);
    let collection = format!("accounts({account})/contoso_sensordata_contoso_accountid");
    assert_eq!(api.column("contoso_sensordataid", &collection), [id.as_str()]);
    api.get(&format!("{collection}?partitionId={DEVICE}")).refused(501, "0x80060888", "partitionId");
}

#[test]
fn queries_that_elastic_tables_do_not_support() {
    let api = elastic();
    create(&api, &humidity(DEVICE, 1));
    for query in [
        "$filter=contoso_value eq contoso_limit",
        "$orderby=_contoso_accountid_value",
        "$apply=groupby((contoso_sensortype),aggregate($count as n))&$orderby=n",
    ] {
        api.get(&format!("{SET}?{query}")).refused(400, "0x80060888", "not supported with elastic tables");
    }
    let groups = api.rows(&format!("{SET}?$apply=groupby((contoso_sensortype),aggregate($count as n))"));
    assert_eq!((&groups[0]["contoso_sensortype"], &groups[0]["n"]), (&json!("Humidity"), &json!(1)));
}

#[test]
fn rows_are_not_shared() {
    let api = elastic();
    let id = create(&api, &humidity(DEVICE, 1));
    let user = api.emulator.add_user("Ada").unwrap().to_string();
    let target = json!({"@odata.id": row(&id, DEVICE)});
    let principal = json!({"@odata.type": "Microsoft.Dynamics.CRM.systemuser", "systemuserid": user});
    let body: Value =
        json!({"Target": target, "PrincipalAccess": {"Principal": principal, "AccessMask": "ReadAccess"}});
    api.post("GrantAccess", &body).refused(400, "0x0", "cannot be shared");
    api.post("ModifyAccess", &body).refused(400, "0x0", "cannot be shared");
    // A user who does not own a row does not see it.
    assert!(api.as_user(&user).rows(SET).is_empty());
    api.as_user(&user).get(&row(&id, DEVICE)).refused(403, "0x80048306", "ReadAccess");
}
