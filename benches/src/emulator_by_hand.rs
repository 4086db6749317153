//! Compares the emulator with the same work on the same rows through `rusqlite`, as a user would write it, to
//! show what the Web API costs. Also measures eight callers at once.

use std::cell::Cell;
use std::rc::Rc;

use dataverse_emulator::Emulator;
use dataverse_entity::client::Client;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventType, SessionEvent};
use rusqlite::{Connection, Row, params};
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

use crate::{Group, Sizes};

/// Records of the table.
const RECORDS: usize = 1_000;
/// Callers at once.
const CALLERS: usize = 8;
const TABLE: &str = "The emulator against `rusqlite` by hand";

struct Service {
    runtime: Runtime,
    emulator: Emulator,
    client: Client,
    ids: Vec<Id<SessionEvent>>,
    next: Cell<usize>,
}

/// The same rows in a table of the user's own, in a file with the emulator's settings.
struct ByHand {
    connection: Connection,
    ids: Vec<String>,
    next: Cell<usize>,
    _folder: tempfile::TempDir,
}

struct Event {
    id: Uuid,
    name: Option<String>,
    event_type: Option<i32>,
    created_on: Option<i64>,
    owner: Option<String>,
    state: Option<i32>,
}

fn name(number: usize) -> String {
    format!("Event {number}")
}

fn event_type(number: usize) -> EventType {
    if number.is_multiple_of(10) { EventType::SessionEnd } else { EventType::AgentAccepted }
}

impl Service {
    fn new() -> Rc<Self> {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let emulator = Emulator::builder().trace_limit(0).build().expect("a service");
        let client = emulator.client();
        let drafts = (0..RECORDS)
            .map(|number| SessionEvent::create().name(name(number)).event_type(event_type(number)));
        let ids =
            runtime.block_on(client.execute(SessionEvent::create_multiple(drafts))).expect("the events");
        Rc::new(Self { runtime, emulator, client, ids, next: Cell::new(0) })
    }

    fn run<M: Message + Send + Sync>(&self, message: M) -> M::Output {
        self.runtime.block_on(self.client.execute(message)).expect("an answer")
    }
}

fn next(cell: &Cell<usize>) -> usize {
    cell.replace(cell.get() + 1)
}

impl ByHand {
    fn new() -> Rc<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let connection = Connection::open(folder.path().join("events.db")).expect("a database");
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
                 CREATE TABLE events (id TEXT PRIMARY KEY, name TEXT, type INTEGER, created INTEGER, owner TEXT,
                    state INTEGER)",
            )
            .expect("a table");
        let new = Self { connection, ids: Vec::new(), next: Cell::new(0), _folder: folder };
        let ids = (0..RECORDS).map(|number| new.create(number)).collect();
        Rc::new(Self { ids, ..new })
    }

    fn create(&self, number: usize) -> String {
        let id = Uuid::from_u128(number as u128 + 1).to_string();
        self.connection
            .prepare_cached("INSERT INTO events VALUES (?, ?, ?, ?, ?, 0)")
            .and_then(|mut insert| {
                let event_type = event_type(number).value();
                insert.execute(params![id, name(number), event_type, 1_700_000_000_i64, "owner"])
            })
            .expect("a row");
        id
    }

    fn read(&self, sql: &str, values: impl rusqlite::Params) -> Vec<Event> {
        let mut statement = self.connection.prepare_cached(sql).expect("a statement");
        let rows = statement.query_map(values, event).expect("rows");
        rows.collect::<Result<_, _>>().expect("rows")
    }
}

fn event(row: &Row<'_>) -> rusqlite::Result<Event> {
    let id: String = row.get(0)?;
    Ok(Event {
        id: id.parse().unwrap_or_default(),
        name: row.get(1)?,
        event_type: row.get(2)?,
        created_on: row.get(3)?,
        owner: row.get(4)?,
        state: row.get(5)?,
    })
}

/// Uses every column, so that no reading is left out.
fn used(events: &[Event]) -> usize {
    let is_used = |event: &&Event| {
        !event.id.is_nil()
            && event.name.is_some()
            && event.event_type.is_some()
            && event.created_on.is_some()
            && event.owner.is_some()
            && event.state.is_some()
    };
    events.iter().filter(is_used).count()
}

pub fn retrieve(sizes: Sizes) -> Group {
    let (service, by_hand) = (Service::new(), ByHand::new());
    Group::new(TABLE, "a retrieve by id")
        .calls(sizes.calls.min(50))
        .variant("the emulator, in process", move || {
            let id = service.ids[next(&service.next) % RECORDS];
            usize::from(service.run(SessionEvent::retrieve(id)).id == id)
        })
        .variant("`rusqlite`", move || {
            let id = &by_hand.ids[next(&by_hand.next) % RECORDS];
            used(&by_hand.read("SELECT * FROM events WHERE id = ?", [id]))
        })
}

pub fn page(_: Sizes) -> Group {
    let (service, by_hand) = (Service::new(), ByHand::new());
    Group::new(TABLE, "a page of 100")
        .gives(100)
        .variant("the emulator, in process", move || {
            service.run(SessionEvent::query().page_size(100)).records.len()
        })
        .variant("`rusqlite`", move || {
            used(&by_hand.read("SELECT * FROM events ORDER BY rowid LIMIT 100", []))
        })
}

pub fn filter(_: Sizes) -> Group {
    let (service, by_hand) = (Service::new(), ByHand::new());
    Group::new(TABLE, "the first 10 of a filter, sorted")
        .gives(10)
        .variant("the emulator, in process", move || {
            let ended = SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd);
            let query = SessionEvent::query().filter(ended).order_by(SessionEvent::NAME.asc()).top(10);
            service.run(query).records.len()
        })
        .variant("`rusqlite`", move || {
            let sql = "SELECT * FROM events WHERE type = ? ORDER BY name COLLATE NOCASE LIMIT 10";
            used(&by_hand.read(sql, [EventType::SessionEnd.value()]))
        })
}

pub fn create(sizes: Sizes) -> Group {
    let (service, by_hand) = (Service::new(), ByHand::new());
    by_hand.next.set(RECORDS);
    Group::new(TABLE, "a create")
        .calls(sizes.calls.min(50))
        .variant("the emulator, in process", move || {
            let number = next(&service.next);
            let draft = SessionEvent::create().name(name(number)).event_type(event_type(number));
            service.run(draft);
            1
        })
        .variant("`rusqlite`", move || {
            by_hand.create(next(&by_hand.next));
            1
        })
}

/// Eight callers on threads of their own, against the same reads one after the other.
pub fn callers(sizes: Sizes) -> Group {
    let service = Service::new();
    let other = service.clone();
    let each = sizes.calls;
    Group::new("Eight callers of the emulator", "retrieves by id")
        .gives(CALLERS * each)
        .variant("at once", move || at_once(&service, each))
        .variant("one after the other", move || {
            for number in 0..CALLERS * each {
                other.run(SessionEvent::retrieve(other.ids[number % RECORDS]));
            }
            CALLERS * each
        })
}

fn at_once(service: &Service, each: usize) -> usize {
    let (emulator, ids) = (&service.emulator, &service.ids);
    std::thread::scope(|threads| {
        let callers: Vec<_> = (0..CALLERS)
            .map(|caller| {
                threads.spawn(move || {
                    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
                    let client = emulator.client();
                    for number in 0..each {
                        let id = ids[(caller * each + number) % RECORDS];
                        runtime.block_on(client.execute(SessionEvent::retrieve(id))).expect("an answer");
                    }
                    each
                })
            })
            .collect();
        callers.into_iter().map(|caller| caller.join().expect("a caller")).sum()
    })
}
