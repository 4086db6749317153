//! A page of rows.

use core::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::dataverse_row::DataverseRow;
use super::row::Row;
use crate::encode::excerpt;
use crate::record::byte_order_mark::without_bom;
use crate::record::error::DecodeError;
use crate::record::page_info::PageInfo;
use crate::record::read::{MemberName, json_value};

/// A page of the rows of a FetchXML query or an aggregate. A row is a [`Row`], whose columns have names, or a
/// struct that derives [`DataverseRow`](trait@super::DataverseRow).
///
/// ```
/// use dataverse_entity::{Decoder, Row, RowPage};
///
/// let page: RowPage<Row> = Decoder::new().rows(r#"{"value":[{"city":"Paris","accounts":12}]}"#)?;
/// assert_eq!(page.rows[0].get::<i64>("accounts")?, Some(12));
/// # Ok::<(), dataverse_entity::DecodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RowPage<R = Row> {
    /// The rows, in the order of the answer.
    pub rows: Vec<R>,
    /// Links, cookies and counts.
    pub info: PageInfo,
}

impl<R> RowPage<R> {
    /// Returns a page with these rows and no links, as the last page of a query has.
    ///
    /// ```
    /// use dataverse_entity::{Row, RowPage};
    ///
    /// let page = RowPage::new(vec![Row::from_json(br#"{"accounts":12}"#)?]);
    /// assert_eq!(page.len(), 1);
    /// # Ok::<(), dataverse_entity::DecodeError>(())
    /// ```
    pub fn new(rows: Vec<R>) -> Self {
        Self { rows, info: PageInfo::default() }
    }

    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether the page has no rows. More pages may follow nevertheless.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<R> IntoIterator for RowPage<R> {
    type Item = R;
    type IntoIter = std::vec::IntoIter<R>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

impl<'a, R> IntoIterator for &'a RowPage<R> {
    type Item = &'a R;
    type IntoIter = core::slice::Iter<'a, R>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

impl RowPage {
    /// Reads the rows as structs, up to the first error.
    pub(crate) fn read_as<R: DataverseRow>(self) -> Result<RowPage<R>, DecodeError> {
        let mut rows = Vec::with_capacity(self.rows.len());
        for (index, row) in self.rows.into_iter().enumerate() {
            match R::from_row(row) {
                Ok(row) => rows.push(row),
                Err(error) => return Err(error.at(Some(index), None)),
            }
        }
        Ok(RowPage { rows, info: self.info })
    }
}

/// Reads a page of rows by name.
pub(crate) fn read_rows(json: &[u8]) -> Result<RowPage, DecodeError> {
    let malformed = |problem: String| DecodeError::of_row(None, problem);
    let json = without_bom(json);
    let (mut rows, mut info) = (None, PageInfo::default());
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let read = PageSeed { rows: &mut rows, info: &mut info }.deserialize(&mut deserializer);
    let read = read.and_then(|()| deserializer.end());
    if let Some(error) = info.take_server_error() {
        return Err(malformed(error));
    }
    read.map_err(|error| {
        let error = excerpt::without_value(error.to_string());
        malformed(format!("the answer is not a page of rows: {error}"))
    })?;
    let rows =
        rows.ok_or_else(|| malformed("the answer is not a page of rows: it has no `value`".to_owned()))?;
    Ok(RowPage { rows, info })
}

/// Returns an error if no row of a page has any of the columns that a struct reads, although the rows have
/// columns.
pub(crate) fn check_columns(rows: &[Row], columns: &[&str]) -> Result<(), DecodeError> {
    let is_other = !columns.is_empty()
        && rows.iter().any(|row| !row.is_empty())
        && !rows.iter().any(|row| columns.iter().any(|column| row.contains(column)));
    if !is_other {
        return Ok(());
    }
    let mut found: Vec<&str> = rows.iter().flat_map(Row::names).collect();
    found.sort_unstable();
    found.dedup();
    Err(DecodeError::of_row(
        None,
        format!(
            "no row has a column that the struct reads ({}); the rows have {}; name each column in \
             the query, because an answer leaves out columns without a value",
            listed(columns),
            listed(&found)
        ),
    ))
}

/// Returns the names in backticks, cut after twelve.
pub(crate) fn listed(names: &[&str]) -> String {
    const MAX_NAMES: usize = 12;
    let mut quoted: Vec<String> = names.iter().take(MAX_NAMES).map(|name| format!("`{name}`")).collect();
    if names.len() > MAX_NAMES {
        quoted.push(format!("and {} more", names.len() - MAX_NAMES));
    }
    quoted.join(", ")
}

/// Reads the object of a page.
struct PageSeed<'p> {
    rows: &'p mut Option<Vec<Row>>,
    info: &'p mut PageInfo,
}

impl<'de> DeserializeSeed<'de> for PageSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for PageSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `value`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(MemberName(name)) = map.next_key()? {
            if name == "value" {
                if self.rows.replace(map.next_value()?).is_some() {
                    return Err(A::Error::custom("the member `value` appears twice"));
                }
            } else {
                let raw: Box<RawValue> = map.next_value()?;
                self.info.member(&name, json_value(&raw)).map_err(A::Error::custom)?;
            }
        }
        Ok(())
    }
}
