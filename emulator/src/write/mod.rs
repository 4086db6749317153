//! Changes of records, by the server's rules.

mod associate;
mod body;
mod create;
mod delete;
mod money;
mod reference;
mod row;
mod state;
mod update;

pub(crate) use associate::{associate, disassociate, pair};
pub(crate) use body::{ColumnValue, Draft, Purpose};
pub(crate) use create::{create, replace};
pub(crate) use delete::{delete, remove};
pub(crate) use reference::{find, key_values, no_content, of_entity, resolve};
pub(crate) use update::update;
