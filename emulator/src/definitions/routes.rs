//! Routes of requests for definitions.

use http::{Method, StatusCode};

use super::items::{global_option_sets, relationships, tables};
use super::path::Walk;
use super::query::{Query, not_supported};
use super::types::known_type;
use super::{changes, csdl};
use crate::error::{Refusal, Result};
use crate::http::{Incoming, Outgoing};
use crate::json::{Json, object};
use crate::session::Session;
use crate::uri::{Options, Segment};

/// The first segments that lead to definitions.
pub(crate) const NAMES: [&str; 7] = [
    "EntityDefinitions",
    "GlobalOptionSetDefinitions",
    "ManagedPropertyDefinitions",
    "RelationshipDefinitions",
    "RetrieveAllEntities",
    "RetrieveEntity",
    "RetrieveMetadataChanges",
];

/// Returns the service document.
pub(crate) fn service_document(session: &Session<'_>) -> Outgoing {
    let sets = session.schema.tables().iter().map(|table| table.entity_set_name.as_str());
    let definitions = NAMES.into_iter().filter(|name| name.ends_with("Definitions"));
    let sets = sets
        .chain(definitions)
        .map(|name| object([("name", name.into()), ("kind", "EntitySet".into()), ("url", name.into())]));
    let context = format!("{}/$metadata", session.root);
    let body = object([("@odata.context", context.into()), ("value", Json::Array(sets.collect()))]);
    Outgoing::json(StatusCode::OK, &body)
}

/// `$metadata`.
pub(crate) fn metadata(session: &Session<'_>) -> Outgoing {
    Outgoing::bytes(StatusCode::OK, "application/xml", csdl::document(session.schema).into_bytes())
}

/// Answers requests for `EntityDefinitions` and the other sets of definitions.
pub(crate) fn answer(
    session: &Session<'_>,
    incoming: &Incoming,
    options: &Options,
    segments: &[Segment],
) -> Result<Outgoing> {
    let [first, rest @ ..] = segments else { return Err(Refusal::unknown_segment("EntityDefinitions")) };
    if first.name.starts_with("Retrieve") {
        return match (&incoming.method, rest) {
            (&Method::GET, []) => changes::answer(session, options, first),
            _ => Err(Refusal::no_resource(&format!("{}/{}", session.root, incoming.path))),
        };
    }
    let schema = session.schema;
    let (items, declared) = match first.name.as_str() {
        "EntityDefinitions" => (tables(schema), known_type("EntityMetadata")),
        "RelationshipDefinitions" => (relationships(schema), known_type("RelationshipMetadataBase")),
        "GlobalOptionSetDefinitions" => (global_option_sets(schema), known_type("OptionSetMetadataBase")),
        _ => {
            return Err(Refusal::not_implemented(
                "ManagedPropertyDefinitions, which Dataverse keeps for its own use,",
            ));
        }
    };
    if incoming.method != Method::GET {
        // Dataverse changes definitions by PUT of a whole definition.
        let message = format!("Operation not supported on {}", declared.name);
        return Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "0x80060888", message));
    }
    let query = Query::of_options(schema, options)?;
    if first.name == "GlobalOptionSetDefinitions" && options.get("$filter").is_some() {
        return Err(not_supported("$filter"));
    }
    Walk::start(session, first, items, declared)?.through(rest)?.answer(&query)
}
