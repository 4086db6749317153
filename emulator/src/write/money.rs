//! Amounts of money: their currency and their decimal places.

use rusqlite::OptionalExtension;
use rusqlite::types::Value;

use super::row::Cells;
use crate::error::{Refusal, Result};
use crate::schema::{Digits, Kind, Table};
use crate::session::Session;
use crate::store::{quoted, setting, table_name};
use crate::value;

/// The currency's lookup in every table that has amounts.
const CURRENCY: &str = "transactioncurrencyid";

/// Decimal places of prices: Dataverse's default.
const PRICE_DIGITS: u32 = 2;

/// Sets the organization's currency on a record with amounts and no currency, and rounds the amounts to the
/// decimal places of their columns. `record` is the id of a record that exists already.
pub(super) fn settle(
    session: &Session<'_>,
    table: &Table,
    record: Option<&str>,
    cells: &mut Cells,
) -> Result<()> {
    let amounts = cells.amounts(table);
    if amounts.is_empty() {
        return Ok(());
    }
    let mut currency = match (cells.get(CURRENCY), record) {
        (Some(Value::Text(id)), _) => Some(id.clone()),
        (None, Some(record)) => current(session, table, record)?,
        _ => None,
    };
    if currency.is_none() && !cells.has(CURRENCY) {
        currency = setting(session.connection, "currency")?;
        cells.refer(table, CURRENCY, currency.as_deref().map(|id| ("transactioncurrency", id)));
    }
    let of_currency = currency.map(|id| digits(session, &id)).transpose()?.flatten();
    for (column, source, amount) in amounts {
        let Kind::Decimal { precision, .. } = column.kind else { continue };
        let digits = match source {
            Digits::Column => u32::from(precision),
            Digits::Organization => PRICE_DIGITS,
            Digits::Currency => of_currency.unwrap_or_else(|| u32::from(precision)),
        };
        let rounded = value::round(amount, digits);
        if session.strict && rounded != amount {
            return Err(Refusal::digits(&column.logical_name, &table.logical_name, digits));
        }
        cells.set(&column.logical_name, rounded.to_string());
    }
    Ok(())
}

/// Returns the currency that a record has.
fn current(session: &Session<'_>, table: &Table, record: &str) -> Result<Option<String>> {
    if table.column(CURRENCY).is_none_or(|column| !column.is_stored()) {
        return Ok(None);
    }
    Ok(crate::read::target(session, table, record, CURRENCY)?.map(|(_, id)| id))
}

/// Returns the decimal places of a currency's amounts.
fn digits(session: &Session<'_>, id: &str) -> Result<Option<u32>> {
    let Some(table) = session.schema.table("transactioncurrency") else { return Ok(None) };
    if table.column("currencyprecision").is_none() {
        return Ok(None);
    }
    let (from, key) = (table_name(&table.logical_name), quoted(&table.primary_id));
    let sql = format!("SELECT currencyprecision FROM {from} WHERE {key} = ?1");
    let found: Option<Option<u32>> =
        session.connection.prepare_cached(&sql)?.query_row([id], |row| row.get(0)).optional()?;
    Ok(found.flatten())
}
