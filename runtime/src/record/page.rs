//! One page of records with what belongs to it beside the rows.

use core::marker::PhantomData;

use serde_core::{Deserialize, Deserializer, de::Error as _};
use serde_json::value::RawValue;

use super::decoder::Decoder;
use super::error::DecodeError;
use super::record::Record;
use super::row::FromRow;
use crate::value::Value;
use crate::{Id, Projection};

/// A row that could be read, or why it could not.
pub type RowResult<T> = Result<Record<T>, DecodeError>;

/// One page of a query's result.
///
/// `R` is what stands for a row: the [`Record`], or a [`RowResult`] where a bad row is to be had beside the good ones.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<T: Projection, R = Record<T>> {
    /// The records, in the order of the response.
    pub records: Vec<R>,
    /// The records that change tracking says were deleted.
    pub deleted: Vec<DeletedRecord<T::Table>>,
    /// Links and counts.
    pub info: PageInfo,
    projection: PhantomData<fn() -> T>,
}

/// The links and counts of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PageInfo {
    /// Where the next page is, byte for byte: to be requested as it stands, not taken apart and put together again.
    pub next_link: Option<String>,
    /// Where later changes are, byte for byte.
    pub delta_link: Option<String>,
    /// How many records match (`$count=true`), 5,000 at most.
    pub count: Option<u64>,
    /// How many records match, as the annotation `totalrecordcount` says it; `None` where it is −1, not counted.
    pub total_record_count: Option<u64>,
    /// Are there more records than the server counts?
    pub total_record_count_limit_exceeded: Option<bool>,
    /// The paging cookie of a FetchXML query.
    pub fetch_xml_paging_cookie: Option<String>,
}

/// A record that was deleted, as change tracking tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeletedRecord<E> {
    /// The record.
    pub id: Id<E>,
    /// Why it is gone from the result, such as `deleted`.
    pub reason: Option<String>,
}

impl<E> DeletedRecord<E> {
    pub(super) const fn new(id: Id<E>, reason: Option<String>) -> Self {
        Self { id, reason }
    }
}

impl<T: Projection> Page<T> {
    /// Reads a page from the JSON of a response, with the settings a [`Decoder`] starts with.
    ///
    /// # Errors
    ///
    /// The text is not JSON, not a page, or holds a row that cannot be read.
    pub fn from_json<'de>(json: &'de (impl AsRef<[u8]> + ?Sized)) -> Result<Self, DecodeError>
    where
        T: FromRow<'de>,
    {
        Decoder::new().page(json)
    }

    /// Reads a page so that a bad row is an error in its place, beside the good ones.
    ///
    /// # Errors
    ///
    /// The text is not JSON or not a page.
    pub fn rows_from_json<'de>(
        json: &'de (impl AsRef<[u8]> + ?Sized),
    ) -> Result<Page<T, RowResult<T>>, DecodeError>
    where
        T: FromRow<'de>,
    {
        Decoder::new().page_rows(json)
    }
}

impl<T: Projection, R> Page<T, R> {
    pub(super) fn new(records: Vec<R>, deleted: Vec<DeletedRecord<T::Table>>, info: PageInfo) -> Self {
        Self { records, deleted, info, projection: PhantomData }
    }
}

impl PageInfo {
    /// Takes a member of the page other than its rows.
    pub(super) fn member(&mut self, name: &str, value: Value<'_>) {
        match name {
            "@odata.nextLink" => self.next_link = text(value),
            "@odata.deltaLink" => self.delta_link = text(value),
            "@odata.count" => self.count = number(&value),
            "@Microsoft.Dynamics.CRM.totalrecordcount" => self.total_record_count = number(&value),
            "@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded" => {
                self.total_record_count_limit_exceeded = match value {
                    Value::Boolean(exceeded) => Some(exceeded),
                    _ => None,
                };
            }
            "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie" => self.fetch_xml_paging_cookie = text(value),
            _ => {}
        }
    }
}

fn text(value: Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.into_owned()),
        _ => None,
    }
}

/// A count is a string where the client asked for `IEEE754Compatible=true`; −1 is no count.
fn number(value: &Value<'_>) -> Option<u64> {
    match value {
        Value::Number(text) | Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

impl<T: Projection, R> IntoIterator for Page<T, R> {
    type Item = R;
    type IntoIter = std::vec::IntoIter<R>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.into_iter()
    }
}

impl<'a, T: Projection, R> IntoIterator for &'a Page<T, R> {
    type Item = &'a R;
    type IntoIter = core::slice::Iter<'a, R>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.iter()
    }
}

/// Reads JSON only: numbers are taken by their text, which `serde_json` alone hands out.
impl<'de, T> Deserialize<'de> for Page<T>
where
    T: for<'text> FromRow<'text>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        Decoder::new().page(json.get()).map_err(D::Error::custom)
    }
}
