//! What Dataverse gives new definitions: the columns of every table, and the values of properties that a body
//! does not set.

use std::sync::LazyLock;

use crate::error::{Refusal, Result};
use crate::json::Json;

const TEXT: &str = include_str!("../../data/new_table.json");

/// The names of a table, which the templates contain.
pub(super) struct Names<'n> {
    pub(super) schema: &'n str,
    pub(super) logical: &'n str,
    pub(super) label: &'n str,
    /// The plural of the schema name.
    pub(super) plural: &'n str,
}

/// The parts of the file.
static PARTS: LazyLock<Option<Json>> = LazyLock::new(|| Json::parse(TEXT).ok());

/// Returns a part without names of a table.
pub(super) fn part(name: &str) -> Result<&'static Json> {
    let part = PARTS.as_ref().and_then(|parts| parts.get(name));
    part.ok_or_else(|| Refusal::internal(format!("no template '{name}'")))
}

/// Returns a part with the names of a table.
pub(super) fn part_for(name: &str, names: &Names<'_>) -> Result<Json> {
    Ok(filled(part(name)?, names))
}

fn filled(json: &Json, names: &Names<'_>) -> Json {
    match json {
        Json::Text(text) if text.contains('{') => Json::Text(
            text.replace("{schema}", names.schema)
                .replace("{logical}", names.logical)
                .replace("{Collection}", names.plural)
                .replace("{collection}", &names.plural.to_ascii_lowercase())
                .replace("{label}", names.label),
        ),
        Json::Array(elements) => Json::Array(elements.iter().map(|each| filled(each, names)).collect()),
        Json::Object(members) => {
            Json::Object(members.iter().map(|(name, each)| (name.clone(), filled(each, names))).collect())
        }
        other => other.clone(),
    }
}
