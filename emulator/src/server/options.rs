//! Options of the HTTP service.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

/// The options of [`Emulator::serve`](crate::Emulator::serve). The default is a free port of 127.0.0.1,
/// without TLS.
///
/// Whoever reaches the port is the administrator. The service therefore refuses what web pages in a browser
/// of this machine could send: requests for a `Host` other than this machine (421), requests of pages of
/// another origin (403), and bodies other than `application/json`, or `multipart/mixed` for `$batch` (415).
///
/// ```
/// use core::time::Duration;
/// use dataverse_emulator::ServerOptions;
///
/// let options = ServerOptions::default()
///     .port(5080)
///     .allow_origin("http://localhost:3000")
///     .max_connections(50)
///     .idle_timeout(Duration::from_secs(5));
/// # let _ = options;
/// ```
#[derive(Debug, Clone)]
#[must_use = "options do nothing until they are given to `Emulator::serve`"]
pub struct ServerOptions {
    pub(super) address: SocketAddr,
    pub(super) beyond_loopback: bool,
    pub(super) tls: bool,
    pub(super) hosts: Vec<String>,
    pub(super) origins: Vec<String>,
    pub(super) limits: Limits,
}

/// The limits of one client.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) max_connections: usize,
    pub(super) max_body_bytes: usize,
    pub(super) handshake_timeout: Duration,
    pub(super) header_timeout: Duration,
    pub(super) body_timeout: Duration,
    pub(super) idle_timeout: Duration,
    pub(super) half_closed_timeout: Duration,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            beyond_loopback: false,
            tls: false,
            hosts: Vec::new(),
            origins: Vec::new(),
            limits: Limits {
                max_connections: 1000,
                max_body_bytes: 128 << 20,
                handshake_timeout: Duration::from_secs(10),
                header_timeout: Duration::from_secs(30),
                body_timeout: Duration::from_secs(60),
                idle_timeout: Duration::from_secs(120),
                half_closed_timeout: Duration::from_secs(10),
            },
        }
    }
}

impl ServerOptions {
    /// Sets the port, 0 to 65,535; 0, the default, takes a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.address.set_port(port);
        self
    }

    /// Sets the address of the network interface: 127.0.0.1 unless set.
    /// [`Emulator::serve`](crate::Emulator::serve) refuses any but loopback addresses (127.0.0.0/8, `::1`)
    /// without [`beyond_loopback`](Self::beyond_loopback).
    pub fn host(mut self, host: IpAddr) -> Self {
        self.address.set_ip(host);
        self
    }

    /// Sets whether other machines may connect, without any authentication: whoever reaches the port is the
    /// administrator. The service then accepts any `Host`; it still refuses pages of other origins.
    pub fn beyond_loopback(mut self, allow: bool) -> Self {
        self.beyond_loopback = allow;
        self
    }

    /// Sets whether the service speaks TLS, with a new, self-signed certificate for `localhost` and the
    /// address. [`Server::certificate`](super::Server::certificate) returns it, for clients to trust.
    pub fn tls(mut self, tls: bool) -> Self {
        self.tls = tls;
        self
    }

    /// Lets pages of this origin, such as `http://localhost:1234`, call the service from a browser, with the
    /// headers of cross-origin resource sharing (CORS) that Dataverse sends. May be called several times. An
    /// origin has a scheme, a host and perhaps a port, and no path.
    ///
    /// ```
    /// use dataverse_emulator::{Emulator, ServerOptions};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let options = ServerOptions::default().allow_origin("http://localhost:3000/app");
    /// let error = Emulator::new().serve(options).await.unwrap_err();
    /// assert!(error.to_string().starts_with("`http://localhost:3000/app` is not an origin"), "{error}");
    /// # Ok(()) }) }
    /// ```
    pub fn allow_origin(mut self, origin: impl Into<String>) -> Self {
        self.origins.push(origin.into());
        self
    }

    /// Accepts requests whose `Host` is this `name`, with any port, or this `name:port`. The service always
    /// accepts `localhost`, `127.0.0.1`, `[::1]` and its address, each with its port. May be called several
    /// times.
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.hosts.push(host.into());
        self
    }

    /// Sets the maximum number of connections: 1,000 unless set. At the maximum, a new connection replaces
    /// the one that has had no whole request for the longest time. If all have requests, the new one waits
    /// for a second and gets 503.
    pub fn max_connections(mut self, count: usize) -> Self {
        self.limits.max_connections = count.max(1);
        self
    }

    /// Sets the maximum size of a request's body in bytes: 128 MiB unless set. Larger ones get 413.
    pub fn max_body_bytes(mut self, count: usize) -> Self {
        self.limits.max_body_bytes = count;
        self
    }

    /// Sets the timeout of a TLS handshake: 10 seconds unless set. The service closes slower connections.
    pub fn handshake_timeout(mut self, time: Duration) -> Self {
        self.limits.handshake_timeout = time;
        self
    }

    /// Sets the timeout of the head of a request, from its first byte to its last: 30 seconds unless set.
    /// Slower ones get 408.
    pub fn header_timeout(mut self, time: Duration) -> Self {
        self.limits.header_timeout = time;
        self
    }

    /// Sets two timeouts: of the body of a request, and of the client to read an answer. Each is 60 seconds
    /// unless set. Slower bodies get 408.
    pub fn body_timeout(mut self, time: Duration) -> Self {
        self.limits.body_timeout = time;
        self
    }

    /// Sets the time that a connection stays open without a request: 120 seconds unless set.
    pub fn idle_timeout(mut self, time: Duration) -> Self {
        self.limits.idle_timeout = time;
        self
    }

    /// Sets the time that a request goes on after its caller has closed its side of the connection: 10
    /// seconds unless set. The service cannot tell a caller that has finished sending from one that is gone.
    pub fn half_closed_timeout(mut self, time: Duration) -> Self {
        self.limits.half_closed_timeout = time;
        self
    }
}
