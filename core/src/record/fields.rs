//! The fields of a record, as what a response is read into, whatever the struct.

use super::etag::Etag;
use super::expand::FillExpand;
use crate::Projection;
use crate::column::{Cell, SharedStrings, ValueError};

/// A struct that can be read from a response.
#[diagnostic::on_unimplemented(
    message = "`{Self}` reads no table",
    label = "neither a table nor a projection of one",
    note = "derive `DataverseEntity` for it, with `#[entity(of = Table)]` for a projection"
)]
pub trait FromRow<'de>: Projection + Fields<'de> {
    /// A record in which nothing is read yet.
    #[doc(hidden)]
    fn blank() -> Self;
}

/// The fields of a struct, by their places in its [`RowPlan`](crate::table::RowPlan).
#[doc(hidden)]
pub trait Fields<'de> {
    /// Reads a column into its field.
    ///
    /// # Errors
    ///
    /// Says what was expected and what was found.
    fn read_column(
        &mut self,
        place: usize,
        cell: Cell<'_, 'de>,
        strings: &mut SharedStrings,
    ) -> Result<(), ValueError>;

    /// The field of expanded records.
    fn expand_mut(&mut self, _: usize) -> Option<&mut dyn FillExpand<'de>> {
        None
    }

    /// Where the etag and the formatted values go, if somebody wants them.
    fn head_mut(&mut self) -> Option<&mut Head> {
        None
    }
}

/// A box reads what its content reads, so that a struct can expand itself.
impl<T: Projection> Projection for Box<T> {
    type Table = T::Table;

    const PLAN: &'static crate::table::RowPlan = T::PLAN;
}

impl<'de, T: Fields<'de>> Fields<'de> for Box<T> {
    fn read_column(
        &mut self,
        place: usize,
        cell: Cell<'_, 'de>,
        strings: &mut SharedStrings,
    ) -> Result<(), ValueError> {
        T::read_column(self, place, cell, strings)
    }

    fn expand_mut(&mut self, place: usize) -> Option<&mut dyn FillExpand<'de>> {
        T::expand_mut(self, place)
    }

    fn head_mut(&mut self) -> Option<&mut Head> {
        T::head_mut(self)
    }
}

impl<'de, T: FromRow<'de>> FromRow<'de> for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }
}

/// What a record has beside its columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Head {
    pub(super) etag: Option<Etag>,
    pub(super) formatted: Vec<(&'static str, std::sync::Arc<str>)>,
}

/// What lives as long as a response is read.
#[derive(Debug, Default)]
pub(super) struct ReadContext {
    pub(super) strings: SharedStrings,
    pub(super) formatted_values: bool,
    /// Is the quick way not to go on, whatever the rest of the page is?
    pub(super) gives_up: bool,
    /// How often it met members between others that were there before.
    pub(super) moves: usize,
}
