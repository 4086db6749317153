//! One page of records, with its links, its counts and its deleted records.

use core::marker::PhantomData;

use super::error::DecodeError;
use super::page_info::PageInfo;
use super::record::Record;
use crate::{Id, Projection};

/// A record, or why its row could not be read.
pub type RowResult<T> = Result<Record<T>, DecodeError>;

/// One page of a query's result.
///
/// `R` is the type of a row: the [`Record`], or a [`RowResult`] if a row that cannot be read does not end the page.
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

/// A deleted record, as change tracking reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeletedRecord<E> {
    /// The record.
    pub id: Id<E>,
    /// Why the record is no longer in the result, such as `deleted`.
    pub reason: Option<String>,
}

impl<E> DeletedRecord<E> {
    pub(super) const fn new(id: Id<E>, reason: Option<String>) -> Self {
        Self { id, reason }
    }
}

impl<T: Projection, R> Page<T, R> {
    /// A page of no records.
    #[cfg(feature = "messages")]
    pub(crate) fn without_records() -> Self {
        Self::new(Vec::new(), Vec::new(), PageInfo::default())
    }

    pub(super) fn new(records: Vec<R>, deleted: Vec<DeletedRecord<T::Table>>, info: PageInfo) -> Self {
        Self { records, deleted, info, projection: PhantomData }
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
