//! The server's rules for changes of records.

mod alternate_keys;
mod creates;
mod deletions;
mod headers;
mod lookups;
mod owners;
mod precision;
mod references;
mod through_navigation;
mod updates;
mod upserts;
mod value_kinds;
mod values;
