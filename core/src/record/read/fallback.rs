//! The fast path first, then the full reader from the beginning.

use super::context::ReadContext;
use super::sink::{Outcome, PageReader, RecordSink};
use super::{fast, full};
use crate::metadata::EntityMetadata;
use crate::record::error::DecodeError;
use crate::record::fields::FromRow;
use crate::record::record::Record;
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

/// Reads a page. If it is `strict`, the first row that cannot be read is its error.
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
        return Ok(reader.finish(info));
    }
    if let Some(error) = reader.fatal() {
        return Err(error);
    }
    let mut reader = PageReader::new(plan, sink, ReadContext::new(formatted_values), strict);
    let info = full::page(text, &mut reader);
    match reader.fatal() {
        Some(error) => Err(error),
        None => Ok(reader.finish(info?)),
    }
}

/// The text, without the byte order mark that some gateways put before it.
fn utf8<'de>(json: &'de [u8], table: &'static EntityMetadata) -> Result<&'de str, DecodeError> {
    let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
    core::str::from_utf8(json).map_err(|error| {
        let offset = error.valid_up_to();
        DecodeError::malformed(table, format!("the response is not UTF-8: invalid byte at offset {offset}"))
    })
}
