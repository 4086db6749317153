//! `pull`: from the org to the snapshot.

use std::io::Write;
use std::process::ExitCode;

use super::failure::{Failure, USAGE};
use super::org::fetch;
use super::output::say;
use crate::config::Config;
use crate::drift::drift;
use crate::report::{Format, Locations, report};
use crate::snapshot::Snapshot;

pub(super) fn pull(config: &Config, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let mut new = fetch(config)?;
    let old = Snapshot::read(&config.snapshot).map_err(|error| Failure::of(USAGE, &error))?;
    new.names = old.names.clone();
    new.option_sets = old.option_sets.clone();
    new.write(&config.snapshot).map_err(|error| Failure::of(USAGE, &error))?;
    let count = new.tables.len();
    say(
        out,
        format!("{count} {} in {}\n", if count == 1 { "table" } else { "tables" }, config.snapshot.display()),
    )?;
    if !old.tables.is_empty() {
        let findings = drift(&old, &new, config.generate.strict_option_sets);
        say(out, report(&findings, &Locations::default(), Format::Text))?;
    }
    Ok(ExitCode::SUCCESS)
}
