//! The file `dataverse.toml`.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::drift::Class;
use crate::settings::Settings;

/// What `init` writes: every key, with its meaning.
pub const TEMPLATE: &str = include_str!("dataverse.toml");

/// The settings of a project.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Config {
    /// The org.
    pub org: Org,
    /// The tables.
    pub tables: Vec<String>,
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
    /// Where `plan` and `apply` put what they make.
    #[serde(default)]
    pub apply: Apply,
}

/// Where the definitions come from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Org {
    /// The address, such as `https://contoso.crm4.dynamics.com`.
    pub url: String,
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
    /// The prefix of the solution's publisher, such as `new`.
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
    /// Returns an error if the file cannot be read, is no TOML, or has a key that nobody knows: the error says which key was
    /// meant.
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
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let config: Self = toml::from_str(text).map_err(|error| {
            let suggestion =
                suggestion(error.message()).map(|key| format!("did you mean `{key}`?\n")).unwrap_or_default();
            ConfigError(format!("{error}{suggestion}"))
        })?;
        match config.tables.is_empty() {
            true => Err(ConfigError(
                "`tables` is empty: name the tables, such as [\"account\", \"new_*\"]".to_owned(),
            )),
            false => Ok(config),
        }
    }
}

/// The key that was meant: the nearest of those that serde expected.
fn suggestion(message: &str) -> Option<&str> {
    let (unknown, expected) = message.strip_prefix("unknown field `")?.split_once("`, expected")?;
    let nearest =
        expected.split('`').skip(1).step_by(2).min_by_key(|key| strsim::damerau_levenshtein(unknown, key))?;
    (strsim::damerau_levenshtein(unknown, nearest) <= 2.max(unknown.len() / 3)).then_some(nearest)
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

    #[test]
    fn an_unknown_key_is_an_error_that_says_what_was_meant() {
        let error = Config::parse(
            "tables = [\"account\"]\n[org]\nurl = \"https://contoso.crm4.dynamics.com\"\ntokn = \"az\"\n",
        );
        let error = error.expect_err("an unknown key").to_string();
        assert!(
            error.contains("line 4")
                && error.contains("unknown field `tokn`")
                && error.contains("did you mean `token`?"),
            "{error}"
        );
    }
}
