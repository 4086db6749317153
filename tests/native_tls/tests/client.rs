//! The client with the system's TLS and with answers that are compressed with Brotli and Zstandard.

use std::error::Error;
use std::io::Write as _;

use dataverse_entity::Organization;
use dataverse_entity::client::{Client, HttpTransport, NoToken, RetryPolicy, reqwest};
use dataverse_entity::message::WhoAmI;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const ID: &str = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";

fn who_am_i() -> String {
    format!(r#"{{"UserId":"{ID}","BusinessUnitId":"{ID}","OrganizationId":"{ID}"}}"#)
}

/// Reads a request without a body, and answers it. Returns its lines.
async fn answer(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    encoding: &str,
    body: &[u8],
) -> Result<String> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await?);
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: {encoding}\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await?;
    stream.shutdown().await?;
    Ok(String::from_utf8(request)?)
}

fn in_runtime(test: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(test)
}

/// A server with a certificate of its own, and the certificate. It answers each connection that gets so far.
async fn tls_server() -> Result<(String, String)> {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()])?;
    let identity =
        native_tls::Identity::from_pkcs8(cert.pem().as_bytes(), signing_key.serialize_pem().as_bytes())?;
    let acceptor = tokio_native_tls::TlsAcceptor::from(native_tls::TlsAcceptor::new(identity)?);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("https://localhost:{}", listener.local_addr()?.port());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // A client that does not trust the certificate ends the handshake.
            if let Ok(stream) = acceptor.accept(stream).await {
                let _ = answer(stream, "identity", who_am_i().as_bytes()).await;
            }
        }
    });
    Ok((url, cert.pem()))
}

#[test]
fn a_request_over_the_systems_tls_is_answered() -> Result<()> {
    in_runtime(async {
        let (url, certificate) = tls_server().await?;
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .tls_backend_native()
            .tls_certs_only([reqwest::Certificate::from_pem(certificate.as_bytes())?])
            .build()?;
        let client = Client::builder(Organization::new(&url)?, NoToken)
            .transport(HttpTransport::with_client(http))
            .build()?;
        assert_eq!(client.execute(WhoAmI).await?.user.to_string(), ID);
        Ok(())
    })
}

/// The default transport uses the system's library, too: rustls would say "UnknownIssuer".
#[test]
fn a_certificate_that_the_system_does_not_trust_is_refused() -> Result<()> {
    in_runtime(async {
        let (url, _) = tls_server().await?;
        let client = Client::builder(Organization::new(&url)?, NoToken).retry(RetryPolicy::none()).build()?;
        let error = client.execute(WhoAmI).await.expect_err("nobody vouches for the certificate");
        assert!(error.is_transport() && !error.is_outcome_unknown(), "nothing was sent: {error}");
        let text = error.to_string();
        assert!(text.contains("certificate") && !text.contains("UnknownIssuer"), "{text}");
        Ok(())
    })
}

fn brotli(text: &str) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 4096, 5, 20);
    writer.write_all(text.as_bytes())?;
    drop(writer);
    Ok(compressed)
}

#[test]
fn answers_that_are_compressed_with_brotli_or_zstandard_are_read() -> Result<()> {
    in_runtime(async {
        let bodies = [("br", brotli(&who_am_i())?), ("zstd", zstd::encode_all(who_am_i().as_bytes(), 3)?)];
        for (encoding, body) in bodies {
            assert!(
                !body.windows(6).any(|text| text == b"UserId"),
                "the body of {encoding} is not compressed"
            );
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let url = format!("http://{}", listener.local_addr()?);
            let served =
                tokio::spawn(async move { answer(listener.accept().await?.0, encoding, &body).await });
            let client = Client::new(Organization::new(&url)?, NoToken)?;
            assert_eq!(client.execute(WhoAmI).await?.user.to_string(), ID, "{encoding}");
            let request = served.await??.to_lowercase();
            let accepted =
                request.lines().find(|line| line.starts_with("accept-encoding:")).ok_or("no header")?;
            // Without the feature `gzip`, the client does not ask for it.
            assert!(
                accepted.contains("br") && accepted.contains("zstd") && !accepted.contains("gzip"),
                "{accepted}"
            );
        }
        Ok(())
    })
}
