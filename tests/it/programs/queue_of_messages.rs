//! A queue: messages of many kinds wait in a channel, and a worker sends them one by one, in chunks, or
//! later.

use std::future::Future;
use std::sync::Arc;

use dataverse_emulator::{Emulator, Fault};
use dataverse_entity::Error;
use dataverse_entity::client::Client;
use dataverse_entity::message::{AccessRights, Batch, Delete, GrantAccess, Message, SetState, Upsert};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::session_event::StatusReason;
use dataverse_entity::tables::{SessionEvent, SessionEventCreate, SessionEventUpdate, SystemUser};
use tokio::sync::{mpsc, oneshot};

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}

/// A job in the queue: a message of a known kind, or any other without an answer.
#[derive(Clone)]
enum Job {
    Create(SessionEventCreate),
    Update(SessionEventUpdate),
    Upsert(Upsert<SessionEvent, SessionEventUpdate>),
    Close(SetState<SessionEvent>),
    Share(GrantAccess<SessionEvent>),
    Delete(Delete<SessionEvent>),
    Other(Arc<dyn Message<Output = ()> + Send + Sync>),
}

impl Job {
    async fn send(&self, client: &Client) -> Result<(), Error> {
        match self {
            Self::Create(create) => client.execute(create).await.map(drop),
            Self::Update(update) => client.execute(update).await,
            Self::Upsert(upsert) => client.execute(upsert).await.map(drop),
            Self::Close(close) => client.execute(close).await,
            Self::Share(share) => client.execute(share).await,
            Self::Delete(delete) => client.execute(delete).await,
            Self::Other(other) => client.execute(other).await,
        }
    }
}

async fn work(client: Client, mut jobs: mpsc::Receiver<(Job, oneshot::Sender<Result<(), Error>>)>) {
    while let Some((job, done)) = jobs.recv().await {
        let _ = done.send(job.send(&client).await);
    }
}

#[test]
fn a_worker_sends_what_is_in_the_channel() {
    run(async {
        let emulator = Emulator::new();
        let colleague: Id<SystemUser> = emulator.add_user("Colleague").unwrap();
        let client = emulator.client();
        let (queue, jobs) = mpsc::channel(10);
        let worker = tokio::spawn(work(client.clone(), jobs));
        let id: Id<SessionEvent> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap();
        let owner = client.execute(dataverse_entity::message::WhoAmI).await.unwrap().user;
        let script = [
            Job::Create(SessionEvent::create().id(id).name("Accepted")),
            Job::Update(SessionEvent::update(id).name("Ended")),
            Job::Upsert(SessionEvent::upsert(id, SessionEvent::update(id).name("Ended again"))),
            Job::Close(SessionEvent::set_state(id, StatusReason::Inactive)),
            Job::Share(SessionEvent::grant_access(id, colleague, AccessRights::READ)),
            Job::Other(Arc::new(SessionEvent::assign(id, owner))),
        ];
        for job in script.clone() {
            let (done, told) = oneshot::channel();
            queue.send((job, done)).await.unwrap();
            told.await.unwrap().unwrap();
        }
        let event = client.execute(SessionEvent::retrieve(id)).await.unwrap();
        assert_eq!(event.name.as_deref(), Some("Ended again"));
        assert_eq!(event.status, Some(StatusReason::Inactive));
        let seen = emulator.client_as(colleague).execute(SessionEvent::retrieve(id)).await;
        assert!(seen.is_ok(), "the event is shared with the colleague");
        // Again: each job reports its outcome, and the worker goes on.
        for (job, is_ok) in script.into_iter().zip([false, true, true, true, true, true]) {
            let (done, told) = oneshot::channel();
            queue.send((job, done)).await.unwrap();
            assert_eq!(told.await.unwrap().is_ok(), is_ok);
        }
        let (done, told) = oneshot::channel();
        queue.send((Job::Delete(SessionEvent::delete(id)), done)).await.unwrap();
        told.await.unwrap().unwrap();
        drop(queue);
        worker.await.unwrap();
        assert!(client.execute(SessionEvent::retrieve(id)).await.unwrap_err().is_not_found());
    });
}

/// A job that could not be sent waits: it is a value, and the error says whether it may be sent again.
#[test]
fn messages_that_were_not_sent_are_sent_later_in_one_batch() {
    run(async {
        let emulator = Emulator::new();
        let client = emulator.client().with_retry(dataverse_entity::client::RetryPolicy::none());
        let mut later: Vec<SessionEventCreate> = Vec::new();
        emulator.inject(Fault::throttle(std::time::Duration::from_secs(9)).times(2));
        for number in 0..3 {
            let create = SessionEvent::create().name(format!("Event {number}"));
            match client.execute(&create).await {
                Ok(_) => {}
                Err(error) if error.is_throttled() => {
                    assert_eq!(error.retry_after(), Some(std::time::Duration::from_secs(9)));
                    later.push(create);
                }
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(later.len(), 2);
        let mut batch = Batch::new();
        let parts: Vec<_> = later.drain(..).map(|create| batch.add(create)).collect();
        let reply = client.execute(batch).await.unwrap();
        assert!(parts.iter().all(|part| reply.get(part).is_ok()));
        assert_eq!(client.all(SessionEvent::query()).await.unwrap().len(), 3);
    });
}
