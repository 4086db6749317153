//! The draft as users see it.

use core::fmt;

use super::columns::{Columns, is_empty};
use super::violation::Violations;
use super::{body, validate};
use crate::encode::EncodeError;
#[cfg(feature = "messages")]
use crate::{Entity, Projection, Record, message::Message, record::FromRow};

/// Declares the trait with or without the message that a draft is: a bound cannot be left out by itself.
macro_rules! draft {
    ($($message:path),*) => {
        /// A create or an update of a table, as a value. The derive implements it, and nothing else does.
        ///
        /// With the feature `messages` every draft is a message, so that generic code can send `T::Create::default()`.
        ///
        /// Drafts also implement serde's `Serialize`, for JSON text: `serde_json::to_string` and its like keep every digit of a
        /// decimal. A `serde_json::Value` does not, because its numbers are floats; do not go through `serde_json::to_value`.
        #[diagnostic::on_unimplemented(
            message = "`{Self}` is neither a create nor an update of a table",
            label = "start from `Table::create()` or `Table::update(id)`"
        )]
        pub trait Draft: Columns $(+ $message)* + Clone + fmt::Debug + Send + Sync + 'static {
            /// The table.
            type Table;

            /// What the draft is for: [`CreateDraft`] or [`UpdateDraft`].
            type Kind: DraftPurpose;

            /// Everything that can be said against the body before it is sent; the server would refuse some of it, and
            /// silently change or drop the rest.
            ///
            /// # Errors
            ///
            /// All violations, in the order of the columns.
            fn validate(&self) -> Result<(), Violations>
            where
                Self: Sized,
            {
                validate::validate(self)
            }

            /// The body of the request.
            ///
            /// # Errors
            ///
            /// A value has no JSON form (a float that is not a number), or a lookup points to a table that is not known.
            fn to_json(&self) -> Result<String, EncodeError>
            where
                Self: Sized,
            {
                body::to_json(self)
            }

            /// Does the body hold no column?
            fn is_empty(&self) -> bool
            where
                Self: Sized,
            {
                is_empty(self)
            }
        }
    };
}

#[cfg(feature = "messages")]
draft!(
    crate::message::Message<Output = <<Self as Draft>::Kind as DraftPurpose>::Output<<Self as Draft>::Table>>,
    crate::message::WriteMessage
);
#[cfg(not(feature = "messages"))]
draft!();

/// What a draft is for: [`CreateDraft`] or [`UpdateDraft`]. No other type implements it.
pub trait DraftPurpose: sealed::Sealed + Sized {
    /// What is answered when a draft for the table `T` is sent.
    type Output<T>;

    /// The message that a draft becomes when it answers with the record.
    #[cfg(feature = "messages")]
    type Returning<D, P>: Message<Output = Record<P>>
    where
        D: Draft<Table: Entity, Kind = Self>,
        P: Projection<Table = D::Table> + for<'de> FromRow<'de>;

    /// Lets a draft answer with the record.
    #[cfg(feature = "messages")]
    #[doc(hidden)]
    fn returning<D, P>(draft: D) -> Self::Returning<D, P>
    where
        D: Draft<Table: Entity, Kind = Self>,
        P: Projection<Table = D::Table> + for<'de> FromRow<'de>;
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for super::CreateDraft {}
    impl Sealed for super::UpdateDraft {}
}

/// Says of a draft that it creates a record.
#[derive(Debug, Clone, Copy)]
pub enum CreateDraft {}

/// Says of a draft that it updates a record.
#[derive(Debug, Clone, Copy)]
pub enum UpdateDraft {}

#[cfg(not(feature = "messages"))]
impl DraftPurpose for CreateDraft {
    type Output<T> = crate::Id<T>;
}

#[cfg(not(feature = "messages"))]
impl DraftPurpose for UpdateDraft {
    type Output<T> = ();
}
