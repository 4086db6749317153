//! What an org has now.

use std::collections::{BTreeMap, BTreeSet};

use dataverse_definitions::{OptionSet, Table};
use dataverse_entity::client::Client;

use super::Plan;
use crate::pull::{PullError, get, list, literal, tables};

/// What an org has of the wanted tables, and what they need.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Present {
    /// The logical names of all tables.
    pub names: BTreeSet<String>,
    /// The wanted tables that the org has, by logical name.
    pub tables: BTreeMap<String, Table>,
    /// The global option sets that the wanted tables use and the org has, by name.
    pub option_sets: BTreeMap<String, OptionSet>,
}

impl Present {
    /// Reads what an org has of these tables.
    ///
    /// ```
    /// use dataverse_codegen::{Present, PullError, Snapshot};
    ///
    /// # async fn run(client: dataverse_entity::client::Client, snapshot: Snapshot) -> Result<(), PullError> {
    /// let wanted: Vec<_> = snapshot.tables.into_values().collect();
    /// let present = Present::read(&client, &wanted).await?;
    /// println!("the org has {} of {} tables", present.tables.len(), wanted.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the org refuses or does not answer, or if its answer is no definition.
    pub async fn read(client: &Client, wanted: &[Table]) -> Result<Self, PullError> {
        let names = list(client).await?.into_iter().map(|table| table.logical_name).collect();
        let mut present = Self { names, ..Self::default() };
        let there: BTreeSet<&String> = wanted
            .iter()
            .map(|table| &table.logical_name)
            .filter(|name| present.names.contains(*name))
            .collect();
        let there: Vec<String> = there.into_iter().cloned().collect();
        let read = tables(client, &there, |_| {}).await?;
        present.tables = read.into_iter().map(|table| (table.logical_name.clone(), table)).collect();
        let sets = wanted.iter().flat_map(|table| &table.attributes);
        for set in sets.filter_map(|column| column.global_option_set_name()) {
            if !present.option_sets.contains_key(set)
                && let Some(found) = option_set(client, set).await?
            {
                present.option_sets.insert(set.to_owned(), found);
            }
        }
        Ok(present)
    }

    /// Reads the definitions that steps replace, and puts their members into the bodies: Dataverse replaces a definition as
    /// a whole. [`apply`](crate::apply()) has an example.
    ///
    /// # Errors
    ///
    /// Returns an error if the org refuses or does not answer.
    pub async fn complete(client: &Client, plan: &mut Plan) -> Result<(), PullError> {
        for step in &mut plan.steps {
            if let Some(path) = step.base.clone() {
                let what = format!("the definition at `{path}`");
                let text = get(client, &what, path).await?;
                step.complete(serde_json::from_str(&text).map_err(|error| unreadable(&what, &error))?);
            }
        }
        Ok(())
    }
}

async fn option_set(client: &Client, name: &str) -> Result<Option<OptionSet>, PullError> {
    let path = format!("GlobalOptionSetDefinitions(Name={})", literal(name));
    let what = format!("the global option set `{name}`");
    match get(client, &what, path).await {
        Ok(text) => serde_json::from_str(&text).map(Some).map_err(|error| unreadable(&what, &error)),
        Err(PullError::Org { error, .. }) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

fn unreadable(what: &str, error: &serde_json::Error) -> PullError {
    PullError::Answer { what: what.to_owned(), problem: error.to_string() }
}
