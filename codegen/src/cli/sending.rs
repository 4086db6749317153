//! What `apply` tells while it sends: a bar on a terminal, elsewhere a line for each request.

use indicatif::ProgressBar;

use super::output::{bar, note};
use crate::apply::ApplyProgress;

/// Progress of sending.
pub(super) enum Sending {
    Bar(ProgressBar),
    Lines,
}

impl Sending {
    pub(super) fn start() -> Self {
        bar("sending").map_or(Self::Lines, Self::Bar)
    }

    pub(super) fn tell(&self, progress: ApplyProgress<'_>) {
        match (self, progress) {
            (Self::Bar(bar), ApplyProgress::Sends { number, count, what }) => {
                bar.set_length(count as u64);
                bar.set_position(number.saturating_sub(1) as u64);
                bar.set_message(what.to_owned());
            }
            (Self::Bar(bar), ApplyProgress::Waits { duration, why }) => {
                bar.suspend(|| note(format_args!("waiting for {} s: {why}", duration.as_secs_f32())));
            }
            (Self::Bar(bar), ApplyProgress::ReadsAgain) => bar.set_message("reading what the org has"),
            (Self::Lines, ApplyProgress::Sends { number, count, what }) => {
                anstream::eprintln!("{number} of {count}: {what}");
            }
            (Self::Lines, ApplyProgress::Waits { duration, why }) => {
                anstream::eprintln!("waiting for {} s: {why}", duration.as_secs_f32());
            }
            (Self::Lines, ApplyProgress::ReadsAgain) => anstream::eprintln!("reading what the org has"),
        }
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
