//! The paths of URLs and their maximum length.

use serde_json::json;

use crate::support::Api;

#[test]
fn names_are_case_sensitive_in_addresses() {
    let api = Api::new();
    api.get("accounts").expect(200);
    for name in ["Account", "Accounts", "account", "ACCOUNTS"] {
        api.get(name).refused(404, "0x8006088a", &format!("Resource not found for the segment '{name}'."));
    }
    for name in ["whoami", "WHOAMI()", "Whoami"] {
        api.get(name).refused(404, "0x8006088a", "Resource not found for the segment");
    }
    api.get("accounts?$select=Name").refused(
        400,
        "0x0",
        "Could not find a property named 'Name' on type 'Microsoft.Dynamics.CRM.account'.",
    );
    for option in ["$Select=name", "$FILTER=name eq 'a'", "$OrderBy=name"] {
        api.get(&format!("accounts?{option}")).expect(400);
    }
}

#[test]
fn versions_are_part_of_the_address() {
    let api = Api::new();
    for version in ["v9.0", "v9.1", "v9.2"] {
        let answer = api.at(&format!("https://org.example/api/data/{version}/WhoAmI")).expect(200).json();
        let context =
            format!("https://org.example/api/data/{version}/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse");
        assert_eq!(answer["@odata.context"], context);
    }
    for address in ["api/data/v8.2/WhoAmI", "api/data/WhoAmI", "api/WhoAmI", "WhoAmI", ""] {
        api.at(&format!("https://org.example/{address}")).expect(404);
    }
}

#[test]
fn the_service_root_is_the_service_document() {
    let api = Api::new();
    for root in ["https://org.example/api/data/v9.2/", "https://org.example/api/data/v9.2"] {
        let answer = api.at(root).expect(200);
        assert_eq!(answer.header("content-type"), Some("application/json; odata.metadata=minimal"));
        assert_eq!(answer.header("odata-version"), Some("4.0"));
        let document = answer.json();
        assert_eq!(document["@odata.context"], "https://org.example/api/data/v9.2/$metadata");
        let accounts = json!({"name": "accounts", "kind": "EntitySet", "url": "accounts"});
        assert!(document["value"].as_array().unwrap().contains(&accounts));
    }
    api.post("", &json!({})).expect(405);
    let metadata = api.get("$metadata").expect(200);
    assert!(metadata.header("content-type").unwrap().starts_with("application/xml"));
    assert!(metadata.text().contains("<Schema Namespace=\"Microsoft.Dynamics.CRM\" Alias=\"mscrm\""));
}

#[test]
fn options_that_dataverse_does_not_support() {
    let api = Api::new();
    for option in ["$skip=1", "$search=a", "$format=json"] {
        let name = option.split('=').next().unwrap();
        api.get(&format!("accounts?{option}")).refused(400, "0x80060888", name);
    }
    for option in ["$nonsense=1", "$selects=name", "$"] {
        api.get(&format!("accounts?{option}")).expect(400);
    }
}

#[test]
fn options_without_their_dollar_sign_are_ignored() {
    let api = Api::new();
    api.create("accounts", &json!({"name": "a"}));
    let row = &api.rows("accounts?select=name&top=0&Filter=nonsense")[0];
    assert!(row.as_object().unwrap().contains_key("description"));
    for option in ["select=name", "Filter=nonsense", "top=1&$select=name"] {
        Api::strict().get(&format!("accounts?{option}")).refused(400, "0x0", "no `$` before its name");
    }
    Api::strict().get("accounts?$select=name&tag=select").expect(200);
}

#[test]
fn a_key_is_a_guid_without_quotes_or_braces() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a"}));
    api.get(&format!("accounts({id})")).expect(200);
    api.get(&format!("accounts({})", id.to_uppercase())).expect(200);
    for key in [format!("'{id}'"), format!("%27{id}%27"), format!("{{{id}}}"), format!("%7B{id}%7D")] {
        for method in ["GET", "PATCH", "DELETE"] {
            let answer = api.send(method, &crate::support::encoded(&format!("accounts({key})")), "{}");
            answer.refused(400, "0x0", "Bad Request - Error in query syntax.");
        }
        let bind = json!({"parentaccountid@odata.bind": format!("/accounts({key})")});
        api.post("accounts", &bind).refused(400, "0x0", "Bad Request - Error in query syntax.");
    }
    assert_eq!(api.rows("accounts").len(), 1);
}

/// Returns a filter that makes a URL this long.
fn filter(length: usize) -> String {
    format!("accounts?$filter=name%20eq%20'{}'", "x".repeat(length))
}

#[test]
fn urls_have_a_maximum_length() {
    let api = Api::new();
    api.get(&filter(32_000)).expect(200);
    api.get(&filter(33_000)).refused(414, "0x0", "longer than 32768 characters");
    let batch = |length: usize| {
        let part =
            format!("Content-Type: application/http\r\n\r\nGET {} HTTP/1.1\r\n\r\n\r\n", filter(length));
        let api = api.with("Content-Type", "multipart/mixed; boundary=b");
        api.send("POST", "$batch", format!("--b\r\n{part}--b--\r\n"))
    };
    let answer = batch(64_000).expect(200).text();
    assert!(answer.contains("HTTP/1.1 200 OK"), "{answer:.500}");
    let answer = batch(66_000).text();
    assert!(answer.contains("HTTP/1.1 414 ") && answer.contains("65536"), "{answer:.500}");
}

#[test]
fn batch_has_two_spellings() {
    let api = Api::new().with("Content-Type", "multipart/mixed; boundary=b");
    let batch = "--b\r\nContent-Type: application/http\r\n\r\nGET WhoAmI HTTP/1.1\r\n\r\n\r\n--b--\r\n";
    for name in ["$batch", "%24batch", "%24BATCH"] {
        let status = if name == "%24BATCH" { 404 } else { 200 };
        api.send("POST", name, batch).expect(status);
    }
    api.get("$batch").expect(405);
}
