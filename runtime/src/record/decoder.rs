//! The settings of reading, and the two entry points: a record, a page.

use serde_core::de::DeserializeSeed;

use super::collect::{PageSeed, RowSeed};
use super::error::DecodeError;
use super::page::{DeletedRecord, Page, RowResult};
use super::page_info::PageInfo;
use super::record::Record;
use super::row::{FromRow, ReadContext, Row};
use super::script;
use crate::metadata::EntityMetadata;
use crate::plan::RowPlan;
use crate::{Id, Projection};

/// Reads responses.
///
/// ```
/// # #[cfg(feature = "tables")] {
/// use dataverse_entity::{Decoder, tables::SessionEvent};
///
/// let json = br#"{ "msdyn_sessioneventid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "statecode": 0,
///                  "statecode@OData.Community.Display.V1.FormattedValue": "Active" }"#;
/// let event = Decoder::new().formatted_values(true).record::<SessionEvent>(json)?;
/// assert_eq!(event.formatted_value("statecode"), Some("Active"));
/// # }
/// # Ok::<(), dataverse_entity::DecodeError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Decoder {
    formatted_values: bool,
}

impl Decoder {
    /// A decoder that keeps no formatted values.
    pub const fn new() -> Self {
        Self { formatted_values: false }
    }

    /// Shall the records keep the formatted values of their columns?
    #[must_use]
    pub const fn formatted_values(mut self, keep: bool) -> Self {
        self.formatted_values = keep;
        self
    }

    /// Reads a record.
    ///
    /// # Errors
    ///
    /// The text is not JSON, not an object, or holds a value that its field cannot.
    pub fn record<'de, T: FromRow<'de>>(
        &self,
        json: &'de (impl AsRef<[u8]> + ?Sized),
    ) -> Result<Record<T>, DecodeError> {
        let text = utf8(json.as_ref(), T::PLAN.table)?;
        let mut row = Row::whole(T::PLAN);
        if script::record(text, &mut row).is_none() {
            row = Row::whole(T::PLAN);
            collect_record(text, &mut row)?;
        }
        if row.is_deleted {
            return Err(DecodeError::malformed(row.plan().table, "the record was deleted"));
        }
        row.take(&mut self.context())
    }

    /// Reads a page; the first row that cannot be read is the error.
    ///
    /// # Errors
    ///
    /// The text is not JSON, not a page, or holds a row that cannot be read.
    pub fn page<'de, T: FromRow<'de>>(
        &self,
        json: &'de (impl AsRef<[u8]> + ?Sized),
    ) -> Result<Page<T>, DecodeError> {
        let mut first_bad = None;
        let page = self.read_page(json.as_ref(), &mut |row: RowResult<T>| match row {
            Ok(record) => Some(record),
            Err(error) => {
                first_bad = Some(error);
                None
            }
        });
        match first_bad {
            Some(error) => Err(error),
            None => page,
        }
    }

    /// Reads a page so that a row that cannot be read is an error in its place, beside the good ones.
    ///
    /// # Errors
    ///
    /// The text is not JSON or not a page.
    pub fn page_rows<'de, T: FromRow<'de>>(
        &self,
        json: &'de (impl AsRef<[u8]> + ?Sized),
    ) -> Result<Page<T, RowResult<T>>, DecodeError> {
        self.read_page(json.as_ref(), &mut Some)
    }

    fn context(&self) -> ReadContext {
        ReadContext { formatted_values: self.formatted_values, ..ReadContext::default() }
    }

    fn read_page<'de, T: FromRow<'de>, R>(
        &self,
        json: &'de [u8],
        keep: &mut dyn FnMut(RowResult<T>) -> Option<R>,
    ) -> Result<Page<T, R>, DecodeError> {
        let text = utf8(json, T::PLAN.table)?;
        let mut rows = Rows { context: self.context(), records: Vec::new(), deleted: Vec::new() };
        if let Some(info) = script::page(text, T::PLAN, &mut |row| rows.add(row, keep)) {
            return Ok(Page::new(rows.records, rows.deleted, info));
        }
        let mut rows = Rows { context: self.context(), records: Vec::new(), deleted: Vec::new() };
        let info = collect_page(text, T::PLAN, &mut |row| rows.add(row, keep))?;
        Ok(Page::new(rows.records, rows.deleted, info))
    }
}

/// The rows of a page that have been read.
struct Rows<T: Projection, R> {
    context: ReadContext,
    records: Vec<R>,
    deleted: Vec<DeletedRecord<T::Table>>,
}

impl<T: Projection, R> Rows<T, R> {
    /// Adds a row. Says whether to go on.
    fn add<'de>(&mut self, row: &mut Row<'de>, keep: &mut dyn FnMut(RowResult<T>) -> Option<R>) -> bool
    where
        T: FromRow<'de>,
    {
        let kept = if row.is_deleted {
            match row.deleted_id() {
                Ok(id) => {
                    let reason = row.note.reason.take().map(std::borrow::Cow::into_owned);
                    self.deleted.push(DeletedRecord::new(Id::new(id), reason));
                    return true;
                }
                Err(error) => keep(Err(error)),
            }
        } else {
            keep(row.take(&mut self.context))
        };
        kept.map(|record| self.records.push(record)).is_some()
    }
}

fn collect_record<'de>(text: &'de str, row: &mut Row<'de>) -> Result<(), DecodeError> {
    let table = row.plan().table;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    RowSeed(row)
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end())
        .map_err(|error| malformed(table, &error, None))
}

fn collect_page<'de>(
    text: &'de str,
    plan: &'static RowPlan,
    on_row: &mut dyn FnMut(&mut Row<'de>) -> bool,
) -> Result<PageInfo, DecodeError> {
    let mut info = PageInfo::default();
    let mut current = None;
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

fn utf8<'de>(json: &'de [u8], table: &'static EntityMetadata) -> Result<&'de str, DecodeError> {
    core::str::from_utf8(json).map_err(|error| {
        let place = error.valid_up_to();
        DecodeError::malformed(table, format!("the response is not UTF-8: invalid byte at offset {place}"))
    })
}

fn malformed(table: &'static EntityMetadata, error: &serde_json::Error, row: Option<usize>) -> DecodeError {
    let text = error.to_string();
    let what = if text.starts_with("recursion limit exceeded") {
        "the response is nested too deeply"
    } else if error.is_data() {
        "the response has another shape"
    } else {
        "the response is not valid JSON"
    };
    DecodeError::malformed(table, format!("{what}: {text}")).at(row, None)
}
