//! `cargo dataverse`.

use std::process::ExitCode;

fn main() -> ExitCode {
    dataverse_codegen::cli::run(std::env::args_os(), &mut std::io::stdout().lock())
}
