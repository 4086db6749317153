//! Messages about the rights of users and teams on a record.

mod access_rights;
mod grant_access;
mod modify_access;
pub(super) mod parts;
mod principal;
mod retrieve_principal_access;
mod retrieve_shared_principals_and_access;
mod revoke_access;
mod share_message;

pub use access_rights::{AccessRights, UnknownRight};
pub use grant_access::GrantAccess;
pub use modify_access::ModifyAccess;
pub use principal::{AsPrincipal, PrincipalRef, PrincipalResult, principal_of};
pub use retrieve_principal_access::RetrievePrincipalAccess;
pub use retrieve_shared_principals_and_access::{RetrieveSharedPrincipalsAndAccess, SharedAccess};
pub use revoke_access::RevokeAccess;
