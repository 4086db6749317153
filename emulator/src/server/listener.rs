//! The listener and its connections.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use dataverse_entity::message::{Error, Organization};
use futures_util::future::{Either, select};
use http::StatusCode;
use http::uri::Scheme;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::connection::{Service, hold};
use super::error::{ServeError, ServeErrorKind};
use super::guests::{Guests, Ticket};
use super::options::ServerOptions;
use super::origins::Policy;
use super::{reply, tls};
use crate::emulator::Emulator;
use crate::error::Refusal;

/// The time that the listener waits after the machine refuses another connection.
const RECOVERY: Duration = Duration::from_millis(50);

/// A running HTTP service, which [`Emulator::serve`] starts. Dropping it stops the service and closes its
/// connections at once; [`shutdown`](Self::shutdown) first answers the requests in progress.
///
/// ```
/// use dataverse_emulator::{Emulator, ServerOptions};
/// use dataverse_entity::client::{Client, NoToken};
/// use dataverse_entity::message::WhoAmI;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
/// let emulator = Emulator::new();
/// let server = emulator.serve(ServerOptions::default()).await?;
/// let client = Client::new(server.organization()?, NoToken)?;
/// assert_eq!(client.execute(WhoAmI).await?.user.to_string(), emulator.user().to_string());
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    certificate: Option<String>,
    accepting: JoinHandle<()>,
    stop: Option<oneshot::Sender<()>>,
}

impl Emulator {
    /// Serves HTTP/1.1 on a socket, on the tokio runtime of the caller. The service ends when the [`Server`]
    /// is dropped.
    ///
    /// ```
    /// use dataverse_emulator::{Emulator, ServerOptions};
    ///
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let server = Emulator::new().serve(ServerOptions::default()).await?;
    /// assert!(server.url().starts_with("http://127.0.0.1:"));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run()).unwrap();
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the address is beyond loopback without [`ServerOptions::beyond_loopback`], if
    /// another program has the port, if a host or an origin of the options is malformed, or if the
    /// certificate cannot be made.
    ///
    /// # Panics
    ///
    /// Panics outside of a tokio runtime.
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
        let service = Service { transport: self.transport(), scheme, policy, limits: options.limits };
        let (stop, stopped) = oneshot::channel();
        let accepting = tokio::spawn(accept(listener, acceptor, Arc::new(service), stopped));
        Ok(Server { address, certificate, accepting, stop: Some(stop) })
    }
}

impl Server {
    /// Returns the address of the socket, with the actual port if the options asked for port 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the URL of the organization: `http://127.0.0.1:50123`, or `https://localhost:50123` with TLS.
    pub fn url(&self) -> String {
        match &self.certificate {
            Some(_) => format!("https://localhost:{}", self.address.port()),
            None => format!("http://{}", self.address),
        }
    }

    /// Returns the organization that a client of this service is built for.
    ///
    /// # Errors
    ///
    /// Returns an error if the address of the service cannot be that of an organization.
    pub fn organization(&self) -> Result<Organization, Error> {
        if self.certificate.is_some() {
            Organization::new(&self.url())
        } else {
            Organization::without_tls(&self.url())
        }
    }

    /// Returns the certificate to trust, as PEM, or `None` without TLS.
    ///
    /// ```
    /// use dataverse_emulator::{Emulator, ServerOptions};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let server = Emulator::new().serve(ServerOptions::default().tls(true)).await?;
    /// assert!(server.url().starts_with("https://localhost:"));
    /// assert!(server.certificate().is_some_and(|pem| pem.starts_with("-----BEGIN CERTIFICATE-----")));
    /// # Ok(()) }) }
    /// ```
    pub fn certificate(&self) -> Option<&str> {
        self.certificate.as_deref()
    }

    /// Waits until the service stops. It runs until [`Server`] is dropped or the runtime ends.
    pub async fn wait(mut self) {
        let _ = (&mut self.accepting).await;
    }

    /// Stops the service. It accepts no further connections, closes those without a request, and answers the
    /// requests in progress, which the time limits of requests still end.
    ///
    /// ```
    /// use dataverse_emulator::{Emulator, ServerOptions};
    ///
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let server = Emulator::new().serve(ServerOptions::default()).await?;
    /// server.shutdown().await;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run()).unwrap();
    /// ```
    pub async fn shutdown(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = (&mut self.accepting).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Accepts connections until the service is asked to stop. Aborting this task aborts the connections, too.
async fn accept(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    service: Arc<Service>,
    mut stopped: oneshot::Receiver<()>,
) {
    let guests = Arc::new(Guests::new(service.limits.max_connections));
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let accepted = match select(pin!(listener.accept()), &mut stopped).await {
            Either::Left((accepted, _)) => accepted,
            Either::Right(_) => break,
        };
        let Ok((stream, _)) = accepted else {
            // The client is gone, or the machine has no sockets left. Closing a connection helps in the
            // second case.
            guests.dismiss_one();
            sleep(RECOVERY).await;
            continue;
        };
        let ticket = guests.admit().await;
        connections.spawn(connection(stream, tls.clone(), Arc::clone(&service), ticket));
    }
    drop(listener);
    while !connections.is_empty() {
        guests.dismiss_all();
        let _ = timeout(RECOVERY, connections.join_next()).await;
    }
}

/// Answers requests until the client or the service ends the connection, or another connection takes its
/// place.
async fn connection(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    service: Arc<Service>,
    ticket: Option<Ticket>,
) {
    let _ = stream.set_nodelay(true);
    let Some(ticket) = ticket else {
        if tls.is_none() {
            let message = "The service has its maximum number of connections, and all have requests.";
            reply::refuse(stream, Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "0x0", message)).await;
        }
        return;
    };
    let guest = Arc::clone(&ticket.guest);
    let conversation = Box::pin(async {
        match tls {
            None => hold(stream, service, Arc::clone(&ticket.guest)).await,
            Some(acceptor) => {
                if let Some(stream) = secure(stream, &acceptor, &service).await {
                    hold(stream, service, Arc::clone(&ticket.guest)).await;
                }
            }
        }
    });
    let dismissed = Box::pin(guest.dismissed());
    if let Either::Right(_) = select(conversation, dismissed).await {
        // Nothing is lost: only a connection without a request closes.
    }
}

/// Performs the TLS handshake; `None` if it fails.
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
