//! The tables that the code wants: those of a snapshot, or of structs.

use std::path::Path;

use clap::ArgMatches;
use dataverse_definitions::Table;

use super::failure::{Failure, USAGE};
use crate::config::Config;
use crate::snapshot::Snapshot;

pub(super) fn tables(config: &Config, matches: &ArgMatches) -> Result<Vec<Table>, Failure> {
    let _ = config;
    match matches.get_one::<String>("from") {
        Some(directory) => of_snapshot(Path::new(directory)),
        None => Err(Failure::new(USAGE, "name the tables: `--from DIR` for those of a snapshot")),
    }
}

fn of_snapshot(directory: &Path) -> Result<Vec<Table>, Failure> {
    let snapshot = Snapshot::read(directory).map_err(|error| Failure::of(USAGE, &error))?;
    match snapshot.tables.is_empty() {
        true => Err(Failure::new(USAGE, format!("{} has no snapshot", directory.display()))),
        false => Ok(snapshot.tables.into_values().collect()),
    }
}
