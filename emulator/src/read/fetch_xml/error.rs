//! Refusals of FetchXML: Dataverse's codes, and its words where they are known.

use roxmltree::Node;

use crate::error::Refusal;
use crate::schema::Table;

/// Maximum number of characters of an element that a message quotes.
const MAX_QUOTED: usize = 200;

pub(super) fn refused(code: &'static str, message: impl Into<String>) -> Refusal {
    Refusal::new(http::StatusCode::BAD_REQUEST, code, message)
}

pub(super) fn invalid(problem: &str) -> Refusal {
    refused("0x80041129", format!("Invalid FetchXML: {problem}."))
}

pub(super) fn invalid_xml(problem: &str) -> Refusal {
    refused("0x80040201", format!("Invalid XML. {problem}"))
}

pub(super) fn no_entity(name: &str) -> Refusal {
    let message = format!(
        "The entity with a name = '{name}' with namemapping = 'Logical' was not found in the MetadataCache."
    );
    refused("0x80041102", message)
}

pub(super) fn no_attribute(name: &str, table: &Table) -> Refusal {
    let message = format!(
        "'{}' entity doesn't contain attribute with Name = '{name}' and NameMapping = 'Logical'.",
        table.logical_name
    );
    refused("0x80041103", message)
}

pub(super) fn invalid_node(node: &Node<'_, '_>) -> Refusal {
    let xml: String = node.document().input_text()[node.range()].chars().take(MAX_QUOTED).collect();
    let message = format!(
        "Invalid Child Node, valid nodes are filter, order, link-entity, attribute, all-attributes, no-attrs. NodeName = {} \
         NodeXml = {xml}",
        node.tag_name().name()
    );
    refused("0x8004111c", message)
}

pub(super) fn invalid_alias(alias: &str) -> Refusal {
    let message = format!(
        "Invalid character specified for alias: {alias}. Only characters within the ranges [A-Z], [a-z] or [0-9] or _ are \
         allowed.  The first character may only be in the ranges [A-Z], [a-z] or _."
    );
    refused("0x80041109", message)
}
