//! The entry points for reading a record or a page, and their settings.

use super::error::DecodeError;
use super::fields::FromRow;
use super::page::{DeletedRecord, Page, RowResult};
use super::read::{self, Outcome, ReadContext, Tombstone};
use super::record::Record;
use super::rows::{DataverseRow, RowPage, check_columns, read_rows};
use crate::{Id, Projection};

/// Reads responses.
///
/// ```
/// use dataverse_entity::{Decoder, tables::SessionEvent};
///
/// let json = br#"{ "msdyn_sessioneventid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "statecode": 0,
///                  "statecode@OData.Community.Display.V1.FormattedValue": "Active" }"#;
/// let event = Decoder::new().formatted_values(true).record::<SessionEvent>(json)?;
/// assert_eq!(event.formatted_value("statecode"), Some("Active"));
/// # Ok::<(), dataverse_entity::DecodeError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Decoder {
    formatted_values: bool,
}

impl Decoder {
    /// Returns a decoder that keeps no formatted values.
    pub const fn new() -> Self {
        Self { formatted_values: false }
    }

    /// Sets whether records keep the formatted values of their columns. The default is `false`.
    #[must_use]
    pub const fn formatted_values(mut self, keep: bool) -> Self {
        self.formatted_values = keep;
        self
    }

    /// Reads a record.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not the JSON of a record, or has a value that its field cannot hold.
    ///
    /// ```
    /// use dataverse_entity::{Decoder, tables::Team};
    ///
    /// let error = Decoder::new().record::<Team>(r#"{"teamid":"1"}"#).unwrap_err();
    /// assert_eq!((error.table(), error.column()), ("team", Some("teamid")));
    /// ```
    pub fn record<'de, T: FromRow<'de>>(
        &self,
        json: &'de (impl AsRef<[u8]> + ?Sized),
    ) -> Result<Record<T>, DecodeError> {
        read::record(json.as_ref(), &mut ReadContext::new(self.formatted_values))
    }

    /// Reads a page.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not the JSON of a page, or if a row cannot be read; the error names
    /// the first such row. Also returns an error if no row has an etag or a column of the table, as in a
    /// page of aggregates.
    ///
    /// ```
    /// use dataverse_entity::{Decoder, tables::Team};
    ///
    /// let json = r#"{"@odata.count":2,"value":[{"teamid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff"}]}"#;
    /// let page = Decoder::new().page::<Team>(json)?;
    /// assert_eq!((page.len(), page.info.count), (1, Some(2)));
    /// # Ok::<(), dataverse_entity::DecodeError>(())
    /// ```
    pub fn page<'de, T: FromRow<'de>>(
        &self,
        json: &'de (impl AsRef<[u8]> + ?Sized),
    ) -> Result<Page<T>, DecodeError> {
        let mut records = Vec::new();
        let Outcome { info, tombstones, .. } =
            read::page(json.as_ref(), T::PLAN, &mut records, self.formatted_values, true)?;
        Ok(Page::new(records, deleted(tombstones), info))
    }

    /// Reads a page of rows whose columns no table declares: rows of FetchXML with aliases or links, or of
    /// `$apply`.
    ///
    /// ```
    /// use dataverse_entity::{Decoder, Row};
    ///
    /// let page = Decoder::new().rows::<Row>(br#"{ "value": [{ "events": 12 }, { "events": 3 }] }"#)?;
    /// assert_eq!(page.rows[1].get::<i64>("events")?, Some(3));
    /// # Ok::<(), dataverse_entity::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not JSON or not a page, if a row cannot be read, or if no row has any
    /// of the columns that the struct reads.
    pub fn rows<R: DataverseRow>(
        &self,
        json: &(impl AsRef<[u8]> + ?Sized),
    ) -> Result<RowPage<R>, DecodeError> {
        let page = read_rows(json.as_ref())?;
        check_columns(&page.rows, R::COLUMNS)?;
        page.read_as()
    }

    /// Reads a page. An error takes the place of each row that cannot be read.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not the JSON of a page, or if no row has an etag or a column of the
    /// table, as in a page of aggregates.
    ///
    /// ```
    /// use dataverse_entity::{Decoder, tables::Team};
    ///
    /// let json = r#"{"value":[{"teamid":"1"},{"teamid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff"}]}"#;
    /// let page = Decoder::new().page_rows::<Team>(json)?;
    /// let unreadable = page.iter().filter_map(|row| row.as_ref().err()).count();
    /// assert_eq!(unreadable, 1);
    /// # Ok::<(), dataverse_entity::DecodeError>(())
    /// ```
    pub fn page_rows<'de, T: FromRow<'de>>(
        &self,
        json: &'de (impl AsRef<[u8]> + ?Sized),
    ) -> Result<Page<T, RowResult<T>>, DecodeError> {
        let mut records = Vec::new();
        let Outcome { info, tombstones, bad } =
            read::page(json.as_ref(), T::PLAN, &mut records, self.formatted_values, false)?;
        let mut results: Vec<RowResult<T>> = Vec::with_capacity(records.len() + bad.len());
        let (mut good, mut bad) = (records.into_iter(), bad.into_iter().peekable());
        loop {
            let next = results.len();
            match bad.next_if(|(index, _)| *index == next) {
                Some((_, error)) => results.push(Err(error)),
                None => match good.next() {
                    Some(record) => results.push(Ok(record)),
                    None => return Ok(Page::new(results, deleted(tombstones), info)),
                },
            }
        }
    }
}

fn deleted<T: Projection>(tombstones: Vec<Tombstone>) -> Vec<DeletedRecord<T>> {
    // A loop, because `collect` would add much code for each table, although few pages have tombstones.
    let mut records = Vec::new();
    for Tombstone { id, reason } in tombstones {
        records.push(DeletedRecord::new(Id::new(id), reason));
    }
    records
}
