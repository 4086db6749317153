//! Tokens: fetched once, replaced in time, never shown.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use dataverse_entity::client::{AccessToken, Client, NoToken, StaticToken, TokenError, token_fn};
use dataverse_entity::message::Organization;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use futures_util::future::{Either, join_all, join3, select};

use super::server::{Server, error, ok};
use super::{event, run};

const RECORD: &str =
    "{\"msdyn_sessioneventid\":\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\",\"msdyn_name\":\"n\"}";

/// A client with tokens `token-1`, `token-2`, … of this lifetime, and the number that it asked for.
fn counting(server: &Server, lifetime: Duration) -> (Client, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let source = token_fn(move |_: Organization| {
        let number = counter.fetch_add(1, Ordering::SeqCst) + 1;
        async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Ok::<_, TokenError>(AccessToken::new(
                format!("token-{number}"),
                Some(SystemTime::now() + lifetime),
            ))
        }
    });
    let client = Client::new(Organization::new(&server.url()).unwrap(), source).unwrap();
    (client, asked)
}

#[test]
fn concurrent_requests_ask_for_one_token() {
    run(async {
        let server = Server::with(|_, _| ok(RECORD)).await;
        let (client, asked) = counting(&server, Duration::from_secs(3600));
        let all = join_all((0..20).map(|_| client.execute(SessionEvent::retrieve(event())))).await;
        assert!(all.iter().all(Result::is_ok));
        assert_eq!((asked.load(Ordering::SeqCst), server.count()), (1, 20));
        assert!(server.arrived().iter().all(|each| each.header("authorization") == Some("Bearer token-1")));
    });
}

#[test]
fn clients_of_clones_of_a_builder_share_the_token() {
    run(async {
        let server = Server::with(|_, _| ok(RECORD)).await;
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = asked.clone();
        let source = token_fn(move |_: Organization| {
            counter.fetch_add(1, Ordering::SeqCst);
            async {
                Ok::<_, TokenError>(AccessToken::new(
                    "token",
                    Some(SystemTime::now() + Duration::from_secs(3600)),
                ))
            }
        });
        let common = Client::builder(Organization::new(&server.url()).unwrap(), source);
        let clients = ["one", "two"].map(|agent| common.clone().user_agent(agent).build().unwrap());
        for client in &clients {
            client.execute(SessionEvent::retrieve(event())).await.unwrap();
        }
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        let arrived = server.arrived();
        let agents: Vec<_> = arrived.iter().map(|each| each.header("user-agent")).collect();
        assert_eq!(agents, [Some("one"), Some("two")]);
    });
}

#[test]
fn a_token_is_replaced_shortly_before_it_expires() {
    run(async {
        let server = Server::with(|_, _| ok(RECORD)).await;
        let (client, asked) = counting(&server, Duration::from_secs(60));
        for _ in 0..2 {
            client.execute(SessionEvent::retrieve(event())).await.unwrap();
        }
        assert_eq!(asked.load(Ordering::SeqCst), 2, "a token that lasts a minute is not kept");
        let (client, asked) = counting(&server, Duration::from_secs(3600));
        for _ in 0..2 {
            client.execute(SessionEvent::retrieve(event())).await.unwrap();
        }
        assert_eq!(asked.load(Ordering::SeqCst), 1, "a token that lasts an hour is kept");
    });
}

#[test]
fn a_token_that_the_server_refuses_is_replaced_once() {
    run(async {
        let server = Server::start([error(401, "0x0"), ok(RECORD)]).await;
        let (client, asked) = counting(&server, Duration::from_secs(3600));
        client.execute(SessionEvent::create().name("n").returning::<SessionEventName>()).await.unwrap();
        assert_eq!((asked.load(Ordering::SeqCst), server.count()), (2, 2));
        assert_eq!(server.arrived()[1].header("authorization"), Some("Bearer token-2"));
        let server = Server::with(|_, _| error(401, "0x0")).await;
        let (client, asked) = counting(&server, Duration::from_secs(3600));
        let error = client.execute(SessionEvent::retrieve(event())).await.unwrap_err();
        assert!(error.is_unauthorized());
        assert_eq!((asked.load(Ordering::SeqCst), server.count(), error.attempts()), (2, 2, 2));
    });
}

#[derive(Debug, DataverseEntity)]
#[entity(of = SessionEvent)]
struct SessionEventName {
    #[attr(logical = "msdyn_name")]
    _name: Option<String>,
}

#[test]
fn without_a_token_nothing_is_sent() {
    run(async {
        let server = Server::start([]).await;
        let source = token_fn(|_: Organization| async {
            Err::<AccessToken, TokenError>("the directory is down".into())
        });
        let client = Client::new(Organization::new(&server.url()).unwrap(), source).unwrap();
        let error = client.execute(SessionEvent::retrieve(event())).await.unwrap_err();
        // The token source failed: that is not a 401 of the server.
        assert!(error.is_token() && !error.is_unauthorized());
        assert!(error.to_string().ends_with("no token: the directory is down"), "{error}");
        assert_eq!(server.connections(), 0);
        let bad = Client::new(Organization::new(&server.url()).unwrap(), StaticToken::new("a\r\nb")).unwrap();
        let error = bad.execute(SessionEvent::retrieve(event())).await.unwrap_err();
        assert!(
            error.to_string().ends_with("no token: the token has characters that a header cannot hold"),
            "{error}"
        );
        let none = Client::new(Organization::new(&server.url()).unwrap(), NoToken).unwrap();
        let _ = none.execute(SessionEvent::retrieve(event())).await;
        assert_eq!(server.arrived()[0].header("authorization"), None);
    });
}

#[test]
fn a_request_cancelled_while_its_token_is_fetched_does_not_block_the_next() {
    run(async {
        let server = Server::with(|_, _| ok(RECORD)).await;
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = asked.clone();
        // The first time, no token ever comes.
        let source = token_fn(move |_: Organization| {
            let first = counter.fetch_add(1, Ordering::SeqCst) == 0;
            async move {
                if first {
                    std::future::pending::<()>().await;
                }
                Ok::<_, TokenError>(AccessToken::new("token", None))
            }
        });
        let client = Client::new(Organization::new(&server.url()).unwrap(), source).unwrap();
        let first = client.execute(SessionEvent::retrieve(event()));
        assert!(tokio::time::timeout(Duration::from_millis(20), first).await.is_err());
        client.execute(SessionEvent::retrieve(event())).await.unwrap();
        assert_eq!((asked.load(Ordering::SeqCst), server.count()), (2, 1));
    });
}

/// Requests after a fetch that timed out start one new fetch together.
#[test]
fn requests_after_a_token_fetch_that_timed_out_share_a_new_fetch() {
    run(async {
        let server = Server::with(|_, _| ok(RECORD)).await;
        let asked = Arc::new(AtomicUsize::new(0));
        let gate = Arc::new(tokio::sync::Semaphore::new(0));
        let (counter, closed) = (asked.clone(), gate.clone());
        // The first token never comes; later ones come when the gate is open.
        let source = token_fn(move |_: Organization| {
            let is_first = counter.fetch_add(1, Ordering::SeqCst) == 0;
            let closed = closed.clone();
            async move {
                if is_first {
                    std::future::pending::<()>().await;
                }
                let _open = closed.acquire().await;
                Ok::<_, TokenError>(AccessToken::new("token", None))
            }
        });
        let client = Client::new(Organization::new(&server.url()).unwrap(), source).unwrap();
        let (short, longer) =
            (client.with_timeout(Duration::from_millis(20)), client.with_timeout(Duration::from_secs(1)));
        let patient = Box::pin(longer.execute(SessionEvent::retrieve(event())));
        let impatient = Box::pin(short.execute(SessionEvent::retrieve(event())));
        let Either::Right((first, patient)) = select(patient, impatient).await else { panic!("too early") };
        assert!(first.unwrap_err().is_token());
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        let next = Box::pin(client.execute(SessionEvent::retrieve(event())));
        let Either::Left((second, next)) = select(patient, next).await else { panic!("the gate is open") };
        assert!(second.unwrap_err().is_token());
        assert_eq!(asked.load(Ordering::SeqCst), 2);
        let last = client.execute(SessionEvent::retrieve(event()));
        let (next, last, ()) = join3(next, last, async { gate.add_permits(2) }).await;
        assert!(next.is_ok() && last.is_ok());
        assert_eq!(asked.load(Ordering::SeqCst), 2, "the fetch that is under way is joined");
    });
}
