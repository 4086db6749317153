//! The error of a service that cannot listen.

use core::fmt;
use std::io;
use std::net::IpAddr;

/// The error of [`Emulator::serve`](crate::Emulator::serve). The text names the address, host or origin, and says what to do.
#[derive(Debug)]
pub struct ServeError(pub(super) ServeErrorKind);

#[derive(Debug)]
pub(super) enum ServeErrorKind {
    NotLoopback(IpAddr),
    Io(io::Error),
    Tls(String),
    Host(String),
    Origin(String),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            ServeErrorKind::NotLoopback(address) => {
                write!(
                    f,
                    "{address} can be reached from other machines, and there is no authentication: set `beyond_loopback` to allow it"
                )
            }
            ServeErrorKind::Io(error) => write!(f, "the address cannot be used: {error}"),
            ServeErrorKind::Tls(problem) => write!(f, "no certificate can be made: {problem}"),
            ServeErrorKind::Host(host) => {
                write!(f, "`{host}` is no host: write `name` or `name:port`")
            }
            ServeErrorKind::Origin(origin) => {
                write!(
                    f,
                    "`{origin}` is no origin: write `scheme://host` or `scheme://host:port`, without a path"
                )
            }
        }
    }
}

impl core::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.0 {
            ServeErrorKind::Io(error) => Some(error),
            _ => None,
        }
    }
}
