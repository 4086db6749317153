//! Messages: every request of a table as a value.
//!
//! A [`Message`] becomes an [`http::Request`](::http::Request) and reads the [`http::Response`](::http::Response). Nothing here does I/O, so any HTTP client
//! can send it, and a test needs none.
//!
//! The floor is `http`: requests, replies, preferences, options, the organization and the error. Each room above it holds
//! the messages of one subject, one file a message: `record`, `multiple`, `query`, `sharing`, `call` and `batch`.
//! [`TableMessages`] and [`ReadMessages`] are where they begin.

mod batch;
mod call;
mod entry;
mod http;
#[allow(clippy::module_inception, reason = "the trait is what the module is named after")]
mod message;
mod message_type;
mod multiple;
mod query;
mod record;
pub(crate) mod sharing;

pub use batch::{AsPart, Batch, BatchReply, ChangePart, ChangeSet, Part};
pub use call::{Action, Caller, Function, IsValidStateTransition, Parameter, WhoAmI};
pub use entry::{ReadMessages, TableMessages};
pub use http::{
    Annotations, BypassLogic, Error, ErrorKind, Organization, Repeated, RequestOptions, RequestSummary,
    TransportFailure,
};
pub use message::{AssumeIdempotent, Message, Paged, Sendable, WithOptions, WriteMessage};
pub use multiple::{CreateMultiple, DeleteMultiple, Multiple, Outcomes, UpdateMultiple, UpsertMultiple};
pub use query::{
    Aggregate, AtMostOne, Count, DateGrouping, ExactlyOne, Fetch, FetchRows, FetchXml, First, Link, LinkType,
    Query, RetrieveTotalRecordCount, TrackChanges,
};
#[doc(hidden)]
pub use record::draft_parts;
pub use record::{
    Assign, Associate, Create, CreateReturning, Delete, Disassociate, DraftMessages, Retrieve,
    RetrieveColumn, RetrieveIfChanged, SetState, SingleColumn, Update, UpdateReturning, Upsert,
    UpsertReturning, Upserted, UpsertedRecord,
};
pub use sharing::{
    AccessRights, AsPrincipal, GrantAccess, ModifyAccess, PrincipalRef, RetrievePrincipalAccess,
    RetrieveSharedPrincipalsAndAccess, RevokeAccess, SharedAccess, UnknownRight,
};
