//! The commands.

mod arguments;
mod commands;

pub use arguments::command;
pub use commands::run;
