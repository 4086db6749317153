//! Reads a `$metadata` document.

use std::collections::BTreeMap;

use super::document::Document;
use super::tables;
use crate::schema::problem::{DefinitionError, DefinitionWarning};
use crate::schema::source::Source;

/// The assumptions about every table.
const ASSUMED: &str = "`$metadata` has no lengths, ranges, options, required columns, validity or cascades. The emulator assumes \
    texts of any length and numbers of any size; any integer for choices, which are integers; states 0 and 1 with the statuses 1 \
    and 2, and any other; columns that can be created and updated, except the key, columns that Dataverse sets itself, images and files; \
    lookups that a deletion clears; and a primary name by its name (`name`, `prefix_name`, `fullname`, `title`, `subject`). Add the \
    answer of `RetrieveMetadataChanges` for the tables whose rules matter";

/// Reads a `$metadata` document.
///
/// # Errors
///
/// Returns an error if the text is not XML, or has no entity set of a table.
pub(in crate::schema) fn read(text: &str) -> Result<Source, DefinitionError> {
    let xml = roxmltree::Document::parse(text)
        .map_err(|error| DefinitionError::new(format!("the `$metadata` document is not XML: {error}")))?;
    let root = xml.root_element().tag_name().name();
    if root != "Edmx" {
        return Err(DefinitionError::new(format!(
            "the text is not a `$metadata` document: it starts with `<{root}>` instead of `<edmx:Edmx>`"
        )));
    }
    let document = Document::read(&xml);
    let found = document.tables();
    if found.is_empty() {
        return Err(DefinitionError::new(
            "the `$metadata` document has no entity set whose type derives from `crmbaseentity`: it is not from a Dataverse org",
        ));
    }
    let mut warnings = vec![DefinitionWarning::of_document(ASSUMED)];
    let mut left_out: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let definitions = tables::definitions(&found, &mut left_out)?;
    warnings.extend(left_out.into_iter().map(|(table, names)| {
        DefinitionWarning::of_table(table, format!("left out of `$metadata`: {}", names.join(", ")))
    }));
    Ok(Source { definitions, warnings })
}
