//! Messages by value, by reference and as trait objects, from generic code, and your own messages.

use std::sync::Arc;

use dataverse_entity::bytes::Bytes;
use dataverse_entity::http::{Request, Response};
use dataverse_entity::message::{Batch, ErrorKind, WhoAmI};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use dataverse_entity::{CreateDraft, Draft, Error, Organization, UpdateDraft};

use crate::support::exchange::{org, request, response};

const G1: &str = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";

fn event() -> Id<SessionEvent> {
    G1.parse().unwrap()
}

/// The bounds of a client's `execute`.
fn sent<M: Message>(message: M) -> (String, bool) {
    let request = message.request(&org()).unwrap();
    (format!("{} {}", message.message_name(), request.uri().path()), message.is_idempotent())
}

#[test]
fn references_boxes_and_arcs_of_messages_are_messages() {
    let delete = SessionEvent::delete(event());
    let expected = (format!("Delete /api/data/v9.2/msdyn_sessionevents({G1})"), true);
    assert_eq!(sent(&delete), expected);
    assert_eq!(sent(Box::new(delete.clone())), expected);
    assert_eq!(sent(Arc::new(delete.clone())), expected);
    let draft = SessionEvent::create().name("n");
    assert_eq!(sent(&draft), sent(draft.clone()));
    let boxed: Box<dyn Message<Output = ()> + Send + Sync> = Box::new(delete.clone());
    assert_eq!(sent(&boxed), expected);
    let queue: Vec<Arc<dyn Message<Output = ()> + Send + Sync>> =
        vec![Arc::new(delete), Arc::new(SessionEvent::update(event()).name("n"))];
    assert_eq!(queue.iter().map(|each| each.message_name()).collect::<Vec<_>>(), ["Delete", "Update"]);
    assert_eq!(queue[1].known_answer(), None);
    let mut batch = Batch::new();
    batch.add(boxed);
    queue.into_iter().for_each(|each| {
        batch.add(each);
    });
    let body = batch.request(&org()).unwrap();
    let body = str::from_utf8(body.body()).unwrap();
    assert_eq!(body.matches("DELETE").count(), 2, "{body}");
    assert_eq!(body.matches("PATCH").count(), 1, "{body}");
}

/// A repository for any table, with `Entity` as its only bound.
struct Repository;

impl Repository {
    fn add<T: Entity>(draft: T::Create, answer: Response<Bytes>) -> Result<Id<T>, Error> {
        draft.request(&org())?;
        draft.response(answer)
    }

    fn change<T: Entity>(update: &T::Update, answer: Response<Bytes>) -> Result<(), Error> {
        update.request(&org())?;
        update.response(answer)
    }
}

fn any_create<D: Draft<Kind = CreateDraft>>(draft: D) -> impl Message<Output = Id<D::Table>> {
    draft
}

fn any_update<D: Draft<Kind = UpdateDraft>>(draft: D) -> impl Message<Output = ()> {
    draft
}

fn any_draft<D: Draft>(draft: &D) -> &'static str {
    draft.message_name()
}

#[test]
fn generic_code_sends_the_drafts_of_any_table() {
    let url = format!("https://x/api/data/v9.2/msdyn_sessionevents({G1})");
    let created = response(204, &[("OData-EntityId", &url)], "");
    let draft = SessionEvent::create().name("n");
    assert_eq!(Repository::add::<SessionEvent>(draft.clone(), created).unwrap(), event());
    let update = SessionEvent::update(event()).name("n");
    Repository::change::<SessionEvent>(&update, response(204, &[], "")).unwrap();
    assert_eq!((any_draft(&draft), any_draft(&update)), ("Create", "Update"));
    assert!(request(&any_create(draft)).starts_with("POST msdyn_sessionevents"));
    assert!(request(&any_update(update)).starts_with("PATCH msdyn_sessionevents("));
}

/// A message that the library does not have.
struct RetrieveTotalRecordCount;

impl Message for RetrieveTotalRecordCount {
    type Output = u64;

    fn message_name(&self) -> &'static str {
        "RetrieveTotalRecordCount"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let request = Request::get(format!("{}RetrieveTotalRecordCount()", org.root_url()));
        request.body(Bytes::new()).map_err(Error::other)
    }

    fn response(&self, response: Response<Bytes>) -> Result<u64, Error> {
        if !response.status().is_success() {
            return Err(Error::from_response(&response));
        }
        let text = str::from_utf8(response.body()).map_err(Error::other)?;
        text.parse().map_err(|_| Error::unreadable(response.status(), "it is no number"))
    }
}

#[test]
fn your_own_message_builds_its_errors() {
    assert_eq!(
        sent(RetrieveTotalRecordCount).0,
        "RetrieveTotalRecordCount /api/data/v9.2/RetrieveTotalRecordCount()"
    );
    assert_eq!(RetrieveTotalRecordCount.response(response(200, &[], "7")).unwrap(), 7);
    let refused = r#"{"error":{"code":"0x80040220","message":"no"}}"#;
    let error = RetrieveTotalRecordCount.response(response(403, &[], refused)).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::PermissionDenied, Some(0x8004_0220)));
    let error = RetrieveTotalRecordCount.response(response(200, &[], "x")).unwrap_err();
    assert_eq!(error.to_string(), "the answer (200 OK) cannot be read: it is no number");
    let mut batch = Batch::new();
    batch.add(RetrieveTotalRecordCount);
    batch.add(&WhoAmI);
    assert!(batch.request(&org()).is_ok());
}
