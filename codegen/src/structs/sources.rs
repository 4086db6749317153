//! Where the sources of a crate declare tables and columns.

use std::fs;
use std::path::{Path, PathBuf};

use crate::report::Locations;

/// Finds the lines of `logical = "…"` in the sources of a crate.
pub(super) fn locations(path: &Path) -> Locations {
    let directory = if path.ends_with("Cargo.toml") { path.parent().unwrap_or(path) } else { path };
    let mut locations = Locations::default();
    for file in files(&directory.join("src")) {
        if let Ok(text) = fs::read_to_string(&file) {
            for (table, column, line) in declarations(&text) {
                locations.insert(table, column, file.clone(), line);
            }
        }
    }
    locations
}

/// The Rust files below a directory, in the order of their paths.
fn files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The tables and columns of a file, with their lines: `#[entity(logical = "…")]` is a table, and each
/// `#[attr(logical = "…")]` after it a column of it.
fn declarations(text: &str) -> Vec<(String, Option<String>, usize)> {
    let mut declarations = Vec::new();
    let mut table: Option<String> = None;
    // The attribute that the text is in: of a table, or of a column.
    let mut is_table = None;
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim_start().starts_with("//") {
            continue;
        }
        if let Some((_, attribute)) = line.split_once("#[") {
            is_table = match attribute.trim_start() {
                text if text.starts_with("entity") => Some(true),
                text if text.starts_with("attr") => Some(false),
                _ => None,
            };
        }
        let Some(logical) = logical_name(line) else { continue };
        match (is_table.take(), &table) {
            (Some(true), _) => {
                declarations.push((logical.to_owned(), None, number));
                table = Some(logical.to_owned());
            }
            (Some(false), Some(table)) => {
                declarations.push((table.clone(), Some(logical.to_owned()), number));
            }
            _ => {}
        }
    }
    declarations
}

/// The first `logical = "…"` of a line.
fn logical_name(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once("logical")?;
    let is_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let rest = rest.trim_start().strip_prefix('=')?.trim_start().strip_prefix('"')?;
    (!is_word).then(|| rest.split('"').next()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_declare_several_tables() {
        let text = r#"
#[derive(DataverseEntity)]
#[entity(logical = "new_loan", set = "new_loans")]
struct Loan {
    // #[attr(logical = "new_old")]
    #[attr(
        logical = "new_loanid",
        primary_id
    )]
    id: Id<Loan>,
}

#[entity(
    set = "new_tools",
    logical="new_tool",
)]
#[entity(relationship(many_to_one, schema = "x", column = "new_y", table = "account", key = "accountid"))]
struct Tool {
    #[attr(logical = "new_toolid", primary_id)] id: Id<Tool>,
}

#[entity(of = Tool)]
struct Part {
    #[attr(logical = "new_name")]
    name: Option<String>,
}
"#;
        let found: Vec<(String, usize)> = declarations(text)
            .into_iter()
            .map(|(table, column, line)| {
                (column.map_or(table.clone(), |column| format!("{table}.{column}")), line)
            })
            .collect();
        let expected = [
            ("new_loan", 3),
            ("new_loan.new_loanid", 7),
            ("new_tool", 15),
            ("new_tool.new_toolid", 19),
            ("new_tool.new_name", 24),
        ];
        assert_eq!(found, expected.map(|(name, line)| (name.to_owned(), line)));
    }
}
