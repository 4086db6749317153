//! One page of records, with its links, its counts and its deleted records.

use core::marker::PhantomData;

use super::error::DecodeError;
use super::page_info::PageInfo;
use super::record::Record;
use crate::{Id, Projection};

/// A record, or the error of a row that could not be read.
pub type RowResult<T> = Result<Record<T>, DecodeError>;

/// One page of a query's result.
///
/// `R` is the type of a row: a [`Record`], or a [`RowResult`] in a page in which errors take the place of
/// unreadable rows.
///
/// ```
/// use dataverse_entity::{Page, tables::Team};
///
/// let json = r#"{"value":[{"teamid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","name":"Sales"}]}"#;
/// let page: Page<Team> = Page::from_json(json)?;
/// for team in &page {
///     assert_eq!(team.name.as_deref(), Some("Sales"));
/// }
/// assert_eq!(page.info.next_link, None);
/// # Ok::<(), dataverse_entity::DecodeError>(())
/// ```
///
/// # serde
///
/// serde reads a page from the JSON of Dataverse's answer, and writes the same form: the counts, `value` with
/// the records and then the deleted records, and the links. A written page reads back as an equal page, with
/// the exceptions that [`Record`] lists.
///
/// ```
/// use dataverse_entity::{Page, tables::Team};
///
/// # let answer = r#"{"value":[{"teamid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff"}],"@odata.nextLink":"https://contoso.crm4.dynamics.com/x"}"#;
/// let page: Page<Team> = Page::from_json(answer)?;
/// let queued = serde_json::to_string(&page)?;
/// assert_eq!(serde_json::from_str::<Page<Team>>(&queued)?, page);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<T, R = Record<T>> {
    /// The records, in the order of the response.
    pub records: Vec<R>,
    /// The deleted records that change tracking reports.
    pub deleted: Vec<DeletedRecord<T>>,
    /// Links and counts.
    pub info: PageInfo,
    projection: PhantomData<fn() -> T>,
}

/// A deleted record of the table that `T` reads, as change tracking reports it.
///
/// ```
/// use dataverse_entity::{Page, tables::Team};
///
/// let changes: Page<Team> = Page::from_json(concat!(
///     r##"{"value":[{"@odata.context":"$metadata#teams/$deletedEntity","##,
///     r#""id":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","reason":"deleted"}]}"#,
/// ))?;
/// assert_eq!(changes.deleted[0].reason.as_deref(), Some("deleted"));
/// # Ok::<(), dataverse_entity::DecodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeletedRecord<T> {
    id: Id<T>,
    /// Why the record is no longer in the result, such as `deleted`.
    pub reason: Option<String>,
}

impl<T: Projection> DeletedRecord<T> {
    /// Returns a deleted record, with the reason that Dataverse gives, such as `deleted`.
    pub const fn new(id: Id<T::Table>, reason: Option<String>) -> Self {
        Self { id: Id::new(id.uuid()), reason }
    }

    /// Returns the id of the record.
    pub const fn id(&self) -> Id<T::Table> {
        Id::new(self.id.uuid())
    }
}

impl<T, R> Page<T, R> {
    /// Returns a page without records.
    #[cfg(feature = "messages")]
    pub(crate) fn without_records() -> Self {
        Self::new(Vec::new(), Vec::new(), PageInfo::default())
    }

    /// Returns a page with these records, without links, counts and deleted records.
    ///
    /// The other parts are public fields, so that tests and fakes can make any page:
    ///
    /// ```
    /// use dataverse_entity::{Page, Record, tables::Team};
    ///
    /// let mut page: Page<Team> = Page::from_records([]);
    /// page.info.next_link = Some("https://contoso.crm4.dynamics.com/api/data/v9.2/teams?$skiptoken=2".to_owned());
    /// assert!(page.is_empty());
    /// ```
    pub fn from_records(records: impl IntoIterator<Item = R>) -> Self {
        Self::new(records.into_iter().collect(), Vec::new(), PageInfo::default())
    }

    /// Returns the number of records of the page.
    ///
    /// ```
    /// use dataverse_entity::{Page, tables::Team};
    ///
    /// let json = r#"{"value":[{"teamid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff"}]}"#;
    /// let page: Page<Team> = Page::from_json(json)?;
    /// assert_eq!((page.len(), page.is_empty()), (1, false));
    /// # Ok::<(), dataverse_entity::DecodeError>(())
    /// ```
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Returns whether the page has no records. Another page may follow nevertheless.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Returns the records, in the order of the response.
    pub fn iter(&self) -> core::slice::Iter<'_, R> {
        self.records.iter()
    }

    pub(super) fn new(records: Vec<R>, deleted: Vec<DeletedRecord<T>>, info: PageInfo) -> Self {
        Self { records, deleted, info, projection: PhantomData }
    }
}

impl<T, R> FromIterator<R> for Page<T, R> {
    fn from_iter<I: IntoIterator<Item = R>>(records: I) -> Self {
        Self::from_records(records)
    }
}

impl<T, R> IntoIterator for Page<T, R> {
    type Item = R;
    type IntoIter = std::vec::IntoIter<R>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.into_iter()
    }
}

impl<'a, T, R> IntoIterator for &'a Page<T, R> {
    type Item = &'a R;
    type IntoIter = core::slice::Iter<'a, R>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.iter()
    }
}
