//! Requests for the service document, `$metadata` and `EntityDefinitions`.

use http::{Method, StatusCode};

use super::csdl;
use super::query::{DefinitionQuery, EXPANDABLE};
use crate::error::{Refusal, Result};
use crate::http::{Incoming, Outgoing};
use crate::json::{Json, object};
use crate::session::Session;
use crate::uri::{Keys, Literal, Options, Segment};

/// The service document.
pub(crate) fn service_document(session: &Session<'_>) -> Outgoing {
    let sets = session.schema.tables().iter().map(|table| {
        let name = table.entity_set_name.as_str();
        object([("name", name.into()), ("kind", "EntitySet".into()), ("url", name.into())])
    });
    let context = format!("{}/$metadata", session.root);
    let body = object([("@odata.context", context.into()), ("value", Json::Array(sets.collect()))]);
    Outgoing::json(StatusCode::OK, &body)
}

/// `$metadata`.
pub(crate) fn metadata(session: &Session<'_>) -> Outgoing {
    Outgoing::bytes(StatusCode::OK, "application/xml", csdl::document(session.schema).into_bytes())
}

/// `EntityDefinitions` and what lies below.
pub(crate) fn answer(
    session: &Session<'_>,
    incoming: &Incoming,
    options: &Options,
    segments: &[Segment],
) -> Result<Outgoing> {
    if incoming.method != Method::GET {
        return Err(Refusal::not_implemented("Changing definitions"));
    }
    let query = DefinitionQuery::of_options(options)?;
    let [first, rest @ ..] = segments else { return Err(Refusal::unknown_segment("EntityDefinitions")) };
    let all: Vec<&Json> = session.schema.tables().iter().map(|table| &table.definition).collect();
    let Some(keys) = &first.arguments else {
        if let Some(next) = rest.first() {
            return Err(Refusal::unknown_segment(&next.name));
        }
        return list(session, "EntityDefinitions", all, &query);
    };
    let table = keyed(all.iter().copied(), keys).ok_or_else(|| {
        Refusal::new(
            StatusCode::NOT_FOUND,
            "0x80060888",
            "Could not find an entity with the specified name or id.",
        )
    })?;
    let Some((list_name, rest)) = rest.split_first() else {
        return single(session, "EntityDefinitions", table, &query);
    };
    if !EXPANDABLE.contains(&list_name.name.as_str()) {
        return match table.get(&list_name.name) {
            Some(value) if rest.is_empty() => {
                let context = format!("{}/$metadata#EntityDefinitions/{}", session.root, list_name.name);
                Ok(Outgoing::json(
                    StatusCode::OK,
                    &object([("@odata.context", context.into()), ("value", value.clone())]),
                ))
            }
            _ => Err(Refusal::unknown_segment(&list_name.name)),
        };
    }
    below_table(session, table, list_name, rest, &query)
}

/// Answers a request for the members of a table's definition, or for one of them.
fn below_table(
    session: &Session<'_>,
    table: &Json,
    list_name: &Segment,
    rest: &[Segment],
    query: &DefinitionQuery,
) -> Result<Outgoing> {
    let elements = table.list(&list_name.name);
    let context =
        format!("EntityDefinitions({})/{}", table.text("MetadataId").unwrap_or_default(), list_name.name);
    let cast = |name: &str| {
        name.strip_prefix("Microsoft.Dynamics.CRM.").map(|name| format!("#Microsoft.Dynamics.CRM.{name}"))
    };
    let Some(keys) = &list_name.arguments else {
        let elements = match rest {
            [] => elements.iter().collect(),
            [next] => {
                let wanted = cast(&next.name).ok_or_else(|| Refusal::unknown_segment(&next.name))?;
                elements.iter().filter(|each| each.text("@odata.type") == Some(&wanted)).collect()
            }
            [_, next, ..] => return Err(Refusal::unknown_segment(&next.name)),
        };
        return list(session, &context, elements, query);
    };
    let element = keyed(elements.iter(), keys).ok_or_else(|| {
        Refusal::new(
            StatusCode::NOT_FOUND,
            "0x80060888",
            "Could not find an attribute with the specified name or id.",
        )
    })?;
    let rest = match rest {
        [next, rest @ ..] if cast(&next.name).is_some() => {
            if element.text("@odata.type") != cast(&next.name).as_deref() {
                return Err(Refusal::unknown_segment(&next.name));
            }
            rest
        }
        rest => rest,
    };
    match rest {
        [] => single(session, &context, element, query),
        [next] => match element.get(&next.name) {
            Some(value) => single(session, &format!("{context}/{}", next.name), value, query),
            None => Err(Refusal::unknown_segment(&next.name)),
        },
        [_, next, ..] => Err(Refusal::unknown_segment(&next.name)),
    }
}

/// The definition with this key: its id, or its logical name.
fn keyed<'j>(mut all: impl Iterator<Item = &'j Json>, keys: &Keys) -> Option<&'j Json> {
    let (member, wanted) = match keys {
        Keys::One(Literal::Guid(id)) => ("MetadataId", id.clone()),
        Keys::Named(named) => match named.as_slice() {
            [(name, value)] => (name.as_str(), value.trim_matches('\'').to_owned()),
            _ => return None,
        },
        _ => return None,
    };
    all.find(|each| each.text(member) == Some(&wanted))
}

fn list(session: &Session<'_>, context: &str, all: Vec<&Json>, query: &DefinitionQuery) -> Result<Outgoing> {
    let rows = query.rows(&all)?;
    let mut members =
        vec![("@odata.context".to_owned(), Json::Text(format!("{}/$metadata#{context}", session.root)))];
    if query.count {
        members.push(("@odata.count".to_owned(), Json::Number(rows.len().to_string())));
    }
    members.push(("value".to_owned(), Json::Array(rows)));
    Ok(Outgoing::json(StatusCode::OK, &Json::Object(members)))
}

fn single(session: &Session<'_>, context: &str, one: &Json, query: &DefinitionQuery) -> Result<Outgoing> {
    let shown = query.show(one)?;
    let Json::Object(mut members) = shown else {
        return Ok(Outgoing::json(StatusCode::OK, &shown));
    };
    members.insert(
        0,
        ("@odata.context".to_owned(), Json::Text(format!("{}/$metadata#{context}/$entity", session.root))),
    );
    Ok(Outgoing::json(StatusCode::OK, &Json::Object(members)))
}
