//! The tests of the library in one binary, with a room for each thing that a user does.

mod client;
mod date_libraries;
mod differential;
mod emulated;
mod messages;
mod metadata;
mod option_sets;
mod own_date_type;
mod programs;
mod queries;
mod reading;
mod support;
mod writing;
