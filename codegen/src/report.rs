//! Findings as people and tools read them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::drift::{Class, Finding};

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Format {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON array.
    Json,
    /// Annotations of GitHub Actions (`::error file=…`).
    GitHub,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

impl Format {
    /// The words of `--format`.
    pub const NAMES: [(&'static str, Self); 4] =
        [("text", Self::Text), ("json", Self::Json), ("github", Self::GitHub), ("sarif", Self::Sarif)];
}

/// Where the code has a table and its columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Locations(BTreeMap<(String, Option<String>), (PathBuf, usize)>);

impl Locations {
    /// Finds tables and columns in generated files: the line of `logical = "…"`.
    pub fn of_files<'f>(directory: &Path, files: impl IntoIterator<Item = (&'f String, &'f String)>) -> Self {
        let mut locations = BTreeMap::new();
        for (name, text) in files {
            let mut table: Option<String> = None;
            for (number, line) in (1..).zip(text.lines()) {
                let Some(logical) = logical_name(line) else { continue };
                let place = (directory.join(name), number);
                match &table {
                    None => {
                        locations.insert((logical.to_owned(), None), place);
                        table = Some(logical.to_owned());
                    }
                    Some(table) => {
                        locations.insert((table.clone(), Some(logical.to_owned())), place);
                    }
                }
            }
        }
        Self(locations)
    }

    /// Adds the place of a table or column, unless it has one.
    pub(crate) fn insert(&mut self, table: String, column: Option<String>, file: PathBuf, line: usize) {
        self.0.entry((table, column)).or_insert((file, line));
    }

    /// Returns the file and line of a finding: those of its column, else those of its table.
    pub fn of(&self, finding: &Finding) -> Option<(&Path, usize)> {
        let column = (finding.table.clone(), finding.column.clone());
        let place = self.0.get(&column).or_else(|| self.0.get(&(finding.table.clone(), None)))?;
        Some((&place.0, place.1))
    }
}

fn logical_name(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once("logical = \"")?;
    let is_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    (!is_word).then(|| rest.split('"').next()).flatten()
}

/// Returns the findings as text in a format, the severest first.
pub fn report(findings: &[Finding], locations: &Locations, format: Format) -> String {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| (core::cmp::Reverse(finding.class), &finding.table, &finding.column));
    match format {
        Format::Text => text(&sorted, locations),
        Format::Json => {
            json_text(&json!(sorted.iter().map(|finding| with_place(finding, locations)).collect::<Vec<_>>()))
        }
        Format::GitHub => github(&sorted, locations),
        Format::Sarif => sarif(&sorted, locations),
    }
}

fn json_text(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

fn with_place(finding: &Finding, locations: &Locations) -> serde_json::Value {
    let mut value = json!(finding);
    if let (Some((file, line)), Some(members)) = (locations.of(finding), value.as_object_mut()) {
        members.insert("file".to_owned(), json!(file));
        members.insert("line".to_owned(), json!(line));
    }
    value
}

fn text(findings: &[&Finding], locations: &Locations) -> String {
    let mut text = String::new();
    for finding in findings {
        let _ = writeln!(text, "{:<9}  {finding}", finding.class);
        if let Some((file, line)) = locations.of(finding) {
            let _ = writeln!(text, "           --> {}:{line}", file.display());
        }
    }
    let counts: Vec<String> = Class::ALL
        .iter()
        .rev()
        .filter_map(|class| {
            let count = findings.iter().filter(|finding| finding.class == *class).count();
            (count > 0).then(|| format!("{count} {class}"))
        })
        .collect();
    match counts.is_empty() {
        true => text.push_str("no differences\n"),
        false => text.push_str(&format!("{}\n", counts.join(", "))),
    }
    text
}

fn github(findings: &[&Finding], locations: &Locations) -> String {
    // https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    let escaped = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let mut text = String::new();
    for finding in findings {
        let level = match finding.class {
            Class::Breaking => "error",
            Class::Tightened | Class::Warning => "warning",
            Class::Additive | Class::Cosmetic => "notice",
        };
        let place = locations.of(finding).map(|(file, line)| {
            let file = escaped(&file.display().to_string()).replace(':', "%3A").replace(',', "%2C");
            format!(" file={file},line={line},title={}", finding.class)
        });
        let _ = writeln!(text, "::{level}{}::{}", place.unwrap_or_default(), escaped(&finding.to_string()));
    }
    text
}

fn sarif(findings: &[&Finding], locations: &Locations) -> String {
    let results: Vec<serde_json::Value> = findings
        .iter()
        .map(|finding| {
            let level = match finding.class {
                Class::Breaking => "error",
                Class::Tightened | Class::Warning => "warning",
                Class::Additive | Class::Cosmetic => "note",
            };
            let places: Vec<serde_json::Value> = locations
                .of(finding)
                .map(|(file, line)| {
                    let uri = file.to_string_lossy().replace('\\', "/");
                    json!({"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}})
                })
                .into_iter()
                .collect();
            json!({
                "ruleId": finding.class.as_str(),
                "ruleIndex": Class::ALL.iter().position(|class| *class == finding.class),
                "level": level,
                "message": {"text": finding.to_string()}, "locations": places,
            })
        })
        .collect();
    let rule = |class: &Class| json!({"id": class.as_str(), "shortDescription": {"text": class.meaning()}});
    let rules: Vec<serde_json::Value> = Class::ALL.iter().map(rule).collect();
    json_text(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "cargo-dataverse", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "results": results,
        }],
    }))
}

impl Class {
    /// What a difference of the class can cause, for those who see it in another tool.
    fn meaning(self) -> &'static str {
        match self {
            Self::Breaking => "Reads fail, Dataverse refuses writes, or Dataverse ignores a column.",
            Self::Tightened => "Dataverse or its apps refuse values that were valid.",
            Self::Warning => {
                "Callers see less, apps need a value for a new column, or Dataverse refuses a header."
            }
            Self::Additive => "The org has something new.",
            Self::Cosmetic => "People see another label, description, order or color.",
        }
    }
}
