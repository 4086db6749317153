//! The headers of each answer.

use serde_json::json;

use crate::support::{Answer, Api};
use crate::things::things;

const HEADERS: [&str; 6] =
    ["content-type", "etag", "location", "odata-entityid", "odata-version", "preference-applied"];

/// Returns the headers of an answer that describe records.
fn headers(answer: &Answer) -> Vec<(&'static str, String)> {
    HEADERS.iter().filter_map(|name| Some((*name, answer.header(name)?.to_owned()))).collect()
}

const ROOT: &str = "https://emulator.crm.dynamics.com/api/data/v9.2";

fn written(url: &str) -> Vec<(&'static str, String)> {
    vec![
        ("location", url.to_owned()),
        ("odata-entityid", url.to_owned()),
        ("odata-version", "4.0".to_owned()),
    ]
}

fn represented(answer: &Answer) -> Vec<(&'static str, String)> {
    vec![
        ("content-type", "application/json; odata.metadata=minimal".to_owned()),
        ("etag", answer.json()["@odata.etag"].as_str().unwrap().to_owned()),
        ("odata-version", "4.0".to_owned()),
        ("preference-applied", "return=representation".to_owned()),
    ]
}

#[test]
fn answers_without_a_body() {
    let api = things();
    let answer = api.post("new_things", &json!({"new_code": "a"})).expect(204);
    let record = format!("new_things({})", answer.id());
    assert_eq!(headers(&answer), written(&format!("{ROOT}/{record}")));
    let answer = api.patch(&record, &json!({"new_name": "b"})).expect(204);
    assert_eq!(headers(&answer), written(&format!("{ROOT}/{record}")));
    // The header repeats an alternate key, whether the record is new or not.
    for key in ["new_things(new_code='a')", "new_things(new_code='b')", "new_things(new_key1=1,new_key2=2)"] {
        let answer = api.patch(key, &json!({"new_name": "c"})).expect(204);
        assert_eq!(headers(&answer), written(&format!("{ROOT}/{key}")));
    }
    let plain = [("odata-version", "4.0".to_owned())];
    let account = api.create("accounts", &json!({"name": "a"}));
    let url = json!({"@odata.id": format!("{ROOT}/accounts({account})")});
    for answer in [
        api.put(&format!("{record}/new_name"), &json!({"value": "d"})),
        api.delete(&format!("{record}/new_name")),
        api.put(&format!("{record}/new_Account/$ref"), &url),
        api.delete(&format!("{record}/new_Account/$ref")),
        api.delete(&record),
    ] {
        assert_eq!(headers(&answer.expect(204)), plain);
    }
}

#[test]
fn answers_with_the_record() {
    let api = things().with("Prefer", "return=representation");
    let created = api.post("new_things?$select=new_name", &json!({"new_code": "a"})).expect(201);
    assert_eq!(headers(&created), represented(&created));
    let id = created.json()["new_thingid"].as_str().unwrap().to_owned();
    let changed =
        api.patch(&format!("new_things({id})?$select=new_name"), &json!({"new_name": "b"})).expect(200);
    assert_eq!(headers(&changed), represented(&changed));
    let created = api.patch("new_things(new_code='b')?$select=new_thingid", &json!({})).expect(201);
    assert_eq!(headers(&created), represented(&created));
    assert_eq!(created.json()["@odata.context"], format!("{ROOT}/$metadata#new_things(new_thingid)/$entity"));
    let changed = api.patch("new_things(new_code='b')?$select=new_thingid", &json!({})).expect(200);
    assert_eq!(headers(&changed), represented(&changed));
    assert_ne!(created.header("etag"), changed.header("etag"));
    // Dataverse ignores the `$expand` of an update.
    api.patch(&format!("new_things({id})?$select=new_name&$expand=nosuch"), &json!({})).expect(200);
}

#[test]
fn answers_of_reads() {
    let api = things();
    let id = api.create("new_things", &json!({"new_name": "a"}));
    let answer = api.get(&format!("new_things({id})")).expect(200);
    let etag = answer.header("etag").unwrap().to_owned();
    let json = ("content-type", "application/json; odata.metadata=minimal".to_owned());
    let version = ("odata-version", "4.0".to_owned());
    assert_eq!(headers(&answer), [json.clone(), ("etag", etag.clone()), version.clone()]);
    assert!(etag.starts_with("W/\"") && etag.ends_with('"'));
    let unchanged = api.with("If-None-Match", &etag).get(&format!("new_things({id})")).expect(304);
    assert_eq!(headers(&unchanged), [json.clone(), ("etag", etag), version.clone()]);
    assert!(unchanged.body.is_empty());
    let missing = api.get("new_things(0d2c7a10-1111-4111-8111-111111111111)").expect(404);
    assert_eq!(headers(&missing), [json, version]);
}

#[test]
fn parts_of_a_batch() {
    let api = things();
    let id = api.create("new_things", &json!({}));
    let part = |method: &str, target: &str, body: &str| {
        format!(
            "--b\r\nContent-Type: application/http\r\n\r\n{method} {target} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{body}\r\n"
        )
    };
    let body = [
        part("POST", "new_things", "{}"),
        part("PATCH", &format!("new_things({id})"), "{}"),
        part("PUT", &format!("new_things({id})/new_name"), r#"{"value":"a"}"#),
        part("GET", &format!("new_things({id})?$select=new_name"), ""),
        "--b--\r\n".to_owned(),
    ];
    let answer =
        api.with("Content-Type", "multipart/mixed; boundary=b").send("POST", "$batch", body.concat());
    let text = answer.expect(200).text();
    let parts: Vec<&str> = text.split("--batchresponse_").filter(|part| part.contains("HTTP/1.1")).collect();
    assert_eq!(parts.len(), 4);
    for (index, part) in parts.iter().enumerate() {
        let has = |header: &str| part.contains(&format!("\r\n{header}: "));
        assert!(has("Content-Type") && has("Content-Transfer-Encoding"), "{part}");
        assert!(part.contains("\r\nOData-Version: 4.0\r\n"), "{part}");
        assert_eq!((has("Location"), has("OData-EntityId")), (index < 2, index < 2), "{part}");
    }
    for header in ["Location", "OData-EntityId"] {
        assert!(parts[1].contains(&format!("\r\n{header}: {ROOT}/new_things({id})\r\n")), "{}", parts[1]);
    }
    assert!(
        parts[3].contains("Content-Type: application/json; odata.metadata=minimal; odata.streaming=true\r\n")
    );
}

#[test]
fn applied_preferences_are_named() {
    let api = Api::new();
    let both = api.with("Prefer", "return=representation,odata.include-annotations=\"*\"");
    let answer = both.post("accounts?$select=statecode", &json!({"name": "a"})).expect(201);
    assert_eq!(
        answer.header("preference-applied"),
        Some("return=representation,odata.include-annotations=\"*\"")
    );
    assert_eq!(answer.json()["statecode@OData.Community.Display.V1.FormattedValue"], "Active");
}
