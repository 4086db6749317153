//! The file `dataverse.toml`.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::drift::Class;
use crate::pull::Selection;
use crate::settings::Settings;
use crate::structs::Code;

mod hint;

/// What `init` writes: every key, with its meaning.
pub const TEMPLATE: &str = include_str!("dataverse.toml");

/// The settings of a project.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Config {
    /// The org.
    pub org: Org,
    /// The tables: logical names, and patterns.
    #[serde(default)]
    pub tables: Vec<String>,
    /// Solutions, by unique name, whose tables are selected, too.
    #[serde(default)]
    pub solutions: Vec<String>,
    /// Tables that are selected with their neighbors.
    #[serde(default)]
    pub neighbors_of: Vec<String>,
    /// Names and patterns of tables that are not selected.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// The directory of the snapshot.
    #[serde(default = "snapshot")]
    pub snapshot: PathBuf,
    /// The directory of the generated module.
    #[serde(default = "output")]
    pub output: PathBuf,
    /// The generated code.
    #[serde(default)]
    pub generate: Settings,
    /// The check.
    #[serde(default)]
    pub check: Check,
    /// The structs that `plan`, `apply` and `check --crate` read.
    pub code: Option<Code>,
    /// Where `plan` and `apply` put what they make.
    #[serde(default)]
    pub apply: Apply,
}

/// Where the definitions come from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Org {
    /// The address, such as `https://contoso.crm4.dynamics.com`. It may be empty if there is a `metadata` document.
    #[serde(default)]
    pub url: String,
    /// A `$metadata` document that definitions are read from, in place of the org: a file, or the address of one.
    pub metadata: Option<String>,
    /// Where tokens come from.
    #[serde(default)]
    pub token: Token,
}

/// Where tokens come from. They are never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Token {
    /// The environment variable `DATAVERSE_TOKEN`.
    #[default]
    Environment,
    /// `az account get-access-token`: whoever is signed in to the Azure CLI.
    Az,
    /// An app registration: `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET`. Needs the feature `azure`.
    ClientSecret,
    /// Whoever is signed in to a developer tool: the Azure CLI or the Azure Developer CLI. Needs the feature `azure`.
    DeveloperTools,
    /// Requests go without a token, as the emulator takes them.
    None,
}

/// Which findings are errors.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Check {
    /// The classes that let `check` fail.
    pub deny: Vec<Class>,
}

impl Default for Check {
    fn default() -> Self {
        Self { deny: vec![Class::Breaking] }
    }
}

/// Where `plan` and `apply` put what they make.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Apply {
    /// The unmanaged solution that everything is added to, by unique name.
    pub solution: Option<String>,
    /// The prefix of the publisher, such as `new`; that of the solution's publisher unless set.
    pub prefix: Option<String>,
}

fn snapshot() -> PathBuf {
    "dataverse".into()
}

fn output() -> PathBuf {
    "src/tables".into()
}

/// A configuration that cannot be used. It names the file, and the line if there is one.
#[derive(Debug)]
pub struct ConfigError(String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read, is no TOML, has an unknown key (the error says which key was meant), or
    /// has settings that contradict each other.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            let advice = match error.kind() {
                std::io::ErrorKind::NotFound => "; `cargo dataverse init` writes one",
                _ => "",
            };
            ConfigError(format!("{}: {error}{advice}", path.display()))
        })?;
        Self::parse(&text).map_err(|problem| ConfigError(format!("{}: {problem}", path.display())))
    }

    /// Reads a text.
    ///
    /// ```
    /// use dataverse_codegen::{Config, TEMPLATE, Token};
    ///
    /// let config = Config::parse(TEMPLATE)?;
    /// assert_eq!(config.org.token, Token::Environment);
    /// let error = Config::parse("tables = [\"account\"]\norg = { ulr = \"https://contoso.crm4.dynamics.com\" }");
    /// assert!(error.unwrap_err().to_string().contains("did you mean `url`?"));
    /// # Ok::<(), dataverse_codegen::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the text is no TOML, has an unknown key, or has settings that contradict each other.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let config: Self = toml::from_str(text).map_err(|error| {
            let hint = hint::hint(error.message()).map(|hint| format!("{hint}\n")).unwrap_or_default();
            ConfigError(format!("{error}{hint}"))
        })?;
        match config.contradiction() {
            Some(problem) => Err(ConfigError(problem)),
            None => Ok(config),
        }
    }

    /// Returns the selection of tables.
    pub fn selection(&self) -> Selection {
        let mut selection = Selection::default();
        selection.tables.clone_from(&self.tables);
        selection.solutions.clone_from(&self.solutions);
        selection.neighbors_of.clone_from(&self.neighbors_of);
        selection.exclude.clone_from(&self.exclude);
        selection
    }

    /// Settings that each alone would be valid.
    fn contradiction(&self) -> Option<String> {
        if self.tables.is_empty() && self.solutions.is_empty() && self.neighbors_of.is_empty() {
            return Some("`tables` is empty: name the tables, such as [\"account\", \"new_*\"]".to_owned());
        }
        match (&self.org.metadata, self.org.url.is_empty()) {
            (None, true) => {
                return Some(
                    "`[org]` has no `url`: write the address of the org, such as url = \"https://contoso.crm4.dynamics.com\""
                        .to_owned(),
                );
            }
            (Some(_), _) if !self.solutions.is_empty() => {
                return Some(
                    "`solutions` needs the org, and `metadata` in `[org]` reads a document in its place; remove one of them"
                        .to_owned(),
                );
            }
            _ => {}
        }
        let selection = self.selection();
        let named = self.tables.iter().chain(&self.neighbors_of).filter(|name| !name.contains('*'));
        for name in named {
            if let Some(pattern) = selection.excluding(name) {
                return Some(format!(
                    "`{name}` is selected by name, and excluded by `{pattern}` in `exclude`; remove one of them"
                ));
            }
        }
        for name in &self.neighbors_of {
            if name.contains('*') {
                return Some(format!("`{name}` in `neighbors_of` is a pattern; name the tables"));
            }
        }
        if self.snapshot == self.output {
            return Some(format!(
                "`snapshot` and `output` are both `{}`; give each its own directory",
                self.output.display()
            ));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_a_configuration() {
        let config = Config::parse(TEMPLATE).expect("the template");
        assert_eq!(config.snapshot, snapshot());
        assert_eq!(config.output, output());
        assert_eq!(config.check, Check::default());
        assert_eq!(config.generate, Settings { languages: vec![1033], ..Settings::default() });
    }
}
