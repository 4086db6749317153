//! Transports: chosen at run time, wrapped in layers, as a tower service, recorded and replayed.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use dataverse_emulator::Emulator;
use dataverse_entity::Organization;
use dataverse_entity::client::{
    BoxFuture, Client, HttpTransport, MessageInfo, NoToken, RetryPolicy, StaticToken, TowerTransport,
    Transport, TransportError,
};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use http::{Request, Response};
use serde::{Deserialize, Serialize};
use tower_service::Service;

type Answer = Result<Response<Bytes>, TransportError>;

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}

/// A request and its answer, as this program stores them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Exchange {
    message: String,
    method: String,
    url: String,
    body: String,
    status: u16,
    headers: Vec<(String, String)>,
    answer: String,
}

type Tape = Arc<Mutex<VecDeque<Exchange>>>;

/// Passes requests on, and records each exchange.
struct Recorder<T> {
    inner: T,
    tape: Tape,
}

impl<T: Transport> Transport for Recorder<T> {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Answer> {
        Box::pin(async move {
            let (message, method, url, body) = asked(&request);
            let response = self.inner.send(request).await?;
            let text = |bytes: &Bytes| String::from_utf8_lossy(bytes).into_owned();
            let headers = response.headers().iter();
            let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
            self.tape.lock().unwrap().push_back(Exchange {
                message,
                method,
                url,
                body,
                status: response.status().as_u16(),
                headers: headers.collect(),
                answer: text(response.body()),
            });
            Ok(response)
        })
    }
}

fn asked(request: &Request<Bytes>) -> (String, String, String, String) {
    let message = request.extensions().get::<MessageInfo>().unwrap().name().to_owned();
    let body = String::from_utf8_lossy(request.body()).into_owned();
    (message, request.method().to_string(), request.uri().to_string(), body)
}

/// Answers from a tape.
struct Player(Tape);

impl Transport for Player {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Answer> {
        let next = self.0.lock().unwrap().pop_front();
        Box::pin(async move {
            let next = next.ok_or_else(|| TransportError::not_sent("the tape is over"))?;
            let (message, method, url, body) = asked(&request);
            let expected = (next.message, next.method, next.url, next.body);
            if expected != (message, method, url, body) {
                return Err(TransportError::not_sent("the program says something else than on the tape"));
            }
            let mut response = Response::builder().status(next.status);
            for (name, value) in &next.headers {
                response = response.header(name, value);
            }
            Ok(response.body(Bytes::from(next.answer)).unwrap())
        })
    }
}

async fn story(client: &Client) -> Result<String, dataverse_entity::Error> {
    let id = client.execute(SessionEvent::create().name("Accepted")).await?;
    client.execute(SessionEvent::update(id).name("Ended")).await?;
    let event = client.execute(SessionEvent::retrieve(id)).await?;
    client.execute(SessionEvent::delete(&event)).await?;
    Ok(event.into_inner().name.unwrap_or_default())
}

#[test]
fn a_recording_is_replayed_without_a_server() {
    run(async {
        let tape = Tape::default();
        let recorder = Recorder { inner: Emulator::new().transport(), tape: tape.clone() };
        let org = || Organization::new("http://localhost").unwrap();
        let client = Client::builder(org(), NoToken).transport(recorder).build().unwrap();
        assert_eq!(story(&client).await.unwrap(), "Ended");
        let kept = serde_json::to_string(&*tape.lock().unwrap()).unwrap();

        let tape: VecDeque<Exchange> = serde_json::from_str(&kept).unwrap();
        let names: Vec<_> = tape.iter().map(|each| &*each.message).collect();
        assert_eq!(names, ["Create", "Update", "Retrieve", "Delete"]);
        let tape = Arc::new(Mutex::new(tape));
        let client = Client::builder(org(), NoToken).transport(Player(tape)).retry(RetryPolicy::none());
        let client = client.build().unwrap();
        assert_eq!(story(&client).await.unwrap(), "Ended");
        let error = story(&client).await.unwrap_err();
        assert!(error.is_transport() && !error.is_outcome_unknown(), "{error}");
        assert!(error.to_string().ends_with("the request was not sent: the tape is over"), "{error}");
    });
}

/// Limits the number of concurrent requests, interactive ones first; the request's `MessageInfo` names the
/// message.
struct Counted<T>(T, Arc<AtomicUsize>);

impl<T: Transport> Transport for Counted<T> {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Answer> {
        if request.extensions().get::<MessageInfo>().is_some_and(|info| !info.is_idempotent()) {
            self.1.fetch_add(1, Ordering::SeqCst);
        }
        self.0.send(request)
    }
}

#[test]
fn a_transport_is_chosen_at_run_time_shared_and_wrapped() {
    fn choose(offline: bool) -> Result<Box<dyn Transport>, dataverse_entity::Error> {
        Ok(match offline {
            true => Box::new(Emulator::new().transport()),
            false => Box::new(HttpTransport::new(Duration::from_secs(5))?),
        })
    }
    run(async {
        let writes = Arc::new(AtomicUsize::new(0));
        let shared: Arc<dyn Transport> = Arc::new(Counted(choose(true).unwrap(), writes.clone()));
        assert!(choose(false).is_ok());
        for tenant in ["http://localhost", "http://localhost:81"] {
            let org = Organization::new(tenant).unwrap();
            let client = Client::builder(org, NoToken).transport(shared.clone()).build().unwrap();
            assert_eq!(story(&client).await.unwrap(), "Ended");
        }
        assert_eq!(writes.load(Ordering::SeqCst), 2, "a create of each; updates and deletes are idempotent");
    });
}

/// A transport as a tower service, for stacks of layers.
#[derive(Clone)]
struct AsService(Arc<dyn Transport>);

impl Service<Request<Bytes>> for AsService {
    type Response = Response<Bytes>;
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Answer> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let transport = self.0.clone();
        Box::pin(async move { transport.send(request).await })
    }
}

/// A layer's service: it stamps each request.
#[derive(Clone)]
struct Stamp<S>(S, &'static str);

impl<S: Service<Request<Bytes>>> Service<Request<Bytes>> for Stamp<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Bytes>) -> S::Future {
        request.headers_mut().insert("x-stamp", self.1.parse().unwrap());
        self.0.call(request)
    }
}

#[test]
fn a_tower_service_is_a_transport_and_a_transport_a_tower_service() {
    #[derive(Default)]
    struct Seen(Mutex<Vec<String>>);
    impl Transport for Seen {
        fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Answer> {
            let stamp = request.headers()["x-stamp"].to_str().unwrap().to_owned();
            self.0.lock().unwrap().push(stamp);
            Box::pin(async { Ok(Response::builder().status(204).body(Bytes::new()).unwrap()) })
        }
    }
    run(async {
        let seen = Arc::new(Seen::default());
        let stack = Stamp(AsService(seen.clone()), "by the stack");
        let org = Organization::new("https://contoso.crm.dynamics.com").unwrap();
        let client = Client::builder(org, StaticToken::new("t"))
            .transport(TowerTransport::new(stack))
            .build()
            .unwrap();
        let id: Id<SessionEvent> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap();
        client.execute(SessionEvent::delete(id)).await.unwrap();
        assert_eq!(*seen.0.lock().unwrap(), ["by the stack"]);
    });
}
