//! Problems with reading definitions, and what to do about them.

use core::fmt;
use std::error::Error as StdError;

use dataverse_entity::message::{Error, ErrorKind};

/// A problem with reading definitions from an org. It names what was read.
#[derive(Debug)]
#[non_exhaustive]
pub enum PullError {
    /// The org refused, or did not answer.
    Org {
        /// What was read, such as ``the table `account` ``.
        what: String,
        /// What happened.
        error: Error,
    },
    /// The answer is no definition.
    Answer {
        /// What was read.
        what: String,
        /// What is wrong with the answer.
        problem: String,
    },
    /// The org does not have what the settings name.
    NotFound {
        /// What the org does not have, such as ``the table `acount` ``.
        what: String,
        /// What to do.
        advice: String,
    },
}

impl PullError {
    /// An answer that is not what was asked for.
    pub(super) fn answer(what: &str, problem: impl fmt::Display) -> Self {
        Self::Answer { what: what.to_owned(), problem: problem.to_string() }
    }

    /// An unknown table, with the nearest of the names that the org has.
    pub(super) fn unknown_table(name: &str, names: &[&str]) -> Self {
        let advice = nearest(name, names).unwrap_or_else(|| {
            "write logical names, such as `account`, or patterns, such as `new_*`".to_owned()
        });
        Self::NotFound { what: format!("the table `{name}`"), advice }
    }

    /// Returns what to do about the problem.
    ///
    /// ```
    /// # async fn run(client: dataverse_entity::client::Client) {
    /// if let Err(error) = dataverse_codegen::table(&client, "new_loan").await {
    ///     eprintln!("error: {error}\nhelp: {}", error.advice());
    /// }
    /// # }
    /// ```
    pub fn advice(&self) -> &str {
        match self {
            Self::NotFound { advice, .. } => advice,
            Self::Answer { .. } => WRONG_ANSWER,
            Self::Org { error, .. } => of_kind(error),
        }
    }
}

/// Returns the question for a name that is nearly one of these.
pub(super) fn nearest(name: &str, names: &[&str]) -> Option<String> {
    let distance = |other: &str| strsim::damerau_levenshtein(&name.to_lowercase(), &other.to_lowercase());
    let nearest = names.iter().min_by_key(|other| distance(other))?;
    (distance(nearest) <= 2.max(name.len() / 3)).then(|| format!("did you mean `{nearest}`?"))
}

const WRONG_ANSWER: &str = "something else answered in place of the Web API, such as a proxy or a page for signing in: check `url` in `[org]`, and try again";

fn of_kind(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Unauthorized => {
            "the org rejects the token: it may have expired, or be for another org; get a new one, and see `token` in `[org]`"
        }
        ErrorKind::Token => "no token could be obtained: see `token` in `[org]`",
        ErrorKind::PermissionDenied => {
            "the identity must be able to read definitions (prvReadEntity, prvReadAttribute, prvReadRelationship, \
             prvReadOptionSet): add it to the org as a user or application user, with a role such as System Customizer"
        }
        ErrorKind::Throttled => {
            "the identity has used up its share of requests: wait for some minutes, or use another identity"
        }
        ErrorKind::Unavailable | ErrorKind::TimedOut | ErrorKind::NoAnswer => {
            "try again later; https://admin.powerplatform.microsoft.com says whether the service has a problem"
        }
        ErrorKind::NotSent => "check `url` in `[org]`, the network, and the proxy (HTTPS_PROXY)",
        ErrorKind::Decode => WRONG_ANSWER,
        ErrorKind::NotFound => "check `url` in `[org]`: the address has no Web API of Dataverse",
        _ if error.status().is_some_and(|status| status.is_server_error()) => {
            "the org has a problem of its own: try again later"
        }
        _ => "check `url` in `[org]`: something other than the Web API of an org may have answered",
    }
}

impl fmt::Display for PullError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Org { what, .. } => write!(f, "{what} cannot be read"),
            Self::Answer { what, problem } => write!(f, "{what} cannot be read: {problem}"),
            Self::NotFound { what, .. } => write!(f, "the org does not have {what}"),
        }
    }
}

impl StdError for PullError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Org { error, .. } => Some(error),
            Self::Answer { .. } | Self::NotFound { .. } => None,
        }
    }
}
