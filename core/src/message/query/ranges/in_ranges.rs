//! A query with the ranges in which it is read.

use super::cut::Cut;
use super::position::RangePosition;
use super::scale::Scale;
use crate::encode::EncodeError;
use crate::message::http::Error;
use crate::message::message_type::message_type;
use crate::message::query::Query;
use crate::metadata::{AttributeMetadata, TableType};
use crate::query::{Column, kinds};
use crate::{Entity, Projection};

/// Maximum number of concurrent requests that Dataverse allows a user.
const MAX_RANGES: usize = 52;

/// The column that every standard table has, and that no update changes.
const CREATED_ON: &str = "createdon";

/// A query that is read in several ranges of a column at a time. [`Query::in_ranges`] makes one, and
/// `Client::ranges` reads it.
///
/// ```
/// use dataverse_entity::message::InRanges;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// let by_creation: InRanges<SessionEvent> = SessionEvent::query().in_ranges(8);
/// let by_import = SessionEvent::query().in_ranges(8).by(SessionEvent::IMPORT_SEQUENCE_NUMBER);
/// assert_ne!(by_creation, by_import);
/// ```
#[must_use = "a query does nothing until it is read"]
pub struct InRanges<P: Projection> {
    query: Query<P>,
    count: usize,
    column: By,
    position: Option<RangePosition>,
}

message_type!(InRanges<P> where [P: Projection] { query, count, column, position });

/// The column by which the rows are cut.
#[derive(Debug, Clone, Copy)]
enum By {
    CreatedOn,
    PrimaryId,
    /// The logical name of a column, and whether it is one of the table itself.
    Column(&'static AttributeMetadata, bool),
}

impl PartialEq for By {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Column(one, _), Self::Column(other, _)) => one.logical_name == other.logical_name,
            _ => core::mem::discriminant(self) == core::mem::discriminant(other),
        }
    }
}

impl<P: Projection> InRanges<P> {
    pub(in crate::message::query) fn new(query: Query<P>, count: usize) -> Self {
        Self { query, count, column: By::CreatedOn, position: None }
    }

    /// Cuts the rows by another column than the time of creation: a number or a date.
    ///
    /// Choose one that does not change while the rows are read. If the value of a row moves to another range
    /// meanwhile, the row may be delivered twice or not at all. Rows without a value have a range of their own.
    /// The values between two integers stay together, as do the times within a second.
    pub fn by<K: kinds::Ranged, V>(mut self, column: Column<P::Table, K, V>) -> Self {
        self.column = By::Column(column.metadata(), column.path().steps.is_empty());
        self
    }

    /// Cuts the rows by their ids, in the order in which SQL Server compares them: the last six bytes first.
    ///
    /// This suits tables in which many rows were created in the same second. No page of Microsoft says that
    /// Dataverse compares ids with `ge` and `lt`, or in which order. The client therefore compares the order of
    /// the rows that arrive, and ends the range with an error if it is another one. Elastic and virtual tables
    /// are not in SQL Server: they are refused.
    pub fn by_id(mut self) -> Self {
        self.column = By::PrimaryId;
        self
    }

    /// Goes on where an earlier reading of the same query stopped. The number of ranges may differ; the filter
    /// must be the same, because a position does not hold it.
    ///
    /// ```
    /// use dataverse_entity::message::{InRanges, RangePosition};
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// fn rest(stored: &str) -> Result<InRanges<SessionEvent>, dataverse_entity::Error> {
    ///     Ok(SessionEvent::query().in_ranges(8).resume(stored.parse()?))
    /// }
    /// # let _ = rest("1 msdyn_sessionevent createdon ..")?;
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn resume(mut self, position: RangePosition) -> Self {
        self.position = Some(position);
        self
    }

    /// Returns the query in the form in which the client reads it.
    ///
    /// # Errors
    ///
    /// Returns an error if the query or its column cannot be cut, if the struct lacks a field, or if the
    /// position is that of another query.
    #[doc(hidden)]
    pub fn cut(self) -> Result<Cut<P>, Error> {
        let table = P::Table::METADATA;
        let refuse = |column: Option<&'static str>, problem: String| {
            Error::from(EncodeError::new(table.logical_name, column, problem))
        };
        if !(1..=MAX_RANGES).contains(&self.count) {
            let problem = format!("`in_ranges` takes 1 to {MAX_RANGES} ranges, not {}", self.count);
            return Err(refuse(None, problem));
        }
        if let Some(problem) = self.query.why_not_in_ranges() {
            return Err(refuse(None, problem.to_owned()));
        }
        let name = match self.column {
            By::CreatedOn => CREATED_ON,
            By::PrimaryId if table.table_type != TableType::Standard => {
                let problem = format!(
                    "an {} table does not compare ids as SQL Server does; choose a column with `by`",
                    table.table_type.name().to_ascii_lowercase()
                );
                return Err(refuse(None, problem));
            }
            By::PrimaryId => table.primary_id_attribute,
            By::Column(column, true) => column.logical_name,
            By::Column(column, false) => {
                let problem = "the column is one of a related record; ranges need one of the table itself";
                return Err(refuse(Some(column.logical_name), problem.to_owned()));
            }
        };
        let field = |name: &'static str, why: &str| {
            let index = P::PLAN.columns.iter().position(|column| column.logical_name == name);
            index.ok_or_else(|| {
                let problem =
                    format!("the struct `{}` has no field for it; add one, because {why}", (P::PLAN.name)());
                refuse(Some(name), problem)
            })
        };
        let column_index = field(name, "rows are cut into ranges by it, or choose another column with `by`")?;
        let id_index = field(table.primary_id_attribute, "a position names rows by it")?;
        let column = P::PLAN.columns[column_index];
        let scale = Scale::of(column).filter(|_| column.is_valid_odata_attribute());
        let scale = scale.ok_or_else(|| {
            refuse(
                Some(name),
                "rows cannot be cut into ranges by it; choose a number or a date with `by`".to_owned(),
            )
        })?;
        let ranges = match self.position {
            None => None,
            Some(position) if position.table == table.logical_name && position.column == name => {
                Some(position.ranges)
            }
            Some(position) => {
                let problem = format!(
                    "the position is one in `{}` by `{}`, not by `{name}`; resume the query that it comes from",
                    position.table, position.column
                );
                return Err(refuse(None, problem));
            }
        };
        Ok(Cut { query: self.query, count: self.count, column, scale, column_index, id_index, ranges })
    }
}
