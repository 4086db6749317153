//! One record with what belongs to it beside its columns.

use core::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::error::DecodeError;
use super::row::{FromRow, ReadContext, Row};
use crate::Projection;
use crate::plan::RowPlan;

/// One record: the struct, its etag, and its formatted values where they were asked for.
///
/// It derefs to the struct.
#[derive(Debug, Clone, PartialEq)]
pub struct Record<T> {
    data: T,
    etag: Option<Box<str>>,
    formatted: Vec<(&'static str, Arc<str>)>,
}

impl<T> Record<T> {
    /// The etag, byte for byte, for conditional requests.
    pub fn etag(&self) -> Option<&str> {
        self.etag.as_deref()
    }

    /// The formatted value of a column, by logical name, if the response had one and the [`Decoder`](crate::Decoder) was told to keep
    /// them. For a lookup it is the name of the record it points to.
    pub fn formatted_value(&self, logical_name: &str) -> Option<&str> {
        self.formatted.iter().find(|(name, _)| *name == logical_name).map(|(_, text)| &**text)
    }

    /// All formatted values that were kept, with the logical names of their columns.
    pub fn formatted_values(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.formatted.iter().map(|(name, text)| (*name, &**text))
    }

    /// The struct alone.
    pub fn into_inner(self) -> T {
        self.data
    }
}

impl<T> Deref for Record<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

impl<T> DerefMut for Record<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.data
    }
}

/// A record reads what its struct reads, so an expanded record can be had with its etag too.
impl<T: Projection> Projection for Record<T> {
    type Table = T::Table;

    const PLAN: &'static RowPlan = T::PLAN;
}

impl<'de, T: FromRow<'de>> FromRow<'de> for Record<T> {
    fn from_row(row: &mut Row<'de>, context: &mut ReadContext) -> Result<Self, DecodeError> {
        let etag = row.etag.take().map(|etag| etag.into_owned().into_boxed_str());
        let formatted =
            if context.formatted_values { row.formatted_values(&mut context.strings) } else { Vec::new() };
        Ok(Self { data: T::from_row(row, context)?, etag, formatted })
    }
}
