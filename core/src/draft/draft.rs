//! The trait of drafts.

use core::fmt;

use super::columns::{Columns, DraftKind, entries, is_empty};
use super::violation::Violations;
use super::{body, validate};
use crate::column::Pending;
use crate::encode::EncodeError;
#[cfg(feature = "messages")]
use crate::{Entity, Projection, Record, message::Message, record::FromRow};

/// Declares the trait with or without its bound on messages: a macro, because `cfg` cannot leave out a bound.
macro_rules! draft {
    ($($message:path),*) => {
        /// A create or an update of a table, as a value. Only the derive and the library implement it.
        ///
        /// ```
        /// use dataverse_entity::prelude::*;
        /// use dataverse_entity::tables::Team;
        ///
        /// let id: Id<Team> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap();
        /// let update = Team::update(id).name("Collections").clear_description();
        /// assert_eq!(update.to_json()?, r#"{"name":"Collections","description":null}"#);
        /// # Ok::<(), dataverse_entity::EncodeError>(())
        /// ```
        ///
        /// With the feature `messages` every draft is a message, so that generic code can send
        /// `T::Create::default()`.
        ///
        /// Drafts also implement serde's `Serialize`. Write them as JSON text, for example by
        /// `serde_json::to_string`, which keeps every digit of a decimal; `serde_json::to_value` would turn
        /// decimals into floats.
        #[diagnostic::on_unimplemented(
            message = "`{Self}` is neither a create nor an update of a table",
            label = "start from `Table::create()` or `Table::update(id)`"
        )]
        pub trait Draft: Columns $(+ $message)* + Clone + PartialEq + fmt::Debug + Send + Sync + 'static {
            /// The table.
            type Table;

            /// The purpose of the draft: [`CreateDraft`] or [`UpdateDraft`].
            type Kind: DraftPurpose;

            /// Sets a column if there is a value; otherwise leaves the draft as it is.
            ///
            /// `set` is a setter, or any function that adds the value to the draft.
            ///
            /// ```
            /// use dataverse_entity::prelude::*;
            /// use dataverse_entity::tables::{Team, TeamCreate};
            ///
            /// let create = |description: Option<&str>| {
            ///     Team::create().name("Collections").set_if_some(description, TeamCreate::description)
            /// };
            /// assert_eq!(create(Some("EMEA")).to_json()?, r#"{"name":"Collections","description":"EMEA"}"#);
            /// assert_eq!(create(None).to_json()?, r#"{"name":"Collections"}"#);
            /// # Ok::<(), dataverse_entity::EncodeError>(())
            /// ```
            fn set_if_some<V>(self, value: Option<V>, set: impl FnOnce(Self, V) -> Self) -> Self
            where
                Self: Sized,
            {
                match value {
                    Some(value) => set(self, value),
                    None => self,
                }
            }

            /// Sets a column if there is a value; otherwise clears it.
            ///
            /// ```
            /// use dataverse_entity::prelude::*;
            /// use dataverse_entity::tables::{Team, TeamUpdate};
            ///
            /// let id: Id<Team> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap();
            /// let update = |description: Option<&str>| {
            ///     Team::update(id).set_or_clear(description, TeamUpdate::description, TeamUpdate::clear_description)
            /// };
            /// assert_eq!(update(Some("EMEA")).to_json()?, r#"{"description":"EMEA"}"#);
            /// assert_eq!(update(None).to_json()?, r#"{"description":null}"#);
            /// # Ok::<(), dataverse_entity::EncodeError>(())
            /// ```
            fn set_or_clear<V>(
                self,
                value: Option<V>,
                set: impl FnOnce(Self, V) -> Self,
                clear: impl FnOnce(Self) -> Self,
            ) -> Self
            where
                Self: Sized,
            {
                match value {
                    Some(value) => set(self, value),
                    None => clear(self),
                }
            }

            /// Checks the body against the facts of the table. Dataverse refuses some of the violations. For
            /// others, it changes or drops values without an error. The rest are rules of apps and forms,
            /// which the Web API does not apply.
            ///
            /// # Errors
            ///
            /// Returns all violations, in the order of the columns.
            ///
            /// ```
            /// use dataverse_entity::prelude::*;
            /// use dataverse_entity::tables::Team;
            ///
            /// let violations = Team::create().name("x".repeat(161)).validate().unwrap_err();
            /// let problem = "team.name: the text is 161 UTF-16 units long, the maximum is 160";
            /// assert!(violations.to_string().contains(problem));
            /// ```
            fn validate(&self) -> Result<(), Violations>
            where
                Self: Sized,
            {
                validate::validate(self)
            }

            /// Returns the body of the request.
            ///
            /// # Errors
            ///
            /// Returns an error if a value has no JSON form, such as a float that is not a number. Also returns an
            /// error if no body can hold a change: for example, if a lookup points to an unknown table, or if an
            /// update sets a lookup to a new record, or a column of the alternate key that names its record.
            ///
            /// ```
            /// use dataverse_entity::prelude::*;
            /// use dataverse_entity::tables::BusinessUnit;
            ///
            /// let unit = BusinessUnit::create().name("Retail").credit_limit(50_000.0);
            /// assert_eq!(unit.to_json()?, r#"{"name":"Retail","creditlimit":50000.0}"#);
            /// assert!(BusinessUnit::create().credit_limit(f64::NAN).to_json().is_err());
            /// # Ok::<(), dataverse_entity::EncodeError>(())
            /// ```
            fn to_json(&self) -> Result<String, EncodeError>
            where
                Self: Sized,
            {
                body::to_json(self)
            }

            /// Returns the logical names of the columns that the body holds, including those
            /// that it clears, in the order of the metadata.
            ///
            /// Collections that a create fills are not columns.
            ///
            /// ```
            /// use dataverse_entity::prelude::*;
            /// use dataverse_entity::tables::SessionEvent;
            ///
            /// let event: Id<SessionEvent> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
            /// let update = SessionEvent::update(event).clear_session().name("Accepted");
            /// let mut columns: Vec<_> = update.column_names().collect();
            /// columns.sort_unstable();
            /// assert_eq!(columns, ["msdyn_name", "msdyn_omnichannelsession"]);
            /// # Ok::<(), dataverse_entity::ParseIdError>(())
            /// ```
            fn column_names(&self) -> impl Iterator<Item = &'static str>
            where
                Self: Sized,
            {
                entries(self)
                    .filter(|(_, pending)| !matches!(pending, Pending::Keep))
                    .map(|(attribute, _)| attribute.logical_name)
            }

            /// Returns whether the body holds no column.
            ///
            /// ```
            /// use dataverse_entity::prelude::*;
            /// use dataverse_entity::tables::Team;
            ///
            /// assert!(Team::create().is_empty());
            /// assert!(!Team::create().name("Collections").is_empty());
            /// ```
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

/// The purpose of a draft: [`CreateDraft`] or [`UpdateDraft`]. No other type implements it.
pub trait DraftPurpose: sealed::Sealed + Sized {
    /// The answer to a draft for the table `T`.
    type Output<T>;

    /// The message, for plans of drafts.
    #[doc(hidden)]
    const KIND: DraftKind;

    /// The message that sends the draft and answers with the record.
    #[cfg(feature = "messages")]
    type Returning<D, P>: Message<Output = Record<P>>
    where
        D: Draft<Table: Entity, Kind = Self>,
        P: Projection<Table = D::Table> + for<'de> FromRow<'de>;

    /// Turns a draft into that message.
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

/// The purpose of a draft that creates a record.
#[derive(Debug, Clone, Copy)]
pub enum CreateDraft {}

/// The purpose of a draft that updates a record.
#[derive(Debug, Clone, Copy)]
pub enum UpdateDraft {}

#[cfg(not(feature = "messages"))]
impl DraftPurpose for CreateDraft {
    type Output<T> = crate::Id<T>;
    const KIND: DraftKind = DraftKind::Create;
}

#[cfg(not(feature = "messages"))]
impl DraftPurpose for UpdateDraft {
    type Output<T> = ();
    const KIND: DraftKind = DraftKind::Update;
}
