//! The query options of a URL.

use super::aliases::Aliases;
use super::apply::{self, Apply};
use super::expand::{self, Expand};
use super::filter::{Filter, Parser};
use super::order::{Order, number, order};
use super::split::decode;
use crate::error::{Refusal, Result};

/// The options by name, decoded but not parsed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    all: Vec<(String, String)>,
    /// The text of each option in the URL.
    raw: Vec<String>,
    aliases: Aliases,
}

/// The options that the service supports.
const KNOWN: [&str; 14] = [
    "$select",
    "$filter",
    "$orderby",
    "$top",
    "$count",
    "$expand",
    "$apply",
    "$skiptoken",
    "$deltatoken",
    "$id",
    "fetchXml",
    "sql",
    "tag",
    "api-version",
];

impl Options {
    /// Reads the part of a URL after the question mark. A name may have `%24` for `$`; a blank may be `+`,
    /// `%20` or itself.
    pub(crate) fn parse(query: &str) -> Result<Self> {
        let (mut all, mut raw): (Vec<(String, String)>, Vec<String>) = (Vec::new(), Vec::new());
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (name, value) = (name.replace('+', " "), value.replace('+', " "));
            let (name, value) = (decode(&name)?.into_owned(), decode(&value)?.into_owned());
            if all.iter().any(|(each, _)| *each == name) {
                return Err(Refusal::bad(format!(
                    "Query option '{name}' was specified more than once, but it must be specified at most once."
                )));
            }
            match name.as_str() {
                "$skip" | "$search" | "$format" | "$compute" => {
                    return Err(Refusal::query_not_supported(format!(
                        "The query parameter {name} is not supported."
                    )));
                }
                "$levels" => {
                    return Err(Refusal::not_implemented(&format!("The query option {name}")));
                }
                _ if name.starts_with('$') && !KNOWN.contains(&name.as_str()) => {
                    return Err(Refusal::bad(format!("The query parameter {name} is not supported.")));
                }
                _ => {
                    all.push((name, value));
                    raw.push(part.to_owned());
                }
            }
        }
        let mut aliases = Aliases::default();
        for (name, value) in all.iter().filter(|(name, _)| name.starts_with('@')) {
            aliases.add(name, value);
        }
        Ok(Self { all, raw, aliases })
    }

    /// Returns an option's text.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }

    /// Returns the parameter aliases of the query.
    pub(crate) fn aliases(&self) -> &Aliases {
        &self.aliases
    }

    /// Refuses options that have no effect next to the named one.
    pub(crate) fn alone(&self, option: &str, with: &[&str]) -> Result<()> {
        let other = self.all.iter().map(|(name, _)| name.as_str());
        let mut other = other.filter(|name| name.starts_with('$') && *name != option && !with.contains(name));
        match other.next() {
            Some(name) => {
                Err(Refusal::not_implemented(&format!("The query option {name} together with {option}")))
            }
            None => Ok(()),
        }
    }

    pub(crate) fn select(&self) -> Option<Vec<String>> {
        let list = self.get("$select")?;
        Some(list.split(',').map(|each| each.trim().to_owned()).filter(|each| !each.is_empty()).collect())
    }

    pub(crate) fn filter(&self) -> Result<Option<Filter>> {
        self.get("$filter").map(|text| Parser::filter(text, &self.aliases)).transpose()
    }

    pub(crate) fn order(&self) -> Result<Vec<Order>> {
        self.get("$orderby").map_or(Ok(Vec::new()), |text| order(text, &self.aliases))
    }

    pub(crate) fn top(&self) -> Result<Option<usize>> {
        self.get("$top").map(|text| number("$top", text)).transpose()
    }

    pub(crate) fn count(&self) -> Result<bool> {
        match self.get("$count") {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => {
                Err(Refusal::bad(format!("Invalid value '{other}' for $count query option found.")))
            }
        }
    }

    pub(crate) fn expand(&self) -> Result<Vec<Expand>> {
        self.get("$expand").map_or(Ok(Vec::new()), expand::parse)
    }

    pub(crate) fn apply(&self) -> Result<Option<Apply>> {
        self.get("$apply").map(|text| apply::parse(text, &self.aliases)).transpose()
    }

    /// Returns the query as in the URL, without the named options.
    pub(crate) fn without(&self, names: &[&str]) -> String {
        let pairs = self.all.iter().zip(&self.raw);
        let kept =
            pairs.filter(|((name, _), _)| !names.contains(&name.as_str())).map(|(_, raw)| raw.as_str());
        kept.collect::<Vec<_>>().join("&")
    }
}
