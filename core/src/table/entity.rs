//! Tables, and structs that read some of a table's columns.

use uuid::Uuid;

use crate::Id;
use crate::column::Difference;
use crate::draft::{Columns, CreateDraft, Diff, Draft, UpdateDraft, Violations};
use crate::metadata::{EntityMetadata, TargetTable};
use crate::query::{Column, kinds};
use crate::record::{FromRow, WriteRow};
use crate::reference::IntoRecord;
use crate::reference::LookupTarget;
use crate::table::RowPlan;

/// A Dataverse table: the struct that declares its columns.
///
/// It is implemented by `#[derive(DataverseEntity)]` only: it has hidden items, which change with any release.
///
/// Generic code needs no other bound: an `Entity` can be read, created and updated, and knows its id.
///
/// ```
/// use dataverse_entity::prelude::*;
///
/// fn by_ids<T: Entity>(records: Vec<Record<T>>) -> std::collections::HashMap<Id<T>, Record<T>> {
///     records.into_iter().filter_map(|record| Some((Entity::id(&*record)?, record))).collect()
/// }
/// # let _ = by_ids::<dataverse_entity::tables::SessionEvent>;
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a Dataverse table",
    label = "derive `DataverseEntity` for it; a projection (`of = …`) is not a table but reads one"
)]
pub trait Entity: Projection<Table = Self> + LookupTarget<Key = Id<Self>> + for<'de> FromRow<'de> {
    /// The table's names, as a lookup to it needs them.
    const TABLE: TargetTable;

    /// Every fact about the table and its columns.
    const METADATA: &'static EntityMetadata;

    /// The column of the primary id, in queries.
    const PRIMARY_ID: Column<Self, kinds::Guid, Id<Self>>;

    /// The columns that a create can hold.
    type Create: Draft<Table = Self, Kind = CreateDraft> + Default;

    /// The columns that an update can hold.
    type Update: Draft<Table = Self, Kind = UpdateDraft>;

    /// A create that sets nothing yet.
    fn create() -> Self::Create {
        Self::Create::default()
    }

    /// An update of this record that changes nothing yet. The record is named by its id, by an alternate key, or as one
    /// that an earlier request of the same change set creates.
    fn update(record: impl IntoRecord<Self>) -> Self::Update;

    /// The update that turns `before` into `after`: it holds only the columns that differ and that an update can
    /// hold. Columns that the server keeps itself, such as the time of the last change, are left out.
    ///
    /// # Errors
    ///
    /// `after` lacks the value of a column that cannot be cleared, or the two are not the same record.
    fn changes(before: &Self, after: &Self) -> Result<Self::Update, Violations> {
        let mut diff = Diff::new(Self::METADATA);
        let id = diff.id(before.__key(), after.__key());
        let mut update = Self::update(Id::<Self>::new(id));
        diff.columns(
            update.plan().columns,
            &mut |column| Self::__differ(before, after, column, &mut update),
            &|column| after.__choice(column),
        )?;
        Ok(update)
    }

    /// Returns the id of the record; `None` where the field is an `Option` without a value.
    fn id(&self) -> Option<Id<Self>> {
        self.__key().map(Id::new)
    }

    /// Lets an update turn a column of one state into that of another.
    #[doc(hidden)]
    fn __differ(before: &Self, after: &Self, column: usize, update: &mut Self::Update) -> Difference;

    /// The GUID of the record.
    #[doc(hidden)]
    fn __key(&self) -> Option<Uuid>;

    /// The integer of the state, or of the status.
    #[doc(hidden)]
    fn __choice(&self, column: usize) -> Option<i32>;
}

/// A struct whose fields are columns of a table: the table itself, or a narrower view of it (`of = …`).
///
/// What is fetched follows the fields.
///
/// It is implemented by `#[derive(DataverseEntity)]` only: it has hidden items, which change with any release.
#[diagnostic::on_unimplemented(
    message = "`{Self}` reads no table",
    label = "derive `DataverseEntity` for it, with `#[entity(of = Table)]` for a projection"
)]
pub trait Projection: WriteRow + Sized {
    /// The table.
    type Table: Entity;

    /// The columns and expanded records of the struct, in the order of its fields.
    #[doc(hidden)]
    const PLAN: &'static RowPlan;

    /// The columns to fetch, as the value of `$select`: only those that the Web API has as properties, lookups as
    /// `_name_value`.
    ///
    /// ```
    /// use dataverse_entity::{Projection, tables::SessionEvent};
    ///
    /// assert!(SessionEvent::select_clause().starts_with("msdyn_sessioneventid,msdyn_name,"));
    /// ```
    fn select_clause() -> String {
        Self::PLAN.select()
    }

    /// The records to fetch along, as the value of `$expand`; `None` where the struct expands nothing.
    ///
    /// A struct that expands itself is expanded once, and one that is met again further inside is not expanded there:
    /// a query has an end. What was not fetched reads as if there were none, so read another struct where that matters.
    fn expand_clause() -> Option<String> {
        Self::PLAN.expand()
    }
}

/// A struct that can be read and borrows nothing from the response: a table, or a projection without lifetimes.
///
/// It is the bound of generic code that reads projections, as serde's `DeserializeOwned` is for other types. A table
/// needs no bound next to [`Entity`].
///
/// ```
/// use dataverse_entity::prelude::*;
///
/// fn read<P: OwnedProjection>(json: &str) -> Result<Record<P>, dataverse_entity::DecodeError> {
///     Record::from_json(json)
/// }
/// # let _ = read::<dataverse_entity::tables::SessionEvent>;
/// ```
pub trait OwnedProjection: for<'de> FromRow<'de> {}

#[diagnostic::do_not_recommend]
impl<P: for<'de> FromRow<'de>> OwnedProjection for P {}
