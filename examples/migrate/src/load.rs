//! The load: rows to drafts, drafts to Dataverse, failures to the report.

use std::collections::VecDeque;
use std::error::Error;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use dataverse_entity::client::indicatif::ProgressBar;
use dataverse_entity::client::{Client, FileJournal};
use futures_util::{StreamExt, stream};

use crate::report::Report;
use crate::source;

/// The files and settings of a load.
pub struct Load<'f> {
    /// The source.
    pub input: &'f Path,
    /// The journal. Keep it until the load is over: it says what is written already.
    pub journal: &'f Path,
    /// The rows that failed.
    pub failed: &'f Path,
    /// The number of rows in a request.
    pub chunk: NonZeroUsize,
}

/// What became of the rows of a load, including those of earlier runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Rows that are written.
    pub written: usize,
    /// Rows that failed.
    pub failed: usize,
}

impl Load<'_> {
    /// Loads the rows that no earlier run has written.
    pub async fn run(&self, client: &Client) -> Result<Summary, Box<dyn Error + Send + Sync>> {
        let count = self.check()?;
        let bulk = client.bulk().chunk_size(self.chunk).progress_bar(ProgressBar::new(count as u64));

        // Outcomes come in the order of the rows, so the rows that wait for theirs are a queue.
        let waiting = Arc::new(Mutex::new(VecDeque::new()));
        let sent = waiting.clone();
        let drafts = source::open(self.input)?.filter_map(move |row| {
            // `check` has read each row.
            let row = row.ok()?;
            let draft = row.draft().ok()?;
            sent.lock().unwrap_or_else(PoisonError::into_inner).push_back(row);
            Some(draft)
        });
        let mut outcomes =
            bulk.journal(FileJournal::open(self.journal)?).create_stream(stream::iter(drafts))?;
        let mut report = Report::new(self.failed)?;
        let mut summary = Summary { written: 0, failed: 0 };
        while let Some(outcome) = outcomes.next().await {
            let row = waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            match (outcome, row) {
                (Ok(_), _) => summary.written += 1,
                (Err(error), row) => {
                    summary.failed += 1;
                    report.add(&row.ok_or("an outcome has no row")?, &error.to_string())?;
                }
            }
        }
        match summary.written + summary.failed == count {
            true => Ok(summary),
            false => Err("the source has changed during the load; start it again".into()),
        }
    }

    /// Reads all rows before any is sent, and returns their number. The journal numbers the rows, so none may be
    /// left out.
    fn check(&self) -> Result<usize, Box<dyn Error + Send + Sync>> {
        let mut count = 0;
        let mut problems = Vec::new();
        for row in source::open(self.input)? {
            count += 1;
            let problem = match row {
                Ok(row) => {
                    row.draft().err().map(|problem| format!("row {count}, order {}: {problem}", row.order))
                }
                Err(error) => Some(format!("row {count}: {error}")),
            };
            problems.extend(problem);
            if problems.len() == 10 {
                break;
            }
        }
        match problems.is_empty() {
            true => Ok(count),
            false => {
                Err(format!("nothing was sent; correct these rows first:\n{}", problems.join("\n")).into())
            }
        }
    }
}
