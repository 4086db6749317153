//! Refusals, and the end of a connection.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use crate::error::Refusal;
use crate::http::Outgoing;

/// The time for which the service reads the rest of a refused request. Closing earlier could lose the answer.
const LINGER: Duration = Duration::from_secs(2);

/// Refuses bytes that hyper does not read as a request, and closes the connection.
pub(super) async fn refuse(mut stream: impl AsyncRead + AsyncWrite + Unpin, problem: Refusal) {
    let answer = Outgoing::from(problem);
    let kind = answer.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let mut bytes = format!(
        "HTTP/1.1 {}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        answer.status,
        answer.body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(&answer.body);
    let sending = async {
        stream.write_all(&bytes).await?;
        stream.flush().await
    };
    if timeout(LINGER, sending).await.is_ok_and(|sent| sent.is_ok()) {
        close(stream).await;
    }
}

/// Closes a connection. First reads for a while what the client still sends: closing with unread bytes resets
/// the connection, and the client loses the answer.
pub(super) async fn close(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    let ending = async {
        let mut unread = vec![0; 64 << 10];
        stream.shutdown().await?;
        while stream.read(&mut unread).await? > 0 {}
        io::Result::Ok(())
    };
    let _ = timeout(LINGER, ending).await;
}

/// Turns a refusal into an answer that ends the connection: the service does not read the rest of the
/// request.
pub(super) fn refusal(problem: Refusal) -> Response<Bytes> {
    let mut response = response(problem);
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// Turns a refusal into an answer.
pub(super) fn response(problem: Refusal) -> Response<Bytes> {
    let answer = Outgoing::from(problem);
    let mut response = Response::new(answer.body);
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    response
}

/// Returns a 400 for a request that cannot be read.
pub(super) fn bad(problem: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "0x0", format!("The HTTP request cannot be read: {problem}."))
}

/// Returns a 408 for a request that arrived too slowly.
pub(super) fn too_slow(what: &str) -> Refusal {
    let message = format!("The {what} of the request did not arrive in time.");
    Refusal::new(StatusCode::REQUEST_TIMEOUT, "0x0", message)
}
