//! `pull`: from the org to the snapshot.

use std::io::Write;
use std::process::ExitCode;

use super::failure::{Failure, USAGE};
use super::output::{say, say_findings};
use super::tables::{self, Selected};
use crate::config::Config;
use crate::counted::counted;
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
    let mut selected = tables::all(config, document, &old)?;
    selected.snapshot.names.clone_from(&old.names);
    selected.snapshot.option_sets.clone_from(&old.option_sets);
    let old = selected.comparable(old);
    let Selected { snapshot: new, deselected } = selected;
    new.write(&config.snapshot).map_err(|error| Failure::of(USAGE, &error))?;
    say(out, format!("{} in {}\n", counted(new.tables.len(), "table"), config.snapshot.display()))?;
    for name in deselected {
        say(out, format!("removed `{name}`: the settings no longer select it\n"))?;
    }
    if !old.tables.is_empty() {
        let findings = drift(&old, &new, config.generate.strict_option_sets);
        let next = "run `cargo dataverse generate`\n";
        say_findings(out, &findings, &Locations::default(), Format::Text, next)?;
    }
    Ok(ExitCode::SUCCESS)
}
