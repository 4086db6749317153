//! The fast path: reads what Dataverse writes straight into the fields of a record.
//!
//! A page repeats the same members in the same order, row after row, and many of them with the same value. So the members
//! of a row predict those of the next: where the text continues with the expected name, the name is not looked up, and
//! where a value is that of the row before, it is not read again.
//!
//! `None` is never an error: the [full reader](super::full) reads again what the fast path is not sure of, one row of a
//! page by itself.

mod budget;
mod guid;
mod layout;
mod page;
mod record;
mod runs;
mod scanner;
mod shape;

pub(super) use page::{first_row, page};
pub(super) use record::record;
