//! The rows of one table of a load, whatever its type.

use core::marker::PhantomData;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::sync::{Arc, Mutex};

use dataverse_entity_core::__private::{Deferral, Only, Without, primary_id, references};
use dataverse_entity_core::{Entity, Id, Uuid};
use futures_core::future::BoxFuture;
use futures_util::StreamExt;
use futures_util::future::ready;
use futures_util::stream::BoxStream;

use super::order::Fixed;
use super::outcome::{Pass, TableOutcome};
use crate::bulk::journal::ids;
use crate::bulk::journal::{JournaledBulk, Ranges};
use crate::bulk::rows::{NamedCreates, SecondPass};
use crate::lock::lock;

/// The rows of a table. The load reads them anew for each pass, so that it need not hold them.
pub(super) struct Table<'a, T: Entity> {
    pub(super) rows: Arc<dyn Fn() -> BoxStream<'a, T::Create> + Send + Sync + 'a>,
}

/// What the rows of a table refer to.
#[derive(Debug, Default)]
pub(super) struct References {
    pub(super) rows: u64,
    /// Number of rows that refer to a set of tables.
    pub(super) sets: BTreeMap<BTreeSet<usize>, u64>,
    /// The first reference to each table that an update cannot set after the create.
    pub(super) fixed: BTreeMap<usize, Fixed>,
}

/// What the passes of a table share.
pub(super) struct Passes {
    /// The tables whose records are not there when the rows are created: those that come later, and the table
    /// itself.
    pub(super) absent: Vec<&'static str>,
    /// The tables whose lookups are set in the second pass: those that are absent now, or were in an earlier run of
    /// the load.
    pub(super) waited_for: Vec<&'static str>,
    /// The id of the load, from which the ids of records follow that have none of their own.
    pub(super) load: Uuid,
    /// The rows that are created.
    created: Mutex<Ranges>,
    /// Number of rows whose second pass is left out, because they are not created.
    left_out: Mutex<u64>,
}

impl Passes {
    pub(super) fn new(absent: Vec<&'static str>, waited_for: Vec<&'static str>, load: Uuid) -> Arc<Self> {
        Arc::new(Self { absent, waited_for, load, created: Mutex::default(), left_out: Mutex::default() })
    }

    pub(super) fn left_out(&self) -> u64 {
        *lock(&self.left_out)
    }
}

/// A [`Table`] of any type.
pub(super) trait AnyTable<'a>: Send + Sync {
    fn name(&self) -> &'static str;

    /// Starts or continues the journal of a pass, and returns the id of its load.
    fn start(&self, run: &JournaledBulk, pass: Pass) -> io::Result<Uuid>;

    /// Reads all rows for what they refer to. `names` are the tables of the load.
    fn references<'t>(&'t self, names: &'t [&'static str]) -> BoxFuture<'t, References>;

    /// Creates the rows, without the lookups that have to wait.
    fn create(&self, run: JournaledBulk, passes: Arc<Passes>) -> BoxStream<'a, TableOutcome>;

    /// Sets the lookups that have waited, of the rows that are created.
    fn update(&self, run: JournaledBulk, passes: Arc<Passes>) -> BoxStream<'a, TableOutcome>;
}

/// How many rows are read before other tasks of the runtime get their turn.
const TURN: u64 = 1024;

impl<'a, T: Entity> AnyTable<'a> for Table<'a, T> {
    fn name(&self) -> &'static str {
        T::METADATA.logical_name
    }

    fn start(&self, run: &JournaledBulk, pass: Pass) -> io::Result<Uuid> {
        run.start::<T>(pass.message())
    }

    fn references<'t>(&'t self, names: &'t [&'static str]) -> BoxFuture<'t, References> {
        Box::pin(async move {
            let mut found = References::default();
            let mut rows = (self.rows)();
            while let Some(draft) = rows.next().await {
                let mut tables = BTreeSet::new();
                references(&draft, &mut |reference| {
                    let Some(table) = names.iter().position(|name| *name == reference.table) else { return };
                    tables.insert(table);
                    if let Deferral::Impossible(reason) = reference.deferral {
                        let fixed = || Fixed { row: found.rows, name: reference.name, reason };
                        found.fixed.entry(table).or_insert_with(fixed);
                    }
                });
                if !tables.is_empty() {
                    *found.sets.entry(tables).or_default() += 1;
                }
                found.rows += 1;
                if found.rows.is_multiple_of(TURN) {
                    tokio::task::yield_now().await;
                }
            }
            found
        })
    }

    fn create(&self, run: JournaledBulk, passes: Arc<Passes>) -> BoxStream<'a, TableOutcome> {
        let of_rows = passes.clone();
        let rows = (self.rows)().enumerate().map(move |(row, draft)| {
            let mut columns = waiting(&draft, &of_rows.absent);
            let id = id(&draft, of_rows.load, row as u64);
            // The request names the record, so the draft must not.
            columns.extend(primary_id(&draft).map(|(column, _)| column));
            (Id::<T>::new(id), Without::new(draft, columns))
        });
        let plan = NamedCreates::<T, Without<T::Create>>(PhantomData);
        let outcomes = run.together::<T, _>(plan, Box::pin(rows));
        Box::pin(outcomes.enumerate().map(move |(row, outcome)| {
            let index = row as u64;
            if outcome.is_ok() {
                lock(&passes.created).insert(index..index + 1);
            }
            let outcome = outcome.map(Id::uuid);
            TableOutcome { table: T::METADATA.logical_name, index, pass: Pass::Create, outcome }
        }))
    }

    fn update(&self, run: JournaledBulk, passes: Arc<Passes>) -> BoxStream<'a, TableOutcome> {
        // Outcomes come in the order of the rows, so the rows that wait for theirs are a queue.
        let sent: Arc<Mutex<VecDeque<(u64, Uuid)>>> = Arc::default();
        let open = sent.clone();
        let rows = (self.rows)().enumerate().filter_map(move |(row, draft)| {
            let row = row as u64;
            let columns = waiting(&draft, &passes.waited_for);
            if columns.is_empty() {
                return ready(None);
            }
            if !lock(&passes.created).contains(row) {
                *lock(&passes.left_out) += 1;
                return ready(None);
            }
            let id = id(&draft, passes.load, row);
            lock(&sent).push_back((row, id));
            ready(Some((row, Only::new(Id::<T>::new(id), draft, columns))))
        });
        let outcomes = run.together::<T, _>(SecondPass::<T>(PhantomData), Box::pin(rows));
        Box::pin(outcomes.filter_map(move |outcome| {
            let row = lock(&open).pop_front();
            ready(row.map(|(index, id)| {
                let outcome = outcome.map(|()| id);
                TableOutcome { table: T::METADATA.logical_name, index, pass: Pass::Update, outcome }
            }))
        }))
    }
}

/// Returns the lookups that are set to records of these tables, and that an update can set.
fn waiting<D: dataverse_entity_core::Draft>(draft: &D, absent: &[&str]) -> Vec<usize> {
    let mut columns = Vec::new();
    references(draft, &mut |reference| match reference.deferral {
        Deferral::Possible(column) if absent.contains(&reference.table) => columns.push(column),
        _ => {}
    });
    columns
}

/// Returns the id of the record of a row.
fn id<D: dataverse_entity_core::Draft>(draft: &D, load: Uuid, row: u64) -> Uuid {
    primary_id(draft).map_or_else(|| ids::of_row(load, row), |(_, id)| id)
}
