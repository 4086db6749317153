//! Structs for the rows of a query.

use super::row::Row;
use crate::column::ReadColumn;
use crate::record::error::DecodeError;

/// A struct that reads the rows of a FetchXML query or an aggregate: `#[derive(DataverseRow)]`.
///
/// Each field reads the column of the answer that has the name of the field, or the name given by `alias`: an
/// alias of the query, or `link.column` for a column of a linked table. A field can have any type that a
/// field of a table can have. Use an `Option` if the column may have no value. With `formatted`, a field
/// reads the formatted value of the column.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::EventType;
/// use dataverse_entity::{DataverseRow, Row};
///
/// #[derive(DataverseRow)]
/// struct EventsOfType {
///     #[row(alias = "type")]
///     event_type: Option<EventType>,
///     #[row(alias = "type", formatted)]
///     label: Option<String>,
///     events: i64,
///     #[row(alias = "owner.fullname")]
///     owner: Option<String>,
/// }
///
/// let row = Row::from_json(br#"{ "type": 192350005, "events": 12, "owner.fullname": "Ada" }"#)?;
/// let read: EventsOfType = row.read()?;
/// assert_eq!(read.event_type, Some(EventType::SessionEnd));
/// assert_eq!((read.label, read.events), (None, 12));
/// assert_eq!(read.owner.as_deref(), Some("Ada"));
/// # Ok::<(), dataverse_entity::DecodeError>(())
/// ```
///
/// The library checks a query with such a struct before it is sent. A field whose column is not in the answer
/// is an error, because it would be `None` in every row.
///
/// [`Row`] implements the trait, too, and has the columns by name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not read the rows of a query",
    label = "use `Row`, or a struct that derives `DataverseRow`"
)]
pub trait DataverseRow: Sized {
    /// The names of the columns to read; empty for all columns.
    const COLUMNS: &'static [&'static str];

    /// Reads a row.
    ///
    /// # Errors
    ///
    /// Returns an error if a column has a value that its field cannot hold, or no value although the field is
    /// not an `Option`.
    fn from_row(row: Row) -> Result<Self, DecodeError>;
}

impl DataverseRow for Row {
    const COLUMNS: &'static [&'static str] = &[];

    fn from_row(row: Row) -> Result<Self, DecodeError> {
        Ok(row)
    }
}

/// Reads a column of a row into a field. For generated code.
#[doc(hidden)]
pub fn row_column<F: for<'de> ReadColumn<'de>>(row: &Row, name: &str) -> Result<F, DecodeError> {
    row.column(name)
}

/// Reads the formatted value of a column into a field. For generated code.
#[doc(hidden)]
pub fn row_formatted<F: for<'de> ReadColumn<'de>>(row: &Row, name: &str) -> Result<F, DecodeError> {
    row.formatted(name)
}
