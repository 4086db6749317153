//! The `$metadata` document of an org.

use dataverse_definitions::{Table, read};
use dataverse_entity::client::Client;

use super::PullError;
use super::request::get_xml;

/// Reads all tables of an org with one request, from its `$metadata` document. It says less than `EntityDefinitions`: not what
/// is valid for a create or an update, no lengths, ranges and option sets, and no required levels.
///
/// ```no_run
/// # async fn run(client: dataverse_entity::client::Client) -> Result<(), dataverse_codegen::PullError> {
/// let tables = dataverse_codegen::metadata(&client).await?;
/// assert!(tables.iter().any(|table| table.logical_name == "account"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Returns an error if the org refuses, or if its answer is no `$metadata` document.
pub async fn metadata(client: &Client) -> Result<Vec<Table>, PullError> {
    let what = "the `$metadata` document";
    let text = get_xml(client, what, "$metadata".to_owned()).await?;
    read(&[&text]).map_err(|error| PullError::answer(what, error))
}
