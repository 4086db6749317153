//! The emulator's reads and writes, in process. There is nothing to compare with, so one retrieve by id is 1,
//! and the others are multiples of its time.

use std::cell::Cell;
use std::rc::Rc;

use dataverse_emulator::Emulator;
use dataverse_entity::client::Client;
use dataverse_entity::message::Batch;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::session_event::SessionEventCreate;
use dataverse_entity::tables::{EventType, OcSession, SessionEvent};
use tokio::runtime::{Builder, Runtime};

use crate::{Group, Sizes};

/// Records of the table.
const RECORDS: usize = 1_000;

/// Records of a page, a bulk and a change set.
const MANY: usize = 100;

/// Number of times that a single message is sent in a turn.
const OFTEN: usize = 20;

struct Service {
    runtime: Runtime,
    client: Client,
    session: Id<OcSession>,
    events: Vec<Id<SessionEvent>>,
    next: Cell<usize>,
}

impl Service {
    fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let emulator = Emulator::builder().trace_limit(0).build().expect("a service");
        let client = emulator.client();
        let session =
            runtime.block_on(client.execute(OcSession::create().subject("Chat"))).expect("a session");
        let drafts = (0..RECORDS).map(|number| draft(number, session));
        let events =
            runtime.block_on(client.execute(SessionEvent::create_multiple(drafts))).expect("the events");
        Self { runtime, client, session, events, next: Cell::new(0) }
    }

    fn run<M: Message + Send + Sync>(&self, message: M) -> M::Output {
        self.runtime.block_on(self.client.execute(message)).expect("an answer")
    }

    fn next(&self) -> usize {
        let next = self.next.get();
        self.next.set(next + 1);
        next
    }

    /// One after the other.
    fn event(&self) -> Id<SessionEvent> {
        self.events[self.next() % self.events.len()]
    }
}

fn draft(number: usize, session: Id<OcSession>) -> SessionEventCreate {
    SessionEvent::create()
        .name(format!("Event {number}"))
        .event_type(if number.is_multiple_of(10) { EventType::SessionEnd } else { EventType::AgentAccepted })
        .session(session)
}

pub fn group(sizes: Sizes) -> Group {
    // Reads share a service that stays the same; creates have a service of their own, which grows.
    let reads = Rc::new(Service::new());
    let [creates, bulk, batches] = [(); 3].map(|()| Rc::new(Service::new()));
    let often = sizes.calls.min(OFTEN);
    let one_by_one = |service: &Rc<Service>, work: fn(&Service)| {
        let service = service.clone();
        move || (0..often).map(|_| work(&service)).count() / often
    };
    let many = |service: Rc<Service>, work: fn(&Service)| {
        move || {
            work(&service);
            1
        }
    };
    Group::new("The emulator, in process", "in retrieves")
        .variant_of("a retrieve by id", often, one_by_one(&reads, retrieve))
        .variant_of("a record of a page of 100", MANY, many(reads.clone(), read_page))
        .variant_of("the first 10 of a filter on 1,000 records, sorted", often, one_by_one(&reads, filter))
        .variant_of("an update", often, one_by_one(&reads, update))
        .variant_of("a create", often, one_by_one(&creates, create))
        .variant_of("a record of a `CreateMultiple` of 100", MANY, many(bulk, create_multiple))
        .variant_of("a record of a change set of 100 creates", MANY, many(batches, change_set))
}

fn retrieve(service: &Service) {
    let event = service.event();
    assert_eq!(service.run(SessionEvent::retrieve(event)).id, event);
}

fn read_page(service: &Service) {
    assert_eq!(service.run(SessionEvent::query().page_size(100)).records.len(), MANY);
}

fn filter(service: &Service) {
    let ended = SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd);
    let query = SessionEvent::query().filter(ended).order_by(SessionEvent::NAME.asc()).top(10);
    assert_eq!(service.run(query).records.len(), 10);
}

fn update(service: &Service) {
    service.run(SessionEvent::update(service.event()).name(format!("Event {}", service.next())));
}

fn create(service: &Service) {
    service.run(draft(service.next(), service.session));
}

fn create_multiple(service: &Service) {
    let drafts = (0..MANY).map(|number| draft(number, service.session));
    assert_eq!(service.run(SessionEvent::create_multiple(drafts)).len(), MANY);
}

fn change_set(service: &Service) {
    let mut batch = Batch::new();
    let mut together = batch.change_set();
    for number in 0..MANY {
        let _ = together.add(draft(number, service.session));
    }
    let reply = service.runtime.block_on(service.client.execute_batch(batch)).expect("an answer");
    assert!(reply.is_success());
}
