//! Writing bodies of creates and updates.

mod answers;
mod bodies;
mod graph;
mod read_only_table;
mod round_trips;
mod validation;
