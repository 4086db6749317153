//! TLS with a self-signed certificate.

use core::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::error::{ServeError, ServeErrorKind};

/// The first byte of a TLS handshake.
pub(super) const HANDSHAKE: u8 = 0x16;

/// Returns an acceptor with a new certificate, and the certificate as PEM.
pub(super) fn make(address: IpAddr) -> Result<(TlsAcceptor, String), ServeError> {
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
