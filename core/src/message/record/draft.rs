//! Drafts are messages as they are: `SessionEvent::create().name("…")` creates, `SessionEvent::update(id).name("…")`
//! updates.

use bytes::Bytes;
use http::{Request, Response};

use super::body;
use super::create::{self, Create, CreateReturning};
use super::single_column::SingleColumn;
use super::update::{self, Update, UpdateReturning};
use crate::draft::{Columns, CreateDraft, DeepCreate, Draft, DraftPurpose, UpdateDraft, is_empty};
use crate::message::http::{Error, Organization, Reply};
use crate::message::message::{Message, WriteMessage};
use crate::record::FromRow;
use crate::table::OptimisticConcurrency;
use crate::{Entity, Id, Projection};

/// Makes a draft a message: the derive calls it once for each draft. Without the feature `messages` it makes nothing.
///
/// A blanket impl over drafts would do the same, but then no impl for references and boxes of messages could exist.
#[cfg(feature = "messages")]
#[doc(hidden)]
#[macro_export]
macro_rules! __draft_message {
    (CreateDraft, $draft:ty, $table:ty) => {
        #[automatically_derived]
        impl $crate::__private::Message for $draft {
            type Output = $crate::Id<$table>;

            fn message_name(&self) -> &'static ::core::primitive::str {
                "Create"
            }

            fn request(&self, org: &$crate::Organization) -> $crate::__private::RequestResult {
                $crate::__private::create_request(self, org)
            }

            fn response(
                &self,
                response: $crate::__private::MessageResponse,
            ) -> $crate::__private::Result<$crate::Id<$table>, $crate::Error> {
                $crate::__private::created(self, response)
            }
        }

        #[automatically_derived]
        impl $crate::__private::WriteMessage for $draft {}
    };
    (UpdateDraft, $draft:ty, $table:ty) => {
        #[automatically_derived]
        impl $crate::__private::Message for $draft {
            type Output = ();

            fn message_name(&self) -> &'static ::core::primitive::str {
                "Update"
            }

            fn request(&self, org: &$crate::Organization) -> $crate::__private::RequestResult {
                $crate::__private::update_request(self, org)
            }

            fn response(
                &self,
                response: $crate::__private::MessageResponse,
            ) -> $crate::__private::Result<(), $crate::Error> {
                $crate::__private::updated(response)
            }

            fn is_idempotent(&self) -> ::core::primitive::bool {
                true
            }

            fn known_answer(&self) -> $crate::__private::Option<()> {
                $crate::__private::answer_of_update(self)
            }
        }

        #[automatically_derived]
        impl $crate::__private::WriteMessage for $draft {}
    };
}

/// What [`Message::request`](crate::message::Message::request) returns.
#[doc(hidden)]
pub type RequestResult = Result<Request<Bytes>, Error>;

/// What [`Message::response`](crate::message::Message::response) reads.
#[doc(hidden)]
pub type MessageResponse = Response<Bytes>;

/// The request of a create.
#[doc(hidden)]
pub fn create_request(draft: &dyn Columns, org: &Organization) -> RequestResult {
    create::builder(draft.plan().table, org).json(body::of(draft, org)?).build()
}

/// The request of an update.
#[doc(hidden)]
pub fn update_request(draft: &dyn Columns, org: &Organization) -> RequestResult {
    update::builder(draft, None, org)?.json(body::of(draft, org)?).build()
}

/// Reads the answer to an update.
#[doc(hidden)]
pub fn updated(response: MessageResponse) -> Result<(), Error> {
    Reply::accepted(response).map(Reply::nothing)
}

/// The answer to an update that holds no column. Sent all the same, it would start plug-ins and flows.
#[doc(hidden)]
pub fn answer_of_update(draft: &dyn Columns) -> Option<()> {
    is_empty(draft).then_some(())
}

#[diagnostic::do_not_recommend]
impl<D: Draft<Kind = CreateDraft>> Message for DeepCreate<D> {
    type Output = Id<D::Table>;

    fn message_name(&self) -> &'static str {
        "Create"
    }

    fn request(&self, org: &Organization) -> RequestResult {
        create_request(self, org)
    }

    fn response(&self, response: MessageResponse) -> Result<Id<D::Table>, Error> {
        create::created(self, response)
    }
}

#[diagnostic::do_not_recommend]
impl<D: Draft<Kind = CreateDraft>> WriteMessage for DeepCreate<D> {}

/// What can be asked of a draft beside sending it. Every draft has it.
pub trait DraftMessages: Draft<Table: Entity> + Sized {
    /// Answers with the record as it is stored, read as `P`.
    fn returning<P>(self) -> <Self::Kind as DraftPurpose>::Returning<Self, P>
    where
        P: Projection<Table = Self::Table> + for<'de> FromRow<'de>,
    {
        Self::Kind::returning(self)
    }

    /// Updates the record only if it is still the one with this etag; else the error
    /// [is a conflict](Error::is_conflict).
    fn if_match(self, etag: impl Into<String>) -> Update<Self>
    where
        Self: Draft<Kind = UpdateDraft>,
        Self::Table: OptimisticConcurrency,
    {
        Update::new(self).if_match(etag)
    }

    /// Sets or clears the one column that the update holds through the column's own URL.
    fn single_column(self) -> SingleColumn<Self>
    where
        Self: Draft<Kind = UpdateDraft>,
    {
        SingleColumn::new(self)
    }
}

impl<D: Draft<Table: Entity>> DraftMessages for D {}

impl DraftPurpose for CreateDraft {
    type Output<T> = Id<T>;
    type Returning<D, P>
        = CreateReturning<D, P>
    where
        D: Draft<Table: Entity, Kind = Self>,
        P: Projection<Table = D::Table> + for<'de> FromRow<'de>;

    fn returning<D, P>(draft: D) -> CreateReturning<D, P>
    where
        D: Draft<Table: Entity, Kind = Self>,
        P: Projection<Table = D::Table> + for<'de> FromRow<'de>,
    {
        Create::new(draft).returning()
    }
}

impl DraftPurpose for UpdateDraft {
    type Output<T> = ();
    type Returning<D, P>
        = UpdateReturning<D, P>
    where
        D: Draft<Table: Entity, Kind = Self>,
        P: Projection<Table = D::Table> + for<'de> FromRow<'de>;

    fn returning<D, P>(draft: D) -> UpdateReturning<D, P>
    where
        D: Draft<Table: Entity, Kind = Self>,
        P: Projection<Table = D::Table> + for<'de> FromRow<'de>,
    {
        Update::new(draft).returning()
    }
}
