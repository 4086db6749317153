//! The query options of a URL.

use super::apply::{self, Apply};
use super::expand::{self, Expand};
use super::filter::{Filter, Parser};
use crate::error::{Refusal, Result};

/// One thing to sort by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Order {
    pub(crate) path: Vec<String>,
    pub(crate) sort: Sort,
    /// Sort choices by their labels, as FetchXML does, and not by their integers.
    pub(crate) by_label: bool,
}

/// Which way to sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Ascending,
    Descending,
}

/// The options, by name: decoded, not parsed any further.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    all: Vec<(String, String)>,
    /// Each with the text it had in the URL.
    raw: Vec<String>,
}

/// The options that Dataverse knows and that this service knows.
const KNOWN: [&str; 13] = [
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
    "tag",
    "api-version",
];

impl Options {
    /// Reads the part of a URL behind the question mark: names with `%24` for `$`, blanks as `+`, `%20` or as they are.
    pub(crate) fn parse(query: &str) -> Result<Self> {
        let (mut all, mut raw): (Vec<(String, String)>, Vec<String>) = (Vec::new(), Vec::new());
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (name, value) = (name.replace('+', " "), value.replace('+', " "));
            let (name, value) = (super::decode(&name)?.into_owned(), super::decode(&value)?.into_owned());
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
                "savedQuery" | "userQuery" | "sql" | "partitionId" | "$levels" => {
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
        Ok(Self { all, raw })
    }

    /// An option's text.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }

    /// What an alias such as `@p1` stands for.
    pub(crate) fn alias(&self, name: &str) -> Option<&str> {
        self.get(name)
    }

    pub(crate) fn select(&self) -> Option<Vec<String>> {
        let list = self.get("$select")?;
        Some(list.split(',').map(|each| each.trim().to_owned()).filter(|each| !each.is_empty()).collect())
    }

    pub(crate) fn filter(&self) -> Result<Option<Filter>> {
        self.get("$filter").map(|text| Parser::filter(text, self)).transpose()
    }

    pub(crate) fn order(&self) -> Result<Vec<Order>> {
        self.get("$orderby").map_or(Ok(Vec::new()), order)
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
        self.get("$expand").map_or(Ok(Vec::new()), |text| expand::parse(text, self))
    }

    pub(crate) fn apply(&self) -> Result<Option<Apply>> {
        self.get("$apply").map(|text| apply::parse(text, self)).transpose()
    }

    /// The query as the URL had it, but for the named options.
    pub(crate) fn without(&self, names: &[&str]) -> String {
        let pairs = self.all.iter().zip(&self.raw);
        let kept =
            pairs.filter(|((name, _), _)| !names.contains(&name.as_str())).map(|(_, raw)| raw.as_str());
        kept.collect::<Vec<_>>().join("&")
    }
}

pub(super) fn order(text: &str) -> Result<Vec<Order>> {
    let one = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let (path, sort) = match words.as_slice() {
            [path] | [path, "asc"] => (path, Sort::Ascending),
            [path, "desc"] => (path, Sort::Descending),
            _ => return Err(Refusal::bad(format!("Syntax error in $orderby at '{}'.", part.trim()))),
        };
        Ok(Order { path: path.split('/').map(str::to_owned).collect(), sort, by_label: false })
    };
    text.split(',').map(one).collect()
}

pub(super) fn number(option: &str, text: &str) -> Result<usize> {
    text.trim().parse().map_err(|_| {
        Refusal::bad(format!("Invalid value '{text}' for {option} query option found. The {option} query option requires a non-negative integer value."))
    })
}
