//! The command line: a file for each command.

mod apply;
mod arguments;
mod cache;
mod check;
mod completions;
mod diagram;
mod diff;
mod failure;
mod generate;
mod init;
mod org;
mod output;
mod plan;
mod plan_arguments;
mod pull;
mod run;
mod sending;
mod source;
mod tables;
mod tokens;

pub use arguments::command;
pub use run::{main, run};
