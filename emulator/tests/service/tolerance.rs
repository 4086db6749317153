//! Irregular requests that real clients send.

use serde_json::json;

use crate::support::Api;

#[test]
fn options_in_every_spelling() {
    let api = Api::new();
    api.create("accounts", &json!({"name": "a & b"}));
    for query in [
        "%24select=name&%24filter=name+eq+%27a+%26+b%27",
        "$select=name&$filter=name%20eq%20'a%20%26%20b'",
        "%24select=name&$filter=(name+eq+'a+%26+b')&",
        "tag=x&$select=name",
    ] {
        let answer = api.send("GET", &format!("accounts?{query}"), "").expect(200).json();
        assert_eq!(answer["value"][0]["name"], "a & b", "{query}");
    }
}

#[test]
fn guids_in_every_spelling() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a"}));
    let upper = id.to_uppercase();
    for target in
        [format!("accounts({upper})"), format!("accounts( {id} )"), format!("accounts(accountid={upper})")]
    {
        assert_eq!(api.get(&target).expect(200).json()["accountid"], id.as_str(), "{target}");
    }
    for filter in
        [format!("accountid eq {upper}"), format!("accountid eq '{id}'"), format!("accountid eq {{{id}}}")]
    {
        assert_eq!(api.rows(&format!("accounts?$filter={filter}")).len(), 1, "{filter}");
    }
}

#[test]
fn functions_with_and_without_parentheses() {
    let api = Api::new();
    for target in ["WhoAmI", "WhoAmI()", "/WhoAmI()"] {
        assert_eq!(api.get(target).expect(200).json()["UserId"], api.emulator.user().to_string());
    }
}

#[test]
fn the_value_null_is_not_a_condition() {
    let api = Api::new().with("If-None-Match", "null");
    let id = api.create("accounts", &json!({"name": "a"}));
    api.get(&format!("accounts({id})")).expect(200);
    api.rows("accounts");
    api.patch(&format!("accounts({id})"), &json!({"name": "b"})).expect(204);
    api.delete(&format!("accounts({id})")).expect(204);
}

#[test]
fn every_version_of_the_path() {
    let api = Api::new();
    for version in ["v9.0", "v9.1", "v9.2"] {
        let absolute =
            api.at(&format!("https://org.example/api/data/{version}/accounts?$top=1")).expect(200).json();
        assert_eq!(
            absolute["@odata.context"],
            format!("https://org.example/api/data/{version}/$metadata#accounts")
        );
    }
    api.at("https://org.example/api/data/v8.2/accounts").expect(404);
    api.at("https://org.example/accounts").expect(404);
}

#[test]
fn batches_in_every_spelling() {
    let api = Api::new();
    api.create("accounts", &json!({"name": "O'Brien & Co"}));
    // A request line with blanks and an absolute URL; a boundary without quotes; a part with an empty line
    // more.
    let lines = "--batch_x\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\n\nGET https://127.0.0.1:5102/api/data/v9.2/accounts?$select=name&$filter=name eq 'O''Brien %26 Co' HTTP/1.1\nAccept: application/json\n\n--batch_x--\n";
    let body = lines.replace('\n', "\r\n");
    for (content_type, body) in [
        ("multipart/mixed; boundary=batch_x", body.clone()),
        ("multipart/mixed;boundary=\"batch_x\"", body.clone()),
        ("Multipart/Mixed; charset=UTF-8; Boundary=batch_x", body.trim_end().to_owned()),
    ] {
        let answer = api.with("Content-Type", content_type).send("POST", "$batch", body).expect(200);
        assert!(answer.text().contains("O'Brien & Co"), "{}", answer.text());
    }
    // The service does not read lines that end in LF alone, with or without further lines at the end.
    let plain = api.with("Content-Type", "multipart/mixed; boundary=batch_x");
    for lines in [lines.to_owned(), format!("{lines}\n\n")] {
        plain.send("POST", "$batch", lines).refused(400, "0x80048d19", "Stream was not readable");
    }
    let strict = Api::strict().with("Content-Type", "multipart/mixed; boundary=batch_x");
    strict.send("POST", "$batch", body.clone()).expect(200);
    strict.send("POST", "$batch", body.trim_end().to_owned()).refused(400, "0x80048d19", "Strict mode");
}

#[test]
fn preferences_in_every_spelling() {
    let api = Api::new();
    api.create("accounts", &json!({"name": "a"}));
    let several = api.with("Prefer", "odata.maxpagesize=1").with("Prefer", "odata.include-annotations=*");
    let page = several.get("accounts").expect(200);
    assert_eq!(
        page.header("preference-applied"),
        Some("odata.include-annotations=\"*\",odata.maxpagesize=1")
    );
    let joined = api.with(
        "Prefer",
        "odata.include-annotations=\"OData.Community.Display.V1.*,Microsoft.*\", return=representation",
    );
    let row = joined.post("accounts", &json!({"name": "b"})).expect(201).json();
    assert_eq!(row["statecode@OData.Community.Display.V1.FormattedValue"], "Active");
}

#[test]
fn bodies_with_annotations_of_a_read() {
    let api = Api::new().with("Prefer", "return=representation,odata.include-annotations=\"*\"");
    let id = Api::of(api.emulator.clone()).create("accounts", &json!({"name": "a"}));
    let mut row = api.get(&format!("accounts({id})?$select=name,statecode")).json();
    row["name"] = json!("b");
    api.patch(&format!("accounts({id})"), &row).expect(200);
    let with_mark = format!("\u{feff}{}", json!({"name": "c"}));
    api.send("PATCH", &format!("accounts({id})"), with_mark).expect(200);
}
