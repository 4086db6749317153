//! `generate`: from the snapshot to the code.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::failure::{Failure, USAGE};
use super::output::say;
use crate::config::Config;
use crate::generate::{MANIFEST, features, generate};
use crate::snapshot::{Snapshot, replace_all};

pub(super) fn snapshot(config: &Config) -> Result<Snapshot, Failure> {
    let snapshot = Snapshot::read(&config.snapshot).map_err(|error| Failure::of(USAGE, &error))?;
    match snapshot.tables.is_empty() {
        true => Err(Failure::new(USAGE, format!("{} has no snapshot", config.snapshot.display()))
            .advice("run `cargo dataverse pull`")),
        false => Ok(snapshot),
    }
}

pub(super) fn files(config: &Config, snapshot: &mut Snapshot) -> Result<BTreeMap<String, String>, Failure> {
    generate(snapshot, &config.generate).map_err(|error| Failure::of(USAGE, &error))
}

pub(super) fn write(config: &Config, is_check: bool, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let mut snapshot = snapshot(config)?;
    let locked = (snapshot.names.clone(), snapshot.option_sets.clone());
    let files = files(config, &mut snapshot)?;
    let stale = stale(config, &files);
    if is_check {
        for path in &stale {
            say(out, format!("{} is not what `cargo dataverse generate` writes\n", path.display()))?;
        }
        let has_names = locked == (snapshot.names, snapshot.option_sets);
        if !has_names {
            say(out, format!("{} does not have the names that the code uses\n", config.snapshot.display()))?;
        }
        let is_clean = stale.is_empty() && has_names;
        if !is_clean {
            say(out, "run `cargo dataverse generate`, and commit what it writes\n")?;
        }
        return Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let taken = files
        .keys()
        .map(|name| config.output.join(name))
        .find(|path| path.exists() && !is_generated(path) && !is_users(path));
    if let Some(path) = taken {
        let problem =
            format!("{} is in the way: `cargo dataverse generate` did not write it", path.display());
        return Err(Failure::new(USAGE, problem)
            .advice("move it to another directory or name, or set `output` to a directory of its own"));
    }
    let problem = |error: &dyn std::error::Error| Failure::of(USAGE, error);
    let texts: Vec<(PathBuf, String)> = files
        .iter()
        .map(|(name, text)| (config.output.join(name), text.clone()))
        .filter(|(path, _)| !is_users(path))
        .collect();
    replace_all(&config.output, &texts).map_err(|error| problem(&error))?;
    // Files of tables that are gone; those that others wrote stay.
    for path in stale.iter().filter(|path| is_generated(path)) {
        let is_current = files.keys().any(|name| config.output.join(name) == **path);
        if !is_current {
            std::fs::remove_file(path)
                .map_err(|error| Failure::new(USAGE, format!("{}: {error}", path.display())))?;
        }
    }
    snapshot.write(&config.snapshot).map_err(|error| problem(&error))?;
    say(out, format!("{} files in {}\n", files.len(), config.output.display()))?;
    let features = features(&snapshot, &config.generate);
    if !features.is_empty() {
        let features: Vec<&str> = features.into_iter().collect();
        say(out, format!("dataverse-entity needs these features for them: {}\n", features.join(", ")))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The files that differ from what is generated, are missing, or belong to tables that are gone.
fn stale(config: &Config, files: &BTreeMap<String, String>) -> Vec<PathBuf> {
    let differs = |(name, text): (&String, &String)| {
        let path = config.output.join(name);
        if is_users(&path) {
            return None;
        }
        (std::fs::read_to_string(&path).ok().as_ref() != Some(text)).then_some(path)
    };
    let mut stale: Vec<PathBuf> = files.iter().filter_map(differs).collect();
    // Those of a crate are in `src`.
    let directories = files.keys().filter_map(|name| Some(config.output.join(name).parent()?.to_owned()));
    let directories: BTreeSet<PathBuf> = directories.collect();
    let entries = directories.iter().flat_map(|directory| std::fs::read_dir(directory).into_iter().flatten());
    stale.extend(entries.flatten().map(|entry| entry.path()).filter(|path| {
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        is_rust && !files.keys().any(|name| config.output.join(name) == *path) && is_generated(path)
    }));
    stale
}

/// Whether the file is a manifest. It is written once, and then belongs to the user.
fn is_users(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == MANIFEST) && path.exists()
}

fn is_generated(path: &Path) -> bool {
    std::fs::read_to_string(path)
        .is_ok_and(|text| text.starts_with("// Generated by `cargo dataverse generate`."))
}
