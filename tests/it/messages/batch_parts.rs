//! A batch writes most requests without building them: they are what it writes of built requests. Of a wrapped message,
//! as of a user's own, it has only the built request.

use std::sync::Arc;

use dataverse_entity::message::{Annotations, Batch, Message, RequestOptions, WhoAmI, WriteMessage};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};
use dataverse_entity::{Id, Record, Uuid};

use crate::support::claims_to_write::ClaimsToWrite;
use crate::support::exchange::org;
use crate::support::table::{Party, Thing};

/// Returns the body of a batch, or the error, both as text.
fn written(batch: &Batch, options: &RequestOptions) -> Result<String, String> {
    let request = batch.request_with(&org(), options).map_err(|error| format!("{error} {error:?}"))?;
    Ok(String::from_utf8(request.into_body().to_vec()).unwrap())
}

fn all_options() -> [RequestOptions; 3] {
    let none = RequestOptions::new();
    let headers = none.clone().suppress_flows(true).impersonate_object_id(Uuid::from_u128(7));
    let others = none.clone().annotations(Annotations::all()).page_size(10).tag("nightly import");
    [none, headers, others]
}

/// Checks a message in a batch, and returns its text or error without options.
fn check<M: Message + Send + Sync + 'static>(message: M) -> Result<String, String> {
    let message = Arc::new(message);
    let [first, ..] = all_options().map(|options| {
        let (mut ours, mut own) = (Batch::new(), Batch::new());
        ours.add(message.clone());
        own.add(ClaimsToWrite(message.clone()));
        let text = written(&ours, &options);
        assert_eq!(text, written(&own, &options), "{} {options:?}", message.message_name());
        text
    });
    first
}

/// Checks a message that writes, in a batch and in a change set.
fn check_write<M: WriteMessage + Send + Sync + 'static>(message: M) -> Result<String, String> {
    let message = Arc::new(message);
    for options in all_options() {
        let (mut ours, mut own) = (Batch::new(), Batch::new());
        ours.change_set().add(message.clone());
        own.change_set().add(ClaimsToWrite(message.clone()));
        assert_eq!(written(&ours, &options), written(&own, &options), "{}", message.message_name());
    }
    check(message)
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Name {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

/// Has a lookup to several tables, so that messages ask for an annotation.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = Thing)]
struct Owned {
    #[attr(logical = "ownerid")]
    owner: Option<dataverse_entity::Lookup<Party>>,
}

fn event() -> Id<SessionEvent> {
    Id::new(Uuid::from_u128(7))
}

#[test]
fn writes_have_the_text_of_their_requests() {
    let created = check_write(SessionEvent::create().name("Größe \"1\"")).unwrap();
    assert!(created.contains("POST /api/data/v9.2/msdyn_sessionevents HTTP/1.1\r\n"));
    check_write(SessionEvent::create()).unwrap();
    check_write(SessionEvent::create().name("batch_1 changeset_1")).unwrap();
    check_write(SessionEvent::create().session(New(OcSession::create().subject("s")))).unwrap();
    check_write(SessionEvent::create().name("e").with(RequestOptions::new().tag("own"))).unwrap();
    check_write(SessionEvent::create().name("e").with(RequestOptions::new())).unwrap();
    check_write(SessionEvent::create().name("e").assume_idempotent()).unwrap();
    check_write(Box::new(SessionEvent::create().name("e"))).unwrap();
    check_write(SessionEvent::create().name("e").returning::<Name>()).unwrap();
    check_write(SessionEvent::update(event()).name("e")).unwrap();
    check_write(SessionEvent::update(event()).name("e").if_match("W/\"7\"")).unwrap();
    check_write(SessionEvent::update(event()).name("e").single_column()).unwrap();
    check_write(SessionEvent::delete(event())).unwrap();
    check_write(SessionEvent::delete(event()).if_match("\"7\"")).unwrap();
    check_write(SessionEvent::upsert(event(), SessionEvent::update(event()).name("e")).only_update(true))
        .unwrap();
}

#[test]
fn reads_have_the_text_of_their_requests() {
    let read = check(Name::retrieve(event())).unwrap();
    assert!(read.contains("msdyn_sessionevents(00000000-0000-0000-0000-000000000007)?$select=msdyn_name "));
    check(Name::retrieve(event()).annotations(Annotations::formatted_values())).unwrap();
    check(Name::retrieve(event()).if_changed("W/\"7\"")).unwrap();
    let annotated = check(Owned::retrieve(Id::<Thing>::new(Uuid::from_u128(7)))).unwrap();
    assert!(annotated.contains("Prefer: odata.include-annotations="));
    check(Name::query().filter(SessionEvent::NAME.contains("a b[%]&<>\u{e4}")).top(3)).unwrap();
    check(SessionEvent::count()).unwrap();
    check(WhoAmI).unwrap();
    let boxed: Box<dyn Message<Output = Record<Name>> + Send + Sync> = Box::new(Name::retrieve(event()));
    check(boxed).unwrap();
}

/// Only a built request can tell whether a URL with unusual characters is valid.
#[test]
fn keys_have_the_text_of_their_requests() {
    for code in ["A-1", "ö", "a/b?#[]{}|^<>\"", "a b%", "'"] {
        let key = || Thing::CODE.key(code).and(Thing::NUMBER.key(7));
        let read = check(Thing::retrieve(key()));
        let deleted = check_write(Thing::delete(key()));
        assert_eq!(read.is_ok(), deleted.is_ok(), "{code}");
        if code == "A-1" {
            assert!(read.unwrap().contains("/new_things(new_code='A-1',new_number=7)?$select="));
        }
    }
}

#[test]
fn errors_are_those_of_the_requests() {
    let bad = [
        check_write(SessionEvent::update(event()).name("e").if_match("7")),
        check_write(SessionEvent::update(event()).name("e").if_match("\"\u{7}\"")),
        check_write(SessionEvent::delete(event()).if_match("7")),
        check(Name::retrieve(event()).annotations(Annotations::named(["a b"]))),
        check(Name::query().page_size(0)),
        check(Name::query().top(0)),
        check(Name::query().filter(SessionEvent::NAME.eq("e".repeat(70_000)))),
    ];
    for result in bad {
        assert!(!result.unwrap_err().is_empty());
    }
}

#[test]
fn content_ids_are_written_alike() {
    let text = |batch: &Batch| written(batch, &RequestOptions::new()).unwrap();
    let (mut ours, mut own) = (Batch::new(), Batch::new());
    let mut set = ours.change_set();
    let record = set.add(SessionEvent::create().name("e")).record();
    set.add(SessionEvent::update(record).name("f"));
    let mut set = own.change_set();
    let record = set.add(ClaimsToWrite(Arc::new(SessionEvent::create().name("e")))).record();
    set.add(ClaimsToWrite(Arc::new(SessionEvent::update(record).name("f"))));
    assert_eq!(text(&ours), text(&own));
    assert!(text(&ours).contains("PATCH $1 HTTP/1.1\r\n"));
}
