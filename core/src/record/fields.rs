//! The fields of any record, as the readers fill them. The traits of fields and of expanded records, and the
//! head of a record, refer to each other, so they share a file.

use super::etag::Etag;
use crate::Projection;
use crate::column::{Cell, SharedStrings, ValueError};

/// A struct that can be read from a response.
///
/// Only the library and `#[derive(DataverseEntity)]` implement this trait, because its hidden items may
/// change with any release.
#[diagnostic::on_unimplemented(
    message = "`{Self}` reads no table",
    label = "derive `DataverseEntity` for it, with `#[entity(of = Table)]` for a projection"
)]
pub trait FromRow<'de>: Projection + Fields<'de> {
    /// Returns a record before anything is read into it.
    #[doc(hidden)]
    fn blank() -> Self;
}

/// The fields of a struct, by their indexes in its [`RowPlan`](crate::table::RowPlan).
#[doc(hidden)]
pub trait Fields<'de> {
    /// Reads a column into its field.
    ///
    /// # Errors
    ///
    /// Returns an error that says what was expected and what was found.
    fn read_column(
        &mut self,
        index: usize,
        cell: Cell<'_, 'de>,
        strings: &mut SharedStrings,
    ) -> Result<(), ValueError>;

    /// Returns the field of expanded records.
    fn expand_mut(&mut self, _: usize) -> Option<&mut dyn FillExpand<'de>> {
        None
    }

    /// Returns the destination of the etag and the formatted values, if the record keeps them.
    fn head_mut(&mut self) -> Option<&mut Head> {
        None
    }
}

/// A field of expanded records, as the readers fill it, whatever its type.
#[doc(hidden)]
pub trait FillExpand<'de> {
    /// Returns whether the field holds several records.
    fn is_collection(&self) -> bool;

    /// Adds a blank record.
    fn begin(&mut self) -> &mut dyn Fields<'de>;

    /// Stores the link to more records, if the field keeps it.
    fn put_next_link(&mut self, _: String) {}
}

/// The etag and the formatted values of a record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Head {
    pub(super) etag: Option<Etag>,
    pub(super) formatted: Vec<(&'static str, std::sync::Arc<str>)>,
}

impl Head {
    pub(super) fn etag(&self) -> Option<&str> {
        self.etag.as_ref().map(Etag::as_str)
    }

    pub(super) fn formatted_value(&self, logical_name: &str) -> Option<&str> {
        self.formatted.iter().find(|(name, _)| *name == logical_name).map(|(_, text)| &**text)
    }
}

/// A box reads what its content reads, so that a struct can expand itself.
#[diagnostic::do_not_recommend]
impl<T: Projection> Projection for Box<T> {
    type Table = T::Table;

    const PLAN: &'static crate::table::RowPlan = T::PLAN;
}

impl<'de, T: Fields<'de>> Fields<'de> for Box<T> {
    fn read_column(
        &mut self,
        index: usize,
        cell: Cell<'_, 'de>,
        strings: &mut SharedStrings,
    ) -> Result<(), ValueError> {
        T::read_column(self, index, cell, strings)
    }

    fn expand_mut(&mut self, index: usize) -> Option<&mut dyn FillExpand<'de>> {
        T::expand_mut(self, index)
    }

    fn head_mut(&mut self) -> Option<&mut Head> {
        T::head_mut(self)
    }
}

#[diagnostic::do_not_recommend]
impl<'de, T: FromRow<'de>> FromRow<'de> for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }
}
