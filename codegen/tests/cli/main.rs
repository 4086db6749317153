//! The commands against the emulator over HTTP, as a user runs them.

mod first_steps;
mod project;
mod pulling;
mod refusals;
mod server;
