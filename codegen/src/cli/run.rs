//! From the arguments to the command.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;

use super::arguments::command;
use super::failure::{Failure, USAGE};
use super::{check, diff, generate, init, plan, pull};
use crate::config::Config;
use crate::report::Format;

/// Runs a command line, and returns its exit code. Output goes to `out`, problems to the standard error.
pub fn run(arguments: impl IntoIterator<Item = OsString>, out: &mut dyn Write) -> ExitCode {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    // Cargo passes the name of the subcommand on: `cargo-dataverse dataverse check`.
    if arguments.get(1).is_some_and(|argument| argument == "dataverse") {
        arguments.remove(1);
    }
    let matches = match command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS };
        }
    };
    match dispatch(&matches, out) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {}", failure.problem.trim_end());
            ExitCode::from(failure.code)
        }
    }
}

fn dispatch(matches: &ArgMatches, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let config = PathBuf::from(matches.get_one::<String>("config").map_or("dataverse.toml", String::as_str));
    match matches.subcommand() {
        Some(("init", matches)) => {
            init::init(&config, matches.get_one::<String>("url").map(String::as_str), out)
        }
        Some(("pull", _)) => pull::pull(&read(&config)?, out),
        Some(("generate", matches)) => generate::write(&read(&config)?, matches.get_flag("check"), out),
        Some(("check", matches)) => check::check(&read(&config)?, format(matches), out),
        Some(("plan", matches)) => plan::plan(&read(&config)?, matches, out),
        Some(("diff", matches)) => diff::diff(matches, format(matches), out),
        _ => Err(Failure::new(USAGE, "no such command; see `cargo dataverse --help`")),
    }
}

fn read(path: &Path) -> Result<Config, Failure> {
    Config::read(path).map_err(|error| Failure::of(USAGE, &error))
}

fn format(matches: &ArgMatches) -> Format {
    let name = matches.get_one::<String>("format").map_or("text", String::as_str);
    Format::NAMES.iter().find(|(each, _)| *each == name).map(|(_, format)| *format).unwrap_or_default()
}
