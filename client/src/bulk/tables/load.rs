//! A load of several tables.

use core::fmt;
use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex};

use dataverse_entity_core::Entity;
use dataverse_entity_core::message::Error;
use futures_core::Stream;
use futures_core::future::BoxFuture;
use futures_util::{StreamExt, stream};
use tokio::time::Instant;

use super::notes;
use super::order::{Edge, order};
use super::outcome::{Pass, TableOutcomes};
use super::phase::{Meter, Phase};
use super::table::{AnyTable, Passes, References, Table};
use crate::bulk::bulk::Bulk;
use crate::bulk::drafts::BulkCreate;
use crate::bulk::journal::{Journal, JournaledBulk, Load, MemoryJournal, Shared};

/// Creates the records of several tables that point to each other. [`Bulk::tables`] makes one.
///
/// The load creates a table after those to which its lookups are set, whatever the order of the calls. It leaves out
/// of the creates the lookups that no order suits, such as an account's primary contact if the contact belongs to the
/// account, and all lookups to a record of the same table. It sets them in a second pass, by updates, when all tables
/// are created.
///
/// Rows name each other by ids that the caller has chosen, or by alternate keys:
///
/// ```no_run
/// use dataverse_entity::client::{Client, FileJournal};
/// use dataverse_entity::prelude::*;
/// use futures_util::{StreamExt, stream};
///
/// #[derive(Debug, DataverseEntity)]
/// #[entity(logical = "account", set = "accounts")]
/// struct Account {
///     #[attr(logical = "accountid", primary_id, create_only)]
///     id: Id<Account>,
///     #[attr(logical = "name", string(max_length = 160))]
///     name: Option<String>,
///     #[attr(logical = "parentaccountid", lookup, nav = "parentaccountid")]
///     parent: Option<Lookup<Account>>,
///     #[attr(logical = "primarycontactid", lookup, nav = "primarycontactid")]
///     primary_contact: Option<Lookup<Contact>>,
/// }
///
/// #[derive(Debug, DataverseEntity)]
/// #[entity(logical = "contact", set = "contacts")]
/// struct Contact {
///     #[attr(logical = "contactid", primary_id, create_only)]
///     id: Id<Contact>,
///     #[attr(logical = "lastname", string(max_length = 50))]
///     last_name: Option<String>,
///     #[attr(logical = "parentcustomerid", lookup, nav = "parentcustomerid_account")]
///     account: Option<Lookup<Account>>,
/// }
///
/// # type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
/// # async fn run(client: Client, companies: Vec<(Id<Account>, String, Id<Contact>)>) -> Result<()> {
/// let accounts = companies.clone();
/// let mut outcomes = client
///     .bulk()
///     .tables()
///     .create_stream(|| {
///         stream::iter(companies.clone()).map(|(company, _, contact)| {
///             Contact::create().id(contact).last_name("Purchasing").account(company)
///         })
///     })
///     .create_stream(|| {
///         stream::iter(accounts.clone())
///             .map(|(company, name, contact)| Account::create().id(company).name(name).primary_contact(contact))
///     })
///     .journals(|load| FileJournal::open(format!("{}-{}.journal", load.table, load.message)))
///     .run()
///     .await?;
/// while let Some(row) = outcomes.next().await {
///     if let Err(error) = row.outcome {
///         eprintln!("row {} of {}, {:?}: {error}", row.index, row.table, row.pass);
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// | rows | what the load does |
/// |---|---|
/// | A row without an id of its own | The client chooses one; the outcome names it. |
/// | A row whose create fails | It has no second pass. |
/// | A lookup that has to wait and cannot: it is required, valid only for create, or inside a record that the row creates | [`run`](Self::run) returns an error that names the row and the lookup, and sends nothing. |
/// | A lookup to a table that is not part of the load | It stays in the create. |
/// | A lookup that has to wait, to a record that was there before the load | It waits all the same. |
/// | Rows that are corrected, or follow at the end, before a load is started again | They may change the order. The second pass still sets what an earlier run left out. |
///
/// Each pass of a table is a bulk run with the settings of the [`Bulk`]: chunks, isolation of failures, throttling.
/// The deadline and the progress are those of the whole load. The load reads the input of a table up to three times:
/// for what it refers to, for the creates, and for the second pass if there is one. In between, it holds only which
/// rows are created, as ranges, so its memory does not grow with the input.
#[must_use = "a load does nothing until it runs"]
pub struct BulkTables<'a> {
    bulk: Bulk,
    tables: Vec<Arc<dyn AnyTable<'a> + 'a>>,
    journals: OpenJournal<'a>,
}

type OpenJournal<'a> = Box<dyn FnMut(&Load) -> io::Result<Shared> + Send + 'a>;

impl Bulk {
    /// Returns a load of several tables with these settings; see [`BulkTables`]. Creates and updates are sent as in a
    /// [journaled](Self::journal) run, with or without a journal of the caller.
    pub fn tables<'a>(self) -> BulkTables<'a> {
        BulkTables {
            bulk: self,
            tables: Vec::new(),
            journals: Box::new(|_| Ok(Arc::new(Mutex::new(MemoryJournal::new())))),
        }
    }
}

impl<'a> BulkTables<'a> {
    /// Adds a table with its rows. The load calls `rows` each time that it reads them, and needs the same rows in the
    /// same order: an id that `rows` makes by chance would be another one in the second pass.
    pub fn create_stream<F, S, T>(mut self, rows: F) -> Self
    where
        T: Entity,
        F: Fn() -> S + Send + Sync + 'a,
        S: Stream<Item: BulkCreate<Table = T>> + Send + 'a,
    {
        let rows = move || rows().map(BulkCreate::into_create).boxed();
        self.tables.push(Arc::new(Table::<T> { rows: Arc::new(rows) }));
        self
    }

    /// Sets the journals of the load, with which it can be killed and started again: `open` opens the one of a pass
    /// of a table. Each needs a journal of its own.
    pub fn journals<J: Journal + Send + 'static>(
        mut self,
        mut open: impl FnMut(&Load) -> io::Result<J> + Send + 'a,
    ) -> Self {
        self.journals = Box::new(move |load| Ok(Arc::new(Mutex::new(open(load)?))));
        self
    }

    /// Reads the rows, decides the order, and returns the outcomes as a stream: see [`BulkTables`]. The stream sends
    /// the rows while it is polled.
    ///
    /// # Errors
    ///
    /// Returns an error if a table is given twice, if a lookup has to wait and cannot, or if a journal cannot be
    /// opened or belongs to another load. Nothing is sent then.
    pub fn run(self) -> BoxFuture<'a, Result<TableOutcomes<'a>, Error>> {
        Box::pin(self.plan())
    }

    async fn plan(self) -> Result<TableOutcomes<'a>, Error> {
        let Self { mut bulk, tables, mut journals } = self;
        let deadline = bulk.deadline.take().and_then(|time| Instant::now().checked_add(time));
        let names: Vec<&'static str> = tables.iter().map(|table| table.name()).collect();
        if let Some(twice) = names.iter().enumerate().find(|(index, name)| names[..*index].contains(name)) {
            let problem = format!("the load has the table {} twice; chain its rows into one stream", twice.1);
            return Err(Error::invalid_request(problem));
        }
        let mut references = Vec::new();
        for table in &tables {
            references.push(table.references(&names).await);
        }
        let order = order(&names, &edges(&references)).map_err(Error::invalid_request)?;

        let mut open = |table: &Arc<dyn AnyTable<'a> + 'a>, pass: Pass| {
            let journal = journals(&Load::new(pass.message(), table.name()))?;
            let run = JournaledBulk { bulk: bulk.with_same_settings(), journal };
            let load = table.start(&run, pass)?;
            Ok((run.journal, load))
        };
        let mut total = 0;
        let (mut creates, mut updates) = (Vec::new(), Vec::new());
        for (position, &index) in order.iter().enumerate() {
            let (table, of_table, absent) = (&tables[index], &references[index], &order[position..]);
            let (journal, load) = open(table, Pass::Create).map_err(journal_error)?;
            let refers = |index: &usize| of_table.sets.keys().any(|set| set.contains(index));
            let absent: Vec<_> =
                absent.iter().filter(|index| refers(index)).map(|index| names[*index]).collect();
            let waited_for = notes::keep(&journal, &names, &absent).map_err(journal_error)?;
            let waits = |set: &&BTreeSet<usize>| set.iter().any(|index| waited_for.contains(&names[*index]));
            let waiting: u64 = of_table.sets.iter().filter(|(set, _)| waits(set)).map(|(_, rows)| rows).sum();
            let passes = Passes::new(absent, waited_for, load);
            total += of_table.rows + waiting;
            if waiting > 0 {
                let (journal, _) = open(table, Pass::Update).map_err(journal_error)?;
                updates.push(Phase {
                    table: table.clone(),
                    pass: Pass::Update,
                    journal,
                    passes: passes.clone(),
                });
            }
            creates.push(Phase { table: table.clone(), pass: Pass::Create, journal, passes });
        }
        let meter = Meter::new(core::mem::take(&mut bulk.tell), total);
        creates.extend(updates);
        let start = move |phase: Phase<'a>| phase.start(bulk.with_same_settings(), deadline, &meter);
        Ok(TableOutcomes(Box::pin(stream::iter(creates).flat_map(start))))
    }
}

fn edges(references: &[References]) -> Vec<Edge> {
    let of_table = |(from, references): (usize, &References)| {
        let edge = |to| {
            let sets = references.sets.iter().filter(|(set, _)| set.contains(&to));
            let count = sets.map(|(_, rows)| rows).sum();
            Edge { from, to, count, fixed: references.fixed.get(&to).cloned() }
        };
        let targets: BTreeSet<usize> = references.sets.keys().flatten().copied().collect();
        targets.into_iter().map(edge).collect::<Vec<_>>()
    };
    references.iter().enumerate().flat_map(of_table).collect()
}

fn journal_error(error: io::Error) -> Error {
    Error::invalid_request(format!("the journal cannot be used: {error}"))
}

impl fmt::Debug for BulkTables<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.tables.iter().map(|table| table.name()).collect();
        f.debug_struct("BulkTables").field("bulk", &self.bulk).field("tables", &names).finish_non_exhaustive()
    }
}
