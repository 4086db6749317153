//! Refusals, lost connections, stalls and redirects: which error, how many requests, and nothing carried out
//! twice.

use std::time::Duration;

use dataverse_entity::client::RetryPolicy;
use dataverse_entity::message::{Action, Batch, Error};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

use super::server::{Server, Step, created, error, ok};
use super::{builder, client, event, quick, run};

const RECORD: &str =
    "{\"msdyn_sessioneventid\":\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\",\"msdyn_name\":\"n\"}";

fn throttled(after: Option<&str>) -> Step {
    let after = after.map(|after| ("Retry-After", after.to_owned()));
    Step::Reply(
        429,
        after.into_iter().collect(),
        "{\"error\":{\"code\":\"0x80072322\",\"message\":\"too many\"}}".into(),
    )
}

fn html(status: u16) -> Step {
    Step::Reply(status, vec![("Content-Type", "text/html".into())], "<html>\r\n<b>upstream</b></html>".into())
}

/// Sends a create; returns its error and the number of requests that arrived.
async fn create_fails(steps: Vec<Step>) -> (Error, usize) {
    let server = Server::start(steps).await;
    let error = client(&server).execute(SessionEvent::create().name("n")).await.unwrap_err();
    (error, server.count())
}

async fn retrieve_fails(steps: Vec<Step>) -> (Error, usize) {
    let server = Server::start(steps).await;
    let error = client(&server).execute(SessionEvent::retrieve(event())).await.unwrap_err();
    (error, server.count())
}

/// Sends a retrieve that succeeds in the end; returns the number of requests that arrived.
async fn retrieve_succeeds(steps: Vec<Step>) -> usize {
    let server = Server::start(steps).await;
    let record = client(&server).execute(SessionEvent::retrieve(event())).await.unwrap();
    assert_eq!(record.name.as_deref(), Some("n"));
    server.count()
}

#[test]
fn every_throttled_message_is_sent_again_because_nothing_was_carried_out() {
    run(async {
        let server = Server::start([throttled(Some("0")), throttled(None), created(7)]).await;
        let id = client(&server).execute(SessionEvent::create().name("n")).await.unwrap();
        assert_eq!((id.uuid().as_u128(), server.count()), (7, 3));
        let bodies: Vec<_> = server.arrived().into_iter().map(|each| each.body).collect();
        assert!(bodies.iter().all(|body| body == "{\"msdyn_name\":\"n\"}"), "{bodies:?}");
    });
}

#[test]
fn throttling_without_end_is_an_error_at_the_deadline_however_few_attempts_the_policy_has() {
    run(async {
        let server = Server::with(|_, _| throttled(Some("0"))).await;
        let policy = quick().attempts(1).throttle_deadline(Duration::from_millis(100));
        let client = builder(&server).retry(policy).build().unwrap();
        let error = client.execute(SessionEvent::create().name("n")).await.unwrap_err();
        assert!(error.is_throttled());
        let attempts = error.attempts();
        assert!(attempts > 1 && attempts as usize == server.count(), "{attempts}");
        assert_eq!(error.code(), Some(0x8007_2322));
        let host = error.request().unwrap().host().unwrap();
        assert_eq!(
            error.to_string(),
            format!(
                "POST {host}/api/data/v9.2/msdyn_sessionevents: 429 Too Many Requests, code 0x80072322: too many \
                 (after {attempts} attempts; retry after 0 s)"
            )
        );
    });
}

#[test]
fn a_retry_after_beyond_the_deadline_is_an_error_at_once() {
    run(async {
        let server = Server::start([throttled(Some("301"))]).await;
        let policy = quick().throttle_deadline(Duration::from_secs(300));
        let client = builder(&server).retry(policy).build().unwrap();
        let error = client.execute(SessionEvent::retrieve(event())).await.unwrap_err();
        assert_eq!((server.count(), error.retry_after()), (1, Some(Duration::from_secs(301))));
    });
}

#[test]
fn the_policy_limits_the_retry_after_of_an_unavailable_service() {
    run(async {
        let unavailable = |after: &str| Step::Reply(503, vec![("Retry-After", after.into())], String::new());
        let server = Server::start([unavailable("301")]).await;
        let error = client(&server).execute(SessionEvent::retrieve(event())).await.unwrap_err();
        assert_eq!((server.count(), error.retry_after()), (1, Some(Duration::from_secs(301))));
        let server = Server::start([unavailable("1")]).await;
        let impatient = RetryPolicy::new().max_retry_after(Duration::from_millis(10));
        let client = builder(&server).retry(impatient).build().unwrap();
        assert!(client.execute(SessionEvent::retrieve(event())).await.unwrap_err().is_unavailable());
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn the_client_waits_for_retry_after() {
    run(async {
        let server = Server::start([throttled(Some("1")), ok(RECORD)]).await;
        let start = tokio::time::Instant::now();
        client(&server).execute(SessionEvent::retrieve(event())).await.unwrap();
        assert!(start.elapsed() >= Duration::from_secs(1), "the server asked for a second");
    });
}

#[test]
fn only_reads_are_sent_again_to_an_unavailable_service() {
    run(async {
        let empty = Step::Reply(503, Vec::new(), String::new());
        assert_eq!(retrieve_succeeds(vec![html(503), empty.clone(), ok(RECORD)]).await, 3);
        assert_eq!(retrieve_succeeds(vec![html(502), html(504), ok(RECORD)]).await, 3);
        for step in [html(502), html(503), html(504), empty, error(503, "0x80044150")] {
            let (error, count) = create_fails(vec![step, created(1)]).await;
            assert!(error.is_unavailable(), "{error}");
            assert_eq!((count, error.attempts()), (1, 1), "the create may have been carried out");
        }
        let (error, _) = create_fails(vec![html(502)]).await;
        assert_eq!(
            error.to_string(),
            format!(
                "POST {}/api/data/v9.2/msdyn_sessionevents: 502 Bad Gateway: <html> <b>upstream</b></html>",
                error.request().unwrap().host().unwrap()
            )
        );
        let (error, _) = create_fails(vec![Step::Reply(503, Vec::new(), String::new())]).await;
        assert!(error.to_string().ends_with("503 Service Unavailable: (empty body)"), "{error}");
    });
}

#[test]
fn a_message_assumed_idempotent_is_sent_again() {
    run(async {
        let server = Server::start([html(503), Step::Cut, created(1)]).await;
        let create = SessionEvent::create().id(event()).name("n").assume_idempotent();
        client(&server).execute(create).await.unwrap();
        assert_eq!(server.count(), 3);
        let server = Server::start([html(503), ok("")]).await;
        let error = client(&server).execute(Action::<()>::unbound("new_Act")).await.unwrap_err();
        assert!(error.is_unavailable());
        assert_eq!(server.count(), 1, "the action may have been carried out");
        // An update sets the same values again, and a delete finds nothing. Both have no etag: with one, they
        // are not idempotent.
        let server = Server::start([html(503), ok("")]).await;
        client(&server).execute(SessionEvent::update(event()).name("n")).await.unwrap();
        assert_eq!(server.count(), 2);
        let server = Server::start([html(503), ok("")]).await;
        let conditional = SessionEvent::update(event()).name("n").if_match("W/\"1\"");
        assert!(client(&server).execute(conditional).await.unwrap_err().is_unavailable());
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn other_refusals_are_not_retried() {
    run(async {
        type Is = fn(&Error) -> bool;
        let table: [(u16, &str, Is); 6] = [
            (404, "0x80040217", Error::is_not_found),
            (403, "0x80040220", Error::is_permission_denied),
            (412, "0x80060882", Error::is_conflict),
            (412, "0x80040237", Error::is_duplicate),
            (400, "0x80048408", |error| error.code() == Some(0x8004_8408)),
            (500, "0x80040216", |error| error.status().is_some_and(|status| status.as_u16() == 500)),
        ];
        for (status, code, is) in table {
            let (failed, count) = retrieve_fails(vec![error(status, code)]).await;
            assert!(is(&failed), "{failed}");
            assert_eq!((count, failed.attempts()), (1, 1));
            assert_eq!(failed.request().unwrap().method(), "GET");
            assert!(failed.request().unwrap().path().starts_with("/api/data/v9.2/msdyn_sessionevents("));
        }
    });
}

#[test]
fn a_create_whose_answer_is_cut_off_may_have_been_carried_out() {
    run(async {
        for step in [Step::Cut, Step::CutInBody] {
            let (error, count) = create_fails(vec![step.clone(), created(1)]).await;
            assert!(error.is_transport() && !error.is_timeout(), "{error}");
            assert!(
                error.to_string().contains("no answer; the request may have been carried out"),
                "{error}"
            );
            assert_eq!(count, 1);
            assert_eq!(retrieve_succeeds(vec![step.clone(), step.clone(), ok(RECORD)]).await, 3);
            let (error, count) = retrieve_fails(vec![step; 3]).await;
            assert!(error.is_transport());
            assert_eq!((count, error.attempts()), (3, 3));
        }
    });
}

#[test]
fn a_server_that_stalls_is_a_timeout() {
    run(async {
        let server = Server::start([Step::Stall, Step::Stall, ok(RECORD)]).await;
        let client = builder(&server).timeout(Duration::from_millis(800)).build().unwrap();
        client.execute(SessionEvent::retrieve(event())).await.unwrap();
        assert_eq!(server.count(), 3);
        let server = Server::start([Step::Stall, created(1)]).await;
        let client = builder(&server).timeout(Duration::from_millis(800)).build().unwrap();
        let error = client.execute(SessionEvent::create().name("n")).await.unwrap_err();
        assert!(error.is_timeout() && error.is_transport(), "{error}");
        assert!(
            error.to_string().contains("no answer in time; the request may have been carried out"),
            "{error}"
        );
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn idle_connections_that_the_server_closed_are_replaced() {
    run(async {
        let server = Server::start([
            Step::ReplyAndClose(200, RECORD.into()),
            Step::ReplyAndClose(200, RECORD.into()),
            created(1),
        ])
        .await;
        let client = client(&server);
        client.execute(SessionEvent::retrieve(event())).await.unwrap();
        client.execute(SessionEvent::retrieve(event())).await.unwrap();
        tokio::time::sleep(Duration::from_millis(300)).await;
        client.execute(SessionEvent::create().name("n")).await.unwrap();
        assert_eq!(server.count(), 3);
    });
}

#[test]
fn a_refused_connection_means_that_nothing_was_sent() {
    run(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let server = Server::start([]).await;
        let nobody = server.url().replace(&server.url()[17..], &port.to_string());
        let org = dataverse_entity::message::Organization::new(&nobody).unwrap();
        let quick =
            RetryPolicy::new().attempts(3).backoff(Duration::from_millis(1), Duration::from_millis(1));
        let client = dataverse_entity::client::Client::builder(org, dataverse_entity::client::NoToken)
            .retry(quick)
            .build()
            .unwrap();
        let error = client.execute(SessionEvent::create().name("n")).await.unwrap_err();
        assert!(error.is_transport(), "{error}");
        // `ECONNREFUSED`: its text has this word on every system.
        let text = error.to_string();
        let (_, reason) = text.split_once("the request was not sent: ").expect(&text);
        assert!(reason.contains("refused"), "{text}");
        // Nothing was carried out, so even a create is sent again.
        assert_eq!(error.attempts(), 3);
    });
}

#[test]
fn redirects_are_not_followed_so_no_token_leaves() {
    run(async {
        let other = Server::start([ok(RECORD)]).await;
        for status in [301, 302, 303, 307, 308] {
            let to = format!("{}/api/data/v9.2/x?sig=secret", other.url());
            let server = Server::start([Step::Reply(status, vec![("Location", to)], String::new())]).await;
            let error = client(&server).execute(SessionEvent::retrieve(event())).await.unwrap_err();
            let host = other.url().replace("http://", "");
            assert!(
                error.to_string().contains(&format!("it is a redirect to {host}, which is not followed")),
                "{error}"
            );
            assert!(!error.to_string().contains("secret"), "{error}");
            assert_eq!((server.count(), other.connections()), (1, 0));
        }
        // Redirects to the same host are rejected, too.
        let server =
            Server::start([Step::Reply(302, vec![("Location", "/elsewhere".into())], String::new())]).await;
        let error = client(&server).execute(SessionEvent::create().name("n")).await.unwrap_err();
        assert!(error.to_string().contains("redirect to another address"), "{error}");
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn a_message_without_a_valid_request_is_not_sent() {
    run(async {
        let server = Server::start([]).await;
        let error = client(&server).execute(SessionEvent::query().top(0)).await.unwrap_err();
        assert!(error.is_invalid_request());
        assert_eq!((server.count(), server.connections()), (0, 0));
    });
}

#[test]
fn a_client_still_works_after_a_cancelled_request() {
    run(async {
        let server = Server::start([Step::Stall, ok(RECORD)]).await;
        let client = client(&server);
        let stalled = client.execute(SessionEvent::retrieve(event()));
        assert!(tokio::time::timeout(Duration::from_millis(800), stalled).await.is_err());
        server.wait_for(1).await;
        client.execute(SessionEvent::retrieve(event())).await.unwrap();
        assert_eq!(server.count(), 2);
    });
}

#[test]
fn batches_are_sent_again_only_if_all_their_messages_may_be() {
    run(async {
        let server = Server::start([html(503), html(503), html(503)]).await;
        let mut reading = Batch::new();
        reading.add(SessionEvent::retrieve(event()));
        assert!(client(&server).execute(reading).await.unwrap_err().is_unavailable());
        assert_eq!(server.count(), 3);
        let server = Server::start([html(503), html(503)]).await;
        let mut writing = Batch::new();
        writing.add(SessionEvent::retrieve(event()));
        writing.add(SessionEvent::create().name("n"));
        assert!(client(&server).execute(writing).await.unwrap_err().is_unavailable());
        assert_eq!(server.count(), 1);
    });
}
