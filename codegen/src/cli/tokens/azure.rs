//! Tokens of azure_identity.

use std::sync::Arc;

use azure_identity::{ClientSecretCredential, DeveloperToolsCredential};
use dataverse_entity::client::AzureCredential;

use super::super::failure::{Failure, ORG, USAGE};

/// The variables of an app registration, as azure_identity and other tools of Azure name them.
const VARIABLES: [&str; 3] = ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"];

/// Tokens of the app registration that the environment names.
pub(super) fn client_secret() -> Result<AzureCredential, Failure> {
    let values = VARIABLES.map(|name| std::env::var(name).unwrap_or_default());
    let missing: Vec<&str> =
        VARIABLES.iter().zip(&values).filter(|(_, value)| value.is_empty()).map(|(name, _)| *name).collect();
    if !missing.is_empty() {
        return Err(Failure::new(ORG, format!("there is no token: {} is not set", missing.join(", ")))
            .advice("set the tenant, the client id and the secret of an app registration that is an application user of the org"));
    }
    let [tenant, client, secret] = values;
    let credential = ClientSecretCredential::new(&tenant, client, secret.into(), None)
        .map_err(|error| Failure::of(USAGE, &error))?;
    Ok(AzureCredential::new(credential))
}

/// Tokens of whoever is signed in to a developer tool.
pub(super) fn developer_tools() -> Result<AzureCredential, Failure> {
    let credential: Arc<DeveloperToolsCredential> =
        DeveloperToolsCredential::new(None).map_err(|error| Failure::of(USAGE, &error))?;
    Ok(AzureCredential::new(credential))
}
