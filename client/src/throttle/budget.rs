//! The settings of a budget.

use core::time::Duration;

/// What a client allows itself in a sliding window, so that it stays below the limits of Dataverse in place of
/// reaching them. [`ClientBuilder::budget`](crate::ClientBuilder::budget) sets it.
///
/// A message that the budget has no room for waits until it has, beyond its
/// [`throttle_deadline`](crate::RetryPolicy::throttle_deadline), too; with a deadline of zero, it does not wait.
/// The client counts what it sends, and how long
/// the answers take. If the server says how much execution time is left
/// (`x-ms-ratelimit-time-remaining-xrm-requests`), the client counts that in place of the time on the network,
/// and with it what other programs of the same user take.
///
/// ```
/// use std::time::Duration;
///
/// use dataverse_entity::Organization;
/// use dataverse_entity::client::{Budget, Client, StaticToken};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// // Half of what Dataverse allows: the rest is for another program of this user.
/// let half = Budget::documented().requests(3000).execution_time(Duration::from_secs(600));
/// let client = Client::builder(org, StaticToken::new("eyJ0…")).budget(half).build()?;
/// # let _ = client;
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use = "a budget does nothing until a client has it"]
pub struct Budget {
    pub(super) requests: usize,
    pub(super) execution_time: Duration,
    pub(super) window: Duration,
}

impl Budget {
    /// Creates the budget of one user on one web server, as Microsoft documents its limits: 6,000 requests and
    /// 1,200 seconds of execution time in 300 seconds. (Microsoft Learn: "Service protection API limits".)
    pub const fn documented() -> Self {
        Self { requests: 6000, execution_time: Duration::from_secs(1200), window: Duration::from_secs(300) }
    }

    /// Sets the number of requests in a window, at least 1.
    pub const fn requests(mut self, count: usize) -> Self {
        self.requests = if count == 0 { 1 } else { count };
        self
    }

    /// Sets the combined execution time of the requests in a window. One request may always run.
    pub const fn execution_time(mut self, time: Duration) -> Self {
        self.execution_time = time;
        self
    }

    /// Sets the length of the sliding window.
    pub const fn window(mut self, time: Duration) -> Self {
        self.window = time;
        self
    }
}
