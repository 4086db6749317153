//! The end of a run before the end of its input: a deadline, and a stream that is dropped. On a paused clock.

use std::time::Duration;

use bytes::Bytes;
use dataverse_emulator::{Emulator, InProcessTransport};
use dataverse_entity::client::{BoxFuture, Bulk, Client, FileJournal, NoToken, Transport, TransportError};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};
use futures_util::{StreamExt, stream};
use http::{Request, Response};
use tokio::time::{Instant, sleep};

use super::bulk::{draft, size};
use super::simulated::{org, run};

const SECOND: Duration = Duration::from_secs(1);

/// An emulator five seconds away: it carries out a request after five seconds, and the answer takes five more.
struct Far(InProcessTransport);

impl Transport for Far {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            sleep(5 * SECOND).await;
            let response = self.0.send(request).await;
            sleep(5 * SECOND).await;
            response
        })
    }
}

fn far(emulator: &Emulator) -> Client {
    Client::builder(org(), NoToken).transport(Far(emulator.transport())).build().unwrap()
}

/// Chunks of ten rows, two at a time: twenty rows in ten seconds.
fn bulk(client: &Client) -> Bulk {
    client.bulk().chunk_size(size(10)).concurrency(size(2)).deadline(27 * SECOND)
}

#[test]
fn at_its_deadline_a_run_tells_what_is_written_what_may_be_and_what_is_not() {
    run(async {
        let emulator = Emulator::new();
        let (client, start) = (far(&emulator), Instant::now());
        let outcomes = bulk(&client).create((0..100).map(draft)).await;
        assert_eq!(start.elapsed(), 27 * SECOND);
        assert_eq!(outcomes.len(), 100);
        assert!(outcomes[..40].iter().all(Result::is_ok));
        for outcome in &outcomes[40..60] {
            let error = outcome.as_ref().unwrap_err();
            assert!(error.is_timeout() && error.is_outcome_unknown(), "{error}");
            assert!(error.to_string().contains("the deadline of the run has passed"), "{error}");
        }
        for outcome in &outcomes[60..] {
            let error = outcome.as_ref().unwrap_err();
            assert!(error.is_not_carried_out(), "{error}");
            assert!(error.to_string().contains("the deadline of the run had passed"), "{error}");
        }
        // The requests under way are dropped, and the client is as before.
        assert_eq!(client.throttle().under_way, 0);
        assert_eq!(client.bulk().create([draft(100)]).await.len(), 1);
    });
}

#[test]
fn a_run_that_is_faster_than_its_deadline_does_not_notice_it() {
    run(async {
        let client = far(&Emulator::new());
        for deadline in [27 * SECOND, Duration::MAX] {
            let outcomes = bulk(&client).deadline(deadline).create((0..40).map(draft)).await;
            assert!(outcomes.len() == 40 && outcomes.iter().all(Result::is_ok));
        }
    });
}

#[test]
fn at_its_deadline_a_stream_ends_and_leaves_the_rest_of_an_endless_input() {
    run(async {
        let client = far(&Emulator::new());
        let start = Instant::now();
        let outcomes: Vec<_> = bulk(&client).create_stream(stream::iter((0..).map(draft))).collect().await;
        assert_eq!(start.elapsed(), 27 * SECOND);
        let written = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!((written, outcomes.len()), (40, 60));
    });
}

/// The rows under way were carried out, and their answers lost.
#[test]
fn a_journaled_run_that_met_its_deadline_is_started_again_and_writes_each_row_once() {
    run(async {
        let emulator = Emulator::new();
        let client = far(&emulator);
        let path = std::env::temp_dir().join(format!("deadline-{}.journal", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let mut written = Vec::new();
        for _ in 0..5 {
            let journal = FileJournal::open(&path).unwrap();
            let outcomes: Vec<_> = bulk(&client)
                .journal(journal)
                .create_stream(stream::iter((0..100).map(draft)))
                .unwrap()
                .collect()
                .await;
            written.push(outcomes.iter().filter(|outcome| outcome.is_ok()).count());
        }
        std::fs::remove_file(&path).unwrap();
        assert!(written[0] == 40 && written[4] == 100 && written.is_sorted(), "{written:?}");
        assert_eq!(emulator.client().execute(SessionEvent::count()).await.unwrap(), 100);
    });
}

#[test]
fn the_deadline_of_a_load_of_several_tables_is_that_of_the_whole_load() {
    run(async {
        let client = far(&Emulator::new());
        let start = Instant::now();
        let events = || stream::iter((0..40).map(draft));
        let sessions = || {
            stream::iter((0..).map(|number: u32| OcSession::create().subject(number.to_string())).take(60))
        };
        let load = bulk(&client).tables().create_stream(events).create_stream(sessions);
        let outcomes: Vec<_> = load.run().await.unwrap().collect().await;
        assert_eq!(start.elapsed(), 27 * SECOND);
        let written = outcomes.iter().filter(|row| row.outcome.is_ok()).count();
        assert_eq!((written, outcomes.len()), (40, 60));
        assert!(outcomes[40..].iter().all(|row| row.table == "msdyn_ocsession"));
    });
}

#[test]
fn a_dropped_stream_drops_what_is_under_way_and_sends_nothing_more() {
    run(async {
        let emulator = Emulator::new();
        let client = far(&emulator);
        let mut outcomes = bulk(&client).create_stream(stream::iter((0..).map(draft)));
        assert!(outcomes.next().await.unwrap().is_ok());
        assert!(client.throttle().under_way > 0);
        drop(outcomes);
        assert_eq!(client.throttle().under_way, 0);
        let before = emulator.trace().len();
        sleep(1000 * SECOND).await;
        assert_eq!(emulator.trace().len(), before);
        assert!(client.execute(SessionEvent::count()).await.unwrap() >= 10);
    });
}
