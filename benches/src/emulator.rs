//! The emulator's reads and writes, in process. Nothing to compare with: one retrieve by id is 1, and the others are given
//! by how many of it they take.

use std::cell::Cell;
use std::rc::Rc;

use dataverse_emulator::Emulator;
use dataverse_entity::client::Client;
use dataverse_entity::operation::Batch;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventType, OcSession, SessionEvent};
use tokio::runtime::{Builder, Runtime};

use crate::{Group, Sizes};

/// Records of the table that is read, and of a page and a bulk.
const RECORDS: usize = 1_000;
const MANY: usize = 100;

/// A record in a bulk.
const BULK: &str = "a record of `CreateMultiple` of 100";

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
        let emulator = Emulator::builder().trace(0).build().expect("a service");
        let client = emulator.client();
        let session =
            runtime.block_on(client.execute(OcSession::create().subject("Chat"))).expect("a session");
        let drafts = (0..RECORDS).map(|number| draft(number, session));
        let events =
            runtime.block_on(client.execute(SessionEvent::create_multiple(drafts))).expect("the events");
        Self { runtime, client, session, events, next: Cell::new(0) }
    }

    fn run<O: Operation>(&self, operation: O) -> O::Output {
        self.runtime.block_on(self.client.execute(operation)).expect("an answer")
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

fn draft(
    number: usize,
    session: Id<OcSession>,
) -> dataverse_entity::tables::session_event::SessionEventCreate {
    SessionEvent::create()
        .name(format!("Event {number}"))
        .event_type(if number % 10 == 0 { EventType::SessionEnd } else { EventType::AgentAccepted })
        .session(session)
}

pub fn group(sizes: Sizes) -> Group {
    let service = Rc::new(Service::new());
    let work = |work: fn(&Service)| {
        let service = service.clone();
        move || {
            work(&service);
            1
        }
    };
    Group::new("The emulator, in process", "in retrieves")
        .calls(sizes.calls.min(20))
        .variant(
            "a retrieve by id",
            work(|service| {
                let event = service.event();
                assert_eq!(service.run(SessionEvent::retrieve(event)).id, event);
            }),
        )
        .variant_of(
            "a record of a page of 100",
            MANY,
            work(|service| {
                let page = service.run(SessionEvent::query().page_size(100));
                assert_eq!(page.records.len(), MANY);
            }),
        )
        .variant(
            "the first 10 of a filter, sorted",
            work(|service| {
                let ended = SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd);
                let query = SessionEvent::query().filter(ended).order_by(SessionEvent::NAME.asc()).top(10);
                assert_eq!(service.run(query).records.len(), 10);
            }),
        )
        .variant(
            "an update",
            work(|service| {
                service.run(SessionEvent::update(service.event()).name(format!("Event {}", service.next())));
            }),
        )
        .variant(
            "a create",
            work(|service| {
                service.run(draft(service.next(), service.session));
            }),
        )
        .variant_of(
            BULK,
            MANY,
            work(|service| {
                let drafts = (0..MANY).map(|number| draft(number, service.session));
                assert_eq!(service.run(SessionEvent::create_multiple(drafts)).len(), MANY);
            }),
        )
        .variant_of(
            "a record of a change set of 100 creates",
            MANY,
            work(|service| {
                let mut batch = Batch::new();
                let mut together = batch.change_set();
                for number in 0..MANY {
                    let _ = together.add(draft(number, service.session));
                }
                let reply = service.runtime.block_on(service.client.execute_batch(batch)).expect("an answer");
                assert!(reply.is_success());
            }),
        )
}
