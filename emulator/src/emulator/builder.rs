//! How a service is made.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dataverse_entity::metadata::EntityMetadata;
use jiff::Timestamp;

use super::fault::Faults;
use super::service::{Clock, Inner};
use super::{Emulator, EmulatorError, seed};
use crate::connections::{Connections, Place};
use crate::definitions;
use crate::schema::{self, definition_of};
use crate::session::Ids;
use crate::store;

/// Users, teams, business units, roles and currencies: there is no Dataverse without them.
const PLATFORM: &str = include_str!("../../data/platform.json");
/// Accounts, contacts, tasks, opportunities and competitors: the tables of Microsoft's tutorials.
const SALES: &str = include_str!("../../data/sales.json");
/// Ids that count up start here; those of what is there from the start are below.
const FIRST_ID: u64 = 0x1000;

/// How long a request may take if nothing else is said.
const TIME_LIMIT: Duration = Duration::from_secs(120);

/// Makes an [`Emulator`].
#[derive(Debug)]
#[must_use = "nothing is there until `build` is called"]
pub struct Builder {
    tables: Vec<&'static EntityMetadata>,
    definitions: Vec<String>,
    built_in: bool,
    file: Option<PathBuf>,
    strict: bool,
    clock: Option<Timestamp>,
    time_limit: Duration,
    counting_ids: bool,
    trace: usize,
}

impl Emulator {
    /// A service with the built-in tables, whose data goes with it.
    ///
    /// # Panics
    ///
    /// Never with the built-in tables, unless no temporary file can be made. [`Builder::build`] returns errors.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "a service is not a value that defaults stand for")]
    #[expect(clippy::expect_used, reason = "the tests build it")]
    pub fn new() -> Self {
        Self::builder().build().expect("the built-in tables are well defined")
    }

    /// A service with other tables, in a file, with a fixed clock, …
    pub fn builder() -> Builder {
        Builder::new()
    }
}

impl Builder {
    fn new() -> Self {
        Self {
            tables: Vec::new(),
            definitions: Vec::new(),
            built_in: true,
            file: None,
            strict: false,
            clock: None,
            time_limit: TIME_LIMIT,
            counting_ids: false,
            trace: 1000,
        }
    }

    /// Adds a table, by the metadata of a derived struct: `.table(Project::METADATA)`. Of a table that is there already,
    /// it adds the columns that are missing.
    pub fn table(mut self, metadata: &'static EntityMetadata) -> Self {
        self.tables.push(metadata);
        self
    }

    /// Adds the tables that a text describes. It is one of these answers of a Web API:
    ///
    /// - `RetrieveMetadataChanges(Query=@q)`, whose query asks for the `Attributes`, `Keys` and relationships of the tables. It has
    ///   everything that the service looks at.
    /// - `EntityDefinitions?$expand=Attributes,Keys,ManyToOneRelationships,OneToManyRelationships,ManyToManyRelationships`, or one
    ///   of its records. It lacks the options of choices, which
    ///   `EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$expand=OptionSet`
    ///   answers: add that text, too, and those of the other types of choices.
    /// - `$metadata`. It has all tables, their columns and navigation properties, and nothing of lengths, ranges, options, validity
    ///   or cascades. What is assumed instead is the first of [`Emulator::warnings`].
    ///
    /// Of two texts that describe one table the later adds to the earlier, in any order: `$metadata` changes nothing that others
    /// say.
    pub fn definitions(mut self, text: impl Into<String>) -> Self {
        self.definitions.push(text.into());
        self
    }

    /// Leaves out the built-in tables, but for users, teams, business units, roles and currencies.
    pub fn without_built_in_tables(mut self) -> Self {
        self.built_in = false;
        self
    }

    /// Keeps the data in this file, which is made if it is not there. Other processes may use it at the same time. Without
    /// it, data is in a temporary file and gone with the service.
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    /// Refuses requests that Dataverse takes without a word and that are probably mistakes, and requests that rely on what no
    /// source says of Dataverse:
    ///
    /// - a value for a column that is not valid for the message, and a second target for one record in `UpdateMultiple`;
    /// - a date alone for a datetime, and more digits than a decimal or an amount keeps;
    /// - a query option without its `$`, and `partitionId` of a table that is not elastic;
    /// - `countdistinct` in `$apply`, and a collection expanded within a collection of one record;
    /// - in FetchXML, a `link-entity` without `from` or `to`, and a group of dates without `dategrouping`;
    /// - a `Merge` that moves a value, and a role of another business unit;
    /// - an `Accept` without JSON, another OData version than 4.0, and a batch whose last line does not end in CRLF.
    ///
    /// [`facts`](crate::facts) marks the rules on which strict mode lets no request rely.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Stops the clock at this time.
    pub fn clock(mut self, time: Timestamp) -> Self {
        self.clock = Some(time);
        self
    }

    /// Sets how long a request may take: 2 minutes unless this says otherwise. A request that takes longer ends with
    /// Dataverse's error 0x80044151, and nothing of it is kept.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }

    /// Gives new records ids that count up, so that they are the same in every run.
    pub fn counting_ids(mut self) -> Self {
        self.counting_ids = true;
        self
    }

    /// How many requests [`Emulator::trace`] keeps: 1,000 if nothing is said.
    pub fn trace(mut self, limit: usize) -> Self {
        self.trace = limit;
        self
    }

    /// Makes the service.
    ///
    /// # Errors
    ///
    /// A definition is wrong, or SQLite cannot open the file.
    pub fn build(self) -> Result<Emulator, EmulatorError> {
        let mut built_in = vec![PLATFORM];
        if self.built_in {
            built_in.push(SALES);
        }
        let mut built_in = schema::read_all(&built_in)?;
        if self.built_in {
            for table in dataverse_entity::tables::ALL {
                built_in.push(definition_of(table)?);
            }
        }
        let mut added = Vec::new();
        for text in &self.definitions {
            added.push(schema::read(text)?);
        }
        for table in self.tables {
            added.push(vec![definition_of(table)?].into());
        }
        let schema = schema::load(built_in, added)?;
        let place = match &self.file {
            Some(file) => Place::file(file.clone()),
            None => Place::temporary().map_err(EmulatorError::folder)?,
        };
        let failed = |error| EmulatorError::database_in(self.file.clone(), error);
        let connections = Connections::open(place, self.time_limit).map_err(failed)?;
        let clock = self.clock.map_or(Clock::System, Clock::Fixed);
        let ids = if self.counting_ids { Ids::Counting(FIRST_ID.into()) } else { Ids::Random };
        let seed = connections.write(None, failed, |connection| {
            store::prepare(connection.sql(), &schema).map_err(failed)?;
            // Definitions change from one start to the next alone.
            if self.file.is_some() {
                definitions::record(connection.sql(), &schema).map_err(failed)?;
            }
            seed::seed(connection.sql(), &schema, &ids, clock.now())
        })?;
        Ok(Emulator {
            inner: Arc::new(Inner {
                schema,
                strict: self.strict,
                user: seed.user,
                business_unit: seed.business_unit,
                connections,
                clock: Mutex::new(clock),
                ids,
                faults: Faults::default(),
                trace: Mutex::new(VecDeque::new()),
                trace_limit: self.trace,
            }),
        })
    }
}
