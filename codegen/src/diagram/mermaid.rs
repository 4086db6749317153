//! The text of an `erDiagram`. Source of the syntax: "Entity Relationship Diagrams" in Mermaid's documentation, and the grammar of
//! Mermaid 12.3 (`erDiagram.jison`).

use std::fmt::Write as _;

use super::content::{Diagram, End, Entity, Key};
use super::layout::Px;
use super::text::cut;

/// The width of the longest label, in font sizes: some 95 letters.
const MAX_LABEL: Px = 60;

pub(super) fn mermaid(diagram: &Diagram) -> String {
    let mut text = String::from("erDiagram\n");
    for table in &diagram.tables {
        let _ = write!(text, "    {}", name(&table.name));
        if let Some(label) = table.label.as_ref().filter(|label| **label != table.name) {
            let _ = write!(text, "[{}]", quoted(&format!("{} ({})", cut(label, 1, MAX_LABEL), table.name)));
        }
        attributes(&mut text, table);
        text.push('\n');
    }
    for line in &diagram.relationships {
        let (from, to) = (name(&diagram.tables[line.from].name), name(&diagram.tables[line.to].name));
        let end = match line.end {
            End::ZeroOrOne => "o|",
            End::One => "||",
            End::Many => "o{",
        };
        let _ = writeln!(text, "    {from} }}o--{end} {to} : {}", quoted(&line.names.join(", ")));
    }
    text
}

fn attributes(text: &mut String, table: &Entity) {
    let columns: Vec<_> = table.rows.iter().filter(|row| row.key != Key::ManyToMany).collect();
    if columns.is_empty() {
        return;
    }
    text.push_str(" {\n");
    for row in columns {
        let word = word(&row.name);
        let _ = write!(text, "        {} {word}", row.kind);
        if !row.key.as_str().is_empty() {
            let _ = write!(text, " {}", row.key.as_str());
        }
        if word != row.name {
            let _ = write!(text, " {}", quoted(&row.name));
        }
        text.push('\n');
    }
    text.push_str("    }");
}

/// The name of a table in quotes, because words such as `class` and `one` mean something. Other characters than those of logical
/// names become `_`.
fn name(name: &str) -> String {
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.');
    let name: String = name.chars().map(|c| if is_letter(c) { c } else { '_' }).collect();
    format!("\"{}\"", without_direction(&name, "_"))
}

/// The name of a column, as a word that means nothing else. If it differs, the name follows as a comment.
fn word(name: &str) -> String {
    let is_letter =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || ('\u{c0}'..='\u{fffd}').contains(&c);
    let mut word: String = name.chars().map(|c| if is_letter(c) { c } else { '_' }).collect();
    if !word.starts_with(|c: char| !c.is_ascii() || c.is_ascii_alphabetic() || c == '_') {
        word.insert(0, '_');
    }
    let first = word.split('-').next().unwrap_or_default();
    if ["pk", "fk", "uk"].iter().any(|key| first.eq_ignore_ascii_case(key)) {
        word.insert(0, '_');
    }
    word
}

/// A text in quotes. What could end it, or mean something to Mermaid, is written as an entity, such as `#34;` for a quote.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric()
                || !c.is_ascii()
                || matches!(c, ' ' | '_' | '-' | '.' | ',' | '(' | ')') =>
            {
                quoted.push(c)
            }
            c => _ = write!(quoted, "#{};", u32::from(c)),
        }
    }
    quoted.push('"');
    without_direction(&quoted, "#100;")
}

/// Mermaid takes any line with `direction LR` for a statement. The first letter of the word is replaced.
fn without_direction(text: &str, d: &str) -> String {
    const WORD: &str = "direction";
    let mut rest = text;
    let mut result = String::new();
    while let Some(index) = rest.to_ascii_lowercase().find(WORD) {
        result.push_str(&rest[..index]);
        result.push_str(d);
        result.push_str(&rest[index + 1..index + WORD.len()]);
        rest = &rest[index + WORD.len()..];
    }
    result + rest
}
