//! The types that a field may have, one file for each family.

mod boolean;
mod choice;
pub mod datetime;
#[cfg(feature = "rust_decimal")]
mod decimal;
mod guid;
mod image;
mod managed_property;
mod multi_select;
mod no_property;
mod number;
mod reference;
mod text;

pub use datetime::{DateArgument, DateTimeValue};
pub use managed_property::ManagedProperty;
pub(crate) use multi_select::MAX_SELECTED;
pub use multi_select::MultiSelect;
pub use no_property::NoProperty;
