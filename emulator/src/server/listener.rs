//! A service that listens, and the connections that it takes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use dataverse_entity::message::{Error, Organization};
use futures_util::future::{Either, select};
use http::StatusCode;
use http::uri::Scheme;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::connection::{Conversation, Service};
use super::error::{ServeError, ServeErrorKind};
use super::guests::{Guests, Ticket};
use super::options::ServerOptions;
use super::origins::Policy;
use super::{reply, tls};
use crate::emulator::Emulator;
use crate::error::Refusal;

/// How long the listener waits when the machine has no more connections to give.
const RECOVERY: Duration = Duration::from_millis(50);

/// A service that listens. It stops when this is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    certificate: Option<String>,
    accepting: JoinHandle<()>,
}

impl Emulator {
    /// Serves HTTP on a socket, on the tokio runtime that this is called on.
    ///
    /// # Errors
    ///
    /// The address is not of this machine alone, it is taken, a host or an origin of the options is none, or no certificate
    /// could be made.
    pub async fn serve(&self, options: ServerOptions) -> Result<Server, ServeError> {
        let io = |error| ServeError(ServeErrorKind::Io(options.address, error));
        if !options.address.ip().is_loopback() && !options.beyond_loopback {
            return Err(ServeError(ServeErrorKind::NotLoopback(options.address.ip())));
        }
        let tls = options.tls.then(|| tls::make(options.address.ip())).transpose()?;
        let (acceptor, certificate) = tls.map_or((None, None), |(acceptor, pem)| (Some(acceptor), Some(pem)));
        let listener = TcpListener::bind(options.address).await.map_err(io)?;
        let address = listener.local_addr().map_err(io)?;
        let scheme = if options.tls { Scheme::HTTPS } else { Scheme::HTTP };
        let policy = Policy::new(&options, address)?;
        let service = Service { door: self.door(), scheme, policy, limits: options.limits };
        let accepting = tokio::spawn(accept(listener, acceptor, Arc::new(service)));
        Ok(Server { address, certificate, accepting })
    }
}

impl Server {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of the organization: `http://127.0.0.1:50123`, or `https://localhost:50123` with TLS.
    pub fn url(&self) -> String {
        match &self.certificate {
            Some(_) => format!("https://localhost:{}", self.address.port()),
            None => format!("http://{}", self.address),
        }
    }

    /// The organization, for a client of it.
    ///
    /// # Errors
    ///
    /// The service listens beyond loopback without TLS.
    pub fn organization(&self) -> Result<Organization, Error> {
        if self.certificate.is_some() {
            Organization::new(&self.url())
        } else {
            Organization::without_tls(&self.url())
        }
    }

    /// The certificate to trust, as PEM, where the service speaks TLS.
    pub fn certificate(&self) -> Option<&str> {
        self.certificate.as_deref()
    }

    /// Waits until the service stops, which it does not do by itself.
    pub async fn wait(mut self) {
        let _ = (&mut self.accepting).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Takes connections until the task is aborted, and their tasks with it.
async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, service: Arc<Service>) {
    let guests = Arc::new(Guests::new(service.limits.max_connections));
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            // One client went away, or the machine has no more connections: closing one helps.
            guests.dismiss_one();
            sleep(RECOVERY).await;
            continue;
        };
        let ticket = guests.admit().await;
        connections.spawn(connection(stream, tls.clone(), Arc::clone(&service), ticket));
    }
}

/// Talks until the client or the service ends it, or the connection has to leave.
async fn connection(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    service: Arc<Service>,
    ticket: Option<Ticket>,
) {
    let _ = stream.set_nodelay(true);
    let Some(ticket) = ticket else {
        if tls.is_none() {
            let message = "The service has as many connections as it takes, and all have requests.";
            reply::refuse(stream, Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "0x0", message)).await;
        }
        return;
    };
    let guest = Arc::clone(&ticket.guest);
    let conversation = Box::pin(async {
        match tls {
            None => Conversation::new(stream, &service, &ticket.guest).hold().await,
            Some(acceptor) => {
                if let Some(stream) = secure(stream, &acceptor, &service).await {
                    Conversation::new(stream, &service, &ticket.guest).hold().await;
                }
            }
        }
    });
    let dismissed = Box::pin(guest.dismissed());
    if let Either::Right(_) = select(conversation, dismissed).await {
        // Nothing is lost: a connection leaves only while it has no request.
    }
}

/// The stream within TLS.
async fn secure(
    stream: TcpStream,
    acceptor: &TlsAcceptor,
    service: &Service,
) -> Option<tokio_rustls::server::TlsStream<TcpStream>> {
    let handshake = async {
        let mut first = [0];
        let peeked = stream.peek(&mut first).await.ok()?;
        if peeked > 0 && first[0] != tls::HANDSHAKE {
            let message = "This port speaks HTTP within TLS: the address starts with `https://`.";
            reply::refuse(stream, Refusal::new(StatusCode::BAD_REQUEST, "0x0", message)).await;
            return None;
        }
        acceptor.accept(stream).await.ok()
    };
    timeout(service.limits.handshake_timeout, handshake).await.ok().flatten()
}
