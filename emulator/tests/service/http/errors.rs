//! The form of errors, and their statuses.

use std::time::Duration;

use dataverse_emulator::Fault;
use serde_json::{Value, json};

use crate::support::{Answer, Api, G1};

/// Returns the members of an answer's error.
fn error(answer: &Answer) -> Value {
    let body = answer.json();
    assert_eq!(body.as_object().unwrap().len(), 1, "{body}");
    body["error"].clone()
}

#[test]
fn an_error_is_a_code_and_a_message() {
    let api = Api::new();
    for (answer, status) in [
        (api.get("nonsense"), 404),
        (api.get("accounts?$select=nonsense"), 400),
        (api.get(&format!("accounts({G1})")), 404),
        (api.post("accounts", &json!({"nonsense": 1})), 400),
        (api.post("WhoAmI", &json!({})), 404),
        (api.delete("accounts"), 405),
    ] {
        assert_eq!(answer.status.as_u16(), status);
        assert_eq!(answer.header("content-type"), Some("application/json; odata.metadata=minimal"));
        let error = error(&answer);
        let members: Vec<_> = error.as_object().unwrap().keys().cloned().collect();
        assert_eq!(members, ["code", "message"]);
        assert!(error["code"].is_string() && error["message"].is_string());
    }
}

#[test]
fn the_errors_of_the_troubleshooting_page() {
    let api = Api::new();
    api.get("Account").refused(404, "0x8006088a", "Resource not found for the segment 'Account'.");
    api.get("accounts?$select=Name").refused(
        400,
        "0x0",
        "Could not find a property named 'Name' on type 'Microsoft.Dynamics.CRM.account'.",
    );
    api.post("WhoAmI", &json!({})).refused(
        404,
        "",
        "No HTTP resource was found that matches the request URI 'https://emulator.crm.dynamics.com/api/data/v9.2/WhoAmI'.",
    );
    api.post("accounts", &json!({"Name": "Account name"})).refused(
        400,
        "0x0",
        "An error occurred while validating input parameters: Microsoft.Crm.CrmException: Invalid property 'Name' was found \
         in entity 'Microsoft.Dynamics.CRM.account'. ---> Microsoft.OData.ODataException: Does not support untyped value in \
         non-open type.",
    );
    let bound = json!({
        "firstname": "test",
        "lastname": "contact",
        "parentcustomerid@odata.bind": format!("accounts({G1})"),
    });
    let refused = api.post("contacts", &bound).expect(400);
    let message = error(&refused)["message"].as_str().unwrap().to_owned();
    assert_eq!(error(&refused)["code"], "0x80048d19");
    for words in [
        "Error identified in Payload provided by the user for Entity :'contacts'",
        "---->  InnerException : Microsoft.OData.ODataException: An undeclared property 'parentcustomerid' which only has \
         property annotations in the payload but no property value was found in the payload.",
    ] {
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn methods_that_a_resource_does_not_have() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a"}));
    let record = format!("accounts({id})");
    for (method, target) in [
        ("PATCH", "accounts"),
        ("DELETE", "accounts"),
        ("PUT", "accounts"),
        ("POST", record.as_str()),
        ("OPTIONS", "accounts"),
        ("HEAD", "accounts"),
        ("TRACE", "accounts"),
    ] {
        let answer = api.send(method, target, r#"{"name":"b"}"#);
        assert_eq!(answer.status.as_u16(), 405, "{method} {target}: {}", answer.text());
    }
    assert_eq!(api.column("name", "accounts"), ["a"]);
}

#[test]
fn details_are_optional() {
    let api = Api::new();
    let target = format!("accounts({G1})?$select=name,revenue,address1_city");
    let message = format!("Entity 'account' With Id = {G1} Does Not Exist");
    assert_eq!(error(&api.get(&target).expect(404)), json!({"code": "0x80040217", "message": message}));
    let all = api.with("Prefer", "odata.include-annotations=\"*\"").get(&target).expect(404);
    let link = "http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a80040217&client=platform";
    assert_eq!(
        error(&all),
        json!({
            "code": "0x80040217",
            "message": message,
            "@Microsoft.PowerApps.CDS.ErrorDetails.ApiExceptionCategory": "ClientError",
            "@Microsoft.PowerApps.CDS.ErrorDetails.ApiExceptionMessageName": "ObjectDoesNotExist",
            "@Microsoft.PowerApps.CDS.ErrorDetails.ApiExceptionHttpStatusCode": "404",
            "@Microsoft.PowerApps.CDS.HelpLink": link,
            "@Microsoft.PowerApps.CDS.InnerError.Message": message,
        })
    );
}

#[test]
fn only_the_requested_details_are_included() {
    let api = Api::new();
    let with = |prefer: &str| {
        let api = api.with("Prefer", &format!("odata.include-annotations=\"{prefer}\""));
        let error = error(&api.get(&format!("accounts({G1})")).expect(404));
        let names = error.as_object().unwrap().keys().filter(|name| name.starts_with('@'));
        names.map(|name| name.rsplit("CDS.").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(with("OData.Community.Display.V1.FormattedValue"), Vec::<String>::new());
    assert_eq!(
        with("OData.Community.Display.V1.FormattedValue,Microsoft.PowerApps.CDS.HelpLink"),
        ["HelpLink"]
    );
    let details = with("OData.Community.Display.V1.FormattedValue,Microsoft.PowerApps.CDS.ErrorDetails*");
    assert!(
        !details.is_empty() && details.iter().all(|name| name.starts_with("ErrorDetails.")),
        "{details:?}"
    );
    // A part of a batch has its own preferences.
    let part = format!(
        "Content-Type: application/http\r\n\r\nGET accounts({G1}) HTTP/1.1\r\nPrefer: odata.include-annotations=\"*\"\r\n\r\n\r\n"
    );
    let batch = api.with("Content-Type", "multipart/mixed; boundary=b");
    let answer = batch.send("POST", "$batch", format!("--b\r\n{part}--b--\r\n")).text();
    assert!(answer.contains("@Microsoft.PowerApps.CDS.HelpLink"), "{answer}");
}

#[test]
fn details_of_an_error_without_a_code() {
    let api = Api::new().with("Prefer", "odata.include-annotations=\"*\"");
    let error = error(&api.get("accounts?$select=nonsense").expect(400));
    assert_eq!(error["@Microsoft.PowerApps.CDS.InnerError.Message"], error["message"]);
    assert_eq!(error.as_object().unwrap().len(), 3, "{error}");
}

#[test]
fn too_many_requests() {
    let api = Api::new();
    api.emulator.inject(Fault::throttle(Duration::from_secs(35)));
    let answer = api.get("accounts").expect(429);
    assert_eq!(answer.header("retry-after"), Some("35"));
    answer.refused(
        429,
        "0x80072322",
        "Number of requests exceeded the limit of 6000 over time window of 300 seconds.",
    );
    api.get("accounts").expect(200);
}

#[test]
fn an_unavailable_service_answers_with_a_page() {
    let api = Api::new();
    api.emulator.inject(Fault::unavailable());
    let answer = api.get("accounts").expect(503);
    assert_eq!(answer.header("content-type"), Some("text/html"));
    assert!(serde_json::from_slice::<Value>(&answer.body).is_err());
}

#[test]
fn unimplemented_features_are_501() {
    let api = Api::new();
    api.get("accounts?$select=name").expect(200);
    api.get("accounts?fetchXml=x&$select=name").expect(501);
    api.get("ManagedPropertyDefinitions").refused(501, "0x80060888", "emulator");
}

#[test]
fn errors_quote_no_more_than_the_start_of_a_value() {
    let api = Api::new();
    let long = "x".repeat(20_000);
    for answer in [
        api.get(&long),
        api.get(&format!("accounts?$select={long}")),
        api.get(&format!("accounts?$filter={long}")),
        api.get(&format!("accounts?$filter={long} eq '{long}")),
        api.get(&format!("accounts?$orderby=name {long}")),
        api.get(&format!("accounts?$expand={long}")),
        api.get(&format!("accounts?$apply={long}")),
        api.get(&format!("accounts?{}=1", format_args!("${long}"))),
        api.get(&format!("accounts({long})")),
        api.get(&format!("accounts?fetchXml={long}")),
        api.get(&format!("EntityDefinitions(LogicalName='{long}')")),
        api.post("accounts", &json!({long.as_str(): 1})),
        api.post("accounts", &json!({"numberofemployees": long})),
        api.post("accounts", &json!({"primarycontactid@odata.bind": long})),
        api.post(&long, &json!({})),
        api.with("MSCRMCallerID", &long).get("accounts"),
        api.with("Content-Type", "multipart/mixed; boundary=b").send(
            "POST",
            "$batch",
            format!("--b\r\n\r\n{long}\r\n--b--"),
        ),
        api.send(&long, "accounts", ""),
    ] {
        assert!(answer.status.is_client_error() || answer.status.as_u16() == 501, "{}", answer.text());
        assert!(answer.body.len() < 1500, "{} bytes: {:.300}", answer.body.len(), answer.text());
    }
    let refused = api.post("accounts", &json!({"numberofemployees": long})).expect(400).text();
    assert!(refused.contains(&format!("'{}… (20000 characters)'", "x".repeat(100))), "{refused}");
}
