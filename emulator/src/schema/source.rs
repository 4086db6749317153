//! Definitions from the answers of a Web API.

use super::csdl;
use super::problem::{DefinitionError, DefinitionWarning};
use crate::excerpt::excerpt;
use crate::json::{Json, object};

/// The definitions of one text, and the warnings about it.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(super) definitions: Vec<Json>,
    pub(super) warnings: Vec<DefinitionWarning>,
}

impl From<Vec<Json>> for Source {
    fn from(definitions: Vec<Json>) -> Self {
        Self { definitions, warnings: Vec::new() }
    }
}

/// Returns the definitions of several texts.
pub(crate) fn read_all(texts: &[&str]) -> Result<Vec<Json>, DefinitionError> {
    let mut all = Vec::new();
    for text in texts {
        all.extend(read(text)?.definitions);
    }
    Ok(all)
}

/// Reads a text. It is one of these: a `$metadata` document; an answer of `EntityDefinitions` or
/// `RetrieveMetadataChanges`; one definition or a list of definitions; the attributes of one table, which
/// `EntityDefinitions(LogicalName='…')/Attributes/Microsoft.Dynamics.CRM.…` returns.
pub(crate) fn read(text: &str) -> Result<Source, DefinitionError> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') {
        let start = text.get(..14).unwrap_or_default().to_ascii_lowercase();
        if start.starts_with("<html") || start.starts_with("<!doctype html") {
            let problem =
                "the text is an HTML page, such as one for signing in, and not the answer of a Web API";
            return Err(DefinitionError::new(problem));
        }
        return csdl::read(text);
    }
    let mut members = match Json::parse(text).map_err(|problem| no_json(text, &problem))? {
        Json::Object(members) => members,
        Json::Array(elements) => return some(elements),
        _ => {
            return Err(DefinitionError::new("the text is neither a JSON object nor a `$metadata` document"));
        }
    };
    if let Some((_, error)) = members.iter().find(|(name, _)| name == "error") {
        let message = error.text("message").unwrap_or_default();
        return Err(DefinitionError::new(format!("the text is an error of a Web API: {message}")));
    }
    let context = members.iter().find(|(name, _)| name == "@odata.context");
    let context = context.and_then(|(_, context)| context.as_str()).map(str::to_owned);
    let list = members.iter().position(|(name, _)| name == "value" || name == "EntityMetadata");
    let elements = match list.map(|index| members.swap_remove(index).1) {
        Some(Json::Array(elements)) => elements,
        _ => return Ok(vec![Json::Object(members)].into()),
    };
    match context.as_deref().and_then(table_of_attributes) {
        Some(table) => {
            let attributes = Json::Array(elements);
            Ok(vec![object([("LogicalName", table.into()), ("Attributes", attributes)])].into())
        }
        None => some(elements),
    }
}

/// Returns the definitions of a list. Refuses an empty list.
fn some(definitions: Vec<Json>) -> Result<Source, DefinitionError> {
    if definitions.is_empty() {
        return Err(DefinitionError::new("the text has no definitions: its list is empty"));
    }
    Ok(definitions.into())
}

/// Returns the error of a text that is not JSON. It has a hint if the text is the name of a file.
fn no_json(text: &str, problem: &str) -> DefinitionError {
    let names_a_file = !text.contains(['{', '[', '\n'])
        && [".json", ".xml"].iter().any(|end| text.trim_end().ends_with(end));
    DefinitionError::new(match names_a_file {
        true => format!(
            "`{}` is the name of a file: `EmulatorBuilder::definitions_file` reads it",
            excerpt(text.trim_end())
        ),
        false if text.is_empty() => "the text is empty".to_owned(),
        false => format!("the text is not JSON: {problem}"),
    })
}

/// Returns the table in the context of a list of attributes:
/// `…$metadata#EntityDefinitions('account')/Attributes/…`.
fn table_of_attributes(context: &str) -> Option<&str> {
    let (_, rest) = context.split_once("#EntityDefinitions('")?;
    let (table, rest) = rest.split_once("')")?;
    rest.starts_with("/Attributes").then_some(table)
}
