//! The fields of any record as the cells of a response. The traits refer to each other, so they share a file.

use crate::column::WrittenCell;
use crate::record::expanded::Expanded;
use crate::record::fields::Head;
use crate::record::record::Record;

/// The fields of a struct, by their indexes in its [`RowPlan`](crate::table::RowPlan).
#[doc(hidden)]
pub trait WriteRow {
    /// Returns the cell of a column.
    fn cell(&self, column: usize) -> WrittenCell<'_>;

    /// Returns a field of expanded records.
    fn expanded(&self, _: usize) -> Option<&dyn ExpandedRows> {
        None
    }

    /// Returns the etag and the formatted values, if the record keeps them.
    fn head(&self) -> Option<&Head> {
        None
    }
}

/// A field of expanded records of any type.
#[doc(hidden)]
pub trait ExpandedRows {
    /// Returns the record at this index.
    fn row(&self, index: usize) -> Option<&dyn WriteRow>;

    /// Returns the link to more records.
    fn next_link(&self) -> Option<&str> {
        None
    }
}

impl<T: WriteRow> WriteRow for Record<T> {
    fn cell(&self, column: usize) -> WrittenCell<'_> {
        self.as_ref().cell(column)
    }

    fn expanded(&self, index: usize) -> Option<&dyn ExpandedRows> {
        self.as_ref().expanded(index)
    }

    fn head(&self) -> Option<&Head> {
        Some(self.own_head())
    }
}

impl<T: WriteRow> WriteRow for Box<T> {
    fn cell(&self, column: usize) -> WrittenCell<'_> {
        T::cell(self, column)
    }

    fn expanded(&self, index: usize) -> Option<&dyn ExpandedRows> {
        T::expanded(self, index)
    }

    fn head(&self) -> Option<&Head> {
        T::head(self)
    }
}

impl<T: WriteRow> ExpandedRows for Option<T> {
    fn row(&self, index: usize) -> Option<&dyn WriteRow> {
        match self {
            Some(row) if index == 0 => Some(row),
            _ => None,
        }
    }
}

impl<T: WriteRow> ExpandedRows for Vec<T> {
    fn row(&self, index: usize) -> Option<&dyn WriteRow> {
        match self.get(index) {
            Some(row) => Some(row),
            None => None,
        }
    }
}

impl<T: WriteRow> ExpandedRows for Expanded<T> {
    fn row(&self, index: usize) -> Option<&dyn WriteRow> {
        self.records.row(index)
    }

    fn next_link(&self) -> Option<&str> {
        self.next_link.as_deref()
    }
}
