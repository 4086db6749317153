//! The commands against the emulator over HTTP, as a user runs them.

mod changes;
mod first_steps;
mod project;
mod pulling;
mod refusals;
mod server;
