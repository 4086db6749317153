//! What the commands print.

use std::fmt::Display;
use std::io::Write;

use super::failure::{Failure, USAGE};

pub(super) fn say(out: &mut dyn Write, text: impl Display) -> Result<(), Failure> {
    // A reader that closed the pipe has read enough.
    match write!(out, "{text}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::new(USAGE, error)),
        _ => Ok(()),
    }
}
