//! Writing bodies of creates and updates.

mod bodies;
mod round_trips;
mod validation;
