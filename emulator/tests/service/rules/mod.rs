//! The server's rules for changes of records, one test each.

mod alternate_keys;
mod creates;
mod deletions;
mod lookups;
mod references;
mod updates;
mod values;
