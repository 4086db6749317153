//! `check`: the snapshot and the code against the org.

use std::io::Write;
use std::process::ExitCode;

use super::failure::Failure;
use super::generate::{files, snapshot};
use super::org::fetch;
use super::output::say;
use crate::config::Config;
use crate::drift::{Finding, drift};
use crate::report::{Format, Locations, report};

pub(super) fn check(config: &Config, format: Format, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let mut earlier = snapshot(config)?;
    let files = files(config, &mut earlier)?;
    let later = fetch(config)?;
    let findings = drift(&earlier, &later, config.generate.strict_option_sets);
    let locations = Locations::of_files(&config.output, &files);
    say(out, report(&findings, &locations, format))?;
    Ok(exit(config, &findings))
}

fn exit(config: &Config, findings: &[Finding]) -> ExitCode {
    match findings.iter().any(|finding| config.check.deny.contains(&finding.class)) {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    }
}
