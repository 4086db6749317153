//! The address of the service that receives the requests.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::net::IpAddr;
use core::str::FromStr;
use std::borrow::Cow;

use http::Uri;
use http::uri::{PathAndQuery, Scheme};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::error::Error;
use crate::reference::Scope;

/// Path of the Web API under an organization's address.
const API: &str = "/api/data/v";

/// The current version, against whose behaviour this crate was written.
const CURRENT_VERSION: &str = "9.2";

/// A Dataverse organization: the address of its Web API.
///
/// ```
/// use dataverse_entity::message::Organization;
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// assert_eq!(org.root_url(), "https://contoso.crm4.dynamics.com/api/data/v9.2/");
/// # Ok::<(), dataverse_entity::message::Error>(())
/// ```
///
/// Two organizations are equal if their [`root_url`](Self::root_url) is equal: scheme, host in lower case,
/// port unless it is the scheme's default, path and version. `Display` and serde write the root URL.
#[derive(Clone)]
pub struct Organization {
    base: Uri,
    /// Scheme, host, port, and the path up to the version, with a slash at the end.
    root: String,
    /// Where the path begins in `root`.
    path_at: usize,
    /// The request that is being written, if it is in a change set.
    scope: Option<Scope>,
    /// Whether requests are written into a batch, where URLs may be longer.
    is_in_batch: bool,
    /// Whether drafts are validated before they become the body of a request.
    validates: bool,
}

impl Organization {
    /// Creates the organization at this address, such as `https://contoso.crm4.dynamics.com`. On premises,
    /// the path is the organization's name. If the address ends with the Web API's path (`…/api/data/v9.1/`),
    /// its version is used.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    ///
    /// let on_premises = Organization::new("https://crm.contoso.com/sales")?;
    /// assert_eq!(on_premises.root_url(), "https://crm.contoso.com/sales/api/data/v9.2/");
    /// let older = Organization::new("https://contoso.crm4.dynamics.com/api/data/v9.1/")?;
    /// assert_eq!(older.version(), "9.1");
    /// assert!(Organization::new("http://contoso.crm4.dynamics.com").is_err());
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the address is no absolute URL, has more than scheme, host, port and path, or is
    /// the address of a page (`…/main.aspx`). If the path names the Web API, it must end with the version.
    /// Also returns an error if the address is not `https` and the host is another machine, because anybody
    /// on the way could read the token.
    pub fn new(url: &str) -> Result<Self, Error> {
        let org = Self::without_tls(url)?;
        if org.is_encrypted() || org.is_loopback() {
            return Ok(org);
        }
        Err(Error::invalid_request(format!(
            "{:?} is not an https address, and the host is not this machine: whoever is on the way could read the \
             token; write `https`, or use `Organization::without_tls`",
            without_user(url)
        )))
    }

    /// Creates the organization at this address, even if it is a plain `http` address of another machine.
    ///
    /// # Errors
    ///
    /// Returns an error if the address is no absolute URL, has more than scheme, host, port and path, or is
    /// the address of a page. If the path names the Web API, it must end with the version.
    pub fn without_tls(url: &str) -> Result<Self, Error> {
        let bad = |why: &str| {
            let shown = without_user(url);
            Error::invalid_request(format!("{shown:?} is not the address of an organization: {why}"))
        };
        let base: Uri = url.parse().map_err(|error| bad(&format!("{error}")))?;
        let scheme = base.scheme().ok_or_else(|| {
            let host = base.host().filter(|_| !url.contains('@')).unwrap_or("…");
            bad(&format!("it has no scheme; write `https://{host}`"))
        })?;
        if *scheme != Scheme::HTTPS && *scheme != Scheme::HTTP {
            return Err(bad("the scheme is neither `https` nor `http`"));
        }
        let authority = base.authority().ok_or_else(|| bad("it has no host"))?;
        if authority.as_str().contains('@') {
            return Err(bad("it holds a user name; tokens go into a header"));
        }
        if base.query().is_some() || url.contains('#') {
            return Err(bad("it has a query or a fragment"));
        }
        let host = authority.host().to_ascii_lowercase();
        let port = match authority.port_u16() {
            Some(443) if *scheme == Scheme::HTTPS => None,
            Some(80) if *scheme == Scheme::HTTP => None,
            port => port,
        };
        let authority = port.map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
        let path = base.path().trim_end_matches('/');
        if let Some(page) =
            path.rsplit('/').next().filter(|page| page.to_ascii_lowercase().ends_with(".aspx"))
        {
            let before = path[..path.len() - page.len()].trim_end_matches('/');
            return Err(bad(&format!(
                "`{page}` is a page of the user interface; write `{scheme}://{authority}{before}`"
            )));
        }
        let lower = path.to_ascii_lowercase();
        if let Some(before) = ["/api/data", "/api"].iter().find_map(|end| lower.strip_suffix(end)) {
            let before = &path[..before.len()];
            return Err(bad(&format!(
                "it names the Web API without a version; write `{scheme}://{authority}{before}`, or \
                 `{scheme}://{authority}{before}{API}{CURRENT_VERSION}/`"
            )));
        }
        let (path, version) = match path.split_once(API) {
            Some((before, version)) => (before, version),
            None => (path, CURRENT_VERSION),
        };
        if !is_version(version) {
            return Err(bad("it continues after the version of the Web API; end it with the version"));
        }
        let base: Uri =
            format!("{scheme}://{authority}{path}").parse().map_err(|error| bad(&format!("{error}")))?;
        let scheme = base.scheme_str().unwrap_or_default();
        let root = format!("{scheme}://{authority}{path}{API}{version}/");
        let path_at = scheme.len() + "://".len() + authority.len();
        Ok(Self { base, root, path_at, scope: None, is_in_batch: false, validates: false })
    }

    /// Sets the version of the Web API, such as `9.1`. Default: 9.2.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a version.
    pub fn api_version(mut self, version: &str) -> Result<Self, Error> {
        let number = version.trim_start_matches('v');
        if !is_version(number) {
            return Err(Error::invalid_request(format!(
                "{version:?} is not a version of the Web API, such as `9.2`"
            )));
        }
        let before = self.root.rsplit_once(API).map_or("", |(before, _)| before);
        self.root = format!("{before}{API}{number}/");
        Ok(self)
    }

    /// Returns the start of all requests' URLs: the address up to the version, with a slash at the end.
    pub fn root_url(&self) -> &str {
        &self.root
    }

    /// Returns the version of the Web API, such as `9.2`.
    pub fn version(&self) -> &str {
        self.root.rsplit_once(API).map_or(CURRENT_VERSION, |(_, version)| version.trim_end_matches('/'))
    }

    /// Returns the host, in lower case.
    pub fn host(&self) -> &str {
        self.base.host().unwrap_or_default()
    }

    /// Returns scheme, host and port, without a slash at the end, as token services name the resource.
    ///
    /// ```
    /// # use dataverse_entity::Organization;
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// assert_eq!(format!("{}/.default", org.origin()), "https://contoso.crm4.dynamics.com/.default");
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn origin(&self) -> &str {
        self.root.strip_suffix(self.root_path()).unwrap_or(&self.root)
    }

    /// Returns the path of [`root_url`](Self::root_url).
    pub(crate) fn root_path(&self) -> &str {
        &self.root[self.path_at..]
    }

    /// Returns the URI of a path and query, which begin with [`root_path`](Self::root_path). Scheme and host were parsed
    /// once, with the address.
    pub(crate) fn uri(&self, path_and_query: String) -> Result<Uri, http::Error> {
        let mut parts = http::uri::Parts::default();
        parts.scheme = self.base.scheme().cloned();
        parts.authority = self.base.authority().cloned();
        parts.path_and_query = Some(PathAndQuery::try_from(path_and_query)?);
        Ok(Uri::from_parts(parts)?)
    }

    /// Returns whether the address is `https`.
    pub fn is_encrypted(&self) -> bool {
        self.base.scheme() == Some(&Scheme::HTTPS)
    }

    /// Returns whether the host is this machine: `localhost` or a loopback address.
    pub fn is_loopback(&self) -> bool {
        let host = self.base.host().unwrap_or_default();
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
    }

    /// Returns the URL of a link from the server, byte for byte.
    ///
    /// # Errors
    ///
    /// Returns an error if the link is empty or not a URL, or if it leads to another scheme, host or port:
    /// following it would send the token there.
    pub(crate) fn follow(&self, link: &str) -> Result<Uri, Error> {
        let parse = |url: &str| {
            url.parse::<Uri>().map_err(|error| {
                Error::invalid_request(format!("the link that the server gave is not a URL: {error}"))
            })
        };
        let is_absolute = link
            .split_once("://")
            .is_some_and(|(scheme, _)| scheme.bytes().all(|each| each.is_ascii_alphabetic()));
        if link.trim().is_empty() {
            return Err(Error::invalid_request("the link is empty; without one, read from the start"));
        }
        if !is_absolute {
            // OData's links are relative to the service's root.
            let root = if link.starts_with('/') {
                self.root.len() - self.root_path().len()
            } else {
                self.root.len()
            };
            return parse(&format!("{}{link}", &self.root[..root]));
        }
        let uri = parse(link)?;
        if origin(&uri) == origin(&self.base) {
            return Ok(uri);
        }
        // Shows the scheme, because it may be the only difference.
        let shown = |uri: &Uri| {
            let authority = uri.authority().map_or("nowhere", |authority| authority.as_str());
            format!("{}://{authority}", uri.scheme_str().unwrap_or_default())
        };
        Err(Error::invalid_request(format!(
            "the link leads to {}, away from {}; it is not followed, because that would send the token there",
            shown(&uri),
            shown(&self.base),
        )))
    }

    /// Sets whether requests to this organization validate their drafts, as
    /// [`Draft::validate`](crate::Draft::validate) does. A request whose draft has violations cannot be
    /// built. Comparing two organizations ignores this setting.
    ///
    /// A client has the same setting in its builder.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?.validate_drafts(true);
    /// let error = SessionEvent::create().name("x".repeat(5_000)).request(&org).unwrap_err();
    /// assert!(error.violations().is_some());
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    #[must_use]
    pub fn validate_drafts(mut self, on: bool) -> Self {
        self.validates = on;
        self
    }

    pub(crate) fn validates_drafts(&self) -> bool {
        self.validates
    }

    pub(crate) fn scope(&self) -> Option<Scope> {
        self.scope
    }

    pub(crate) fn is_in_batch(&self) -> bool {
        self.is_in_batch
    }

    /// Returns the organization for a request in a batch. `scope` names its change set, if the request is in
    /// a change set.
    pub(crate) fn in_batch(&self, scope: Option<Scope>) -> Self {
        Self { scope, is_in_batch: true, ..self.clone() }
    }
}

/// Returns scheme, host and port.
fn origin(uri: &Uri) -> (Option<&Scheme>, Option<String>, Option<u16>) {
    let default_port = if uri.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
    (uri.scheme(), uri.host().map(str::to_ascii_lowercase), uri.port_u16().or(Some(default_port)))
}

fn is_version(text: &str) -> bool {
    let mut parts = text.split('.');
    text.len() <= 10 && parts.all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

impl PartialEq for Organization {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root
    }
}

impl Eq for Organization {}

impl Hash for Organization {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.root.hash(state);
    }
}

/// Writes the [root](Organization::root_url), which reads back as the same organization.
impl fmt::Display for Organization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.root)
    }
}

/// Parses an address, as [`Organization::new`] does.
impl FromStr for Organization {
    type Err = Error;

    fn from_str(url: &str) -> Result<Self, Error> {
        Self::new(url)
    }
}

/// Parses an address, as [`Organization::new`] does.
impl TryFrom<&str> for Organization {
    type Error = Error;

    fn try_from(url: &str) -> Result<Self, Error> {
        Self::new(url)
    }
}

/// Parses an address, as [`Organization::new`] does.
impl TryFrom<String> for Organization {
    type Error = Error;

    fn try_from(url: String) -> Result<Self, Error> {
        Self::new(&url)
    }
}

/// Writes the text of [`root_url`](Organization::root_url).
impl Serialize for Organization {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.root)
    }
}

/// Reads an address, as [`Organization::new`] does.
impl<'de> Deserialize<'de> for Organization {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let url = String::deserialize(deserializer)?;
        Self::new(&url).map_err(de::Error::custom)
    }
}

impl fmt::Debug for Organization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Organization({})", self.root)
    }
}

/// Removes the user name and the password, because errors quote the address.
fn without_user(url: &str) -> Cow<'_, str> {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find(['/', '?', '#']).map_or(url.len(), |at| start + at);
    match url[start..end].rfind('@') {
        Some(at) => format!("{}…{}", &url[..start], &url[start + at..]).into(),
        None => url.into(),
    }
}
