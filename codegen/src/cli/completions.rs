//! `completions`: scripts for shells.

use std::io::Write;
use std::process::ExitCode;

use clap::ArgMatches;
use clap_complete::{Shell, generate};

use super::arguments::command;
use super::failure::Failure;
use super::output::say;

pub(super) fn write(matches: &ArgMatches, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let shell = matches.get_one::<Shell>("shell").copied().unwrap_or(Shell::Bash);
    let mut script = Vec::new();
    generate(shell, &mut command(), "cargo-dataverse", &mut script);
    say(out, String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
