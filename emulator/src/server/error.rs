//! The error of a service that cannot listen.

use core::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};

/// The error of [`Emulator::serve`](crate::Emulator::serve). The text names the address, host or origin, and
/// says what to do.
///
/// ```
/// use dataverse_emulator::{Emulator, ServerOptions};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
/// let open = ServerOptions::default().host("0.0.0.0".parse()?);
/// let error = Emulator::new().serve(open).await.unwrap_err();
/// assert!(error.to_string().starts_with("0.0.0.0 can be reached from other machines"), "{error}");
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
pub struct ServeError(pub(super) ServeErrorKind);

#[derive(Debug)]
pub(super) enum ServeErrorKind {
    NotLoopback(IpAddr),
    Io(SocketAddr, io::Error),
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
                    "{address} can be reached from other machines, and there is no authentication: to allow that, use \
                     `ServerOptions::beyond_loopback` or `--beyond-loopback`"
                )
            }
            ServeErrorKind::Io(address, error) => {
                write!(f, "the address {address} cannot be used: {error}")?;
                match error.kind() {
                    io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied => {
                        f.write_str("; use another port, or port 0 for a free one")
                    }
                    _ => Ok(()),
                }
            }
            ServeErrorKind::Tls(problem) => write!(f, "cannot create a certificate: {problem}"),
            ServeErrorKind::Host(host) => {
                write!(f, "`{host}` is not a host: write `name` or `name:port`")
            }
            ServeErrorKind::Origin(origin) => {
                write!(
                    f,
                    "`{origin}` is not an origin: write `scheme://host` or `scheme://host:port`, without a path"
                )
            }
        }
    }
}

impl core::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.0 {
            ServeErrorKind::Io(_, error) => Some(error),
            _ => None,
        }
    }
}
