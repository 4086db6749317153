//! From the arguments to the command.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice, StripStream};
use clap::ArgMatches;

use super::arguments::{COLORS, command};
use super::failure::{Failure, USAGE};
use super::output::complain;
use super::{apply, check, completions, diagram, diff, generate, init, plan, pull};
use crate::config::Config;
use crate::report::Format;

/// Runs a command line as a program does: output goes to the standard output, problems and progress to the standard error.
/// Both have colors if they are terminals, as `--color`, `NO_COLOR` and `CLICOLOR_FORCE` say.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = without_cargo(arguments);
    let choice = color(&arguments);
    choice.write_global();
    run_with(arguments, &mut AutoStream::auto(std::io::stdout().lock()))
}

/// Runs a command line, and returns its exit code. Output goes to `out`, without colors; problems go to the standard error.
///
/// ```
/// let mut out = Vec::new();
/// let arguments = ["cargo-dataverse", "completions", "bash"];
/// dataverse_codegen::cli::run(arguments.map(Into::into), &mut out);
/// assert!(String::from_utf8(out).unwrap().contains("complete"));
/// ```
pub fn run(arguments: impl IntoIterator<Item = OsString>, out: &mut dyn Write) -> ExitCode {
    let mut text = StripStream::new(Vec::new());
    let code = run_with(without_cargo(arguments), &mut text);
    match out.write_all(&text.into_inner()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            complain(&Failure::new(USAGE, format!("the output cannot be written: {error}")));
            ExitCode::from(USAGE)
        }
        _ => code,
    }
}

/// The arguments without the name of the subcommand, which Cargo passes on: `cargo-dataverse dataverse check`.
fn without_cargo(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.get(1).is_some_and(|argument| argument == "dataverse") {
        arguments.remove(1);
    }
    arguments
}

/// The value of `--color`. The texts of wrong usage obey it, too, so it is read before the other arguments.
fn color(arguments: &[OsString]) -> ColorChoice {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let value = texts.iter().enumerate().find_map(|(index, text)| match text.strip_prefix("--color") {
        Some("") => texts.get(index + 1).copied(),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    COLORS.iter().find(|(name, _)| Some(*name) == value).map_or(ColorChoice::Auto, |(_, choice)| *choice)
}

fn run_with(arguments: Vec<OsString>, out: &mut dyn Write) -> ExitCode {
    let matches = match command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) if error.use_stderr() => {
            anstream::eprint!("{}", error.render().ansi());
            return ExitCode::from(USAGE);
        }
        Err(help) => {
            // A reader that closed the pipe has read enough.
            let _ = write!(out, "{}", help.render().ansi()).and_then(|()| out.flush());
            return ExitCode::SUCCESS;
        }
    };
    match dispatch(&matches, out) {
        Ok(code) => code,
        Err(failure) => {
            complain(&failure);
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
        Some(("pull", matches)) => {
            pull::pull(&read(&config)?, matches.get_one::<String>("metadata").map(String::as_str), out)
        }
        Some(("generate", matches)) => generate::write(&read(&config)?, matches.get_flag("check"), out),
        Some(("check", matches)) => check::check(&read(&config)?, matches, format(matches), out),
        Some(("plan", matches)) => plan::plan(&read(&config)?, matches, out),
        Some(("apply", matches)) => apply::apply(&read(&config)?, matches, out),
        Some(("diagram", matches)) => diagram::draw(&read(&config)?, matches, out),
        Some(("diff", matches)) => diff::diff(matches, || read(&config), format(matches), out),
        Some(("completions", matches)) => completions::write(matches, out),
        _ => Err(Failure::new(USAGE, "no such command").advice("see `cargo dataverse --help`")),
    }
}

fn read(path: &Path) -> Result<Config, Failure> {
    Config::read(path).map_err(|error| Failure::of(USAGE, &error))
}

fn format(matches: &ArgMatches) -> Format {
    let name = matches.get_one::<String>("format").map_or("text", String::as_str);
    Format::NAMES.iter().find(|(each, _)| *each == name).map(|(_, format)| *format).unwrap_or_default()
}
