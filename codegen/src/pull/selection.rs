//! Which tables are read.

use std::collections::{BTreeMap, BTreeSet};

use dataverse_definitions::{Table, read};
use dataverse_entity::client::Client;
use serde::{Deserialize, Serialize};

use super::PullError;
use super::pattern::matches;
use super::request::{get, literal};
use super::solution::table_ids;

/// A selection of an org's tables.
///
/// ```no_run
/// # async fn run(client: dataverse_entity::client::Client) -> Result<(), dataverse_codegen::PullError> {
/// let mut selection = dataverse_codegen::Selection::default();
/// selection.tables = vec!["account".to_owned(), "new_*".to_owned()];
/// selection.exclude = vec!["new_*_staging".to_owned()];
/// let names = selection.names(&client).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Selection {
    /// Logical names of tables, or patterns, in which `*` is any text.
    pub tables: Vec<String>,
    /// Unique names of solutions: each table of a solution is selected.
    pub solutions: Vec<String>,
    /// Logical names of tables that are selected together with their neighbors: the tables that their lookups point to,
    /// those whose lookups point to them, and those that they share a many-to-many relationship with.
    pub neighbors_of: Vec<String>,
    /// Logical names or patterns of tables that are not selected, whatever the other members say.
    pub exclude: Vec<String>,
}

impl Selection {
    /// Returns the logical names of the selected tables of an org, sorted. It sends one request, two more for each solution,
    /// and one more for each of `neighbors_of`.
    ///
    /// # Errors
    ///
    /// Returns an error if the org refuses, if it does not have a table or a solution, if a pattern matches no table, or if
    /// nothing is left after `exclude`.
    pub async fn names(&self, client: &Client) -> Result<Vec<String>, PullError> {
        let Resolved { names, missing } = self.resolve(client).await?;
        match missing.into_iter().next() {
            Some((_, error)) => Err(error),
            None => Ok(names),
        }
    }

    /// Returns the names that the org has, and what it does not have.
    pub(crate) async fn resolve(&self, client: &Client) -> Result<Resolved, PullError> {
        let all = list(client).await?;
        let known: Vec<&str> = all.iter().map(|table| table.logical_name.as_str()).collect();
        let (mut names, mut missing) = self.by_name(&known);
        let by_id: BTreeMap<String, &str> = all
            .iter()
            .filter_map(|table| Some((table.metadata_id.text()?.to_lowercase(), table.logical_name.as_str())))
            .collect();
        for solution in &self.solutions {
            let ids = table_ids(client, solution).await?;
            names.extend(ids.iter().filter_map(|id| by_id.get(id).map(|name| (*name).to_owned())));
        }
        for root in &self.neighbors_of {
            if !known.contains(&root.as_str()) {
                missing.push((root.clone(), PullError::unknown_table(root, &known)));
                continue;
            }
            let neighbors = neighbors(client, root).await?;
            names.extend(neighbors.into_iter().filter(|name| known.contains(&name.as_str())));
            names.insert(root.clone());
        }
        self.without_excluded(names, missing)
    }

    /// Selects from definitions that are at hand, such as those of a `$metadata` document, by name, pattern and neighbors.
    pub(crate) fn of_tables(&self, tables: Vec<Table>) -> Result<(Vec<Table>, Missing), PullError> {
        let known: Vec<&str> = tables.iter().map(|table| table.logical_name.as_str()).collect();
        let (mut names, mut missing) = self.by_name(&known);
        for root in &self.neighbors_of {
            let Some(table) = tables.iter().find(|table| table.logical_name == *root) else {
                missing.push((root.clone(), PullError::unknown_table(root, &known)));
                continue;
            };
            names.extend(neighbors_in(table).into_iter().filter(|name| known.contains(&name.as_str())));
            names.insert(root.clone());
        }
        let Resolved { names, missing } = self.without_excluded(names, missing)?;
        let is_selected = |table: &Table| names.binary_search(&table.logical_name).is_ok();
        Ok((tables.into_iter().filter(is_selected).collect(), missing))
    }

    /// Returns whether a table is selected by its name.
    pub(crate) fn has_name(&self, name: &str) -> bool {
        self.tables.iter().any(|pattern| matches(pattern, name)) && self.excluding(name).is_none()
    }

    /// Returns the pattern that excludes a table.
    pub(crate) fn excluding(&self, name: &str) -> Option<&str> {
        self.exclude.iter().find(|pattern| matches(pattern, name)).map(String::as_str)
    }

    fn by_name(&self, known: &[&str]) -> (BTreeSet<String>, Missing) {
        let (mut names, mut missing) = (BTreeSet::new(), Vec::new());
        for pattern in &self.tables {
            let mut found = known.iter().filter(|name| matches(pattern, name)).peekable();
            if found.peek().is_none() {
                let error = match pattern.contains('*') {
                    true => PullError::NotFound {
                        what: format!("a table whose name matches `{pattern}`"),
                        advice:
                            "write another pattern; names start with the prefix of a publisher, as in `new_*`"
                                .to_owned(),
                    },
                    false => PullError::unknown_table(pattern, known),
                };
                missing.push((pattern.clone(), error));
            }
            names.extend(found.map(|name| (*name).to_owned()));
        }
        (names, missing)
    }

    fn without_excluded(&self, names: BTreeSet<String>, missing: Missing) -> Result<Resolved, PullError> {
        let names: Vec<String> = names.into_iter().filter(|name| self.excluding(name).is_none()).collect();
        match names.is_empty() && missing.is_empty() {
            true => Err(PullError::NotFound {
                what: "a selected table that `exclude` leaves".to_owned(),
                advice: "remove a pattern from `exclude`".to_owned(),
            }),
            false => Ok(Resolved { names, missing }),
        }
    }
}

/// The names and patterns that select nothing, each with its error.
pub(crate) type Missing = Vec<(String, PullError)>;

/// What a selection selects in an org.
pub(crate) struct Resolved {
    /// The logical names of the tables, sorted.
    pub(crate) names: Vec<String>,
    pub(crate) missing: Missing,
}

/// Reads the logical names and ids of all tables of an org.
pub(crate) async fn list(client: &Client) -> Result<Vec<Table>, PullError> {
    let what = "the list of tables";
    let text = get(client, what, "EntityDefinitions?$select=LogicalName,MetadataId".to_owned()).await?;
    read(&[&text]).map_err(|error| PullError::answer(what, error))
}

async fn neighbors(client: &Client, root: &str) -> Result<BTreeSet<String>, PullError> {
    let what = format!("the table `{root}`");
    let path = format!(
        "EntityDefinitions(LogicalName={})?$select=LogicalName&$expand=\
         ManyToOneRelationships($select=SchemaName,ReferencedEntity),\
         OneToManyRelationships($select=SchemaName,ReferencingEntity),\
         ManyToManyRelationships($select=SchemaName,Entity1LogicalName,Entity2LogicalName)",
        literal(root)
    );
    let text = get(client, &what, path).await?;
    let tables = read(&[&text]).map_err(|error| PullError::answer(&what, error))?;
    Ok(tables.first().map(neighbors_in).unwrap_or_default())
}

fn neighbors_in(table: &Table) -> BTreeSet<String> {
    let to = table.many_to_one_relationships.iter().map(|each| &each.referenced_entity);
    let from = table.one_to_many_relationships.iter().map(|each| &each.referencing_entity);
    let pairs = table.many_to_many_relationships.iter();
    let pairs = pairs.flat_map(|each| [&each.entity1_logical_name, &each.entity2_logical_name]);
    to.chain(from).chain(pairs).filter(|name| !name.is_empty()).cloned().collect()
}
