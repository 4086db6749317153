//! Routes of changes of definitions.

use http::{Method, StatusCode};

use super::changes::{ATTRIBUTES, KEYS};
use super::edit::Edit;
use super::{columns, relationships, tables};
use crate::error::{Refusal, Result};
use crate::http::{Incoming, Outgoing};
use crate::json::Json;
use crate::schema::Table;
use crate::session::Session;
use crate::uri::{Keys, Literal, Segment};
use crate::value::guid;

/// The element that the parentheses of a segment name: a member of definitions and its value.
struct Key {
    member: &'static str,
    value: String,
}

impl Key {
    /// Reads the key of a segment: a `MetadataId`, or the name that is an alternate key.
    fn read(segment: &Segment, name: &'static str) -> Result<Option<Self>> {
        let wrong = || {
            Refusal::bad(format!(
                "Bad Request - Error in query syntax: a key of '{}' is its MetadataId or {name}='…'.",
                segment.name
            ))
        };
        let (member, value) = match &segment.arguments {
            None => return Ok(None),
            Some(Keys::One(Literal::Guid(id))) => ("MetadataId", id.clone()),
            Some(Keys::Named(named)) => match named.as_slice() {
                [(key, value)] if key == "MetadataId" => ("MetadataId", guid(value).ok_or_else(wrong)?),
                [(key, value)] if key == name => {
                    let text = value.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
                    (name, text.ok_or_else(wrong)?.replace("''", "'"))
                }
                _ => return Err(wrong()),
            },
            Some(_) => return Err(wrong()),
        };
        Ok(Some(Self { member, value }))
    }

    /// Returns whether a definition has this key.
    fn is_of(&self, definition: &Json) -> bool {
        definition.text(self.member).is_some_and(|text| match self.member {
            "MetadataId" => text.eq_ignore_ascii_case(&self.value),
            _ => text == self.value,
        })
    }

    /// Returns the refusal of a key that no definition has.
    fn missing(&self, type_name: &str) -> Refusal {
        let shown = match self.member {
            "MetadataId" => self.value.clone(),
            name => format!("{name}='{}'", self.value),
        };
        let message = format!("{type_name} With Id = {shown} does not exist.");
        Refusal::new(StatusCode::NOT_FOUND, "0x80060888", message)
    }
}

/// The headers of a change.
struct Request<'r> {
    session: &'r Session<'r>,
    incoming: &'r Incoming,
}

impl Request<'_> {
    fn merges_labels(&self) -> bool {
        self.incoming.header("MSCRM.MergeLabels").is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// Answers with the URL of a definition that was created.
    fn created(&self, id: &str) -> Outgoing {
        let url = format!("{}/{}({id})", self.session.root, self.incoming.path);
        Outgoing::no_content().with("odata-entityid", &url)
    }

    /// Answers with the URL of the definition that was updated.
    fn updated(&self) -> Outgoing {
        let url = format!("{}/{}", self.session.root, self.incoming.path);
        Outgoing::no_content().with("odata-entityid", &url)
    }
}

/// Answers a request that changes definitions.
pub(crate) fn answer(session: &Session<'_>, incoming: &Incoming, segments: &[Segment]) -> Result<Outgoing> {
    let request = Request { session, incoming };
    let [first, rest @ ..] = segments else { return Err(Refusal::unknown_segment("EntityDefinitions")) };
    match (first.name.as_str(), rest) {
        ("EntityDefinitions", _) => table(&request, first, rest),
        ("RelationshipDefinitions", [] | [_]) => relationship(&request, first),
        (name, _) => Err(Refusal::not_implemented(&format!("A change of {name}"))),
    }
}

fn table(request: &Request<'_>, first: &Segment, rest: &[Segment]) -> Result<Outgoing> {
    let key = Key::read(first, "LogicalName")?;
    let method = &request.incoming.method;
    let Some(key) = key else {
        return match (method, rest) {
            (&Method::POST, []) => {
                let edit = Edit::begin(request.session)?;
                let id = tables::create(&edit, &request.incoming.json()?)?;
                edit.finish()?;
                Ok(request.created(&id))
            }
            _ => Err(Refusal::method_not_allowed(method)),
        };
    };
    let all = request.session.schema.tables();
    let found = all.iter().find(|table| key.is_of(&table.definition));
    let table = found.ok_or_else(|| key.missing("EntityMetadata"))?;
    match (method, rest) {
        (&Method::PUT, []) => {
            let edit = Edit::begin(request.session)?;
            tables::update(&edit, table, &request.incoming.json()?, request.merges_labels())?;
            edit.finish()?;
            Ok(request.updated())
        }
        (&Method::DELETE, []) => {
            let edit = Edit::begin(request.session)?;
            tables::delete(&edit, table)?;
            edit.finish()?;
            Ok(Outgoing::no_content())
        }
        (_, [list, casts @ ..]) if list.name == ATTRIBUTES => column(request, table, list, casts),
        (_, [list]) if list.name == KEYS => Err(Refusal::not_implemented("A change of Keys")),
        _ => Err(Refusal::method_not_allowed(method)),
    }
}

fn column(request: &Request<'_>, table: &Table, list: &Segment, casts: &[Segment]) -> Result<Outgoing> {
    let method = &request.incoming.method;
    let Some(key) = Key::read(list, "LogicalName")? else {
        return match (method, casts) {
            (&Method::POST, []) => {
                let edit = Edit::begin(request.session)?;
                let id = columns::add(&edit, table, &request.incoming.json()?)?;
                edit.finish()?;
                Ok(request.created(&id))
            }
            _ => Err(Refusal::method_not_allowed(method)),
        };
    };
    let found = table.definition.list(ATTRIBUTES).iter().find(|each| key.is_of(each));
    let column = found.ok_or_else(|| key.missing("AttributeMetadata"))?;
    let edit = Edit::begin(request.session)?;
    let answer = match method {
        &Method::PUT => {
            columns::update(&edit, table, column, &request.incoming.json()?, request.merges_labels())?;
            request.updated()
        }
        &Method::DELETE => {
            columns::delete(&edit, table, column)?;
            Outgoing::no_content()
        }
        _ => return Err(Refusal::method_not_allowed(method)),
    };
    edit.finish()?;
    Ok(answer)
}

fn relationship(request: &Request<'_>, first: &Segment) -> Result<Outgoing> {
    let method = &request.incoming.method;
    let Some(key) = Key::read(first, "SchemaName")? else {
        if method != Method::POST {
            return Err(Refusal::method_not_allowed(method));
        }
        let edit = Edit::begin(request.session)?;
        let id = relationships::create(&edit, &request.incoming.json()?)?;
        edit.finish()?;
        return Ok(request.created(&id));
    };
    let found = relationships::find(request.session.schema, key.member, &key.value);
    let relationship = found.ok_or_else(|| key.missing("RelationshipMetadataBase"))?;
    let edit = Edit::begin(request.session)?;
    let answer = match method {
        &Method::PUT => {
            relationships::update(&edit, relationship, &request.incoming.json()?, request.merges_labels())?;
            request.updated()
        }
        &Method::DELETE => {
            relationships::delete(&edit, relationship)?;
            Outgoing::no_content()
        }
        _ => return Err(Refusal::method_not_allowed(method)),
    };
    edit.finish()?;
    Ok(answer)
}
