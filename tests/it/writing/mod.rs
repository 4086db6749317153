//! Writing bodies of creates and updates.

mod answers;
mod bodies;
mod graph;
mod round_trips;
mod validation;
