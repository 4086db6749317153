//! The fact table as a page.

use core::fmt::Write;

use super::rooms::ROOMS;
use super::{Fact, Grade};

/// Returns the fact table as Markdown, or only its rows of one grade. Leaves out rooms without such rows.
///
/// ```
/// use dataverse_emulator::facts::{Grade, page};
///
/// assert!(page(Some(Grade::Decided)).contains("| rule | grade | source | test |"));
/// ```
pub fn page(grade: Option<Grade>) -> String {
    let mut page = String::new();
    for (title, facts) in ROOMS {
        let facts: Vec<&Fact> =
            facts.iter().filter(|fact| grade.is_none_or(|grade| fact.grade == grade)).collect();
        if facts.is_empty() {
            continue;
        }
        // Writing to a `String` does not fail.
        let _ = write!(page, "## {title}\n\n| rule | grade | source | test |\n|---|---|---|---|\n");
        for fact in facts {
            let strict = if fact.refused_by_strict { "; strict mode refuses it" } else { "" };
            let (rule, source) = (cell(fact.rule), cell(fact.source));
            let _ = writeln!(page, "| {rule} | {}{strict} | {source} | `{}` |", fact.grade, fact.test);
        }
        page.push('\n');
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
