//! `diff`: two snapshots or orgs against each other.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;

use super::check::exit;
use super::failure::{Failure, USAGE};
use super::generate::snapshot;
use super::org::{client, is_address, organization, read, run};
use super::output::{Reading, say_findings};
use crate::config::{Check, Config, Token};
use crate::drift::drift;
use crate::pull::{PullError, Selection};
use crate::report::{Format, Locations};
use crate::snapshot::Snapshot;

/// One side of a comparison.
enum Side {
    Directory(PathBuf),
    Org(String),
}

impl Side {
    fn of(matches: &ArgMatches, name: &str) -> Result<Self, Failure> {
        let text = matches.get_one::<String>(name).map(String::as_str).unwrap_or_default();
        Ok(match is_address(text) {
            true => Self::Org(organization(text)?.root_url().to_owned()),
            false => Self::Directory(text.into()),
        })
    }
}

pub(super) fn diff(
    matches: &ArgMatches,
    config: impl FnOnce() -> Result<Config, Failure>,
    format: Format,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    let sides = (Side::of(matches, "earlier")?, Side::of(matches, "later")?);
    let (earlier, later, config) = match sides {
        // Two snapshots need no settings.
        (Side::Directory(earlier), Side::Directory(later)) => {
            (of_directory(&earlier)?, of_directory(&later)?, None)
        }
        (Side::Org(earlier), Side::Org(later)) => {
            let config = config()?;
            let (earlier, later) = of_orgs(&config, &earlier, &later)?;
            (earlier, later, Some(config))
        }
        (Side::Org(org), Side::Directory(later)) => {
            let config = config()?;
            let later = of_directory(&later)?;
            (of_org(&config, &org, &later)?, later, Some(config))
        }
        (Side::Directory(earlier), Side::Org(org)) => {
            let config = config()?;
            let earlier = of_directory(&earlier)?;
            let later = of_org(&config, &org, &earlier)?;
            (earlier, later, Some(config))
        }
    };
    let (is_strict, check) = match config {
        Some(config) => (config.generate.strict_option_sets, config.check),
        None => (false, Check::default()),
    };
    let findings = drift(&earlier, &later, is_strict);
    say_findings(out, &findings, &Locations::default(), format, "")?;
    Ok(exit(&check, &findings))
}

fn of_directory(directory: &Path) -> Result<Snapshot, Failure> {
    snapshot(
        directory,
        "write a directory that `cargo dataverse pull` has written, or the address of an org, such as https://contoso.crm4.dynamics.com",
    )
}

/// Reads the tables of a snapshot from an org. Those that the org does not have are left out.
fn of_org(config: &Config, org: &str, other: &Snapshot) -> Result<Snapshot, Failure> {
    let selection = Selection { tables: other.tables.keys().cloned().collect(), ..Selection::default() };
    let client = client(org, config.org.token)?;
    run(async {
        let reading = Reading::start();
        let names = selection.resolve(&client).await?.names;
        read(&client, &names, &reading).await
    })
}

/// Reads the selected tables from both orgs. What neither has is an error.
fn of_orgs(config: &Config, earlier: &str, later: &str) -> Result<(Snapshot, Snapshot), Failure> {
    if config.org.token == Token::Environment && earlier != later {
        let problem = "the token of DATAVERSE_TOKEN is for one org, and `diff` reads two";
        return Err(Failure::new(USAGE, problem)
            .advice("write `token = \"az\"` in `[org]`, or compare with a snapshot of one of them"));
    }
    let clients = (client(earlier, config.org.token)?, client(later, config.org.token)?);
    let selection = config.selection();
    run(async {
        let reading = Reading::start();
        let (before, after) = (selection.resolve(&clients.0).await?, selection.resolve(&clients.1).await?);
        let is_missing = |pattern: &String| before.missing.iter().any(|(each, _)| each == pattern);
        let nowhere: Option<PullError> =
            after.missing.into_iter().find(|(pattern, _)| is_missing(pattern)).map(|(_, error)| error);
        if let Some(error) = nowhere {
            return Err(error.into());
        }
        Ok((
            read(&clients.0, &before.names, &reading).await?,
            read(&clients.1, &after.names, &reading).await?,
        ))
    })
}
