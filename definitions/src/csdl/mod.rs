//! Definitions from a `$metadata` document, which knows less than `EntityDefinitions`.

mod document;
mod relationships;
mod tables;

use crate::{ReadError, Table};
use document::Document;

/// Reads the tables of a document: the entity sets whose types derive from `crmbaseentity`.
pub(crate) fn read(text: &str) -> Result<Vec<Table>, ReadError> {
    let document = Document::read(text)?;
    let types = document.tables();
    if types.is_empty() {
        return Err(ReadError::new(
            "the `$metadata` document has no entity set whose type derives from `crmbaseentity`: it is not from a Dataverse org",
        ));
    }
    tables::definitions(&types)
}
