//! The fast path: reads Dataverse's JSON straight into the fields of a record.
//!
//! There are two readers. `single` is for a record without others like it: the columns of the struct predict
//! its members. `record` is for records in a row.
//!
//! A page repeats the same members in the same order, row after row, and many of them with the same value. So
//! the members of a row predict those of the next. If the text continues with the expected name, the name is
//! not looked up; if the value is that of the previous row, it is not read again.
//!
//! `None` is never an error: the [full reader](super::full) then reads the row again, or the whole page.

mod budget;
mod guid;
mod integer;
mod layout;
mod member_name;
mod members;
mod page;
mod record;
mod runs;
mod scanner;
mod shape;
mod single;

pub(super) use page::{first_row, page};
pub(super) use single::record;
