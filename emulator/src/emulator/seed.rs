//! The first records of a new database: an organization, its business unit, its administrator and its
//! currency.

use std::cell::RefCell;

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::{EmulatorError, views};
use crate::definitions;
use crate::error::Refusal;
use crate::principals::{ADMINISTRATOR_ROLE, DELEGATE_ROLE, USER_ROLE};
use crate::rights::{ACT_ON_BEHALF, Depth, Roles, allow, make_ready};
use crate::schema::{Kind, Navigation, Schema, Table, privilege_id};
use crate::session::{Caller, Ids, Session, random_id};
use crate::store::{set_setting, setting, table_name};
use crate::value::Referenced;
use crate::write::{ColumnValue, Draft, create};

/// The ids of the first records.
pub(super) struct Seed {
    pub(super) user: String,
    pub(super) business_unit: String,
}

fn read_setting(connection: &Connection, name: &str) -> Result<Option<String>, EmulatorError> {
    setting(connection, name).map_err(EmulatorError::database)
}

/// Returns the ids of the first records, and creates the records in a new database.
pub(super) fn seed(
    connection: &Connection,
    schema: &Schema,
    ids: &Ids,
    now: Timestamp,
) -> Result<Seed, EmulatorError> {
    if let (Some(user), Some(business_unit)) =
        (read_setting(connection, "user")?, read_setting(connection, "business_unit")?)
    {
        roles(connection, schema, ids, now, &user, &business_unit)?;
        return Ok(Seed { user, business_unit });
    }
    let id = |number: u64| ready_id(ids, number);
    let (organization, business_unit, user, role, currency) = (id(1), id(2), id(3), id(4), id(5));
    let contents = RefCell::default();
    let caller = administrator_of(&user, &business_unit);
    let session = Session::of_emulator(connection, schema, caller, ids, now.as_microsecond(), &contents);
    record(&session, "businessunit", &business_unit, &[("name", "emulator")])?;
    record(&session, "systemuser", &user, &[("firstname", "System"), ("lastname", "Administrator")])?;
    record(&session, "role", &role, &[("name", ADMINISTRATOR_ROLE)])?;
    let dollar = [
        ("currencyname", "US Dollar"),
        ("isocurrencycode", "USD"),
        ("currencysymbol", "$"),
        // SQLite converts the text to an integer.
        ("currencyprecision", "2"),
    ];
    record(&session, "transactioncurrency", &currency, &dollar)?;
    administrator(&session, &user, &role)?;
    views::seed(&session)?;
    let began = now.as_microsecond().to_string();
    let settings = [
        (definitions::BEGAN, &began),
        ("organization", &organization),
        ("business_unit", &business_unit),
        ("user", &user),
        ("currency", &currency),
        ("role", &role),
    ];
    for (name, value) in settings {
        set_setting(connection, name, value).map_err(EmulatorError::database)?;
    }
    roles(connection, schema, ids, now, &user, &business_unit)?;
    Ok(Seed { user, business_unit })
}

fn administrator_of(user: &str, business_unit: &str) -> Caller {
    Caller {
        user: user.to_owned(),
        acting: None,
        administrator: true,
        business_unit: business_unit.to_owned(),
        organization: String::new(),
        teams: Vec::new(),
        roles: Roles::default(),
    }
}

/// Creates the predefined roles that are missing, and adds the privileges of new tables to them. Users of a
/// file that was written before roles existed get the role Basic User.
fn roles(
    connection: &Connection,
    schema: &Schema,
    ids: &Ids,
    now: Timestamp,
    user: &str,
    business_unit: &str,
) -> Result<(), EmulatorError> {
    let contents = RefCell::default();
    let caller = administrator_of(user, business_unit);
    let session = Session::of_emulator(connection, schema, caller, ids, now.as_microsecond(), &contents);
    let database = EmulatorError::database;
    let administrator = read_setting(connection, "role")?.unwrap_or_default();
    let known = read_setting(connection, "user_role")?;
    let user_role = known.clone().unwrap_or_else(|| ready_id(ids, 6));
    if known.is_none() {
        let delegate = ready_id(ids, 7);
        record(&session, "role", &user_role, &[("name", USER_ROLE)])?;
        record(&session, "role", &delegate, &[("name", DELEGATE_ROLE)])?;
        // Members of a team with this role get its privileges on records of the team only.
        let team_privileges_only =
            format!("UPDATE {} SET isinherited = 0 WHERE roleid = ?1", table_name("role"));
        connection.execute(&team_privileges_only, [&user_role]).map_err(database)?;
        set_setting(connection, "user_role", &user_role).map_err(database)?;
        allow(connection, schema, &delegate, &privilege_id(ACT_ON_BEHALF), Depth::Organization)
            .map_err(database)?;
        for user in users_without_role(connection, schema).map_err(database)? {
            associate(&session, "systemuser", &user, "role", &user_role)?;
        }
    }
    default_solution(&session)?;
    make_ready(connection, schema, &administrator, &user_role).map_err(database)
}

/// Creates the default publisher and the default solution, with the ids that they have in every org.
fn default_solution(session: &Session<'_>) -> Result<(), EmulatorError> {
    const PUBLISHER: &str = "d21aab71-79e7-11dd-8874-00188b01e34f";
    const SOLUTION: &str = "fd140aaf-4df4-11dd-bd17-0019b9312238";
    let is_known = |table: &str, id: &str| {
        let table = session.schema.table(table);
        table.map_or(Ok(true), |table| {
            crate::read::version_of(session, table, id).map(|found| found.is_some())
        })
    };
    let failed = |refusal: Refusal| EmulatorError::seed(refusal.message);
    if !is_known("publisher", PUBLISHER).map_err(failed)? {
        let publisher = [
            ("uniquename", "DefaultPublisher"),
            ("friendlyname", "Default Publisher"),
            ("customizationprefix", "new"),
            ("customizationoptionvalueprefix", "10000"),
        ];
        record(session, "publisher", PUBLISHER, &publisher)?;
    }
    if !is_known("solution", SOLUTION).map_err(failed)? {
        let solution = [("uniquename", "Default"), ("friendlyname", "Default Solution"), ("version", "1.0")];
        record_below(session, "solution", SOLUTION, &solution, "publisherid", PUBLISHER)?;
    }
    Ok(())
}

fn users_without_role(connection: &Connection, schema: &Schema) -> rusqlite::Result<Vec<String>> {
    let Some((mine, _)) = crate::rights::pair_columns(schema, "systemuserroles", "systemuser") else {
        return Ok(Vec::new());
    };
    let (users, pairs) = (table_name("systemuser"), crate::store::pairs_name("systemuserroles"));
    let sql =
        format!("SELECT systemuserid FROM {users} WHERE systemuserid NOT IN (SELECT {mine} FROM {pairs})");
    let mut statement = connection.prepare(&sql)?;
    let all = statement.query_map([], |row| row.get(0))?;
    all.collect()
}

/// Returns the id of one of the first records.
fn ready_id(ids: &Ids, number: u64) -> String {
    match ids {
        Ids::Random => random_id().to_string(),
        Ids::Counting(_) => uuid::Uuid::from_u64_pair(0x4000, 0x8000_0000_0000_0000 | number).to_string(),
    }
}

/// Creates a record with these texts, in the business unit of the caller.
pub(super) fn record(
    session: &Session<'_>,
    table: &str,
    id: &str,
    texts: &[(&str, &str)],
) -> Result<(), EmulatorError> {
    record_in(session, table, id, texts, &session.caller.business_unit)
}

/// Creates a record with these texts, in a business unit.
pub(super) fn record_in(
    session: &Session<'_>,
    table: &str,
    id: &str,
    texts: &[(&str, &str)],
    unit: &str,
) -> Result<(), EmulatorError> {
    record_below(session, table, id, texts, "businessunitid", unit)
}

/// Creates a record with these texts, whose lookup names a record.
pub(super) fn record_below(
    session: &Session<'_>,
    table: &str,
    id: &str,
    texts: &[(&str, &str)],
    lookup: &str,
    referenced: &str,
) -> Result<(), EmulatorError> {
    let table = session
        .schema
        .table(table)
        .ok_or_else(|| EmulatorError::seed(format!("there is no table `{table}`")))?;
    let mut draft = Draft::empty(table);
    draft.id = Some(id.to_owned());
    for (name, text) in texts {
        if let Some(column) =
            table.column(name).filter(|column| column.is_stored() && column.joined.is_empty())
        {
            draft.cells.push((column, ColumnValue::Value(Value::Text((*text).to_owned()))));
        }
    }
    if let Some(column) = table.column(lookup)
        && let Kind::Lookup { targets } = &column.kind
        && let Some(target) = targets.first()
    {
        let record = Referenced { table: target.clone(), id: referenced.to_owned() };
        draft.cells.push((column, ColumnValue::Reference(Some(record))));
    }
    create(session, draft).map(drop).map_err(|refusal| EmulatorError::seed(refusal.message))
}

/// Makes a user an administrator.
pub(super) fn administrator(session: &Session<'_>, user: &str, role: &str) -> Result<(), EmulatorError> {
    associate(session, "systemuser", user, "role", role)
}

/// Associates two records by the many-to-many relationship between their tables.
pub(super) fn associate(
    session: &Session<'_>,
    table: &str,
    id: &str,
    other: &str,
    other_id: &str,
) -> Result<(), EmulatorError> {
    let navigation = session.schema.table(table).and_then(|table: &Table| {
        table
            .navigations
            .iter()
            .find(|each| matches!(each, Navigation::Association { table, .. } if table == other))
    });
    let navigation = navigation
        .ok_or_else(|| EmulatorError::seed(format!("`{table}` and `{other}` cannot be associated")))?;
    crate::associations::add(session, navigation, id, other_id)
        .map_err(|refusal| EmulatorError::seed(refusal.message))
}
