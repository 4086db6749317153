//! Streams and handles of batches in structs, in loops and in generic code.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use dataverse_emulator::Emulator;
use dataverse_entity::Error;
use dataverse_entity::client::{Client, FusedStream, Items, Pages, Stream};
use dataverse_entity::message::{
    Batch, BatchReply, ChangePart, Paged, Part, Query, RequestOptions, WithOptions,
};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}

async fn filled(count: usize) -> Client {
    let client = Emulator::new().client();
    let drafts = (0..count).map(|number| SessionEvent::create().name(format!("Event {number}")));
    let outcomes = client.bulk().create(drafts).await;
    let ids: Result<Vec<Id<SessionEvent>>, Error> = outcomes.into_iter().collect();
    assert_eq!(ids.unwrap().len(), count);
    client
}

/// A feed that outlives the function that started it.
struct Feed {
    events: Items<Query<SessionEvent>>,
    pages: Option<Pages<WithOptions<Query<SessionEvent>>>>,
}

async fn count<M>(client: &Client, message: M) -> Result<usize, Error>
where
    M: Paged<Output: Send, Item: Send> + Send + 'static,
    M::Output: 'static,
{
    let mut items = client.items(message);
    let mut count = 0;
    while let Some(item) = items.next().await {
        item?;
        count += 1;
    }
    Ok(count)
}

#[test]
fn streams_are_kept_in_fields_and_stay_ended() {
    run(async {
        let client = filled(5).await;
        let query = || SessionEvent::query().page_size(2);
        let mut feed = Feed {
            events: client.items(query()),
            pages: Some(client.pages(query().with(RequestOptions::new().tag("feed")))),
        };
        let mut names = Vec::new();
        while let Some(event) = feed.events.next().await {
            names.push(event.unwrap().into_inner().name.unwrap());
        }
        assert_eq!(names.len(), 5);
        // As a `select!` loop does: it polls whatever is in the struct, ended or not.
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..3 {
            let polled = Pin::new(&mut feed.events).poll_next(&mut context);
            assert!(matches!(polled, Poll::Ready(None)));
        }
        assert!(feed.events.is_terminated());
        let pages: Vec<Page<SessionEvent>> = feed.pages.take().unwrap().try_collect().await.unwrap();
        assert_eq!(pages.iter().map(Page::len).collect::<Vec<_>>(), [2, 2, 1]);
        assert_eq!(count(&client, query()).await.unwrap(), 5);
        assert_eq!(count(&client, SessionEvent::fetch().page_size(3).records()).await.unwrap(), 5);
        assert_eq!(client.all(query().filter(SessionEvent::NAME.eq("Event 3"))).await.unwrap().len(), 1);
    });
}

/// A stream with the adapters of `futures`, too.
#[test]
fn streams_take_the_adapters_of_futures() {
    use futures_util::{StreamExt, TryStreamExt};
    run(async {
        let client = filled(4).await;
        let names: Vec<String> = client
            .items(SessionEvent::query().order_by(SessionEvent::NAME).page_size(3))
            .try_filter_map(|event| async { Ok(event.into_inner().name) })
            .try_collect()
            .await
            .unwrap();
        assert_eq!(names, ["Event 0", "Event 1", "Event 2", "Event 3"]);
        let firsts: Vec<_> = client.items(SessionEvent::query()).take(2).collect().await;
        assert_eq!(firsts.iter().filter(|event| event.is_ok()).count(), 2);
    });
}

/// The handles of a unit of work, typed by the answer, whatever wraps the message.
#[derive(Default)]
struct Pending {
    ids: Vec<Part<Id<SessionEvent>>>,
    events: Vec<Part<Record<SessionEvent>>>,
    done: Vec<Part<()>>,
    sessions: Vec<ChangePart<Id<OcSession>>>,
}

impl Pending {
    fn answers(&self, reply: &BatchReply) -> Result<(Vec<Id<SessionEvent>>, usize), Error> {
        let ids = self.ids.iter().map(|part| reply.get(part)).collect::<Result<_, Error>>()?;
        self.done.iter().try_for_each(|part| reply.get(part))?;
        self.sessions.iter().try_for_each(|part| reply.get(part).map(drop))?;
        let events: Vec<_> = self.events.iter().map(|part| reply.get(part)).collect::<Result<_, _>>()?;
        Ok((ids, events.len()))
    }
}

#[test]
fn handles_are_kept_by_the_type_of_their_answer() {
    run(async {
        let client = filled(1).await;
        let event = client.execute(SessionEvent::query().one()).await.unwrap().id;
        let (mut batch, mut pending) = (Batch::new(), Pending::default());
        pending.ids.push(batch.add(SessionEvent::create().name("plain")));
        let options = RequestOptions::new().suppress_flows(true);
        pending.ids.push(batch.add(SessionEvent::create().name("with options").with(options)));
        pending.ids.push(batch.add(SessionEvent::create().name("again").assume_idempotent()));
        pending.events.push(batch.add(SessionEvent::retrieve(event)));
        pending.done.push(batch.add(SessionEvent::update(event).name("renamed")));
        let mut together = batch.change_set();
        let session = together.add(OcSession::create().subject("Chat"));
        let of_session = together.add(SessionEvent::create().name("in it").session(session.record()));
        pending.sessions.push(session);
        pending.ids.push(of_session.part().clone());
        pending.done.push(batch.add(SessionEvent::delete(event)));
        let reply = client.execute_batch(batch).await.unwrap();
        let (ids, events) = pending.answers(&reply).unwrap();
        assert_eq!((ids.len(), events), (4, 1));
        let of_session = client.execute(SessionEvent::retrieve(ids[3])).await.unwrap();
        assert_eq!(
            of_session.session.as_ref().map(Lookup::id),
            Some(reply.get(&pending.sessions[0]).unwrap())
        );
        // A handle of another batch is an error, not another record.
        let other = Batch::new().add(SessionEvent::create().name("elsewhere"));
        assert!(reply.get(&other).unwrap_err().to_string().contains("batch"));
    });
}
