//! The service that requests go to.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::net::IpAddr;
use core::str::FromStr;
use std::borrow::Cow;

use http::Uri;
use http::uri::Scheme;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::error::Error;
use crate::reference::Scope;

/// Path of the Web API under an organization's address.
const API: &str = "/api/data/v";

/// The version that is current, and the one whose behaviour this crate was written against.
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
/// Two organizations are equal if their [`root_url`](Self::root_url) is: scheme, host (in lower case), port (none if it is the
/// scheme's own), path and version. An `Organization` is written and read as that text.
#[derive(Clone)]
pub struct Organization {
    base: Uri,
    /// Scheme, host, port, and the path down to and including the version, with a slash behind it.
    root: String,
    /// Where content-ids are looked at from, while a batch is written.
    scope: Option<Scope>,
    /// Are requests written into a batch, where URLs may be longer?
    is_in_batch: bool,
    /// Are drafts validated before they become the body of a request?
    validates: bool,
}

impl Organization {
    /// The organization at this address, such as `https://contoso.crm4.dynamics.com`; on premises with the
    /// organization's name as the path. If the address names the Web API already (`…/api/data/v9.1/`), its version is
    /// taken.
    ///
    /// # Errors
    ///
    /// Returns an error if the address is no absolute URL, holds more than scheme, host, port and path, is that of a page
    /// (`…/main.aspx`), or is not `https` though the host is not this machine: a token would be readable on the way.
    pub fn new(url: &str) -> Result<Self, Error> {
        let org = Self::without_tls(url)?;
        if org.is_encrypted() || org.is_loopback() {
            return Ok(org);
        }
        Err(Error::invalid_request(format!(
            "{:?} is not an https address, and the host is not this machine: whoever is on the way could read the \
             token; `Organization::without_tls` allows it all the same",
            without_user(url)
        )))
    }

    /// The organization at this address, also if it is a plain `http` address of another machine.
    ///
    /// # Errors
    ///
    /// The address is no absolute URL, or holds more than scheme, host, port and path.
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
            return Err(bad("it goes on behind the version of the Web API; write it up to the version"));
        }
        let base: Uri =
            format!("{scheme}://{authority}{path}").parse().map_err(|error| bad(&format!("{error}")))?;
        let scheme = base.scheme_str().unwrap_or_default();
        let root = format!("{scheme}://{authority}{path}{API}{version}/");
        Ok(Self { base, root, scope: None, is_in_batch: false, validates: false })
    }

    /// The same organization with another version of the Web API, such as `9.1`.
    ///
    /// # Errors
    ///
    /// It is not a version.
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

    /// The address that the URLs of all requests start with: down to and including the version, with a slash behind it.
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

    /// The path that the URLs of all requests start with.
    pub(crate) fn root_path(&self) -> &str {
        let behind_scheme = self.root.split_once("://").map_or(&*self.root, |(_, rest)| rest);
        behind_scheme.find('/').map_or("/", |slash| &behind_scheme[slash..])
    }

    /// Does the address say `https`?
    pub fn is_encrypted(&self) -> bool {
        self.base.scheme() == Some(&Scheme::HTTPS)
    }

    /// Is the host this machine: `localhost`, or an address that never leaves it?
    pub fn is_loopback(&self) -> bool {
        let host = self.base.host().unwrap_or_default();
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
    }

    /// The URL of a link that the server gave, byte for byte.
    ///
    /// # Errors
    ///
    /// The link leads away from the organization's scheme, host and port; following it would give away the token.
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
            // Relative to the service's root, as OData has it.
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
        // The scheme, too: it may be all that differs.
        let shown = |uri: &Uri| {
            let authority = uri.authority().map_or("nowhere", |authority| authority.as_str());
            format!("{}://{authority}", uri.scheme_str().unwrap_or_default())
        };
        Err(Error::invalid_request(format!(
            "the link leads to {}, away from {}; it is not followed, because the token would go along",
            shown(&uri),
            shown(&self.base),
        )))
    }

    /// Sets whether requests to this organization validate the drafts that they hold, as
    /// [`Draft::validate`](crate::Draft::validate) does: a request whose draft has violations is not built. A client has a switch
    /// for it. It is no part of what two organizations are compared by.
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

    /// The same organization, for a request of a batch, and maybe of a change set in it.
    pub(crate) fn in_batch(&self, scope: Option<Scope>) -> Self {
        Self { scope, is_in_batch: true, ..self.clone() }
    }
}

/// Scheme, host and port.
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

/// As [`Organization::new`].
impl FromStr for Organization {
    type Err = Error;

    fn from_str(url: &str) -> Result<Self, Error> {
        Self::new(url)
    }
}

/// As [`Organization::new`].
impl TryFrom<&str> for Organization {
    type Error = Error;

    fn try_from(url: &str) -> Result<Self, Error> {
        Self::new(url)
    }
}

/// As [`Organization::new`].
impl TryFrom<String> for Organization {
    type Error = Error;

    fn try_from(url: String) -> Result<Self, Error> {
        Self::new(&url)
    }
}

/// As the text of [`root_url`](Organization::root_url).
impl Serialize for Organization {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.root)
    }
}

/// From an address, as [`Organization::new`] takes it.
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

/// The address without a name and a password: errors quote it.
fn without_user(url: &str) -> Cow<'_, str> {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find(['/', '?', '#']).map_or(url.len(), |at| start + at);
    match url[start..end].rfind('@') {
        Some(at) => format!("{}…{}", &url[..start], &url[start + at..]).into(),
        None => url.into(),
    }
}
