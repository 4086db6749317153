//! What a new database starts with: an organization, its business unit, its administrator and its currency.

use std::cell::RefCell;

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::EmulatorError;
use crate::principals::ADMINISTRATOR_ROLE;
use crate::schema::{Navigation, Schema, Table};
use crate::session::{Caller, Ids, Session, random_id};
use crate::store::{set_setting, setting};
use crate::write::{ColumnValue, Draft, Referenced, create};

/// Who and what is there.
pub(super) struct Seed {
    pub(super) user: String,
    pub(super) business_unit: String,
}

fn read_setting(connection: &Connection, name: &str) -> Result<Option<String>, EmulatorError> {
    setting(connection, name).map_err(EmulatorError::database)
}

/// Finds what is there, or makes it.
pub(super) fn seed(
    connection: &Connection,
    schema: &Schema,
    ids: &Ids,
    now: Timestamp,
) -> Result<Seed, EmulatorError> {
    if let (Some(user), Some(business_unit)) =
        (read_setting(connection, "user")?, read_setting(connection, "business_unit")?)
    {
        return Ok(Seed { user, business_unit });
    }
    let id = |number: u64| match ids {
        Ids::Random => random_id().to_string(),
        Ids::Counting(_) => uuid::Uuid::from_u64_pair(0x4000, 0x8000_0000_0000_0000 | number).to_string(),
    };
    let (organization, business_unit, user, role, currency) = (id(1), id(2), id(3), id(4), id(5));
    let contents = RefCell::default();
    let session = Session {
        schema,
        connection,
        caller: Caller {
            user: user.clone(),
            acting: None,
            administrator: true,
            business_unit: business_unit.clone(),
            organization: organization.clone(),
            teams: Vec::new(),
        },
        root: String::new(),
        now: now.as_microsecond(),
        strict: false,
        numbers_as_text: false,
        ids,
        contents: &contents,
    };
    record(&session, "businessunit", &business_unit, &[("name", "emulator")])?;
    record(&session, "systemuser", &user, &[("firstname", "System"), ("lastname", "Administrator")])?;
    record(&session, "role", &role, &[("name", ADMINISTRATOR_ROLE)])?;
    let dollar = [
        ("currencyname", "US Dollar"),
        ("isocurrencycode", "USD"),
        ("currencysymbol", "$"),
        // The database makes an integer of it.
        ("currencyprecision", "2"),
    ];
    record(&session, "transactioncurrency", &currency, &dollar)?;
    administrator(&session, &user, &role)?;
    let settings = [
        ("organization", &organization),
        ("business_unit", &business_unit),
        ("user", &user),
        ("currency", &currency),
        ("role", &role),
    ];
    for (name, value) in settings {
        set_setting(connection, name, value).map_err(EmulatorError::database)?;
    }
    Ok(Seed { user, business_unit })
}

/// Creates a record with these texts.
pub(super) fn record(
    session: &Session<'_>,
    table: &str,
    id: &str,
    texts: &[(&str, &str)],
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
    if let Some(column) = table.column("businessunitid").filter(|column| column.kind.is_lookup()) {
        let unit = Referenced { table: "businessunit".to_owned(), id: session.caller.business_unit.clone() };
        draft.cells.push((column, ColumnValue::Reference(Some(unit))));
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
