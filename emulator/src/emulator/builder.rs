//! The builder of a service.

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
use crate::definition_writes::Schemas;
use crate::definitions;
use crate::limits::{Limiter, ServiceLimits};
use crate::schema::{self, Source};
use crate::session::Ids;
use crate::store;

/// The first sequential id of a new record. The seeded records have ids below it.
const FIRST_ID: u64 = 0x1000;

/// The default time limit of a request.
const TIME_LIMIT: Duration = Duration::from_secs(120);

/// Builds an [`Emulator`]; [`Emulator::builder`] starts one.
///
/// ```
/// use dataverse_emulator::Emulator;
///
/// let emulator = Emulator::builder().strict(true).sequential_ids(true).build()?;
/// assert_eq!(emulator.user().to_string(), "00000000-0000-4000-8000-000000000003");
/// # Ok::<_, dataverse_emulator::EmulatorError>(())
/// ```
#[derive(Debug)]
#[must_use = "a builder builds nothing until `build` is called"]
pub struct EmulatorBuilder {
    tables: Vec<&'static EntityMetadata>,
    definitions: Vec<Definitions>,
    built_in: bool,
    file: Option<PathBuf>,
    strict: bool,
    clock: Option<Timestamp>,
    time_limit: Duration,
    sequential_ids: bool,
    trace_limit: usize,
    limits: Option<ServiceLimits>,
}

/// A text of definitions, or the file that holds it.
#[derive(Debug)]
enum Definitions {
    Text(String),
    File(PathBuf),
}

impl Definitions {
    fn read(&self) -> Result<Source, EmulatorError> {
        match self {
            Self::Text(text) => Ok(schema::read(text)?),
            Self::File(file) => {
                let text = std::fs::read_to_string(file);
                let text = text.map_err(|error| EmulatorError::file(file.clone(), error))?;
                schema::read(&text).map_err(|error| EmulatorError::definitions_in(Some(file.clone()), error))
            }
        }
    }
}

impl Emulator {
    /// Builds a service with the built-in tables. Its data is in a temporary file, which is deleted with the
    /// last clone.
    ///
    /// # Panics
    ///
    /// Panics if the temporary file cannot be made; [`EmulatorBuilder::build`] returns an error instead.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the tests build it")]
    pub fn new() -> Self {
        Self::builder().build().expect("the built-in tables are well defined")
    }

    /// Returns a builder, for a service with further tables, a file, a clock or other settings.
    ///
    /// ```
    /// use core::time::Duration;
    /// use dataverse_emulator::Emulator;
    ///
    /// let emulator = Emulator::builder()
    ///     .clock("2026-03-04T09:00:00Z".parse()?)
    ///     .sequential_ids(true)
    ///     .time_limit(Duration::from_secs(5))
    ///     .strict(true)
    ///     .build()?;
    /// assert_eq!(emulator.now().to_string(), "2026-03-04T09:00:00Z");
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::new()
    }
}

/// The service of [`Emulator::new`].
impl Default for Emulator {
    fn default() -> Self {
        Self::new()
    }
}

impl EmulatorBuilder {
    fn new() -> Self {
        Self {
            tables: Vec::new(),
            definitions: Vec::new(),
            built_in: true,
            file: None,
            strict: false,
            clock: None,
            time_limit: TIME_LIMIT,
            sequential_ids: false,
            trace_limit: 1000,
            limits: None,
        }
    }

    /// Adds the table of a derived struct. If the table exists already, adds its missing columns.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    /// use dataverse_entity::prelude::*;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// #[derive(Debug, DataverseEntity)]
    /// #[entity(logical = "new_loan", set = "new_loans")]
    /// struct Loan {
    ///     #[attr(logical = "new_loanid", primary_id)]
    ///     id: Id<Loan>,
    ///     #[attr(logical = "new_name", string(max_length = 100))]
    ///     name: Option<String>,
    /// }
    ///
    /// let emulator = Emulator::builder().table(Loan::METADATA).build()?;
    /// let id = emulator.client().execute(Loan::create().name("Ladder")).await?;
    /// assert_eq!(emulator.client().execute(Loan::retrieve(id)).await?.name.as_deref(), Some("Ladder"));
    /// # Ok(()) }) }
    /// ```
    pub fn table(mut self, metadata: &'static EntityMetadata) -> Self {
        self.tables.push(metadata);
        self
    }

    /// Adds the tables of several derived structs: `.tables([Loan::METADATA, Payment::METADATA])`.
    pub fn tables(mut self, metadata: impl IntoIterator<Item = &'static EntityMetadata>) -> Self {
        self.tables.extend(metadata);
        self
    }

    /// Adds the tables that an answer of a Web API describes. May be called several times, in any order. The
    /// text is one of these answers:
    ///
    /// - `RetrieveMetadataChanges(Query=@q)`, whose query asks for the `Attributes`, `Keys` and relationships
    ///   of the tables. It has everything that the service uses.
    /// - `EntityDefinitions?$expand=Attributes,Keys,ManyToOneRelationships,OneToManyRelationships,ManyToManyRelationships`,
    ///   or one of its records. It lacks the options of choices:
    ///   `EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$expand=OptionSet`
    ///   returns them. Add that text, too, and those of the other types of choices.
    /// - `$metadata`. It has all tables, their columns and navigation properties, but no lengths, ranges,
    ///   options, validity or cascades. The first of [`Emulator::warnings`] says what the service assumes
    ///   instead.
    ///
    /// Definitions written by hand have the form of `EntityDefinitions`. A later text adds to the tables of
    /// earlier ones. `$metadata` never overrides what another text says. [`build`](Self::build) returns an
    /// error if the options of a choice are missing.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    ///
    /// let loans = r#"{"LogicalName": "new_loan", "EntitySetName": "new_loans", "PrimaryIdAttribute": "new_loanid", "Attributes": [
    ///     {"LogicalName": "new_loanid", "AttributeType": "Uniqueidentifier"},
    ///     {"LogicalName": "new_name", "AttributeType": "String", "MaxLength": 100}]}"#;
    /// let emulator = Emulator::builder().definitions(loans).build()?;
    /// assert!(emulator.warnings().is_empty());
    /// # Ok::<_, dataverse_emulator::EmulatorError>(())
    /// ```
    pub fn definitions(mut self, text: impl Into<String>) -> Self {
        self.definitions.push(Definitions::Text(text.into()));
        self
    }

    /// Adds the tables that a file describes. The file holds a text as for
    /// [`definitions`](Self::definitions). [`build`](Self::build) reads the file, and its errors name it.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    ///
    /// let error = Emulator::builder().definitions_file("no-such-file.json").build().unwrap_err();
    /// assert!(error.to_string().starts_with("the definitions in no-such-file.json cannot be read"), "{error}");
    /// ```
    pub fn definitions_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.definitions.push(Definitions::File(path.into()));
        self
    }

    /// Sets whether the service has the built-in tables: `true` unless set. The service always has users,
    /// teams, business units, roles, currencies, publishers and solutions.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::builder().built_in_tables(false).build()?;
    /// let error = emulator.client().execute(SessionEvent::query()).await.unwrap_err();
    /// assert!(error.is_not_found(), "{error}");
    /// # Ok(()) }) }
    /// ```
    pub fn built_in_tables(mut self, built_in: bool) -> Self {
        self.built_in = built_in;
        self
    }

    /// Keeps the data in this SQLite file, and creates it if it does not exist. Other processes may use it at
    /// the same time. Unless this is set, the data is in a temporary file, which is deleted with the service.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("orders.db");
    /// let emulator = Emulator::builder().file(&path).build()?;
    /// let id = emulator.client().execute(SessionEvent::create().name("Accepted")).await?;
    /// drop(emulator);
    ///
    /// let again = Emulator::builder().file(&path).build()?;
    /// assert!(again.client().execute(SessionEvent::retrieve(id)).await.is_ok());
    /// # Ok(()) }) }
    /// ```
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    /// Sets whether the service refuses requests that Dataverse accepts but that are probably mistakes, and
    /// requests that rely on behaviour that no source describes:
    ///
    /// - a value for a column that is not valid for the message, and a second target for one record in
    ///   `UpdateMultiple`;
    /// - a date alone for a datetime, and more digits than a decimal or an amount keeps;
    /// - a query option without its `$`, and `partitionId` of a table that is not elastic;
    /// - `countdistinct` in `$apply`, and a collection expanded within a collection of one record;
    /// - in FetchXML, a `link-entity` without `from` or `to`, and a group of dates without `dategrouping`;
    /// - a `Merge` that moves a value, and a role of another business unit;
    /// - an `Accept` without JSON, an OData version other than 4.0, and a batch whose last line does not end
    ///   in CRLF.
    ///
    /// [`facts`](crate::facts) lists each rule, and whether strict mode refuses requests that rely on it.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    /// use dataverse_entity::bytes::Bytes;
    /// use dataverse_entity::client::Transport;
    /// use dataverse_entity::http::Request;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::builder().strict(true).build()?;
    /// // Dataverse ignores an option without its `$`.
    /// let request = Request::get("https://contoso.crm4.dynamics.com/api/data/v9.2/accounts?top=1").body(Bytes::new())?;
    /// assert_eq!(emulator.transport().send(request).await?.status(), 400);
    /// # Ok(()) }) }
    /// ```
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Stops the clock at this time. [`Emulator::advance`] moves it.
    pub fn clock(mut self, time: Timestamp) -> Self {
        self.clock = Some(time);
        self
    }

    /// Sets the time limit of a request: 2 minutes unless set. A request that takes longer ends with
    /// Dataverse's error 0x80044151 and changes nothing. The limit does not apply to building the service or
    /// to adding people and roles.
    ///
    /// ```
    /// use core::time::Duration;
    /// use dataverse_emulator::Emulator;
    ///
    /// let emulator = Emulator::builder().time_limit(Duration::from_secs(5)).build()?;
    /// # let _ = emulator;
    /// # Ok::<_, dataverse_emulator::EmulatorError>(())
    /// ```
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }

    /// Limits what each user may send, as Dataverse does: [`ServiceLimits`] has an example. Without this, there
    /// are no limits. They count on the clock of the service.
    pub fn limits(mut self, limits: ServiceLimits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// Sets whether new records get ids that count up instead of random ones, so that every run has the same
    /// ids.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::builder().sequential_ids(true).build()?;
    /// let id = emulator.client().execute(SessionEvent::create().name("Accepted")).await?;
    /// assert_eq!(id.to_string(), "00000000-0000-4000-8000-000000001000");
    /// # Ok(()) }) }
    /// ```
    pub fn sequential_ids(mut self, sequential: bool) -> Self {
        self.sequential_ids = sequential;
        self
    }

    /// Sets the number of requests that [`Emulator::trace`] keeps: 1,000 unless set; 0 keeps none.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    /// use dataverse_entity::message::WhoAmI;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::builder().trace_limit(2).build()?;
    /// for _ in 0..3 {
    ///     emulator.client().execute(WhoAmI).await?;
    /// }
    /// assert_eq!(emulator.trace().len(), 2);
    /// # Ok(()) }) }
    /// ```
    pub fn trace_limit(mut self, requests: usize) -> Self {
        self.trace_limit = requests;
        self
    }

    /// Builds the service.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    ///
    /// let error = Emulator::builder().definitions("{}").build().unwrap_err();
    /// assert!(error.to_string().starts_with("the definitions of the tables are wrong"), "{error}");
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if a definition is wrong, if a file of definitions cannot be read, or if SQLite
    /// cannot open the database, for example because another program made the file. The error names the file,
    /// the table and the attribute.
    pub fn build(self) -> Result<Emulator, EmulatorError> {
        let mut added = Vec::new();
        for definitions in &self.definitions {
            added.push(definitions.read()?);
        }
        for table in self.tables {
            added.push(schema::of_struct(table)?);
        }
        let base = schema::load(schema::built_in(self.built_in)?, added)?;
        let place = match &self.file {
            Some(file) => Place::file(file.clone()),
            None => Place::temporary().map_err(EmulatorError::folder)?,
        };
        let failed = |error| EmulatorError::database_in(self.file.clone(), error);
        let connections = Connections::open(place, self.time_limit).map_err(failed)?;
        let clock = self.clock.map_or(Clock::System, Clock::Fixed);
        let ids = if self.sequential_ids { Ids::Counting(FIRST_ID.into()) } else { Ids::Random };
        let schemas = Schemas::new(base);
        let (seed, left_out) = connections.write(None, failed, |connection| {
            let sql = connection.sql();
            store::prepare_service(sql).map_err(failed)?;
            let schema = schemas.opened(sql).map_err(failed)??;
            store::prepare(sql, &schema).map_err(failed)?;
            // A temporary file starts to record definitions with their first change.
            if self.file.is_some() {
                definitions::record(sql, &schema).map_err(failed)?;
            }
            let left_out = store::tables_beside(sql, &schema).map_err(failed)?;
            Ok((seed::seed(sql, &schema, &ids, clock.now())?, left_out))
        })?;
        let warnings = schemas.base().warnings_with(&left_out);
        Ok(Emulator {
            inner: Arc::new(Inner {
                schemas,
                warnings,
                strict: self.strict,
                user: seed.user,
                business_unit: seed.business_unit,
                connections,
                clock: Mutex::new(clock),
                ids,
                limiter: self.limits.map(Limiter::new),
                faults: Faults::default(),
                trace: Mutex::new(VecDeque::new()),
                trace_limit: self.trace_limit,
            }),
        })
    }
}
