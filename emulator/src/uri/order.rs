//! `$orderby`, and the numbers of options.

use super::aliases::Aliases;
use super::split::property_path;
use crate::error::{Refusal, Result};

/// Maximum number of properties in one `$orderby`.
const MAX_TERMS: usize = 100;

/// One property of `$orderby`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Order {
    pub(crate) path: Vec<String>,
    pub(crate) sort: Sort,
    /// Whether choices sort by their labels, as in FetchXML, instead of by their integers.
    pub(crate) by_label: bool,
}

/// The direction of a sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Ascending,
    Descending,
}

pub(super) fn order(text: &str, aliases: &Aliases) -> Result<Vec<Order>> {
    if text.split(',').count() > MAX_TERMS {
        return Err(Refusal::query_not_supported(format!(
            "$orderby has no more than {MAX_TERMS} properties."
        )));
    }
    let mut all = Vec::new();
    for part in text.split(',') {
        let broken = || Refusal::bad(format!("Syntax error in $orderby at '{}'.", part.trim()));
        let words: Vec<&str> = part.split_whitespace().collect();
        let (path, sort) = match words.as_slice() {
            [path] | [path, "asc"] => (*path, Sort::Ascending),
            [path, "desc"] => (*path, Sort::Descending),
            _ => return Err(broken()),
        };
        let path = if path.starts_with('@') {
            // An alias with the value null is the same for all rows and does not sort them.
            let Some(path) = aliases.resolve(path)? else { continue };
            path
        } else {
            path
        };
        if path.contains(|each: char| !(each.is_ascii_alphanumeric() || "_/$".contains(each))) {
            return Err(broken());
        }
        all.push(Order { path: property_path(path)?, sort, by_label: false });
    }
    Ok(all)
}

pub(super) fn number(option: &str, text: &str) -> Result<usize> {
    text.trim().parse().map_err(|_| {
        Refusal::bad(format!("Invalid value '{text}' for {option} query option found. The {option} query option requires a non-negative integer value."))
    })
}
