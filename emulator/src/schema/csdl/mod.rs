//! Definitions from `$metadata`, which has less detail than `EntityDefinitions`. A warning names what the
//! emulator assumes instead.

mod assumed;
mod document;
mod read;
mod relationships;
mod tables;

pub(super) use read::read;
