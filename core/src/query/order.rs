//! The order of records.

use core::fmt;
use core::marker::PhantomData;

use super::expression::Path;

/// An order of the records of the table `T`: a column, rising or falling.
pub struct Order<T> {
    path: Path,
    direction: &'static str,
    table: PhantomData<fn() -> T>,
}

impl<T> Order<T> {
    pub(super) const fn new(path: Path, direction: &'static str) -> Self {
        Self { path, direction, table: PhantomData }
    }
}

/// The value of `$orderby`, before percent-encoding.
#[cfg(feature = "messages")]
pub(crate) fn order_text<T>(orders: &[Order<T>]) -> Result<Option<String>, String> {
    for Order { path, .. } in orders {
        if let Some(problem) = path.problem {
            return Err(format!("{}: {problem}", path.logical_name));
        }
    }
    let texts: Vec<_> = orders.iter().map(ToString::to_string).collect();
    Ok((!texts.is_empty()).then(|| texts.join(",")))
}

impl<T> Clone for Order<T> {
    fn clone(&self) -> Self {
        Self::new(self.path.clone(), self.direction)
    }
}

impl<T> fmt::Display for Order<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path.text(), self.direction)
    }
}

impl<T> fmt::Debug for Order<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Order({self})")
    }
}
