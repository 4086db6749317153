//! Features for tests: faults, the clock, snapshots, the trace.

use std::time::{Duration, Instant};

use dataverse_emulator::{Emulator, Fault};
use dataverse_entity::client::{Client, NoToken, RetryPolicy};
use dataverse_entity::message::Organization;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use serde_json::json;

use crate::in_process_and_http::run;
use crate::support::Api;

/// Returns a client that tries again at once.
fn client(emulator: &Emulator, attempts: u32) -> Client {
    let (min, max) = (Duration::from_millis(1), Duration::from_millis(2));
    client_with(emulator, RetryPolicy::new().attempts(attempts).backoff(min, max))
}

fn client_with(emulator: &Emulator, policy: RetryPolicy) -> Client {
    let org = Organization::new("https://emulator.crm.dynamics.com").unwrap();
    Client::builder(org, NoToken).transport(emulator.transport()).retry(policy).build().unwrap()
}

#[test]
fn throttled_requests_are_sent_again() {
    run(async {
        let emulator = Emulator::new();
        emulator.inject(Fault::throttle(Duration::ZERO).times(2));
        let id = client(&emulator, 5).execute(SessionEvent::create().name("a")).await.unwrap();
        assert!(!id.to_string().is_empty());
        let statuses: Vec<u16> =
            emulator.trace().iter().map(|exchange| exchange.status.unwrap().as_u16()).collect();
        assert_eq!(statuses, [429, 429, 204]);
    });
}

#[test]
fn without_retries_each_fault_is_an_error() {
    run(async {
        let emulator = Emulator::new();
        let once = client_with(&emulator, RetryPolicy::none());
        emulator.inject(Fault::throttle(Duration::from_secs(7)));
        let error = once.execute(SessionEvent::query()).await.unwrap_err();
        assert!(error.is_throttled() && error.retry_after() == Some(Duration::from_secs(7)), "{error}");
        emulator.inject(Fault::unavailable());
        let error = once.execute(SessionEvent::query()).await.unwrap_err();
        assert!(error.is_unavailable(), "{error}");
        emulator.inject(Fault::disconnect());
        once.execute(SessionEvent::create().name("lost")).await.unwrap_err();
        assert_eq!(emulator.client().execute(SessionEvent::query()).await.unwrap().records.len(), 0);
        emulator.inject(Fault::disconnect_after_answering());
        once.execute(SessionEvent::create().name("done")).await.unwrap_err();
        assert_eq!(emulator.client().execute(SessionEvent::query()).await.unwrap().records.len(), 1);
    });
}

#[test]
fn a_change_of_definitions_can_be_refused_until_it_has_propagated() {
    let api = Api::new();
    let early = |code| Fault::refuse(http::StatusCode::BAD_REQUEST, code, "An unexpected error occurred.");
    let is_write =
        |method: &http::Method, target: &str| method == "POST" && target.contains("/EntityDefinitions(");
    let body = json!({"@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata", "SchemaName": "new_Code",
        "DisplayName": {"LocalizedLabels": [{"Label": "Code", "LanguageCode": 1033}]}});
    let target = "EntityDefinitions(LogicalName='account')/Attributes";
    for code in ["0x80040216", "0x80060891"] {
        api.emulator.inject(early(code).when(is_write));
        api.get("accounts").expect(200);
        api.post(target, &body).refused(400, code, "An unexpected error occurred.");
        api.get("accounts?$select=new_code").expect(400);
    }
    api.post(target, &body).expect(204);
    api.get("accounts?$select=new_code").expect(200);
}

#[test]
fn faults_can_have_conditions_and_delays() {
    run(async {
        let emulator = Emulator::new();
        emulator.inject(
            Fault::unavailable().when(|method, target| method == "POST" && target.contains("sessionevents")),
        );
        emulator.inject(Fault::delay(Duration::from_millis(80)));
        let started = Instant::now();
        client(&emulator, 1).execute(SessionEvent::query()).await.unwrap();
        assert!(started.elapsed() >= Duration::from_millis(80));
        client(&emulator, 1).execute(SessionEvent::create()).await.unwrap_err();
        client(&emulator, 1).execute(SessionEvent::create()).await.unwrap();
        emulator.inject(Fault::disconnect().times(100));
        emulator.clear_faults();
        client(&emulator, 1).execute(SessionEvent::query()).await.unwrap();
    });
}

#[test]
fn the_condition_of_a_fault_may_use_the_emulator() {
    run(async {
        let emulator = Emulator::new();
        let asked = emulator.clone();
        // The service is unavailable as soon as it has three records.
        emulator.inject(Fault::unavailable().times(2).when(move |_, _| {
            asked.now();
            let count =
                futures_util::FutureExt::now_or_never(client(&asked, 1).execute(SessionEvent::count()));
            count.unwrap().unwrap() >= 3
        }));
        let client = client(&emulator, 1);
        let mut answers = Vec::new();
        for _ in 0..6 {
            answers.push(client.execute(SessionEvent::create().name("a")).await.is_ok());
        }
        assert_eq!(answers, [true, true, true, false, false, true]);
    });
}

#[test]
fn a_snapshot_can_be_restored() {
    let api = Api::new();
    let kept = api.create("accounts", &json!({"name": "kept"}));
    let snapshot = api.emulator.snapshot().unwrap();
    for _ in 0..2 {
        api.create("accounts", &json!({"name": "gone"}));
        api.delete(&format!("accounts({kept})")).expect(204);
        api.emulator.restore(&snapshot).unwrap();
        assert_eq!(api.column("name", "accounts"), ["kept"]);
    }
}

#[test]
fn the_clock_and_the_ids_are_reproducible() {
    let story = || {
        let api = Api::new();
        let id = api.create("accounts", &json!({"name": "a"}));
        api.emulator.advance(Duration::from_secs(3600));
        api.patch(&format!("accounts({id})"), &json!({"name": "b"})).expect(204);
        api.get(&format!("accounts({id})")).text()
    };
    let text = story();
    assert!(text.contains("\"modifiedon\":\"2026-03-04T11:30:00Z\""), "{text}");
    assert_eq!(text, story());
}

#[test]
fn the_trace_has_requests_and_answers() {
    let api = Api::of(Emulator::builder().trace_limit(2).build().unwrap());
    api.get("WhoAmI");
    api.post("accounts", &json!({"name": "a"})).expect(204);
    api.get("accounts?$select=name");
    let trace = api.emulator.trace();
    assert_eq!(trace.len(), 2);
    assert_eq!((trace[0].method.as_str(), trace[0].target.as_str()), ("POST", "/api/data/v9.2/accounts"));
    assert_eq!(trace[0].request_body, r#"{"name":"a"}"#);
    assert_eq!(trace[1].target, "/api/data/v9.2/accounts?$select=name");
    assert!(trace[1].response_body.starts_with(b"{\"@odata.context\""));
    api.emulator.clear_trace();
    assert!(api.emulator.trace().is_empty());
}
