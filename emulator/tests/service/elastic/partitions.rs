//! Partitions and the keys of rows.

use serde_json::{Value, json};

use super::support::{DEVICE, ROOT, SET, create, elastic, humidity, row};
use crate::support::G1;

fn is_token(text: &str) -> bool {
    // The form is that of `207:30#172462316#7=154204239`.
    let numbers: Vec<&str> = text.split([':', '#', '=']).collect();
    numbers.len() == 5 && numbers.iter().all(|number| number.parse::<i64>().is_ok())
}

#[test]
fn a_row_is_named_by_its_key_and_its_partition() {
    let api = elastic();
    let answer = api.post(SET, &humidity(DEVICE, 40)).expect(204);
    let url = answer.header("odata-entityid").unwrap().to_owned();
    let id = url.split(['=', ',']).nth(1).unwrap().to_owned();
    assert_eq!(url, format!("{ROOT}/{SET}(contoso_sensordataid={id},partitionid='{DEVICE}')"));
    assert!(is_token(answer.header("x-ms-session-token").unwrap()));
    for target in [
        row(&id, DEVICE),
        format!("{SET}({id})?partitionId={DEVICE}"),
        format!("{SET}({id})?partitionId='{DEVICE}'"),
        format!("{}?partitionId={DEVICE}", row(&id, DEVICE)),
        format!("{SET}(contoso_sensordataid={id},partitionId='{DEVICE}')"),
        format!("{SET}(contoso_sensordataid={id})?partitionId={DEVICE}"),
    ] {
        let read = api.get(&target).expect(200).json();
        assert_eq!(
            (&read["contoso_value"], &read["contoso_sensordataid"]),
            (&json!(40), &json!(id)),
            "{target}"
        );
    }
    for target in [
        format!("{SET}({id})"),
        row(&id, "other"),
        row(&id, "device-abc-1234"),
        format!("{SET}({id})?partitionId=x"),
    ] {
        api.get(&target).refused(
            404,
            "0x80040217",
            &format!("Entity 'contoso_sensordata' With Id = {id} Does Not Exist"),
        );
    }
    api.get(&format!("{SET}(partitionid='{DEVICE}')")).refused(400, "0x0", "is not valid for resource");
    api.get(&format!("{SET}(contoso_sensordataid={id},partitionid='a/b')")).refused(400, "0x0", "character");
}

#[test]
fn a_row_without_a_partition_is_named_by_its_key() {
    let api = elastic();
    let answer = api.post(SET, &json!({"contoso_value": 1})).expect(204);
    let id = answer.id();
    assert_eq!(answer.header("odata-entityid"), Some(format!("{ROOT}/{SET}({id})").as_str()));
    let read = api.get(&format!("{SET}({id})")).expect(200).json();
    assert_eq!(read["partitionid"], Value::Null);
    api.patch(&format!("{SET}({id})"), &json!({"contoso_value": 2})).expect(204);
    api.delete(&format!("{SET}({id})")).expect(204);
}

#[test]
fn one_key_may_occur_in_several_partitions() {
    let api = elastic();
    for (partition, value) in [("north", 1), ("south", 2)] {
        let mut body = humidity(partition, value);
        body["contoso_sensordataid"] = json!(G1);
        api.post(SET, &body).expect(204);
        api.post(SET, &body).refused(412, "0x80040237", "Cannot insert duplicate key");
    }
    assert_eq!(api.get(&row(G1, "north")).json()["contoso_value"], 1);
    assert_eq!(api.get(&row(G1, "south")).json()["contoso_value"], 2);
    let rows = api.rows(&format!("{SET}?$filter=contoso_sensordataid eq {G1}&$orderby=contoso_value"));
    assert_eq!(
        rows.iter().map(|row| row["contoso_sensordataid"].as_str().unwrap()).collect::<Vec<_>>(),
        [G1, G1]
    );
    api.delete(&row(G1, "north")).expect(204);
    api.get(&row(G1, "south")).expect(200);
}

#[test]
fn answers_include_partition_version_and_owner() {
    let api = elastic();
    let id = create(&api, &humidity(DEVICE, 80));
    let read = api.get(&format!("{}?$select=contoso_value", row(&id, DEVICE))).expect(200).json();
    assert_eq!(read["@odata.context"], format!("{ROOT}/$metadata#{SET}(contoso_value)/$entity"));
    let names: Vec<&str> = read.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = vec![
        "@odata.context",
        "@odata.etag",
        "_ownerid_value",
        "_owningbusinessunit_value",
        "contoso_sensordataid",
        "contoso_value",
        "partitionid",
        "versionnumber",
    ];
    expected.sort_unstable();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expected);
    assert_eq!(read["partitionid"], DEVICE);
}

#[test]
fn the_partition_of_a_row_never_changes() {
    let api = elastic();
    let id = create(&api, &humidity(DEVICE, 1));
    let always = api.with("If-Match", "*");
    let body = json!({"partitionid": "other", "contoso_value": 2});
    always.patch(&row(&id, DEVICE), &body).refused(400, "0x0", "partition id");
    api.patch(&row(&id, DEVICE), &body).refused(400, "0x0", "partition id");
    let body = json!({"partitionid": DEVICE, "contoso_value": 2});
    always.patch(&row(&id, DEVICE), &body).expect(204);
    assert_eq!(api.get(&row(&id, DEVICE)).json()["contoso_value"], 2);
}

#[test]
fn partition_ids_are_encoded_in_urls() {
    let api = elastic();
    for partition in ["O'Brien, Ltd", "plain", "späti 7", "50=half"] {
        let answer = api.post(SET, &humidity(partition, 7)).expect(204);
        let url = answer.header("odata-entityid").unwrap().to_owned();
        assert_eq!(api.at(&url).expect(200).json()["partitionid"], partition, "{url}");
    }
}

#[test]
fn lookups_find_only_rows_without_a_partition() {
    let api = elastic();
    let [plain, in_partition] =
        [json!({"contoso_sensortype": "Plain"}), humidity(DEVICE, 1)].map(|body| create(&api, &body));
    let bound = |url: String| {
        api.create("contoso_alarms", &json!({"contoso_name": "a", "contoso_sensordataid@odata.bind": url}))
    };
    let to_plain = bound(format!("{SET}({plain})"));
    let to_partition = bound(format!("/{}", row(&in_partition, DEVICE)));
    let annotated = api.with("Prefer", "odata.include-annotations=*");
    let formatted = "_contoso_sensordataid_value@OData.Community.Display.V1.FormattedValue";
    let read = |id: &str| {
        annotated
            .get(&format!("contoso_alarms({id})?$expand=contoso_sensordataid($select=contoso_value)"))
            .expect(200)
            .json()
    };
    let row = read(&to_plain);
    assert_eq!((&row["_contoso_sensordataid_value"], &row[formatted]), (&json!(plain), &json!("Plain")));
    assert_eq!(row["contoso_sensordataid"]["contoso_sensordataid"], plain.as_str());
    let row = read(&to_partition);
    assert_eq!(row["_contoso_sensordataid_value"], in_partition.as_str());
    assert!(row.get(formatted).is_none(), "{row}");
    assert_eq!(row["contoso_sensordataid"], Value::Null);
}
