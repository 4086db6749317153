//! The tables of the service, read once from definitions.

mod check;
mod column;
mod complete;
mod csdl;
mod elastic;
mod intersect;
mod load;
mod marks;
mod merge;
mod metadata;
mod privilege;
mod problem;
mod relationships;
mod source;
mod table;
mod table_privileges;
mod tables;

pub(crate) use column::{Behavior, Choice, Column, Digits, Kind, Storage};
pub(crate) use elastic::{PARTITION, TIME_TO_LIVE};
pub(crate) use load::load;
pub(crate) use metadata::definition_of;
pub use privilege::{Depth, Privilege};
pub use problem::{DefinitionError, DefinitionWarning};
pub(crate) use source::{Source, read, read_all};
pub(crate) use table::{Association, Navigation, OnDelete, Ownership, Table};
pub(crate) use table_privileges::privilege_id;
pub(crate) use tables::Schema;
