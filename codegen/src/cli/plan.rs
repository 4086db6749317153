//! `plan`: the requests that make the org have the tables of the code.

use std::io::Write;
use std::process::ExitCode;

use clap::ArgMatches;
use dataverse_definitions::Table;
use dataverse_entity::client::Client;

use super::failure::{Failure, USAGE};
use super::output::say;
use super::{org, source};
use crate::config::Config;
use crate::plan::{Plan, PlanSettings, Present, plan as compare};

pub(super) fn plan(config: &Config, matches: &ArgMatches, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let wanted = source::tables(config, matches)?;
    let client = org::client_of(&config.org)?;
    let mut settings = settings(config, matches);
    let plan = org::runtime()?.block_on(make(&client, &wanted, &mut settings))?;
    let root = root(&client);
    match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => say(out, plan.json(&root))?,
        _ => say(out, plan.text(&root))?,
    }
    let is_failure = matches.get_flag("check") && !plan.steps.is_empty();
    Ok(if is_failure { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The path of the Web API, such as `/api/data/v9.2/`.
pub(super) fn root(client: &Client) -> String {
    let org = client.organization();
    org.root_url().strip_prefix(org.origin()).unwrap_or_else(|| org.root_url()).to_owned()
}

pub(super) fn settings(config: &Config, matches: &ArgMatches) -> PlanSettings {
    PlanSettings {
        solution: config.apply.solution.clone(),
        prefix: config.apply.prefix.clone(),
        language: config.generate.languages().first().copied(),
        allow_destructive: matches.get_flag("allow-destructive"),
    }
}

/// Reads what the org has, and compares. Completes the settings.
pub(super) async fn make(
    client: &Client,
    wanted: &[Table],
    settings: &mut PlanSettings,
) -> Result<Plan, Failure> {
    settings.complete(client).await?;
    let present = Present::read(client, wanted).await?;
    let mut plan = compare(wanted, &present, settings).map_err(|error| Failure::of(USAGE, &error))?;
    Present::complete(client, &mut plan).await?;
    Ok(plan)
}
