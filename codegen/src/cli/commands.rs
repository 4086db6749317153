//! What the commands do.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command as Process, ExitCode};

use clap::ArgMatches;
use dataverse_entity::Organization;
use dataverse_entity::client::{Client, StaticToken};

use super::arguments::command;
use crate::config::{Config, TEMPLATE, Token};
use crate::drift::{Finding, drift};
use crate::generate::generate;
use crate::pull::{PullError, table, table_names};
use crate::report::{Format, Locations, report};
use crate::snapshot::{Snapshot, replace};

/// A command that failed, with its exit code.
struct Failure {
    code: u8,
    problem: String,
}

/// Wrong usage or settings.
const USAGE: u8 = 2;
/// The org is not reachable, or refuses.
const ORG: u8 = 3;

impl Failure {
    fn new(code: u8, problem: impl Display) -> Self {
        Self { code, problem: problem.to_string() }
    }

    /// An error with its sources, each once.
    fn of(code: u8, error: &dyn std::error::Error) -> Self {
        let mut problem = error.to_string();
        let mut source = error.source();
        while let Some(error) = source {
            problem.push_str(&format!(": {error}"));
            source = error.source();
        }
        Self { code, problem }
    }
}

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
        Some(("init", matches)) => init(&config, matches.get_one::<String>("url").map(String::as_str), out),
        Some(("pull", _)) => pull(&read(&config)?, out),
        Some(("generate", matches)) => write(&read(&config)?, matches.get_flag("check"), out),
        Some(("check", matches)) => check(&read(&config)?, format(matches), out),
        Some(("diff", matches)) => diff(matches, out),
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

fn say(out: &mut dyn Write, text: impl Display) -> Result<(), Failure> {
    // A reader that closed the pipe has read enough.
    match write!(out, "{text}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::new(USAGE, error)),
        _ => Ok(()),
    }
}

fn init(path: &Path, url: Option<&str>, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    if path.exists() {
        return Err(Failure::new(USAGE, format!("{} exists; remove it to start anew", path.display())));
    }
    let mut text = TEMPLATE.to_owned();
    if let Some(url) = url {
        let org = Organization::new(url).map_err(|error| Failure::of(USAGE, &error))?;
        text = text.replace("https://contoso.crm4.dynamics.com", org.origin());
        if org.is_loopback() {
            text = text.replace("# token = \"environment\"", "token = \"none\"");
        }
    }
    replace(path, &text).map_err(|error| Failure::of(USAGE, &error))?;
    say(out, format!("wrote {}; name your tables in it, then run `cargo dataverse pull`\n", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// A client for the org of the configuration.
fn client(config: &Config) -> Result<Client, Failure> {
    let org = Organization::new(&config.org.url).map_err(|error| Failure::of(USAGE, &error))?;
    let client = match config.org.token {
        Token::None => Client::new(org, dataverse_entity::client::NoToken),
        Token::Environment => {
            let token = std::env::var("DATAVERSE_TOKEN").map_err(|_| {
                let advice = "set the variable DATAVERSE_TOKEN, or write `token = \"az\"` in `[org]`";
                Failure::new(ORG, format!("there is no token: {advice}"))
            })?;
            Client::new(org, StaticToken::new(token))
        }
        Token::Az => {
            let token = azure_cli(&org)?;
            Client::new(org, StaticToken::new(token))
        }
    };
    client.map_err(|error| Failure::of(USAGE, &error))
}

/// A token of the identity that is signed in to the Azure CLI.
fn azure_cli(org: &Organization) -> Result<String, Failure> {
    let program = if cfg!(windows) { "az.cmd" } else { "az" };
    let output = Process::new(program)
        .args([
            "account",
            "get-access-token",
            "--query",
            "accessToken",
            "--output",
            "tsv",
            "--resource",
            org.origin(),
        ])
        .output()
        .map_err(|error| {
            Failure::new(
                ORG,
                format!(
                    "the Azure CLI cannot be run: {error}; install it, or use a token in DATAVERSE_TOKEN"
                ),
            )
        })?;
    if !output.status.success() {
        let problem = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(ORG, format!("`az account get-access-token` failed: {}", problem.trim())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Reads the tables of the configuration from its org.
fn fetch(config: &Config) -> Result<Snapshot, Failure> {
    let client = client(config)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(ORG, error))?;
    let failure = |error: PullError| {
        let code = if matches!(error, PullError::NotFound(_)) { USAGE } else { ORG };
        Failure::of(code, &error)
    };
    runtime.block_on(async {
        let names = table_names(&client, &config.tables).await.map_err(failure)?;
        let mut tables = Vec::new();
        for (number, name) in (1..).zip(&names) {
            if std::io::stderr().is_terminal() {
                eprint!("\r\x1b[K{number}/{} {name}", names.len());
            }
            tables.push(table(&client, name).await.map_err(failure)?);
        }
        if std::io::stderr().is_terminal() {
            eprint!("\r\x1b[K");
        }
        Ok(Snapshot::new(tables))
    })
}

fn snapshot(config: &Config) -> Result<Snapshot, Failure> {
    let snapshot = Snapshot::read(&config.snapshot).map_err(|error| Failure::of(USAGE, &error))?;
    match snapshot.tables.is_empty() {
        true => Err(Failure::new(
            USAGE,
            format!("{} has no snapshot; run `cargo dataverse pull`", config.snapshot.display()),
        )),
        false => Ok(snapshot),
    }
}

fn pull(config: &Config, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let mut new = fetch(config)?;
    let old = Snapshot::read(&config.snapshot).map_err(|error| Failure::of(USAGE, &error))?;
    new.names = old.names.clone();
    new.names.retain(|name, _| new.tables.contains_key(name));
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

fn files(config: &Config, snapshot: &mut Snapshot) -> Result<BTreeMap<String, String>, Failure> {
    generate(snapshot, &config.generate).map_err(|error| Failure::of(USAGE, &error))
}

fn write(config: &Config, is_check: bool, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let mut snapshot = snapshot(config)?;
    let locked = snapshot.names.clone();
    let files = files(config, &mut snapshot)?;
    let stale = stale(config, &files);
    if is_check {
        for path in &stale {
            say(out, format!("{} is not what `cargo dataverse generate` writes\n", path.display()))?;
        }
        let is_clean = stale.is_empty() && locked == snapshot.names;
        return Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let problem = |error: &dyn std::error::Error| Failure::of(USAGE, error);
    std::fs::create_dir_all(&config.output)
        .map_err(|error| Failure::new(USAGE, format!("{}: {error}", config.output.display())))?;
    for (name, text) in &files {
        replace(&config.output.join(name), text).map_err(|error| problem(&error))?;
    }
    // Files of tables that are gone; those that others wrote stay.
    for path in stale.iter().filter(|path| is_generated(path)) {
        let is_current =
            path.file_name().and_then(|name| name.to_str()).is_some_and(|name| files.contains_key(name));
        if !is_current {
            std::fs::remove_file(path)
                .map_err(|error| Failure::new(USAGE, format!("{}: {error}", path.display())))?;
        }
    }
    snapshot.write(&config.snapshot).map_err(|error| problem(&error))?;
    say(out, format!("{} files in {}\n", files.len(), config.output.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// The files that differ from what is generated, are missing, or belong to tables that are gone.
fn stale(config: &Config, files: &BTreeMap<String, String>) -> Vec<PathBuf> {
    let differs = |(name, text): (&String, &String)| {
        let path = config.output.join(name);
        (std::fs::read_to_string(&path).ok().as_ref() != Some(text)).then_some(path)
    };
    let mut stale: Vec<PathBuf> = files.iter().filter_map(differs).collect();
    let entries = std::fs::read_dir(&config.output).into_iter().flatten().flatten();
    stale.extend(entries.map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.ends_with(".rs") && !files.contains_key(name) && is_generated(path)
    }));
    stale
}

fn is_generated(path: &Path) -> bool {
    std::fs::read_to_string(path)
        .is_ok_and(|text| text.starts_with("// Generated by `cargo dataverse generate`."))
}

fn check(config: &Config, format: Format, out: &mut dyn Write) -> Result<ExitCode, Failure> {
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

fn diff(matches: &ArgMatches, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let read = |name: &str| {
        let directory = matches.get_one::<String>(name).map(PathBuf::from).unwrap_or_default();
        let snapshot = Snapshot::read(&directory).map_err(|error| Failure::of(USAGE, &error))?;
        match snapshot.tables.is_empty() {
            true => Err(Failure::new(USAGE, format!("{} has no snapshot", directory.display()))),
            false => Ok(snapshot),
        }
    };
    let findings = drift(&read("earlier")?, &read("later")?, false);
    say(out, report(&findings, &Locations::default(), format(matches)))?;
    let has_broken = findings.iter().any(|finding| finding.class == crate::drift::Class::Breaking);
    Ok(if has_broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
