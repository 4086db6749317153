//! The HTTP door: the service on a socket, for clients that are not in the process.

use core::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use bytes::Bytes;

use dataverse_entity::message::{Error, Organization};
use http::uri::{Authority, Parts, PathAndQuery, Scheme, Uri};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::task::{JoinHandle, JoinSet, spawn_blocking};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::connections::Cancellation;
use crate::emulator::door::Cut;
use crate::emulator::{Door, Emulator};

/// No larger request is read: 128 MB, as much as a batch may have.
const MAX_BODY_BYTES: usize = 128 << 20;

/// Where and how a service listens: on a free port of 127.0.0.1, without TLS, if nothing is said.
#[derive(Debug, Clone)]
#[must_use = "options do nothing until they are given to `Emulator::serve`"]
pub struct ServerOptions {
    address: SocketAddr,
    beyond_loopback: bool,
    tls: bool,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self { address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), beyond_loopback: false, tls: false }
    }
}

impl ServerOptions {
    /// The port; 0 stands for a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.address.set_port(port);
        self
    }

    /// The address of the network interface. Others than those of this machine alone (127.0.0.1, ::1) are refused unless
    /// [`beyond_loopback`](Self::beyond_loopback) says that it is meant.
    pub fn host(mut self, host: IpAddr) -> Self {
        self.address.set_ip(host);
        self
    }

    /// Lets other machines connect. There is no authentication: whoever reaches the port is the administrator.
    pub fn beyond_loopback(mut self) -> Self {
        self.beyond_loopback = true;
        self
    }

    /// Speaks TLS with a certificate that is made now, signed by itself, for `localhost` and the address.
    /// [`Server::certificate`] has it for clients to trust.
    pub fn tls(mut self) -> Self {
        self.tls = true;
        self
    }
}

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
    /// The address is not of this machine alone, it is taken, or no certificate could be made.
    pub async fn serve(&self, options: ServerOptions) -> Result<Server, ServeError> {
        if !options.address.ip().is_loopback() && !options.beyond_loopback {
            return Err(ServeError(ServeErrorKind::NotLoopback(options.address.ip())));
        }
        let tls = options.tls.then(|| make_tls(options.address.ip())).transpose()?;
        let (acceptor, certificate) = tls.map_or((None, None), |(acceptor, pem)| (Some(acceptor), Some(pem)));
        let listener = TcpListener::bind(options.address)
            .await
            .map_err(|error| ServeError(ServeErrorKind::Io(error)))?;
        let address = listener.local_addr().map_err(|error| ServeError(ServeErrorKind::Io(error)))?;
        let accepting = tokio::spawn(accept(listener, acceptor, self.door()));
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
async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, door: Door) {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        // What fails here is the connection of one client.
        let Ok((stream, _)) = listener.accept().await else { continue };
        connections.spawn(connection(stream, tls.clone(), door.clone()));
    }
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, door: Door) {
    let _ = stream.set_nodelay(true);
    match tls {
        None => talk(stream, Scheme::HTTP, door).await,
        Some(acceptor) => {
            if let Ok(stream) = acceptor.accept(stream).await {
                talk(stream, Scheme::HTTPS, door).await;
            }
        }
    }
}

async fn talk(stream: impl AsyncRead + AsyncWrite + Unpin, scheme: Scheme, door: Door) {
    let service = service_fn(|request| answer(request, scheme.clone(), door.clone()));
    // An error here is a client that went away, or a fault that was asked for.
    let _ =
        http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(
    request: Request<Incoming>,
    scheme: Scheme,
    door: Door,
) -> Result<Response<Full<Bytes>>, Cut> {
    let (mut parts, body) = request.into_parts();
    let body = match Limited::new(body, MAX_BODY_BYTES).collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => {
            let mut response = Response::new(Full::default());
            *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
            return Ok(response);
        }
    };
    let host = parts.headers.get("host").and_then(|host| Authority::try_from(host.as_bytes()).ok());
    let target = parts.uri.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
    if let Some(host) = host {
        let mut uri = Parts::default();
        uri.scheme = Some(scheme);
        uri.authority = Some(host);
        uri.path_and_query = Some(target);
        if let Ok(uri) = Uri::from_parts(uri) {
            parts.uri = uri;
        }
    }
    let request = Request::from_parts(parts, body);
    // SQLite works on the thread that calls it.
    let runtime = Handle::current();
    let done =
        spawn_blocking(move || runtime.block_on(door.exchange(request, &Cancellation::default()))).await;
    done.map_err(|_| Cut)?.map(|response| response.map(Full::new))
}

/// A certificate for this run, and what speaks TLS with it.
fn make_tls(address: IpAddr) -> Result<(TlsAcceptor, String), ServeError> {
    let problem = |error: &dyn fmt::Display| ServeError(ServeErrorKind::Tls(error.to_string()));
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), address.to_string()];
    let made = rcgen::generate_simple_self_signed(names).map_err(|error| problem(&error))?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| problem(&error))?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .map_err(|error| problem(&error))?;
    Ok((TlsAcceptor::from(Arc::new(config)), made.cert.pem()))
}

/// Why a service does not listen.
#[derive(Debug)]
pub struct ServeError(ServeErrorKind);

#[derive(Debug)]
enum ServeErrorKind {
    NotLoopback(IpAddr),
    Io(io::Error),
    Tls(String),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            ServeErrorKind::NotLoopback(address) => {
                write!(
                    f,
                    "{address} can be reached from other machines, and there is no authentication: say that it is meant"
                )
            }
            ServeErrorKind::Io(error) => write!(f, "the address cannot be used: {error}"),
            ServeErrorKind::Tls(problem) => write!(f, "no certificate can be made: {problem}"),
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
