//! The metrics of the client, with the names, units and attributes of OpenTelemetry's semantic conventions.
//! <https://opentelemetry.io/docs/specs/semconv/http/http-metrics/>

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use dataverse_emulator::{Emulator, Fault};
use dataverse_entity::Id;
use dataverse_entity::client::{Client, NoToken, RetryPolicy};
use dataverse_entity::message::WhoAmI;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use metrics::{
    Counter, CounterFn, Gauge, GaugeFn, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder,
    SharedString, Unit,
};

use super::bulk::draft;
use super::simulated::{Script, after, org, run, who_am_i};

/// What was recorded: for each metric with its attributes, the values.
#[derive(Clone, Default)]
struct Recorded {
    values: Arc<Mutex<BTreeMap<String, Vec<f64>>>>,
    units: Arc<Mutex<BTreeMap<String, Option<Unit>>>>,
}

/// One metric with its attributes.
struct Handle(Recorded, String);

impl Handle {
    fn push(&self, value: f64) {
        self.0.values.lock().unwrap().entry(self.1.clone()).or_default().push(value);
    }
}

impl CounterFn for Handle {
    fn increment(&self, value: u64) {
        self.push(value as f64);
    }

    fn absolute(&self, value: u64) {
        self.push(value as f64);
    }
}

impl GaugeFn for Handle {
    fn increment(&self, value: f64) {
        self.push(value);
    }

    fn decrement(&self, value: f64) {
        self.push(-value);
    }

    fn set(&self, value: f64) {
        self.push(value);
    }
}

impl HistogramFn for Handle {
    fn record(&self, value: f64) {
        self.push(value);
    }
}

impl Recorded {
    fn handle(&self, key: &Key) -> Arc<Handle> {
        let mut attributes: Vec<_> =
            key.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
        attributes.sort();
        Arc::new(Handle(self.clone(), format!("{} {}", key.name(), attributes.join(" "))))
    }

    fn describe(&self, name: KeyName, unit: Option<Unit>) {
        self.units.lock().unwrap().insert(name.as_str().to_owned(), unit);
    }

    /// The values of the metrics whose names begin so.
    fn of(&self, name: &str) -> Vec<(String, Vec<f64>)> {
        let values = self.values.lock().unwrap();
        let of_name = values
            .iter()
            .filter_map(|(key, values)| Some((key.strip_prefix(name)?.trim().to_owned(), values.clone())));
        of_name.collect()
    }
}

impl Recorder for Recorded {
    fn describe_counter(&self, name: KeyName, unit: Option<Unit>, _: SharedString) {
        self.describe(name, unit);
    }

    fn describe_gauge(&self, name: KeyName, unit: Option<Unit>, _: SharedString) {
        self.describe(name, unit);
    }

    fn describe_histogram(&self, name: KeyName, unit: Option<Unit>, _: SharedString) {
        self.describe(name, unit);
    }

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.handle(key))
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(self.handle(key))
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.handle(key))
    }
}

fn recorded(test: impl Future<Output = ()>) -> Recorded {
    let recorder = Recorded::default();
    // The runtime of `run` has one thread: this one.
    metrics::with_local_recorder(&recorder, || run(test));
    recorder
}

const SERVER: &str = "server.address=contoso.crm4.dynamics.com server.port=443";

/// An answer of the script takes a tenth of a second.
#[test]
fn each_attempt_has_a_duration_and_each_refusal_its_code() {
    let recorder = recorded(async {
        let client = Script::new([who_am_i(), after("30"), who_am_i()]).client();
        for _ in 0..2 {
            client.execute(WhoAmI).await.unwrap();
        }
    });
    let who_am_i =
        format!("dataverse.message=WhoAmI http.request.method=GET http.response.status_code=200 {SERVER}");
    let refused = "dataverse.error.code=0x80072322 dataverse.message=WhoAmI error.type=429 http.request.method=GET \
                   http.response.status_code=429";
    assert_eq!(
        recorder.of("http.client.request.duration"),
        [(format!("{refused} {SERVER}"), vec![0.1]), (who_am_i, vec![0.1, 0.1])]
    );
    assert_eq!(
        recorder.of("http.client.active_requests"),
        [(format!("http.request.method=GET {SERVER}"), vec![1.0, -1.0, 1.0, -1.0, 1.0, -1.0])]
    );
    assert_eq!(
        recorder.of("dataverse.client.throttle.refusals"),
        [(format!("dataverse.error.code=0x80072322 dataverse.limit=requests {SERVER}"), vec![1.0])]
    );
    let pauses = recorder.of("dataverse.client.throttle.pause.duration");
    assert_eq!(
        (pauses.len(), pauses[0].0.as_str()),
        (1, format!("dataverse.limit=requests {SERVER}").as_str())
    );
    // Jitter adds up to a second.
    assert!(pauses[0].1.len() == 1 && (30.0..=31.0).contains(&pauses[0].1[0]), "{pauses:?}");
}

#[test]
fn errors_have_a_type_with_or_without_an_answer() {
    let recorder = recorded(async {
        let emulator = Emulator::new();
        let client =
            Client::builder(org(), NoToken).transport(emulator.transport()).retry(RetryPolicy::none());
        let client = client.build().unwrap();
        let id: Id<SessionEvent> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap();
        client.execute(SessionEvent::retrieve(id)).await.unwrap_err();
        emulator.inject(Fault::disconnect());
        client.execute(SessionEvent::retrieve(id)).await.unwrap_err();
        // A request that the caller drops is active no longer, and has no duration.
        let dropped = client.execute(WhoAmI);
        drop(tokio::time::timeout(std::time::Duration::ZERO, dropped).await);
    });
    let attributes: Vec<String> =
        recorder.of("http.client.request.duration").into_iter().map(|(attributes, _)| attributes).collect();
    let missing = "dataverse.error.code=0x80040217 dataverse.message=Retrieve error.type=404";
    assert!(
        attributes
            .contains(&format!("{missing} http.request.method=GET http.response.status_code=404 {SERVER}"))
    );
    assert!(attributes.contains(&format!(
        "dataverse.message=Retrieve error.type=NoAnswer http.request.method=GET {SERVER}"
    )));
    let active: f64 = recorder.of("http.client.active_requests").iter().flat_map(|(_, values)| values).sum();
    assert_eq!(active, 0.0);
}

#[test]
fn rows_of_bulk_are_counted_with_the_errors_of_those_that_failed() {
    let recorder = recorded(async {
        let client = Emulator::new().client();
        let drafts =
            (0..10).map(|number| if number == 3 { draft(0).name("x".repeat(1_000)) } else { draft(number) });
        let outcomes = client.bulk().isolate_failures(true).create(drafts).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_err()).count(), 1);
    });
    let rows = recorder.of("dataverse.client.bulk.rows");
    assert_eq!(rows, [(String::new(), vec![9.0]), ("error.type=400".to_owned(), vec![1.0])]);
}

#[test]
fn a_client_describes_its_metrics_with_their_units() {
    let recorder = recorded(async {
        let _client = Script::new([]).client();
    });
    let units = recorder.units.lock().unwrap();
    let expected = [
        ("dataverse.client.bulk.rows", Unit::Count),
        ("dataverse.client.throttle.pause.duration", Unit::Seconds),
        ("dataverse.client.throttle.refusals", Unit::Count),
        ("http.client.active_requests", Unit::Count),
        ("http.client.request.duration", Unit::Seconds),
    ];
    assert_eq!(*units, expected.map(|(name, unit)| (name.to_owned(), Some(unit))).into());
}
