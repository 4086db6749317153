//! The org of the settings: its client, its tokens, its tables.

use std::io::IsTerminal;
use std::process::Command as Process;

use dataverse_entity::Organization;
use dataverse_entity::client::{Client, StaticToken};

use super::failure::{Failure, ORG, USAGE};
use crate::config::{Config, Token};
use crate::pull::{PullError, table, table_names};
use crate::snapshot::Snapshot;

/// A client for the org of the configuration.
pub(super) fn client(config: &Config) -> Result<Client, Failure> {
    let org = Organization::new(&config.org.url).map_err(|error| Failure::of(USAGE, &error))?;
    let client = match config.org.token {
        Token::None => Client::new(org, dataverse_entity::client::NoToken),
        Token::Environment => {
            let token = std::env::var("DATAVERSE_TOKEN").map_err(|_| {
                let advice = "set the variable DATAVERSE_TOKEN, or write `token = \"az\"` in `[org]`";
                Failure::new(ORG, format!("there is no token: {advice}"))
            })?;
            Client::new(org, StaticToken::new(token))
        }
        Token::Az => {
            let token = azure_cli(&org)?;
            Client::new(org, StaticToken::new(token))
        }
    };
    client.map_err(|error| Failure::of(USAGE, &error))
}

/// A token of the identity that is signed in to the Azure CLI.
fn azure_cli(org: &Organization) -> Result<String, Failure> {
    let program = if cfg!(windows) { "az.cmd" } else { "az" };
    let output = Process::new(program)
        .args([
            "account",
            "get-access-token",
            "--query",
            "accessToken",
            "--output",
            "tsv",
            "--resource",
            org.origin(),
        ])
        .output()
        .map_err(|error| {
            Failure::new(
                ORG,
                format!(
                    "the Azure CLI cannot be run: {error}; install it, or use a token in DATAVERSE_TOKEN"
                ),
            )
        })?;
    if !output.status.success() {
        let problem = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(ORG, format!("`az account get-access-token` failed: {}", problem.trim())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(ORG, error))
}

/// Reads the tables of the configuration from its org.
pub(super) fn fetch(config: &Config) -> Result<Snapshot, Failure> {
    let client = client(config)?;
    let runtime = runtime()?;
    let failure = |error: PullError| {
        let code = if matches!(error, PullError::NotFound(_)) { USAGE } else { ORG };
        Failure::of(code, &error)
    };
    runtime.block_on(async {
        let names = table_names(&client, &config.tables).await.map_err(failure)?;
        let mut tables = Vec::new();
        for (number, name) in (1..).zip(&names) {
            if std::io::stderr().is_terminal() {
                eprint!("\r\x1b[K{number}/{} {name}", names.len());
            }
            tables.push(table(&client, name).await.map_err(failure)?);
        }
        if std::io::stderr().is_terminal() {
            eprint!("\r\x1b[K");
        }
        Ok(Snapshot::new(tables))
    })
}
