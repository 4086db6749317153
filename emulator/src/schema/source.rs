//! Definitions from the answers of a Web API.

use super::csdl;
use super::problem::{DefinitionError, DefinitionWarning};
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

/// The definitions of several texts.
pub(crate) fn read_all(texts: &[&str]) -> Result<Vec<Json>, DefinitionError> {
    let mut all = Vec::new();
    for text in texts {
        all.extend(read(text)?.definitions);
    }
    Ok(all)
}

/// Reads a text: a `$metadata` document; what `EntityDefinitions` or `RetrieveMetadataChanges` answers, or one definition; or
/// the attributes of one table, as `EntityDefinitions(LogicalName='…')/Attributes/Microsoft.Dynamics.CRM.…` answers them.
pub(crate) fn read(text: &str) -> Result<Source, DefinitionError> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') {
        return csdl::read(text);
    }
    let Json::Object(members) = Json::parse(text).map_err(DefinitionError::new)? else {
        return Err(DefinitionError::new("the text is no JSON object and no `$metadata` document"));
    };
    let mut members = members;
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
        None => Ok(elements.into()),
    }
}

/// The table in the context of a list of attributes: `…$metadata#EntityDefinitions('account')/Attributes/…`.
fn table_of_attributes(context: &str) -> Option<&str> {
    let (_, rest) = context.split_once("#EntityDefinitions('")?;
    let (table, rest) = rest.split_once("')")?;
    rest.starts_with("/Attributes").then_some(table)
}
