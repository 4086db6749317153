//! The options of any message: on whose behalf it is sent, what it bypasses, what the answer holds.

use bytes::Bytes;
use http::header::HeaderName;
use http::{HeaderMap, HeaderValue, Request};
use uuid::Uuid;

use super::error::Error;
use super::preferences::{Annotations, PREFER, Preferences};
use super::request::{FollowedLink, MAX_URL_LENGTH, MaxUrlLength, header_value, prefer, url_of};
use crate::encode::query_value;
use crate::message::sharing::AsPrincipal;

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

/// Options of a request. [`Message::with`](crate::message::Message::with) adds them to a message; a batch and
/// a client have options for all that they send.
///
/// If an option is set in several places, the one nearest to the message wins: first the message itself, then
/// the options added to it, then those of its batch, then those of the client. Each option is decided by
/// itself. A switch that is set to `false` wins over one that is set to `true` farther away.
///
/// Two options that say the same thing in different ways count as one option:
///
/// - the caller: [`impersonate_object_id`](Self::impersonate_object_id) and
///   [`impersonate_user`](Self::impersonate_user)
/// - the bypassed logic: [`bypass_custom_plugins`](Self::bypass_custom_plugins) and
///   [`bypass_business_logic`](Self::bypass_business_logic)
/// - the number of records: a query with `top` takes no [`page_size`](Self::page_size)
///
/// ```
/// use dataverse_entity::message::RequestOptions;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
/// let options = RequestOptions::new().suppress_flows(true).tag("nightly import");
/// let request = SessionEvent::create().name("Accepted").with(options).request(&org)?;
/// assert_eq!(request.headers()["mscrm.suppresscallbackregistrationexpanderjob"], "true");
/// assert_eq!(request.uri().query(), Some("tag=nightly%20import"));
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[must_use = "options do nothing until a message, a batch or a client has them"]
pub struct RequestOptions {
    preferences: Preferences,
    /// The headers and their values. `None` sends the request without the header, whatever options farther
    /// away say. An error says why there is no value.
    headers: Vec<(HeaderName, Option<Result<String, String>>)>,
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
    /// Both kinds of logic.
    All,
}

impl RequestOptions {
    /// Creates options of which none is set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets which annotations the answer has, such as formatted values.
    pub fn annotations(mut self, annotations: Annotations) -> Self {
        self.preferences.annotations = Some(annotations);
        self
    }

    /// Sets the maximum number of records in a page: 1 to 5,000. Has no effect on a query with `top`, because
    /// Dataverse ignores `$top` if there is a page size.
    pub fn page_size(mut self, records: u32) -> Self {
        self.preferences.page_size = Some(records);
        self
    }

    /// Acts as the user with this Microsoft Entra object id (`CallerObjectId`). The caller needs the
    /// privilege `prvActOnBehalfOfAnotherUser`. Replaces [`impersonate_user`](Self::impersonate_user).
    pub fn impersonate_object_id(self, object_id: Uuid) -> Self {
        self.without(&MSCRM_CALLER_ID).set(CALLER_OBJECT_ID, object_id.to_string())
    }

    /// Acts as this user of Dataverse (`MSCRMCallerID`, the older header). Replaces
    /// [`impersonate_object_id`](Self::impersonate_object_id).
    ///
    /// `user` is an `Id`, a lookup, or the `user` of the answer to `WhoAmI`. A bare GUID does not name a
    /// table: wrap it in [`PrincipalRef::user`](crate::message::PrincipalRef::user). Nobody can act as a
    /// team: with a team here, the request of a message cannot be built.
    ///
    /// ```
    /// use dataverse_entity::message::{Message, Organization, RequestOptions};
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::{SessionEvent, SystemUser, Team};
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let user: Id<SystemUser> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
    /// let query = SessionEvent::query().with(RequestOptions::new().impersonate_user(user));
    /// assert_eq!(query.request(&org)?.headers()["mscrmcallerid"], user.to_string());
    ///
    /// let team = Id::<Team>::new(user.uuid());
    /// let query = SessionEvent::query().with(RequestOptions::new().impersonate_user(team));
    /// assert!(query.request(&org).unwrap_err().to_string().contains("team"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn impersonate_user(self, user: impl AsPrincipal) -> Self {
        let user = user.principal().map_err(|error| error.to_string());
        let id = user.and_then(|user| {
            if user.is_user() {
                Ok(user.id().to_string())
            } else {
                Err(format!("nobody can act as the team {user}; `impersonate_user` takes a user"))
            }
        });
        self.without(&CALLER_OBJECT_ID).put(MSCRM_CALLER_ID, Some(id))
    }

    /// Sets whether the request bypasses custom plug-ins (`MSCRM.BypassCustomPluginExecution`, the older
    /// header). The caller needs the privilege `prvBypassCustomPlugins`.
    pub fn bypass_custom_plugins(self, on: bool) -> Self {
        self.switch(BYPASS_PLUGINS, on, "true")
    }

    /// Bypasses custom logic (`MSCRM.BypassBusinessLogicExecution`). The caller needs the privilege
    /// `prvBypassCustomBusinessLogic`.
    ///
    /// ```
    /// use dataverse_entity::message::{BypassLogic, RequestOptions};
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let options = RequestOptions::new().bypass_business_logic(BypassLogic::Synchronous);
    /// let request = SessionEvent::create().name("Accepted").with(options).request(&org)?;
    /// assert_eq!(request.headers()["mscrm.bypassbusinesslogicexecution"], "CustomSync");
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
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

    /// Sets whether the request starts no Power Automate flows
    /// (`MSCRM.SuppressCallbackRegistrationExpanderJob`).
    pub fn suppress_flows(self, on: bool) -> Self {
        self.switch(SUPPRESS_CALLBACKS, on, "true")
    }

    /// Sets whether Dataverse applies duplicate detection rules to a create or update
    /// (`MSCRM.SuppressDuplicateDetection: false`). Without this option, it does not. The error of a record
    /// that a rule rejects [is a duplicate](Error::is_duplicate).
    pub fn detect_duplicates(self, on: bool) -> Self {
        self.switch(SUPPRESS_DUPLICATE_DETECTION, on, "false")
    }

    /// Sets whether Dataverse bypasses its caches of table definitions, labels and privileges
    /// (`Consistency: Strong`). They may be 30 seconds old.
    pub fn strong_consistency(self, on: bool) -> Self {
        self.switch(CONSISTENCY, on, "Strong")
    }

    /// Adds the created components to the solution with this unique name.
    pub fn solution(self, unique_name: impl Into<String>) -> Self {
        self.set(SOLUTION, unique_name)
    }

    /// Sets whether an update of a definition keeps the labels in languages that it leaves out
    /// (`MSCRM.MergeLabels`).
    pub fn merge_labels(self, on: bool) -> Self {
        self.switch(MERGE_LABELS, on, "true")
    }

    /// Passes a text to plug-ins, which find it in the shared variable `tag`.
    pub fn tag(self, tag: impl Into<String>) -> Self {
        self.query_option("tag", tag.into())
    }

    /// Sets the partition of an elastic table.
    pub fn partition_id(self, id: impl Into<String>) -> Self {
        self.query_option("partitionId", id.into())
    }

    /// Sets the session token of an elastic table, from the answer to a write. Reads then see that write.
    pub fn session_token(self, token: impl Into<String>) -> Self {
        self.set(SESSION_TOKEN, token)
    }

    /// Sets any other header.
    ///
    /// Messages set `Accept`, `Authorization`, `Prefer`, the OData versions, the conditions and the headers
    /// of the body themselves. A request with one of these in its options cannot be built.
    ///
    /// ```
    /// use dataverse_entity::http::HeaderName;
    /// use dataverse_entity::message::RequestOptions;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let name = HeaderName::from_static("x-ms-correlation-request-id");
    /// let options = RequestOptions::new().header(name, "8e1b2c64-21ab-4f3c-9c7d-0a7a6f1c2d3e");
    /// let request = SessionEvent::query().with(options).request(&org)?;
    /// assert!(request.headers().contains_key("x-ms-correlation-request-id"));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn header(self, name: HeaderName, value: impl Into<String>) -> Self {
        self.set(name, value)
    }

    fn query_option(mut self, name: &'static str, value: String) -> Self {
        self.query.retain(|(other, _)| *other != name);
        self.query.push((name, value));
        self
    }

    fn switch(self, name: HeaderName, on: bool, value: &str) -> Self {
        self.put(name, on.then(|| Ok(value.to_owned())))
    }

    fn set(self, name: HeaderName, value: impl Into<String>) -> Self {
        self.put(name, Some(Ok(value.into())))
    }

    fn put(mut self, name: HeaderName, value: Option<Result<String, String>>) -> Self {
        self = self.without(&name);
        self.headers.push((name, value));
        self
    }

    fn without(mut self, name: &HeaderName) -> Self {
        self.headers.retain(|(other, _)| other != name);
        self
    }

    /// Returns these options, completed by the others. If both set an option, these win.
    ///
    /// ```
    /// use dataverse_entity::message::RequestOptions;
    ///
    /// let import = RequestOptions::new().tag("import");
    /// let all = RequestOptions::new().tag("nightly").suppress_flows(true);
    /// assert_eq!(import.or(&all), RequestOptions::new().tag("import").suppress_flows(true));
    /// ```
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

    /// Adds the options to a request. What the request says itself wins.
    ///
    /// # Errors
    ///
    /// Returns an error if a header or the URL cannot hold a value, or if messages set the header themselves.
    pub fn apply(&self, request: &mut Request<Bytes>) -> Result<(), Error> {
        // Most messages have no options.
        if self.is_empty() {
            return Ok(());
        }
        let said: Vec<_> = request.headers().keys().map(|name| wish(name).to_owned()).collect();
        for (name, value) in &self.headers {
            if is_reserved(name) {
                return Err(Error::invalid_request(format!(
                    "the header `{name}` is set by the message itself; leave it out of the options"
                )));
            }
            let Some(value) = value else { continue };
            let value = value.as_deref().map_err(|problem| Error::invalid_request(problem.clone()))?;
            let value = header_value(name, value)?;
            if !said.iter().any(|said| said == wish(name)) {
                request.headers_mut().insert(name, value);
            }
        }
        self.apply_preferences(request)?;
        self.apply_query(request)
    }

    /// Returns whether no option is set.
    pub(in crate::message) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the options that apply to a batch's own request. Query options and the page size apply to the
    /// messages of the batch only.
    pub(in crate::message) fn of_batch(&self) -> Self {
        let preferences = Preferences { page_size: None, ..self.preferences.clone() };
        Self { preferences, headers: self.headers.clone(), query: Vec::new() }
    }

    /// Removes the headers that a message of the batch lacks, or has with another value.
    pub(in crate::message) fn retain_said(&mut self, headers: &HeaderMap) {
        self.headers.retain(|(name, value)| {
            is_reserved(name)
                || match value {
                    Some(Err(_)) => true,
                    Some(Ok(value)) => {
                        headers.get(name).is_some_and(|said| said.as_bytes() == value.as_bytes())
                    }
                    None => !headers.contains_key(name),
                }
        });
    }

    fn apply_preferences(&self, request: &mut Request<Bytes>) -> Result<(), Error> {
        if let Some(said) = request.extensions().get::<Preferences>().cloned() {
            let mut own = HeaderMap::new();
            said.apply(&mut own)?;
            // If the header differs from what this crate wrote, a message of the user's own set it: only add
            // to it.
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
        // The server's links hold the options already, and must stay as they are.
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
            *request.uri_mut() = url_of(url, max)?;
        }
        Ok(())
    }
}

fn query_has(request: &Request<Bytes>, name: &str) -> bool {
    let mut options = request.uri().query().unwrap_or_default().split('&');
    options.any(|option| option.split('=').next().is_some_and(|said| said.eq_ignore_ascii_case(name)))
}

/// Returns the name of the option that a header sets. Headers that set the same option have the same name.
fn wish(name: &HeaderName) -> &str {
    match name.as_str() {
        "mscrmcallerid" => "callerobjectid",
        "mscrm.bypassbusinesslogicexecution" | "mscrm.bypassbusinesslogicexecutionstepids" => {
            "mscrm.bypasscustompluginexecution"
        }
        name => name,
    }
}

/// Returns whether messages set the header themselves.
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
