//! Bulk returns an outcome for each message, in order, and sends nothing twice.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dataverse_entity::client::RetryPolicy;
use dataverse_entity::message::Batch;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventType, SessionEvent};
use dataverse_entity::{Id, Uuid};

use super::server::{Arrived, Server, Step, error, ok};
use super::{client, event, quick, run};

pub fn size(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).unwrap()
}

pub fn draft(number: usize) -> <SessionEvent as Entity>::Create {
    SessionEvent::create().name(number.to_string())
}

/// The names in a `CreateMultiple`.
pub fn names(request: &Arrived) -> Vec<u128> {
    let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
    let targets = body["Targets"].as_array().unwrap();
    targets.iter().map(|target| target["msdyn_name"].as_str().unwrap().parse().unwrap()).collect()
}

/// Answers with ids that contain the number of the name.
pub fn ids(request: &Arrived) -> String {
    let ids: Vec<_> = names(request).into_iter().map(|name| Uuid::from_u128(name).to_string()).collect();
    serde_json::json!({ "Ids": ids }).to_string()
}

/// Answers a batch: `answer` makes the answer to each part from its text.
pub fn batch(request: &Arrived, answer: impl Fn(&str) -> String) -> Step {
    let parts: Vec<&str> = request.body.split("--batch_1").collect();
    let mut body = String::new();
    for part in &parts[1..parts.len() - 1] {
        body += &format!("--r\r\nContent-Type: application/http\r\n\r\n{}\r\n", answer(part));
    }
    Step::Reply(200, vec![("Content-Type", "multipart/mixed; boundary=r".into())], body + "--r--\r\n")
}

pub fn part(status: u16, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status} X\r\n{headers}\r\n{body}")
}

const NOT_FOUND: &str = "{\"error\":{\"code\":\"0x80040217\",\"message\":\"gone\"}}";

#[test]
fn outcomes_are_in_the_order_of_the_messages() {
    run(async {
        let server = Server::with(|request, _| {
            let first = names(request)[0];
            Step::Late(Duration::from_millis(if first == 0 { 200 } else { 1 }), 200, ids(request))
        })
        .await;
        let told = Arc::new(Mutex::new(Vec::new()));
        let listener = told.clone();
        let outcomes = client(&server)
            .bulk()
            .chunk_size(size(10))
            .concurrency(size(3))
            .on_progress(move |progress| listener.lock().unwrap().push(progress))
            .create((0..95).map(draft))
            .await;
        let found: Vec<u128> =
            outcomes.into_iter().map(|outcome| outcome.unwrap().uuid().as_u128()).collect();
        assert_eq!(found, (0..95).collect::<Vec<u128>>());
        assert_eq!(server.count(), 10);
        assert!(server.arrived().iter().all(|each| each.target.ends_with(".CreateMultiple")));
        assert_eq!(server.most_in_flight(), 3);
        let told = told.lock().unwrap();
        assert_eq!(told.len(), 10);
        let last = told.last().unwrap();
        assert_eq!((last.done, last.failed, last.total), (95, 0, Some(95)));
        assert!(told.windows(2).all(|pair| pair[0].done < pair[1].done));
    });
}

#[test]
fn no_more_requests_are_sent_at_once_than_the_server_recommends() {
    run(async {
        let server =
            Server::with(|request, _| Step::Reply(200, vec![("x-ms-dop-hint", "2".into())], ids(request)))
                .await;
        let client = client(&server);
        assert_eq!(client.recommended_concurrency(), None);
        client.bulk().chunk_size(size(1)).create([draft(0)]).await;
        assert_eq!(client.recommended_concurrency(), Some(2));
        client.bulk().chunk_size(size(1)).create((0..12).map(draft)).await;
        assert!(server.most_in_flight() <= 2, "{}", server.most_in_flight());
    });
}

#[test]
fn a_chunk_that_is_refused_fails_alone() {
    run(async {
        let server = Server::with(|request, _| {
            if names(request).contains(&7) { error(400, "0x80044331") } else { ok(ids(request)) }
        })
        .await;
        let told = Arc::new(Mutex::new(Vec::new()));
        let listener = told.clone();
        let tell = move |progress| listener.lock().unwrap().push(progress);
        let bulk = client(&server).bulk().chunk_size(size(5)).on_progress(tell);
        // The length of a filtered iterator is not known before its end.
        let outcomes = bulk.create((0..30).filter(|number| *number < 15).map(draft)).await;
        for (number, outcome) in outcomes.iter().enumerate() {
            assert_eq!(outcome.is_err(), (5..10).contains(&number), "{number}");
        }
        assert_eq!(outcomes[5].as_ref().unwrap_err().code(), Some(0x8004_4331));
        assert_eq!(server.count(), 3);
        let last = *told.lock().unwrap().last().unwrap();
        assert_eq!((last.done, last.failed, last.total), (15, 5, None));
    });
}

#[test]
fn isolate_failures_finds_the_message_at_fault() {
    run(async {
        let server = Server::with(|request, _| {
            if request.target.ends_with("$batch") {
                return batch(request, |part_text| {
                    if part_text.contains("{\"msdyn_name\":\"7\"}") {
                        part(400, "", "{\"error\":{\"code\":\"0x80044331\",\"message\":\"long\"}}")
                    } else {
                        let id = Uuid::from_u128(99);
                        part(204, &format!("OData-EntityId: http://x/s({id})\r\n"), "")
                    }
                });
            }
            if names(request).contains(&7) { error(400, "0x80044331") } else { ok(ids(request)) }
        })
        .await;
        let bulk = client(&server).bulk().chunk_size(size(5)).isolate_failures(true);
        let outcomes = bulk.create((0..10).map(draft)).await;
        let failed: Vec<_> = (0..10).filter(|number| outcomes[*number].is_err()).collect();
        assert_eq!(failed, [7]);
        assert_eq!(server.count(), 3);
    });
}

/// A chunk is sent again as a batch only if Dataverse refused it and it has several messages.
#[test]
fn only_a_refused_chunk_of_several_is_taken_apart() {
    run(async {
        // After a 500, what Dataverse did is not known.
        for (step, count) in [(error(500, "0x80040216"), 3), (error(400, "0x80044331"), 1)] {
            let server = Server::with(move |_, _| step.clone()).await;
            let outcomes = client(&server).bulk().isolate_failures(true).create((0..count).map(draft)).await;
            assert!(outcomes.len() == count && outcomes.iter().all(Result::is_err));
            assert_eq!(server.count(), 1);
        }
    });
}

#[test]
fn a_create_whose_answer_is_lost_is_not_sent_again() {
    run(async {
        let server =
            Server::with(|request, _| if names(request).contains(&0) { Step::Cut } else { ok(ids(request)) })
                .await;
        let bulk = client(&server).bulk().chunk_size(size(5)).isolate_failures(true);
        let outcomes = bulk.create((0..10).map(draft)).await;
        assert!(
            outcomes[..5].iter().all(|outcome| outcome.as_ref().is_err_and(|error| error.is_transport()))
        );
        assert!(outcomes[5..].iter().all(Result::is_ok));
        assert_eq!(server.count(), 2);
    });
}

#[test]
fn in_batches_each_message_has_its_own_outcome() {
    run(async {
        let server = Server::with(|request, _| {
            assert_eq!(request.header("prefer"), Some("odata.continue-on-error"));
            batch(request, |text| {
                if text.contains("00000000-0000-0000-0000-000000000003") {
                    part(404, "", NOT_FOUND)
                } else {
                    part(204, "", "")
                }
            })
        })
        .await;
        let records = (0..7).map(|number| Id::<SessionEvent>::new(Uuid::from_u128(number)));
        let outcomes = client(&server).bulk().chunk_size(size(4)).delete(records.clone()).await;
        let failed: Vec<_> = (0..7).filter(|number| outcomes[*number].is_err()).collect();
        assert_eq!((failed, server.count()), (vec![3], 2));
        assert!(outcomes[3].as_ref().unwrap_err().is_not_found());
        let updates = records.clone().map(|id| SessionEvent::update(id).event_type(EventType::SessionEnd));
        let outcomes = client(&server).bulk().in_batches(true).update(updates).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_err()).count(), 1);
        let upserts = records.map(|id| (id, SessionEvent::create().name("n")));
        let outcomes = client(&server).bulk().upsert(upserts).await;
        assert_eq!(outcomes[0].as_ref().unwrap(), &Some(Id::new(Uuid::from_u128(0))));
        assert!(outcomes[3].is_err());
    });
}

#[test]
fn only_the_throttled_message_of_a_batch_is_sent_again() {
    run(async {
        let server = Server::with(|request, number| {
            batch(request, |text| {
                if number == 0 && text.contains("000000000001)") {
                    part(
                        429,
                        "Retry-After: 0\r\n",
                        "{\"error\":{\"code\":\"0x80072322\",\"message\":\"busy\"}}",
                    )
                } else {
                    part(204, "", "")
                }
            })
        })
        .await;
        let records = (0..3).map(|number| Id::<SessionEvent>::new(Uuid::from_u128(number)));
        let outcomes = client(&server).bulk().delete(records).await;
        assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
        let arrived = server.arrived();
        assert_eq!(arrived.len(), 2);
        assert_eq!(arrived[0].body.matches("DELETE ").count(), 3);
        assert_eq!(arrived[1].body.matches("DELETE ").count(), 1);
        assert!(arrived[1].body.contains("000000000001)"));
    });
}

#[test]
fn a_throttled_part_is_sent_again_until_the_deadline_however_few_attempts_the_policy_has() {
    run(async {
        let busy = "{\"error\":{\"code\":\"0x80072322\",\"message\":\"busy\"}}";
        let server = Server::with(move |request, _| batch(request, |_| part(429, "", busy))).await;
        let patient = quick().attempts(1).throttle_deadline(Duration::from_millis(100));
        for (policy, is_repeated) in [(RetryPolicy::none(), false), (patient, true)] {
            let before = server.count();
            let outcomes = client(&server).with_retry(policy).bulk().delete([event()]).await;
            assert!(outcomes[0].as_ref().unwrap_err().is_throttled());
            assert_eq!(server.count() - before > 1, is_repeated, "{} requests", server.count() - before);
        }
    });
}

#[test]
fn updates_are_sent_as_one_update_multiple() {
    run(async {
        let server = Server::with(|_, _| Step::Reply(204, Vec::new(), String::new())).await;
        let updates = (0..3)
            .map(|number| SessionEvent::update(Id::<SessionEvent>::new(Uuid::from_u128(number))).name("n"));
        let outcomes = client(&server).bulk().update(updates).await;
        assert!(outcomes.iter().all(Result::is_ok));
        assert_eq!(server.count(), 1);
        assert!(server.arrived()[0].target.ends_with(".UpdateMultiple"));
        let none: [<SessionEvent as Entity>::Update; 0] = [];
        assert!(client(&server).bulk().update(none).await.is_empty());
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn a_batch_of_more_than_a_thousand_is_sent_as_several() {
    run(async {
        let server = Server::with(|request, _| batch(request, |_| part(204, "", ""))).await;
        let mut large = Batch::new();
        let parts: Vec<_> = (0..2500).map(|_| large.add(SessionEvent::delete(event()))).collect();
        let reply = client(&server).execute_batch(large).await.unwrap();
        assert!(parts.iter().all(|part| reply.get(part).is_ok()));
        let counts: Vec<_> =
            server.arrived().iter().map(|each| each.body.matches("DELETE ").count()).collect();
        assert_eq!(counts, [1000, 1000, 500]);
    });
}

#[test]
fn a_later_request_of_a_batch_that_fails_leaves_the_answers_before_it() {
    run(async {
        let fails_at = |number| {
            Server::with(move |request, before| match before == number {
                true => error(400, "0x80048d19"),
                false => batch(request, |_| part(204, "", "")),
            })
        };
        let large = |on| {
            let mut large = Batch::new().continue_on_error(on);
            let parts: Vec<_> = (0..2500).map(|_| large.add(SessionEvent::delete(event()))).collect();
            (large, parts)
        };
        for (goes_on, sent) in [(false, 2), (true, 3)] {
            let server = fails_at(1).await;
            let (messages, parts) = large(goes_on);
            let reply = client(&server).execute_batch(messages).await.unwrap();
            assert_eq!(server.count(), sent);
            assert!(parts[..1000].iter().all(|part| reply.get(part).is_ok()));
            let failed = reply.get(&parts[1000]).unwrap_err();
            assert_eq!(failed.code(), Some(0x8004_8d19));
            assert_eq!(reply.get(&parts[2000]).is_ok(), goes_on);
            let last = reply.get(&parts[2499]);
            assert_eq!(last.is_err_and(|error| error.is_not_carried_out()), !goes_on);
        }
        let server = fails_at(0).await;
        let (messages, _) = large(true);
        assert!(client(&server).execute_batch(messages).await.is_err());
    });
}

#[test]
fn updates_without_columns_are_not_sent() {
    run(async {
        let server = Server::with(|request, _| match request.target.ends_with("$batch") {
            true => batch(request, |_| part(204, "", "")),
            false => Step::Reply(204, Vec::new(), String::new()),
        })
        .await;
        let nothing = || SessionEvent::update(event());
        let client = client(&server);
        client.execute(nothing()).await.unwrap();
        let borrowed = nothing();
        client.execute(&borrowed).await.unwrap();
        let reply = client.send(&borrowed).await.unwrap();
        assert_eq!((reply.status(), reply.attempts()), (None, 0));
        let mut only_nothing = Batch::new();
        let part = only_nothing.add(nothing());
        client.execute_batch(only_nothing).await.unwrap().get(&part).unwrap();
        let all = client.bulk().update([nothing(), nothing()]).await;
        assert!(all.len() == 2 && all.iter().all(Result::is_ok));
        assert_eq!(server.count(), 0);
        let some = client.bulk().update([nothing(), nothing().name("n")]).await;
        assert!(some.len() == 2 && some.iter().all(Result::is_ok));
        assert_eq!(server.arrived()[0].body.matches("@odata.type").count(), 1);
    });
}

#[test]
fn outcomes_match_the_updates_that_were_sent() {
    // Details of an elastic table (page bulk-operations). `RequestIndex` counts the records of the request.
    let details =
        r#"[{"RequestIndex":0,"Id":null,"StatusCode":204},{"RequestIndex":1,"Id":null,"StatusCode":404}]"#;
    let refused = serde_json::json!({ "error": { "code": "0x80040217", "message": "m",
        "@Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails": details } });
    run(async move {
        let server = Server::with(move |_, _| Step::Reply(400, Vec::new(), refused.to_string())).await;
        let named = || SessionEvent::update(event()).name("n");
        let outcomes = client(&server).bulk().update([named(), SessionEvent::update(event()), named()]).await;
        assert!(outcomes[0].is_ok() && outcomes[1].is_ok());
        assert!(outcomes[2].as_ref().unwrap_err().is_not_found());
    });
}

/// Elastic tables refuse records one by one where a partition gets too many (bulk-operations, "On Error
/// behavior with elastic tables"): those alone are sent again.
#[test]
fn records_of_a_message_that_were_throttled_are_sent_again_and_no_others() {
    let details = r#"[{"RequestIndex":0,"Id":"00000000-0000-0000-0000-000000000001","StatusCode":201},{"RequestIndex":1,"Id":null,"StatusCode":429},{"RequestIndex":2,"Id":null,"StatusCode":400}]"#;
    let partial = || {
        let body = serde_json::json!({ "error": { "code": "", "message": "m",
            "@Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails": details } });
        Step::Reply(400, Vec::new(), body.to_string())
    };
    run(async move {
        let server =
            Server::start([partial(), ok(r#"{"Ids":["00000000-0000-0000-0000-000000000002"]}"#)]).await;
        let outcomes = client(&server).bulk().create((0..3).map(draft)).await;
        let ids: Vec<_> =
            outcomes.iter().take(2).map(|each| each.as_ref().unwrap().uuid().as_u128()).collect();
        assert_eq!(ids, [1, 2]);
        assert_eq!(outcomes[2].as_ref().unwrap_err().status().map(|status| status.as_u16()), Some(400));
        let arrived = server.arrived();
        assert_eq!(arrived.len(), 2);
        assert_eq!((names(&arrived[0]).len(), names(&arrived[1]).len()), (3, 1));
        // With one attempt, the caller is told.
        let server = Server::start([partial()]).await;
        let once = client(&server).with_retry(dataverse_entity::client::RetryPolicy::none());
        let outcomes = once.bulk().create((0..3).map(draft)).await;
        assert!(outcomes[1].as_ref().unwrap_err().is_throttled());
        assert_eq!(server.count(), 1);
    });
}
