//! The parameters of a function, from its parentheses or from aliases.

use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::session::Session;
use crate::uri::{Aliases, Keys, Literal, Parser};
use crate::value::Referenced;
use crate::write::of_entity;

/// Names and values; values as URL literals or JSON.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads the parameters of a call.
    pub(super) fn of_function(aliases: &Aliases, arguments: Option<&Keys>) -> Result<Self> {
        let named = match arguments {
            None | Some(Keys::None) => Vec::new(),
            Some(Keys::Named(named)) => named.clone(),
            Some(Keys::One(_)) => return Err(Refusal::bad("The parameters of a function have names.")),
        };
        let value = |text: String| match text.strip_prefix('@') {
            Some(_) => aliases.get(&text).unwrap_or("null").to_owned(),
            None => text,
        };
        Ok(Self(named.into_iter().map(|(name, text)| (name, value(text))).collect()))
    }

    /// Returns the names of the parameters that are given.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    fn get(&self, name: &str) -> Result<&str> {
        let found = self.0.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str());
        found.ok_or_else(|| Refusal::bad(format!("Missing parameter '{name}'.")))
    }

    fn literal(&self, name: &str) -> Result<Literal> {
        Parser::literal(self.get(name)?.trim(), &Aliases::default())
    }

    pub(super) fn text(&self, name: &str) -> Result<String> {
        match self.literal(name)? {
            Literal::Text(text) => Ok(text),
            _ => Err(Refusal::bad(format!("The parameter '{name}' must be a text."))),
        }
    }

    pub(super) fn guid(&self, name: &str) -> Result<String> {
        match self.literal(name)? {
            Literal::Guid(id) => Ok(id),
            Literal::Text(text) => {
                crate::value::guid(&text).ok_or_else(|| Refusal::literal(&text, "Edm.Guid"))
            }
            _ => Err(Refusal::bad(format!("The parameter '{name}' must be a GUID."))),
        }
    }

    pub(super) fn integer(&self, name: &str) -> Result<i64> {
        let wrong = || Refusal::bad(format!("The parameter '{name}' must be an integer."));
        match self.literal(name)? {
            Literal::Number(text) => text.parse().map_err(|_| wrong()),
            _ => Err(wrong()),
        }
    }

    /// Returns a boolean, or `false` if it is missing.
    pub(super) fn flag(&self, name: &str) -> Result<bool> {
        if !self.0.iter().any(|(each, _)| each == name) {
            return Ok(false);
        }
        match self.literal(name)? {
            Literal::Bool(flag) => Ok(flag),
            Literal::Null => Ok(false),
            _ => Err(Refusal::bad(format!("The parameter '{name}' must be a boolean."))),
        }
    }

    pub(super) fn texts(&self, name: &str) -> Result<Vec<String>> {
        match json(self.get(name)?)? {
            Json::Array(all) => Ok(all.iter().filter_map(|each| each.as_str().map(str::to_owned)).collect()),
            _ => Err(Refusal::bad(format!("The parameter '{name}' must be a list of texts."))),
        }
    }

    /// Returns a record, as an object with its `@odata.id` or its type and key.
    pub(super) fn record(&self, session: &Session<'_>, name: &str) -> Result<Referenced> {
        let found = of_entity(session, &json(self.get(name)?)?);
        // A misspelt entity set must not look like a missing record.
        found.map_err(|refusal| match refusal.code {
            "0x8006088a" => {
                Refusal::new(http::StatusCode::NOT_FOUND, "0x80040217", "The record does not exist.")
            }
            _ => refusal,
        })
    }
}

/// Parses JSON whose texts may have single quotes, as clients write it in URLs.
fn json(text: &str) -> Result<Json> {
    if let Ok(value) = Json::parse(text) {
        return Ok(value);
    }
    let mut out = String::new();
    let mut quote = None;
    for each in text.chars() {
        match (quote, each) {
            (None, '\'' | '"') => {
                quote = Some(each);
                out.push('"');
            }
            (Some(open), _) if each == open => {
                quote = None;
                out.push('"');
            }
            (Some('\''), '"') => out.push_str("\\\""),
            _ => out.push(each),
        }
    }
    Json::parse(&out)
        .map_err(|problem| Refusal::bad(format!("The parameter '{text}' is not JSON: {problem}.")))
}
