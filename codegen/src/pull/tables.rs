//! The definitions of many tables.

use dataverse_definitions::Table;
use dataverse_entity::client::Client;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::{PullError, table};

/// The number of tables that are read at once. Dataverse answers at most 52 requests of a user at once, and definitions are
/// slow to read.
const CONCURRENCY: usize = 4;

/// How far a pull has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress<'t> {
    /// The number of tables that are read, this one included.
    pub done: usize,
    /// The number of tables to read.
    pub total: usize,
    /// The table that is read, by logical name.
    pub table: &'t str,
}

/// Reads the definitions of these tables, four at a time, and calls `progress` after each. The tables have the order of
/// their names in `names`.
///
/// ```no_run
/// # async fn run(client: dataverse_entity::client::Client) -> Result<(), dataverse_codegen::PullError> {
/// let names = ["account".to_owned(), "contact".to_owned()];
/// let tables = dataverse_codegen::tables(&client, &names, |progress| println!("{}", progress.table)).await?;
/// assert_eq!(tables[0].logical_name, "account");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Returns the first error: the org refuses or does not have a table, or its answer is no definition.
pub async fn tables(
    client: &Client,
    names: &[String],
    mut progress: impl FnMut(Progress<'_>),
) -> Result<Vec<Table>, PullError> {
    let mut done = 0;
    let mut read: Vec<(usize, Table)> = stream::iter(names.iter().enumerate())
        .map(|(index, name)| async move { Ok::<_, PullError>((index, table(client, name).await?)) })
        .buffer_unordered(CONCURRENCY)
        .inspect_ok(|(_, table)| {
            done += 1;
            progress(Progress { done, total: names.len(), table: &table.logical_name });
        })
        .try_collect()
        .await?;
    read.sort_by_key(|(index, _)| *index);
    Ok(read.into_iter().map(|(_, table)| table).collect())
}
