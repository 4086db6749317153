//! Answers on their way to the client.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, DATE, TRANSFER_ENCODING};
use http::{Method, Response, StatusCode};
use jiff::Timestamp;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use crate::error::Refusal;
use crate::http::Outgoing;

/// The time that the service reads the rest of a refused request, so that the client gets the answer before the connection
/// closes.
const LINGER: Duration = Duration::from_secs(2);

/// Refuses a request without reading the rest of it, and closes the connection.
pub(super) async fn refuse(mut stream: impl AsyncRead + AsyncWrite + Unpin, refusal: Refusal) {
    let answer = response(refusal);
    if timeout(LINGER, send(&mut stream, &Method::GET, answer, true)).await.is_ok_and(|sent| sent.is_ok()) {
        close(stream).await;
    }
}

/// Ends a connection. Reads for a while what the client still sends: closing a connection with unread bytes resets it, and
/// the client loses the answer.
pub(super) async fn close(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    let ending = async {
        let mut unread = vec![0; 64 << 10];
        stream.shutdown().await?;
        while stream.read(&mut unread).await? > 0 {}
        io::Result::Ok(())
    };
    let _ = timeout(LINGER, ending).await;
}

/// Turns a refusal into an answer.
pub(super) fn response(refusal: Refusal) -> Response<Bytes> {
    let answer = Outgoing::from(refusal);
    let mut response = Response::new(answer.body);
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    response
}

/// Sends an answer.
pub(super) async fn send(
    stream: &mut (impl AsyncWrite + Unpin),
    method: &Method,
    answer: Response<Bytes>,
    closes: bool,
) -> io::Result<()> {
    let (parts, body) = answer.into_parts();
    let status = parts.status;
    let mut out = Vec::with_capacity(512 + body.len());
    let reason = status.canonical_reason().unwrap_or_default();
    out.extend_from_slice(format!("HTTP/1.1 {} {reason}\r\n", status.as_str()).as_bytes());
    for (name, value) in &parts.headers {
        if ![CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION, DATE].contains(name) {
            line(&mut out, name.as_str(), value.as_bytes());
        }
    }
    if status != StatusCode::NO_CONTENT && status != StatusCode::NOT_MODIFIED {
        line(&mut out, CONTENT_LENGTH.as_str(), body.len().to_string().as_bytes());
    }
    let date = Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    line(&mut out, DATE.as_str(), date.as_bytes());
    if closes {
        line(&mut out, CONNECTION.as_str(), b"close");
    }
    out.extend_from_slice(b"\r\n");
    if method != Method::HEAD {
        out.extend_from_slice(&body);
    }
    stream.write_all(&out).await?;
    stream.flush().await
}

fn line(out: &mut Vec<u8>, name: &str, value: &[u8]) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend_from_slice(value);
    out.extend_from_slice(b"\r\n");
}
