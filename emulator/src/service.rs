//! What is answered: a batch, or a single request.

use crate::batch;
use crate::message::{Incoming, Outgoing};
use crate::turn::{LONGEST_URL, Turn, too_long};

/// Answers a request.
pub(crate) fn answer(turn: &Turn<'_>, incoming: &Incoming) -> Outgoing {
    if incoming.path == "$batch" {
        return batch::answer(turn, incoming).unwrap_or_else(Outgoing::from);
    }
    if incoming.path.len() + incoming.query.len() > LONGEST_URL {
        return too_long(LONGEST_URL);
    }
    turn.one(incoming)
}
