//! No text escapes from its place: syntax of SQL, OData, XML, JSON or paths has no effect in a value, and
//! comes back unchanged.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::places::{bodies, fetches, hostile, targets};
use super::witness::Witnessed;
use crate::naive::{encoded, folded, ids, letters, like};
use crate::support::Api;

proptest! {
    #![proptest_config(crate::cases(24))]

    #[test]
    fn texts_in_urls_do_nothing(text in hostile()) {
        let witnessed = Witnessed::new();
        for target in targets(&text, &witnessed.account).iter().filter(|target| target.len() < 60_000) {
            witnessed.get(target);
            let api = witnessed.api.with("Prefer", "odata.track-changes");
            witnessed.send(&api, "GET", target, String::new());
        }
        for fetch in fetches(&text) {
            let target = format!("accounts?fetchXml={}", encoded(&fetch));
            if target.len() < 60_000 {
                witnessed.get(&target);
            }
        }
        witnessed.unchanged();
    }

    #[test]
    fn texts_in_bodies_do_nothing(text in hostile()) {
        let witnessed = Witnessed::new();
        let account = format!("accounts({})", witnessed.account);
        for body in bodies(&text) {
            for target in ["accounts", "GrantAccess", "accounts/Microsoft.Dynamics.CRM.CreateMultiple", "UpsertMultiple"] {
                witnessed.send(&witnessed.api, "POST", target, body.to_string());
            }
            // No record has this version: the service must carry out none of these requests.
            let api = witnessed.api.with("If-Match", "W/\"1\"");
            for (method, target) in [("PATCH", account.clone()), ("PUT", format!("{account}/name")), ("DELETE", account.clone())] {
                prop_assert!(witnessed.send(&api, method, &target, body.to_string()).status.is_client_error());
            }
            let answer = witnessed.send(&witnessed.api, "PUT", &format!("{account}/primarycontactid/$ref"), body.to_string());
            prop_assert!(answer.status.is_client_error());
            witnessed.send(&witnessed.api, "POST", &format!("{account}/Account_Tasks/$ref"), body.to_string());
        }
        for body in [text.clone(), format!("{{\"name\":{text}}}"), format!("{{\"name\":\"{text}"), format!("{{{text}")] {
            let answer = witnessed.send(&witnessed.api, "POST", "accounts", body);
            prop_assert!(answer.status.is_client_error() || serde_json::from_str::<Json>(&text).is_ok());
        }
        witnessed.unchanged();
    }

    #[test]
    fn texts_in_headers_and_batches_do_nothing(text in hostile()) {
        let witnessed = Witnessed::new();
        let api = &witnessed.api;
        for header in ["MSCRMCallerID", "CallerObjectId", "If-Match", "If-None-Match", "Prefer", "Content-Type", "Accept", "Authorization"] {
            for value in [text.clone(), format!("odata.include-annotations=\"{text}\""), format!("odata.maxpagesize={text}"), format!("multipart/mixed; boundary={text}")] {
                if http::HeaderValue::from_str(&value).is_err() {
                    continue;
                }
                let api = api.with(header, &value);
                witnessed.send(&api, "GET", "accounts?$top=1", String::new());
                witnessed.send(&api, "GET", &format!("accounts({})", witnessed.account), String::new());
                witnessed.send(&api, "POST", "$batch", format!("--{text}\r\n\r\n{text}\r\n--{text}--"));
            }
        }
        let api = api.with("Content-Type", "multipart/mixed; boundary=b");
        let part = "--b\r\nContent-Type: application/http\r\n";
        for body in [
            text.clone(),
            format!("--b\r\n{text}\r\n--b--"),
            format!("--b\r\nContent-Type: {text}\r\n\r\nGET accounts HTTP/1.1\r\n\r\n\r\n--b--"),
            format!("{part}Content-ID: {text}\r\n\r\nGET accounts HTTP/1.1\r\n\r\n\r\n--b--"),
            format!("{part}\r\n{text}\r\n\r\n\r\n--b--"),
            format!("{part}\r\nGET {text} HTTP/1.1\r\n\r\n\r\n--b--"),
            format!("{part}\r\n{text} accounts HTTP/1.1\r\n\r\n\r\n--b--"),
            format!("{part}\r\nGET accounts HTTP/1.1\r\nMSCRMCallerID: {text}\r\n\r\n\r\n--b--"),
            format!("{part}\r\nGET accounts?$filter=name eq {text} HTTP/1.1\r\n\r\n\r\n--b--"),
            format!("--b\r\nContent-Type: multipart/mixed; boundary={text}\r\n\r\n--{text}\r\n\r\n--{text}--\r\n--b--"),
        ] {
            witnessed.send(&api, "POST", "$batch", body);
        }
        witnessed.unchanged();
    }

    #[test]
    fn values_come_back_and_are_found(texts in proptest::collection::vec(hostile(), 1..6)) {
        let api = Api::new();
        // The column has a maximum length and stores no empty text, and the folding of this test is for ASCII
        // only.
        let short = texts.iter().map(|text| text.chars().take(60).collect::<String>());
        let short: Vec<String> = short.filter(|text| !text.is_empty()).collect();
        let rows: Vec<(String, &String)> =
            short.iter().map(|text| (api.create("accounts", &json!({"name": text})), text)).collect();
        for (id, text) in &rows {
            prop_assert_eq!(&api.get(&format!("accounts({id})")).json()["name"], *text);
            let value = api.get(&format!("accounts({id})/name"));
            prop_assert_eq!(&value.json()["value"], *text);
            let literal = encoded(&format!("'{}'", text.replace('\'', "''")));
            let equal = |other: &str| if text.is_ascii() { folded(other) == folded(text) } else { other == *text };
            let expected: Vec<&String> = rows.iter().filter(|(_, other)| equal(other)).map(|(id, _)| id).collect();
            for query in [format!("$filter=name%20eq%20{literal}"), format!("$filter=name%20eq%20@p&@p={literal}")] {
                let answer = api.send("GET", &format!("accounts?$select=name&{query}"), "").expect(200).json();
                let found = ids(&answer, "accountid");
                if text.is_ascii() {
                    prop_assert_eq!(found.iter().collect::<Vec<_>>(), expected.clone(), "{:?}", text);
                } else {
                    prop_assert!(expected.iter().all(|id| found.contains(id)), "{:?}", text);
                }
            }
            if text.is_ascii() && !text.contains("[]") && !text.contains("[^]") {
                let answer = api.send("GET", &format!("accounts?$select=name&$filter=contains(name,{literal})"), "");
                let pattern = letters(&format!("%{text}%"));
                let expected = rows.iter().filter(|(_, other)| like(&letters(other), &pattern)).map(|(id, _)| id);
                let found = ids(&answer.expect(200).json(), "accountid");
                prop_assert_eq!(found.iter().collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{:?}", text);
            }
            let fetch = format!(
                "<fetch><entity name='account'><filter><condition attribute='accountid' operator='eq' value='{id}'/>\
                 <condition attribute='name' operator='eq' value=\"{}\"/></filter></entity></fetch>",
                text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
            );
            // XML has no control characters, and turns any other blank into a space.
            if !text.chars().any(|each| each.is_control() || matches!(each, '\u{fffe}' | '\u{ffff}')) {
                let answer = api.send("GET", &format!("accounts?fetchXml={}", encoded(&fetch)), "").expect(200).json();
                prop_assert_eq!(ids(&answer, "accountid"), std::slice::from_ref(id), "{:?}", text);
            }
        }
    }
}
