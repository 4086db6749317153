//! A whole response: one record, or a page.

use serde_core::de::DeserializeSeed;

use super::super::context::ReadContext;
use super::super::sink::PageReader;
use super::row::Row;
use super::visitors::{PageSeed, collect_row};
use crate::encode::excerpt;
use crate::metadata::EntityMetadata;
use crate::record::error::DecodeError;
use crate::record::fields::Fields;
use crate::record::page_info::PageInfo;
use crate::table::RowPlan;

/// Reads a response that is one record.
pub(crate) fn record<'de>(
    text: &'de str,
    plan: &'static RowPlan,
    fields: &mut dyn Fields<'de>,
    context: &mut ReadContext,
) -> Result<(), DecodeError> {
    let mut row = Row::whole(plan);
    collect_row(text, &mut row).map_err(|error| malformed(plan.table, &error, None))?;
    if row.is_tombstone {
        return Err(DecodeError::malformed(plan.table, "the record was deleted"));
    }
    row.fill(fields, context)
}

/// Reads a page.
pub(crate) fn page<'de>(text: &'de str, reader: &mut PageReader<'_, 'de>) -> Result<PageInfo, DecodeError> {
    let plan = reader.plan;
    let mut info = PageInfo::default();
    let mut current = None;
    let on_row = &mut |row: &mut Row<'de>| take_row(reader, row);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read =
        PageSeed { plan, info: &mut info, current: &mut current, on_row }.deserialize(&mut deserializer);
    let read = read.and_then(|()| deserializer.end());
    match (info.server_error.take(), read) {
        (Some(error), _) => Err(DecodeError::malformed(plan.table, error)),
        (None, Ok(())) => Ok(info),
        (None, Err(error)) => Err(malformed(plan.table, &error, current)),
    }
}

/// Adds a collected row to the page, and returns whether to continue with the next one.
pub(crate) fn take_row<'de>(reader: &mut PageReader<'_, 'de>, row: &mut Row<'de>) -> bool {
    let taken = if row.is_tombstone {
        row.take_tombstone().map(|tombstone| reader.add_tombstone(tombstone))
    } else {
        reader.read(|fields, context| row.fill(fields, context))
    };
    if let Err(error) = taken {
        reader.refuse(error);
    }
    !reader.is_stopped()
}

fn malformed(table: &'static EntityMetadata, error: &serde_json::Error, row: Option<usize>) -> DecodeError {
    let text = excerpt::without_value(error.to_string());
    let what = if text.starts_with("recursion limit exceeded") {
        "the response is nested too deeply"
    } else if error.is_data() {
        "the response has another shape"
    } else {
        "the response is not valid JSON"
    };
    DecodeError::malformed(table, format!("{what}: {text}")).at(row, None)
}
