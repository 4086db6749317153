//! The size of chunks: it follows what the server takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dataverse_entity_core::message::{Error, TransportFailure};
use http::StatusCode;

/// "SQL timeout expired". Microsoft's remedy is a smaller request (Troubleshoot Dataverse bulk operation errors).
const SQL_TIMEOUT: u32 = 0x8004_4151;

/// A plug-in timed out at the sandbox host, after two minutes (Troubleshoot Dataverse plug-in errors).
const PLUGIN_TIMEOUT: u32 = 0x8004_4177;

/// The code, and the words, of a request whose plug-ins would get more than 116.85 MB (ibid.). Other errors
/// have this code, too.
const UNEXPECTED: u32 = 0x8004_0216;
const TOO_LARGE_FOR_PLUGINS: &str = "Message size exceeded";

/// How many messages the next request holds. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct ChunkSize {
    max: usize,
    now: Arc<AtomicUsize>,
}

impl ChunkSize {
    pub(super) fn new(max: usize) -> Self {
        Self { max, now: Arc::new(AtomicUsize::new(max)) }
    }

    pub(super) fn now(&self) -> usize {
        self.now.load(Ordering::Relaxed)
    }

    /// Halves the size after a request with this many messages was too much.
    pub(super) fn shrink(&self, sent: usize) {
        self.now.fetch_min((sent / 2).max(1), Ordering::Relaxed);
    }

    /// Raises the size by a tenth of its maximum after a success.
    pub(super) fn grow(&self) {
        let grown =
            |now: usize| (now < self.max).then(|| now.saturating_add(self.max.div_ceil(10)).min(self.max));
        // It fails where the size is the maximum already.
        let _ = self.now.fetch_update(Ordering::Relaxed, Ordering::Relaxed, grown);
    }
}

/// What an error says about the size of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TooMuch {
    No,
    /// It was too much, and the server did nothing: the halves may be sent.
    NothingDone,
    /// It took too long, and the server may have carried it out, or may still do so.
    MaybeDone,
}

/// Returns whether a request of several messages was too much. `is_transaction`: its messages succeed or fail
/// together.
pub(super) fn too_much(error: &Error, is_transaction: bool) -> TooMuch {
    let undone = |is_known: bool| if is_known { TooMuch::NothingDone } else { TooMuch::MaybeDone };
    match (error.status(), error.code()) {
        (Some(StatusCode::PAYLOAD_TOO_LARGE), _) => TooMuch::NothingDone,
        (_, Some(SQL_TIMEOUT | PLUGIN_TIMEOUT)) => undone(is_transaction),
        (_, Some(UNEXPECTED)) if error.message().is_some_and(|said| said.contains(TOO_LARGE_FOR_PLUGINS)) => {
            undone(is_transaction)
        }
        (Some(StatusCode::GATEWAY_TIMEOUT | StatusCode::REQUEST_TIMEOUT), _) => TooMuch::MaybeDone,
        _ if error.transport_failure() == Some(TransportFailure::TimedOut) => TooMuch::MaybeDone,
        _ => TooMuch::No,
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    fn refused(status: u16, code: &str, message: &str) -> Error {
        let body = format!("{{\"error\":{{\"code\":\"{code}\",\"message\":\"{message}\"}}}}");
        Error::refused(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn the_size_halves_and_comes_back_in_tenths() {
        let size = ChunkSize::new(100);
        size.shrink(100);
        assert_eq!(size.now(), 50);
        // A request that was sent before the size shrank says nothing new.
        size.shrink(100);
        assert_eq!(size.now(), 50);
        size.shrink(1);
        assert_eq!(size.now(), 1);
        let sizes: Vec<_> = (0..12).map(|_| (size.grow(), size.now()).1).collect();
        assert_eq!(sizes, [11, 21, 31, 41, 51, 61, 71, 81, 91, 100, 100, 100]);
        let least = ChunkSize::new(1);
        least.shrink(1);
        least.grow();
        assert_eq!(least.now(), 1);
    }

    /// Codes and texts of Microsoft's pages "Troubleshoot Dataverse bulk operation errors" (-2147204783) and
    /// "Troubleshoot Dataverse plug-in errors" (-2147204745, -2147220970).
    #[test]
    fn documented_refusals_of_large_requests_are_known() {
        assert_eq!((-2_147_204_783_i32).cast_unsigned(), SQL_TIMEOUT);
        assert_eq!((-2_147_204_745_i32).cast_unsigned(), PLUGIN_TIMEOUT);
        assert_eq!((-2_147_220_970_i32).cast_unsigned(), UNEXPECTED);
        let large = "Message size exceeded when sending context to Sandbox. Message size: 130 Mb";
        for (error, in_transaction, in_batch) in [
            (refused(413, "0x0", "m"), TooMuch::NothingDone, TooMuch::NothingDone),
            (refused(500, "0x80044151", "SQL timeout expired."), TooMuch::NothingDone, TooMuch::MaybeDone),
            (refused(400, "0x80040216", large), TooMuch::NothingDone, TooMuch::MaybeDone),
            (refused(400, "0x80040216", "An unexpected error occurred."), TooMuch::No, TooMuch::No),
            (refused(504, "0x0", "m"), TooMuch::MaybeDone, TooMuch::MaybeDone),
            (Error::transport(TransportFailure::TimedOut, "t"), TooMuch::MaybeDone, TooMuch::MaybeDone),
            (Error::transport(TransportFailure::NoAnswer, "t"), TooMuch::No, TooMuch::No),
            (refused(400, "0x80044331", "m"), TooMuch::No, TooMuch::No),
        ] {
            assert_eq!(too_much(&error, true), in_transaction, "{error}");
            assert_eq!(too_much(&error, false), in_batch, "{error}");
        }
    }
}
