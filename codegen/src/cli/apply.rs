//! `apply`: sends the requests of a plan.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::ArgMatches;

use super::failure::{Failure, ORG, USAGE};
use super::output::say;
use super::plan::{make, root, settings};
use super::sending::Sending;
use super::{org, source};
use crate::apply::{ApplyError, ApplyProgress, ApplySettings, apply as send};
use crate::config::Config;
use crate::counted::counted;

pub(super) fn apply(config: &Config, matches: &ArgMatches, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let wanted = source::tables(config, matches)?;
    let client = org::client_of(&config.org)?;
    let runtime = org::runtime()?;
    let mut settings = settings(config, matches);
    let mut plan = runtime.block_on(make(&client, &wanted, &mut settings))?;
    if matches.get_flag("publish") {
        plan.publish(&wanted);
    }
    say(out, plan.text(&root(&client)))?;
    if plan.steps.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    if !matches.get_flag("yes") && !agrees(&config.org.url)? {
        say(out, "nothing was sent\n")?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut limits = ApplySettings::default();
    if let Some(seconds) = matches.get_one::<u64>("time-limit") {
        limits.time_limit = Duration::from_secs(*seconds);
    }
    let sending = Sending::start();
    let mut tell = |progress: ApplyProgress<'_>| sending.tell(progress);
    let sent = send(&client, &wanted, &plan, &settings, &limits, &mut tell);
    let result = runtime.block_on(sent);
    drop(sending);
    let count = result.map_err(|error| {
        let code = if matches!(error, ApplyError::Plan(_)) { USAGE } else { ORG };
        Failure::of(code, &error)
    })?;
    say(out, format!("done: the org has carried out {}\n", counted(count, "request")))?;
    Ok(ExitCode::SUCCESS)
}

/// Asks whoever sits at the terminal.
fn agrees(url: &str) -> Result<bool, Failure> {
    if !std::io::stdin().is_terminal() {
        let problem = "nobody can be asked, because the input is no terminal";
        return Err(Failure::new(USAGE, problem).advice("`--yes` sends the requests without a question"));
    }
    eprint!("Send these requests to {url}? [y/N] ");
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(|error| Failure::new(USAGE, error))?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
