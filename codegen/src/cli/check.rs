//! `check`: the snapshot and the code against the org.

use std::io::Write;
use std::process::ExitCode;

use super::failure::Failure;
use super::generate::{files, snapshot};
use super::org::{client_of, read_selected, run};
use super::output::{Reading, say};
use crate::config::{Check, Config};
use crate::drift::{Finding, drift};
use crate::report::{Format, Locations, report};

pub(super) fn check(config: &Config, format: Format, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let mut earlier = snapshot(config)?;
    let files = files(config, &mut earlier)?;
    let client = client_of(&config.org)?;
    let later = run(read_selected(&client, &config.selection(), Some(&earlier), &Reading::start()))?;
    let findings = drift(&earlier, &later, config.generate.strict_option_sets);
    let locations = Locations::of_files(&config.output, &files);
    say(out, report(&findings, &locations, format))?;
    Ok(exit(&config.check, &findings))
}

/// Returns the exit code: 1 if a finding has a denied class.
pub(super) fn exit(check: &Check, findings: &[Finding]) -> ExitCode {
    match findings.iter().any(|finding| check.deny.contains(&finding.class)) {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    }
}
