//! The span of a request, with OpenTelemetry's names.
//! <https://opentelemetry.io/docs/specs/semconv/http/http-spans/>

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::future::Future;
use std::sync::{Arc, Mutex};

use dataverse_emulator::{Emulator, Fault};
use dataverse_entity::client::RetryPolicy;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id as SpanId, Record as Values};
use tracing::{Event, Level, Metadata, Subscriber};

/// A span: its name, its level, and every value that was recorded for each field.
#[derive(Debug, Clone)]
struct Seen {
    name: &'static str,
    level: Level,
    fields: BTreeMap<String, Vec<String>>,
}

impl Seen {
    fn field(&self, name: &str) -> Option<&str> {
        let values = self.fields.get(name)?;
        assert_eq!(values.len(), 1, "{name} was said more than once: {values:?}");
        Some(&values[0])
    }
}

#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<Seen>>>);

impl Collector {
    fn of_message(&self, name: &str) -> Vec<Seen> {
        let spans = self.0.lock().unwrap();
        spans.iter().filter(|span| span.field("otel.name") == Some(name)).cloned().collect()
    }
}

struct Fields<'a>(&'a mut BTreeMap<String, Vec<String>>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.entry(field.name().to_owned()).or_default().push(format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.entry(field.name().to_owned()).or_default().push(value.to_owned());
    }
}

impl Subscriber for Collector {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "dataverse_entity"
    }

    fn new_span(&self, span: &Attributes<'_>) -> SpanId {
        let mut fields = BTreeMap::new();
        span.record(&mut Fields(&mut fields));
        let mut spans = self.0.lock().unwrap();
        spans.push(Seen { name: span.metadata().name(), level: *span.metadata().level(), fields });
        SpanId::from_u64(spans.len() as u64)
    }

    fn record(&self, span: &SpanId, values: &Values<'_>) {
        let mut spans = self.0.lock().unwrap();
        values.record(&mut Fields(&mut spans[span.into_u64() as usize - 1].fields));
    }

    fn record_follows_from(&self, _: &SpanId, _: &SpanId) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &SpanId) {}

    fn exit(&self, _: &SpanId) {}
}

fn run(collector: &Collector, test: impl Future<Output = ()>) {
    let _second = tracing::Dispatch::new(Collector::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tracing::subscriber::with_default(collector.clone(), || runtime.block_on(test));
}

#[test]
fn a_span_says_once_what_was_sent_and_how_it_ended() {
    let collector = Collector::default();
    let id: Id<SessionEvent> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap();
    run(&collector, async {
        let emulator = Emulator::new();
        let client = emulator.client();
        client.execute(SessionEvent::create().id(id).name("Secret name")).await.unwrap();
        emulator.inject(Fault::unavailable().when(|method, _| method == "DELETE"));
        client.execute(SessionEvent::delete(id)).await.unwrap();
        client.execute(SessionEvent::retrieve(id)).await.unwrap_err();
        emulator.inject(Fault::disconnect());
        client.with_retry(RetryPolicy::none()).execute(SessionEvent::update(id).name("x")).await.unwrap_err();
        client.all(SessionEvent::query()).await.unwrap();
        let outcomes = client.bulk().create([SessionEvent::create().name("Secret name")]).await;
        assert!(outcomes[0].is_ok());
    });
    let created = &collector.of_message("Create")[0];
    assert_eq!((created.name, created.level), ("dataverse", Level::DEBUG));
    assert_eq!(created.field("http.request.method"), Some("POST"));
    assert_eq!(created.field("url.path"), Some("/api/data/v9.2/msdyn_sessionevents"));
    assert_eq!(created.field("http.response.status_code"), Some("204"));
    assert_eq!((created.field("dataverse.message"), created.field("error.type")), (Some("Create"), None));
    assert!(created.field("server.address").is_some_and(|host| !host.contains(':')), "{created:?}");
    assert_eq!((created.field("server.port"), created.field("otel.kind")), (Some("443"), Some("client")));
    // A span that went well has no status, and one without a second attempt no count.
    for absent in ["otel.status_code", "http.request.resend_count", "error"] {
        assert_eq!(created.field(absent), None, "{absent}");
    }
    let missing = &collector.of_message("Retrieve")[0];
    assert_eq!(missing.field("http.response.status_code"), Some("404"));
    assert_eq!(missing.field("dataverse.error.code"), Some("0x80040217"));
    assert_eq!(
        (missing.field("error.type"), missing.field("otel.status_code")),
        (Some("404"), Some("ERROR"))
    );
    let again = &collector.of_message("Delete")[0];
    assert_eq!(again.field("http.request.resend_count"), Some("1"), "{again:?}");
    let lost = &collector.of_message("Update")[0];
    assert_eq!(lost.field("http.response.status_code"), None);
    assert_eq!(lost.field("error.type"), Some("NoAnswer"));
    assert!(lost.field("error").is_some_and(|error| error.contains("no answer")), "{lost:?}");
    let spans = collector.0.lock().unwrap();
    let named = |name| spans.iter().filter(|span| span.name == name).count();
    assert_eq!((named("dataverse.pages"), named("dataverse.bulk")), (1, 1));
    // `message` is the field of events; bodies must not appear.
    for span in &*spans {
        assert!(!span.fields.contains_key("message"), "{span:?}");
        assert!(!format!("{span:?}").contains("Secret name"), "{span:?}");
    }
}
