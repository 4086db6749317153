//! The tables of the settings, from an org or from a `$metadata` document.

use std::collections::BTreeSet;
use std::fs;

use dataverse_definitions::{Table, read};
use dataverse_entity::client::Client;

use super::cache::{read_all, read_changed};
use super::failure::{Failure, USAGE};
use super::org::{client, client_of, is_address, organization, run, unless_gone};
use super::output::Reading;
use crate::config::{Config, Token};
use crate::pull::{Selection, list, metadata};
use crate::snapshot::Snapshot;

/// What was read.
pub(super) struct Selected {
    /// The selected tables.
    pub(super) snapshot: Snapshot,
    /// The tables of the earlier snapshot that are still there, but that the settings no longer select.
    pub(super) deselected: BTreeSet<String>,
}

impl Selected {
    /// Removes the deselected tables from the earlier snapshot: nothing is known of them.
    pub(super) fn comparable(&self, mut earlier: Snapshot) -> Snapshot {
        earlier.tables.retain(|name, _| !self.deselected.contains(name));
        earlier
    }
}

/// Reads every selected table. `document` is a `$metadata` document that takes the place of the org.
pub(super) fn all(config: &Config, document: Option<&str>, earlier: &Snapshot) -> Result<Selected, Failure> {
    match document.or(config.org.metadata.as_deref()) {
        Some(document) => of_document(document, config.org.token, &config.selection(), None, earlier),
        None => {
            let client = client_of(&config.org)?;
            run(async {
                let snapshot = read_all(&client, &config.selection(), None, &Reading::start()).await?;
                of_org(&client, snapshot, earlier).await
            })
        }
    }
}

/// Reads the selected tables that have changed since the last time, and takes the others from the last time. A table that
/// `earlier` has and the org does not is left out.
pub(super) fn changed(config: &Config, earlier: &Snapshot) -> Result<Selected, Failure> {
    match &config.org.metadata {
        Some(document) => {
            of_document(document, config.org.token, &config.selection(), Some(earlier), earlier)
        }
        None => {
            let client = client_of(&config.org)?;
            run(async {
                let snapshot = read_changed(&client, &config.selection(), earlier, &Reading::start()).await?;
                of_org(&client, snapshot, earlier).await
            })
        }
    }
}

/// Asks the org which tables of the earlier snapshot are there, if some of them were not read.
async fn of_org(client: &Client, snapshot: Snapshot, earlier: &Snapshot) -> Result<Selected, Failure> {
    let is_complete = earlier.tables.keys().all(|name| snapshot.tables.contains_key(name));
    let known = if is_complete { Vec::new() } else { list(client).await? };
    Ok(selected(snapshot, known.into_iter().map(|table| table.logical_name), earlier))
}

/// `known` are the names of all tables.
fn selected(snapshot: Snapshot, known: impl Iterator<Item = String>, earlier: &Snapshot) -> Selected {
    let is_deselected =
        |name: &String| earlier.tables.contains_key(name) && !snapshot.tables.contains_key(name);
    let deselected = known.filter(is_deselected).collect();
    Selected { snapshot, deselected }
}

fn of_document(
    document: &str,
    token: Token,
    selection: &Selection,
    may_be_gone: Option<&Snapshot>,
    earlier: &Snapshot,
) -> Result<Selected, Failure> {
    if !selection.solutions.is_empty() {
        return Err(Failure::new(
            USAGE,
            "a `$metadata` document does not know solutions, which `solutions` names",
        )
        .advice("name the tables in `tables`, or read the definitions from the org"));
    }
    let tables = match is_address(document) {
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
    let known: Vec<String> = tables.iter().map(|table| table.logical_name.clone()).collect();
    let (tables, missing) = selection.of_tables(tables)?;
    unless_gone(missing, may_be_gone)?;
    refuse_less(&tables, earlier)?;
    Ok(selected(Snapshot::new(tables), known.into_iter(), earlier))
}

/// Refuses tables of a document if the earlier snapshot has their definitions: what the document lacks would seem to be gone.
fn refuse_less(tables: &[Table], earlier: &Snapshot) -> Result<(), Failure> {
    let is_defined =
        |table: &&Table| earlier.tables.get(&table.logical_name).is_some_and(|table| !table.is_of_metadata);
    match tables.iter().find(is_defined) {
        Some(table) => Err(Failure::new(
            USAGE,
            format!("the snapshot has the definition of `{}`, of which a `$metadata` document is only a part", table.logical_name),
        )
        .advice("read the definitions from the org (without `metadata`), or give the document a snapshot of its own: `snapshot` in dataverse.toml")),
        None => Ok(()),
    }
}
