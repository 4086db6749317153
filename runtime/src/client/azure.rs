//! Tokens from the credentials of `azure_core`.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use azure_core::credentials::TokenCredential;
use futures_core::future::BoxFuture;

use super::token::{AccessToken, TokenError, TokenSource};
use crate::operation::Organization;

/// A credential of `azure_core`, such as those of `azure_identity`: client secrets and certificates, managed identities, the
/// Azure CLI.
#[derive(Debug, Clone)]
pub struct AzureCredential(Arc<dyn TokenCredential>);

impl AzureCredential {
    /// Tokens from this credential.
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        Self(credential)
    }
}

impl TokenSource for AzureCredential {
    fn token<'a>(&'a self, org: &'a Organization) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>> {
        Box::pin(async move {
            let scope = format!("{}/.default", org.origin());
            let token = self.0.get_token(&[&scope], None).await?;
            // The end is told in whole seconds since 1970; before that there were no tokens.
            let seconds = u64::try_from(token.expires_on.unix_timestamp()).unwrap_or_default();
            let end = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            Ok(Some(AccessToken::new(token.token.secret(), Some(end))))
        })
    }
}
