//! Tries the fast path first. If it fails, the full reader reads the response from the beginning.

use super::context::ReadContext;
use super::sink::{Outcome, PageReader, RecordSink};
use super::{fast, full};
use crate::metadata::EntityMetadata;
use crate::record::byte_order_mark::without_bom;
use crate::record::error::DecodeError;
use crate::record::fields::FromRow;
use crate::record::record::Record;
use crate::record::rows::{Row, listed, read_rows};
use crate::table::RowPlan;

/// Reads a response that is one record.
pub(crate) fn record<'de, T: FromRow<'de>>(
    json: &'de [u8],
    context: &mut ReadContext,
) -> Result<Record<T>, DecodeError> {
    let text = utf8(json, T::PLAN.table)?;
    let mut record = Record::blank();
    if fast::record(text, T::PLAN, &mut record, context).is_none() {
        record = Record::blank();
        full::record(text, T::PLAN, &mut record, context)?;
    }
    Ok(record)
}

/// Reads a page. If `strict` is set, the first row that cannot be read ends the page with its error.
pub(crate) fn page<'de>(
    json: &'de [u8],
    plan: &'static RowPlan,
    sink: &mut dyn RecordSink<'de>,
    formatted_values: bool,
    strict: bool,
) -> Result<Outcome, DecodeError> {
    let text = utf8(json, plan.table)?;
    let mut reader = PageReader::new(plan, sink, ReadContext::new(formatted_values), strict);
    if let Some(info) = fast::page(text, &mut reader) {
        return checked(reader.finish(info), text, plan);
    }
    if let Some(error) = reader.fatal() {
        return Err(error);
    }
    let mut reader = PageReader::new(plan, sink, ReadContext::new(formatted_values), strict);
    let info = full::page(text, &mut reader);
    match reader.fatal() {
        Some(error) => Err(error),
        None => checked(reader.finish(info?), text, plan),
    }
}

/// Refuses a page with rows of another shape, such as aliases and aggregates, in which every field would be
/// `None`.
///
/// Every row of a table has an etag, the key, or another column of the table. This is so even in answers that
/// leave out columns without a value.
fn checked(outcome: Outcome, text: &str, plan: &'static RowPlan) -> Result<Outcome, DecodeError> {
    let is_of_table = |row: &Row| {
        row.has_etag()
            || row.contains(plan.table.primary_id_attribute)
            || plan.table.attributes.iter().any(|column| row.contains(column.logical_name))
            || plan.expands.iter().any(|expand| row.contains(expand.navigation))
    };
    let is_other = |row: &Row| !row.is_empty() && !is_of_table(row);
    if !outcome.tombstones.is_empty() || !outcome.bad.is_empty() {
        return Ok(outcome);
    }
    // The first row nearly always decides. Only if it does not, examine the whole page.
    let first = fast::first_row(text);
    if first.is_some_and(|first| !Row::from_json(first.as_bytes()).is_ok_and(|row| is_other(&row))) {
        return Ok(outcome);
    }
    let Ok(page) = read_rows(text.as_bytes()) else { return Ok(outcome) };
    if !page.rows.first().is_some_and(is_other) || page.rows.iter().any(is_of_table) {
        return Ok(outcome);
    }
    let mut found: Vec<&str> = page.rows.iter().flat_map(Row::names).collect();
    found.sort_unstable();
    found.dedup();
    Err(DecodeError::malformed(
        plan.table,
        format!(
            "no row has an etag, the key or another column of the table: the rows have {}; read aliases and aggregates as rows, by \
             name or as a struct that derives `DataverseRow`",
            listed(&found)
        ),
    ))
}

/// Returns the text, without the byte order mark that some gateways add.
fn utf8<'de>(json: &'de [u8], table: &'static EntityMetadata) -> Result<&'de str, DecodeError> {
    let json = without_bom(json);
    simdutf8::compat::from_utf8(json).map_err(|error| {
        let offset = error.valid_up_to();
        DecodeError::malformed(table, format!("the response is not UTF-8: invalid byte at offset {offset}"))
    })
}
