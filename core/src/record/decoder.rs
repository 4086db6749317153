//! The settings of reading, and the two entry points: a record, and a page, whose rows go where the way that reads them
//! says.

use std::borrow::Cow;

use serde_core::de::DeserializeSeed;
use uuid::Uuid;

use super::collect::{PageSeed, collect_row};
use super::error::DecodeError;
use super::fields::{Fields, FromRow, ReadContext};
use super::page::{DeletedRecord, Page, RowResult};
use super::page_info::PageInfo;
use super::record::Record;
use super::row::Row;
use super::script;
use crate::Id;
use crate::metadata::EntityMetadata;
use crate::table::RowPlan;

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
        let mut context = self.context();
        let mut record = Record::blank();
        if script::record(text, T::PLAN, &mut record, &mut context).is_none() {
            record = Record::blank();
            collect_record(text, T::PLAN, &mut record, &mut context)?;
        }
        Ok(record)
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
        let mut records = Vec::new();
        let outcome = self.read_page(json.as_ref(), T::PLAN, &mut records, true)?;
        Ok(Page::new(records, deleted(outcome.deleted), outcome.info))
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
        let mut records = Vec::new();
        let outcome = self.read_page(json.as_ref(), T::PLAN, &mut records, false)?;
        let mut results: Vec<RowResult<T>> = Vec::with_capacity(records.len() + outcome.bad.len());
        let (mut good, mut bad) = (records.into_iter(), outcome.bad.into_iter().peekable());
        loop {
            let place = results.len();
            match bad.next_if(|(at, _)| *at == place) {
                Some((_, error)) => results.push(Err(error)),
                None => match good.next() {
                    Some(record) => results.push(Ok(record)),
                    None => return Ok(Page::new(results, deleted(outcome.deleted), outcome.info)),
                },
            }
        }
    }

    fn context(&self) -> ReadContext {
        ReadContext { formatted_values: self.formatted_values, ..ReadContext::default() }
    }

    /// Reads the records of a page. If bad rows are errors of the page, the first is.
    fn read_page<'de>(
        &self,
        json: &'de [u8],
        plan: &'static RowPlan,
        rows: &mut dyn Rows<'de>,
        strict: bool,
    ) -> Result<Outcome, DecodeError> {
        let text = utf8(json, plan.table)?;
        let mut reader = PageReader::new(plan, rows, self.context(), strict);
        let mut info = script::page(text, &mut reader).ok_or_else(|| unsaid(plan));
        if info.is_err() && !reader.is_stopped() {
            reader.rows.keep(0);
            reader = PageReader::new(plan, rows, self.context(), strict);
            info = collect_page(text, plan, &mut |row| reader.take(row));
        }
        let PageReader { deleted, mut bad, .. } = reader;
        if strict && let Some((_, error)) = bad.pop() {
            return Err(error);
        }
        Ok(Outcome { info: info?, deleted, bad })
    }
}

/// What there is in a page beside its records.
struct Outcome {
    info: PageInfo,
    deleted: Vec<Deleted>,
    /// The bad rows with their places among all that are not deleted.
    bad: Vec<(usize, DecodeError)>,
}

/// The id of a record that was deleted, and why it is gone.
type Deleted = (Uuid, Option<String>);

fn deleted<E>(all: Vec<Deleted>) -> Vec<DeletedRecord<E>> {
    // A loop: what collects in place is a lot of code for each table, and mostly there is nothing to collect.
    let mut records = Vec::new();
    for (id, reason) in all {
        records.push(DeletedRecord::new(Id::new(id), reason));
    }
    records
}

/// Where the records of a page go.
pub(super) trait Rows<'de> {
    /// Adds a record in which nothing is read yet.
    fn begin(&mut self) -> &mut dyn Fields<'de>;

    /// Keeps this many records, and takes the last ones away.
    fn keep(&mut self, records: usize);
}

impl<'de, T: FromRow<'de>> Rows<'de> for Vec<Record<T>> {
    fn begin(&mut self) -> &mut dyn Fields<'de> {
        let place = self.len();
        self.push(Record::blank());
        &mut self[place]
    }

    fn keep(&mut self, records: usize) {
        self.truncate(records);
    }
}

/// A page that is being read.
pub(super) struct PageReader<'r, 'de> {
    pub(super) plan: &'static RowPlan,
    pub(super) rows: &'r mut dyn Rows<'de>,
    pub(super) context: ReadContext,
    /// How many records were read.
    records: usize,
    deleted: Vec<Deleted>,
    /// The bad rows with their places among all that are not deleted.
    bad: Vec<(usize, DecodeError)>,
    strict: bool,
}

impl<'r, 'de> PageReader<'r, 'de> {
    fn new(plan: &'static RowPlan, rows: &'r mut dyn Rows<'de>, context: ReadContext, strict: bool) -> Self {
        Self { plan, rows, context, records: 0, deleted: Vec::new(), bad: Vec::new(), strict }
    }

    /// Was a row met that cannot be read, and is not to be had as an error in its place?
    fn is_stopped(&self) -> bool {
        self.strict && !self.bad.is_empty()
    }

    /// Reads a record with what fills its fields; one that it cannot fill is taken away again.
    pub(super) fn read<E>(
        &mut self,
        fill: impl FnOnce(&mut dyn Fields<'de>, &mut ReadContext) -> Result<(), E>,
    ) -> Result<(), E> {
        let filled = fill(self.rows.begin(), &mut self.context);
        match &filled {
            Ok(()) => self.records += 1,
            Err(_) => self.rows.keep(self.records),
        }
        filled
    }

    /// Takes a row that was collected. Says whether to go on.
    pub(super) fn take(&mut self, row: &mut Row<'de>) -> bool {
        let taken = if row.is_deleted {
            row.deleted_id().map(|id| self.deleted.push((id, row.note.reason.take().map(Cow::into_owned))))
        } else {
            self.read(|fields, context| row.fill(fields, context))
        };
        if let Err(error) = taken {
            self.bad.push((self.records + self.bad.len(), error));
        }
        !self.is_stopped()
    }
}

fn unsaid(plan: &'static RowPlan) -> DecodeError {
    DecodeError::malformed(plan.table, "the response could not be read")
}

fn collect_record<'de>(
    text: &'de str,
    plan: &'static RowPlan,
    fields: &mut dyn Fields<'de>,
    context: &mut ReadContext,
) -> Result<(), DecodeError> {
    let mut row = Row::whole(plan);
    collect_row(text, &mut row).map_err(|error| malformed(plan.table, &error, None))?;
    if row.is_deleted {
        return Err(DecodeError::malformed(plan.table, "the record was deleted"));
    }
    row.fill(fields, context)
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
