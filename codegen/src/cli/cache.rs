//! What the org answered last, in a file that is not committed: if nothing has changed since, one request tells so.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dataverse_definitions::Table;
use dataverse_entity::client::Client;
use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::org::{names, read};
use super::output::Reading;
use crate::pull::{Selection, changes};
use crate::snapshot::{Snapshot, SnapshotError, replace_all};

/// The directory of the file, below the current one.
const DIRECTORY: &str = ".dataverse";
const FILE: &str = "last-answer.json";

/// The tables of an org at the time of a stamp.
#[derive(Serialize, Deserialize)]
struct Cache {
    /// The version of this program: another one may ask for other members.
    version: String,
    org: String,
    selection: Selection,
    stamp: String,
    tables: Vec<Table>,
}

/// Reads the selected tables of an org, and remembers them.
pub(super) async fn read_all(
    client: &Client,
    selection: &Selection,
    earlier: Option<&Snapshot>,
    reading: &Reading,
) -> Result<Snapshot, Failure> {
    // Before the tables: what changes while they are read is read again next time.
    let stamp = changes::stamp(client).await?;
    let names = names(client, selection, earlier).await?;
    let snapshot = read(client, &names, reading).await?;
    match stamp {
        Some(stamp) => store(client, selection, &stamp, &snapshot, reading),
        None => reading.note("the org does not tell what has changed, so each `check` reads every table"),
    }
    Ok(snapshot)
}

/// Reads those of the selected tables that have changed since the last time. The others are as they were.
pub(super) async fn read_changed(
    client: &Client,
    selection: &Selection,
    earlier: &Snapshot,
    reading: &Reading,
) -> Result<Snapshot, Failure> {
    let Some(cache) = load(client, selection) else {
        return read_all(client, selection, Some(earlier), reading).await;
    };
    let Some(changes) = changes::since(client, &cache.stamp).await? else {
        return read_all(client, selection, Some(earlier), reading).await;
    };
    let mut known = Snapshot::new(cache.tables);
    let stale = stale(&known, &changes);
    let is_new = |name: &String| !known.tables.contains_key(name) && selection.has_name(name);
    let may_select_others = !selection.solutions.is_empty()
        || !stale.is_empty()
        || changes.tables.iter().any(is_new)
        || selection.neighbors_of.iter().any(|root| changes.tables.contains(root));
    if may_select_others {
        let names = names(client, selection, Some(earlier)).await?;
        known.tables.retain(|name, _| names.contains(name) && !stale.contains(name));
        let unknown: Vec<String> =
            names.into_iter().filter(|name| !known.tables.contains_key(name)).collect();
        known.tables.extend(read(client, &unknown, reading).await?.tables);
    }
    store(client, selection, &changes.stamp, &known, reading);
    Ok(known)
}

/// The known tables of which something has changed or was deleted.
fn stale(known: &Snapshot, changes: &changes::Changes) -> BTreeSet<String> {
    let has_deleted = |table: &Table| {
        // A text holds the id of everything in the table, whatever it is.
        let text = serde_json::to_string(table).unwrap_or_default().to_lowercase();
        changes.deleted.iter().any(|id| text.contains(id.as_str()))
    };
    let is_stale = |name: &String, table: &Table| {
        changes.tables.contains(name) || (!changes.deleted.is_empty() && has_deleted(table))
    };
    let stale = known.tables.iter().filter(|(name, table)| is_stale(name, table));
    stale.map(|(name, _)| name.clone()).collect()
}

/// The last answer, if it is one to the same question. A file that cannot be read is as good as none.
fn load(client: &Client, selection: &Selection) -> Option<Cache> {
    let text = fs::read_to_string(Path::new(DIRECTORY).join(FILE)).ok()?;
    let cache: Cache = serde_json::from_str(&text).ok()?;
    let is_same = cache.version == env!("CARGO_PKG_VERSION")
        && cache.org == client.organization().root_url()
        && cache.selection == *selection;
    is_same.then_some(cache)
}

fn store(client: &Client, selection: &Selection, stamp: &str, snapshot: &Snapshot, reading: &Reading) {
    let cache = Cache {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        org: client.organization().root_url().to_owned(),
        selection: selection.clone(),
        stamp: stamp.to_owned(),
        tables: snapshot.tables.values().cloned().collect(),
    };
    let directory = Path::new(DIRECTORY);
    let stored = serde_json::to_string(&cache)
        .map_err(|error| SnapshotError::new(&directory.join(FILE), error))
        .and_then(|text| {
            // Git does not see the directory.
            let files = [(directory.join(".gitignore"), "*\n".to_owned()), (directory.join(FILE), text)];
            replace_all(directory, &files)
        });
    if let Err(error) = stored {
        reading
            .note(format!("the next `check` reads every table, because the answer cannot be kept: {error}"));
    }
}
