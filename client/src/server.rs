//! The server of a request, as spans and metrics name it.

use http::Uri;
use http::uri::Scheme;

/// The host and the port of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerAddress {
    pub(crate) host: String,
    pub(crate) port: u16,
}

impl ServerAddress {
    pub(crate) fn of(uri: &Uri) -> Self {
        let host = uri.host().unwrap_or_default();
        let by_scheme = if uri.scheme() == Some(&Scheme::HTTP) { 80 } else { 443 };
        // The brackets of an IPv6 address belong to the URL.
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Self { host, port: uri.port_u16().unwrap_or(by_scheme) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_that_of_the_scheme_unless_the_url_names_one() {
        for (url, host, port) in [
            ("https://contoso.crm4.dynamics.com/api/data/v9.2/accounts", "contoso.crm4.dynamics.com", 443),
            ("http://localhost/api", "localhost", 80),
            ("http://127.0.0.1:8080/api", "127.0.0.1", 8080),
            ("http://[::1]:8080/api", "::1", 8080),
        ] {
            let address = ServerAddress::of(&url.parse().unwrap());
            assert_eq!(address, ServerAddress { host: host.to_owned(), port }, "{url}");
        }
    }
}
