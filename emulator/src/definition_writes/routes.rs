//! Routes of changes of definitions.

use http::{Method, StatusCode};

use super::changes::{ATTRIBUTES, KEYS};
use super::edit::Edit;
use super::{columns, keys, option_sets, options, relationships, tables};
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
    /// Begins a change for the solution that the request names.
    fn edit(&self) -> Result<Edit<'_>> {
        Edit::begin(self.session, self.incoming.condition("MSCRM.SolutionUniqueName"))
    }

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
        ("RelationshipDefinitions", casts) if are_casts(casts) => relationship(&request, first),
        ("GlobalOptionSetDefinitions", casts) if are_casts(casts) => option_set(&request, first),
        ("ManagedPropertyDefinitions", _) => Err(Refusal::not_implemented(
            "ManagedPropertyDefinitions, which Dataverse keeps for its own use,",
        )),
        _ => Err(Refusal::method_not_allowed(&incoming.method)),
    }
}

/// Returns whether segments are a cast or none, as in
/// `…/Attributes(LogicalName='…')/Microsoft.Dynamics.CRM.StringAttributeMetadata`. A cast says what the
/// definition is anyway.
fn are_casts(segments: &[Segment]) -> bool {
    match segments {
        [] => true,
        [cast] => cast.arguments.is_none() && cast.name.starts_with("Microsoft.Dynamics.CRM."),
        _ => false,
    }
}

fn table(request: &Request<'_>, first: &Segment, rest: &[Segment]) -> Result<Outgoing> {
    let key = Key::read(first, "LogicalName")?;
    let method = &request.incoming.method;
    let Some(key) = key else {
        return match (method, rest) {
            (&Method::POST, []) => {
                let edit = request.edit()?;
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
            let edit = request.edit()?;
            tables::update(&edit, table, &request.incoming.json()?, request.merges_labels())?;
            edit.finish()?;
            Ok(request.updated())
        }
        (&Method::DELETE, []) => {
            let edit = request.edit()?;
            tables::delete(&edit, table)?;
            edit.finish()?;
            Ok(Outgoing::no_content())
        }
        (_, [list, casts @ ..]) if list.name == ATTRIBUTES && are_casts(casts) => {
            column(request, table, list, casts)
        }
        (_, [list]) if list.name == KEYS => key_of_table(request, table, list),
        _ => Err(Refusal::method_not_allowed(method)),
    }
}

fn column(request: &Request<'_>, table: &Table, list: &Segment, casts: &[Segment]) -> Result<Outgoing> {
    let method = &request.incoming.method;
    let Some(key) = Key::read(list, "LogicalName")? else {
        return match (method, casts) {
            (&Method::POST, []) => {
                let edit = request.edit()?;
                let id = columns::add(&edit, table, &request.incoming.json()?)?;
                edit.finish()?;
                Ok(request.created(&id))
            }
            _ => Err(Refusal::method_not_allowed(method)),
        };
    };
    let found = table.definition.list(ATTRIBUTES).iter().find(|each| key.is_of(each));
    let column = found.ok_or_else(|| key.missing("AttributeMetadata"))?;
    let edit = request.edit()?;
    let answer = match *method {
        Method::PUT => {
            columns::update(&edit, table, column, &request.incoming.json()?, request.merges_labels())?;
            request.updated()
        }
        Method::DELETE => {
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
        let edit = request.edit()?;
        let id = relationships::create(&edit, &request.incoming.json()?)?;
        edit.finish()?;
        return Ok(request.created(&id));
    };
    let found = relationships::find(request.session.schema, key.member, &key.value);
    let relationship = found.ok_or_else(|| key.missing("RelationshipMetadataBase"))?;
    let edit = request.edit()?;
    let answer = match *method {
        Method::PUT => {
            relationships::update(&edit, relationship, &request.incoming.json()?, request.merges_labels())?;
            request.updated()
        }
        Method::DELETE => {
            relationships::delete(&edit, relationship)?;
            Outgoing::no_content()
        }
        _ => return Err(Refusal::method_not_allowed(method)),
    };
    edit.finish()?;
    Ok(answer)
}

fn key_of_table(request: &Request<'_>, table: &Table, list: &Segment) -> Result<Outgoing> {
    let method = &request.incoming.method;
    let edit = request.edit()?;
    let answer = match (method, Key::read(list, "LogicalName")?) {
        (&Method::POST, None) => request.created(&keys::create(&edit, table, &request.incoming.json()?)?),
        (&Method::DELETE, Some(key)) => {
            let found = table.definition.list(KEYS).iter().find(|each| key.is_of(each));
            keys::delete(&edit, table, found.ok_or_else(|| key.missing("EntityKeyMetadata"))?)?;
            Outgoing::no_content()
        }
        _ => return Err(Refusal::method_not_allowed(method)),
    };
    edit.finish()?;
    Ok(answer)
}

fn option_set(request: &Request<'_>, first: &Segment) -> Result<Outgoing> {
    let method = &request.incoming.method;
    let edit = request.edit()?;
    let find = |key: &Key| {
        let found = options::global(request.session.schema).find(|set| key.is_of(set));
        found.ok_or_else(|| key.missing("OptionSetMetadataBase"))
    };
    let answer = match (method, Key::read(first, "Name")?) {
        (&Method::POST, None) => request.created(&option_sets::create(&edit, &request.incoming.json()?)?),
        (&Method::PUT, Some(key)) => {
            option_sets::update(&edit, find(&key)?, &request.incoming.json()?, request.merges_labels())?;
            request.updated()
        }
        (&Method::DELETE, Some(key)) => {
            option_sets::delete(&edit, find(&key)?)?;
            Outgoing::no_content()
        }
        _ => return Err(Refusal::method_not_allowed(method)),
    };
    edit.finish()?;
    Ok(answer)
}
