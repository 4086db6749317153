//! What programs rely on: the client's types, token sources, organizations and replies.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use dataverse_entity::client::{
    AccessToken, BoxFuture, Bulk, BulkOutcomes, Client, ClientBuilder, FusedStream, HttpTransport, Items,
    MessageInfo, NoToken, Pages, Progress, Reply, RetryPolicy, StaticToken, TokenError, TokenSource,
    Transport, TransportError, token_fn,
};
use dataverse_entity::message::{Batch, BatchReply, Message, Query, RequestOptions};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use dataverse_entity::{Error, Organization};
use futures_util::Stream;
use http::{HeaderName, Request, Response};

use super::server::{Server, Step, created, error, ok};
use super::{builder, client, event, run};
use crate::support::exchange::org;

const RECORD: &str =
    "{\"msdyn_sessioneventid\":\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\",\"msdyn_name\":\"n\"}";

fn is_send<T: Send>(value: T) -> T {
    value
}

fn is_shared<T: Send + Sync + 'static>() {}

#[test]
fn the_types_and_futures_of_the_client_can_be_sent_and_shared() {
    is_shared::<Client>();
    is_shared::<HttpTransport>();
    is_shared::<RetryPolicy>();
    is_shared::<AccessToken>();
    is_shared::<MessageInfo>();
    is_shared::<Progress>();
    is_shared::<TransportError>();
    is_shared::<Reply<Record<SessionEvent>>>();
    is_shared::<Organization>();
    is_shared::<RequestOptions>();
    is_shared::<Batch>();
    is_shared::<BatchReply>();
    is_shared::<Query<SessionEvent>>();
    fn can_be_sent<T: Send + 'static>() {}
    can_be_sent::<ClientBuilder>();
    can_be_sent::<Bulk>();
    can_be_sent::<BulkOutcomes<'static, ()>>();
    can_be_sent::<Pages<Query<SessionEvent>>>();
    can_be_sent::<Items<Query<SessionEvent>>>();
    let client = Client::new(org(), NoToken).unwrap();
    drop(is_send(client.execute(SessionEvent::retrieve(event()))));
    drop(is_send(client.send(&SessionEvent::retrieve(event()))));
    drop(is_send(client.execute_batch(Batch::new())));
    drop(is_send(client.all(SessionEvent::query())));
    drop(is_send(client.bulk().delete([event()])));
    let boxed: Box<dyn Message<Output = ()> + Send + Sync> = Box::new(SessionEvent::delete(event()));
    drop(is_send(client.execute(boxed)));
}

/// A token source that marks the tokens of another, and lets them expire a minute earlier.
struct Early<S>(S);

impl<S: TokenSource> TokenSource for Early<S> {
    fn token<'a>(&'a self, org: &'a Organization) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>> {
        Box::pin(async move {
            let token = self.0.token(org).await?;
            Ok(token.map(|token| {
                let end = token.expires_at().map(|end| end - Duration::from_secs(60));
                AccessToken::new(format!("early-{}-{}", token.expose_secret(), org.host()), end)
            }))
        })
    }
}

#[test]
fn token_sources_are_chosen_at_run_time_decorated_and_shared() {
    run(async {
        let server = Server::with(|_, _| ok(RECORD)).await;
        let end = SystemTime::now() + Duration::from_secs(3600);
        let closure = token_fn(move |org: Organization| async move {
            Ok::<_, TokenError>(AccessToken::new(format!("for-{}", org.host()), Some(end)))
        });
        let maybe = token_fn(|_| async { Ok::<Option<AccessToken>, TokenError>(None) });
        let shared: Arc<dyn TokenSource> = Arc::new(StaticToken::new("shared"));
        let leaked: &'static StaticToken = Box::leak(Box::new(StaticToken::new("leaked")));
        let sources: [(Box<dyn TokenSource>, Option<&str>); 5] = [
            (Box::new(closure), Some("Bearer for-127.0.0.1")),
            (Box::new(Early(closure)), Some("Bearer early-for-127.0.0.1-127.0.0.1")),
            (Box::new(maybe), None),
            (Box::new(shared), Some("Bearer shared")),
            (Box::new(leaked), Some("Bearer leaked")),
        ];
        for (source, expected) in sources {
            let client = Client::new(Organization::new(&server.url()).unwrap(), source).unwrap();
            client.execute(SessionEvent::retrieve(event())).await.unwrap();
            assert_eq!(server.arrived().last().unwrap().header("authorization"), expected);
        }
    });
}

#[test]
fn text_that_is_no_token_is_refused_with_what_to_write() {
    run(async {
        let server = Server::start([]).await;
        for (secret, advice) in [
            ("Bearer eyJ0", "give the token alone"),
            ("bearer eyJ0", "give the token alone"),
            ("", "use `NoToken`"),
            ("eyJ0\n", "trim the text"),
            (" eyJ0", "trim the text"),
        ] {
            let org = Organization::new(&server.url()).unwrap();
            let client = Client::new(org, StaticToken::new(secret)).unwrap();
            let error = client.execute(SessionEvent::retrieve(event())).await.unwrap_err();
            assert!(error.is_token() && error.to_string().contains(advice), "{secret:?}: {error}");
            assert!(!error.to_string().contains("eyJ0"), "{error}");
        }
        assert_eq!(server.connections(), 0);
    });
}

#[test]
fn a_token_source_that_hangs_times_out_for_every_caller() {
    run(async {
        let server = Server::with(|_, _| ok(RECORD)).await;
        let asked = Arc::new(Mutex::new(0));
        let counter = asked.clone();
        let source = token_fn(move |_: Organization| {
            *counter.lock().unwrap() += 1;
            let first = *counter.lock().unwrap() == 1;
            async move {
                if first {
                    std::future::pending::<()>().await;
                }
                Ok::<_, TokenError>(AccessToken::new("token", None))
            }
        });
        let client = Client::builder(Organization::new(&server.url()).unwrap(), source)
            .timeout(Duration::from_millis(50))
            .build()
            .unwrap();
        let retrieve = || client.execute(SessionEvent::retrieve(event()));
        // Both wait for the one fetch that hangs, and both get the error.
        let (one, two) = futures_util::future::join(retrieve(), retrieve()).await;
        for error in [one.unwrap_err(), two.unwrap_err()] {
            assert!(error.is_token(), "{error}");
            assert!(
                error.to_string().ends_with("the token source returned none within 0.05 seconds"),
                "{error}"
            );
        }
        retrieve().await.unwrap();
        assert_eq!((*asked.lock().unwrap(), server.count()), (2, 1));
    });
}

#[test]
fn an_organization_converts_to_text_and_compares_in_its_normal_form() {
    let same = [
        "https://contoso.crm4.dynamics.com",
        "https://CONTOSO.crm4.dynamics.com/",
        "HTTPS://contoso.crm4.dynamics.com:443",
        "https://contoso.crm4.dynamics.com/api/data/v9.2",
        "https://contoso.crm4.dynamics.com/api/data/v9.2/",
    ];
    let all: HashSet<Organization> = same.iter().map(|url| url.parse().unwrap()).collect();
    assert_eq!(all.len(), 1);
    let org = Organization::try_from(same[0]).unwrap();
    assert_eq!(org.to_string(), "https://contoso.crm4.dynamics.com/api/data/v9.2/");
    assert_eq!(org.to_string().parse::<Organization>().unwrap(), org);
    assert_eq!((org.version(), org.host()), ("9.2", "contoso.crm4.dynamics.com"));
    assert_eq!(org.origin(), "https://contoso.crm4.dynamics.com");
    let older = org.clone().api_version("9.1").unwrap();
    assert!(older != org && older.version() == "9.1");
    let ported = Organization::new("https://crm.contoso.com:444/Org").unwrap();
    assert_eq!(ported.to_string(), "https://crm.contoso.com:444/Org/api/data/v9.2/");
    assert_ne!(ported, Organization::new("https://crm.contoso.com:444/org").unwrap());
    let json = serde_json::to_string(&org).unwrap();
    assert_eq!(json, "\"https://contoso.crm4.dynamics.com/api/data/v9.2/\"");
    assert_eq!(serde_json::from_str::<Organization>(&json).unwrap(), org);
    let refused = serde_json::from_str::<Organization>("\"http://contoso.com\"").unwrap_err().to_string();
    assert!(refused.contains("is not an https address"), "{refused}");
    // An organization is the key in a registry of clients.
    let mut registry = HashMap::new();
    registry.insert(org.clone(), 1);
    assert_eq!(registry.get(&same[1].parse::<Organization>().unwrap()), Some(&1));
}

#[test]
fn an_address_that_is_no_web_api_is_refused_with_what_to_write() {
    for (url, advice) in [
        ("https://contoso.crm.dynamics.com/main.aspx", "write `https://contoso.crm.dynamics.com`"),
        ("https://contoso.crm.dynamics.com/apps/Main.aspx", "write `https://contoso.crm.dynamics.com/apps`"),
        ("https://contoso.crm.dynamics.com/api/data/", "write `https://contoso.crm.dynamics.com`"),
        ("https://contoso.crm.dynamics.com/api/data", "https://contoso.crm.dynamics.com/api/data/v9.2/`"),
        ("https://contoso.crm.dynamics.com/API/Data/", "without a version"),
        ("https://contoso.crm.dynamics.com/api/data/v9.2/accounts", "end it with the version"),
        ("https://contoso.crm.dynamics.com/main.aspx?appid=1", "query"),
        ("contoso.crm.dynamics.com", "write `https://"),
    ] {
        let error = Organization::new(url).unwrap_err().to_string();
        assert!(error.contains(advice), "{url}: {error}");
    }
}

/// Records what it passes on.
#[derive(Clone, Default)]
struct Tape(Arc<Mutex<Vec<(MessageInfo, bool)>>>, Arc<Mutex<usize>>);

impl Transport for Tape {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let info = request.extensions().get::<MessageInfo>().unwrap().clone();
        let hidden = request.headers().get("mscrm.sessiontoken").is_some_and(|value| value.is_sensitive());
        self.0.lock().unwrap().push((info, hidden));
        *self.1.lock().unwrap() += 1;
        let status = if *self.1.lock().unwrap() < 2 { 503 } else { 200 };
        let response = Response::builder()
            .status(status)
            .header("x-ms-session-token", "0:7#1")
            .header("set-cookie", "ARRAffinity=1")
            .header("x-ms-service-request-id", "the-id");
        Box::pin(async move { Ok(response.body(Bytes::from_static(RECORD.as_bytes())).unwrap()) })
    }
}

#[test]
fn a_transport_can_be_shared_and_knows_the_message_and_the_attempt() {
    run(async {
        let tape = Tape::default();
        let shared: Arc<dyn Transport> = Arc::new(tape.clone());
        let quick = RetryPolicy::new().backoff(Duration::from_millis(1), Duration::from_millis(1));
        let client = Client::builder(org(), NoToken)
            .transport(Box::new(shared))
            .retry(quick)
            .keep_session_token(true)
            .build()
            .unwrap();
        let reply = client.send(&SessionEvent::retrieve(event())).await.unwrap();
        assert_eq!(reply.status().map(|status| status.as_u16()), Some(200));
        assert_eq!((reply.request_id(), reply.session_token()), (Some("the-id"), Some("0:7#1")));
        assert_eq!(reply.attempts(), 2);
        for secret in ["set-cookie", "x-ms-session-token"] {
            assert!(reply.headers()[secret].is_sensitive(), "{secret}");
        }
        assert_eq!(reply.into_inner().name.as_deref(), Some("n"));
        client.execute(SessionEvent::retrieve(event())).await.unwrap();
        // A second create would make a second record.
        client.execute(SessionEvent::create().name("n").returning::<SessionEvent>()).await.unwrap();
        let tape = tape.0.lock().unwrap();
        let facts: Vec<_> =
            tape.iter().map(|(info, _)| (info.name(), info.is_idempotent(), info.attempt())).collect();
        let read = |attempt| ("Retrieve", true, attempt);
        assert_eq!(facts, [read(1), read(2), read(1), ("Create", false, 1)]);
        assert_eq!(tape.iter().map(|(_, hidden)| *hidden).collect::<Vec<_>>(), [false, false, true, true]);
    });
}

/// Elastic tables: a read finds what its session wrote only with the token of that write (page
/// use-elastic-tables).
#[test]
fn a_kept_session_token_is_sent_unless_the_message_has_its_own() {
    run(async {
        for keeps in [false, true] {
            let answer = || Step::Reply(200, vec![("x-ms-session-token", "0:7#1".into())], RECORD.into());
            let server = Server::start([answer(), answer(), answer()]).await;
            let client = builder(&server).keep_session_token(keeps).build().unwrap();
            client.execute(SessionEvent::retrieve(event())).await.unwrap();
            let other = client.with_options(RequestOptions::new().tag("t"));
            other.execute(SessionEvent::retrieve(event())).await.unwrap();
            let own = SessionEvent::retrieve(event()).with(RequestOptions::new().session_token("own"));
            client.execute(own).await.unwrap();
            let arrived = server.arrived();
            let tokens: Vec<_> = arrived.iter().map(|each| each.header("mscrm.sessiontoken")).collect();
            assert_eq!(tokens, [None, keeps.then_some("0:7#1"), Some("own")]);
        }
    });
}

#[test]
fn clients_derived_from_one_share_its_token() {
    run(async {
        let server = Server::with(|_, _| ok(RECORD)).await;
        let asked = Arc::new(Mutex::new(0));
        let counter = asked.clone();
        let source = token_fn(move |_: Organization| {
            *counter.lock().unwrap() += 1;
            async { Ok::<_, TokenError>(AccessToken::new("token", None)) }
        });
        let client = Client::new(Organization::new(&server.url()).unwrap(), source).unwrap();
        let derived = [
            client.with_options(RequestOptions::new().solution("contoso")),
            client.with_retry(RetryPolicy::none()),
            client.with_timeout(Duration::MAX),
        ];
        assert_eq!(derived[0].options(), &RequestOptions::new().solution("contoso"));
        let tagged = derived[0].with_options(RequestOptions::new().tag("t"));
        assert_eq!(tagged.options(), &RequestOptions::new().solution("contoso").tag("t"));
        for client in derived.iter().chain([&client]) {
            client.execute(SessionEvent::retrieve(event())).await.unwrap();
        }
        assert_eq!(*asked.lock().unwrap(), 1);
        let solutions = server.arrived();
        let solutions: Vec<_> =
            solutions.iter().map(|each| each.header("mscrm.solutionuniquename").is_some()).collect();
        assert_eq!(solutions, [true, false, false, false]);
    });
}

fn page(request: &super::server::Arrived, number: usize) -> Step {
    let host = request.header("host").unwrap();
    let link = format!(
        ",\"@odata.nextLink\":\"http://{host}/api/data/v9.2/msdyn_sessionevents?$skiptoken={number}\""
    );
    ok(format!("{{\"value\":[{RECORD}]{}}}", if number < 2 { link } else { String::new() }))
}

#[test]
fn streams_are_named_and_fused_and_need_no_other_crate() {
    struct Feed {
        events: Items<Query<SessionEvent>>,
    }
    run(async {
        let server = Server::with(page).await;
        let client = client(&server);
        let mut feed = Feed { events: client.items(SessionEvent::query()) };
        let mut count = 0;
        while let Some(event) = feed.events.next().await {
            assert_eq!(event.unwrap().name.as_deref(), Some("n"));
            count += 1;
        }
        assert_eq!(count, 3);
        for _ in 0..3 {
            assert!(feed.events.next().await.is_none(), "an ended stream stays ended");
        }
        assert!(feed.events.is_terminated());
        assert!(format!("{:?}", feed.events).starts_with("Items"));
    });
    run(async {
        let server = Server::with(page).await;
        assert_eq!(client(&server).all(SessionEvent::query()).await.unwrap().len(), 3);
        let server = Server::with(page).await;
        let pages: Vec<_> = client(&server).pages(SessionEvent::query()).try_collect().await.unwrap();
        assert_eq!(pages.len(), 3);
        let server = Server::start([error(400, "0x80040203")]).await;
        let mut pages = client(&server).pages(SessionEvent::query());
        assert!(!pages.is_terminated());
        assert!(pages.next().await.unwrap().is_err());
        assert!(pages.next().await.is_none() && pages.is_terminated());
    });
}

/// futures: `FusedStream::is_terminated` promises that nothing comes any more, `Stream::size_hint` bounds
/// what comes.
#[test]
fn items_say_how_many_are_left() {
    run(async {
        let server = Server::with(|request, number| {
            let host = request.header("host").unwrap();
            let link = format!(
                ",\"@odata.nextLink\":\"http://{host}/api/data/v9.2/msdyn_sessionevents?$skiptoken=1\""
            );
            let link = if number == 0 { link } else { String::new() };
            ok(format!("{{\"value\":[{RECORD},{RECORD},{RECORD}]{link}}}"))
        })
        .await;
        let mut items = client(&server).items(SessionEvent::query());
        // Nothing is known of later pages.
        for expected in [(0, None), (2, None), (1, None), (0, None), (2, Some(2)), (1, Some(1))] {
            assert_eq!(items.size_hint(), expected);
            assert!(!items.is_terminated());
            items.next().await.unwrap().unwrap();
        }
        assert_eq!(items.size_hint(), (0, Some(0)));
        assert!(items.is_terminated() && items.next().await.is_none());
    });
}

/// C-DEBUG-NONEMPTY of the Rust API Guidelines.
#[test]
fn every_type_shows_something_of_itself() {
    run(async {
        let server = Server::with(|_, _| ok(RECORD)).await;
        let client = client(&server);
        let source = token_fn(|_: Organization| async { Ok::<Option<AccessToken>, TokenError>(None) });
        let reply = client.send(&SessionEvent::retrieve(event())).await.unwrap();
        let org = client.organization().to_string();
        for (shown, parts) in [
            (format!("{:?}", builder(&server)), ["ClientBuilder {", &org, "attempts: 3"]),
            (format!("{client:?}"), ["Client {", &org, "attempts: 3"]),
            (format!("{:?}", client.bulk().in_batches(true)), ["Bulk {", "chunk: 100", "in_batches: true"]),
            (format!("{:?}", client.pages(SessionEvent::query())), ["Pages {", "is_over: false", ""]),
            (
                format!("{:?}", client.items(SessionEvent::query())),
                ["Items {", "left_of_page: 0", "is_over: false"],
            ),
            (format!("{reply:?}"), ["Reply {", "status: Some(200)", "attempts: 1"]),
            (format!("{source:?}"), ["TokenFn", "", ""]),
            (format!("{:?}", AccessToken::new("eyJ0", None)), ["AccessToken {", "expires_at: None", ""]),
        ] {
            assert!(shown.starts_with(parts[0]) && parts.iter().all(|part| shown.contains(part)), "{shown}");
        }
    });
}

/// Its text quotes its source, so `source` returns the cause of that source: the chain says no reason twice.
#[test]
fn a_transport_error_tells_each_reason_once() {
    #[derive(Debug)]
    struct Closed(std::io::Error);
    impl std::fmt::Display for Closed {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("the socket is closed")
        }
    }
    impl std::error::Error for Closed {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }
    for make in 0..3 {
        let source = Closed(std::io::Error::other("no route"));
        let error = match make {
            0 => TransportError::not_sent(source),
            1 => TransportError::no_answer(source),
            _ => TransportError::timed_out(source),
        };
        assert_eq!(error.to_string(), "the socket is closed");
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        assert_eq!(cause.as_deref(), Some("no route"));
    }
}

/// A second attempt finds no record because the first one deleted it.
#[test]
fn a_deletion_that_the_client_itself_repeated_has_succeeded() {
    run(async {
        let gone = || error(404, "0x80040217");
        for first in [Step::Cut, Step::Reply(503, Vec::new(), String::new())] {
            let server = Server::start([first, gone()]).await;
            client(&server).execute(SessionEvent::delete(event())).await.unwrap();
            assert_eq!(server.count(), 2);
        }
        // Dataverse did not carry out a throttled attempt. A second attempt of the caller's is the caller's
        // concern.
        let throttled = || error(429, "0x80072322");
        for steps in [vec![throttled(), gone()], vec![gone()]] {
            let server = Server::start(steps).await;
            assert!(client(&server).execute(SessionEvent::delete(event())).await.unwrap_err().is_not_found());
        }
        // Another message that finds nothing the second time has failed.
        let server = Server::start([Step::Cut, gone()]).await;
        assert!(client(&server).execute(SessionEvent::retrieve(event())).await.unwrap_err().is_not_found());
        // In a batch, too.
        let body = "--r\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n{\"error\":\
                    {\"code\":\"0x80040217\",\"message\":\"gone\"}}\r\n--r--\r\n";
        let batch =
            || Step::Reply(200, vec![("Content-Type", "multipart/mixed; boundary=r".into())], body.into());
        let server = Server::start([Step::Cut, batch()]).await;
        assert!(client(&server).bulk().delete([event()]).await[0].is_ok());
        let server = Server::start([batch()]).await;
        assert!(client(&server).bulk().delete([event()]).await[0].as_ref().unwrap_err().is_not_found());
    });
}

#[test]
fn outside_a_runtime_a_message_is_an_error() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = runtime.block_on(Server::start([created(1)]));
    let client = client(&server);
    let (send, pages) =
        (client.execute(SessionEvent::create().name("n")), client.pages(SessionEvent::query()));
    let (sent, pages) = std::thread::scope(|scope| {
        scope.spawn(|| (blocked(send), blocked(pages.try_collect::<Vec<_>>()))).join().unwrap()
    });
    for error in [sent.unwrap_err(), pages.unwrap_err()] {
        assert!(error.is_invalid_request() && error.to_string().contains("tokio runtime"), "{error}");
    }
    assert_eq!(server.connections(), 0);
}

/// Runs a future that never waits.
fn blocked<T>(future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(result) => result,
        std::task::Poll::Pending => panic!("the future waits"),
    }
}

#[test]
fn no_duration_makes_a_client_panic() {
    run(async {
        let server = Server::start([error(429, "0x80072322"), ok(RECORD)]).await;
        let endless = RetryPolicy::new()
            .attempts(u32::MAX)
            .backoff(Duration::from_millis(1), Duration::MAX)
            .max_retry_after(Duration::MAX)
            .throttle_deadline(Duration::MAX);
        let client = builder(&server)
            .timeout(Duration::MAX)
            .connect_timeout(Duration::MAX)
            .retry(endless)
            .build()
            .unwrap();
        client.execute(SessionEvent::retrieve(event())).await.unwrap();
        assert_eq!(server.count(), 2);
    });
}

/// Sends the request of the child processes below; does nothing in an ordinary run.
#[test]
fn child_process_with_a_proxy_in_its_environment() {
    let Ok(url) = std::env::var("DATAVERSE_TEST_TARGET") else { return };
    run(async move {
        let explicit = HttpTransport::new(Duration::from_secs(5)).unwrap();
        let start = || Client::builder(Organization::new(&url).unwrap(), StaticToken::new("token"));
        for client in [start().build().unwrap(), start().transport(explicit).build().unwrap()] {
            let answer =
                client.with_retry(RetryPolicy::none()).execute(SessionEvent::retrieve(event())).await;
            assert_eq!(answer.is_ok(), url.contains("127.0.0.1"), "{answer:?}");
        }
    });
}

async fn in_a_process_with_a_proxy(url: String, proxy: String) {
    let child = tokio::task::spawn_blocking(move || {
        std::process::Command::new(std::env::current_exe().unwrap())
            .args([
                "client::surface::child_process_with_a_proxy_in_its_environment",
                "--exact",
                "--test-threads=1",
            ])
            .env("DATAVERSE_TEST_TARGET", url)
            .envs(
                ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
                    .map(|name| (name, proxy.clone())),
            )
            .env_remove("NO_PROXY")
            .env_remove("no_proxy")
            .output()
    });
    let child = child.await.unwrap().unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
}

/// Requests to this machine carry the token in plain text, which a proxy could read.
#[test]
fn a_proxy_of_the_environment_gets_no_request_to_this_machine() {
    run(async {
        let (server, proxy) = (Server::with(|_, _| ok(RECORD)).await, Server::with(|_, _| ok(RECORD)).await);
        in_a_process_with_a_proxy(server.url(), proxy.url()).await;
        assert_eq!((server.count(), proxy.connections()), (2, 0));
    });
}

/// RFC 9110, 9.3.6: a proxy is asked with `CONNECT`, and sees nothing but host and port. No name ends in
/// `.invalid` (RFC 6761).
#[test]
fn a_proxy_of_the_environment_gets_every_other_request() {
    run(async {
        let proxy = Server::with(|_, _| Step::ReplyAndClose(502, String::new())).await;
        in_a_process_with_a_proxy("https://contoso.invalid".into(), proxy.url()).await;
        let targets: Vec<_> = proxy.arrived().into_iter().map(|each| each.target).collect();
        assert_eq!(targets, ["contoso.invalid:443", "contoso.invalid:443"]);
    });
}

#[test]
fn drafts_are_validated_before_they_are_sent_if_asked_for() {
    let long = || "x".repeat(5_000);
    let create = || SessionEvent::create().name(long());
    let update = || SessionEvent::update(event()).name(long());
    assert!(create().validate().is_err() && update().validate().is_err());
    run(async {
        let server = Server::with(|_, _| error(400, "0x80044331")).await;
        let client = builder(&server).validate_drafts(true).build().unwrap();
        let refused = [
            client.execute(create()).await.unwrap_err(),
            client.execute(update()).await.unwrap_err(),
            client.execute(create().returning::<SessionEvent>()).await.unwrap_err(),
            client.execute(update().single_column()).await.unwrap_err(),
            client.execute(SessionEvent::upsert(event(), update())).await.unwrap_err(),
            client.execute(SessionEvent::create_multiple([create()])).await.unwrap_err(),
            client.execute(SessionEvent::update_multiple([update()])).await.unwrap_err(),
            client.bulk().in_batches(true).create([create()]).await[0].as_ref().unwrap_err().clone(),
        ];
        for error in &refused {
            assert!(error.is_invalid_request() && error.violations().is_some(), "{error}");
        }
        assert_eq!(server.count(), 0);
        // Without the switch, only Dataverse validates.
        let error = self::client(&server).execute(create()).await.unwrap_err();
        assert_eq!((error.code(), server.count()), (Some(0x8004_4331), 1));
    });
}

#[test]
fn the_application_comes_first_in_the_user_agent() {
    run(async {
        let server = Server::with(|_, _| ok(RECORD)).await;
        let library = concat!("dataverse-entity/", env!("CARGO_PKG_VERSION"));
        for (builder, agent) in [
            (builder(&server), library.to_owned()),
            (builder(&server).application("loans/1.4"), format!("loans/1.4 {library}")),
            (builder(&server).user_agent("mine/2").application("loans/1.4"), "loans/1.4 mine/2".to_owned()),
        ] {
            builder.build().unwrap().execute(SessionEvent::retrieve(event())).await.unwrap();
            assert_eq!(server.arrived().last().unwrap().header("user-agent"), Some(agent.as_str()));
        }
        let error = builder(&server).application("two\nlines").build().unwrap_err();
        assert!(error.is_invalid_request() && error.to_string().contains("`user-agent`"), "{error}");
    });
}

#[test]
fn each_message_has_an_id_of_its_own_and_keeps_it_when_it_is_sent_again() {
    run(async {
        let server = Server::start([error(429, "0x80072322"), ok(RECORD), ok(RECORD), ok(RECORD)]).await;
        let client = client(&server);
        client.execute(SessionEvent::retrieve(event())).await.unwrap();
        client.execute(SessionEvent::retrieve(event())).await.unwrap();
        let own = RequestOptions::new().header(HeaderName::from_static("x-ms-client-request-id"), "mine");
        client.execute(SessionEvent::retrieve(event()).with(own)).await.unwrap();
        let arrived = server.arrived();
        let ids: Vec<&str> =
            arrived.iter().map(|each| each.header("x-ms-client-request-id").unwrap()).collect();
        assert_eq!(ids[0], ids[1]);
        assert_ne!(ids[1], ids[2]);
        assert_eq!(ids[3], "mine");
        let id: dataverse_entity::Uuid = ids[0].parse().unwrap();
        assert_eq!(id.get_version_num(), 4);
    });
}

/// gzip is a default feature. The bodies of requests stay as they are: the bytes arrive as text above.
#[test]
fn answers_may_come_in_gzip() {
    run(async {
        let emulator = dataverse_emulator::Emulator::new();
        let served = emulator.serve(dataverse_emulator::ServerOptions::default()).await.unwrap();
        let client = Client::new(Organization::new(&served.url()).unwrap(), NoToken).unwrap();
        let drafts = (0..50).map(|number| SessionEvent::create().name(format!("Event {number}")));
        client.execute(SessionEvent::create_multiple(drafts)).await.unwrap();
        let reply = client.send(&SessionEvent::query()).await.unwrap();
        assert_eq!(reply.get().records.len(), 50);
        assert_eq!(reply.headers().get("vary").unwrap(), "Accept-Encoding", "the answer was compressed");
        let query = emulator.trace().pop().unwrap();
        assert!(query.request_headers["accept-encoding"].to_str().unwrap().contains("gzip"));
        assert!(!query.request_headers.contains_key("content-encoding"));
    });
}
