//! The tables that the service has: read once from `EntityDefinitions`, asked by everything else.

mod column;
mod elastic;
mod intersect;
mod load;
mod metadata;
mod privileges;
mod table;
mod tables;

pub(crate) use column::{Behavior, Choice, Column, Digits, Kind, Storage};
pub use load::DefinitionError;
pub(crate) use load::load;
pub(crate) use metadata::definition_of;
pub(crate) use privileges::privilege_id;
pub(crate) use table::{Association, Navigation, OnDelete, Ownership, Table};
pub(crate) use tables::Schema;
