//! `cargo dataverse`.

use std::process::ExitCode;

fn main() -> ExitCode {
    dataverse_codegen::cli::main(std::env::args_os())
}
