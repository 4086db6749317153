//! The path of a URL below the service root.

use super::aliases::Aliases;
use super::filter::{Literal, Parser};
use super::split::{call, decode, split};
use crate::error::{Refusal, Result};

/// One segment: a name, and the contents of its parentheses.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    pub(crate) name: String,
    /// `None` without parentheses.
    pub(crate) arguments: Option<Keys>,
}

/// The contents of the parentheses of a segment.
#[derive(Debug, Clone)]
pub(crate) enum Keys {
    /// `()`
    None,
    /// One value without a name: a primary key.
    One(Literal),
    /// Values with names: an alternate key, or the parameters of a function.
    Named(Vec<(String, String)>),
}

/// Maximum number of segments in a path.
const MAX_SEGMENTS: usize = 40;

/// Returns the part of a URL below the service root. A relative URL is that part already.
pub(crate) fn below_service_root(url: &str) -> &str {
    match url.find("/api/data/") {
        Some(index) => url[index + "/api/data/".len()..].split_once('/').map_or("", |(_, path)| path),
        None => url.trim_start_matches('/'),
    }
}

/// Returns the segments of a path that is relative to the service root.
pub(crate) fn segments(path: &str) -> Result<Vec<Segment>> {
    // A slash in quotes belongs to a key, whether it is percent-encoded or not.
    let trimmed = path.trim_matches('/');
    if trimmed.is_empty() {
        return Ok(Vec::new());
    }
    let parts = split(trimmed, '/');
    if parts.len() > MAX_SEGMENTS {
        return Err(Refusal::bad(format!("The path of the URL has more than {MAX_SEGMENTS} segments.")));
    }
    parts.into_iter().map(segment).collect()
}

fn segment(raw: &str) -> Result<Segment> {
    let text = decode(raw)?;
    let broken = || Refusal::bad(format!("Syntax error in the segment '{text}'."));
    let (name, inside) = call(&text).ok_or_else(broken)?;
    let arguments = match inside.map(str::trim) {
        None => None,
        Some("") => Some(Keys::None),
        Some(inside) => Some(keys(inside)?),
    };
    Ok(Segment { name: name.to_owned(), arguments })
}

fn keys(inside: &str) -> Result<Keys> {
    let parts = split(inside, ',');
    let named = |part: &&str| {
        let (name, value) = part.split_once('=')?;
        let name = name.trim();
        let is_name =
            !name.is_empty() && name.chars().all(|each| each.is_alphanumeric() || each == '_' || each == '.');
        is_name.then(|| (name.to_owned(), value.trim().to_owned()))
    };
    let all: Option<Vec<_>> = parts.iter().map(named).collect();
    if let Some(all) = all {
        return Ok(Keys::Named(all));
    }
    let [one] = parts.as_slice() else {
        return Err(Refusal::bad(format!("Bad Request - Error in query syntax: '{inside}' is not a key.")));
    };
    // A GUID in quotes or in braces is not a valid key in a URL.
    if one.trim().starts_with(['\'', '{']) {
        return Err(Refusal::bad("Bad Request - Error in query syntax."));
    }
    Ok(Keys::One(Parser::literal(one.trim(), &Aliases::default())?))
}
