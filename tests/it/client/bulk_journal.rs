//! Journaled loads against an emulator: whatever is lost or killed, each row is written once.

use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

use dataverse_emulator::{Emulator, Fault};
use dataverse_entity::Id;
use dataverse_entity::client::{Client, FileJournal, Journal, Load, NoToken, Outcome, RetryPolicy, RowState};
use dataverse_entity::message::Organization;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use futures_util::{StreamExt, stream};

use super::bulk::{draft, size};
use super::{quick, run};

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_part", set = "new_parts", key(name = "new_code", columns(new_code)))]
struct Part {
    #[attr(logical = "new_partid", primary_id)]
    id: Id<Part>,
    #[attr(logical = "new_code", primary_name, string(max_length = 20))]
    code: Option<String>,
    #[attr(logical = "new_note", string(max_length = 20))]
    note: Option<String>,
}

/// A path in a folder of its own, which is removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("dataverse-load-{}-{name}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        Self(path)
    }

    fn journal(&self) -> FileJournal {
        FileJournal::open(&self.0).unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn emulator() -> (Emulator, Client) {
    let emulator = Emulator::builder().table(Part::METADATA).build().unwrap();
    let org = Organization::new("https://contoso.crm4.dynamics.com").unwrap();
    let client = Client::builder(org, NoToken).transport(emulator.transport()).retry(quick());
    (emulator, client.build().unwrap())
}

async fn create(
    client: &Client,
    journal: impl Journal + Send + 'static,
    rows: usize,
) -> Vec<Outcome<Id<SessionEvent>>> {
    let bulk = client.bulk().chunk_size(size(10)).concurrency(size(2)).journal(journal);
    bulk.create_stream(stream::iter((0..rows).map(draft))).unwrap().collect().await
}

async fn names(client: &Client) -> Vec<u64> {
    let events = client.all(SessionEvent::query()).await.unwrap();
    let mut names: Vec<u64> =
        events.into_iter().map(|event| event.into_inner().name.unwrap().parse().unwrap()).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_create_whose_answer_is_lost_is_not_written_twice() {
    run(async {
        let (emulator, client) = emulator();
        let scratch = Scratch::new("lost");
        emulator.inject(Fault::disconnect_after_answering().times(2));
        emulator.inject(Fault::disconnect().when(|_, target| target.ends_with("$batch")));
        let outcomes = create(&client, scratch.journal(), 50).await;
        assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
        assert_eq!(names(&client).await, (0..50).collect::<Vec<u64>>());
        // The outcomes of a second run are the same, and it sends nothing.
        let before = emulator.trace().len();
        let again = create(&client, scratch.journal(), 50).await;
        assert_eq!(emulator.trace().len(), before);
        let id = |outcome: &Outcome<Id<SessionEvent>>| *outcome.as_ref().unwrap();
        assert_eq!(again.iter().map(id).collect::<Vec<_>>(), outcomes.iter().map(id).collect::<Vec<_>>());
        // Rows at the end are new.
        assert!(create(&client, scratch.journal(), 55).await.iter().all(Result::is_ok));
        assert_eq!(names(&client).await, (0..55).collect::<Vec<u64>>());
    });
}

/// The run is dropped at each of its first outcomes, as by a timeout around it.
#[test]
fn a_run_that_is_dropped_is_continued() {
    run(async {
        let (emulator, client) = emulator();
        let scratch = Scratch::new("dropped");
        for outcomes in 0..40 {
            emulator.inject(Fault::delay(Duration::from_millis(1)).times(3));
            let bulk = client.bulk().chunk_size(size(5)).concurrency(size(3)).journal(scratch.journal());
            let stream = bulk.create_stream(stream::iter((0..100).map(draft))).unwrap();
            let taken: Vec<_> = stream.take(outcomes * 2).collect().await;
            assert!(taken.iter().all(Result::is_ok), "{taken:?}");
        }
        assert!(create(&client, scratch.journal(), 100).await.iter().all(Result::is_ok));
        assert_eq!(names(&client).await, (0..100).collect::<Vec<u64>>());
    });
}

/// Without `fsync`, a power failure may take the last lines: the org knows more than the journal.
#[test]
fn a_journal_that_lost_its_last_lines_writes_nothing_twice() {
    run(async {
        let (_emulator, client) = emulator();
        let scratch = Scratch::new("behind");
        assert!(create(&client, scratch.journal(), 30).await.iter().all(Result::is_ok));
        let text = std::fs::read_to_string(&scratch.0).unwrap();
        let first = text.lines().next().unwrap();
        std::fs::write(&scratch.0, format!("{first}\n")).unwrap();
        assert!(create(&client, scratch.journal(), 40).await.iter().all(Result::is_ok));
        assert_eq!(names(&client).await, (0..40).collect::<Vec<u64>>());
    });
}

#[test]
fn a_row_that_fails_is_sent_again_by_the_next_run() {
    run(async {
        let (_emulator, client) = emulator();
        let scratch = Scratch::new("corrected");
        let load = |bad: &'static str| {
            let rows = (0..25).map(move |row| match row {
                7 => SessionEvent::create().name(bad.repeat(101)),
                _ => draft(row),
            });
            client
                .bulk()
                .chunk_size(size(10))
                .journal(scratch.journal())
                .create_stream(stream::iter(rows))
                .unwrap()
        };
        let outcomes: Vec<_> = load("x").collect().await;
        let failed: Vec<_> = (0..25).filter(|row| outcomes[*row].is_err()).collect();
        assert_eq!(failed, [7]);
        let outcomes: Vec<_> = load("").map(|outcome| outcome.is_ok()).collect().await;
        assert_eq!(outcomes, [true; 25]);
        assert_eq!(client.execute(SessionEvent::count()).await.unwrap(), 25);
    });
}

/// The error of a taken alternate key looks like that of a taken id: only the id says that the row is written.
#[test]
fn a_duplicate_by_an_alternate_key_is_no_success() {
    run(async {
        let (_emulator, client) = emulator();
        client.execute(Part::create().code("P-1").note("of another")).await.unwrap();
        let scratch = Scratch::new("duplicate");
        for _ in 0..2 {
            let rows = stream::iter((0..3).map(|row| Part::create().code(format!("P-{row}")).note("mine")));
            let bulk = client.bulk().journal(scratch.journal());
            let outcomes: Vec<_> = bulk.create_stream(rows).unwrap().collect().await;
            assert!(outcomes[0].is_ok() && outcomes[2].is_ok(), "{outcomes:?}");
            assert!(outcomes[1].as_ref().unwrap_err().is_duplicate());
        }
        let parts = client.all(Part::query()).await.unwrap();
        assert_eq!(parts.iter().filter(|part| part.note.as_deref() == Some("of another")).count(), 1);
        assert_eq!(parts.len(), 3);
    });
}

#[test]
fn upserts_updates_and_deletes_are_continued() {
    run(async {
        let (emulator, client) = emulator();
        let keys = || (0..30).map(|row| Part::CODE.key(format!("P-{row}")));
        let lose = |emulator: &Emulator| {
            emulator.inject(Fault::disconnect_after_answering());
            emulator.inject(Fault::disconnect());
        };
        let upserts = Scratch::new("upserts");
        for _ in 0..2 {
            lose(&emulator);
            let rows = stream::iter(keys().map(|key| (key, Part::create().note("n"))));
            let bulk = client.bulk().chunk_size(size(10)).journal(upserts.journal());
            let outcomes: Vec<_> = bulk.upsert_stream(rows).unwrap().collect().await;
            assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
        }
        let parts = client.all(Part::query()).await.unwrap();
        assert_eq!(parts.len(), 30);

        let updates = Scratch::new("updates");
        let ids: Vec<_> = parts.iter().map(|part| part.id).collect();
        lose(&emulator);
        let rows = stream::iter(ids.clone().into_iter().map(|id| Part::update(id).note("updated")));
        let bulk = client.bulk().chunk_size(size(10)).journal(updates.journal());
        let outcomes: Vec<_> = bulk.update_stream(rows).unwrap().collect().await;
        assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
        let parts = client.all(Part::query()).await.unwrap();
        assert!(parts.iter().all(|part| part.note.as_deref() == Some("updated")));

        // The answer is lost, and the client gives up: the next run finds nothing to delete.
        let deletes = Scratch::new("deletes");
        emulator.inject(Fault::disconnect_after_answering());
        let once = client.with_retry(RetryPolicy::none());
        let delete = |client: &Client| {
            let bulk = client.bulk().journal(deletes.journal());
            bulk.delete_stream(stream::iter(ids.clone())).unwrap().collect::<Vec<_>>()
        };
        let _ = delete(&once).await;
        let outcomes = delete(&once).await;
        assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
        assert_eq!(client.execute(Part::count()).await.unwrap(), 0);
    });
}

/// A journal whose disk is full after some rows.
struct Full(Mutex<FileJournal>, u64);

impl Journal for Full {
    fn start(&mut self, load: &Load) -> std::io::Result<dataverse_entity::Uuid> {
        self.0.get_mut().unwrap().start(load)
    }

    fn state(&self, row: u64) -> RowState {
        self.0.lock().unwrap().state(row)
    }

    fn sending(&mut self, rows: std::ops::Range<u64>) -> std::io::Result<()> {
        match rows.end > self.1 {
            true => Err(std::io::Error::other("the disk is full")),
            false => self.0.get_mut().unwrap().sending(rows),
        }
    }

    fn written(&mut self, rows: &[u64]) -> std::io::Result<()> {
        self.0.get_mut().unwrap().written(rows)
    }
}

#[test]
fn rows_that_cannot_be_recorded_are_not_sent() {
    run(async {
        let (_emulator, client) = emulator();
        let scratch = Scratch::new("full");
        let outcomes = create(&client, Full(Mutex::new(scratch.journal()), 20), 40).await;
        assert!(outcomes[..20].iter().all(Result::is_ok));
        for outcome in &outcomes[20..] {
            let error = outcome.as_ref().unwrap_err();
            assert!(error.is_not_carried_out());
            assert!(error.to_string().contains("the disk is full"), "{error}");
        }
        assert_eq!(names(&client).await, (0..20).collect::<Vec<u64>>());
    });
}
