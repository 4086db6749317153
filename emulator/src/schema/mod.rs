//! The tables that the service has: read once from `EntityDefinitions`, asked by everything else.

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
mod privileges;
mod problem;
mod relationships;
mod source;
mod table;
mod tables;

pub(crate) use column::{Behavior, Choice, Column, Digits, Kind, Storage};
pub(crate) use load::load;
pub(crate) use metadata::definition_of;
pub(crate) use privileges::privilege_id;
pub use problem::{DefinitionError, DefinitionWarning};
pub(crate) use source::{Source, read, read_all};
pub(crate) use table::{Association, Navigation, OnDelete, Ownership, Table};
pub(crate) use tables::Schema;
