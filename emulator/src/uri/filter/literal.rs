//! The literals of the URL syntax, by their text.

use super::tree::Literal;
use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::uri::split::split;
use crate::value::{date, guid, instant};

/// Returns a list of texts or numbers. Texts have double quotes as in JSON, or single quotes.
pub(super) fn list(text: &str) -> Result<Vec<String>> {
    let invalid = || {
        Refusal::bad(
            "Invalid JSON. A comma character ',' was expected in scope 'Array'. Every two elements in an array and properties \
             of an object must be separated by commas.",
        )
    };
    let inside = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).ok_or_else(invalid)?;
    if inside.trim().is_empty() {
        return Ok(Vec::new());
    }
    let element = |part: &str| {
        let part = part.trim();
        if let Some(inner) = part.strip_prefix('\'') {
            let inner = inner.strip_suffix('\'').ok_or_else(invalid)?;
            return if inner.contains('\'') { Err(invalid()) } else { Ok(inner.to_owned()) };
        }
        match Json::parse(part).map_err(|_| invalid())? {
            Json::Text(text) | Json::Number(text) => Ok(text),
            Json::Bool(flag) => Ok(flag.to_string()),
            _ => Err(invalid()),
        }
    };
    split(inside, ',').into_iter().map(element).collect()
}

/// Returns the GUID at the start of a text, and its length in the text.
pub(super) fn starting_guid(text: &str) -> Option<(usize, String)> {
    let length = if text.starts_with('{') { 38 } else { 36 };
    let head = text.get(..length)?;
    let ends =
        text[length..].chars().next().is_none_or(|next| !(next.is_ascii_alphanumeric() || next == '-'));
    if ends { guid(head).map(|id| (length, id)) } else { None }
}

pub(super) fn number_or_time(word: &str) -> Option<Literal> {
    if let Some(date) = date(word) {
        return Some(Literal::Date(date));
    }
    if word.contains(':')
        && let Some(time) = instant(word)
    {
        return Some(Literal::Instant(time));
    }
    let digits = word.trim_end_matches(['L', 'l', 'M', 'm', 'D', 'd', 'F', 'f']);
    let is_number = digits.parse::<f64>().is_ok_and(f64::is_finite)
        && digits.ends_with(|each: char| each.is_ascii_digit());
    is_number.then(|| Literal::Number(digits.to_owned()))
}
