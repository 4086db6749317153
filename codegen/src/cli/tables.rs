//! The tables of the settings, from an org or from a `$metadata` document.

use std::fs;

use dataverse_definitions::read;

use super::cache::{read_all, read_changed};
use super::failure::{Failure, USAGE};
use super::org::{client, client_of, organization, run, unless_gone};
use super::output::Reading;
use crate::config::{Config, Token};
use crate::pull::{PullError, Selection, metadata};
use crate::snapshot::Snapshot;

/// Reads every selected table. `document` is a `$metadata` document that takes the place of the org.
pub(super) fn all(config: &Config, document: Option<&str>) -> Result<Snapshot, Failure> {
    match document.or(config.org.metadata.as_deref()) {
        Some(document) => of_document(document, config.org.token, &config.selection(), None),
        None => {
            let client = client_of(&config.org)?;
            run(read_all(&client, &config.selection(), None, &Reading::start()))
        }
    }
}

/// Reads the selected tables that have changed since the last time, and takes the others from the last time. A table that
/// `earlier` has and the org does not is left out.
pub(super) fn changed(config: &Config, earlier: &Snapshot) -> Result<Snapshot, Failure> {
    match &config.org.metadata {
        Some(document) => of_document(document, config.org.token, &config.selection(), Some(earlier)),
        None => {
            let client = client_of(&config.org)?;
            run(read_changed(&client, &config.selection(), earlier, &Reading::start()))
        }
    }
}

fn of_document(
    document: &str,
    token: Token,
    selection: &Selection,
    earlier: Option<&Snapshot>,
) -> Result<Snapshot, Failure> {
    if !selection.solutions.is_empty() {
        return Err(Failure::new(
            USAGE,
            "a `$metadata` document does not know solutions, which `solutions` names",
        )
        .advice("name the tables in `tables`, or read the definitions from the org"));
    }
    let is_url = ["https://", "http://"].iter().any(|scheme| document.starts_with(scheme));
    let tables = match is_url {
        true => {
            let root = document.trim_end_matches("$metadata");
            let client = client(organization(root)?.root_url(), token)?;
            run(async { Ok(metadata(&client).await?) })?
        }
        false => {
            let text = fs::read_to_string(document)
                .map_err(|error| Failure::new(USAGE, format!("{document}: {error}")))?;
            read(&[&text]).map_err(|error| {
                Failure::new(USAGE, format!("{document}: {error}")).advice(
                    "save what the org answers to GET …/api/data/v9.2/$metadata, with `Accept: application/xml`",
                )
            })?
        }
    };
    let (tables, missing) = selection.of_tables(tables)?;
    unless_gone(missing, earlier).map_err(|error: PullError| Failure::from(error))?;
    Ok(Snapshot::new(tables))
}
