//! One bulk run of a load: a pass of a table.

use std::sync::{Arc, Mutex};

use futures_util::stream::BoxStream;
use tokio::time::Instant;

use super::outcome::{Pass, TableOutcome};
use super::table::{AnyTable, Passes};
use crate::bulk::bulk::{Bulk, Tell};
use crate::bulk::journal::{JournaledBulk, Shared};
use crate::bulk::outcome::Progress;
use crate::lock::lock;

/// A pass of a table.
pub(super) struct Phase<'a> {
    pub(super) table: Arc<dyn AnyTable<'a> + 'a>,
    pub(super) pass: Pass,
    pub(super) journal: Shared,
    pub(super) passes: Arc<Passes>,
}

impl<'a> Phase<'a> {
    pub(super) fn start(
        self,
        bulk: Bulk,
        deadline: Option<Instant>,
        meter: &Arc<Meter>,
    ) -> BoxStream<'a, TableOutcome> {
        let mut bulk = bulk;
        bulk.deadline = deadline.map(|at| at.saturating_duration_since(Instant::now()));
        let (of_phase, passes, pass) = (meter.start(), self.passes.clone(), self.pass);
        let meter = meter.clone();
        bulk.tell.push(Box::new(move |progress| {
            let left_out = if pass == Pass::Update { passes.left_out() } else { 0 };
            meter.tell(&of_phase, progress, left_out);
        }));
        let run = JournaledBulk { bulk, journal: self.journal };
        match pass {
            Pass::Create => self.table.create(run, self.passes),
            Pass::Update => self.table.update(run, self.passes),
        }
    }
}

/// Adds up the progress of the phases.
pub(super) struct Meter(Mutex<Sum>);

struct Sum {
    tell: Vec<Tell>,
    /// The rows of both passes, as far as they are known to be sent.
    total: u64,
    started: Instant,
    /// What was last told.
    told: Progress,
}

/// The sum when a phase starts.
pub(super) struct Before {
    done: usize,
    failed: usize,
    total: u64,
}

impl Meter {
    pub(super) fn new(tell: Vec<Tell>, total: u64) -> Arc<Self> {
        Arc::new(Self(Mutex::new(Sum { tell, total, started: Instant::now(), told: Progress::default() })))
    }

    fn start(&self) -> Before {
        let sum = lock(&self.0);
        Before { done: sum.told.done, failed: sum.told.failed, total: sum.total }
    }

    fn tell(&self, before: &Before, of_phase: Progress, left_out: u64) {
        let mut sum = lock(&self.0);
        sum.total = before.total.saturating_sub(left_out);
        let progress = Progress {
            done: before.done + of_phase.done,
            failed: before.failed + of_phase.failed,
            total: usize::try_from(sum.total).ok(),
            paused_for: of_phase.paused_for,
            elapsed: sum.started.elapsed(),
        };
        sum.told = progress;
        sum.tell.iter_mut().for_each(|tell| tell(progress));
    }
}
