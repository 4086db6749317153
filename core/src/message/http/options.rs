//! What can be asked of any message: on whose behalf it is sent, what it bypasses, what the answer holds.

use bytes::Bytes;
use http::header::HeaderName;
use http::{HeaderMap, HeaderValue, Request};
use uuid::Uuid;

use super::error::Error;
use super::preferences::{Annotations, PREFER, Preferences};
use super::request::{FollowedLink, MAX_URL_LENGTH, MaxUrlLength, header_value, prefer, url_of};
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

/// Options of a request. Give them to a message with [`Message::with`](crate::message::Message::with), or to a batch or a
/// client for all that it sends.
///
/// The same wish can be said in several places. The place nearest to the message wins: the message itself, the options given
/// to it, those of its batch, those of the client. Each wish is decided by itself, and a wish that two options express in
/// different words is one wish: on whose behalf the request is sent ([`impersonate_object_id`](Self::impersonate_object_id),
/// [`impersonate_user`](Self::impersonate_user)), which logic it bypasses
/// ([`bypass_custom_plugins`](Self::bypass_custom_plugins), [`bypass_business_logic`](Self::bypass_business_logic)), and how
/// many records are read (a page size is not added to a query with `top`). A switch that is off is a wish, too: it wins over
/// one that is on farther away.
///
/// ```
/// use dataverse_entity::message::RequestOptions;
///
/// let options = RequestOptions::new().strong_consistency(true).tag("nightly import");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[must_use = "options do nothing until a message, a batch or a client has them"]
pub struct RequestOptions {
    preferences: Preferences,
    /// `None`: without this header, whatever others say.
    headers: Vec<(HeaderName, Option<String>)>,
    query: Vec<(&'static str, String)>,
}

/// Custom logic that a request bypasses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BypassLogic {
    /// Logic that runs before the request is answered.
    Synchronous,
    /// Logic that runs later.
    Asynchronous,
    /// Both.
    All,
}

impl RequestOptions {
    /// Creates options that say nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for annotations.
    pub fn annotations(mut self, annotations: Annotations) -> Self {
        self.preferences.annotations = Some(annotations);
        self
    }

    /// Sets how many records a page has: 1 to 5,000. A query that says how many records it wants, such as with `top`, is
    /// sent without it, because Dataverse ignores `$top` where there is a page size.
    pub fn page_size(mut self, records: u32) -> Self {
        self.preferences.page_size = Some(records);
        self
    }

    /// Acts as the user with this Microsoft Entra object id (`CallerObjectId`). The caller needs the privilege
    /// `prvActOnBehalfOfAnotherUser`. Replaces [`impersonate_user`](Self::impersonate_user).
    pub fn impersonate_object_id(self, object_id: Uuid) -> Self {
        self.without(&MSCRM_CALLER_ID).set(CALLER_OBJECT_ID, object_id.to_string())
    }

    /// Acts as the user with this id in Dataverse (`MSCRMCallerID`, the older way). Replaces
    /// [`impersonate_object_id`](Self::impersonate_object_id).
    pub fn impersonate_user(self, user: impl Into<Uuid>) -> Self {
        self.without(&CALLER_OBJECT_ID).set(MSCRM_CALLER_ID, user.into().to_string())
    }

    /// Bypasses custom plug-ins (`MSCRM.BypassCustomPluginExecution`, the older way). The caller needs the privilege
    /// `prvBypassCustomPlugins`.
    pub fn bypass_custom_plugins(self, on: bool) -> Self {
        self.switch(BYPASS_PLUGINS, on, "true")
    }

    /// Bypasses custom logic (`MSCRM.BypassBusinessLogicExecution`). The caller needs the privilege
    /// `prvBypassCustomBusinessLogic`.
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

    /// Sets whether the request starts no Power Automate flows (`MSCRM.SuppressCallbackRegistrationExpanderJob`).
    pub fn suppress_flows(self, on: bool) -> Self {
        self.switch(SUPPRESS_CALLBACKS, on, "true")
    }

    /// Sets whether Dataverse refuses a create or update that a duplicate detection rule objects to
    /// (`MSCRM.SuppressDuplicateDetection: false`); without it Dataverse does not apply the rules. Such a refusal is
    /// [`Error::is_duplicate`].
    pub fn detect_duplicates(self, on: bool) -> Self {
        self.switch(SUPPRESS_DUPLICATE_DETECTION, on, "false")
    }

    /// Sets whether Dataverse reads past its caches of table definitions, labels and privileges, which may be half a minute
    /// old (`Consistency: Strong`).
    pub fn strong_consistency(self, on: bool) -> Self {
        self.switch(CONSISTENCY, on, "Strong")
    }

    /// Adds what is created to this solution, by its unique name.
    pub fn solution(self, unique_name: impl Into<String>) -> Self {
        self.set(SOLUTION, unique_name)
    }

    /// Sets whether a change of definitions keeps labels in languages that it does not mention (`MSCRM.MergeLabels`).
    pub fn merge_labels(self, on: bool) -> Self {
        self.switch(MERGE_LABELS, on, "true")
    }

    /// Passes a text to plug-ins, as the shared variable `tag`.
    pub fn tag(self, tag: impl Into<String>) -> Self {
        self.query_option("tag", tag.into())
    }

    /// Sets the partition of an elastic table.
    pub fn partition_id(self, id: impl Into<String>) -> Self {
        self.query_option("partitionId", id.into())
    }

    /// Reads what was written in the same session of an elastic table, by the token in the answer to that write.
    pub fn session_token(self, token: impl Into<String>) -> Self {
        self.set(SESSION_TOKEN, token)
    }

    /// Sets any other header. `Accept`, `Authorization`, `Prefer`, the versions of OData, conditions and the headers of the
    /// body are refused when the request is built: messages set them.
    pub fn header(self, name: HeaderName, value: impl Into<String>) -> Self {
        self.set(name, value)
    }

    fn query_option(mut self, name: &'static str, value: String) -> Self {
        self.query.retain(|(other, _)| *other != name);
        self.query.push((name, value));
        self
    }

    fn switch(mut self, name: HeaderName, on: bool, value: &str) -> Self {
        self = self.without(&name);
        self.headers.push((name, on.then(|| value.to_owned())));
        self
    }

    fn set(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self = self.without(&name);
        self.headers.push((name, Some(value.into())));
        self
    }

    fn without(mut self, name: &HeaderName) -> Self {
        self.headers.retain(|(other, _)| other != name);
        self
    }

    /// Returns these options, and the others where these say nothing.
    pub fn or(mut self, others: &Self) -> Self {
        self.preferences = self.preferences.or(&others.preferences);
        let mine: Vec<_> = self.headers.iter().map(|(name, _)| wish(name).to_owned()).collect();
        for (name, value) in &others.headers {
            if !mine.iter().any(|mine| mine == wish(name)) {
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

    /// Adds the options to a request, each where the request does not say the same thing already.
    ///
    /// # Errors
    ///
    /// Returns an error if a value cannot be written, or if a header is one that messages set.
    pub fn apply(&self, request: &mut Request<Bytes>) -> Result<(), Error> {
        let said: Vec<_> = request.headers().keys().map(|name| wish(name).to_owned()).collect();
        for (name, value) in &self.headers {
            if is_reserved(name) {
                return Err(Error::invalid_request(format!(
                    "the header `{name}` is set by the message itself"
                )));
            }
            let Some(value) = value else { continue };
            let value = header_value(name, value)?;
            if !said.iter().any(|said| said == wish(name)) {
                request.headers_mut().insert(name, value);
            }
        }
        self.apply_preferences(request)?;
        self.apply_query(request)
    }

    /// The options as the request of a batch has them: what is about a URL or a page is for its messages alone.
    pub(in crate::message) fn of_batch(&self) -> Self {
        let preferences = Preferences { page_size: None, ..self.preferences.clone() };
        Self { preferences, headers: self.headers.clone(), query: Vec::new() }
    }

    /// Drops the headers that a message of the batch does not say, or says otherwise.
    pub(in crate::message) fn retain_said(&mut self, headers: &HeaderMap) {
        self.headers.retain(|(name, value)| {
            is_reserved(name)
                || match value {
                    Some(value) => headers.get(name).is_some_and(|said| said.as_bytes() == value.as_bytes()),
                    None => !headers.contains_key(name),
                }
        });
    }

    fn apply_preferences(&self, request: &mut Request<Bytes>) -> Result<(), Error> {
        if let Some(said) = request.extensions().get::<Preferences>().cloned() {
            let mut own = HeaderMap::new();
            said.apply(&mut own)?;
            // What holds more than this crate wrote is of a message of the user's own, and is only added to.
            if own.get(PREFER) == request.headers().get(PREFER) {
                return prefer(request, said.or(&self.preferences));
            }
        }
        let earlier = request.headers().get(PREFER).map(HeaderValue::to_str);
        let earlier = earlier.and_then(Result::ok).unwrap_or_default();
        let mut mine = self.preferences.clone();
        if earlier.contains("odata.maxpagesize") || query_has(request, "$top") {
            mine.page_size = None;
        }
        if earlier.contains("odata.include-annotations") {
            mine.annotations = None;
        }
        mine.apply(request.headers_mut())
    }

    fn apply_query(&self, request: &mut Request<Bytes>) -> Result<(), Error> {
        // The server's links hold what was asked for already, and are followed as they are.
        if request.extensions().get::<FollowedLink>().is_some() {
            return Ok(());
        }
        let max = request.extensions().get::<MaxUrlLength>().map_or(MAX_URL_LENGTH, |max| max.0);
        let mut url = request.uri().to_string();
        for (name, value) in &self.query {
            if !query_has(request, name) {
                let separator = if url.contains('?') { '&' } else { '?' };
                url.push_str(&format!("{separator}{name}={}", query_value(value)));
            }
        }
        if url.len() > request.uri().to_string().len() {
            *request.uri_mut() = url_of(&url, max)?;
        }
        Ok(())
    }
}

fn query_has(request: &Request<Bytes>, name: &str) -> bool {
    let mut options = request.uri().query().unwrap_or_default().split('&');
    options.any(|option| option.split('=').next().is_some_and(|said| said.eq_ignore_ascii_case(name)))
}

/// Returns the wish that a header expresses: headers that express the same one have the same.
fn wish(name: &HeaderName) -> &str {
    match name.as_str() {
        "mscrmcallerid" => "callerobjectid",
        "mscrm.bypassbusinesslogicexecution" | "mscrm.bypassbusinesslogicexecutionstepids" => {
            "mscrm.bypasscustompluginexecution"
        }
        name => name,
    }
}

/// Headers that have a meaning of their own in a message.
fn is_reserved(name: &HeaderName) -> bool {
    use http::header::{
        ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, IF_MATCH, IF_NONE_MATCH, TRANSFER_ENCODING,
    };
    let reserved = [
        ACCEPT,
        AUTHORIZATION,
        CONTENT_LENGTH,
        CONTENT_TYPE,
        HOST,
        IF_MATCH,
        IF_NONE_MATCH,
        PREFER,
        TRANSFER_ENCODING,
    ];
    reserved.contains(name) || matches!(name.as_str(), "odata-version" | "odata-maxversion")
}
