//! Messages: each request of Dataverse as a value.
//!
//! A [`Message`] builds an [`http::Request`](::http::Request) and reads the
//! [`http::Response`](::http::Response). Nothing here does I/O: any HTTP client can send a message, and a
//! test needs none. [`TableMessages`] and [`ReadMessages`] have a method for each message of a table.
//!
//! ```
//! use dataverse_entity::bytes::Bytes;
//! use dataverse_entity::http::Response;
//! use dataverse_entity::prelude::*;
//! use dataverse_entity::tables::SessionEvent;
//!
//! let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
//! let count = SessionEvent::count();
//! let request = count.request(&org)?;
//! assert_eq!(request.uri().path(), "/api/data/v9.2/msdyn_sessionevents/$count");
//! let events = count.response(Response::new(Bytes::from_static(b"42")))?;
//! assert_eq!(events, 42);
//! # Ok::<(), dataverse_entity::Error>(())
//! ```

// The base is `http`: requests, replies, preferences, options, the organization and the error. Each module
// above it holds the messages of one subject, one file per message.
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
    Aggregate, AtMostOne, Count, DateGrouping, ExactlyOne, Fetch, FetchRows, FetchXml, First, InRanges, Link,
    LinkType, Query, RangePosition, RetrieveTotalRecordCount, TrackChanges,
};
#[doc(hidden)]
pub use query::{Cut, KeyRange, Point};
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
