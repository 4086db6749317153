//! Decodes and splits the text of a URL. Separators within quotes and brackets do not count.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::error::{Refusal, Result};

/// Maximum number of properties in a path.
const MAX_PATH_LENGTH: usize = 12;

/// Decodes percent-encoding.
pub(super) fn decode(text: &str) -> Result<Cow<'_, str>> {
    percent_decode_str(text).decode_utf8().map_err(|_| Refusal::bad("The request URI is not UTF-8."))
}

/// Returns the characters outside of quotes, with their positions. Within double quotes, as in the texts of a
/// JSON list, a backslash escapes the next character.
fn unquoted(text: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut quote, mut escaped) = (None, false);
    text.char_indices().filter(move |(_, each)| {
        if core::mem::take(&mut escaped) {
            return false;
        }
        match (quote, each) {
            (Some('"'), '\\') => escaped = true,
            (Some(open), _) if *each == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(*each),
            (None, _) => return true,
        }
        false
    })
}

/// Returns the parts between separators outside of quotes and brackets. A part keeps its quotes. Unbalanced
/// brackets are not reported.
pub(super) fn split(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_i32);
    for (index, each) in unquoted(text) {
        match each {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ if each == separator && depth == 0 => {
                parts.push(&text[start..index]);
                start = index + each.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Returns the index of the bracket that closes the one before the text.
pub(super) fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (index, each) in unquoted(text) {
        match each {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return Some(index),
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Splits `name(inside)` into its two parts; a `name` without parentheses has no second part.
pub(super) fn call(text: &str) -> Option<(&str, Option<&str>)> {
    match text.find('(') {
        None => Some((text, None)),
        Some(open) => Some((&text[..open], Some(text[open + 1..].strip_suffix(')')?))),
    }
}

/// Returns the names of a path through navigation properties: `primarycontactid/lastname`.
pub(super) fn property_path(text: &str) -> Result<Vec<String>> {
    let path: Vec<String> = text.split('/').map(str::to_owned).collect();
    if path.len() > MAX_PATH_LENGTH {
        return Err(Refusal::query_not_supported(format!(
            "A path leads through no more than {MAX_PATH_LENGTH} properties."
        )));
    }
    Ok(path)
}
