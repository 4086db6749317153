//! Definitions from the answers of a Web API, and from structs.

use std::collections::BTreeMap;

use dataverse_definitions::Table as Definition;
use dataverse_entity::metadata::EntityMetadata;

use super::problem::{DefinitionError, DefinitionWarning};

/// What the emulator assumes of every table that only `$metadata` describes.
const ASSUMED: &str = "`$metadata` has no lengths, ranges, options, required columns, validity or cascades. The emulator assumes \
    texts of any length and numbers of any size; any integer for choices, which are integers; states 0 and 1 with the statuses 1 \
    and 2, and any other; columns that can be created and updated, except the key, columns that Dataverse sets itself, images and files; \
    lookups that a deletion clears; and a primary name by its name (`name`, `prefix_name`, `fullname`, `title`, `subject`). Add the \
    answer of `RetrieveMetadataChanges` for the tables whose rules matter";

/// The definitions of one text, and the warnings about it.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(super) definitions: Vec<Definition>,
    pub(super) warnings: Vec<DefinitionWarning>,
}

/// Reads a text: a `$metadata` document, or an answer with definitions in JSON.
pub(crate) fn read(text: &str) -> Result<Source, DefinitionError> {
    let definitions = dataverse_definitions::parse(text).map_err(|error| {
        let advice = if error.is_file_name() { ": `EmulatorBuilder::definitions_file` reads it" } else { "" };
        DefinitionError::new(format!("{error}{advice}"))
    })?;
    let mut warnings = Vec::new();
    if definitions.iter().any(|each| each.is_of_metadata) {
        warnings.push(DefinitionWarning::of_document(ASSUMED));
    }
    let left_out: BTreeMap<&str, &[String]> = definitions
        .iter()
        .filter(|each| !each.left_out.is_empty())
        .map(|each| (each.logical_name.as_str(), each.left_out.as_slice()))
        .collect();
    warnings.extend(left_out.into_iter().map(|(table, names)| {
        DefinitionWarning::of_table(table, format!("left out of `$metadata`: {}", names.join(", ")))
    }));
    Ok(Source { definitions, warnings })
}

/// Returns the definition that a derived struct declares.
pub(crate) fn of_struct(metadata: &EntityMetadata) -> Result<Source, DefinitionError> {
    let definition = dataverse_definitions::of_struct(metadata);
    let definition = definition.map_err(|error| DefinitionError::new(error.to_string()))?;
    Ok(Source { definitions: vec![definition], warnings: Vec::new() })
}
