//! Typed queries: columns that know their table and kind, and the filters and orders made of them.
//!
//! The derive gives a table one [`Column`] for each of its fields, as a const in capitals. The kind of a
//! column decides with which values it can be compared. Other comparisons do not compile.

mod arguments;
mod column;
mod comparand;
#[cfg(feature = "messages")]
mod expand;
mod expression;
mod filter;
mod functions;
mod key;
mod order;
mod path;
mod related;

pub use crate::column::DateArgument;
/// The kinds of columns that queries distinguish, and the traits that say what each kind can be asked.
pub use crate::column::capabilities as kinds;

pub use crate::metadata::{Many, One};
pub use arguments::{IntoFilter, IntoOrder};
pub use column::{Column, column};
pub use comparand::Comparand;
#[cfg(feature = "messages")]
pub use expand::ExpandOptions;
#[cfg(feature = "messages")]
pub(crate) use expand::Expands;
#[cfg(feature = "messages")]
pub(crate) use expression::{Argument, Expression, Join, Operand};
#[cfg(feature = "messages")]
pub(crate) use expression::{NO_CONDITIONS, no_values};
pub use filter::Filter;
pub use functions::{Chooses, InHierarchy};
pub use key::AlternateKeyValues;
pub use order::Order;
#[cfg(feature = "messages")]
pub(crate) use order::order_text;
#[cfg(feature = "messages")]
pub(crate) use path::Path;
pub use related::{Related, related};
