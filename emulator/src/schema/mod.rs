//! The tables of the service, read once from definitions.

mod answer;
mod assumed;
mod built_in;
mod check;
mod column;
mod complete;
mod elastic;
mod intersect;
mod load;
mod marks;
mod privilege;
mod problem;
mod relationships;
mod source;
mod table;
mod table_privileges;
mod tables;

pub(crate) use built_in::built_in;
pub(crate) use column::{Behavior, Choice, Column, Digits, Kind, Storage};
pub(crate) use elastic::{PARTITION, TIME_TO_LIVE};
pub(crate) use load::{load, load_answers};
pub use privilege::{Depth, Privilege};
pub use problem::{DefinitionError, DefinitionWarning};
pub(crate) use source::{Source, of_struct, read};
pub(crate) use table::{Association, Navigation, OnDelete, Ownership, Table};
pub(crate) use table_privileges::privilege_id;
pub(crate) use tables::Schema;
