//! What can be asked of any message: on whose behalf it is sent, what it bypasses, what the answer holds.

use bytes::Bytes;
use http::header::HeaderName;
use http::{HeaderValue, Request, Uri};
use uuid::Uuid;

use super::error::Error;
use super::preferences::{Annotations, Preferences};
use super::request::{FollowedLink, header_value, prefer};
use crate::encode::query_value;

const CALLER_OBJECT_ID: HeaderName = HeaderName::from_static("callerobjectid");
const MSCRM_CALLER_ID: HeaderName = HeaderName::from_static("mscrmcallerid");
const BYPASS_PLUGINS: HeaderName = HeaderName::from_static("mscrm.bypasscustompluginexecution");
const BYPASS_LOGIC: HeaderName = HeaderName::from_static("mscrm.bypassbusinesslogicexecution");
const SUPPRESS_CALLBACKS: HeaderName =
    HeaderName::from_static("mscrm.suppresscallbackregistrationexpanderjob");
const SUPPRESS_DUPLICATE_DETECTION: HeaderName = HeaderName::from_static("mscrm.suppressduplicatedetection");
const CONSISTENCY: HeaderName = HeaderName::from_static("consistency");
const SOLUTION: HeaderName = HeaderName::from_static("mscrm.solutionuniquename");
const SESSION_TOKEN: HeaderName = HeaderName::from_static("mscrm.sessiontoken");
const MERGE_LABELS: HeaderName = HeaderName::from_static("mscrm.mergelabels");

/// Options of a request. Give them to a message with [`Message::with`](crate::message::Message::with), or to a client for all it sends.
///
/// ```
/// use dataverse_entity::message::RequestOptions;
///
/// let options = RequestOptions::new().strong_consistency().tag("nightly import");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RequestOptions {
    preferences: Preferences,
    headers: Vec<(HeaderName, String)>,
    query: Vec<(&'static str, String)>,
}

/// Which custom logic a request goes past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BypassLogic {
    /// What runs before the request is answered.
    Synchronous,
    /// What runs later.
    Asynchronous,
    /// Both.
    All,
}

impl RequestOptions {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for annotations.
    #[must_use]
    pub fn annotations(mut self, annotations: Annotations) -> Self {
        self.preferences.annotations = Some(annotations);
        self
    }

    /// How many records a page shall have: 1 to 5,000.
    #[must_use]
    pub fn page_size(mut self, records: u32) -> Self {
        self.preferences.page_size = Some(records);
        self
    }

    /// Acts as the user with this Microsoft Entra object id (`CallerObjectId`). The caller needs the privilege
    /// `prvActOnBehalfOfAnotherUser`.
    #[must_use]
    pub fn impersonate(self, object_id: Uuid) -> Self {
        self.set(CALLER_OBJECT_ID, object_id.to_string())
    }

    /// Acts as the user with this id in Dataverse (`MSCRMCallerID`, the older way).
    #[must_use]
    pub fn impersonate_user(self, user: impl Into<Uuid>) -> Self {
        self.set(MSCRM_CALLER_ID, user.into().to_string())
    }

    /// Goes past custom plug-ins (`MSCRM.BypassCustomPluginExecution`, the older way). The caller needs the privilege
    /// `prvBypassCustomPlugins`.
    #[must_use]
    pub fn bypass_custom_plugins(self) -> Self {
        self.set(BYPASS_PLUGINS, "true")
    }

    /// Goes past custom logic (`MSCRM.BypassBusinessLogicExecution`). The caller needs the privilege
    /// `prvBypassCustomBusinessLogic`.
    #[must_use]
    pub fn bypass_business_logic(self, logic: BypassLogic) -> Self {
        self.set(
            BYPASS_LOGIC,
            match logic {
                BypassLogic::Synchronous => "CustomSync",
                BypassLogic::Asynchronous => "CustomAsync",
                BypassLogic::All => "CustomSync,CustomAsync",
            },
        )
    }

    /// Starts no Power Automate flows (`MSCRM.SuppressCallbackRegistrationExpanderJob`).
    #[must_use]
    pub fn suppress_flows(self) -> Self {
        self.set(SUPPRESS_CALLBACKS, "true")
    }

    /// Refuses a create or update that a duplicate detection rule objects to (`MSCRM.SuppressDuplicateDetection: false`);
    /// without it the rules are not asked. Such a refusal is [`Error::is_duplicate`].
    #[must_use]
    pub fn detect_duplicates(self) -> Self {
        self.set(SUPPRESS_DUPLICATE_DETECTION, "false")
    }

    /// Reads what is true now, also of table definitions, labels and privileges, whose caches may lag half a minute behind
    /// (`Consistency: Strong`).
    #[must_use]
    pub fn strong_consistency(self) -> Self {
        self.set(CONSISTENCY, "Strong")
    }

    /// Adds what is created to this solution, by its unique name.
    #[must_use]
    pub fn solution(self, unique_name: impl Into<String>) -> Self {
        self.set(SOLUTION, unique_name)
    }

    /// Adds labels to those that are there in other languages, in a change of definitions.
    #[must_use]
    pub fn merge_labels(self) -> Self {
        self.set(MERGE_LABELS, "true")
    }

    /// Hands a text to plug-ins, as the shared variable `tag`.
    #[must_use]
    pub fn tag(self, tag: impl Into<String>) -> Self {
        self.query_option("tag", tag.into())
    }

    /// The partition of an elastic table.
    #[must_use]
    pub fn partition_id(self, id: impl Into<String>) -> Self {
        self.query_option("partitionId", id.into())
    }

    /// Reads what was written in the same session of an elastic table, by the token in the answer to that write.
    #[must_use]
    pub fn session_token(self, token: impl Into<String>) -> Self {
        self.set(SESSION_TOKEN, token)
    }

    /// Any other header. `Prefer`, `Authorization`, conditions and the headers of the body are not set here.
    #[must_use]
    pub fn header(self, name: HeaderName, value: impl Into<String>) -> Self {
        self.set(name, value)
    }

    fn query_option(mut self, name: &'static str, value: String) -> Self {
        self.query.retain(|(other, _)| *other != name);
        self.query.push((name, value));
        self
    }

    fn set(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.retain(|(other, _)| *other != name);
        self.headers.push((name, value.into()));
        self
    }

    /// These options, and the others where these say nothing.
    #[must_use]
    pub fn or(mut self, others: &Self) -> Self {
        let (mine, theirs) = (&mut self.preferences, &others.preferences);
        mine.annotations = mine.annotations.take().or_else(|| theirs.annotations.clone());
        mine.page_size = mine.page_size.or(theirs.page_size);
        for (name, value) in &others.headers {
            if !self.headers.iter().any(|(mine, _)| mine == name) {
                self.headers.push((name.clone(), value.clone()));
            }
        }
        for (name, value) in &others.query {
            if !self.query.iter().any(|(mine, _)| mine == name) {
                self.query.push((name, value.clone()));
            }
        }
        self
    }

    /// Puts the options into a request.
    ///
    /// # Errors
    ///
    /// A value cannot stand where it belongs, or a header is one that messages set themselves.
    pub fn apply(&self, request: &mut Request<Bytes>) -> Result<(), Error> {
        for (name, value) in &self.headers {
            if is_reserved(name) {
                return Err(Error::invalid_request(format!(
                    "the header `{name}` is set by the message itself"
                )));
            }
            let value = header_value(name, value)?;
            request.headers_mut().insert(name, value);
        }
        self.apply_preferences(request)?;
        // The server's links hold what was asked for already.
        if request.extensions().get::<FollowedLink>().is_none() {
            self.apply_query(request)?;
        }
        Ok(())
    }

    /// A message's own preferences win over these.
    fn apply_preferences(&self, request: &mut Request<Bytes>) -> Result<(), Error> {
        if let Some(own) = request.extensions().get::<Preferences>().cloned() {
            return prefer(request, own.or(&self.preferences));
        }
        let headers = request.headers_mut();
        let earlier = headers.get(super::preferences::PREFER).map(HeaderValue::to_str);
        let earlier = earlier.and_then(Result::ok).unwrap_or_default();
        let mut mine = self.preferences.clone();
        if earlier.contains("odata.maxpagesize") {
            mine.page_size = None;
        }
        if earlier.contains("odata.include-annotations") {
            mine.annotations = None;
        }
        mine.apply(headers)
    }

    fn apply_query(&self, request: &mut Request<Bytes>) -> Result<(), Error> {
        let mut url = request.uri().to_string();
        for (name, value) in &self.query {
            let separator = if url.contains('?') { '&' } else { '?' };
            url.push_str(&format!("{separator}{name}={}", query_value(value)));
        }
        let uri: Uri = url
            .parse()
            .map_err(|error| Error::invalid_request(format!("the URL cannot be written: {error}")))?;
        *request.uri_mut() = uri;
        Ok(())
    }
}

/// Headers that have a meaning of their own in a message.
fn is_reserved(name: &HeaderName) -> bool {
    use http::header::{
        AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, IF_MATCH, IF_NONE_MATCH, TRANSFER_ENCODING,
    };
    [AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, IF_MATCH, IF_NONE_MATCH, TRANSFER_ENCODING]
        .contains(name)
        || *name == super::preferences::PREFER
}
