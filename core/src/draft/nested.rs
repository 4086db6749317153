//! Deep insert: a create that also creates related records.
//!
//! The rules are those of Microsoft's page on creating rows (webapi/create-entity-web-api, "Create related
//! table rows in one operation"). The related records are values of navigation properties, Dataverse creates
//! all of them or none, and the answer names only the outer record. An update cannot create related records.

use core::fmt;
use std::sync::Arc;

use super::columns::{Besides, Columns, DraftPlan, debug, entries};
use super::draft::{CreateDraft, Draft};
use super::validate;
use super::violation::Violation;
use crate::column::{Pending, Written};
use crate::metadata::TargetTable;
use crate::query::{Many, Related};
use crate::reference::{Address, Bind, BindTo, IntoRecord, RecordRef};
use crate::{Entity, Id};

/// Maximum nesting depth of records. Dataverse documents no limit; this one bounds the recursion.
pub(super) const MAX_DEPTH: usize = 16;

/// A new record as the value of a lookup. A create with such a lookup creates both records.
///
/// ```
/// use dataverse_entity::New;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{OcSession, SessionEvent};
///
/// let event = SessionEvent::create().name("Accepted").session(New(OcSession::create().subject("Chat")));
/// assert_eq!(
///     event.to_json()?,
///     r#"{"msdyn_name":"Accepted","msdyn_omnichannelsession":{"subject":"Chat"}}"#
/// );
/// # Ok::<(), dataverse_entity::EncodeError>(())
/// ```
///
/// Dataverse creates both records or none, and answers with the id of the outer record. An update or upsert
/// with a new record is an error, because Dataverse refuses it.
#[derive(Debug, Clone, PartialEq)]
pub struct New<D>(pub D);

/// A new record of any table.
#[doc(hidden)]
#[derive(Clone)]
pub struct NewRecord(Arc<dyn Columns + Send + Sync>);

impl NewRecord {
    pub(crate) fn new<D: Draft<Kind = CreateDraft>>(draft: D) -> Self {
        Self(Arc::new(draft))
    }

    pub(crate) fn draft(&self) -> &dyn Columns {
        &*self.0
    }
}

impl PartialEq for NewRecord {
    fn eq(&self, other: &Self) -> bool {
        // NaN differs from itself, but a draft with NaN must equal itself.
        let is_same = Arc::ptr_eq(&self.0, &other.0);
        is_same
            || (core::ptr::eq(self.draft().plan().table, other.draft().plan().table)
                && super::equal(self.draft(), other.draft()))
    }
}

impl fmt::Debug for NewRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self.draft(), f)
    }
}

impl fmt::Display for NewRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a new record of {}", self.draft().plan().table.logical_name)
    }
}

#[diagnostic::do_not_recommend]
impl<T, D> BindTo<T> for New<D>
where
    D: Draft<Kind = CreateDraft>,
    Id<D::Table>: BindTo<T>,
{
    fn bind(self) -> Bind<T> {
        Id::<D::Table>::new(uuid::Uuid::nil()).bind().with_new(NewRecord::new(self.0))
    }
}

/// A collection of related records that a create fills.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub struct Collection {
    pub(crate) navigation: &'static str,
    /// The table of the records.
    pub(crate) target: TargetTable,
    /// New records, and the addresses of existing ones.
    pub(crate) records: Vec<Address>,
}

/// Methods of creates that fill collections of related records: [`insert`](Self::insert) adds new records,
/// and [`link`](Self::link) adds existing records.
pub trait DeepInsert: Draft<Kind = CreateDraft, Table: Entity> + Sized {
    /// Also creates these records, in a collection of the new record. A collection is the other side of a
    /// lookup, or a many-to-many relationship.
    ///
    /// ```
    /// use dataverse_entity::DeepInsert;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::query::{Many, Related};
    /// use dataverse_entity::tables::{OcSession, SessionEvent};
    ///
    /// const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");
    ///
    /// let session = OcSession::create().subject("Chat").insert(EVENTS, [SessionEvent::create().name("Accepted")]);
    /// assert_eq!(
    ///     session.to_json()?,
    ///     r#"{"subject":"Chat","msdyn_ocsession_sessionevent_nested":[{"msdyn_name":"Accepted"}]}"#
    /// );
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    ///
    /// Set the columns of the record itself first, because the result has no setters.
    fn insert<R: Entity, D: Draft<Table = R, Kind = CreateDraft>>(
        self,
        navigation: Related<Self::Table, R, Many>,
        drafts: impl IntoIterator<Item = D>,
    ) -> DeepCreate<Self> {
        DeepCreate { draft: self, collections: Vec::new() }.insert(navigation, drafts)
    }

    /// Puts existing records into a collection of the new record.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::query::{Many, Related};
    /// use dataverse_entity::tables::{SystemUser, Team};
    ///
    /// const MEMBERS: Related<Team, SystemUser, Many> = Related::many("teammembership_association");
    ///
    /// let ann: Id<SystemUser> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
    /// let team = Team::create().name("Collections").link(MEMBERS, [ann]);
    /// let bound = r#""teammembership_association@odata.bind":["/systemusers(6f9619ff-8b86-d011-b42d-00cf4fc964ff)"]"#;
    /// assert!(team.to_json()?.contains(bound));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn link<R: Entity>(
        self,
        navigation: Related<Self::Table, R, Many>,
        records: impl IntoIterator<Item = impl IntoRecord<R>>,
    ) -> DeepCreate<Self> {
        DeepCreate { draft: self, collections: Vec::new() }.link(navigation, records)
    }
}

impl<D: Draft<Kind = CreateDraft, Table: Entity>> DeepInsert for D {}

/// A create with collections of related records. It is a draft like any other create.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::query::{Many, Related};
/// use dataverse_entity::tables::{OcSession, SessionEvent};
/// use dataverse_entity::DeepCreate;
///
/// const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");
///
/// fn chat() -> DeepCreate<<OcSession as Entity>::Create> {
///     let events = [SessionEvent::create().name("Accepted"), SessionEvent::create().name("Ended")];
///     OcSession::create().subject("Chat").insert(EVENTS, events)
/// }
///
/// assert!(!chat().is_empty());
/// ```
#[derive(Clone, PartialEq)]
#[must_use = "a message does nothing until it is sent"]
pub struct DeepCreate<D> {
    draft: D,
    collections: Vec<Collection>,
}

impl<D: Draft<Kind = CreateDraft, Table: Entity>> DeepCreate<D> {
    /// Also creates these records, in a collection of the new record.
    pub fn insert<R: Entity, N: Draft<Table = R, Kind = CreateDraft>>(
        self,
        navigation: Related<D::Table, R, Many>,
        drafts: impl IntoIterator<Item = N>,
    ) -> Self {
        let records = drafts.into_iter().map(|draft| Address::New(NewRecord::new(draft)));
        self.with(navigation.name(), R::TABLE, records.collect())
    }

    /// Puts existing records into a collection of the new record.
    pub fn link<R: Entity>(
        self,
        navigation: Related<D::Table, R, Many>,
        records: impl IntoIterator<Item = impl IntoRecord<R>>,
    ) -> Self {
        let records = records.into_iter().map(|record| RecordRef::address(&record.into_record()).clone());
        self.with(navigation.name(), R::TABLE, records.collect())
    }

    fn with(mut self, navigation: &'static str, target: TargetTable, records: Vec<Address>) -> Self {
        match self.collections.iter_mut().find(|each| each.navigation == navigation) {
            Some(known) => known.records.extend(records),
            None => self.collections.push(Collection { navigation, target, records }),
        }
        self
    }
}

impl<D: Draft> fmt::Debug for DeepCreate<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl<D: Draft> Columns for DeepCreate<D> {
    fn plan(&self) -> &'static DraftPlan {
        self.draft.plan()
    }

    fn pending(&self, column: usize) -> Pending<'_> {
        self.draft.pending(column)
    }

    fn besides(&self) -> Besides<'_> {
        Besides::Collections(&self.collections)
    }
}

#[diagnostic::do_not_recommend]
impl<D: Draft<Kind = CreateDraft>> Draft for DeepCreate<D> {
    type Table = D::Table;
    type Kind = CreateDraft;
}

impl<D: Draft<Kind = CreateDraft>> serde_core::Serialize for DeepCreate<D> {
    fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        super::serialize(self, serializer)
    }
}

/// Returns the related records that the draft creates.
pub(crate) fn nested(draft: &dyn Columns) -> Vec<NewRecord> {
    let of_lookups = entries(draft).filter_map(|(_, pending)| match pending {
        Pending::Set(Written::Reference(record)) => new_record(record.address),
        _ => None,
    });
    let of_collections =
        draft.collections().iter().flat_map(|each| each.records.iter().filter_map(new_record));
    of_lookups.chain(of_collections).collect()
}

fn new_record(address: &Address) -> Option<NewRecord> {
    match address {
        Address::New(record) => Some(record.clone()),
        _ => None,
    }
}

/// Adds the violations of the related records that the draft creates.
pub(super) fn validate(draft: &dyn Columns, depth: usize, violations: &mut Vec<Violation>) {
    // Writing refuses deeper bodies.
    if depth < MAX_DEPTH {
        for record in nested(draft) {
            validate::violations(record.draft(), depth + 1, violations);
        }
    }
}
