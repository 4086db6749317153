//! `pull`: from the org to the snapshot.

use std::io::Write;
use std::process::ExitCode;

use super::failure::{Failure, USAGE};
use super::output::{say, say_findings};
use super::tables;
use crate::config::Config;
use crate::drift::drift;
use crate::report::{Format, Locations};
use crate::snapshot::Snapshot;

pub(super) fn pull(
    config: &Config,
    document: Option<&str>,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    // Before the org is asked: a snapshot that cannot be read is not replaced.
    let old = Snapshot::read(&config.snapshot).map_err(|error| Failure::of(USAGE, &error))?;
    let mut new = tables::all(config, document)?;
    new.names = old.names.clone();
    new.option_sets = old.option_sets.clone();
    new.write(&config.snapshot).map_err(|error| Failure::of(USAGE, &error))?;
    let count = new.tables.len();
    let tables = if count == 1 { "table" } else { "tables" };
    say(out, format!("{count} {tables} in {}\n", config.snapshot.display()))?;
    if !old.tables.is_empty() {
        let findings = drift(&old, &new, config.generate.strict_option_sets);
        let next = "run `cargo dataverse generate`\n";
        say_findings(out, &findings, &Locations::default(), Format::Text, next)?;
    }
    Ok(ExitCode::SUCCESS)
}
