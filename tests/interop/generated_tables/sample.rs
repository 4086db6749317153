//! Creates, reads, finds and updates a record of each table through the structs that `cargo dataverse` has generated. Each value that is
//! written is compared with the value that is read.
//!
//! `sample.py` writes `listing.rs` next to this file: which columns the drafts of each struct have.

/// Implements [`Sample`] for a struct, from the fields of its drafts with the logical names of their columns.
macro_rules! sample {
    ($table:ty, create: [$($create:ident $create_name:literal),*], update: [$($update:ident $update_name:literal),*],
     conditions: [$($field:ident $column:ident $name:literal),*]) => {
        impl crate::Sample for $table {
            fn filled_create(values: &crate::Values<'_>) -> Self::Create {
                let mut draft = <Self as dataverse_entity::Entity>::create();
                $(values.put(&mut draft.$create, |row: &Self| &row.$create, $create_name);)*
                draft
            }

            fn filled_update(id: dataverse_entity::Id<Self>, values: &crate::Values<'_>) -> Self::Update {
                let mut draft = <Self as dataverse_entity::Entity>::update(id);
                $(values.put(&mut draft.$update, |row: &Self| &row.$update, $update_name);)*
                draft
            }

            fn compare_create(&self, values: &crate::Values<'_>) {
                $(values.compare(&self.$create, $create_name);)*
            }

            fn compare_update(&self, values: &crate::Values<'_>) {
                $(values.compare(&self.$update, $update_name);)*
            }

            fn conditions(values: &crate::Values<'_>) -> Vec<crate::Filter<Self>> {
                let mut conditions = Vec::new();
                $(values.condition(&mut conditions, |row: &Self| &row.$field, $name, |cell| Self::$column.eq(cell));)*
                conditions
            }
        }
    };
}

mod listing;

use std::cell::Cell as Counter;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Debug;
use std::process::ExitCode;

use bytes::Bytes;
use dataverse_entity::client::{Client, NoToken};
use dataverse_entity::jiff::civil::Date;
use dataverse_entity::message::{self, Message, Organization};
use dataverse_entity::prelude::*;
use dataverse_entity::query::Filter;
use dataverse_entity::rust_decimal::Decimal;
use dataverse_entity::{Change, Id, Lookup, LookupTarget, ManagedProperty, Timestamp, Uuid};
use http::{Method, Request, Response};
use serde_json::{Value, json};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The number of conditions of one filter.
const CONDITIONS: usize = 12;

/// The columns of a table that its struct writes, as `listing.rs` has them.
pub trait Sample: Entity<Create: Message<Output = Id<Self>>, Update: Message<Output = ()>> + Debug {
    /// Returns a draft with a value in each column of creates.
    fn filled_create(values: &Values<'_>) -> Self::Create;
    /// Returns a draft with a value in each column of updates.
    fn filled_update(id: Id<Self>, values: &Values<'_>) -> Self::Update;
    /// Compares the columns of creates with what was written.
    fn compare_create(&self, values: &Values<'_>);
    /// Compares the columns of updates with what was written.
    fn compare_update(&self, values: &Values<'_>);
    /// Returns a condition for each column of updates that a filter can compare.
    fn conditions(values: &Values<'_>) -> Vec<Filter<Self>>;
}

/// The records that lookups are set to: by table, with the entity set.
pub type Records = BTreeMap<&'static str, (Uuid, &'static str)>;

/// What the definition of a column says.
#[derive(Default)]
struct Facts {
    in_create: bool,
    in_update: bool,
    /// The integers of its options.
    options: Vec<i32>,
    max_length: Option<usize>,
}

/// The values that one message writes, and what came of them.
pub struct Values<'r> {
    table: &'static str,
    is_update: bool,
    /// What the org's definitions say, by logical name.
    facts: &'r BTreeMap<String, Facts>,
    records: &'r Records,
    /// The tables of lookups to tables without a struct.
    foreign: &'static [(&'static str, &'static str)],
    kept: Counter<usize>,
    ignored: Counter<usize>,
    problems: std::cell::RefCell<Vec<String>>,
}

impl Values<'_> {
    fn is_taken(&self, column: &str) -> bool {
        self.facts
            .get(column)
            .is_some_and(|facts| if self.is_update { facts.in_update } else { facts.in_create })
    }

    fn of<C: Cell>(&self, column: &str) -> C {
        C::written(column, self)
    }

    /// Writes a value into a field of a draft, which `row` names in the struct.
    pub fn put<T, C: Cell>(&self, slot: &mut impl Slot<C::Bound>, _row: fn(&T) -> &Option<C>, column: &str) {
        slot.put(self.of::<C>(column).into());
    }

    /// Compares a field with what was written.
    pub fn compare<C: Cell>(&self, read: &Option<C>, column: &str) {
        // Dataverse ignores a value that is not valid for the message, so there is nothing to compare it with.
        if !self.is_taken(column) {
            self.ignored.set(self.ignored.get() + 1);
            return;
        }
        let written: C = self.of(column);
        self.kept.set(self.kept.get() + 1);
        if read.as_ref() != Some(&written) {
            let message = if self.is_update { "an update" } else { "a create" };
            let problem =
                format!("{}.{column}: {message} wrote {written:?}, and {read:?} was read", self.table);
            self.problems.borrow_mut().push(problem);
        }
    }

    /// Adds the condition that a column has the value that was written, if the org keeps it.
    pub fn condition<T, C: Cell>(
        &self,
        conditions: &mut Vec<Filter<T>>,
        _row: fn(&T) -> &Option<C>,
        column: &str,
        equals: fn(C) -> Filter<T>,
    ) {
        if self.is_taken(column) {
            conditions.push(equals(self.of(column)));
        }
    }
}

/// A field of a draft.
pub trait Slot<V> {
    fn put(&mut self, value: V);
}

impl<V> Slot<V> for Option<V> {
    fn put(&mut self, value: V) {
        *self = Some(value);
    }
}

impl<V> Slot<V> for Change<V> {
    fn put(&mut self, value: V) {
        *self = Change::Set(value);
    }
}

/// A type of fields, with the values that are written.
pub trait Cell: PartialEq + Debug + Sized {
    /// The type in drafts.
    type Bound: From<Self>;

    /// Returns the value of a column: another one for an update than for a create.
    fn written(column: &str, values: &Values<'_>) -> Self;
}

macro_rules! cell {
    ($($type:ty, |$number:ident, $update:ident| $value:expr;)+) => {$(
        impl Cell for $type {
            type Bound = Self;

            fn written(column: &str, values: &Values<'_>) -> Self {
                let ($number, $update) = (number(column, values), values.is_update);
                $value
            }
        }
    )+};
}

/// A number that differs from column to column, between 10 and 49 for a create, and between 50 and 89 for an update.
fn number(column: &str, values: &Values<'_>) -> i32 {
    let sum: i32 = column.bytes().map(i32::from).sum();
    10 + sum % 40 + if values.is_update { 40 } else { 0 }
}

/// Two images of one pixel, as base64 of GIF.
const IMAGES: [&str; 2] = [
    "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
    "R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==",
];

cell! {
    i64, |number, _is_update| i64::from(number) << 32;
    f64, |number, _is_update| f64::from(number) + 0.25;
    Decimal, |number, _is_update| Decimal::new(i64::from(number) * 100 + 25, 2);
    bool, |_number, is_update| !is_update;
    Timestamp, |number, _is_update| Timestamp::constant(1_600_000_000 + 60 * number as i64, 0);
    Date, |_number, is_update| Date::constant(2020, 2, if is_update { 29 } else { 28 });
    Uuid, |number, _is_update| Uuid::from_u128(number.unsigned_abs().into());
    ManagedProperty, |_number, is_update| ManagedProperty::new(!is_update);
}

impl Cell for i32 {
    type Bound = Self;

    fn written(column: &str, values: &Values<'_>) -> Self {
        let options = values.facts.get(column).map_or(&[][..], |facts| &facts.options);
        match options {
            [] => number(column, values),
            _ => options[usize::from(values.is_update) % options.len()],
        }
    }
}

impl Cell for String {
    type Bound = Self;

    fn written(column: &str, values: &Values<'_>) -> Self {
        if listing::IMAGES.contains(&(values.table, column)) {
            return IMAGES[usize::from(values.is_update)].to_owned();
        }
        let text =
            format!("{} ü'%_ {}", number(column, values), if values.is_update { "two" } else { "one" });
        let max_length = values.facts.get(column).and_then(|facts| facts.max_length);
        text.chars().take(max_length.unwrap_or(usize::MAX)).collect()
    }
}

impl<T: LookupTarget> Cell for Lookup<T> {
    type Bound = dataverse_entity::Bind<T>;

    fn written(column: &str, values: &Values<'_>) -> Self {
        let declared: Vec<&str> = T::TARGETS.iter().map(|table| table.logical_name).collect();
        let foreign = values.foreign.iter().filter(|(of, _)| *of == column).map(|(_, table)| *table);
        let targets: Vec<&str> =
            declared.into_iter().filter(|table| values.records.contains_key(table)).chain(foreign).collect();
        // Another table for an update, if the lookup has a second one.
        let table = targets[usize::from(values.is_update) % targets.len()];
        let (id, set) = values.records[table];
        let mut lookup = json!({ "id": id.to_string(), "table": table });
        if T::TARGETS.is_empty() {
            lookup["entity_set"] = set.into();
        }
        serde_json::from_value(lookup).expect("a lookup")
    }
}

/// Creates, reads, finds and updates a record.
pub async fn exercise<T: Sample + Send + Sync>(
    client: &Client,
    records: &Records,
    foreign: &'static [(&'static str, &'static str)],
    totals: &mut Totals,
) {
    if let Err(error) = one_record::<T>(client, records, foreign, totals).await {
        totals.problems.push(format!("{}: {error}", T::METADATA.logical_name));
    }
}

async fn one_record<T: Sample + Send + Sync>(
    client: &Client,
    records: &Records,
    foreign: &'static [(&'static str, &'static str)],
    totals: &mut Totals,
) -> Result<()> {
    let table = T::METADATA.logical_name;
    let facts = facts(client, table).await?;
    let values = |is_update| Values {
        table,
        is_update,
        facts: &facts,
        records,
        foreign,
        kept: Counter::default(),
        ignored: Counter::default(),
        problems: std::cell::RefCell::default(),
    };
    let (first, second) = (values(false), values(true));
    let id = client.execute(T::filled_create(&first)).await?;
    client.execute(T::retrieve(id)).await?.compare_create(&first);
    totals.add(&first);
    totals.conditions += find::<T>(client, id, &first).await?;

    client.execute(T::filled_update(id, &second)).await?;
    client.execute(T::retrieve(id)).await?.compare_update(&second);
    totals.add(&second);
    totals.conditions += find::<T>(client, id, &second).await?;
    totals.tables += 1;
    Ok(())
}

/// Finds the record by each column: returns the number of conditions.
async fn find<T: Sample + Send + Sync>(client: &Client, id: Id<T>, values: &Values<'_>) -> Result<usize> {
    let conditions = T::conditions(values);
    let count = conditions.len();
    for some in conditions.chunks(CONDITIONS) {
        let filter = some.iter().cloned().reduce(|all, one| all & one).ok_or("a chunk is not empty")?;
        let text = filter.to_odata()?;
        let page = client.execute(T::query().filter(filter)).await?;
        let ids: Vec<_> = page.iter().filter_map(|row| row.id()).collect();
        if ids != [id] {
            return Err(format!("the filter `{text}` finds {ids:?} and not {id}").into());
        }
    }
    Ok(count)
}

/// What was compared.
#[derive(Default)]
pub struct Totals {
    tables: usize,
    kept: usize,
    ignored: usize,
    conditions: usize,
    problems: Vec<String>,
}

impl Totals {
    fn add(&mut self, values: &Values<'_>) {
        self.kept += values.kept.get();
        self.ignored += values.ignored.get();
        self.problems.append(&mut values.problems.borrow_mut());
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut totals = Totals::default();
    let result = match std::env::args().nth(1) {
        Some(url) => run(&url, &mut totals).await,
        None => Err("name the address of an emulator".into()),
    };
    if let Err(error) = result {
        totals.problems.push(error.to_string());
    }
    println!(
        "{} tables, {} columns: {} values are read as they were written, filters find records by {} of them; {} values are not valid for \
         the message, which Dataverse ignores",
        totals.tables,
        listing::COLUMNS,
        totals.kept,
        totals.conditions,
        totals.ignored
    );
    for (count, reason) in listing::LEFT_OUT {
        println!("left out: {count} {reason}");
    }
    for problem in &totals.problems {
        eprintln!("FAILED: {problem}");
    }
    if totals.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn run(url: &str, totals: &mut Totals) -> Result<()> {
    let client = Client::new(Organization::new(url)?, NoToken)?;
    // Records that lookups point to: first of the tables without a struct, then one without values of each of the others.
    let mut records = Records::new();
    for (table, set) in listing::FOREIGN {
        let created = client.execute(Raw::post((*set).to_owned(), json!({}))).await;
        let created = created.map_err(|error| format!("{table}: {error}"))?;
        let url = created.headers()["odata-entityid"].to_str()?;
        let id = url.split(['(', ')']).nth(1).ok_or("a record has no id")?;
        records.insert(table, (id.parse()?, set));
    }
    listing::create_targets(&client, &mut records).await?;
    make_administrator(&client, records["systemuser"].0).await?;
    listing::exercise_all(&client, &records, totals).await;
    Ok(())
}

/// Gives a user the role that may do everything: the owner of a record must have the right to read it.
async fn make_administrator(client: &Client, user: Uuid) -> Result<()> {
    let path = "roles?$select=roleid&$filter=name eq 'System Administrator'&$top=1".replace(' ', "%20");
    let roles: Value = serde_json::from_slice(client.execute(Raw::get(path)).await?.body())?;
    let role = roles["value"][0]["roleid"].as_str().ok_or("there is no System Administrator")?;
    let body = json!({ "@odata.id": format!("{}roles({role})", client.organization().root_url()) });
    client.execute(Raw::post(format!("systemusers({user})/systemuserroles_association/$ref"), body)).await?;
    Ok(())
}

/// Creates a record without values, for lookups.
pub async fn target<T: Sample>(client: &Client, records: &mut Records) -> Result<()> {
    let table = T::METADATA;
    let id = client.execute(T::create()).await.map_err(|error| format!("{}: {error}", table.logical_name))?;
    records.insert(table.logical_name, (id.uuid(), table.entity_set_name));
    Ok(())
}

/// Reads what the definitions of a table say of its columns.
async fn facts(client: &Client, table: &str) -> Result<BTreeMap<String, Facts>> {
    let mut facts: BTreeMap<String, Facts> = BTreeMap::new();
    let definition = format!("EntityDefinitions(LogicalName='{table}')");
    for path in [
        "",
        "/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet",
        "/Microsoft.Dynamics.CRM.StateAttributeMetadata?$select=LogicalName&$expand=OptionSet",
        "/Microsoft.Dynamics.CRM.StatusAttributeMetadata?$select=LogicalName&$expand=OptionSet",
    ] {
        let answer: Value = serde_json::from_slice(
            &client.execute(Raw::get(format!("{definition}/Attributes{path}"))).await?.body(),
        )?;
        for column in answer["value"].as_array().ok_or("the answer has no columns")? {
            let name = column["LogicalName"].as_str().ok_or("a column has no name")?;
            let facts = facts.entry(name.to_owned()).or_default();
            if path.is_empty() {
                facts.in_create = column["IsValidForCreate"].as_bool().unwrap_or_default();
                facts.in_update = column["IsValidForUpdate"].as_bool().unwrap_or_default();
                facts.max_length = column["MaxLength"].as_u64().and_then(|length| length.try_into().ok());
            }
            // A status belongs to a state: the first one of each state, so that the lists of both have the same order.
            let mut states = Vec::new();
            for option in column["OptionSet"]["Options"].as_array().into_iter().flatten() {
                let state = &option["State"];
                if state.is_null() || !states.contains(&state) {
                    states.push(state);
                    facts
                        .options
                        .push(option["Value"].as_i64().ok_or("an option has no integer")?.try_into()?);
                }
            }
        }
    }
    Ok(facts)
}

/// A request of tables and definitions that have no struct.
struct Raw {
    method: Method,
    path: String,
    body: Value,
}

impl Raw {
    fn get(path: String) -> Self {
        Self { method: Method::GET, path, body: Value::Null }
    }

    fn post(path: String, body: Value) -> Self {
        Self { method: Method::POST, path, body }
    }
}

impl Message for Raw {
    type Output = Response<Bytes>;

    fn message_name(&self) -> &'static str {
        "Raw"
    }

    fn request(&self, org: &Organization) -> std::result::Result<Request<Bytes>, message::Error> {
        let body = if self.body.is_null() { String::new() } else { self.body.to_string() };
        Request::builder()
            .method(&self.method)
            .uri(format!("{}{}", org.root_url(), self.path))
            .header("content-type", "application/json")
            .body(body.into())
            .map_err(|error| message::Error::invalid_request(error.to_string()))
    }

    fn response(&self, response: Response<Bytes>) -> std::result::Result<Self::Output, message::Error> {
        if response.status().is_success() {
            Ok(response)
        } else {
            Err(message::Error::from_response(&response))
        }
    }
}
