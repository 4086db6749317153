//! `diff`: two snapshots against each other.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;

use super::failure::{Failure, USAGE};
use super::output::say;
use crate::drift::{Class, drift};
use crate::report::{Format, Locations, report};
use crate::snapshot::Snapshot;

pub(super) fn diff(matches: &ArgMatches, format: Format, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let read = |name: &str| {
        let directory = matches.get_one::<String>(name).map(PathBuf::from).unwrap_or_default();
        let snapshot = Snapshot::read(&directory).map_err(|error| Failure::of(USAGE, &error))?;
        match snapshot.tables.is_empty() {
            true => Err(Failure::new(USAGE, format!("{} has no snapshot", directory.display()))),
            false => Ok(snapshot),
        }
    };
    let findings = drift(&read("earlier")?, &read("later")?, false);
    say(out, report(&findings, &Locations::default(), format))?;
    let has_broken = findings.iter().any(|finding| finding.class == Class::Breaking);
    Ok(if has_broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
