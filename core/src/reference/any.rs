//! A record of any table, named at run time.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use std::sync::Arc;

use uuid::Uuid;

use super::bind::{Bind, BindTo};
use super::id::Id;
use super::lookup::Lookup;
use super::target::{LookupTarget, PointsTo, Reference, TargetKey};
use crate::metadata::TargetTable;

/// The target of a lookup that may point to tables that the program does not declare. Its key is an
/// [`AnyRecord`].
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SystemUser;
/// use dataverse_entity::{AnyRecord, AnyTable};
///
/// #[derive(Debug, DataverseEntity)]
/// #[entity(logical = "task", set = "tasks", activity)]
/// pub struct Task {
///     #[attr(logical = "activityid", primary_id, create_only)]
///     pub id: Id<Task>,
///     #[attr(logical = "regardingobjectid", lookup, nav = "regardingobjectid_{table}_task")]
///     pub regarding: Option<Lookup<AnyTable>>,
/// }
///
/// let id = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
/// let account = AnyRecord::new("account", id).with_entity_set("accounts");
/// assert_eq!(
///     Task::create().regarding(account).to_json()?,
///     r#"{"regardingobjectid_account_task@odata.bind":"/accounts(6f9619ff-8b86-d011-b42d-00cf4fc964ff)"}"#
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub enum AnyTable {}

/// A record of a table that the program need not declare.
///
/// A record that was read has the logical name of its table, if the answer had it. Writing also needs the
/// name of the entity set, which does not follow from the name of the table. An `AnyRecord` made of a typed
/// [`Id`] has both.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SystemUser;
///
/// let user: Id<SystemUser> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
/// let record = AnyRecord::from(user);
/// assert_eq!((record.table(), record.entity_set()), (Some("systemuser"), Some("systemusers")));
/// # Ok::<(), dataverse_entity::ParseIdError>(())
/// ```
///
/// Two records are equal if they have the same GUID and the same table; the other names do not count.
#[derive(Clone)]
pub struct AnyRecord {
    id: Uuid,
    table: Option<Arc<str>>,
    entity_set: Option<Arc<str>>,
    navigation: Option<Arc<str>>,
}

impl AnyRecord {
    /// Returns a record of the table with this logical name.
    ///
    /// ```
    /// use dataverse_entity::AnyRecord;
    ///
    /// let account = AnyRecord::new("account", uuid::Uuid::nil());
    /// assert_eq!(account.to_string(), "account(00000000-0000-0000-0000-000000000000)");
    /// ```
    pub fn new(table: impl Into<Arc<str>>, id: Uuid) -> Self {
        Self { id, table: Some(table.into()), entity_set: None, navigation: None }
    }

    /// Sets the name of the table's entity set. Setting a lookup to the record needs it.
    #[must_use]
    pub fn with_entity_set(mut self, name: impl Into<Arc<str>>) -> Self {
        self.entity_set = Some(name.into());
        self
    }

    /// Sets the navigation property through which a lookup is set to the record. It replaces the navigation
    /// property that the lookup's `nav` gives.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    ///
    /// #[derive(Debug, DataverseEntity)]
    /// #[entity(logical = "task", set = "tasks", activity)]
    /// struct Task {
    ///     #[attr(logical = "activityid", primary_id, create_only)]
    ///     id: Id<Task>,
    ///     #[attr(logical = "regardingobjectid", lookup, nav = "regardingobjectid_{table}_task")]
    ///     regarding: Option<Lookup<AnyTable>>,
    /// }
    ///
    /// let loan = AnyRecord::new("new_loan", uuid::Uuid::nil())
    ///     .with_entity_set("new_loans")
    ///     .with_navigation("regardingobjectid_new_loan");
    /// let json = Task::create().regarding(loan).to_json()?;
    /// assert!(json.starts_with(r#"{"regardingobjectid_new_loan@odata.bind":"/new_loans("#));
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    #[must_use]
    pub fn with_navigation(mut self, name: impl Into<Arc<str>>) -> Self {
        self.navigation = Some(name.into());
        self
    }

    /// Returns the GUID.
    pub fn uuid(&self) -> Uuid {
        self.id
    }

    /// Returns the logical name of the table, if known.
    pub fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }

    /// Returns the name of the table's entity set, if known.
    pub fn entity_set(&self) -> Option<&str> {
        self.entity_set.as_deref()
    }

    pub(super) fn put_names(&mut self, entity_set: Option<String>, navigation: Option<String>) {
        (self.entity_set, self.navigation) = (entity_set.map(Arc::from), navigation.map(Arc::from));
    }

    pub(crate) fn navigation(&self) -> Option<&str> {
        self.navigation.as_deref()
    }

    /// Returns the id of the record, if it is a record of the table `T`.
    ///
    /// ```
    /// use dataverse_entity::AnyRecord;
    /// use dataverse_entity::tables::{SystemUser, Team};
    ///
    /// let record = AnyRecord::new("team", uuid::Uuid::nil());
    /// assert!(record.id_of::<Team>().is_some());
    /// assert!(record.id_of::<SystemUser>().is_none());
    /// ```
    pub fn id_of<T: LookupTarget<Key = Id<T>>>(&self) -> Option<Id<T>> {
        let is_table = |target: &TargetTable| self.table() == Some(target.logical_name);
        T::TARGETS.iter().any(is_table).then(|| Id::new(self.id))
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key = Id<T>>> From<Id<T>> for AnyRecord {
    fn from(id: Id<T>) -> Self {
        let target = &T::TARGETS[0];
        Self::new(target.logical_name, id.uuid()).with_entity_set(target.entity_set_name)
    }
}

/// The record to which a lookup points, of one table or of several. Its entity set is known if the lookup
/// declares the table.
#[diagnostic::do_not_recommend]
impl<T> From<&Lookup<T>> for AnyRecord {
    fn from(lookup: &Lookup<T>) -> Self {
        let Reference { id, table, target, any } = lookup.reference();
        any.cloned().unwrap_or_else(|| Self {
            id,
            table: table.map(Arc::from),
            entity_set: target.map(|target| Arc::from(target.entity_set_name)),
            navigation: None,
        })
    }
}

#[diagnostic::do_not_recommend]
impl<T> From<Lookup<T>> for AnyRecord {
    fn from(lookup: Lookup<T>) -> Self {
        Self::from(&lookup)
    }
}

impl PartialEq for AnyRecord {
    fn eq(&self, other: &Self) -> bool {
        (self.id, &self.table) == (other.id, &other.table)
    }
}

impl Eq for AnyRecord {}

impl PartialOrd for AnyRecord {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for AnyRecord {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.id, &self.table).cmp(&(other.id, &other.table))
    }
}

impl Hash for AnyRecord {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.id, &self.table).hash(state);
    }
}

impl fmt::Debug for AnyRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AnyRecord({self})")
    }
}

impl fmt::Display for AnyRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.table().unwrap_or("unknown table"), self.id)
    }
}

#[diagnostic::do_not_recommend]
impl LookupTarget for AnyTable {
    type Key = AnyRecord;
    const TARGETS: &'static [TargetTable] = &[];
    const UNKNOWN: Option<&'static str> = Some("AnyRecord");
}

impl TargetKey for AnyRecord {
    fn of(record: Reference<'_>) -> Self {
        let Reference { id, table, target, any } = record;
        any.cloned().unwrap_or_else(|| Self {
            id,
            table: table.map(Arc::from),
            entity_set: target.map(|target| Arc::from(target.entity_set_name)),
            navigation: None,
        })
    }

    fn reference(&self) -> Reference<'_> {
        Reference::any(self)
    }

    fn blank() -> Self {
        Self { id: Uuid::nil(), table: None, entity_set: None, navigation: None }
    }
}

#[diagnostic::do_not_recommend]
impl BindTo<AnyTable> for AnyRecord {
    fn bind(self) -> Bind<AnyTable> {
        Bind::to(self)
    }
}

#[diagnostic::do_not_recommend]
impl BindTo<AnyTable> for &AnyRecord {
    fn bind(self) -> Bind<AnyTable> {
        Bind::to(self.clone())
    }
}

#[diagnostic::do_not_recommend]
impl<R: LookupTarget<Key = Id<R>>> PointsTo<R> for AnyTable {
    fn declared() -> &'static TargetTable {
        &R::TARGETS[0]
    }
}
