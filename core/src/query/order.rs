//! The order of records.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;

use super::path::Path;

/// An order of the records of the table `T`: a column, ascending or descending.
///
/// `order_by` takes a [`Column`](super::Column) by itself as an ascending order.
pub struct Order<T> {
    path: Path,
    direction: Direction,
    table: PhantomData<fn() -> T>,
}

/// Which records come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    Ascending,
    Descending,
}

impl<T> Order<T> {
    pub(super) const fn new(path: Path, direction: Direction) -> Self {
        Self { path, direction, table: PhantomData }
    }
}

/// The value of `$orderby`, before percent-encoding.
#[cfg(feature = "messages")]
pub(crate) fn order_text<T>(orders: &[Order<T>]) -> Result<Option<String>, String> {
    if let Some(problem) = orders.iter().find_map(|order| order.path.problem()) {
        return Err(problem);
    }
    let texts: Vec<_> = orders.iter().map(ToString::to_string).collect();
    Ok((!texts.is_empty()).then(|| texts.join(",")))
}

impl<T> Clone for Order<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Order<T> {}

impl<T> PartialEq for Order<T> {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.direction == other.direction
    }
}

impl<T> Eq for Order<T> {}

impl<T> Hash for Order<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.path.hash(state);
        self.direction.hash(state);
    }
}

impl<T> fmt::Display for Order<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = match self.direction {
            Direction::Ascending => "asc",
            Direction::Descending => "desc",
        };
        write!(f, "{} {direction}", self.path.text())
    }
}

impl<T> fmt::Debug for Order<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Order({self})")
    }
}
