//! Where and how a service listens.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

/// Where and how a service listens: on a free port of 127.0.0.1, without TLS, if nothing is said.
///
/// Whoever reaches the port is the administrator. So that a web page in a browser on this machine cannot, a request is
/// refused if its `Host` is not this machine (421), or if a page of another origin sent it (403). Bodies have to be
/// `application/json`, or `multipart/mixed` for `$batch` (415).
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

/// What one client may take of the service.
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
    /// Sets the port; 0 stands for a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.address.set_port(port);
        self
    }

    /// Sets the address of the network interface. Others than those of this machine alone (127.0.0.1, ::1) are refused
    /// unless [`beyond_loopback`](Self::beyond_loopback) says that it is meant.
    pub fn host(mut self, host: IpAddr) -> Self {
        self.address.set_ip(host);
        self
    }

    /// Lets other machines connect. There is no authentication: whoever reaches the port is the administrator. Any `Host`
    /// is accepted; pages of other origins still are not.
    pub fn beyond_loopback(mut self) -> Self {
        self.beyond_loopback = true;
        self
    }

    /// Speaks TLS with a certificate that is made now, signed by itself, for `localhost` and the address.
    /// [`Server::certificate`](super::Server::certificate) has it for clients to trust.
    pub fn tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// Lets pages of this origin call the service from a browser: `http://localhost:1234`. They get the answers of
    /// cross-origin resource sharing (CORS) that Dataverse gives.
    pub fn allow_origin(mut self, origin: impl Into<String>) -> Self {
        self.origins.push(origin.into());
        self
    }

    /// Accepts requests whose `Host` is this name, with any port, or this `name:port`. Without it the names are
    /// `localhost`, `127.0.0.1`, `[::1]` and the address, each with the port.
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.hosts.push(host.into());
        self
    }

    /// Sets the maximum number of connections: 1,000 if nothing is said. When it is reached, the connection that has had
    /// no whole request for the longest time is closed for a new one; if all have requests, a new one waits for a second
    /// and gets 503.
    pub fn max_connections(mut self, count: usize) -> Self {
        self.limits.max_connections = count.max(1);
        self
    }

    /// Sets the maximum size of a request's body: 128 MB if nothing is said. Larger ones get 413.
    pub fn max_body_bytes(mut self, count: usize) -> Self {
        self.limits.max_body_bytes = count;
        self
    }

    /// Sets how long a TLS handshake may take: 10 seconds if nothing is said.
    pub fn handshake_timeout(mut self, time: Duration) -> Self {
        self.limits.handshake_timeout = time;
        self
    }

    /// Sets how long the head of a request may take from its first byte to its last: 30 seconds if nothing is said. Slower
    /// ones get 408.
    pub fn header_timeout(mut self, time: Duration) -> Self {
        self.limits.header_timeout = time;
        self
    }

    /// Sets how long the body of a request may take, and how long the client may take to read an answer: 60 seconds each
    /// if nothing is said. Slower bodies get 408.
    pub fn body_timeout(mut self, time: Duration) -> Self {
        self.limits.body_timeout = time;
        self
    }

    /// Sets how long a connection stays open without a request: 120 seconds if nothing is said.
    pub fn idle_timeout(mut self, time: Duration) -> Self {
        self.limits.idle_timeout = time;
        self
    }

    /// Sets how long a request goes on after its caller has closed its side of the connection: 10 seconds if nothing is
    /// said. A caller that only sends no more cannot be told from one that is gone.
    pub fn half_closed_timeout(mut self, time: Duration) -> Self {
        self.limits.half_closed_timeout = time;
        self
    }
}
