//! The command line: a file for each command.

mod arguments;
mod check;
mod completions;
mod diff;
mod failure;
mod generate;
mod init;
mod org;
mod output;
mod plan;
mod pull;
mod run;
mod source;
mod tokens;

pub use arguments::command;
pub use run::{main, run};
