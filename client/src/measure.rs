//! Metrics of requests, pauses and rows, by the feature `metrics`; without it, nothing is measured.
//!
//! The feature uses the facade `metrics`: its versions have kept their API for years, none of its types is in a
//! signature, and it has exporters for OpenTelemetry and Prometheus. The API crate of OpenTelemetry breaks with most
//! releases, and a program with another version of it would get no metrics at all.
//!
//! Names, units and attributes are those of OpenTelemetry's semantic conventions for HTTP clients
//! (<https://opentelemetry.io/docs/specs/semconv/http/http-metrics/>), as far as they have one.

use dataverse_entity_core::message::Error;
use http::StatusCode;
use tokio::time::Instant;

use crate::outgoing::{Outgoing, error_code, error_type};
use crate::server::ServerAddress;
use crate::throttle::Pause;

const DURATION: &str = "http.client.request.duration";
const ACTIVE: &str = "http.client.active_requests";
const REFUSALS: &str = "dataverse.client.throttle.refusals";
const PAUSES: &str = "dataverse.client.throttle.pause.duration";
const ROWS: &str = "dataverse.client.bulk.rows";

type Attributes = Vec<(&'static str, String)>;

/// One attempt of a request. It counts as active until it is dropped.
pub(crate) struct Attempt<'o> {
    of: &'o Outgoing,
    started: Instant,
}

impl<'o> Attempt<'o> {
    pub(crate) fn start(of: &'o Outgoing) -> Self {
        if sink::IS_ON {
            sink::add(ACTIVE, 1.0, request(of));
        }
        Self { of, started: Instant::now() }
    }

    /// Records how long the attempt took, and how it ended.
    pub(crate) fn end(self, status: Option<StatusCode>, error: Option<&Error>) {
        if !sink::IS_ON {
            return;
        }
        let took = self.started.elapsed();
        let mut attributes = request(self.of);
        attributes.push(("dataverse.message", self.of.name.to_owned()));
        attributes.extend(status.map(|status| ("http.response.status_code", status.as_str().to_owned())));
        if let Some(error) = error {
            attributes.push(("error.type", error_type(error)));
            attributes.extend(error_code(error).map(|code| ("dataverse.error.code", code)));
        }
        sink::record(DURATION, took.as_secs_f64(), attributes);
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if sink::IS_ON {
            sink::add(ACTIVE, -1.0, request(self.of));
        }
    }
}

fn request(of: &Outgoing) -> Attributes {
    let mut attributes = server(&of.server);
    attributes.push(("http.request.method", of.summary.method().to_string()));
    attributes
}

fn server(server: &ServerAddress) -> Attributes {
    vec![("server.address", server.host.clone()), ("server.port", server.port.to_string())]
}

/// Records a refusal for a limit, and the pause that it begins.
pub(crate) fn refused(of: &ServerAddress, error: &Error, pause: &Pause) {
    if !sink::IS_ON {
        return;
    }
    let mut attributes = server(of);
    attributes.push(("dataverse.limit", pause.limit.name().to_owned()));
    if let Some(length) = pause.begun {
        sink::record(PAUSES, length.as_secs_f64(), attributes.clone());
    }
    attributes.extend(error_code(error).map(|code| ("dataverse.error.code", code)));
    sink::count(REFUSALS, 1, attributes);
}

/// Records the outcomes of rows of bulk.
pub(crate) fn rows<'e>(written: usize, errors: impl Iterator<Item = &'e Error>) {
    if !sink::IS_ON {
        return;
    }
    if written > 0 {
        sink::count(ROWS, written as u64, Vec::new());
    }
    for error in errors {
        sink::count(ROWS, 1, vec![("error.type", error_type(error))]);
    }
}

#[cfg(feature = "metrics")]
pub(crate) use sink::describe;

#[cfg(feature = "metrics")]
mod sink {
    use metrics::{Label, Unit};

    use super::{ACTIVE, Attributes, DURATION, PAUSES, REFUSALS, ROWS};

    pub(super) const IS_ON: bool = true;

    /// Tells the recorder of the program the units and the meaning of the metrics.
    pub(crate) fn describe() {
        metrics::describe_histogram!(DURATION, Unit::Seconds, "Duration of the attempts of requests.");
        metrics::describe_gauge!(ACTIVE, Unit::Count, "Number of requests that have no answer yet.");
        metrics::describe_counter!(
            REFUSALS,
            Unit::Count,
            "Number of refusals for a limit of Dataverse (429)."
        );
        metrics::describe_histogram!(PAUSES, Unit::Seconds, "Length of the pauses after such refusals.");
        metrics::describe_counter!(ROWS, Unit::Count, "Number of rows of bulk that have an outcome.");
    }

    pub(super) fn record(name: &'static str, value: f64, attributes: Attributes) {
        metrics::histogram!(name, labels(attributes)).record(value);
    }

    pub(super) fn count(name: &'static str, value: u64, attributes: Attributes) {
        metrics::counter!(name, labels(attributes)).increment(value);
    }

    pub(super) fn add(name: &'static str, value: f64, attributes: Attributes) {
        metrics::gauge!(name, labels(attributes)).increment(value);
    }

    fn labels(attributes: Attributes) -> Vec<Label> {
        attributes.into_iter().map(|(name, value)| Label::new(name, value)).collect()
    }
}

#[cfg(not(feature = "metrics"))]
mod sink {
    use super::Attributes;

    pub(super) const IS_ON: bool = false;

    pub(super) fn record(_: &'static str, _: f64, _: Attributes) {}

    pub(super) fn count(_: &'static str, _: u64, _: Attributes) {}

    pub(super) fn add(_: &'static str, _: f64, _: Attributes) {}
}
