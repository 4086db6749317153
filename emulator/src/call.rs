//! A request, with what has been read of it.

use crate::message::Incoming;
use crate::session::{Preferences, Session};
use crate::uri::Options;

/// A request, with what has been read of it.
pub(crate) struct Call<'s> {
    pub(crate) session: &'s Session<'s>,
    pub(crate) incoming: &'s Incoming,
    pub(crate) options: &'s Options,
    pub(crate) preferences: Preferences,
}
