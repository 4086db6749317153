//! Tokens from the credentials of `azure_core`.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use azure_core::credentials::TokenCredential;
use dataverse_entity_core::message::Organization;
use futures_core::future::BoxFuture;

use crate::token::{AccessToken, TokenError, TokenSource};

/// A token source over a credential of `azure_core`, such as those of `azure_identity`: client secrets and
/// certificates, managed identities, the Azure CLI.
///
/// ```
/// use std::sync::Arc;
///
/// use dataverse_entity::client::azure_core::credentials::TokenCredential;
/// use dataverse_entity::client::{AzureCredential, Client};
/// use dataverse_entity::{Error, Organization};
///
/// /// Takes any credential of `azure_identity`, such as `ManagedIdentityCredential::new(None)?`.
/// fn connect(credential: Arc<dyn TokenCredential>) -> Result<Client, Error> {
///     let org = Organization::new("https://contoso.crm4.dynamics.com")?;
///     Client::new(org, AzureCredential::new(credential))
/// }
/// # let _ = connect;
/// ```
#[derive(Debug, Clone)]
pub struct AzureCredential(Arc<dyn TokenCredential>);

impl AzureCredential {
    /// Creates a token source that asks this credential for the scope `https://<host>/.default` of the
    /// organization.
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        Self(credential)
    }
}

#[diagnostic::do_not_recommend]
impl TokenSource for AzureCredential {
    fn token<'a>(&'a self, org: &'a Organization) -> BoxFuture<'a, Result<Option<AccessToken>, TokenError>> {
        Box::pin(async move {
            let scope = format!("{}/.default", org.origin());
            let token = self.0.get_token(&[&scope], None).await?;
            // No token expires before 1970, so a negative time means an expired token.
            let seconds = u64::try_from(token.expires_on.unix_timestamp()).unwrap_or_default();
            let end = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            Ok(Some(AccessToken::new(token.token.secret(), Some(end))))
        })
    }
}

#[cfg(test)]
mod tests {
    use core::pin::Pin;

    use azure_core::credentials::{AccessToken as AzureToken, TokenRequestOptions};

    use super::*;

    /// Returns the scopes that it was asked for as the token.
    #[derive(Debug)]
    struct Echo;

    impl TokenCredential for Echo {
        // The signature that `async_trait` expands `async fn get_token` to.
        fn get_token<'s, 'a, 'b, 'o, 'f>(
            &'s self,
            scopes: &'a [&'b str],
            _: Option<TokenRequestOptions<'o>>,
        ) -> Pin<Box<dyn Future<Output = azure_core::Result<AzureToken>> + Send + 'f>>
        where
            's: 'f,
            'a: 'f,
            'b: 'f,
            'o: 'f,
            Self: 'f,
        {
            let token = scopes.join(" ");
            let end = azure_core::time::OffsetDateTime::UNIX_EPOCH + Duration::from_secs(1_000);
            Box::pin(async move { Ok(AzureToken::new(token, end)) })
        }
    }

    #[test]
    fn a_credential_is_asked_for_the_organization_and_its_end_is_kept() {
        let source = AzureCredential::new(Arc::new(Echo));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for (url, scope) in [
            ("https://contoso.crm4.dynamics.com", "https://contoso.crm4.dynamics.com/.default"),
            ("https://crm.contoso.com:444/org/api/data/v9.1", "https://crm.contoso.com:444/.default"),
        ] {
            let org = Organization::new(url).unwrap();
            let token = runtime.block_on(source.token(&org)).unwrap().unwrap();
            assert_eq!(token.expose_secret(), scope);
            assert_eq!(token.expires_at(), Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000)));
        }
    }
}
