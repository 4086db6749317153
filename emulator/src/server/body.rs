//! Reads the whole body of a request.

use std::io;

use bytes::{Buf, Bytes, BytesMut};
use http::StatusCode;
use tokio::io::{AsyncRead, AsyncReadExt};

use super::framing::Framing;
use super::head::bad;
use crate::error::Refusal;

/// Maximum length of the line that starts a chunk, and of all headers after the last chunk.
const MAX_LINE: usize = 4096;
const MAX_TRAILERS: usize = 16 << 10;

/// The reason that a request has no body.
#[derive(Debug)]
pub(super) enum Missing {
    /// The request is refused.
    Refused(Refusal),
    /// The connection broke.
    Broken,
}

impl From<Refusal> for Missing {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<io::Error> for Missing {
    fn from(_: io::Error) -> Self {
        Self::Broken
    }
}

/// A body on its way: what was received of it, and what else was received.
pub(super) struct Reader<'a, S> {
    pub(super) stream: &'a mut S,
    pub(super) buffer: &'a mut BytesMut,
    pub(super) max_bytes: usize,
}

impl<S: AsyncRead + Unpin> Reader<'_, S> {
    /// Reads the body.
    pub(super) async fn read(&mut self, framing: Framing) -> Result<Bytes, Missing> {
        match framing {
            Framing::Length(length) => {
                let length = usize::try_from(length).map_err(|_| too_large(self.max_bytes))?;
                if length > self.max_bytes {
                    return Err(too_large(self.max_bytes).into());
                }
                self.fill(length).await?;
                Ok(self.buffer.split_to(length).freeze())
            }
            Framing::Chunked => self.chunks().await,
        }
    }

    async fn chunks(&mut self) -> Result<Bytes, Missing> {
        let mut body = BytesMut::new();
        loop {
            let line = self.line(MAX_LINE, "the line of a chunk is too long").await?;
            let length = chunk_length(&line).ok_or_else(|| bad("a chunk does not start with its length"))?;
            if length == 0 {
                break;
            }
            if length > self.max_bytes - body.len() {
                return Err(too_large(self.max_bytes).into());
            }
            self.fill(length).await?;
            body.extend_from_slice(&self.buffer[..length]);
            self.buffer.advance(length);
            self.fill(2).await?;
            if !self.buffer.starts_with(b"\r\n") {
                return Err(bad("a chunk is longer than it says").into());
            }
            self.buffer.advance(2);
        }
        let mut left = MAX_TRAILERS;
        loop {
            let line = self.line(left, "the headers after the last chunk are too long").await?;
            if line.is_empty() {
                return Ok(body.freeze());
            }
            left = left.saturating_sub(line.len() + 2);
        }
    }

    /// Receives until the buffer has this many bytes.
    async fn fill(&mut self, length: usize) -> Result<(), Missing> {
        while self.buffer.len() < length {
            self.receive().await?;
        }
        Ok(())
    }

    /// Takes the next line, without its end.
    async fn line(&mut self, max_length: usize, problem: &str) -> Result<BytesMut, Missing> {
        let mut seen = 0;
        loop {
            if let Some(at) = self.buffer[seen..].iter().position(|byte| *byte == b'\n') {
                let mut line = self.buffer.split_to(seen + at + 1);
                line.truncate(line.len() - 1);
                return match line.last() {
                    Some(b'\r') => {
                        line.truncate(line.len() - 1);
                        Ok(line)
                    }
                    _ => Err(bad("a line of a chunked body does not end in CR LF").into()),
                };
            }
            seen = self.buffer.len();
            if seen > max_length {
                return Err(bad(problem).into());
            }
            self.receive().await?;
        }
    }

    async fn receive(&mut self) -> Result<(), Missing> {
        if self.stream.read_buf(self.buffer).await? == 0 {
            return Err(bad("it ends within its body").into());
        }
        Ok(())
    }
}

/// The length at the start of a chunk's line; what follows a semicolon means nothing here.
fn chunk_length(line: &[u8]) -> Option<usize> {
    let digits = line.split(|byte| *byte == b';').next()?.trim_ascii_end();
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    usize::from_str_radix(core::str::from_utf8(digits).ok()?, 16).ok()
}

fn too_large(max_bytes: usize) -> Refusal {
    let message = format!("The body of the request is longer than {max_bytes} bytes.");
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "0x0", message)
}
