//! Sends the requests of a plan.

use core::fmt;
use core::time::Duration;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use bytes::Bytes;
use dataverse_definitions::Table;
use dataverse_entity::client::Client;
use dataverse_entity::message::{Error, Message, Organization};
use http::{Method, Request, Response};

use crate::plan::{PUBLISH, Plan, PlanError, PlanSettings, Present, Step, plan as compare, publication};
use crate::pull::PullError;

/// How long `apply` waits for an org.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApplySettings {
    /// How long after its start `apply` still waits: for a change to reach every server of the org, and for an org that
    /// does not answer. Five minutes unless set.
    pub time_limit: Duration,
    /// The first wait between two attempts, which doubles up to 30 seconds. Two seconds unless set.
    pub backoff: Duration,
}

impl Default for ApplySettings {
    fn default() -> Self {
        Self { time_limit: Duration::from_secs(300), backoff: Duration::from_secs(2) }
    }
}

/// What `apply` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApplyProgress<'a> {
    /// A request is sent.
    Sends {
        /// The number of the request, from one.
        number: usize,
        /// The number of requests.
        count: usize,
        /// What the request does.
        what: &'a str,
    },
    /// The org is not ready: the next attempt follows after a wait.
    Waits {
        /// How long.
        duration: Duration,
        /// What the org said.
        why: &'a str,
    },
    /// It is not known what became of a request, so the definitions are read again.
    ReadsAgain,
}

/// A plan that was not applied as a whole. What was sent before stays: run `apply` again.
#[derive(Debug)]
#[non_exhaustive]
pub enum ApplyError {
    /// The org refused a request, or did not answer it.
    Step {
        /// What the request does.
        what: String,
        /// What happened.
        error: Error,
    },
    /// The definitions of the org cannot be read.
    Read(PullError),
    /// The tables cannot be made.
    Plan(PlanError),
    /// The org took every request, and its definitions do not show what these ones do.
    NotShown(Vec<String>),
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step { what, .. } => {
                write!(f, "the org did not {what} (what was sent before stays; run `apply` again)")
            }
            Self::Read(error) => error.fmt(f),
            Self::Plan(error) => error.fmt(f),
            Self::NotShown(steps) => write!(
                f,
                "the org took every request, but its definitions still lack this: {}; run `cargo dataverse plan` in a few minutes",
                steps.join("; ")
            ),
        }
    }
}

impl std::error::Error for ApplyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Step { error, .. } => Some(error),
            Self::Read(error) => error.source(),
            Self::Plan(_) | Self::NotShown(_) => None,
        }
    }
}

/// Codes of refusals that pass: definitions have not reached the server yet (0x80040216, 0x80060891), or another
/// customization has the lock (0x80071151).
///
/// Source: <https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes>, and the
/// guidance of <https://github.com/microsoft/Dataverse-skills> on metadata propagation.
const PASSING: [u32; 3] = [0x8004_0216, 0x8006_0891, 0x8007_1151];

/// How often the org may refuse a request before that is an error: an earlier run may have succeeded.
const MAX_REFUSALS: usize = 2;

/// The same for a request that an earlier attempt of this run may have carried out.
const MAX_REFUSALS_OF_UNKNOWN: usize = 5;

/// The maximum wait between two attempts.
const MAX_BACKOFF: Duration = Duration::from_secs(30);

/// How long an org may take for one request: a publication can take minutes.
const TIMEOUT: Duration = Duration::from_secs(600);

/// Sends the requests of a plan, and returns how many the org has carried out.
///
/// Nothing is stored: the next plan starts from what the org has. If the org refuses a request, or the answer is lost, the
/// definitions are read again, because an earlier attempt may have succeeded. At the end, they are read again, too: `apply`
/// returns when they show every change.
///
/// ```
/// use dataverse_codegen::{ApplySettings, PlanSettings, Present, Snapshot, apply, plan};
///
/// # async fn run(client: dataverse_entity::client::Client) -> Result<(), Box<dyn std::error::Error>> {
/// let wanted: Vec<_> = Snapshot::read("dataverse".as_ref())?.tables.into_values().collect();
/// let settings = PlanSettings::default();
/// let present = Present::read(&client, &wanted).await?;
/// let mut plan = plan(&wanted, &present, &settings)?;
/// Present::complete(&client, &mut plan).await?;
/// let mut tell = |progress: dataverse_codegen::ApplyProgress<'_>| eprintln!("{progress:?}");
/// let count = apply(&client, &wanted, &plan, &settings, &ApplySettings::default(), &mut tell).await?;
/// println!("the org has carried out {count} requests");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Returns an error if the org refuses a request that is still needed, if its definitions cannot be read, or if they do not
/// show the changes within the time limit.
pub async fn apply(
    client: &Client,
    wanted: &[Table],
    plan: &Plan,
    settings: &PlanSettings,
    limits: &ApplySettings,
    progress: &mut (dyn FnMut(ApplyProgress<'_>) + Send),
) -> Result<usize, ApplyError> {
    let mut run = Run {
        client: client.with_timeout(TIMEOUT),
        limits,
        progress,
        start: Instant::now(),
        backoff: limits.backoff,
        sent: BTreeSet::new(),
        unknown: BTreeSet::new(),
        refusals: BTreeMap::new(),
        is_published: plan.steps.len() == plan.changes().count(),
        count: 0,
    };
    let publication = publication(wanted);
    let mut lacking: Vec<Step> = plan.changes().cloned().collect();
    loop {
        let open: Vec<&Step> = lacking.iter().filter(|step| !run.sent.contains(&step.what)).collect();
        if !open.is_empty() {
            if run.send(&open).await? {
                run.publish(&publication).await?;
            } else {
                (run.progress)(ApplyProgress::ReadsAgain);
            }
        } else if !run.is_published {
            run.publish(&publication).await?;
        } else if lacking.is_empty() {
            return Ok(run.count);
        } else if run.is_late() {
            return Err(ApplyError::NotShown(lacking.into_iter().map(|step| step.what).collect()));
        } else {
            run.wait("the definitions do not show every change yet").await;
        }
        lacking = read(&run.client, wanted, settings).await?;
    }
}

/// The changes that an org still lacks.
async fn read(client: &Client, wanted: &[Table], settings: &PlanSettings) -> Result<Vec<Step>, ApplyError> {
    let present = Present::read(client, wanted).await.map_err(ApplyError::Read)?;
    let mut plan = compare(wanted, &present, settings).map_err(ApplyError::Plan)?;
    Present::complete(client, &mut plan).await.map_err(ApplyError::Read)?;
    Ok(plan.changes().cloned().collect())
}

/// One call of `apply`.
struct Run<'r> {
    client: Client,
    limits: &'r ApplySettings,
    progress: &'r mut (dyn FnMut(ApplyProgress<'_>) + Send),
    start: Instant,
    backoff: Duration,
    /// What the org has carried out.
    sent: BTreeSet<String>,
    /// What the org may have carried out.
    unknown: BTreeSet<String>,
    /// How often the org has refused a request.
    refusals: BTreeMap<String, usize>,
    is_published: bool,
    count: usize,
}

impl Run<'_> {
    fn is_late(&self) -> bool {
        self.start.elapsed() >= self.limits.time_limit
    }

    async fn wait(&mut self, why: &str) {
        let duration = self.backoff;
        (self.progress)(ApplyProgress::Waits { duration, why });
        tokio::time::sleep(duration).await;
        self.backoff = (self.backoff * 2).min(MAX_BACKOFF);
    }

    /// Sends the steps. Returns `false` if the definitions have to be read again first.
    async fn send(&mut self, steps: &[&Step]) -> Result<bool, ApplyError> {
        let count = steps.len() + 1;
        for (number, step) in (1..).zip(steps) {
            (self.progress)(ApplyProgress::Sends { number, count, what: &step.what });
            if !self.send_one(step).await? {
                return Ok(false);
            }
            self.sent.insert(step.what.clone());
            self.is_published = false;
        }
        (self.progress)(ApplyProgress::Sends { number: count, count, what: PUBLISH });
        Ok(true)
    }

    /// Publishes what was sent. A publication may be sent again.
    async fn publish(&mut self, publication: &Step) -> Result<(), ApplyError> {
        while !self.send_one(publication).await? {}
        self.is_published = true;
        Ok(())
    }

    /// Sends a step until the org carries it out. Returns `false` if it may have been carried out, or is refused for the
    /// first time: the definitions say what is left to do.
    async fn send_one(&mut self, step: &Step) -> Result<bool, ApplyError> {
        loop {
            let Err(error) = self.client.execute(Change(step)).await else {
                self.backoff = self.limits.backoff;
                self.count += 1;
                return Ok(true);
            };
            let is_passing = error.code().is_some_and(|code| PASSING.contains(&code));
            let is_unknown = error.is_transport() || error.is_unavailable();
            let is_final = error.is_token() || error.is_unauthorized() || error.is_permission_denied();
            if is_final || self.is_late() {
                return Err(ApplyError::Step { what: step.what.clone(), error });
            }
            if is_passing {
                self.wait(&error.to_string()).await;
                continue;
            }
            if is_unknown {
                self.is_published = false;
                self.unknown.insert(step.what.clone());
            } else {
                let refusals = self.refusals.entry(step.what.clone()).or_default();
                *refusals += 1;
                // The definitions were read since the last refusal: the request is needed, and refused. What an earlier
                // request may have made can take a while to show.
                let max =
                    if self.unknown.contains(&step.what) { MAX_REFUSALS_OF_UNKNOWN } else { MAX_REFUSALS };
                if *refusals >= max {
                    return Err(ApplyError::Step { what: step.what.clone(), error });
                }
            }
            if self.unknown.contains(&step.what) {
                self.wait(&error.to_string()).await;
            }
            return Ok(false);
        }
    }
}

/// A step as a message.
#[derive(Debug)]
struct Change<'s>(&'s Step);

impl Message for Change<'_> {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "ChangeDefinition"
    }

    fn is_idempotent(&self) -> bool {
        // A replacement is the same twice, and so is a publication.
        self.0.method == Method::PUT || self.0.what == PUBLISH
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let step = self.0;
        let mut request =
            Request::builder().method(step.method.clone()).uri(format!("{}{}", org.root_url(), step.path));
        for (name, value) in &step.headers {
            request = request.header(*name, value);
        }
        let body = if step.body.is_null() { Bytes::new() } else { step.body.to_string().into() };
        request.body(body).map_err(|error| Error::invalid_request(error.to_string()))
    }

    fn response(&self, response: Response<Bytes>) -> Result<(), Error> {
        match response.status().is_success() {
            true => Ok(()),
            false => Err(Error::from_response(&response)),
        }
    }
}
