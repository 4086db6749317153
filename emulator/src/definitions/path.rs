//! The path of a request below a set of definitions, segment by segment.

use std::borrow::Cow;

use http::StatusCode;

use super::items::{Item, actual_type, related};
use super::query::{NAMESPACE, Query, cast_type, value_of};
use super::types::Type;
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::json::Json;
use crate::session::Session;
use crate::uri::{Keys, Literal, Segment};
use crate::value::guid;

/// The definitions at the current end of the path.
enum Place<'s> {
    Many(Vec<Item<'s>>),
    One(Item<'s>),
    /// A property's value.
    Value(Json),
}

/// The walk along a path.
pub(super) struct Walk<'s> {
    session: &'s Session<'s>,
    place: Place<'s>,
    declared: &'static Type,
    /// The context so far, without the key of the last segment.
    context: String,
    key: String,
}

impl<'s> Walk<'s> {
    /// Starts at a set of definitions.
    pub(super) fn start(
        session: &'s Session<'s>,
        first: &Segment,
        items: Vec<Item<'s>>,
        declared: &'static Type,
    ) -> Result<Self> {
        let (context, key) = (first.name.clone(), String::new());
        Self { session, place: Place::Many(items), declared, context, key }.keyed(first.arguments.as_ref())
    }

    /// Follows the rest of the path.
    pub(super) fn through(self, segments: &[Segment]) -> Result<Self> {
        segments.iter().try_fold(self, Self::step)
    }

    fn step(mut self, segment: &Segment) -> Result<Self> {
        let name = segment.name.as_str();
        if name == "$count" || name == "$ref" || name == "$value" {
            return Err(Refusal::not_implemented(&format!("{name} of definitions")));
        }
        let unknown = || Refusal::unknown_segment(name);
        if name.starts_with(NAMESPACE) {
            return self.cast(segment);
        }
        let Place::One(item) = self.place else { return Err(unknown()) };
        self.context = format!("{}{}/{name}", self.context, self.key);
        self.key = String::new();
        if let Some((target, many)) = self.declared.navigation(name) {
            self.declared = target;
            self.place = if many {
                Place::Many(match item {
                    Cow::Borrowed(item) => item.list(name).iter().map(Cow::Borrowed).collect(),
                    Cow::Owned(item) => item.list(name).iter().cloned().map(Cow::Owned).collect(),
                })
            } else {
                let value = related(self.session.schema, &item, name).ok_or_else(unknown)?;
                Place::One(Cow::Owned(value))
            };
            return self.keyed(segment.arguments.as_ref());
        }
        let of = self.declared.property(name).filter(|_| segment.arguments.is_none()).ok_or_else(unknown)?;
        self.place = Place::Value(value_of(&item, name, of));
        Ok(self)
    }

    /// Follows a cast such as `…/Microsoft.Dynamics.CRM.PicklistAttributeMetadata`. Of a list, it keeps the
    /// definitions of the type. A single definition must have the type.
    fn cast(mut self, segment: &Segment) -> Result<Self> {
        let target = cast_type(&segment.name, self.declared)?;
        let is = |item: &Item<'_>| actual_type(item, self.declared).is(target.name);
        self.place = match self.place {
            Place::Many(items) => Place::Many(items.into_iter().filter(is).collect()),
            Place::One(item) if is(&item) => Place::One(item),
            Place::One(_) | Place::Value(_) => return Err(Refusal::unknown_segment(&segment.name)),
        };
        self.declared = target;
        // The key belongs to the property before the cast:
        // `Attributes(…)/Microsoft.Dynamics.CRM.…/OptionSet`.
        let key = core::mem::take(&mut self.key);
        if segment.arguments.is_some() {
            self.context = format!("{}{key}/{}", self.context, segment.name);
            return self.keyed(segment.arguments.as_ref());
        }
        self.key = if key.is_empty() { String::new() } else { format!("{key}/{}", segment.name) };
        if self.key.is_empty() {
            self.context = format!("{}/{}", self.context, segment.name);
        }
        Ok(self)
    }

    /// Selects the definition with a key: its id, or the name that is the key of its type.
    fn keyed(mut self, keys: Option<&Keys>) -> Result<Self> {
        let Some(keys) = keys else { return Ok(self) };
        let name = self.declared.alternate_key();
        let (member, wanted) = match keys {
            Keys::One(Literal::Guid(id)) => ("MetadataId", id.clone()),
            Keys::Named(named) => match named.as_slice() {
                [(key, value)] if key == "MetadataId" => {
                    ("MetadataId", guid(value).ok_or_else(|| self.no_key())?)
                }
                [(key, value)] if key == name => {
                    let text = value.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
                    (name, text.ok_or_else(|| self.no_key())?.replace("''", "'"))
                }
                _ => return Err(self.no_key()),
            },
            Keys::One(_) | Keys::None => return Err(self.no_key()),
        };
        let Place::Many(items) = self.place else { return Err(self.no_key()) };
        let found = items.into_iter().find(|each| {
            each.text(member).is_some_and(|text| {
                if member == "MetadataId" { text.eq_ignore_ascii_case(&wanted) } else { text == wanted }
            })
        });
        let (shown, key) = if member == "MetadataId" {
            (wanted.clone(), format!("({wanted})"))
        } else {
            (format!("{member}='{wanted}'"), format!("('{wanted}')"))
        };
        let missing = || {
            let message = format!("{} With Id = {shown} does not exist.", self.declared.name);
            Refusal::new(StatusCode::NOT_FOUND, "0x80060888", message)
        };
        self.place = Place::One(found.ok_or_else(missing)?);
        self.key = key;
        Ok(self)
    }

    fn no_key(&self) -> Refusal {
        let name = self.declared.alternate_key();
        Refusal::bad(format!(
            "Bad Request - Error in query syntax: a key of '{}' is its MetadataId or {name}='…'.",
            self.declared.name
        ))
    }

    /// Answers with the definitions at the end of the path.
    pub(super) fn answer(self, query: &Query<'_>) -> Result<Outgoing> {
        // After a cast that follows a key, the context keeps the cast and leaves the key out.
        let cast = self.key.split_once('/').map(|(_, cast)| format!("/{cast}")).unwrap_or_default();
        let root = format!("{}/$metadata#{}{cast}", self.session.root, self.context);
        let mut members = match self.place {
            Place::Many(items) => {
                let rows = query.rows(&items, self.declared)?;
                vec![
                    ("@odata.context".to_owned(), format!("{root}{}", query.context()).into()),
                    ("value".to_owned(), Json::Array(rows)),
                ]
            }
            Place::One(item) => {
                let context = format!("{root}{}/$entity", query.context());
                let mut members = vec![("@odata.context".to_owned(), Json::Text(context))];
                if let Json::Object(shown) = query.show(&item, self.declared)? {
                    members.extend(shown);
                }
                members
            }
            Place::Value(value) => {
                query.without_filter()?;
                vec![("@odata.context".to_owned(), root.into()), ("value".to_owned(), value)]
            }
        };
        // The members of a complex value are members of the answer.
        if let [context, (_, Json::Object(inner))] = members.as_mut_slice() {
            let inner = core::mem::take(inner);
            members = core::iter::once(context.clone()).chain(inner).collect();
        }
        Ok(Outgoing::json(StatusCode::OK, &Json::Object(members)))
    }
}
