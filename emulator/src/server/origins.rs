//! Accepts requests of programs and of pages of known origins. A browser lets every page send requests to
//! this machine. They have the page's `Origin`, or, if the name of the page's host resolves to this machine
//! (DNS rebinding), that name as `Host`.

use std::net::{IpAddr, SocketAddr};

use http::header::ORIGIN;
use http::uri::{Authority, Scheme, Uri};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::error::{ServeError, ServeErrorKind};
use super::options::ServerOptions;
use crate::error::{Refusal, Result, excerpt};

/// The hosts and origins that a service accepts.
#[derive(Debug)]
pub(super) struct Policy {
    /// Names with a port, or without one to accept any port.
    hosts: Vec<(String, Option<u16>)>,
    any_host: bool,
    /// Origins as browsers write them. Those of the service itself are included.
    origins: Vec<String>,
    default_port: u16,
    pub(super) varies: bool,
}

impl Policy {
    pub(super) fn new(options: &ServerOptions, address: SocketAddr) -> Result<Self, ServeError> {
        let (scheme, default_port) = if options.tls { ("https", 443) } else { ("http", 80) };
        let mut hosts = Vec::new();
        for name in ["localhost", "127.0.0.1", "[::1]", &bracketed(address.ip())] {
            hosts.push((name.to_owned(), Some(address.port())));
        }
        for text in &options.hosts {
            let host = text.parse::<Authority>().ok().filter(|host| !host.as_str().contains('@'));
            let host = host.ok_or_else(|| ServeError(ServeErrorKind::Host(text.clone())))?;
            hosts.push((host.host().to_ascii_lowercase(), host.port_u16()));
        }
        let own = |(name, port): &(String, Option<u16>)| {
            written(scheme, name, port.unwrap_or(address.port()), default_port)
        };
        let mut origins: Vec<String> = hosts.iter().map(own).collect();
        for text in &options.origins {
            origins.push(origin(text).ok_or_else(|| ServeError(ServeErrorKind::Origin(text.clone())))?);
        }
        let (any_host, varies) = (options.beyond_loopback, !options.origins.is_empty());
        Ok(Self { hosts, any_host, origins, default_port, varies })
    }

    /// Refuses a request that a page of a foreign origin sent, or one for a foreign host. Returns the origin,
    /// if a page of an accepted one sent it.
    pub(super) fn check(
        &self,
        headers: &HeaderMap,
        authority: Option<&Authority>,
    ) -> Result<Option<HeaderValue>> {
        if let Some(authority) = authority
            && !self.is_own(authority)
        {
            return Err(Refusal::new(
                StatusCode::MISDIRECTED_REQUEST,
                "0x0",
                format!(
                    "The host '{}' is not that of this service: `ServerOptions::allow_host` or `--allow-host` accepts it.",
                    excerpt(authority.as_str())
                ),
            ));
        }
        let mut origins = headers.get_all(ORIGIN).iter();
        match (origins.next(), origins.next()) {
            (None, _) if comes_from_elsewhere(headers) => {
                Err(foreign("A page of another origin may not send requests"))
            }
            (None, _) => Ok(None),
            (Some(one), None) if self.knows(one) => Ok(Some(one.clone())),
            (Some(one), _) => {
                let one = String::from_utf8_lossy(one.as_bytes());
                Err(foreign(&format!("Pages of the origin '{}' may not send requests", excerpt(&one))))
            }
        }
    }

    fn is_own(&self, authority: &Authority) -> bool {
        let name = authority.host().to_ascii_lowercase();
        let port = authority.port_u16().unwrap_or(self.default_port);
        self.any_host
            || self.hosts.iter().any(|(known, each)| *known == name && each.is_none_or(|each| each == port))
    }

    fn knows(&self, value: &HeaderValue) -> bool {
        let normal = value.to_str().ok().and_then(origin);
        normal.is_some_and(|normal| self.origins.contains(&normal))
    }
}

/// Returns whether the browser says that a page of another origin sent the request, without naming that
/// origin.
fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    site.is_some_and(|site| site != b"same-origin" && site != b"none")
}

fn foreign(problem: &str) -> Refusal {
    let message = format!("{problem}: `ServerOptions::allow_origin` or `--allow-origin` allows an origin.");
    Refusal::new(StatusCode::FORBIDDEN, "0x0", message)
}

/// Returns an origin as browsers write it: in lower case, without the default port of its scheme.
fn origin(text: &str) -> Option<String> {
    let uri: Uri = text.parse().ok()?;
    let scheme = uri.scheme()?.as_str().to_ascii_lowercase();
    let default_port = match &scheme {
        scheme if scheme == Scheme::HTTPS.as_str() => 443,
        scheme if scheme == Scheme::HTTP.as_str() => 80,
        _ => 0,
    };
    let authority = uri.authority()?;
    let is_whole = uri.path_and_query().is_none_or(|rest| rest == "/") && !authority.as_str().contains('@');
    let port = authority.port_u16().unwrap_or(default_port);
    is_whole.then(|| written(&scheme, &authority.host().to_ascii_lowercase(), port, default_port))
}

fn written(scheme: &str, host: &str, port: u16, default_port: u16) -> String {
    if port == default_port { format!("{scheme}://{host}") } else { format!("{scheme}://{host}:{port}") }
}

fn bracketed(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}
