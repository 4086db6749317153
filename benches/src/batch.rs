//! Writes a batch of creates and retrieves in turn, and reads its answer.

use dataverse_entity::bytes::Bytes;
use dataverse_entity::http::Response;
use dataverse_entity::message::{Batch, Organization, Part};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

use crate::batch_by_hand::{self, Line, Reply};
use crate::batch_data::BatchInput;
use crate::lines::EventLine;
use crate::{Group, Sizes, batch_data};

const TABLE: &str = "A batch";

type Handles = Vec<(Part<Id<SessionEvent>>, Part<Record<EventLine>>)>;

fn fill(wanted: &BatchInput) -> (Batch, Handles) {
    let mut batch = Batch::new();
    let handles = wanted.names.iter().zip(&wanted.events).map(|(name, event)| {
        let create = SessionEvent::create().name(name.clone()).session(wanted.session);
        (batch.add(create), batch.add(EventLine::retrieve(*event)))
    });
    let handles = handles.collect();
    (batch, handles)
}

pub fn write(sizes: Sizes) -> Group {
    let org = Organization::new("https://contoso.crm4.dynamics.com").expect("an address");
    let wanted = BatchInput::new(sizes.parts);
    let body = fill(&wanted).0.request(&org).expect("a request").into_body();
    assert_eq!(body, batch_by_hand::write(&wanted));
    let again = wanted.clone();
    Group::new(TABLE, "written")
        .input(sizes.parts, body.len())
        .gives(body.len())
        .variant("dataverse-entity", move || {
            let (batch, handles) = fill(std::hint::black_box(&wanted));
            std::hint::black_box(handles);
            batch.request(&org).expect("a request").body().len()
        })
        .variant("by hand: `write!`, `serde_json`, splitting", move || {
            batch_by_hand::write(std::hint::black_box(&again)).len()
        })
}

pub fn read(sizes: Sizes) -> Group {
    let wanted = BatchInput::new(sizes.parts);
    let (batch, handles) = fill(&wanted);
    let answer = batch_data::answer(wanted.names.len());
    assert_eq!(
        ours(&batch, &handles, &answer),
        batch_by_hand::read(&answer).expect("an answer"),
        "the answer to a batch"
    );
    let again = answer.clone();
    Group::new(TABLE, "its answer read")
        .input(sizes.parts, answer.body().len())
        .gives(handles.len() * 2)
        .variant("dataverse-entity", move || {
            let reply = batch.response(answer.clone()).expect("an answer");
            handles
                .iter()
                .map(|(create, retrieve)| {
                    std::hint::black_box(reply.get(create).expect("an id"));
                    std::hint::black_box(reply.get(retrieve).expect("a record"));
                    2
                })
                .sum()
        })
        .variant("by hand: `write!`, `serde_json`, splitting", move || {
            batch_by_hand::read(std::hint::black_box(&again)).expect("an answer").len()
        })
}

/// Converts the replies that ours reads to the types that were written by hand.
fn ours(batch: &Batch, handles: &Handles, answer: &Response<Bytes>) -> Vec<Reply> {
    let reply = batch.response(answer.clone()).expect("an answer");
    let mut replies = Vec::new();
    for (create, retrieve) in handles {
        replies.push(Reply::Created(reply.get(create).expect("an id").uuid()));
        let record = reply.get(retrieve).expect("a record");
        let etag = record.etag().map(str::to_owned);
        let line = record.into_inner();
        let session = line.session.map(|session| batch_by_hand::Session { subject: session.subject });
        replies.push(Reply::Read(Line { etag, name: line.name, created_on: line.created_on, session }));
    }
    replies
}
