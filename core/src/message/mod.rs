//! Messages: every request of a table as a value.
//!
//! An [`Operation`] becomes an [`http::Request`] and reads the [`http::Response`]; nothing here does I/O, so any HTTP
//! client will do, and a test needs none. One file a message.

mod access_rights;
mod action;
mod aggregate;
mod assign;
mod associate;
mod batch;
mod body;
mod bound;
mod count;
mod create;
mod create_multiple;
mod delete;
mod disassociate;
mod draft;
mod error;
mod fetch_xml;
mod function;
mod grant_access;
mod is_valid_state_transition;
mod macros;
mod messages;
mod modify_access;
mod options;
mod organization;
mod parameter;
mod preferences;
mod principal;
mod query;
mod reply;
mod request;
mod retrieve;
mod retrieve_principal_access;
mod retrieve_shared_principals_and_access;
mod revoke_access;
mod set_state;
mod sharing;
mod single_column;
mod track_changes;
mod update;
mod update_multiple;
mod upsert;
mod upsert_multiple;
mod who_am_i;

use bytes::Bytes;
use http::{Request, Response};

pub use access_rights::{AccessRights, UnknownRight};
pub use action::Action;
pub use aggregate::{Aggregate, Row, Rows};
pub use assign::Assign;
pub use associate::Associate;
pub use batch::{Batch, BatchReply, ChangePart, ChangeSet, Part};
pub use count::Count;
pub use create::{Create, CreateReturning};
pub use create_multiple::CreateMultiple;
pub use delete::Delete;
pub use disassociate::Disassociate;
pub use draft::DraftOperations;
pub use error::{Error, RequestSummary};
#[cfg(feature = "client")]
pub(crate) use error::{Kind, Transport};
pub use fetch_xml::FetchXml;
pub use function::Function;
pub use grant_access::GrantAccess;
pub use is_valid_state_transition::IsValidStateTransition;
pub use messages::{ReadMessages, TableMessages};
pub use modify_access::ModifyAccess;
pub use options::{AssumeRepeatable, BypassLogic, RequestOptions, WithOptions};
pub use organization::Organization;
pub use parameter::Parameter;
pub use preferences::Annotations;
pub use principal::{AsPrincipal, PrincipalRef};
pub use query::Query;
pub use retrieve::{Retrieve, RetrieveIfChanged};
pub use retrieve_principal_access::RetrievePrincipalAccess;
pub use retrieve_shared_principals_and_access::{RetrieveSharedPrincipalsAndAccess, SharedAccess};
pub use revoke_access::RevokeAccess;
pub use set_state::SetState;
pub use single_column::{RetrieveColumn, SingleColumn};
pub use track_changes::TrackChanges;
pub use update::{Update, UpdateReturning};
pub use update_multiple::UpdateMultiple;
pub use upsert::{Upsert, UpsertReturning, Upserted, UpsertedRecord};
pub use upsert_multiple::UpsertMultiple;
pub use who_am_i::{Caller, WhoAmI};

/// A message: a value that becomes a request and reads the answer to it.
///
/// ```
/// use dataverse_entity::operation::{Operation, Organization};
/// # #[cfg(feature = "tables")] {
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let draft = SessionEvent::create().name("Accepted");
/// let request: http::Request<bytes::Bytes> = draft.request(&org)?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.body(), r#"{"msdyn_name":"Accepted"}"#);
/// # }
/// # Ok::<(), dataverse_entity::operation::Error>(())
/// ```
pub trait Operation {
    /// What the answer says.
    type Output;

    /// Name of the message in Dataverse's terms, such as `Create`.
    fn message(&self) -> &'static str;

    /// The request.
    ///
    /// # Errors
    ///
    /// The message cannot be expressed: nothing was sent, and [`Error::is_invalid_request`] is true.
    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error>;

    /// Reads the answer.
    ///
    /// # Errors
    ///
    /// The server refused, or the answer cannot be read.
    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error>;

    /// Does it make no difference whether the request arrives once or twice? Only then may a client send it again when
    /// it does not know whether it arrived. Reading makes no difference; a create or an action does.
    fn is_repeatable(&self) -> bool {
        false
    }

    /// The same message, which the caller knows may be carried out twice: a create with an id of its own, an action that sets
    /// what is set already. A client then sends it again also where it does not know whether it arrived.
    fn assume_repeatable(self) -> AssumeRepeatable<Self>
    where
        Self: Sized,
    {
        AssumeRepeatable(self)
    }

    /// The same message with other options: on whose behalf it is sent, what it bypasses, and more.
    fn with(self, options: RequestOptions) -> WithOptions<Self>
    where
        Self: Sized,
    {
        WithOptions::new(self, options)
    }
}

/// A message whose answer is one page of many.
pub trait Paged: Operation + Sized {
    /// What a page holds.
    type Item;

    /// The message that reads the page behind this one; `None` where it is the last.
    fn next(&self, page: &Self::Output) -> Option<Self>;

    /// What the page holds, in its order.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}
