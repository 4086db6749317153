//! Answers that are lost, an org that is not ready, refusals.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use dataverse_emulator::{Emulator, Fault, InProcessTransport};
use dataverse_entity::Organization;
use dataverse_entity::client::{Client, NoToken, RetryPolicy, Transport, TransportError};
use futures_util::future::BoxFuture;
use http::{Request, Response};

use super::{apply, assert_applied, block_on, emulator, planned, wanted};

#[test]
fn structs_become_tables_that_say_the_same() {
    block_on(async {
        let emulator = emulator();
        let (client, wanted) = (emulator.client(), wanted());
        let count = planned(&client, &wanted).await.steps.len();
        let (result, told) = apply(&client, &wanted).await;
        assert_eq!(result.map_err(|error| error.to_string()), Ok(count), "{told:#?}");
        assert_applied(&client, &wanted).await;
        let (result, told) = apply(&client, &wanted).await;
        assert_eq!((result.unwrap(), told), (0, Vec::new()));
    });
}

/// A condition that holds for the request with this index among those that change something.
fn nth(index: usize) -> impl Fn(&http::Method, &str) -> bool + Send + Sync {
    let seen = Arc::new(AtomicUsize::new(0));
    move |method, _| *method != http::Method::GET && seen.fetch_add(1, Ordering::Relaxed) == index
}

#[test]
fn a_lost_answer_is_found_by_reading_again() {
    block_on(async {
        let count = planned(&emulator().client(), &wanted()).await.steps.len();
        // A table, a column, lookups to one table and to several, a many-to-many relationship.
        for index in [0, 2, 4, 7, count - 2] {
            let emulator = emulator();
            let (client, wanted) = (emulator.client(), wanted());
            emulator.inject(Fault::disconnect_after_answering().when(nth(index)));
            let (result, told) = apply(&client, &wanted).await;
            result.unwrap_or_else(|error| panic!("{index}: {error}"));
            assert!(told.contains(&"reads again".to_owned()), "{index}: {told:#?}");
            // Nothing was made twice: the request is not sent again.
            let sent = told.iter().filter(|what| **what == told[index]).count();
            assert_eq!(sent, 1, "{index}: {told:#?}");
            assert_applied(&client, &wanted).await;
        }
    });
}

#[test]
fn a_request_that_never_arrived_is_sent_again() {
    block_on(async {
        let emulator = emulator();
        let (client, wanted) = (emulator.client().with_retry(RetryPolicy::none()), wanted());
        emulator.inject(
            Fault::disconnect()
                .times(3)
                .when(|method, path| *method == http::Method::POST && path.ends_with("Definitions")),
        );
        let (result, told) = apply(&client, &wanted).await;
        result.unwrap();
        assert_eq!(told.iter().filter(|what| what.starts_with("waits")).count(), 3, "{told:#?}");
        assert_applied(&client, &wanted).await;
    });
}

/// An org that refuses some requests before it carries them out.
struct Refusing {
    org: InProcessTransport,
    /// The answer to a request that changes something, by its index; `None` passes it on.
    answer: Box<dyn Fn(usize) -> Option<(u16, &'static str)> + Send + Sync>,
    seen: AtomicUsize,
}

impl Transport for Refusing {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let is_change = *request.method() != http::Method::GET;
        let answer = is_change.then(|| (self.answer)(self.seen.fetch_add(1, Ordering::SeqCst))).flatten();
        match answer {
            None => self.org.send(request),
            Some((status, code)) => Box::pin(async move {
                let body = format!(r#"{{"error":{{"code":"{code}","message":"It is not ready."}}}}"#);
                let response = Response::builder().status(status).header("content-type", "application/json");
                Ok(response.body(body.into()).unwrap())
            }),
        }
    }
}

fn refusing(
    emulator: &Emulator,
    answer: impl Fn(usize) -> Option<(u16, &'static str)> + Send + Sync + 'static,
) -> Client {
    let transport =
        Refusing { org: emulator.transport(), answer: Box::new(answer), seen: AtomicUsize::new(0) };
    let org = Organization::new("https://emulator.crm.dynamics.com").unwrap();
    Client::builder(org, NoToken).transport(transport).build().unwrap()
}

#[test]
fn a_change_that_is_on_its_way_is_waited_for() {
    block_on(async {
        for code in ["0x80040216", "0x80060891", "0x80071151"] {
            let emulator = emulator();
            // Every request is refused once.
            let client = refusing(&emulator, move |index| (index % 2 == 0).then_some((400, code)));
            let wanted = wanted();
            let count = planned(&client, &wanted).await.steps.len();
            let (result, told) = apply(&client, &wanted).await;
            assert_eq!(result.unwrap(), count, "{code}: {told:#?}");
            assert_eq!(told.iter().filter(|what| what.starts_with("waits: ")).count(), count, "{told:#?}");
            assert_applied(&emulator.client(), &wanted).await;
        }
    });
}

#[test]
fn a_refusal_that_stays_is_an_error_that_names_the_request() {
    block_on(async {
        for (status, code, attempts) in [(400, "0x80040203", 2), (403, "0x80040220", 1)] {
            let client = refusing(&emulator(), move |_| Some((status, code)));
            let (result, told) = apply(&client, &wanted()).await;
            let error = result.unwrap_err();
            assert_eq!(
                error.to_string(),
                "the org did not create the global option set `new_sizes` (what was sent before stays; run `apply` again)"
            );
            let source = std::error::Error::source(&error).unwrap().to_string();
            assert!(source.contains("It is not ready."), "{source}");
            assert_eq!(told.iter().filter(|what| what.starts_with("create")).count(), attempts, "{told:#?}");
        }
    });
}
