//! The rows that failed, as a CSV file with the columns of the source and the error. Correct its rows and load it.

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::source::Row;

/// The report of a run. The file exists only if a row failed.
pub(crate) struct Report {
    path: PathBuf,
    writer: Option<csv::Writer<File>>,
}

#[derive(Serialize)]
struct Failed<'r> {
    order: &'r str,
    amount: &'r str,
    customer: &'r str,
    error: &'r str,
}

impl Report {
    /// Removes the report of an earlier run: its rows are sent again.
    pub(crate) fn new(path: &Path) -> Result<Self, Box<dyn Error + Send + Sync>> {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(format!("{}: {error}", path.display()).into())
            }
            _ => Ok(Self { path: path.to_owned(), writer: None }),
        }
    }

    pub(crate) fn add(&mut self, row: &Row, error: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => none.insert(csv::Writer::from_path(&self.path)?),
        };
        let Row { order, amount, customer } = row;
        writer.serialize(Failed { order, amount, customer, error })?;
        Ok(writer.flush()?)
    }
}
