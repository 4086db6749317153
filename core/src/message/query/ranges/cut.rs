//! A query that can be cut: what its ranges ask, and where a row lies.

use bytes::Bytes;
use http::Request;

use super::edge::{Last, Missing};
use super::key_range::{KeyRange, Point};
use super::position::RangePosition;
use super::scale::Scale;
use crate::column::Value;
use crate::message::http::{Error, Organization};
use crate::message::message::Message;
use crate::message::query::Query;
use crate::metadata::AttributeMetadata;
use crate::query::{Column, Expression, Filter, Operand, Order, kinds};
use crate::{Entity, Projection, Record};

/// A query that can be cut into ranges of a column.
#[doc(hidden)]
pub struct Cut<P: Projection> {
    pub(super) query: Query<P>,
    pub(super) count: usize,
    pub(super) column: &'static AttributeMetadata,
    pub(super) scale: Scale,
    /// The indexes of the struct's fields.
    pub(super) column_index: usize,
    pub(super) id_index: usize,
    /// Where an earlier reading stopped.
    pub(super) ranges: Option<Vec<KeyRange>>,
}

impl<P: Projection> Cut<P> {
    /// Returns how many ranges are read at a time.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Returns the ranges that an earlier reading left.
    pub fn take_ranges(&mut self) -> Option<Vec<KeyRange>> {
        self.ranges.take()
    }

    pub(super) fn column_name(&self) -> &'static str {
        self.column.logical_name
    }

    pub(super) fn number(&self, value: &Value<'_>) -> Option<i128> {
        self.scale.number(value)
    }

    /// Returns the message that reads the last value of the column.
    pub fn last(&self) -> impl Message<Output = Option<i128>> + Send + Sync {
        Last::new(self)
    }

    /// Returns the message that reads whether rows have no value; `None` if all have one.
    pub fn missing(&self) -> Option<impl Message<Output = bool> + Send + Sync> {
        (self.scale != Scale::Guids).then(|| Missing::new(self))
    }

    pub(super) fn last_request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let has_value = self.compare("ne", Operand::Null);
        let query = self.query.clone().filter(has_value).order_by(self.sorted_column().desc());
        query.edge(org, self.column_name())
    }

    pub(super) fn missing_request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let is_null = self.compare("eq", Operand::Null);
        self.query.clone().filter(is_null).edge(org, P::Table::METADATA.primary_id_attribute)
    }

    /// Returns the query of a range, from the value of the last row that was delivered.
    pub fn rows(&self, range: &KeyRange) -> Query<P> {
        let id: Order<P::Table> = Column::<P::Table, kinds::Guid, ()>::new(self.primary_id()).asc();
        let mut query = self.query.clone();
        if range.is_null {
            return query.filter(self.compare("eq", Operand::Null)).order_by(id);
        }
        let from = range.after.and_then(|point| point.at).or(range.from);
        for (operator, bound) in [("ge", from), ("lt", range.to)] {
            let bound = bound.map(|at| self.compare(operator, Operand::Literal(self.scale.literal(at))));
            query = query.filter(bound);
        }
        // A range that is open at both ends leaves out rows without a value, too.
        if from.is_none() && range.to.is_none() && self.scale != Scale::Guids {
            query = query.filter(self.compare("ne", Operand::Null));
        }
        let query = query.order_by(self.sorted_column().asc());
        // The id decides between rows with equal values, so that pages neither repeat nor miss one
        // ("Page results", on ordering).
        if self.scale == Scale::Guids { query } else { query.order_by(id) }
    }

    /// Returns where a row lies.
    ///
    /// # Errors
    ///
    /// Returns an error if the row has no id, or a value that is not one of the column.
    pub fn point(&self, record: &Record<P>) -> Result<Point, Error> {
        let row: &P = record.as_ref();
        let Value::Guid(id) = row.cell(self.id_index).value else {
            return Err(self.unreadable("a row has no id"));
        };
        let at = match row.cell(self.column_index).value {
            Value::Null => None,
            value => match self.scale.number(&value) {
                Some(number) => Some(number),
                None => {
                    let problem = format!(
                        "the value of `{}` in the row {} has no place in a range",
                        self.column_name(),
                        id.uuid()
                    );
                    return Err(self.unreadable(&problem));
                }
            },
        };
        Ok(Point { at, id: id.uuid() })
    }

    /// Returns an error if a row with the second value must not follow one with the first.
    ///
    /// # Errors
    ///
    /// Returns an error if the server sorts or compares by another order than the one that the ranges have.
    pub fn check_order(&self, range: &KeyRange, before: Option<i128>, at: Option<i128>) -> Result<(), Error> {
        if range.is_null {
            return match at {
                None => Ok(()),
                Some(_) => {
                    Err(self.unreadable("a row without a value was asked for, and one with a value came"))
                }
            };
        }
        let lowest = before.max(range.from);
        if at.is_some() && at >= lowest {
            return Ok(());
        }
        let name = self.column_name();
        Err(self.unreadable(&format!(
            "its rows are not in the order of `{name}` in which they were asked for, so ranges of `{name}` would miss \
             rows; choose another column with `by`"
        )))
    }

    /// Names a range in errors.
    pub fn name(&self, range: &KeyRange) -> String {
        let name = self.column_name();
        let bound = |word: &str, bound: Option<i128>| {
            bound.map(|at| format!(" {word} {}", self.scale.literal(at).odata())).unwrap_or_default()
        };
        match range {
            KeyRange { is_null: true, .. } => format!("the rows without `{name}`"),
            KeyRange { from: None, to: None, .. } => format!("the range of all `{name}`"),
            KeyRange { from, to, .. } => {
                format!("the range of `{name}`{}{}", bound("from", *from), bound("until", *to))
            }
        }
    }

    /// Returns the position of a reading that has these ranges left.
    pub fn position(&self, ranges: Vec<KeyRange>) -> RangePosition {
        RangePosition::new(P::Table::METADATA.logical_name, self.column_name(), ranges)
    }

    fn unreadable(&self, problem: &str) -> Error {
        Error::unreadable(http::StatusCode::OK, problem)
    }

    fn primary_id(&self) -> &'static AttributeMetadata {
        P::PLAN.columns[self.id_index]
    }

    /// Returns the column as one that can be sorted by. Its type does not matter for the text.
    fn sorted_column(&self) -> Column<P::Table, kinds::Guid, ()> {
        Column::new(self.column)
    }

    fn compare(&self, operator: &'static str, right: Operand) -> Filter<P::Table> {
        let left = self.sorted_column().path();
        Filter::new(Expression::Compare { left, operator, right })
    }
}
