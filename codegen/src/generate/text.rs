//! Source text: literals, comments, layout.

use dataverse_definitions::{Fact, Label, Number};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::GenerateError;

/// Returns a string literal of Rust. Characters that nobody sees, and those that change the direction of text, are escaped:
/// rustc and clippy refuse them. So is every letter beyond ASCII of a text that is not in Unicode's composed form (NFC).
pub(super) fn literal(text: &str) -> String {
    let is_composed = is_nfc(text);
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c if is_invisible(c) || !is_composed && !c.is_ascii() => literal.extend(c.escape_unicode()),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// Whether nobody sees the character: control characters, and Unicode's format characters that texts are known to have.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Returns the lines of a doc comment; `None` if the text has no visible character. What Markdown would take for markup is
/// escaped, and what looks like the name of an item is code, as clippy wants it.
pub(super) fn doc(text: &str) -> Option<String> {
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            let composed: String = line.nfc().collect();
            let words: Vec<String> =
                composed.split_whitespace().map(word_of_doc).filter(|word| !word.is_empty()).collect();
            not_a_block(words.join(" "))
        })
        .collect();
    let first = lines.iter().position(|line| !line.is_empty())?;
    let last = lines.iter().rposition(|line| !line.is_empty())?;
    let comment = |line: &String| format!("/// {line}").trim_end().to_owned() + "\n";
    Some(lines[first..=last].iter().map(comment).collect())
}

/// Escapes what would start a list or a heading at the beginning of a line.
fn not_a_block(line: String) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    match line[digits..].chars().next() {
        Some('-' | '+' | '=') if digits == 0 => format!("\\{line}"),
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &line[..digits], &line[digits..]),
        _ => line,
    }
}

fn word_of_doc(word: &str) -> String {
    let word: String = word.chars().filter(|c| !is_invisible(*c)).collect();
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let core = word.trim_matches(|c: char| !is_part(c));
    if !looks_like_code(core) {
        return escaped(&word);
    }
    let (before, after) = word.split_once(core).unwrap_or_default();
    // The text may have written it as code itself.
    let (before, after) = (before.replace('`', ""), after.replace('`', ""));
    format!("{}`{}`{}", escaped(&before), core.replace('`', "'"), escaped(&after))
}

/// Whether clippy's `doc_markdown` would take the word for code: a path, an address, or a name such as `new_loan`, `LoanDate`.
fn looks_like_code(word: &str) -> bool {
    let is_mixed = |part: &str| {
        // The plural of an abbreviation is none.
        let part = part.strip_suffix('s').unwrap_or(part);
        part.chars().filter(|c| c.is_uppercase()).nth(1).is_some() && part.contains(char::is_lowercase)
            || part.chars().zip(part.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase())
    };
    word.contains(['_', '@'])
        || word.contains("::")
        || word.contains("://")
        || word.split(|c: char| !c.is_alphanumeric()).any(is_mixed)
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '`' | '#' | '|' | '~' | '&' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Returns the doc comment of an item: its description, else what apps call it, else this sentence.
pub(super) fn comment(
    description: &Fact<Label>,
    display: &Fact<Label>,
    languages: &[u32],
    otherwise: impl Fn() -> String,
) -> String {
    let text = |label: &Fact<Label>| label.known().and_then(|label| label.in_any(languages)).and_then(doc);
    text(description).or_else(|| text(display)).unwrap_or_else(|| format!("/// {}\n", otherwise()))
}

/// The language whose texts annotations have without a `translation(…)`.
const ENGLISH: u32 = 1033;

/// Texts of a definition, each with the key that it has in an annotation.
pub(super) type Texts<'t> = [(&'static str, &'t Fact<Label>)];

/// Returns the arguments of an annotation for labels: the keys in the main language, then a `translation(…)` for each other one.
pub(super) fn labels(members: &Texts<'_>, languages: &[u32]) -> Vec<String> {
    let mut arguments = main_labels(members, languages);
    arguments.extend(translations(members, languages));
    arguments
}

/// Returns a key and its text for each label in the main language: English if it is among these, else the first.
pub(super) fn main_labels(members: &Texts<'_>, languages: &[u32]) -> Vec<String> {
    main_language(languages).map(|language| texts(members, language)).unwrap_or_default()
}

/// Returns a `translation(…)` for each of these languages but the main one.
pub(super) fn translations(members: &Texts<'_>, languages: &[u32]) -> Vec<String> {
    let main = main_language(languages);
    let others = languages.iter().filter(|language| Some(**language) != main);
    others
        .filter_map(|language| {
            let texts = texts(members, *language);
            // As a text, because clippy takes two integers of one key for a duplicate.
            (!texts.is_empty())
                .then(|| format!("translation(language = \"{language}\", {})", texts.join(", ")))
        })
        .collect()
}

fn main_language(languages: &[u32]) -> Option<u32> {
    languages.iter().copied().find(|language| *language == ENGLISH).or(languages.first().copied())
}

fn texts(members: &Texts<'_>, language: u32) -> Vec<String> {
    let known = |label: &'_ Fact<Label>| label.known()?.get(language).map(str::to_owned);
    // An empty text says nothing, and the derive refuses it.
    let text =
        |label: &Fact<Label>| known(label).filter(|text| !text.trim().is_empty()).map(|text| literal(&text));
    members.iter().filter_map(|(key, label)| Some(format!("{key} = {}", text(label)?))).collect()
}

/// Returns the digits of a limit: JSON may have `1E+11`, or `100.00`.
pub(super) fn number(number: &Number) -> String {
    let text = number.as_str();
    match number.as_f64() {
        // Rust writes no exponents.
        Some(float) if text.contains(['e', 'E']) => float.to_string(),
        _ if text.contains('.') => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        _ => text.to_owned(),
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

/// Lays the source of a file out.
pub(super) fn format(name: &str, source: &str) -> Result<String, GenerateError> {
    let file = syn::parse_file(source).map_err(|error| {
        GenerateError::new(format!(
            "the generated `{name}` does not parse: {error}; this is a bug: report it with the definition"
        ))
    })?;
    Ok(prettyplease::unparse(&file))
}

/// The first lines of each file.
pub(super) const HEADER: &str =
    "// Generated by `cargo dataverse generate`. Changes are lost: extend the types in other files.\n";
