//! What a request costs: a model of its execution time.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use serde_json::value::RawValue;

use crate::dispatch::{is_batch, split_target};

/// A model of the execution time of requests: a time for each read or write, and a time for each row of a bulk
/// message or part of a batch.
///
/// ```
/// use core::time::Duration;
/// use dataverse_emulator::ModelCost;
/// use dataverse_entity::bytes::Bytes;
/// use dataverse_entity::http::Request;
///
/// let model = ModelCost::new(Duration::from_millis(20), Duration::from_millis(100)).row(Duration::from_millis(9));
/// let target = "/api/data/v9.2/accounts/Microsoft.Dynamics.CRM.CreateMultiple";
/// let body = Bytes::from(r#"{"Targets": [{"name": "Contoso"}, {"name": "Fabrikam"}]}"#);
/// assert_eq!(model.of(&Request::post(target).body(body)?), Duration::from_millis(118));
/// # Ok::<_, dataverse_entity::http::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ModelCost {
    read: Duration,
    write: Duration,
    row: Duration,
}

impl ModelCost {
    /// Creates a model in which each GET takes the first time, and each other request the second.
    pub const fn new(read: Duration, write: Duration) -> Self {
        Self { read, write, row: Duration::ZERO }
    }

    /// Sets the time that each row of `CreateMultiple`, `UpdateMultiple`, `UpsertMultiple` or `DeleteMultiple`
    /// and each part of a batch adds. Other requests have no rows.
    pub const fn row(mut self, time: Duration) -> Self {
        self.row = time;
        self
    }

    /// Returns the execution time of a request.
    pub fn of(&self, request: &Request<Bytes>) -> Duration {
        let base = if request.method() == Method::GET { self.read } else { self.write };
        if self.row.is_zero() {
            return base;
        }
        base.saturating_add(self.row.saturating_mul(u32::try_from(rows(request)).unwrap_or(u32::MAX)))
    }
}

/// The execution time of a request by a [`ModelCost`], in the extensions of its answer.
///
/// ```
/// use core::time::Duration;
/// use dataverse_emulator::{Emulator, ExecutionTime, ModelCost, ServiceLimits};
/// use dataverse_entity::bytes::Bytes;
/// use dataverse_entity::client::Transport;
/// use dataverse_entity::http::Request;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
/// let cost = ModelCost::new(Duration::from_millis(20), Duration::from_millis(100));
/// let emulator = Emulator::builder().limits(ServiceLimits::documented().cost(cost)).build()?;
/// let request = Request::get("https://contoso.crm4.dynamics.com/api/data/v9.2/WhoAmI").body(Bytes::new())?;
/// let response = emulator.transport().send(request).await?;
/// assert_eq!(response.extensions().get(), Some(&ExecutionTime(Duration::from_millis(20))));
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExecutionTime(pub Duration);

/// Returns the number of rows of a bulk message, or of parts of a batch; 0 for other requests.
fn rows(request: &Request<Bytes>) -> usize {
    let (path, _) = split_target(request.uri().path());
    if is_batch(&path) {
        let is_request_line = |line: &&[u8]| line.trim_ascii_end().ends_with(b" HTTP/1.1");
        return request.body().split(|byte| *byte == b'\n').filter(is_request_line).count();
    }
    if path.ends_with("Multiple") {
        let body: Option<HashMap<String, &RawValue>> = serde_json::from_slice(request.body()).ok();
        let targets = body.as_ref().and_then(|body| body.get("Targets"));
        let targets: Option<Vec<&RawValue>> =
            targets.and_then(|targets| serde_json::from_str(targets.get()).ok());
        return targets.map_or(0, |targets| targets.len());
    }
    0
}
