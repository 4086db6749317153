//! `$orderby`, and the numbers of options.

use super::split::property_path;
use crate::error::{Refusal, Result};

/// Maximum number of properties in one `$orderby`.
const MAX_TERMS: usize = 100;

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

pub(super) fn order(text: &str) -> Result<Vec<Order>> {
    let one = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let (path, sort) = match words.as_slice() {
            [path] | [path, "asc"] => (path, Sort::Ascending),
            [path, "desc"] => (path, Sort::Descending),
            _ => return Err(Refusal::bad(format!("Syntax error in $orderby at '{}'.", part.trim()))),
        };
        Ok(Order { path: property_path(path)?, sort, by_label: false })
    };
    if text.split(',').count() > MAX_TERMS {
        return Err(Refusal::query_not_supported(format!(
            "$orderby has no more than {MAX_TERMS} properties."
        )));
    }
    text.split(',').map(one).collect()
}

pub(super) fn number(option: &str, text: &str) -> Result<usize> {
    text.trim().parse().map_err(|_| {
        Refusal::bad(format!("Invalid value '{text}' for {option} query option found. The {option} query option requires a non-negative integer value."))
    })
}
