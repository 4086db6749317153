//! `check`: the snapshot and the code against the org.

use std::io::Write;
use std::process::ExitCode;

use clap::ArgMatches;

use super::failure::{Failure, USAGE};
use super::generate::{files, own_snapshot};
use super::org::{client_of, run};
use super::output::{note, say_findings};
use super::{source, tables};
use crate::config::{Check, Config};
use crate::drift::{Finding, drift};
use crate::matching::differences_of;
use crate::plan::Present;
use crate::report::{Format, Locations};
use crate::snapshot::Snapshot;
use crate::structs::named_as_in;

pub(super) fn check(
    config: &Config,
    matches: &ArgMatches,
    format: Format,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    let is_of_structs = matches.contains_id("crate") || matches.contains_id("table");
    let (findings, locations) =
        if is_of_structs { of_structs(config, matches)? } else { of_snapshot(config)? };
    let next = match is_of_structs {
        true => "change the structs, or the org\n",
        false => {
            "run `cargo dataverse pull` and `cargo dataverse generate`, then compile: the errors show what to change\n"
        }
    };
    say_findings(out, &findings, &locations, format, next)?;
    Ok(exit(&config.check, &findings))
}

fn of_snapshot(config: &Config) -> Result<(Vec<Finding>, Locations), Failure> {
    let mut earlier = own_snapshot(config)?;
    let files = files(config, &mut earlier)?;
    let later = tables::changed(config, &earlier)?;
    for name in &later.deselected {
        note(format!(
            "`{name}` was not compared, because the settings no longer select it; `cargo dataverse pull` removes it"
        ));
    }
    let findings = drift(&later.comparable(earlier), &later.snapshot, config.generate.strict_option_sets);
    Ok((findings, Locations::of_files(&config.output, &files)))
}

/// Compares structs that were written by hand.
fn of_structs(config: &Config, matches: &ArgMatches) -> Result<(Vec<Finding>, Locations), Failure> {
    let code = source::code(config, matches)?.ok_or_else(|| {
        Failure::new(USAGE, "no structs are named")
            .advice("write them in `[code]` of dataverse.toml, or name them with `--crate DIRECTORY --table PATH::TYPE`")
    })?;
    let wanted = source::of_structs(&code)?;
    let client = client_of(&config.org)?;
    let present = run(async { Ok(Present::read(&client, &wanted).await?) })?;
    let findings = wanted.into_iter().flat_map(|table| match present.tables.get(&table.logical_name) {
        Some(org) => differences_of(named_as_in(table, org), &Snapshot::new([org.clone()])),
        None => differences_of(table, &Snapshot::default()),
    });
    Ok((findings.collect(), code.locations()))
}

/// Returns the exit code: 1 if a finding has a denied class.
pub(super) fn exit(check: &Check, findings: &[Finding]) -> ExitCode {
    match findings.iter().any(|finding| check.deny.contains(&finding.class)) {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    }
}
