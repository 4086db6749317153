//! Where tokens come from. They are neither stored nor printed; the client asks for a new one before one expires.

mod az;
#[cfg(feature = "azure")]
mod azure;

use dataverse_entity::Organization;
use dataverse_entity::client::{Client, ClientBuilder, NoToken, StaticToken};

use super::failure::{Failure, ORG};
use crate::config::Token;

/// Returns the builder of a client with tokens from this source.
pub(super) fn builder(org: Organization, token: Token) -> Result<ClientBuilder, Failure> {
    Ok(match token {
        Token::None => Client::builder(org, NoToken),
        Token::Environment => Client::builder(org, StaticToken::new(of_environment()?)),
        Token::Az => Client::builder(org, az::AzureCli),
        #[cfg(feature = "azure")]
        Token::ClientSecret => Client::builder(org, azure::client_secret()?),
        #[cfg(feature = "azure")]
        Token::DeveloperTools => Client::builder(org, azure::developer_tools()?),
        #[cfg(not(feature = "azure"))]
        Token::ClientSecret | Token::DeveloperTools => {
            let problem = "this build has no credentials of azure_identity, which `token` in `[org]` names";
            return Err(Failure::new(super::failure::USAGE, problem)
                .advice("install it with `cargo install dataverse-codegen --features azure`"));
        }
    })
}

fn of_environment() -> Result<String, Failure> {
    let token = std::env::var("DATAVERSE_TOKEN").unwrap_or_default();
    let token = token.trim().to_owned();
    let problem = match token.as_str() {
        "" => "there is no token: the variable DATAVERSE_TOKEN is not set",
        token if token.to_ascii_lowercase().starts_with("bearer ") => {
            "DATAVERSE_TOKEN starts with `Bearer`, which is not a part of the token"
        }
        token if token.contains(|c: char| !c.is_ascii_graphic()) => {
            "DATAVERSE_TOKEN is not a token: it has characters that no header can hold"
        }
        _ => return Ok(token),
    };
    Err(Failure::new(ORG, problem)
        .advice("set the variable to an access token for the org, or write `token = \"az\"` in `[org]`"))
}
