//! Source text: literals, comments, layout.

use dataverse_definitions::{Fact, Label};
use serde_json::Number;

use super::GenerateError;

/// Returns a string literal of Rust. Characters that change the direction of text are escaped: rustc refuses them.
pub(super) fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                literal.extend(c.escape_unicode());
            }
            c if c.is_control() => literal.extend(c.escape_unicode()),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// Returns the lines of a doc comment. What Markdown would take for markup is escaped, and what looks like the name of an item is
/// code, as clippy wants it.
pub(super) fn doc(text: &str) -> String {
    let mut lines = String::new();
    for line in text.trim().lines() {
        let words: Vec<String> = line.split_whitespace().map(word_of_doc).collect();
        lines.push_str("/// ");
        lines.push_str(&words.join(" "));
        lines.push('\n');
    }
    lines
}

fn word_of_doc(word: &str) -> String {
    let visible = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let word: String = word.chars().filter(visible).collect();
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let core = word.trim_matches(|c: char| !is_part(c));
    let mut pairs = core.chars().zip(core.chars().skip(1));
    let is_item = core.contains('_')
        || core.contains("://")
        || pairs.any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    if is_item && !core.is_empty() && !word.contains('`') {
        let (before, after) = word.split_once(core).unwrap_or_default();
        return format!("{}`{core}`{}", escaped(before), escaped(after));
    }
    escaped(&word)
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '`' | '#' | '|' | '~') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Returns the arguments of an annotation for labels: the keys in the first language, then a `translation(…)` for each other one.
pub(super) fn labels(members: &[(&str, &Fact<Label>)], languages: &[u32]) -> Vec<String> {
    let first = languages.first().copied().unwrap_or_default();
    let text = |label: &Fact<Label>, language| {
        label.known().and_then(|label| label.get(language)).map(str::to_owned)
    };
    let mut arguments: Vec<String> = members
        .iter()
        .filter_map(|(key, label)| Some(format!("{key} = {}", literal(&text(label, first)?))))
        .collect();
    for language in languages.iter().skip(1) {
        let texts: Vec<String> = members
            .iter()
            .filter_map(|(key, label)| Some(format!("{key} = {}", literal(&text(label, *language)?))))
            .collect();
        if !texts.is_empty() {
            // As a text, because clippy takes two integers of one key for a duplicate.
            arguments.push(format!("translation(language = \"{language}\", {})", texts.join(", ")));
        }
    }
    arguments
}

/// Returns the digits of a limit: JSON may have `1E+11`.
pub(super) fn number(number: &Number) -> String {
    match (number.as_i64(), number.as_f64()) {
        (Some(integer), _) => integer.to_string(),
        (None, Some(float)) if float.abs() < 1e15 => {
            let text = format!("{float:.12}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        (None, Some(float)) => format!("{float:.0}"),
        (None, None) => number.to_string(),
    }
}

/// Returns an integer with separators, as clippy wants it.
pub(super) fn integer(integer: i32) -> String {
    let digits = integer.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 5 {
            text.push('_');
        }
        text.push(digit);
    }
    if integer < 0 { format!("-{text}") } else { text }
}

/// Returns the name in snake case that annotations use for the values of Dataverse: `DateAndTime` is `date_and_time`.
pub(super) fn word(name: &str) -> String {
    let mut word = String::new();
    for (index, c) in name.chars().enumerate() {
        if c.is_uppercase() && index > 0 {
            word.push('_');
        }
        word.extend(c.to_lowercase());
    }
    word
}

/// Lays the source out.
pub(super) fn format(source: &str) -> Result<String, GenerateError> {
    let file = syn::parse_file(source).map_err(|error| {
        GenerateError(format!("the generated code does not parse: {error}; this is a bug"))
    })?;
    Ok(prettyplease::unparse(&file))
}

/// The first lines of each file.
pub(super) const HEADER: &str =
    "// Generated by `cargo dataverse generate`. Changes are lost: extend the types in other files.\n";
