//! Splitting at a separator that stands outside of quotes and brackets.

/// The parts between separators. A part keeps its quotes; unbalanced brackets are left for others to report.
pub(super) fn split(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut quote, mut hidden) = (0, 0_i32, None, false);
    for (place, each) in text.char_indices() {
        if core::mem::take(&mut hidden) {
            continue;
        }
        match (quote, each) {
            // In the texts of a JSON list, a backslash hides what follows it.
            (Some('"'), '\\') => hidden = true,
            (Some(open), _) => {
                if each == open {
                    quote = None;
                }
            }
            (None, '\'' | '"') => quote = Some(each),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            (None, _) if each == separator && depth == 0 => {
                parts.push(&text[start..place]);
                start = place + each.len_utf8();
            }
            (None, _) => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Where the bracket that is open before the text is closed.
pub(super) fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut quote, mut hidden) = (0, None, false);
    for (place, each) in text.char_indices() {
        if core::mem::take(&mut hidden) {
            continue;
        }
        match (quote, each) {
            (Some('"'), '\\') => hidden = true,
            (Some(open), _) if each == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(each),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') if depth == 0 => return Some(place),
            (None, ')' | ']' | '}') => depth -= 1,
            (None, _) => {}
        }
    }
    None
}

/// `name(inside)` as its two parts; `name` alone has no inside.
pub(super) fn call(text: &str) -> Option<(&str, Option<&str>)> {
    match text.find('(') {
        None => Some((text, None)),
        Some(open) => Some((&text[..open], Some(text[open + 1..].strip_suffix(')')?))),
    }
}
