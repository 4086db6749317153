//! `$expand`: navigation properties, each with options of its own.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::aliases::Aliases;
use super::filter::{Filter, Parser};
use super::order::{self, Order};
use super::split::{call, split};
use crate::error::{Refusal, Result};

/// One expanded navigation property.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expand {
    pub(crate) navigation: String,
    /// Only references: `nav/$ref`.
    pub(crate) references: bool,
    pub(crate) select: Option<Vec<String>>,
    pub(crate) filter: Option<Filter>,
    pub(crate) order: Vec<Order>,
    pub(crate) top: Option<usize>,
    pub(crate) expand: Vec<Expand>,
    /// The options as the query of a request for the collection itself.
    pub(crate) query: String,
}

/// Maximum number of properties that Dataverse expands in one query.
const MAX_EXPANDED: usize = 15;

pub(super) fn parse(text: &str, aliases: &Aliases) -> Result<Vec<Expand>> {
    let all = items(text, aliases, 0)?;
    if count(&all) > MAX_EXPANDED {
        return Err(Refusal::query_not_supported(format!(
            "The query has more than {MAX_EXPANDED} $expand options."
        )));
    }
    Ok(all)
}

fn count(all: &[Expand]) -> usize {
    all.iter().map(|each| 1 + count(&each.expand)).sum()
}

fn items(text: &str, aliases: &Aliases, depth: usize) -> Result<Vec<Expand>> {
    if depth > MAX_EXPANDED {
        return Err(Refusal::query_not_supported("$expand is nested too deeply."));
    }
    split(text, ',').into_iter().map(|part| item(part.trim(), aliases, depth)).collect()
}

fn item(text: &str, aliases: &Aliases, depth: usize) -> Result<Expand> {
    let broken = || Refusal::bad(format!("Syntax error in $expand at '{text}'."));
    let (name, inside) = call(text).ok_or_else(broken)?;
    let (navigation, references) = match name.trim().strip_suffix("/$ref") {
        Some(name) => (name, true),
        None => (name.trim(), false),
    };
    if navigation.is_empty() || navigation.contains('/') {
        return Err(broken());
    }
    let mut expand = Expand { navigation: navigation.to_owned(), references, ..Expand::default() };
    for option in inside
        .into_iter()
        .flat_map(|inside| split(inside, ';'))
        .map(str::trim)
        .filter(|each| !each.is_empty())
    {
        let (name, value) = option.split_once('=').ok_or_else(broken)?;
        if name.trim() != "$top" {
            let value = utf8_percent_encode(value, NON_ALPHANUMERIC);
            expand.query.push_str(&format!("{}={value}&", name.trim()));
        }
        match name.trim() {
            "$select" => expand.select = Some(value.split(',').map(|each| each.trim().to_owned()).collect()),
            "$filter" => expand.filter = Some(Parser::filter(value, aliases)?),
            "$orderby" => expand.order = order::order(value)?,
            "$top" => expand.top = Some(order::number("$top", value)?),
            "$expand" => expand.expand = items(value, aliases, depth + 1)?,
            other => {
                return Err(Refusal::query_not_supported(format!(
                    "The query option '{other}' is not supported in $expand."
                )));
            }
        }
    }
    if depth > 0 && (expand.top.is_some() || !expand.order.is_empty()) {
        return Err(Refusal::query_not_supported(
            "$orderby and $top are supported in the first level of $expand only.",
        ));
    }
    Ok(expand)
}
