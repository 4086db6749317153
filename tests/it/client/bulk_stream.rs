//! Bulk from a stream to a stream: order, back-pressure, and chunks of a size that the server takes.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dataverse_entity::client::RetryPolicy;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use dataverse_entity::{Id, Uuid};
use futures_util::{StreamExt, stream};

use super::bulk::{batch, draft, ids, names, part, size};
use super::server::{Server, Step, error, ok};
use super::{builder, client, run};

#[test]
fn an_endless_input_is_taken_as_outcomes_are() {
    run(async {
        let server = Server::with(|request, _| ok(ids(request))).await;
        let taken = Arc::new(AtomicUsize::new(0));
        let counter = taken.clone();
        let endless = stream::iter((0_usize..).map(move |number| {
            counter.fetch_add(1, Ordering::SeqCst);
            draft(number)
        }));
        let bulk = client(&server).bulk().chunk_size(size(10)).concurrency(size(2));
        let mut outcomes = bulk.create_stream(endless);
        for expected in 0..100 {
            assert_eq!(outcomes.next().await.unwrap().unwrap().uuid().as_u128(), expected);
        }
        // Four chunks of ten for each of two requests.
        let ahead = taken.load(Ordering::SeqCst) - 100;
        assert!(ahead <= 80, "{ahead} rows were taken ahead of the outcomes");
        // Nobody asks, so nothing is sent.
        let before = (server.count(), taken.load(Ordering::SeqCst));
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!((server.count(), taken.load(Ordering::SeqCst)), before);
    });
}

#[test]
fn a_slow_chunk_stops_the_input_and_not_the_chunks_beside_it() {
    run(async {
        let server = Server::with(|request, _| {
            let late = Duration::from_millis(if names(request)[0] == 0 { 300 } else { 1 });
            Step::Late(late, 200, ids(request))
        })
        .await;
        let bulk = client(&server).bulk().chunk_size(size(1)).concurrency(size(2));
        let mut outcomes = bulk.create_stream(stream::iter((0..50).map(draft)));
        assert_eq!(outcomes.next().await.unwrap().unwrap().uuid().as_u128(), 0);
        // The slow one, and seven after it.
        assert_eq!(server.count(), 8);
        let rest: Vec<_> = outcomes.map(|outcome| outcome.unwrap().uuid().as_u128()).collect().await;
        assert_eq!(rest, (1..50).collect::<Vec<u128>>());
    });
}

/// The input waits for the outcome of each row before it gives the next one.
#[test]
fn an_input_that_waits_for_outcomes_is_not_waited_for() {
    run(async {
        let server = Server::with(|request, _| ok(ids(request))).await;
        let (send, receive) = tokio::sync::mpsc::unbounded_channel();
        let input =
            stream::unfold(
                receive,
                |mut receive| async move { Some((draft(receive.recv().await?), receive)) },
            );
        let mut outcomes = client(&server).bulk().create_stream(input);
        for number in 0..5 {
            send.send(number).unwrap();
            assert!(outcomes.next().await.unwrap().is_ok());
        }
        drop(send);
        assert!(outcomes.next().await.is_none());
        assert_eq!(server.count(), 5);
    });
}

#[test]
fn a_request_that_is_too_large_is_sent_in_halves() {
    run(async {
        // What a gateway answers: no code of Dataverse.
        let server = Server::with(|request, _| match names(request).len() > 30 {
            true => Step::Reply(413, Vec::new(), "<html>".to_owned()),
            false => ok(ids(request)),
        })
        .await;
        let outcomes = client(&server).bulk().concurrency(size(1)).create((0..200).map(draft)).await;
        let found: Vec<_> = outcomes.into_iter().map(|outcome| outcome.unwrap().uuid().as_u128()).collect();
        assert_eq!(found, (0..200).collect::<Vec<u128>>());
        let sizes: Vec<_> = server.arrived().iter().map(|request| names(request).len()).collect();
        // 100 and its halves. The size grows by ten with each answer: from 25 to 45 with the last two.
        assert_eq!(sizes[..10], [100, 50, 25, 25, 50, 25, 25, 45, 22, 23], "{sizes:?}");
    });
}

/// Where a create timed out, the server may have carried it out: its rows are not sent again, and the next
/// chunks are smaller.
#[test]
fn a_create_that_timed_out_is_not_repeated_and_the_next_chunks_are_smaller() {
    run(async {
        let server = Server::with(|request, number| match number {
            0 => Step::Stall,
            _ => ok(ids(request)),
        })
        .await;
        let client = builder(&server).timeout(Duration::from_millis(300)).build().unwrap();
        let outcomes = client.bulk().concurrency(size(1)).create((0..150).map(draft)).await;
        assert!(
            outcomes[..100].iter().all(|outcome| outcome.as_ref().is_err_and(|error| error.is_timeout()))
        );
        assert!(outcomes[100..].iter().all(Result::is_ok));
        let sizes: Vec<_> = server.arrived().iter().map(|request| names(request).len()).collect();
        assert_eq!(sizes, [100, 50]);
    });
}

#[test]
fn a_batch_of_deletes_that_timed_out_is_sent_in_halves() {
    run(async {
        let deletes = |text: &str| text.matches("DELETE ").count();
        let server = Server::with(move |request, _| match deletes(&request.body) > 10 {
            true => Step::Stall,
            false => batch(request, |_| part(204, "", "")),
        })
        .await;
        let client = builder(&server).timeout(Duration::from_millis(200)).retry(RetryPolicy::none());
        let events = (0..40).map(|number| Id::<SessionEvent>::new(Uuid::from_u128(number)));
        let bulk = client.build().unwrap().bulk().chunk_size(size(20)).concurrency(size(1));
        let outcomes = bulk.delete(events).await;
        assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
        let sizes: Vec<_> = server.arrived().iter().map(|request| deletes(&request.body)).collect();
        assert_eq!(sizes, [20, 10, 10, 14, 7, 7, 6], "{sizes:?}");
    });
}

#[test]
fn upserts_are_sent_as_upsert_multiple_where_the_caller_chooses_it() {
    run(async {
        let server = Server::with(|_, _| Step::Reply(204, Vec::new(), String::new())).await;
        let rows = || {
            (1..=3).map(|number| {
                (Id::<SessionEvent>::new(Uuid::from_u128(number)), SessionEvent::create().name("n"))
            })
        };
        let outcomes = client(&server).bulk().upsert_multiple(true).upsert(rows()).await;
        let ids: Vec<_> = outcomes.into_iter().map(|outcome| outcome.unwrap().unwrap()).collect();
        assert_eq!(ids, rows().map(|(id, _)| id).collect::<Vec<_>>());
        let arrived = server.arrived();
        assert_eq!(arrived.len(), 1);
        assert!(arrived[0].target.ends_with(".UpsertMultiple"));
    });
}

/// Only elastic tables have DeleteMultiple (page bulk-operations).
#[test]
fn deletes_of_an_elastic_table_are_sent_as_delete_multiple() {
    #[derive(Debug, DataverseEntity)]
    #[entity(logical = "new_reading", set = "new_readings", table_type = "elastic")]
    struct Reading {
        #[attr(logical = "new_readingid", primary_id)]
        #[allow(dead_code, reason = "the table needs a key")]
        id: Id<Reading>,
    }

    run(async {
        let server = Server::with(|request, _| match request.target.ends_with("$batch") {
            true => batch(request, |_| part(204, "", "")),
            false => Step::Reply(204, Vec::new(), String::new()),
        })
        .await;
        let readings = || (1..=3).map(|number| Id::<Reading>::new(Uuid::from_u128(number)));
        for in_batches in [false, true] {
            let outcomes = client(&server).bulk().in_batches(in_batches).delete(readings()).await;
            assert!(outcomes.len() == 3 && outcomes.iter().all(Result::is_ok));
        }
        let arrived = server.arrived();
        assert_eq!(arrived.len(), 2);
        assert!(arrived[0].target.ends_with("/new_readings/Microsoft.Dynamics.CRM.DeleteMultiple"));
        assert!(arrived[1].target.ends_with("$batch"));
    });
}

#[test]
fn streams_of_each_message_give_their_outcomes_in_order() {
    run(async {
        let server = Server::with(|request, _| match request.target.ends_with("$batch") {
            true => batch(request, |text| match text.contains("000000000002)") {
                true => part(404, "", "{\"error\":{\"code\":\"0x80040217\",\"message\":\"gone\"}}"),
                false => part(204, "", ""),
            }),
            false => error(400, "0x80044331"),
        })
        .await;
        let events = || stream::iter((1..=3).map(|number| Id::<SessionEvent>::new(Uuid::from_u128(number))));
        let bulk = || client(&server).bulk().chunk_size(NonZeroUsize::MIN);
        let failed = |outcomes: Vec<bool>| outcomes;
        let updates = events().map(|event| SessionEvent::update(event).name("n"));
        let outcomes = bulk().in_batches(true).update_stream(updates).map(|outcome| outcome.is_err());
        assert_eq!(failed(outcomes.collect().await), [false, true, false]);
        let upserts = events().map(|event| (event, SessionEvent::create().name("n")));
        let outcomes = bulk().upsert_stream(upserts).map(|outcome| outcome.is_err());
        assert_eq!(failed(outcomes.collect().await), [false, true, false]);
        let outcomes = bulk().delete_stream(events()).map(|outcome| outcome.is_err());
        assert_eq!(failed(outcomes.collect().await), [false, true, false]);
        let deletes = events().map(SessionEvent::delete);
        let outcomes = bulk().execute_stream(deletes).map(|outcome| outcome.is_err());
        assert_eq!(failed(outcomes.collect().await), [false, true, false]);
    });
}
