//! The commands against the emulator over HTTP, as a user runs them.

mod changes;
mod comparing;
mod drift;
mod files;
mod first_steps;
mod output;
mod project;
mod pulling;
mod refusals;
mod server;
mod settings;
mod tokens;
