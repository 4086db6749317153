//! The order of records.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;

use super::path::Path;

/// An order of the records of the table `T`: a column, ascending or descending.
///
/// [`Column::asc`](super::Column::asc) and [`Column::desc`](super::Column::desc) make one. `order_by` also
/// takes a column alone, which sorts ascending.
///
/// ```
/// use dataverse_entity::query::Order;
/// use dataverse_entity::tables::SessionEvent;
///
/// let latest_first: Order<SessionEvent> = SessionEvent::CREATED_ON.desc();
/// assert_eq!(latest_first.to_string(), "createdon desc");
/// ```
pub struct Order<T> {
    by: OrderBy,
    table: PhantomData<fn() -> T>,
}

/// An order without the type of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct OrderBy {
    path: Path,
    direction: Direction,
}

/// Which records come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    Ascending,
    Descending,
}

impl<T> Order<T> {
    /// Returns the column, and whether the order is descending.
    #[cfg(feature = "messages")]
    pub(crate) fn parts(self) -> (Path, bool) {
        (self.by.path, self.by.direction == Direction::Descending)
    }

    pub(super) const fn new(path: Path, direction: Direction) -> Self {
        Self { by: OrderBy { path, direction }, table: PhantomData }
    }

    #[cfg(feature = "messages")]
    pub(super) const fn by(&self) -> OrderBy {
        self.by
    }
}

/// Returns the value of `$orderby`, before percent-encoding.
#[cfg(feature = "messages")]
pub(crate) fn order_text<T>(orders: &[Order<T>]) -> Result<Option<String>, String> {
    order_by_text(orders.iter().map(|order| order.by))
}

/// Returns the value of `$orderby`, before percent-encoding.
#[cfg(feature = "messages")]
pub(super) fn order_by_text(orders: impl IntoIterator<Item = OrderBy>) -> Result<Option<String>, String> {
    let mut text = String::new();
    for order in orders {
        if let Some(problem) = order.path.problem() {
            return Err(problem);
        }
        if !text.is_empty() {
            text.push(',');
        }
        order.push_to(&mut text);
    }
    Ok((!text.is_empty()).then_some(text))
}

impl<T> Clone for Order<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Order<T> {}

impl<T> PartialEq for Order<T> {
    fn eq(&self, other: &Self) -> bool {
        self.by == other.by
    }
}

impl<T> Eq for Order<T> {}

impl<T> Hash for Order<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.by.hash(state);
    }
}

impl<T> fmt::Display for Order<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.by.fmt(f)
    }
}

impl OrderBy {
    fn push_to(&self, out: &mut String) {
        self.path.push_to(out);
        out.push_str(match self.direction {
            Direction::Ascending => " asc",
            Direction::Descending => " desc",
        });
    }
}

impl fmt::Display for OrderBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push_to(&mut text);
        f.write_str(&text)
    }
}

impl<T> fmt::Debug for Order<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Order({self})")
    }
}
