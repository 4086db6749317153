//! Builds requests: URLs, headers and bodies.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, Method, Request, Uri};

use super::error::Error;
use super::organization::Organization;
use super::preferences::{PREFER, Preferences};
use crate::Projection;
use crate::encode::{EncodeError, push_query_value};
use crate::metadata::EntityMetadata;
use crate::reference::{Address, EntityNames};

/// The namespace of Dataverse's types, functions and actions.
pub(crate) const NAMESPACE: &str = "Microsoft.Dynamics.CRM";

/// Maximum length of the URL of a `GET` that is sent by itself, in characters. In a batch, the maximum is
/// twice as long.
pub(crate) const MAX_URL_LENGTH: usize = 32_768;

const ODATA_VERSION: HeaderName = HeaderName::from_static("odata-version");
const ODATA_MAX_VERSION: HeaderName = HeaderName::from_static("odata-maxversion");

/// Bytes that an option reserves for those after it.
const MORE_OPTIONS: usize = 256;

/// Marks a request whose URL came from the server, so that options leave it unchanged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FollowedLink;

/// Maximum length of a request's URL, for options that are applied later.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MaxUrlLength(pub(crate) usize);

/// A request that is being built.
pub struct RequestBuilder<'o> {
    org: &'o Organization,
    method: Method,
    path: Cow<'static, str>,
    /// The query options, each after `?` or `&`.
    query: String,
    headers: HeaderMap,
    preferences: Option<Preferences>,
    body: Option<Vec<u8>>,
}

impl<'o> RequestBuilder<'o> {
    /// Starts a request. `path` is relative to the service's root and already encoded.
    pub(crate) fn new(org: &'o Organization, method: Method, path: impl Into<Cow<'static, str>>) -> Self {
        let headers = HeaderMap::new();
        Self { org, method, path: path.into(), query: String::new(), headers, preferences: None, body: None }
    }

    /// Adds a query option whose value is already encoded.
    pub(crate) fn option(mut self, name: &str, value: &str) -> Self {
        self.query.reserve(name.len() + value.len() + MORE_OPTIONS);
        self.start_option(name);
        self.query.push_str(value);
        self
    }

    fn start_option(&mut self, name: &str) {
        let separator = if self.query.is_empty() { "?" } else { "&" };
        for text in [separator, name, "="] {
            self.query.push_str(text);
        }
    }

    /// Adds a query option if there is a value.
    pub(crate) fn option_if(self, name: &str, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.option(name, value.as_ref()),
            None => self,
        }
    }

    /// Adds a query option and encodes its value.
    pub(crate) fn encoded_option(mut self, name: &str, value: &str) -> Self {
        self.start_option(name);
        push_query_value(&mut self.query, value);
        self
    }

    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Result<Self, Error> {
        self.headers.insert(name.clone(), header_value(&name, value)?);
        Ok(self)
    }

    /// Sets `If-Match` to an etag, byte for byte, or to `*`.
    pub(crate) fn if_match(self, etag: &str) -> Result<Self, Error> {
        check_etag(etag)?;
        self.header(IF_MATCH, etag)
    }

    pub(crate) fn if_none_match(self, etag: &str) -> Result<Self, Error> {
        check_etag(etag)?;
        self.header(IF_NONE_MATCH, etag)
    }

    pub(crate) fn prefer(mut self, preferences: Preferences) -> Self {
        self.preferences = Some(preferences);
        self
    }

    /// Asks for the stored record, with the columns of `P`.
    pub(crate) fn returning<P: Projection>(self) -> Self {
        let preferences = Preferences { return_representation: true, ..Preferences::default() };
        self.option("$select", &P::PLAN.texts().select).prefer(preferences.reading(P::PLAN))
    }

    /// Sets a JSON body.
    pub(crate) fn json(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Returns whether the URL is longer than Dataverse accepts.
    pub(crate) fn is_too_long(&self) -> bool {
        self.length() > self.max_length()
    }

    fn max_length(&self) -> usize {
        if self.org.is_in_batch() { 2 * MAX_URL_LENGTH } else { MAX_URL_LENGTH }
    }

    /// Returns the length of the URL.
    fn length(&self) -> usize {
        self.org.root_url().len() + self.path.len() + self.query.len()
    }

    /// Returns the request as it stands in a batch, without building it. `None` if only [`build`](Self::build) can tell
    /// whether the URL is valid.
    ///
    /// # Errors
    ///
    /// Returns the error that [`build`](Self::build) returns.
    pub(crate) fn as_part(&self) -> Result<Option<RequestPart<'_>>, Error> {
        check_length(self.length(), self.max_length())?;
        if !is_plain(&self.path) || !is_plain(&self.query) {
            return Ok(None);
        }
        let prefer = self.preferences.as_ref().map_or(Ok(None), |preferences| preferences.header(None))?;
        Ok(Some(RequestPart {
            method: &self.method,
            root: self.org.root_path(),
            path: &self.path,
            query: &self.query,
            headers: &self.headers,
            prefer,
            body: self.body.as_deref(),
        }))
    }

    pub(crate) fn build(self) -> Result<Request<Bytes>, Error> {
        let max = self.max_length();
        check_length(self.length(), max)?;
        let target = [self.org.root_path(), &self.path, &self.query].concat();
        let uri = self.org.uri(target).map_err(not_written)?;
        // The batch's own request has the headers that all its parts share.
        let shared = !self.org.is_in_batch();
        let mut request = with_headers(shared, uri, self.method, self.headers, self.body);
        if max != MAX_URL_LENGTH {
            request.extensions_mut().insert(MaxUrlLength(max));
        }
        prefer(&mut request, self.preferences.unwrap_or_default())?;
        Ok(request)
    }
}

/// A request as it stands in a batch: without the headers that the batch has for all its parts.
pub(crate) struct RequestPart<'b> {
    pub(crate) method: &'b Method,
    /// Path of the service's root.
    pub(crate) root: &'b str,
    /// The path below the root.
    pub(crate) path: &'b str,
    /// The query options, each after `?` or `&`.
    pub(crate) query: &'b str,
    /// The headers besides `Accept`, `Prefer` and the default `Content-Type` of a body.
    pub(crate) headers: &'b HeaderMap,
    pub(crate) prefer: Option<HeaderValue>,
    pub(crate) body: Option<&'b [u8]>,
}

/// Returns whether every parser of URLs takes the text as it is: in a path and in a query.
fn is_plain(text: &str) -> bool {
    // No branch, so that the compiler compares many bytes at once.
    let is_plain = |byte: u8| {
        let is_visible = byte.wrapping_sub(b'!') <= b'~' - b'!';
        is_visible
            & !matches!(
                byte,
                b'"' | b'#' | b'<' | b'>' | b'[' | b'\\' | b']' | b'^' | b'`' | b'{' | b'|' | b'}'
            )
    };
    text.bytes().fold(true, |all, byte| all & is_plain(byte))
}

/// The media type of bodies, and of the answers that messages ask for.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Parses the URL. Returns an error if it is longer than Dataverse accepts.
pub(crate) fn url_of(url: String, max: usize) -> Result<Uri, Error> {
    check_length(url.len(), max)?;
    Uri::try_from(url).map_err(not_written)
}

fn check_length(length: usize, max: usize) -> Result<(), Error> {
    if length > max {
        return Err(Error::invalid_request(format!(
            "the URL is {length} characters long, Dataverse takes {max}; a `GET` in a batch may be {} long",
            2 * MAX_URL_LENGTH
        )));
    }
    Ok(())
}

fn not_written(error: impl core::fmt::Display) -> Error {
    Error::invalid_request(format!("the URL cannot be written: {error}"))
}

/// Builds the request for a link from the server, byte for byte.
pub(crate) fn follow(
    org: &Organization,
    link: &str,
    preferences: Preferences,
) -> Result<Request<Bytes>, Error> {
    let mut request = finish(org.follow(link)?, Method::GET, HeaderMap::new(), None);
    request.extensions_mut().insert(FollowedLink);
    prefer(&mut request, preferences)?;
    Ok(request)
}

/// Writes the preferences into the header, and into the extensions for options that are applied later.
pub(crate) fn prefer(request: &mut Request<Bytes>, preferences: Preferences) -> Result<(), Error> {
    request.headers_mut().remove(PREFER);
    preferences.apply(request.headers_mut())?;
    request.extensions_mut().insert(preferences);
    Ok(())
}

/// Builds the request with the headers that every request has.
pub(crate) fn finish(uri: Uri, method: Method, headers: HeaderMap, body: Option<Vec<u8>>) -> Request<Bytes> {
    with_headers(true, uri, method, headers, body)
}

/// Builds the request. `shared` adds the headers that a batch sends once for all its parts.
fn with_headers(
    shared: bool,
    uri: Uri,
    method: Method,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
) -> Request<Bytes> {
    let mut all = HeaderMap::new();
    all.insert(ACCEPT, JSON);
    if shared {
        all.insert(ODATA_MAX_VERSION, HeaderValue::from_static("4.0"));
        all.insert(ODATA_VERSION, HeaderValue::from_static("4.0"));
        // `If-None-Match: null` keeps caches from answering. A condition replaces it, because a request can have
        // only one `If-None-Match`.
        if !headers.contains_key(IF_MATCH) && !headers.contains_key(IF_NONE_MATCH) {
            all.insert(IF_NONE_MATCH, HeaderValue::from_static("null"));
        }
    }
    all.extend(headers);
    let mut request = Request::new(Bytes::new());
    if let Some(body) = body {
        if !all.contains_key(CONTENT_TYPE) {
            all.insert(CONTENT_TYPE, JSON);
        }
        *request.body_mut() = Bytes::from(body);
    }
    *request.headers_mut() = all;
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    request
}

/// Returns the path of a record.
pub(crate) fn record_path(
    org: &Organization,
    table: &'static EntityMetadata,
    address: &Address,
) -> Result<String, Error> {
    let url = address.url(&EntityNames::of(table), org.scope());
    Ok(url.map_err(|problem| EncodeError::new(table.logical_name, None, problem))?)
}

pub(crate) fn header_value(name: &HeaderName, value: &str) -> Result<HeaderValue, Error> {
    HeaderValue::try_from(value)
        .map_err(|_| Error::invalid_request(format!("the header `{name}` cannot hold {value:?}")))
}

/// Refuses a text that is no etag. An etag is `*`, or text in double quotes, with `W/` before it if it is
/// weak.
fn check_etag(etag: &str) -> Result<(), Error> {
    let quoted = etag.strip_prefix("W/").unwrap_or(etag);
    let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    if etag == "*" || inner.is_some_and(|inner| !inner.contains('"')) {
        return Ok(());
    }
    Err(Error::invalid_request(format!(
        "{etag:?} is not an etag; use what `Record::etag` returns, such as `W/\"470867\"`"
    )))
}
