//! `$expand`: navigation properties, each with its own options.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::aliases::Aliases;
use super::filter::{Filter, Parser};
use super::order::{self, Order};
use super::split::{call, split};
use crate::error::{Refusal, Result};

/// One expanded navigation property.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expand {
    pub(crate) navigation: String,
    /// Whether the query asks for references only: `nav/$ref`.
    pub(crate) references: bool,
    pub(crate) select: Option<Vec<String>>,
    pub(crate) filter: Option<Filter>,
    pub(crate) order: Vec<Order>,
    pub(crate) top: Option<usize>,
    pub(crate) expand: Vec<Expand>,
    /// The options as the query of a request for the collection.
    pub(crate) query: String,
}

/// Maximum number of properties that Dataverse expands in one query.
const MAX_EXPANDED: usize = 15;

/// The characters to percent-encode in a query. Dataverse does not encode the others in links: `$select=a,b`.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

pub(super) fn parse(text: &str) -> Result<Vec<Expand>> {
    let all = items(text, 0)?;
    if all.iter().map(Expand::count).sum::<usize>() > MAX_EXPANDED {
        return Err(Refusal::query_not_supported(format!(
            "The query has more than {MAX_EXPANDED} $expand options."
        )));
    }
    if all.iter().any(|each| !each.expand.is_empty()) && all.iter().any(Expand::is_limited) {
        return Err(only_select_and_filter());
    }
    Ok(all)
}

/// Returns the refusal of an option that Dataverse accepts only in single-level expands of collections.
pub(crate) fn only_select_and_filter() -> Refusal {
    Refusal::query_not_supported(
        "Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested \
         one-to-many relationship.",
    )
}

impl Expand {
    /// Returns the number of `$expand` options, including nested ones.
    fn count(&self) -> usize {
        1 + self.expand.iter().map(Self::count).sum::<usize>()
    }

    /// Returns whether it or a nested expand has `$top` or `$orderby`.
    fn is_limited(&self) -> bool {
        self.top.is_some() || !self.order.is_empty() || self.expand.iter().any(Self::is_limited)
    }

    /// Returns the number of conditions in its filter and in nested ones.
    pub(crate) fn conditions(&self) -> usize {
        let own = self.filter.as_ref().map_or(0, Filter::conditions);
        own + self.expand.iter().map(Self::conditions).sum::<usize>()
    }

    fn option(&mut self, name: &str, value: &str, depth: usize) -> Result<()> {
        // Dataverse accepts no parameter aliases within `$expand`.
        let aliases = Aliases::refused();
        match name {
            "$select" => self.select = Some(value.split(',').map(|each| each.trim().to_owned()).collect()),
            "$filter" => self.filter = Some(Parser::filter(value, &aliases)?),
            "$orderby" => self.order = order::order(value, &aliases)?,
            "$top" => self.top = Some(order::number("$top", value)?),
            "$expand" => self.expand = items(value, depth + 1)?,
            other => {
                return Err(Refusal::query_not_supported(format!(
                    "The query option '{other}' is not supported in $expand."
                )));
            }
        }
        let separator = if self.query.is_empty() { "" } else { "&" };
        self.query.push_str(&format!("{separator}{name}={}", utf8_percent_encode(value, ENCODED)));
        Ok(())
    }
}

fn items(text: &str, depth: usize) -> Result<Vec<Expand>> {
    if depth > MAX_EXPANDED {
        return Err(Refusal::query_not_supported("$expand is nested too deeply."));
    }
    split(text, ',').into_iter().map(|part| item(part.trim(), depth)).collect()
}

fn item(text: &str, depth: usize) -> Result<Expand> {
    let broken = || Refusal::bad(format!("Syntax error in $expand at '{text}'."));
    let (name, inside) = call(text).ok_or_else(broken)?;
    let (navigation, references) = match name.trim().split_once('/') {
        Some((name, "$ref")) => (name, true),
        Some((_, "$count")) => {
            return Err(Refusal::query_not_supported("The segment '$count' is not supported in $expand."));
        }
        // Definitions accept a cast: `Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata`.
        Some((_, cast)) if cast.starts_with("Microsoft.Dynamics.CRM.") && !cast.contains('/') => {
            (name.trim(), false)
        }
        Some(_) => return Err(broken()),
        None => (name.trim(), false),
    };
    if navigation.is_empty() {
        return Err(broken());
    }
    let mut expand = Expand { navigation: navigation.to_owned(), references, ..Expand::default() };
    let options = inside.into_iter().flat_map(|inside| split(inside, ';')).map(str::trim);
    for option in options.filter(|each| !each.is_empty()) {
        let (name, value) = option.split_once('=').ok_or_else(broken)?;
        expand.option(name.trim(), value.trim(), depth)?;
    }
    Ok(expand)
}
