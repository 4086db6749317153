//! Tables, and structs that read columns of a table.

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
/// ```
/// use dataverse_entity::prelude::*;
///
/// #[derive(Debug, DataverseEntity)]
/// #[entity(logical = "account", set = "accounts")]
/// struct Account {
///     #[attr(logical = "accountid", primary_id)]
///     id: Id<Account>,
///     #[attr(logical = "name", string(max_length = 160))]
///     name: Option<String>,
/// }
///
/// assert_eq!(Account::METADATA.entity_set_name, "accounts");
/// assert_eq!(Account::create().name("Contoso").to_json()?, r#"{"name":"Contoso"}"#);
/// # Ok::<(), dataverse_entity::EncodeError>(())
/// ```
///
/// Only `#[derive(DataverseEntity)]` implements this trait, because its hidden items may change with any
/// release.
///
/// Generic code needs no other bound. An `Entity` can be read, created and updated, and has an id:
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
    /// The table's names, for lookups to it.
    const TABLE: TargetTable;

    /// The facts about the table and its columns.
    ///
    /// ```
    /// use dataverse_entity::{Entity, tables::Team};
    ///
    /// let writable = Team::METADATA.attributes.iter().filter(|column| column.is_updatable());
    /// assert!(writable.map(|column| column.logical_name).any(|name| name == "emailaddress"));
    /// ```
    const METADATA: &'static EntityMetadata;

    /// The column of the primary id, in queries.
    const PRIMARY_ID: Column<Self, kinds::Guid, Id<Self>>;

    /// The columns that a create can hold.
    type Create: Draft<Table = Self, Kind = CreateDraft> + Default;

    /// The columns that an update can hold.
    type Update: Draft<Table = Self, Kind = UpdateDraft>;

    /// Returns a create that sets nothing yet.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::Team;
    ///
    /// assert_eq!(Team::create().name("Collections").to_json()?, r#"{"name":"Collections"}"#);
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    fn create() -> Self::Create {
        Self::Create::default()
    }

    /// Returns an update of this record that changes nothing yet.
    ///
    /// `record` is an id, an alternate key, or the record that an earlier request of the same change set
    /// creates.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::Team;
    ///
    /// let id: Id<Team> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap();
    /// assert_eq!(Team::update(id).clear_email().to_json()?, r#"{"emailaddress":null}"#);
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    fn update(record: impl IntoRecord<Self>) -> Self::Update;

    /// Returns the update that turns `before` into `after`. It holds the columns that differ, except those
    /// that an update cannot set, such as the time of the last change.
    ///
    /// # Errors
    ///
    /// Returns an error if `after` lacks the value of a column that cannot be cleared, if the state changes to
    /// one to which the status does not belong, or if the two are not the same record or have no id.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    ///
    /// #[derive(Debug, Clone, DataverseEntity)]
    /// #[entity(logical = "contact", set = "contacts")]
    /// struct Contact {
    ///     #[attr(logical = "contactid", primary_id)]
    ///     id: Id<Contact>,
    ///     #[attr(logical = "firstname", string(max_length = 50))]
    ///     first_name: Option<String>,
    ///     #[attr(logical = "lastname", string(max_length = 50))]
    ///     last_name: Option<String>,
    /// }
    ///
    /// let id: Id<Contact> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
    /// let before = Contact { id, first_name: Some("Ann".into()), last_name: Some("Lee".into()) };
    /// let after = Contact { last_name: Some("Moe".into()), ..before.clone() };
    /// assert_eq!(Contact::changes(&before, &after)?.to_json()?, r#"{"lastname":"Moe"}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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

    /// Returns the id of the record; `None` if the field is an `Option` without a value.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::Team;
    ///
    /// let json = r#"{"teamid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","name":"Collections"}"#;
    /// let team = Record::<Team>::from_json(json)?;
    /// assert_eq!(team.id(), Some("6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn id(&self) -> Option<Id<Self>> {
        self.__key().map(Id::new)
    }

    /// Compares a column of two states, and writes the change into the update.
    #[doc(hidden)]
    fn __differ(_before: &Self, _after: &Self, _column: usize, _update: &mut Self::Update) -> Difference {
        Difference::Same
    }

    /// Returns the GUID of the record.
    #[doc(hidden)]
    fn __key(&self) -> Option<Uuid>;

    /// Returns the integer of a state or status column.
    #[doc(hidden)]
    fn __choice(&self, _column: usize) -> Option<i32> {
        None
    }
}

/// A struct whose fields are columns of a table: the table itself, or a projection of it (`of = …`).
///
/// A query of the struct fetches the columns of its fields:
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{BusinessUnit, Team};
///
/// #[derive(Debug, DataverseEntity)]
/// #[entity(of = Team)]
/// struct TeamName {
///     #[attr(logical = "name")]
///     name: Option<String>,
///     #[attr(logical = "businessunitid", lookup)]
///     business_unit: Option<Lookup<BusinessUnit>>,
/// }
///
/// assert_eq!(TeamName::select_clause(), "name,_businessunitid_value");
/// ```
///
/// Only the library and `#[derive(DataverseEntity)]` implement this trait, because its hidden items may
/// change with any release.
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

    /// Returns the columns to fetch, as the value of `$select`: those for which the Web API has a property.
    /// The property of a lookup is `_name_value`.
    ///
    /// ```
    /// use dataverse_entity::{Projection, tables::SessionEvent};
    ///
    /// assert!(SessionEvent::select_clause().starts_with("msdyn_sessioneventid,msdyn_name,"));
    /// ```
    fn select_clause() -> String {
        Self::PLAN.select()
    }

    /// Returns the related records to fetch, as the value of `$expand`; `None` if the struct expands nothing.
    ///
    /// If a struct expands itself, the query expands it once. At deeper levels, the query does not expand a
    /// struct that is already one of the outer structs, because the query would have no end. The fields of
    /// records that were not fetched are empty. If you need those records, use another struct for that level.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::{BusinessUnit, Team};
    ///
    /// #[derive(Debug, DataverseEntity)]
    /// #[entity(of = BusinessUnit)]
    /// struct UnitName {
    ///     #[attr(logical = "name")]
    ///     name: Option<String>,
    /// }
    ///
    /// #[derive(Debug, DataverseEntity)]
    /// #[entity(of = Team)]
    /// struct TeamOfUnit {
    ///     #[attr(logical = "name")]
    ///     name: Option<String>,
    ///     #[expand(nav = "businessunitid")]
    ///     unit: Expanded<UnitName>,
    /// }
    ///
    /// assert_eq!(TeamOfUnit::expand_clause().unwrap(), "businessunitid($select=name)");
    /// ```
    fn expand_clause() -> Option<String> {
        Self::PLAN.expand()
    }
}

/// A struct that can be read and borrows nothing from the response: a table, or a projection without
/// lifetimes.
///
/// Generic code that reads projections needs this bound. It corresponds to serde's `DeserializeOwned`. For a
/// table, [`Entity`] is enough.
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
