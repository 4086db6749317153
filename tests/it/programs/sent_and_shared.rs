//! Types that can cross threads, be cloned and be stored, whatever the table is: the compiler checks it.

use std::rc::Rc;

use dataverse_emulator::{Emulator, Exchange, Fault, Snapshot};
use dataverse_entity::client::{Client, Reply};
use dataverse_entity::message::{
    Batch, BatchReply, Delete, ErrorKind, Organization, Part, Query, RequestOptions, Retrieve,
};
use dataverse_entity::prelude::*;
use dataverse_entity::query::{Column, Filter, Order, kinds};
use dataverse_entity::tables::{SessionEvent, SessionEventCreate, SessionEventUpdate};
use dataverse_entity::{Error, RecordRef, Violations};

/// A type that is neither `Send` nor `Sync`. Types that only name it are both.
type Unsendable = Rc<()>;

fn shared<T: Send + Sync + 'static>() {}
fn cloned<T: Clone>() {}
fn value<T: Copy + Eq + std::hash::Hash + std::fmt::Debug>() {}
fn error<T: std::error::Error + Send + Sync + Clone + 'static>() {}

#[test]
fn types_that_a_program_keeps_can_be_sent_shared_and_cloned() {
    shared::<Client>();
    shared::<Emulator>();
    shared::<Snapshot>();
    shared::<Fault>();
    shared::<Exchange>();
    shared::<Batch>();
    shared::<BatchReply>();
    shared::<Part<Id<SessionEvent>>>();
    shared::<Organization>();
    shared::<RequestOptions>();
    shared::<Reply<Page<SessionEvent>>>();
    shared::<SessionEventCreate>();
    shared::<SessionEventUpdate>();
    shared::<Id<Unsendable>>();
    shared::<Filter<Unsendable>>();
    shared::<Order<Unsendable>>();
    shared::<Column<Unsendable, kinds::Text, String>>();
    shared::<RecordRef<Unsendable>>();
    cloned::<Client>();
    cloned::<Query<SessionEvent>>();
    cloned::<Retrieve<SessionEvent>>();
    cloned::<Delete<SessionEvent>>();
    cloned::<Filter<Unsendable>>();
    cloned::<BatchReply>();
    value::<Id<Unsendable>>();
    value::<Column<Unsendable, kinds::Text, String>>();
    value::<Order<Unsendable>>();
    value::<ErrorKind>();
    error::<Error>();
    error::<DecodeError>();
    error::<Violations>();
}

/// Results are moved often, and each row has ids, so both have to be small.
#[test]
fn results_and_ids_are_small() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
    assert_eq!(size_of::<Client>(), size_of::<usize>());
    assert_eq!(size_of::<Id<SessionEvent>>(), 16);
}

/// Futures are `Send`, those of trait objects and of generic code, too.
#[test]
fn futures_can_be_spawned_from_generic_code() {
    async fn copy<T>(from: Client, to: Client, id: Id<T>) -> Result<usize, Error>
    where
        T: Entity + Clone + Send + Sync,
    {
        let record = from.execute(T::retrieve(id)).await?;
        let page = to.execute(T::query().filter(T::PRIMARY_ID.eq(id)).top(1)).await?;
        Ok(page.len() + usize::from(Entity::id(&*record).is_some()))
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let client = Emulator::new().client();
        let id = client.execute(SessionEvent::create().name("n")).await.unwrap();
        assert_eq!(tokio::spawn(copy(client.clone(), client, id)).await.unwrap().unwrap(), 2);
    });
}
