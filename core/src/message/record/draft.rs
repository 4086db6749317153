//! Makes drafts messages: `SessionEvent::create().name("…")` creates, `SessionEvent::update(id).name("…")`
//! updates.

use bytes::Bytes;
use http::{Request, Response};

use super::body;
use super::create::{self, Create, CreateReturning};
use super::single_column::SingleColumn;
use super::update::{self, Update, UpdateReturning};
use crate::draft::{
    Columns, CreateDraft, DeepCreate, Draft, DraftKind, DraftPurpose, NoDraft, Only, UpdateDraft, Without,
    is_empty,
};
use crate::encode::EncodeError;
use crate::message::http::{Error, Organization, Reply, RequestBuilder};
use crate::message::message::{Message, WriteMessage};
use crate::record::FromRow;
use crate::table::OptimisticConcurrency;
use crate::{Entity, Id, Projection};

/// Implements the traits of messages for a draft. The derive calls it once for each draft, and this file for
/// the generic ones, whose parameters come last. Without the feature `messages`, it expands to nothing.
///
/// The methods are `#[inline]`, so that they are compiled only for the tables that a program sends.
///
/// A blanket impl over drafts would conflict with the impls for references and boxes of messages.
#[cfg(feature = "messages")]
#[doc(hidden)]
#[macro_export]
macro_rules! __draft_message {
    ($(#[$attribute:meta])* CreateDraft, $draft:ty, $table:ty $(, $($generics:tt)+)?) => {
        $(#[$attribute])*
        #[automatically_derived]
        impl $(<$($generics)+>)? $crate::__private::Message for $draft {
            type Output = $crate::Id<$table>;

            #[inline]
            fn message_name(&self) -> &'static ::core::primitive::str {
                "Create"
            }

            #[inline]
            fn request(&self, org: &$crate::Organization) -> $crate::__private::RequestResult {
                $crate::__private::create_request(self, org)
            }

            #[inline]
            fn __unbuilt<'o>(
                &self,
                org: &'o $crate::Organization,
            ) -> $crate::__private::Option<$crate::__private::UnbuiltRequest<'o>> {
                $crate::__private::Option::Some($crate::__private::unbuilt_create(self, org))
            }

            #[inline]
            fn response(
                &self,
                response: $crate::__private::MessageResponse,
            ) -> $crate::__private::Result<$crate::Id<$table>, $crate::Error> {
                $crate::__private::created(self, response)
            }
        }

        $(#[$attribute])*
        #[automatically_derived]
        impl $(<$($generics)+>)? $crate::__private::WriteMessage for $draft {}
    };
    ($(#[$attribute:meta])* UpdateDraft, $draft:ty, $table:ty $(, $($generics:tt)+)?) => {
        $(#[$attribute])*
        #[automatically_derived]
        impl $(<$($generics)+>)? $crate::__private::Message for $draft {
            type Output = ();

            #[inline]
            fn message_name(&self) -> &'static ::core::primitive::str {
                "Update"
            }

            #[inline]
            fn request(&self, org: &$crate::Organization) -> $crate::__private::RequestResult {
                $crate::__private::update_request(self, org)
            }

            #[inline]
            fn __unbuilt<'o>(
                &self,
                org: &'o $crate::Organization,
            ) -> $crate::__private::Option<$crate::__private::UnbuiltRequest<'o>> {
                $crate::__private::Option::Some($crate::__private::unbuilt_update(self, org))
            }

            #[inline]
            fn response(
                &self,
                response: $crate::__private::MessageResponse,
            ) -> $crate::__private::Result<(), $crate::Error> {
                $crate::__private::updated(response)
            }

            #[inline]
            fn is_idempotent(&self) -> ::core::primitive::bool {
                true
            }

            #[inline]
            fn known_answer(&self) -> $crate::__private::Option<()> {
                $crate::__private::answer_of_update(self)
            }
        }

        $(#[$attribute])*
        #[automatically_derived]
        impl $(<$($generics)+>)? $crate::__private::WriteMessage for $draft {}
    };
}

/// What [`Message::request`](crate::message::Message::request) returns.
#[doc(hidden)]
pub type RequestResult = Result<Request<Bytes>, Error>;

/// What [`Message::response`](crate::message::Message::response) reads.
#[doc(hidden)]
pub type MessageResponse = Response<Bytes>;

/// A request that is not built yet.
#[doc(hidden)]
pub type UnbuiltRequest<'o> = Result<RequestBuilder<'o>, Error>;

/// Starts the request of a create.
#[doc(hidden)]
pub fn unbuilt_create<'o>(draft: &dyn Columns, org: &'o Organization) -> UnbuiltRequest<'o> {
    Ok(create::builder(draft.plan().table, org).json(body::of(draft, org)?))
}

/// Starts the request of an update.
#[doc(hidden)]
pub fn unbuilt_update<'o>(draft: &dyn Columns, org: &'o Organization) -> UnbuiltRequest<'o> {
    Ok(update::builder(draft, None, org)?.json(body::of(draft, org)?))
}

/// Builds the request of a create.
#[doc(hidden)]
pub fn create_request(draft: &dyn Columns, org: &Organization) -> RequestResult {
    unbuilt_create(draft, org)?.build()
}

/// Builds the request of an update.
#[doc(hidden)]
pub fn update_request(draft: &dyn Columns, org: &Organization) -> RequestResult {
    unbuilt_update(draft, org)?.build()
}

/// Reads the answer to an update.
#[doc(hidden)]
pub fn updated(response: MessageResponse) -> Result<(), Error> {
    Reply::accepted(response).map(Reply::nothing)
}

/// Returns the answer to an update that holds no column. Such an update is not sent, because it would start
/// plug-ins and flows.
#[doc(hidden)]
pub fn answer_of_update(draft: &dyn Columns) -> Option<()> {
    is_empty(draft).then_some(())
}

__draft_message!(
    #[diagnostic::do_not_recommend]
    CreateDraft, DeepCreate<D>, D::Table, D: Draft<Kind = CreateDraft>
);
__draft_message!(
    #[diagnostic::do_not_recommend]
    CreateDraft, Without<D>, D::Table, D: Draft<Kind = CreateDraft>
);
__draft_message!(
    #[diagnostic::do_not_recommend]
    UpdateDraft, Only<T>, T, T: Entity
);
__draft_message!(
    #[diagnostic::do_not_recommend]
    UpdateDraft, NoDraft<T, UpdateDraft>, T, T: Entity
);

#[diagnostic::do_not_recommend]
impl<T: Entity> Message for NoDraft<T, CreateDraft> {
    type Output = Id<T>;

    fn message_name(&self) -> &'static str {
        "Create"
    }

    fn request(&self, _: &Organization) -> RequestResult {
        let problem = "the table is declared `read_only`: no message creates its records";
        Err(EncodeError::new(T::METADATA.logical_name, None, problem).into())
    }

    fn response(&self, response: MessageResponse) -> Result<Id<T>, Error> {
        create::created(self, response)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity> WriteMessage for NoDraft<T, CreateDraft> {}

/// The variants of a draft's message. Every draft has them.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
/// use dataverse_entity::{Organization, Uuid};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
/// let update = SessionEvent::update(event).name("Closed");
///
/// let guarded = update.clone().if_match(r#"W/"470867""#).request(&org)?;
/// assert_eq!(guarded.headers()["if-match"], r#"W/"470867""#);
/// let single = update.single_column().request(&org)?;
/// assert_eq!(single.method(), "PUT");
/// assert_eq!(single.body(), r#"{"value":"Closed"}"#);
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
pub trait DraftMessages: Draft<Table: Entity> + Sized {
    /// Returns the message that answers with the stored record, read as `P`.
    fn returning<P>(self) -> <Self::Kind as DraftPurpose>::Returning<Self, P>
    where
        P: Projection<Table = Self::Table> + for<'de> FromRow<'de>,
    {
        Self::Kind::returning(self)
    }

    /// Updates the record only if its etag is still this one. Otherwise, the error
    /// [is a conflict](Error::is_conflict).
    fn if_match(self, etag: impl Into<String>) -> Update<Self>
    where
        Self: Draft<Kind = UpdateDraft>,
        Self::Table: OptimisticConcurrency,
    {
        Update::new(self).if_match(etag)
    }

    /// Sets or clears the one column of the update through the column's own URL.
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
    const KIND: DraftKind = DraftKind::Create;
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
    const KIND: DraftKind = DraftKind::Update;
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
