//! A create in two parts, for loads whose records point to each other: the create without some of its lookups, and
//! the update that sets only these.

use core::fmt;

use uuid::Uuid;

use super::columns::{Besides, Columns, DraftPlan, debug};
use super::draft::{CreateDraft, Draft, UpdateDraft};
use super::nested::{Collection, MAX_DEPTH};
use crate::Entity;
use crate::column::{Pending, Value, Written};
use crate::metadata::{AttributeMetadata, RequiredLevel};
use crate::reference::{Address, IntoRecord, RecordRef};

/// A record to which a create refers.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftReference<'d> {
    /// Logical name of the table of the record.
    pub table: &'d str,
    /// Logical name of the lookup, or name of the collection.
    pub name: &'static str,
    /// Whether an update can set it after the create.
    pub deferral: Deferral,
}

/// Whether an update can set a reference after the create.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deferral {
    /// It can. The index is that of the lookup in the metadata.
    Possible(usize),
    /// It cannot, for this reason.
    Impossible(&'static str),
}

impl Deferral {
    fn of(index: usize, attribute: &AttributeMetadata) -> Self {
        match attribute.required_level {
            _ if !attribute.is_updatable() => {
                Self::Impossible("the column is valid for create and not for update")
            }
            RequiredLevel::ApplicationRequired | RequiredLevel::SystemRequired => {
                Self::Impossible("the column is required")
            }
            _ => Self::Possible(index),
        }
    }
}

/// Passes each record to which a create refers to `visit`, if its table is known.
#[doc(hidden)]
pub fn references<'d>(draft: &'d dyn Columns, visit: &mut dyn FnMut(DraftReference<'d>)) {
    references_at(draft, None, 0, visit);
}

/// `inside` is the reason why the references of a record that is created inside another cannot be deferred.
fn references_at<'d>(
    draft: &'d dyn Columns,
    inside: Option<&'static str>,
    depth: usize,
    visit: &mut dyn FnMut(DraftReference<'d>),
) {
    // Writing refuses deeper bodies.
    if depth > MAX_DEPTH {
        return;
    }
    let nested = Some("it belongs to a record that is created inside another");
    let plan = draft.plan();
    for &column in plan.columns {
        let attribute = &plan.table.attributes[column];
        let name = attribute.logical_name;
        match draft.pending(column) {
            Pending::Set(Written::Reference(record)) => match record.address {
                Address::New(new) => references_at(new.draft(), nested, depth + 1, visit),
                _ => {
                    if let Some(table) = record.table {
                        let deferral = inside.map_or(Deferral::of(column, attribute), Deferral::Impossible);
                        visit(DraftReference { table, name, deferral });
                    }
                }
            },
            Pending::Set(Written::Parties(parties)) => {
                let deferral = Deferral::Impossible("it is a party list");
                for table in parties.iter().filter_map(|party| party.bound()?.table) {
                    visit(DraftReference { table, name, deferral });
                }
            }
            _ => {}
        }
    }
    for Collection { navigation, target, records } in draft.collections() {
        for record in records {
            match record {
                Address::New(new) => references_at(new.draft(), nested, depth + 1, visit),
                _ => visit(DraftReference {
                    table: target.logical_name,
                    name: navigation,
                    deferral: Deferral::Impossible("it is a collection of the create"),
                }),
            }
        }
    }
}

/// Returns the primary id that a create holds, and the index of its column in the metadata.
#[doc(hidden)]
pub fn primary_id(draft: &dyn Columns) -> Option<(usize, Uuid)> {
    let table = draft.plan().table;
    let key = table.primary_id_attribute;
    let column =
        *draft.plan().columns.iter().find(|column| table.attributes[**column].logical_name == key)?;
    match draft.pending(column) {
        Pending::Set(Written::Value(Value::Guid(id))) => Some((column, id.uuid())),
        _ => None,
    }
}

/// A create without some of its columns.
#[doc(hidden)]
#[derive(Clone, PartialEq)]
pub struct Without<D> {
    draft: D,
    columns: Vec<usize>,
}

impl<D> Without<D> {
    /// Creates the draft without the columns of these indices in the metadata.
    pub fn new(draft: D, columns: Vec<usize>) -> Self {
        Self { draft, columns }
    }
}

impl<D: Columns> Columns for Without<D> {
    fn plan(&self) -> &'static DraftPlan {
        self.draft.plan()
    }

    fn pending(&self, column: usize) -> Pending<'_> {
        if self.columns.contains(&column) { Pending::Keep } else { self.draft.pending(column) }
    }

    fn besides(&self) -> Besides<'_> {
        self.draft.besides()
    }
}

impl<D: Columns> fmt::Debug for Without<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl<D: Draft<Kind = CreateDraft>> Draft for Without<D> {
    type Table = D::Table;
    type Kind = CreateDraft;
}

/// An update that sets some columns of a create.
#[doc(hidden)]
pub struct Only<T: Entity> {
    record: RecordRef<T>,
    draft: T::Create,
    columns: Vec<usize>,
    plan: &'static DraftPlan,
}

impl<T: Entity> Only<T> {
    /// Creates the update of this record with the columns of these indices in the metadata.
    pub fn new(record: impl IntoRecord<T>, draft: T::Create, columns: Vec<usize>) -> Self {
        let record = record.into_record();
        let plan = T::update(record.clone()).plan();
        Self { record, draft, columns, plan }
    }
}

impl<T: Entity> Columns for Only<T> {
    fn plan(&self) -> &'static DraftPlan {
        self.plan
    }

    fn pending(&self, column: usize) -> Pending<'_> {
        if self.columns.contains(&column) { self.draft.pending(column) } else { Pending::Keep }
    }

    fn besides(&self) -> Besides<'_> {
        Besides::Record(self.record.address())
    }
}

impl<T: Entity> Clone for Only<T> {
    fn clone(&self) -> Self {
        let Self { record, draft, columns, plan } = self;
        Self { record: record.clone(), draft: draft.clone(), columns: columns.clone(), plan }
    }
}

impl<T: Entity> PartialEq for Only<T> {
    fn eq(&self, other: &Self) -> bool {
        self.record == other.record && super::equal(self, other)
    }
}

impl<T: Entity> fmt::Debug for Only<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl<T: Entity> Draft for Only<T> {
    type Table = T;
    type Kind = UpdateDraft;
}
