//! Tokens of the Azure CLI.

use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use dataverse_entity::Organization;
use dataverse_entity::client::{AccessToken, BoxFuture, TokenError, TokenSource};
use serde::Deserialize;

/// Tokens of the identity that is signed in to the Azure CLI.
pub(super) struct AzureCli;

impl TokenSource for AzureCli {
    fn token<'a>(&'a self, org: &'a Organization) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>> {
        let resource = org.origin().to_owned();
        Box::pin(async move {
            let output = tokio::task::spawn_blocking(move || run(&resource)).await??;
            token(&output).map(Some)
        })
    }
}

fn run(resource: &str) -> Result<Output, TokenError> {
    let program = if cfg!(windows) { "az.cmd" } else { "az" };
    let mut command = Command::new(program);
    command.args(["account", "get-access-token", "--output", "json", "--resource", resource]);
    command.output().map_err(|error| {
        let advice = "install it, or put a token into DATAVERSE_TOKEN and write `token = \"environment\"`";
        format!("the Azure CLI (`az`) cannot be run: {error}; {advice}").into()
    })
}

/// What `az account get-access-token` prints.
#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "accessToken")]
    access_token: String,
    /// Seconds since 1970. Versions before 2.54 do not have it; the client then uses the token until the org rejects it.
    expires_on: Option<u64>,
}

fn token(output: &Output) -> Result<AccessToken, TokenError> {
    if !output.status.success() {
        let problem = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`az account get-access-token` failed: {}", problem.trim()).into());
    }
    // The error of serde could quote the token.
    let answer: Answer = serde_json::from_slice(&output.stdout)
        .map_err(|_| "`az account get-access-token` printed no JSON with `accessToken`")?;
    let end = answer.expires_on.map(|seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
    Ok(AccessToken::new(answer.access_token, end))
}
