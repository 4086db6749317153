//! Logs and `Debug` of the client never show a token, a body or the query of a URL.

use std::time::Duration;

use dataverse_entity::client::{AccessToken, Client, RetryPolicy, StaticToken};
use dataverse_entity::message::Organization;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

use super::SECRET;
use super::capture::Capture;
use super::server::{Server, Step, error};

#[test]
fn tokens_bodies_and_queries_are_never_logged() {
    // With only one subscriber, tracing asks that of the thread that reaches a span first, which may be
    // another.
    let _second = tracing::Dispatch::new(Capture::default());
    let capture = Capture::default();
    // Other tests trace on other threads, so everything here runs on this one.
    let _captured = tracing::subscriber::set_default(capture.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let steps = [
            Step::Reply(503, Vec::new(), "<b>".into()),
            error(404, "0x80040217"),
            Step::Cut,
            Step::Cut,
            Step::Cut,
        ];
        let server = Server::start(steps).await;
        let quick =
            RetryPolicy::new().attempts(3).backoff(Duration::from_millis(1), Duration::from_millis(2));
        let org = Organization::new(&server.url()).unwrap();
        let builder = Client::builder(org, StaticToken::new(SECRET)).retry(quick);
        let mut shown = format!("{builder:?}{:?}", AccessToken::new(SECRET, None));
        let client = builder.build().unwrap();
        shown += &format!("{client:?}");
        for _ in 0..2 {
            let query = SessionEvent::query().filter(SessionEvent::NAME.eq("private matter"));
            let error = client.execute(query).await.unwrap_err();
            shown += &format!(
                "{error} {error:?} {:?}",
                std::error::Error::source(&error).map(ToString::to_string)
            );
        }
        let create = SessionEvent::create().name("private matter");
        let error = client.execute(create).await.unwrap_err();
        shown += &format!("{error} {error:?}");
        shown += &capture.text();
        assert!(shown.contains("msdyn_sessionevents"), "{shown}");
        for hidden in [SECRET, "Bearer", "private matter", "private%20matter", "$filter"] {
            assert!(!shown.contains(hidden), "{hidden}: {shown}");
        }
    });
    let text = capture.text();
    assert!(text.contains("span dataverse otel.name=\"RetrieveMultiple\" otel.kind=\"client\" dataverse.message=\"RetrieveMultiple\" http.request.method=\"GET\" server.address=\"127.0.0.1\" server.port="), "{text}");
    assert!(text.contains(" url.path=\"/api/data/v9.2/msdyn_sessionevents\""), "{text}");
    // The span of a request without an answer has the error, and the number of further attempts once.
    assert!(text.contains("record error=no answer; the request may have been carried out"), "{text}");
    assert_eq!(text.matches("record http.request.resend_count=").count(), 2, "one for each message: {text}");
    assert!(text.contains("record dataverse.error.code=0x80040217"), "{text}");
    assert!(text.contains("record http.response.status_code=404"), "{text}");
    assert!(text.contains("event message=trying again attempt=1"), "{text}");
}
