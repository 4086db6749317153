//! Headers of requests and answers.

use serde_json::json;

use crate::support::{Api, G1};

#[test]
fn answers_are_json_for_any_accept_header() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a"}));
    let without = api.get("accounts").expect(200);
    for accept in [
        "application/json",
        "application/json; odata.metadata=minimal",
        "*/*",
        "application/xml",
        "text/html",
    ] {
        let answer = api.with("Accept", accept).get("accounts").expect(200);
        assert_eq!(answer.header("content-type"), Some("application/json; odata.metadata=minimal"));
        assert_eq!(answer.text(), without.text(), "{accept}");
        let error = api.with("Accept", accept).get("nonsense").expect(404);
        assert_eq!(error.header("content-type"), Some("application/json; odata.metadata=minimal"));
    }
    let strict = Api::strict();
    for accept in [
        "application/json",
        "application/json;odata.metadata=minimal;IEEE754Compatible=true",
        "text/html, */*;q=0.1",
    ] {
        strict.with("Accept", accept).get("accounts").expect(200);
    }
    for accept in ["application/xml", "text/html, application/atom+xml"] {
        strict.with("Accept", accept).get("accounts").refused(406, "0x0", "answers are JSON");
    }
    strict.with("Accept", "application/xml").get("$metadata").expect(200);
    strict.with("Accept", "text/plain").get("accounts/$count").expect(200);
    api.get(&format!("accounts({id})")).expect(200);
}

#[test]
fn other_amounts_of_metadata_are_refused() {
    for amount in ["full", "none"] {
        let api = Api::new().with("Accept", &format!("application/json;odata.metadata={amount}"));
        api.get("accounts").refused(501, "0x80060888", amount);
    }
}

#[test]
fn every_answer_has_its_odata_version() {
    let api = Api::new();
    let created = api.post("accounts", &json!({"name": "a"})).expect(204);
    assert_eq!((created.header("odata-version"), created.text().as_str()), (Some("4.0"), ""));
    let id = created.id();
    for answer in [
        api.get("accounts"),
        api.get(&format!("accounts({id})")),
        api.patch(&format!("accounts({id})"), &json!({"name": "b"})),
        api.get("accounts/$count"),
        api.get("nonsense"),
        api.get("WhoAmI"),
        api.delete(&format!("accounts({id})")),
    ] {
        assert_eq!(answer.header("odata-version"), Some("4.0"), "{answer:?}");
    }
}

#[test]
fn odata_versions_of_requests() {
    let api = Api::new();
    let standard = api.with("OData-Version", "4.0").with("OData-MaxVersion", "4.0");
    standard.get("accounts").expect(200);
    Api::strict().with("OData-Version", "4.0").with("OData-MaxVersion", "4.01").get("accounts").expect(200);
    for (name, version) in [("OData-Version", "4.01"), ("OData-Version", "3.0"), ("OData-MaxVersion", "3.0")]
    {
        api.with(name, version).get("accounts").expect(200);
        Api::strict().with(name, version).get("accounts").refused(400, "0x0", "Dataverse speaks OData 4.0");
    }
}

#[test]
fn preferences_are_applied_and_repeated() {
    let api = Api::new();
    let body = json!({"name": "a"});
    let plain = api.post("accounts", &body).expect(204);
    assert_eq!(plain.header("preference-applied"), None);
    let whole = api.with("Prefer", "return=representation");
    let created = whole.post("accounts", &body).expect(201);
    assert_eq!(created.header("preference-applied"), Some("return=representation"));
    let id = created.json()["accountid"].as_str().unwrap().to_owned();
    whole.patch(&format!("accounts({id})"), &body).expect(200);
    api.patch(&format!("accounts({id})"), &body).expect(204);
    let prefer = "odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\"";
    let page = api.with("Prefer", prefer).get("accounts?$select=name,statecode&$top=1").expect(200);
    assert_eq!(page.header("preference-applied"), Some(prefer));
    let row = &page.json()["value"][0];
    assert_eq!(row["statecode@OData.Community.Display.V1.FormattedValue"], "Active");
    assert_eq!(row["statecode"], 0);
    let page = api.with("Prefer", "odata.maxpagesize=1").get("accounts?$select=name").expect(200);
    assert_eq!(page.header("preference-applied"), Some("odata.maxpagesize=1"));
    assert_eq!(page.json()["value"].as_array().unwrap().len(), 1);
    // The service ignores unknown preferences.
    let other = api.with("Prefer", "return=minimal, wait=10, nonsense=\"a,b\"").post("accounts", &body);
    assert_eq!(other.expect(204).header("preference-applied"), None);
}

#[test]
fn only_the_requested_annotations_are_included() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a"}));
    let names = |prefer: &str| -> Vec<String> {
        let api = api.with("Prefer", &format!("odata.include-annotations=\"{prefer}\""));
        let page = api.get("accounts?$select=statecode,_ownerid_value").expect(200).json();
        let row = page["value"][0].as_object().unwrap().keys();
        let of_page = page.as_object().unwrap().keys();
        row.chain(of_page).filter(|name| name.contains('@') && !name.contains("@odata.")).cloned().collect()
    };
    let all = names("*");
    for part in
        ["FormattedValue", "lookuplogicalname", "totalrecordcountlimitexceeded", "globalmetadataversion"]
    {
        assert!(all.iter().any(|name| name.contains(part)), "{part}: {all:?}");
    }
    let some = names("OData.Community.Display.V1.FormattedValue");
    assert!(!some.is_empty() && some.iter().all(|name| name.ends_with("FormattedValue")), "{some:?}");
    let some = names("Microsoft.Dynamics.CRM.lookuplogicalname,Microsoft.Dynamics.CRM.total*");
    assert!(some.iter().any(|name| name.ends_with("lookuplogicalname")), "{some:?}");
    assert!(some.iter().any(|name| name.ends_with("totalrecordcount")), "{some:?}");
    assert!(!some.iter().any(|name| name.ends_with("FormattedValue")), "{some:?}");
    assert_eq!(names("microsoft.dynamics.crm.lookuplogicalname"), Vec::<String>::new());
    api.get(&format!("accounts({id})")).expect(200);
}

#[test]
fn headers_for_missing_features_change_nothing() {
    let api = Api::new();
    for (name, value) in [
        ("MSCRM.SuppressDuplicateDetection", "true"),
        ("MSCRM.BypassCustomPluginExecution", "true"),
        ("MSCRM.BypassBusinessLogicExecution", "CustomSync,CustomAsync"),
        ("MSCRM.SuppressCallbackRegistrationExpanderJob", "true"),
        ("Consistency", "Strong"),
        ("Authorization", "Bearer any"),
        ("X-Unknown", "any"),
    ] {
        let answer = api.with(name, value).post("accounts?tag=A%20string%20value", &json!({"name": name}));
        answer.expect(204);
        assert_eq!(api.with(name, value).rows(&format!("accounts?$filter=name eq '{name}'")).len(), 1);
    }
}

#[test]
fn conditions_and_the_value_null() {
    let api = Api::new();
    let body = json!({"name": "a"});
    let null = api.with("If-None-Match", "null");
    null.patch(&format!("accounts({G1})"), &body).expect(204);
    null.get(&format!("accounts({G1})")).expect(200);
    let etag = null.get(&format!("accounts({G1})")).json()["@odata.etag"].as_str().unwrap().to_owned();
    let same = api.with("If-None-Match", &etag).get(&format!("accounts({G1})")).expect(304);
    assert_eq!(same.text(), "");
    api.with("If-None-Match", "*").patch(&format!("accounts({G1})"), &body).expect(412);
    let unknown = "accounts(0d2c7a10-2222-4222-8222-222222222222)";
    api.with("If-Match", "*").patch(unknown, &body).expect(404);
    api.with("If-Match", &etag).patch(&format!("accounts({G1})"), &body).expect(204);
    api.with("If-Match", &etag).patch(&format!("accounts({G1})"), &body).expect(412);
}

#[test]
fn a_json_body_may_have_a_byte_order_mark_and_a_trailing_semicolon() {
    let api = Api::new();
    for content_type in
        ["application/json", "application/json;", "application/json; charset=utf-8", "APPLICATION/JSON"]
    {
        api.with("Content-Type", content_type).post("accounts", &json!({"name": "a"})).expect(204);
    }
    api.with("Content-Type", "application/json")
        .send("POST", "accounts", "\u{feff}{\"name\":\"b\"}")
        .expect(204);
    api.with("Content-Type", "application/json")
        .send("POST", "accounts", &b"{\"name\":\"\xff\"}"[..])
        .expect(400);
}
